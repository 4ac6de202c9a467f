"""The package document: what the book is, which files it has, in which order they are read (EPUB 3.3, 5)."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from lxml import etree

from site_builder.citing import citation, references
from site_builder.edition import identifiers
from site_builder.model import Person, Project, Record

OPF = "http://www.idpf.org/2007/opf"
DC = "http://purl.org/dc/elements/1.1/"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_ACCESSIBILITY = (
    ("accessMode", "textual"),
    ("accessMode", "visual"),
    ("accessModeSufficient", "textual"),
    ("accessibilityFeature", "structuralNavigation"),
    ("accessibilityFeature", "tableOfContents"),
    ("accessibilityFeature", "readingOrder"),
    ("accessibilityFeature", "displayTransformability"),
    ("accessibilityFeature", "alternativeText"),
    ("accessibilityHazard", "none"),
)
"""The cover is the one image, and says in words what it says."""
_SUMMARY = (
    "全書是文字，只有封面一圖，附有替代文字。標題分級，目錄可達每一章與正文每一節。"
    "正文每段有號，段末連到附註，附註可回正文。表格有欄、列標題。"
    "各格以文字寫出維度與正負，顏色不單獨表意；字體、字號、行距、顏色均可由閱讀器改換。"
    "未經第三方依 EPUB 無障礙標準查驗。"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Item:
    """A file of the book, its path as seen from the package document.

    ``read`` says whether it has a place in the reading order.
    """

    href: str
    media_type: str
    properties: str = ""
    read: bool = False


def package(project: Project, items: Iterable[Item], convert: Callable[[str], str], *, lang: str) -> bytes:
    """The package document.  ``items`` stand in reading order."""
    root = etree.Element(f"{{{OPF}}}package", nsmap={None: OPF})
    root.attrib.update({"version": "3.0", "unique-identifier": "id", _LANG: lang})
    metadata = etree.SubElement(root, f"{{{OPF}}}metadata", nsmap={"dc": DC})
    _Metadata(root=metadata, convert=convert).write(project, lang)
    manifest = etree.SubElement(root, f"{{{OPF}}}manifest")
    spine = etree.SubElement(root, f"{{{OPF}}}spine")
    for number, item in enumerate(items):
        one = {"id": f"f{number}", "href": item.href, "media-type": item.media_type}
        entry = etree.SubElement(manifest, f"{{{OPF}}}item", one)
        if item.properties:
            entry.set("properties", item.properties)
        if item.read:
            etree.SubElement(spine, f"{{{OPF}}}itemref", {"idref": f"f{number}"})
    etree.indent(root)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True) + b"\n"


@dataclass(frozen=True, kw_only=True, slots=True)
class _Metadata:
    root: etree._Element
    convert: Callable[[str], str]
    _ids: Iterator[int] = field(default_factory=itertools.count)

    def write(self, project: Project, lang: str) -> None:
        site = project.site
        self.dc("identifier", identifiers.urn(project, "epub", lang), "id")
        self.titles(site.title, site.subtitle)
        for role, code, people in _people(project):
            for person in people:
                self.named(role, code, person)
        self.person("contributor", site.publisher, "edt", "editors")
        self.dc("publisher", site.publisher)
        self.dc("language", lang)
        self.dc("date", site.date.isoformat())
        self.dc("description", site.description)
        for work in project.works:
            self.dc("source", citation.of_work(work.record))
            for identifier in _identifiers(work.record):
                self.dc("source", identifier)
        for words in _rights(project):
            self.dc("rights", words)
        self.meta("dcterms:modified", f"{site.date.isoformat()}T00:00:00Z")
        self.meta("schema:version", site.version)
        for name, value in (*_ACCESSIBILITY, ("accessibilitySummary", self.convert(_SUMMARY))):
            self.meta(f"schema:{name}", value)

    def titles(self, title: str, subtitle: str) -> None:
        for number, (words, kind) in enumerate(((title, "main"), (subtitle, "subtitle")), 1):
            if words:
                self.dc("title", words, kind)
                self.meta("title-type", kind, kind)
                self.meta("display-seq", str(number), kind)

    def person(self, role: str, name: str, code: str, id_: str) -> None:
        """A person or body; ``code`` is the MARC relator."""
        if name:
            self.dc(role, name, id_)
            self.meta("role", code, id_).set("scheme", "marc:relators")

    def named(self, role: str, code: str, person: Person) -> None:
        """A person of the record, with the form that sorts and the name in Latin letters."""
        id_ = f"{role}{next(self._ids)}"
        self.person(role, person.name.whole, code, id_)
        if person.name.inverted != person.name.whole:
            self.meta("file-as", self.convert(person.name.inverted), id_)
        if person.latin:
            other = self.meta("alternate-script", person.romanised, id_)
            other.set(_LANG, "zh-Latn")

    def dc(self, name: str, words: str, id_: str = "") -> None:
        if words:
            element = etree.SubElement(self.root, f"{{{DC}}}{name}", {"id": id_} if id_ else {})
            element.text = self.convert(words)

    def meta(self, name: str, value: str, refined: str = "") -> etree._Element:
        element = etree.SubElement(self.root, f"{{{OPF}}}meta", {"property": name})
        if refined:
            element.set("refines", f"#{refined}")
        element.text = value
        return element


def _people(project: Project) -> Iterator[tuple[str, str, tuple[Person, ...]]]:
    """(element, MARC relator, people) of all works, each person once in a role."""
    records = [work.record for work in project.works]
    for role, code, found in (
        ("creator", "aut", [person for record in records for person in record.authors]),
        ("contributor", "edt", [person for record in records for person in record.editors]),
        ("contributor", "trl", [person for record in records for person in record.translators]),
    ):
        once = {person.name: person for person in reversed(references.clean(tuple(found)))}
        yield role, code, tuple(reversed(once.values()))


def _identifiers(record: Record) -> Iterator[str]:
    """The numbers of the published work as URIs."""
    if record.doi:
        yield references.doi_address(record.doi)
    if record.isbn:
        yield f"urn:isbn:{record.isbn.replace(' ', '-')}"
    if record.issn:
        yield f"urn:issn:{record.issn}"


def _rights(project: Project) -> Iterator[str]:
    yield from dict.fromkeys(work.record.rights for work in project.works)
    yield from (f"{licence.name}。{licence.definition}" for licence in project.site.licences)
