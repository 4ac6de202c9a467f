"""The books do not depend on how the site looks: no class name of the site is known to them.

In a copy of the package every class name of the site is changed, in its templates, style sheets, scripts and
in the modules of ``site``; then the site of the copy is built.
"""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import lxml.html
import pytest
from conftest import TINY, Files, on_disk
from lxml import etree

import site_builder
from site_builder.site import assets

PREFIX = "x-"
BOOKS = ("data/edition.epub", "data/edition-hans.epub")
FILES = ("edition.html", "hans/edition.html")
SHEETS = sorted(assets.TEMPLATES.glob("assets/*.css"))
NAMES = sorted(
    {
        name
        for sheet in SHEETS
        for name in re.findall(
            r"\.([A-Za-z][\w-]*)",
            re.sub(r"/\*.*?\*/|\{[^{}]*\}", "", sheet.read_text("utf-8"), flags=re.DOTALL),
        )
    }
)
"""The class names of the style sheets; the modules of ``site`` write rules with some of them."""
TYPE = "@*[local-name()='type']"


def in_attribute(value: str) -> str:
    """The value of ``class`` in a template or an f-string, each name changed; expressions stay."""
    parts = re.split(r"(\{\{.*?\}\}|\{%.*?%\}|\{[^}]*\})", value)
    return "".join(p if p.startswith("{") else re.sub(r"[A-Za-z][\w-]*", rf"{PREFIX}\g<0>", p) for p in parts)


def in_markup(text: str) -> str:
    """A template or a module with the names in its markup changed, and the kind of a page, which is one."""
    value = r"(?:\{\{.*?\}\}|\{%.*?%\}|[^\"])*"
    text = re.sub(rf'class="({value})"', lambda found: f'class="{in_attribute(found[1])}"', text)
    return re.sub(r"(?m)^(\{% block kind %\})", rf"\1{PREFIX}", text)


def in_css(text: str) -> str:
    """A style sheet with every class name changed; comments and declarations stay."""
    parts = re.split(r"(/\*.*?\*/|\{[^{}]*\})", text, flags=re.DOTALL)
    return "".join(
        p if p.startswith(("/*", "{")) else re.sub(r"\.(?=[A-Za-z])", f".{PREFIX}", p) for p in parts
    )


def in_python(text: str) -> str:
    """A module of ``site`` with the names in its markup, in its style rules, and those that it makes."""
    call = re.compile(r"_class\(([\"'])(.*?)\1\)")
    text = call.sub(
        lambda found: f'_class("{in_attribute(found[2])}")'.replace('"', found[1]), in_markup(text)
    )
    text = re.sub(r'f"(t|l-)\{', rf'f"{PREFIX}\1{{', text)
    text = re.sub(r"\.t\{", f".{PREFIX}t{{", text)  # the rules of the chip that has the focus
    return re.sub(rf"(?<![\w)\]])\.({'|'.join(NAMES)})(?![\w(-])", rf".{PREFIX}\1", text)


def changed(folder: Path) -> None:
    """Change every class name of the site in a copy of the package."""
    for path in sorted((folder / "templates").rglob("*")):
        text = path.read_text(encoding="utf-8") if path.is_file() else ""
        if "epub" in path.parts or not text:
            continue
        if path.suffix == ".html":
            path.write_text(in_markup(text), encoding="utf-8")
        elif path.suffix == ".css":
            path.write_text(in_css(text), encoding="utf-8")
        elif path.suffix == ".js":
            path.write_text(re.sub(r"\"[^\"\n]*\"", lambda m: in_css(m[0]), text), encoding="utf-8")
    for path in sorted((folder / "site_builder/site").rglob("*.py")):
        path.write_text(in_python(path.read_text(encoding="utf-8")), encoding="utf-8")


@pytest.fixture(scope="module")
def renamed(tmp_path_factory: pytest.TempPathFactory) -> Files:
    """The site of the tiny project as the changed copy of the package makes it."""
    folder = tmp_path_factory.mktemp("renamed")
    package = Path(site_builder.__file__).parent
    shutil.copytree(package, folder / "site_builder", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(assets.TEMPLATES, folder / "templates")
    changed(folder)
    command = [sys.executable, "-m", "site_builder", "build", str(TINY), "--out", str(folder / "_site")]
    environment = {**os.environ, "PYTHONPATH": str(folder)}
    run = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=120
    )
    assert run.returncode == 0, run.stderr
    return on_disk(folder / "_site")


def classes(files: Files, name: str) -> set[str]:
    root = lxml.html.document_fromstring(files[name].decode())
    return {one for value in root.xpath("//@class") for one in value.split()}


def test_no_class_name_of_the_site_is_left(renamed: Files, tiny_site: Files) -> None:
    pages = [name for name in tiny_site if name.endswith(".html")]
    assert {one for name in pages for one in classes(renamed, name) if not one.startswith(PREFIX)} == set()
    for name in pages:
        assert classes(renamed, name) == {PREFIX + one for one in classes(tiny_site, name)}, name
    for name in (name for name in renamed if name.endswith(".css")):
        selectors = re.sub(r"/\*.*?\*/|\{[^{}]*\}", "", renamed[name].decode(), flags=re.DOTALL)
        assert re.findall(rf"\.(?!{PREFIX})[A-Za-z][\w-]*", selectors) == [], name


def chapters(content: bytes) -> dict[str, etree._Element]:
    """The documents of a book by their names."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = [name for name in archive.namelist() if name.endswith((".xhtml", ".opf", ".svg"))]
        return {name: etree.fromstring(archive.read(name)) for name in names}


@pytest.mark.parametrize("name", BOOKS)
def test_a_book_keeps_its_text_its_notes_its_ids_and_its_links(
    renamed: Files, tiny_site: Files, name: str
) -> None:
    old, new = chapters(tiny_site[name]), chapters(renamed[name])
    assert old.keys() == new.keys()
    notes = 0
    for chapter, root in old.items():
        for path in ("//text()", "//@id", "//@href", f"//{TYPE}", "//@lang"):
            assert new[chapter].xpath(path) == root.xpath(path), (chapter, path)
        assert [one.tag for one in new[chapter].iter()] == [one.tag for one in root.iter()], chapter
        notes += len(root.xpath(f"//*[{TYPE}='footnote']"))
    assert notes > 5


@pytest.mark.parametrize("name", FILES)
def test_the_edition_in_one_file_keeps_its_text_its_ids_and_its_links(
    renamed: Files, tiny_site: Files, name: str
) -> None:
    old, new = (lxml.html.document_fromstring(files[name].decode()) for files in (tiny_site, renamed))
    for path in ("//body//text()", "//@id", "//@href", "//title/text()"):
        found = old.xpath(path)
        assert found
        assert new.xpath(path) == found, path
    assert [one.tag for one in new.iter()] == [one.tag for one in old.iter()]
