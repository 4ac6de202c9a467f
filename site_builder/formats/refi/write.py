"""``data/project.qdpx`` and ``data/codebook.qdc``: every coder's tags for programs of qualitative data
analysis.

REFI-QDA Project Exchange and Codebook Exchange, versions 1.0 and 1.5 (qdasoftware.org; namespaces
``urn:QDA-XML:project:1.0`` and ``urn:QDA-XML:codebook:1.0``).  Where the standard leaves a choice, this
module takes the one that all known programs can read:

- the text of a work is a separate file (never ``PlainTextContent``): UTF-8 without BOM, LF, the title,
  each heading and each passage on one line.  Positions are code points of that file, the end exclusive.  A
  selection has its words as its name, so that a reader that counts in another way can detect it;
- statements about a passage as a whole (function, entries without evidence, gist, note) are at one
  selection of the whole passage, which has no name;
- the note on a cell is the description of its selections.  Gists and the note of a passage are notes, each
  in a file and with a unique name, which gives work, passage and coder to a program that drops references;
- the traits that a cell rests on, and a voice that is not the author's, are further codes of a selection;
- alternatives, notes of the editors and edges are in :mod:`site_builder.formats.refi.editorial`.

Selections are in the order of the tags, so that the order of the cells, the most important first, is kept.
Two tags share a selection if that order allows it, and if they have the same voice and, of one cell, the same
traits.  GUIDs are those of
:mod:`site_builder.edition.identifiers`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from site_builder import VERSION
from site_builder.edition import codetree, identifiers
from site_builder.edition.codes import CodeId
from site_builder.edition.edition import Edition
from site_builder.edition.index import Span
from site_builder.formats.archive import packed
from site_builder.formats.codings import Coding, coders, codings, editors_notes
from site_builder.formats.refi import editorial, note_names
from site_builder.formats.refi.shared import note_guid, one_line, source_names, text
from site_builder.language.catalogue import Catalogue
from site_builder.language.message import msg, pmsg
from site_builder.model import AUTHOR, Passage, Project, Tagging, Work

PROJECT = "urn:QDA-XML:project:1.0"
CODEBOOK = "urn:QDA-XML:codebook:1.0"
_ORIGIN = f"site-builder {VERSION}"


def project(edition: Edition) -> bytes:
    """The project in its archive (``project.qde`` and ``sources/``), with the tags of all coders.

    ``b""`` if the text may not be published, since there is then nothing to code.  The displayed coder is a
    user also without tags.  A passage without tags has no selection.
    """
    if not edition.with_text:
        return b""
    writer = _Writer(edition)
    root = writer.project()
    return packed({"project.qde": _bytes(root), **{f"sources/{n}": t for n, t in writer.files.items()}})


def codebook(edition: Edition) -> bytes:
    """The file with the codes alone, as XML, in the order of :func:`.codetree.codes`: dimensions with their
    cells in each relation and their traits, functions, voices other than the author's, facets.

    Dimensions, facets and the groups of the functions and of the voices are not codable (``isCodable``); all
    other codes are, also a cell without a relation, although :func:`.read.read` refuses a coding with it.  It
    does not depend on whether the text may be published.  Its one child, ``Codes``, is empty if there are
    none; the file ends with a line end.
    """
    root = etree.Element(f"{{{CODEBOOK}}}CodeBook", {"origin": _ORIGIN}, nsmap={None: CODEBOOK})
    _codes(root, edition.project)
    return _bytes(root)


@dataclass(kw_only=True, slots=True)
class _Selection:
    """A range of a passage with the ids of its codes.  ``number`` counts selections of the same range.

    ``traits`` maps a cell to the traits that its tags rest on.
    """

    span: Span
    note: str
    voice: str = AUTHOR
    number: int = 0
    codes: list[str] = field(default_factory=list)
    traits: dict[str, tuple[CodeId, ...]] = field(default_factory=dict)

    def takes(self, coding: Coding, span: Span, voice: str) -> bool:
        """Whether a tag can share the selection."""
        same = (self.span, self.note, self.voice) == (span, coding.note, voice)
        return same and bool(coding.facet or self.traits.get(coding.code, coding.traits) == coding.traits)

    def add(self, coding: Coding) -> None:
        """Add the code of a tag; its traits are added by :attr:`every_code`."""
        self.codes.append(str(coding.code_id))
        if not coding.facet:
            self.traits[coding.code] = coding.traits

    @property
    def every_code(self) -> list[str]:
        """The ids of the codes, then of the traits, then of a voice that is not the author's."""
        traits = [str(trait) for traits in self.traits.values() for trait in traits]
        voice = [str(CodeId.of("voice", self.voice))] if self.voice != AUTHOR else []
        return list(dict.fromkeys([*self.codes, *traits, *voice]))


class _Writer:
    """Makes the project, and collects the other files of the archive."""

    def __init__(self, edition: Edition) -> None:
        project = edition.project
        self.edition = edition
        self.source = project
        self.codes = {code.id: codetree.guid(project, code) for code in codetree.codes(project)}
        self.date = f"{project.site.date.isoformat()}T00:00:00Z"
        self.files: dict[str, bytes] = {}
        self.words = edition.catalogue
        self.names = source_names(project)

    def name(self, *parts: str) -> str:
        return identifiers.guid(self.source, *parts)

    def made(self, coder: str) -> dict[str, str]:
        """The coder as the user, and the time of creation: the only date of a project."""
        return self.made_by(self.name("user", coder))

    def made_by(self, user: str) -> dict[str, str]:
        """The GUID of a user, and the time of creation."""
        return {"creatingUser": user, "creationDateTime": self.date}

    def project(self) -> etree._Element:
        site = self.source.site
        root = etree.Element(f"{{{PROJECT}}}Project", nsmap={None: PROJECT})
        root.attrib.update({"name": site.title, "origin": _ORIGIN})
        root.set("creatingUserGUID", self.name("user", site.coder))
        root.set("creationDateTime", self.date)
        users = _add(root, "Users")
        for coder in dict.fromkeys([site.coder, *coders(self.source)]):
            _add(users, "User", guid=self.name("user", coder), name=coder, id=coder)
        if self.source.notes or self.source.edges:
            _add(users, "User", guid=editorial.user(self.source), name=site.publisher)
        _codes(_add(root, "CodeBook"), self.source)
        sources, notes = _add(root, "Sources"), etree.Element(f"{{{PROJECT}}}Notes")
        for work in self.source.works:
            self.work(work, sources, notes)
        edges, words = editorial.edges_memo(self.source), editorial.edges(self.edition)
        if words:
            self.memo(notes, edges, words, editorial.user(self.source))
        if len(notes):
            root.append(notes)
        self.links(root)
        about = (*_about(self.source, self.words), *editorial.coders(self.edition))
        _add(root, "Description", "\n".join(filter(None, about)))
        if words:
            _add(root, "NoteRef", targetGUID=edges.guid)
        return root

    def links(self, root: etree._Element) -> None:
        """A link from the code of each edge to that at its other end, if the file has both codes."""
        found = [edge for edge in self.source.edges if {edge.start, edge.end} <= self.codes.keys()]
        if not found:
            return
        links = _add(root, "Links")
        for edge in found:
            name = f"{edge.kind} ({edge.status}): {edge.id}"
            link = _add(links, "Link", guid=self.name("edge", edge.id), name=name, direction="OneWay")
            link.attrib.update({"originGUID": self.codes[edge.start], "targetGUID": self.codes[edge.end]})

    def work(self, work: Work, sources: etree._Element, notes: etree._Element) -> None:
        """The source of a work, all its selections, and the notes on its passages."""
        id_ = self.name("source", work.id)
        source = _add(sources, "TextSource", guid=id_, name=self.names[work.id])
        source.set("plainTextPath", self.file(id_, text(work)))
        source.attrib.update(self.made(self.source.site.coder))
        _add(source, "Description", "\n".join(filter(None, _record(work, self.words))))
        starts = _starts(work)
        for tagging, passage in self.edition.tagged[work.id]:
            made = [
                self.selection(source, tagging, selection, passage.text, starts[passage.id])
                for selection in _selections(self.edition, tagging, passage)
            ]
            self.notes(made, notes, tagging, passage)
        editors = editorial.user(self.source)
        for note, passage, span in editors_notes(self.edition.index, [work]):
            id_ = self.name("selection", "editorial", note.work, note.id)
            at, first = span or (0, len(passage.text)), starts[passage.id]
            selected = _select(source, id_, passage.text, at, first, self.made_by(editors))
            memo = editorial.note_memo(self.source, note)
            self.memo(notes, memo, editorial.note(self.edition, note), editors)
            _add(selected, "NoteRef", targetGUID=memo.guid)

    def selection(
        self, source: etree._Element, tagging: Tagging, selection: _Selection, words: str, first: int
    ) -> etree._Element:
        """One selection.

        :param words: the text of its passage.
        :param first: the position of the passage in the file.
        """
        of = (tagging.coder, tagging.work, tagging.passage)
        where = [str(offset) for offset in selection.span]
        id_ = self.name("selection", *of, *where, str(selection.number))
        made = _select(source, id_, words, selection.span, first, self.made(tagging.coder))
        if selection.note:
            _add(made, "Description", selection.note)
        for code in selection.every_code:
            coding = _add(made, "Coding", guid=self.name("coding", *of, code, *where))
            coding.attrib.update(self.made(tagging.coder))
            _add(coding, "CodeRef", targetGUID=self.codes[code])
        return made

    def notes(
        self, selections: list[etree._Element], notes: etree._Element, tagging: Tagging, passage: Passage
    ) -> None:
        """The statements about a passage in words: each is a note, referred to by the selection of the whole
        passage.
        """
        user = self.name("user", tagging.coder)
        for kind, words in note_names.texts(self.edition, tagging).items():
            memo = editorial.Memo(
                name=note_names.name(self.words, tagging, passage, kind),
                guid=note_guid(self.source, tagging.coder, tagging.work, passage.id, kind),
            )
            self.memo(notes, memo, words, user)
            _add(selections[0], "NoteRef", targetGUID=memo.guid)
        if words := editorial.alternatives(self.edition, tagging):
            memo = editorial.alternatives_memo(self.source, tagging)
            self.memo(notes, memo, words, user)
            _add(selections[0], "NoteRef", targetGUID=memo.guid)

    def memo(self, notes: etree._Element, memo: editorial.Memo, words: str, user: str) -> None:
        """Add a note, with its words in a file.

        :param user: the GUID of the user who made it.
        """
        note = _add(notes, "Note", guid=memo.guid, name=memo.name)
        note.set("plainTextPath", self.file(memo.guid, words))
        note.attrib.update(self.made_by(user))

    def file(self, id_: str, content: str) -> str:
        """Add a file to the archive; return its address."""
        self.files[f"{id_}.txt"] = content.encode()
        return f"internal://{id_}.txt"


def _select(
    source: etree._Element, id_: str, words: str, span: Span, first: int, made: dict[str, str]
) -> etree._Element:
    """Add a selection of a range of a passage; that of a whole passage has no name.

    :param words: the text of the passage.
    :param first: the position of the passage in the file.
    :param made: the user and the time of creation.
    """
    start, end = span
    found = _add(source, "PlainTextSelection", guid=id_)
    if span != (0, len(words)):
        found.set("name", one_line(words[start:end]))
    found.attrib.update({"startPosition": str(first + start), "endPosition": str(first + end)})
    found.attrib.update(made)
    return found


def _selections(edition: Edition, tagging: Tagging, passage: Passage) -> list[_Selection]:
    """All statements of a coder about a passage, those about the whole passage first."""
    whole = (0, len(passage.text))
    found: list[_Selection] = []
    if tagging.function:
        found.append(_Selection(span=whole, note="", codes=[str(CodeId.of("function", tagging.function))]))
    elif note_names.texts(edition, tagging) or tagging.alternatives:
        found.append(_Selection(span=whole, note=""))
    latest: dict[str, int] = {}  # facet → the selection of its last tag
    for coding in codings(edition.index, tagging, passage):
        after = latest.get(coding.facet, 0)
        voices = dict(zip(reversed(coding.evidence), reversed(coding.voices), strict=True))
        for number, span in enumerate(dict.fromkeys(coding.evidence or (whole,))):
            at = _place(found, coding, span, voices.get(span, AUTHOR), after)
            found[at].add(coding)
            if number == 0:
                latest[coding.facet] = at
            after = at + 1
    return found


def _place(found: list[_Selection], coding: Coding, span: Span, voice: str, after: int) -> int:
    """The first selection that a tag can share and that is not too early, or a new one at the end."""
    for at in range(after, len(found)):
        if found[at].takes(coding, span, voice):
            return at
    number = sum(selection.span == span for selection in found)
    found.append(_Selection(span=span, note=coding.note, voice=voice, number=number))
    return len(found) - 1


def _starts(work: Work) -> dict[str, int]:
    """Block id → its position in the file."""
    found: dict[str, int] = {}
    at = 0
    for block in work.blocks:
        found[block.id] = at
        at += len(block.text) + 1
    return found


def _codes(parent: etree._Element, project: Project) -> None:
    """The codes of the codebook, each within its parent."""
    made = {"": _add(parent, "Codes")}
    for code in codetree.codes(project):
        one = _add(made[code.above], "Code", guid=codetree.guid(project, code), name=code.name)
        one.set("isCodable", "true" if code.code else "false")
        if code.color:
            one.set("color", code.color)
        _add(one, "Description", code.description)
        made[code.id] = one


def _about(project: Project, words: Catalogue) -> Iterator[str]:
    site = project.site
    yield from (site.subtitle, site.description)
    imprint = msg(
        "%(publisher)s, %(version)s, %(date)s",
        publisher=site.publisher,
        version=site.version,
        date=site.date.isoformat(),
    )
    yield words.text(imprint)
    yield site.address
    yield from (licence.name for licence in site.licences)


def _record(work: Work, words: Catalogue) -> Iterator[str]:
    record = work.record
    named = pmsg("author and title", "%(author)s: %(title)s", author=record.author, title=record.title)
    yield words.text(named) if record.author else record.title
    between = words.text(pmsg("between parts of a statement", ", "))
    yield between.join(filter(None, (record.container, record.year, record.issue)))
    yield record.rights


def _add(parent: etree._Element, tag: str, content: str = "", **attributes: str) -> etree._Element:
    """Add a child at the end, in the namespace of its parent."""
    made = etree.SubElement(parent, f"{{{etree.QName(parent).namespace}}}{tag}", attributes)
    made.text = content or None
    return made


def _bytes(root: etree._Element) -> bytes:
    """The document with one element on each line, so that a problem can name its line."""
    etree.indent(root, " ")
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8") + b"\n"
