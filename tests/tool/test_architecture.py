"""The layers of the package: imports run downwards, without cycles, and few modules use files or the network.

``LAYERS`` is the order; the docstring of the package names the same folders.
"""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from code_strings import literals

import site_builder
from site_builder.site import assets

PACKAGE = Path(site_builder.__file__).parent
LAYERS = (
    "records",
    "language",
    "model",
    "edition",
    "citing",
    "source",
    "check",
    "migrations",
    "importing",
    "site",
    "formats",
    "pipeline",
    "edges",
    "cli",
)
"""Folders from the lowest to the highest: a module imports from its own folder and from lower ones.

``records`` is a module.
"""

WORLD = {
    "os",
    "subprocess",
    "socket",
    "http",
    "signal",
    "tempfile",
    "shutil",
    "time",
    "fcntl",
    "msvcrt",
    "stat",
}
"""Modules of the standard library that reach files, processes, the network or the clock."""
FUNCTIONS = {"print", "open", "input"}
METHODS = {
    "read_text",
    "read_bytes",
    "write_text",
    "write_bytes",
    "is_file",
    "is_dir",
    "exists",
    "iterdir",
    "rglob",
}
MAY_TOUCH = {
    "cli.import_tags": "opens the file to import and the file of the report",
    "cli.arguments": "prints the help",
    "cli.main": "prints, and asks for the width of the terminal",
    "formats.archive": "compresses in as many threads as there are processors",
    "importing.untrusted": "reads an imported file that can be larger than memory",
    "language.catalogue": "reads the catalogues of the package",
    "language.chinese": "finds the dictionaries of OpenCC",
    "site.assets": "reads the style sheets and scripts of the package",
}
"""Modules outside of ``edges`` that touch files, processes or the clock, and what for."""
ONLY_HERE = {
    "jinja2": {"site.templating"},
    "opencc": {"language.chinese"},
    "yaml": {"source.yamlio"},
    "markdown_it": {"source.prose"},
    "lxml": {"formats", "importing.untrusted", "site.discovery"},
}
"""Library → the only modules or folders that import it."""
PRESENTING = (
    *("site.presenter", "site.pages", "site.render"),
    *("site.overview", "site.outline", "site.backlinks", "site.related"),
    *("site.navigation", "site.printing"),
)
"""Modules that decide how a page looks."""


@cache
def modules() -> dict[str, Path]:
    """Name without the package → file."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        name = ".".join(part for part in parts if part != "__init__")
        if name and name != "__main__":
            found[name] = path
    return found


@cache
def imports(name: str) -> tuple[tuple[int, str], ...]:
    """Line and absolute name of what a module imports, anywhere in it; not what only types need."""
    tree = ast.parse(modules()[name].read_text(encoding="utf-8"))
    typed = {
        id(node)
        for branch in ast.walk(tree)
        if isinstance(branch, ast.If) and ast.unparse(branch.test) == "TYPE_CHECKING"
        for node in ast.walk(branch)
    }
    found = []
    for node in ast.walk(tree):
        if id(node) in typed:
            continue
        if isinstance(node, ast.Import):
            found += [(node.lineno, alias.name) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{name}: imports are absolute"
            found += [(node.lineno, f"{node.module}.{alias.name}") for alias in node.names]
        elif isinstance(node, ast.Call) and ast.unparse(node.func) == "import_module":
            assert isinstance(node.args[0], ast.Constant), f"{name}: import_module takes a literal"
            found.append((node.lineno, str(node.args[0].value)))
    return tuple(found)


def within(name: str) -> Iterator[tuple[int, str]]:
    """The modules of this package that a module imports."""
    for line, wanted in imports(name):
        if wanted.startswith("site_builder."):
            inner = wanted.removeprefix("site_builder.")
            if inner not in modules():
                inner = inner.rpartition(".")[0]
            if inner:
                yield line, inner


def layer(name: str) -> int:
    return LAYERS.index(name.partition(".")[0])


def test_every_module_is_in_a_layer() -> None:
    assert {name.partition(".")[0] for name in modules()} == set(LAYERS)


@pytest.mark.parametrize("name", modules())
def test_imports_run_downwards(name: str) -> None:
    upwards = [f"line {line}: {other}" for line, other in within(name) if layer(other) > layer(name)]
    assert upwards == []


@pytest.mark.parametrize("name", [name for name in modules() if name.startswith("formats.")])
def test_a_format_is_made_from_the_edition_and_not_from_a_presenter(name: str) -> None:
    """Formats may import the records of pages, ``site.views``, but nothing that decides how a page looks."""
    assert [other for _, other in within(name) if other.startswith(PRESENTING)] == []


def test_what_reads_files_of_other_programs_imports_no_writer() -> None:
    """The readers, and all that they import, know nothing of how a format is written."""
    reached, ahead = set[str](), ["formats.readers", *(n for n in modules() if n.startswith("importing"))]
    while ahead:
        name = ahead.pop()
        if name not in reached:
            reached.add(name)
            ahead += [other for _, other in within(name)]
    assert {"formats.refi.read", "formats.tables.read", "formats.webannotation.read"} <= reached
    writers = (
        "formats.catalogue",
        "formats.makers",
        "formats.format",
        "formats.webannotation.scribe",
    )
    assert [name for name in reached if name.endswith(".write") or name in writers] == []


def test_no_module_is_in_an_import_cycle() -> None:
    """A cycle can only be within one layer; an import inside of a function counts too."""
    graph = {name: {other for _, other in within(name)} - {name} for name in modules()}
    done: set[str] = set()
    cycles = []

    def visit(name: str, path: tuple[str, ...]) -> None:
        if name in path:
            cycles.append(" → ".join((*path[path.index(name) :], name)))
        elif name not in done:
            for other in sorted(graph[name]):
                visit(other, (*path, name))
            done.add(name)

    for name in graph:
        visit(name, ())
    assert cycles == []


def touched(name: str) -> set[str]:
    """What a module uses for files, processes or the network: modules, functions and methods of paths."""
    tree = ast.parse(modules()[name].read_text(encoding="utf-8"))
    calls = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
    functions = {call.id for call in calls if isinstance(call, ast.Name)}
    methods = {call.attr for call in calls if isinstance(call, ast.Attribute)}
    libraries = {wanted.partition(".")[0] for _, wanted in imports(name)}
    return libraries & WORLD | functions & FUNCTIONS | methods & METHODS


@pytest.mark.parametrize("name", modules())
def test_only_named_modules_use_files_processes_and_the_terminal(name: str) -> None:
    if not name.startswith("edges.") and name not in MAY_TOUCH:
        assert touched(name) == set()


@pytest.mark.parametrize("library", ONLY_HERE)
def test_a_library_enters_through_one_place(library: str) -> None:
    users = {name for name in modules() for _, wanted in imports(name) if wanted.partition(".")[0] == library}
    assert users, "the list names a library that nobody uses"
    outside = {
        user
        for user in users
        if not any(user == place or user.startswith(f"{place}.") for place in ONLY_HERE[library])
    }
    assert outside == set()


def test_every_exception_is_still_needed() -> None:
    assert [name for name in MAY_TOUCH if not touched(name)] == []


def test_the_map_in_the_docstring_names_the_folders_in_their_order() -> None:
    assert site_builder.__doc__ is not None
    table = re.findall(r"(?m)^([a-z_]+)/?(?: {2,}|$)", site_builder.__doc__.partition("=\n")[2])
    assert [name for name in table if name in LAYERS] == list(reversed(LAYERS))


def test_every_folder_with_modules_is_a_package_of_the_wheel() -> None:
    """setuptools leaves out, without a message, what ``pyproject.toml`` does not list."""
    listed = tomllib.loads((PACKAGE.parent / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"]
    folders = {".".join(path.relative_to(PACKAGE.parent).parent.parts) for path in PACKAGE.rglob("*.py")}
    assert listed["packages"] == sorted(folders | {"site_builder.templates"})


# --- HTML and its class names ---------------------------------------------------------------------

NOT_CLASSES = {
    "en": "a language",
    "enumeration": "a group of paragraphs in a text",
    "instrument": "what an action used, in a crate",
    "none": "a count in a message",
    "s": "the end of a plural; an element of TEI",
    "titlepage": "a type of EPUB",
}
"""Words of the data that are class names too, and no name in the code: word → what it means there."""


@cache
def class_names() -> frozenset[str]:
    """The class names in the templates, and in the selectors of style sheets."""
    found: set[str] = set()
    for path in sorted(assets.TEMPLATES.rglob("*")):
        if path.suffix in (".html", ".xhtml"):
            text = path.read_text(encoding="utf-8")
            values = re.findall(r'class="((?:\{\{.*?\}\}|\{%.*?%\}|[^"])*)"', text)
            found |= {name for value in values for name in re.sub(r"\{[{%].*?[%}]\}", " ", value).split()}
        elif path.suffix == ".css":
            text = re.sub(r"/\*.*?\*/|\{[^{}]*\}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
            found |= set(re.findall(r"\.([A-Za-z][\w-]*)", text))
    return frozenset(found)


@cache
def identifiers() -> frozenset[str]:
    """Every name of the code: of variables, attributes, parameters, functions and classes."""
    nodes = [node for path in modules().values() for node in ast.walk(ast.parse(path.read_text("utf-8")))]
    kinds = {ast.Name: "id", ast.Attribute: "attr", ast.arg: "arg", ast.keyword: "arg"}
    kinds |= {ast.FunctionDef: "name", ast.ClassDef: "name"}
    return frozenset(getattr(node, kinds[type(node)]) or "" for node in nodes if type(node) in kinds)


OUTSIDE = [name for name in modules() if not name.startswith("site.")]


@pytest.mark.parametrize("name", OUTSIDE)
def test_no_html_and_no_class_name_is_outside_of_site(name: str) -> None:
    """A word of the data may be a class name as well (``title``): then it is a name in the code, too."""
    names = class_names()
    assert {"noteref", "cellnotes", "page", "needs-script"} <= names
    selector = re.compile(rf"(?<![\w/.)])\.({'|'.join(map(re.escape, names))})(?![\w.-])")
    words = names - identifiers() - NOT_CLASSES.keys()
    markup = re.compile(r"\bclass\s*=\s*[\"']|</(?:a|p|div|span|section|h[1-6]|[uod]l|li|table|td|body)>")
    wrong = [
        (line, text)
        for line, text in literals(modules()[name])
        if text in words or text == "class" or selector.search(text) or markup.search(text)
    ]
    assert wrong == []


def test_every_word_that_is_no_class_name_is_still_one_of_the_data() -> None:
    used = {text for name in OUTSIDE for _, text in literals(modules()[name])}
    assert NOT_CLASSES.keys() <= used & class_names() - identifiers()


def test_html_is_parsed_only_where_the_text_of_a_page_is_counted() -> None:
    """A book is made of the records of pages, and reads none of them."""
    parsers = ("html.parser", "lxml.html", "lxml.cssselect", "bs4")
    users = {name for name in modules() for _, wanted in imports(name) if wanted.startswith(parsers)}
    assert users == {"formats.webannotation.page_text"}
