"""REFI-QDA: the project and the codebook as other programs read them, and their import.

Proved: both files are valid, and a reader that this project did not write finds every tag of every coder at
its words; what is read back is what was written, tag by tag and in its order, from our file and from copies
as other programs save them; what cannot be read is reported.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from uuid import UUID

import proof_tools
import pytest
from conftest import TINY, tiny_parts
from hypothesis import given, settings
from hypothesis import strategies as st
from laws import examples
from lxml import etree
from pyrefiqda import RefiCodebook, RefiProject

from site_builder.edges import load
from site_builder.edition import codetree
from site_builder.edition.edition import Edition
from site_builder.edition.index import Index, build_index
from site_builder.formats.codings import codings, taggings
from site_builder.formats.refi import editorial, note_names, shared
from site_builder.formats.refi import read as reader
from site_builder.formats.refi import sources as refisources
from site_builder.formats.refi import write as refi
from site_builder.importing import Imported, Statement, resolve
from site_builder.language import catalogue
from site_builder.model import NOWHERE, CellTag, EntryTag, Localized, Project, Quote, Tagging, Term
from site_builder.pipeline import Checked
from site_builder.source import read

BOTH = pytest.mark.parametrize("which", ["repository", "tiny"])
NS = f"{{{refi.PROJECT}}}"
Files = dict[str, bytes]
CHINESE = catalogue.of("zh-Hant")
TagRow = tuple[tuple[str, ...], str, tuple[str, ...]]
"""(coder, work, passage, kind, facet, value, relation), note, words of the evidence."""


@pytest.fixture
def found(which: str, request: pytest.FixtureRequest) -> tuple[Project, Index]:
    checked: Checked = request.getfixturevalue(which)
    assert checked.project is not None
    assert checked.index is not None
    return checked.project, checked.index


@pytest.fixture
def small(tiny: Checked) -> tuple[Project, Index]:
    assert tiny.project is not None
    assert tiny.index is not None
    return tiny.project, tiny.index


def exported(project: Project, index: Index) -> bytes:
    return refi.project(Edition(project, index))


def unpacked(data: bytes) -> Files:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(files: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def qde(data: bytes) -> etree._Element:
    return etree.fromstring(unpacked(data)["project.qde"])


def statements(project: Project, index: Index) -> Iterator[TagRow]:
    """All that the coders say, as it is in the files of tags."""
    for tagging, passage in taggings(project):
        whose = (tagging.coder, tagging.work, passage.id)
        if tagging.function:
            yield (*whose, "function", "", tagging.function, ""), "", ()
        for one in codings(index, tagging, passage):
            kind = "entry" if one.facet else "cell"
            words = tuple(dict.fromkeys(one.quotations))
            yield (*whose, kind, one.facet, one.code, one.relation), one.note, words
        for kind in ("gist", "gist_en", "note", "note_en"):
            if words := proof_tools.value_of(tagging, kind):
                yield (*whose, kind, "", words, ""), "", ()


def reported(marks: Iterable[Statement]) -> list[TagRow]:
    """Marks joined as they are resolved: the evidence of one tag in its order, tags in theirs."""
    found: dict[tuple[str, ...], tuple[str, list[str]]] = {}
    for mark in marks:
        key = (mark.coder, mark.work, mark.passage, mark.kind, mark.facet, mark.value, mark.relation)
        found.setdefault(key, (mark.note, []))[1].extend(quote.text for quote in mark.quotes)
    return [(key, note, tuple(words)) for key, (note, words) in found.items()]


def ordered(rows: Iterable[TagRow]) -> dict[tuple[str, ...], list[TagRow]]:
    """By coder, passage, kind and facet, in order."""
    found: dict[tuple[str, ...], list[TagRow]] = {}
    for statement in rows:
        found.setdefault(statement[0][:5], []).append(statement)
    return found


# --- the files ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("0", 0),
        (" 7 ", 7),
        ("9" * 9, 999_999_999),
        ("9" * 10, -1),
        ("-1", -1),
        ("1.5", -1),
        ("", -1),
        (None, -1),
    ],
)
def test_a_position_is_a_number_of_at_most_nine_digits(written: str | None, number: int) -> None:
    element = etree.Element("PlainTextSelection", {} if written is None else {"startPosition": written})
    assert refisources.selection_values(element) == (number, -1, "")


@BOTH
@pytest.mark.parametrize("schema", ["Project.xsd", "Codebook.xsd"])
def test_the_files_are_valid(found: tuple[Project, Index], schema: str) -> None:
    xsd = etree.XMLSchema(etree.parse(proof_tools.schemas(f"refi/{schema}")))
    edition = Edition(*found)
    files = {
        "Project.xsd": unpacked(refi.project(edition))["project.qde"],
        "Codebook.xsd": refi.codebook(edition),
    }
    assert xsd.validate(etree.fromstring(files[schema])), xsd.error_log


@BOTH
def test_the_same_project_gives_the_same_bytes(found: tuple[Project, Index]) -> None:
    assert exported(*found) == exported(*found)
    assert refi.codebook(Edition(*found)) == refi.codebook(Edition(*found))


@BOTH
def test_the_archive_holds_the_project_and_the_texts_that_it_names(found: tuple[Project, Index]) -> None:
    files = unpacked(exported(*found))
    addresses = re.findall(rb'Path="internal://([^"]*)"', files.pop("project.qde"))
    assert sorted(files) == sorted(f"sources/{address.decode()}" for address in addresses)
    for content in files.values():
        assert not content.startswith(b"\xef\xbb\xbf")
        assert b"\r" not in content
    for source in qde(exported(*found)).iter(f"{NS}TextSource"):
        assert not set('/\\:*?"<>|') & set(source.get("name", ""))


@BOTH
def test_the_text_is_the_work_line_by_line(found: tuple[Project, Index]) -> None:
    project, index = found
    files = unpacked(exported(project, index))
    for work, source in zip(
        project.works, qde(exported(project, index)).iter(f"{NS}TextSource"), strict=True
    ):
        text = files[f"sources/{source.get('guid')}.txt"].decode()
        assert text.split("\n") == [*(block.text for block in work.blocks), ""]


@BOTH
def test_a_guid_names_one_thing_in_small_letters(found: tuple[Project, Index]) -> None:
    for data in (unpacked(exported(*found))["project.qde"], refi.codebook(Edition(*found))):
        guids = [one.get("guid", "") for one in etree.fromstring(data).iter() if one.get("guid")]
        assert len(set(guids)) == len(guids)
        assert all(str(UUID(guid)) == guid for guid in guids)


@BOTH
def test_names_of_codes_and_notes_occur_once(found: tuple[Project, Index]) -> None:
    """Programs join codes of one name, and one of them stops at the second note of a name."""
    root = qde(exported(*found))
    for tag in ("Code", "Note", "TextSource"):
        names = [one.get("name") for one in root.iter(f"{NS}{tag}")]
        assert len(set(names)) == len(names)


@BOTH
def test_both_files_hold_the_same_codes(found: tuple[Project, Index]) -> None:
    book = etree.fromstring(refi.codebook(Edition(*found)))
    inside = qde(exported(*found))
    found_codes = [
        [(dict(one.attrib), one.findtext("{*}Description")) for one in root.iter("{*}Code")]
        for root in (book, inside)
    ]
    assert found_codes[0] == found_codes[1]


@BOTH
def test_every_note_says_who_made_it_and_when(found: tuple[Project, Index]) -> None:
    root = qde(exported(*found))
    users = {one.get("guid") for one in root.iter(f"{NS}User")}
    date = f"{found[0].site.date}T00:00:00Z"
    assert set(root.attrib) == {"name", "origin", "creatingUserGUID", "creationDateTime"}
    assert (root.get("creatingUserGUID") in users, root.get("creationDateTime")) == (True, date)
    for tag in ("Note", "PlainTextSelection", "Coding", "TextSource"):
        for one in root.iter(f"{NS}{tag}"):
            assert one.get("creatingUser") in users
            assert one.get("creationDateTime") == date


def test_without_the_text_there_is_no_project(small: tuple[Project, Index]) -> None:
    edition = Edition(*small, with_text=False)
    assert refi.project(edition) == b""
    assert refi.codebook(edition) == refi.codebook(Edition(*small))


NAMES = st.text("甲乙（）・", min_size=1, max_size=3)


@settings(max_examples=examples(200))
@given(functions=st.lists(NAMES, max_size=5), entries=st.lists(NAMES, max_size=5), facet=NAMES)
def test_no_two_codes_have_one_name(functions: list[str], entries: list[str], facet: str) -> None:
    project = PROJECT
    first = project.facets[0]
    changed = replace(
        project,
        grid=replace(project.grid, functions=tuple(_term(n, name) for n, name in enumerate(functions))),
        facets=(
            proof_tools.localized(
                first,
                name=facet,
                entries=tuple(
                    proof_tools.localized(first.entries[0], id=f"e{n}", name=e) for n, e in enumerate(entries)
                ),
            ),
        ),
    )
    names = [code.name for code in codetree.codes(changed)]
    assert len(set(names)) == len(names)


def _term(number: int, name: str) -> Term:
    return Term(id=f"f{number}", name=Localized(name), place=NOWHERE)


@pytest.mark.parametrize(
    "parents", [{"e0": "e1"}, {"e0": "e1", "e1": "e2", "e2": ""}, {"e0": "e1", "e1": "e0"}]
)
def test_an_entry_is_in_its_parent_in_any_order_of_the_file(
    small: tuple[Project, Index], parents: dict[str, str]
) -> None:
    first = small[0].facets[0]
    entries = [
        proof_tools.localized(first.entries[0], id=id_, name=id_, parent=parents.get(id_, ""))
        for id_ in ("e0", "e1", "e2")
    ]
    changed = replace(small[0], facets=(replace(first, entries=tuple(entries)),))
    found = {code.id: code.above for code in codetree.codes(changed) if code.code and code.code.facet}
    held = [id_ for id_, parent in parents.items() if parent]
    kept = [id_ for id_ in held if found[f"{first.id}:{id_}"] == f"{first.id}:{parents[id_]}"]
    assert len(found) == 3
    assert len(kept) == len(held) - (parents.get("e1") == "e0")  # two that hold each other are no tree


# --- another reader -------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Loaded:
    """The project as pyrefiqda reads it."""

    project: Any
    folder: Path

    def codes(self) -> dict[str, Any]:
        found: dict[str, Any] = {}
        left = list(self.project.code_book.codes.code)
        while left:
            code = left.pop()
            found[code.guid] = code
            left += code.code
        return found

    def coded(self) -> Iterator[tuple[str, str, int, str, str]]:
        """(coder, work's words, start, words, id of the code) of every coding."""
        users = {user.guid: user.name for user in self.project.users.user}
        codes = self.codes()
        for source in self.project.sources.text_source:
            path = RefiProject.resolve_source_path(source.plain_text_path, self.folder)
            text = path.read_text("utf-8")
            for one in source.plain_text_selection:
                words = text[one.start_position : one.end_position]
                assert one.name in (None, words)
                for coding in one.coding:
                    code = codes[coding.code_ref.target_guid]
                    assert code.is_codable
                    id_ = re.search(r"\[(\S+)\]\Z", code.description)
                    assert id_ is not None
                    yield users[coding.creating_user], source.name, one.start_position, words, id_.group(1)


def loaded(data: bytes, folder: Path) -> Loaded:
    (folder / "project.qdpx").write_bytes(data)
    return Loaded(project=RefiProject.load(folder / "project.qdpx", folder / "out"), folder=folder / "out")


@pytest.mark.parametrize(
    ("titles", "names"),
    [
        (("堤", "堰: 甲/乙"), ("堤", "堰 甲 乙")),
        (("堤:", "堤"), ("堤（w1）", "堤（w2）")),
        (("Weir", "weir"), ("Weir（w1）", "weir（w2）")),
        (("?", "/"), ("w1", "w2")),
        (("?", "w1"), ("w1（w1）", "w1（w2）")),
        (("堤", "堤", "堤（w1）"), ("堤（w1）（w1）", "堤（w2）", "堤（w1）（w3）")),
    ],
)
def test_each_work_has_a_file_name_of_its_own(
    tiny: Checked, titles: tuple[str, ...], names: tuple[str, ...]
) -> None:
    assert tiny.project is not None
    work = tiny.project.works[0]
    works = tuple(
        replace(work, record=replace(work.record, id=f"w{n}", short=Localized(""), title=Localized(title)))
        for n, title in enumerate(titles, 1)
    )
    assert tuple(shared.source_names(replace(tiny.project, works=works)).values()) == names


@pytest.mark.reads("refi", "pyrefiqda")
@BOTH
def test_another_reader_finds_every_tag_at_its_words(found: tuple[Project, Index], tmp_path: Path) -> None:
    project, index = found
    sources = shared.source_names(project)
    expected = set()
    for tagging, passage in taggings(project):
        text = shared.text(index.works[tagging.work])
        begins = text.index(f"\n{passage.text}\n") + 1
        whole = (begins, passage.text)
        if tagging.function:
            expected.add((tagging.coder, sources[tagging.work], *whole, f"function:{tagging.function}"))
        for one in codings(index, tagging, passage):
            id_ = f"{one.facet}:{one.code}" if one.facet else f"{one.code}:{one.relation}"
            stretches = [(begins + start, passage.text[start:end]) for start, end in one.evidence]
            voices = [f"voice:{voice}" if voice != "author" else "" for voice in one.voices] or [""]
            for (start, words), voice in zip(stretches or [whole], voices, strict=True):
                for code in filter(None, (id_, voice, *map(str, one.traits))):
                    expected.add((tagging.coder, sources[tagging.work], start, words, code))
    coded = list(loaded(exported(project, index), tmp_path).coded())
    assert set(coded) == expected
    assert len(coded) == len(expected)


@pytest.mark.reads("refi-codebook", "pyrefiqda")
@BOTH
def test_another_reader_finds_the_codebook(found: tuple[Project, Index], tmp_path: Path) -> None:
    project, index = found
    (tmp_path / "codebook.qdc").write_bytes(refi.codebook(Edition(project, index)))
    top = RefiCodebook.load(tmp_path / "codebook.qdc").codes.code
    dimensions = top[: len(project.grid.dimensions)]
    assert [code.name for code in dimensions] == [dimension.name for dimension in project.grid.dimensions]
    for dimension, code in zip(project.grid.dimensions, dimensions, strict=True):
        cells = [cell for cell in project.grid.cells if cell.dimension == dimension.id]
        assert not code.is_codable
        assert [one.color for one in code.code] == [cell.color for cell in cells]
        for cell, one in zip(cells, code.code, strict=True):
            assert one.is_codable
            assert len(one.code) == len(project.grid.relations) + len(cell.traits)


@BOTH
def test_another_reader_finds_gists_and_notes(found: tuple[Project, Index], tmp_path: Path) -> None:
    project, index = found
    read_there = loaded(exported(project, index), tmp_path)
    notes = {
        note.guid: (note.name, RefiProject.resolve_source_path(note.plain_text_path, read_there.folder))
        for note in read_there.project.notes.note
    }
    referred = [
        notes[reference.target_guid]
        for source in read_there.project.sources.text_source
        for selection in source.plain_text_selection
        for reference in selection.note_ref
    ]
    expected = [
        (note_names.name(CHINESE, tagging, passage, kind), proof_tools.value_of(tagging, kind))
        for tagging, passage in taggings(project)
        for kind in ("gist", "gist_en", "note", "note_en")
        if proof_tools.value_of(tagging, kind)
    ]
    own = editorial.own(project)
    spoken = [(name, path.read_text("utf-8")) for name, path in referred if name not in own]
    assert spoken == expected
    assert len([name for name, _ in notes.values() if name not in own]) == len(expected)


# --- and back -------------------------------------------------------------------------------------


@BOTH
def test_what_is_read_back_is_what_was_written(found: tuple[Project, Index]) -> None:
    back = reader.read(exported(*found), "project.qdpx", *found)
    assert back.problems == ()
    assert ordered(reported(back.statements)) == ordered(statements(*found))


@BOTH
def test_reading_back_an_export_gives_no_problem(found: tuple[Project, Index]) -> None:
    back = reader.read(exported(*found), "project.qdpx", *found)
    resolved = resolve.resolve(back.statements, found[1])
    assert resolved.problems == ()
    assert resolved.verdicts["exact"] == sum(len(mark.quotes) for mark in back.statements)


def test_a_statement_has_its_place_in_the_file(small: tuple[Project, Index]) -> None:
    data = exported(*small)
    lines = unpacked(data)["project.qde"].split(b"\n")
    for mark in reader.read(data, "their.qdpx", *small).statements:
        assert mark.place.path == "their.qdpx"
        assert re.match(rb"\s*<(Coding|Note) ", lines[mark.place.line - 1])


def linked(text: str) -> tuple[Project, Index]:
    """The tiny project with another text."""
    sources, _ = load.sources(TINY)
    project, faults = read.project({**sources, "corpus/canal/text.md": text})
    assert [str(fault) for fault in faults] == []
    assert project is not None
    return project, build_index(project)


TEXT = (TINY / "corpus" / "canal" / "text.md").read_text("utf-8")
BEYOND = (
    TEXT.replace("# 圳邊記", "# 圳𠮷邊記").replace("村子南面", "村𠮷子南面").replace("近看，", "近𠮷看，")
)


def test_characters_beyond_the_basic_plane_count_once(tmp_path: Path) -> None:
    project, index = linked(BEYOND)
    assert len(index.spans) == len(linked(TEXT)[1].spans)
    words = {one[3] for one in loaded(exported(project, index), tmp_path).coded()}
    assert {"水從山腳引來", "水是有聲音的"} <= words
    back = reader.read(exported(project, index), "project.qdpx", project, index)
    assert ordered(reported(back.statements)) == ordered(statements(project, index))


PROJECT, INDEX = tiny_parts()
CELLS = [(cell.id, term.id) for cell in PROJECT.grid.cells for term in PROJECT.grid.relations]
ENTRIES = list(INDEX.entries)
CODA = INDEX.passages[("canal", "coda")]


@st.composite
def stretches(draw: st.DrawFn) -> tuple[Quote, ...]:
    """Evidence in the last passage, each with the context that makes it unique; some of it the same."""
    found = []
    for start in draw(st.lists(st.sampled_from((0, 3, 11, 20)), min_size=1, max_size=3, unique=True)):
        size = draw(st.sampled_from((2, 5)))
        end = start + size
        words = CODA.text[start:end]
        found.append(Quote(text=words, prefix=CODA.text[:start], suffix=CODA.text[end:]))
    return tuple(found)


NOTE = st.sampled_from(("", "一說", "又一說")).map(Localized)


@st.composite
def tagged(draw: st.DrawFn) -> Tagging:
    cells = draw(st.lists(st.sampled_from(CELLS), max_size=4, unique=True))
    entries = draw(st.lists(st.sampled_from(ENTRIES), max_size=4, unique=True))
    return Tagging(
        work="canal",
        coder=draw(st.sampled_from(("editors", "other"))),
        passage="coda",
        function=draw(st.sampled_from(("", "wish"))),
        cells=tuple(
            CellTag(cell=cell, relation=relation, evidence=draw(stretches()), note=draw(NOTE), place=NOWHERE)
            for cell, relation in cells
        ),
        entries=tuple(
            EntryTag(facet=facet, entry=entry, evidence=draw(st.just(()) | stretches()), place=NOWHERE)
            for facet, entry in entries
        ),
        facets={},
        gist=draw(NOTE),
        note=draw(NOTE),
        place=NOWHERE,
    )


@settings(max_examples=examples(300))
@given(tagged())
def test_all_statements_about_a_passage_come_back_in_order(tagging: Tagging) -> None:
    project = replace(PROJECT, taggings=(tagging,))
    index = build_index(project)
    back = reader.read(exported(project, index), "project.qdpx", project, index)
    assert back.problems == ()
    assert ordered(reported(back.statements)) == ordered(statements(project, index))
    guids = [one.get("guid") for one in qde(exported(project, index)).iter() if one.get("guid")]
    assert len(set(guids)) == len(guids)


# --- as other programs save it --------------------------------------------------------------------


def renewed(root: etree._Element) -> None:
    """Every GUID another, in capitals and braces, wherever it is named."""
    new = {
        one.get("guid", ""): f"{{{UUID(int=number, version=4)}}}".upper()
        for number, one in enumerate(root.iter(), 1)
        if one.get("guid")
    }
    for one in root.iter():
        for name, value in one.attrib.items():
            if value in new:
                one.set(name, new[value])


def reordered(root: etree._Element) -> None:
    for one in root.iter():
        found = sorted(one.attrib.items(), reverse=True)
        one.attrib.clear()
        one.attrib.update(found)


def one_by_one(root: etree._Element) -> None:
    """A selection for each coding, as QualCoder keeps them; one without a code is another thing there."""
    for selection in list(root.iter(f"{NS}PlainTextSelection")):
        parent = selection.getparent()
        assert parent is not None
        for number, coding in enumerate(selection.findall(f"{NS}Coding")):
            alone = etree.SubElement(parent, selection.tag, dict(selection.attrib))
            alone.set("guid", str(UUID(int=hash_of(selection) + number)))
            for one in selection.findall(f"{NS}Description"):
                etree.SubElement(alone, one.tag).text = one.text
            alone.append(coding)
        parent.remove(selection)


def hash_of(selection: etree._Element) -> int:
    return UUID(selection.get("guid", "").strip("{}")).int >> 8 << 8


def without_paths(root: etree._Element, files: Files) -> None:
    """The text within the project."""
    for source in root.iter(f"{NS}TextSource"):
        stored = files.pop(f"sources/{source.attrib.pop('plainTextPath').removeprefix('internal://')}")
        content = etree.Element(f"{NS}PlainTextContent")
        content.text = stored.decode()
        source.insert(1, content)


def counted(count: Callable[[str], int], names: Callable[[str], str | None]) -> Callable[..., None]:
    """Positions by ``count`` for the text before them, and selections with new names."""

    def change(root: etree._Element, files: Files) -> None:
        for source in root.iter(f"{NS}TextSource"):
            text = files[f"sources/{source.get('plainTextPath', '')[11:]}"].decode()
            for one in source.iter(f"{NS}PlainTextSelection"):
                start, end = int(one.get("startPosition", "")), int(one.get("endPosition", ""))
                one.set("startPosition", str(count(text[:start])))
                one.set("endPosition", str(count(text[:end])))
                name = names(text[start:end])
                if name is None:
                    one.attrib.pop("name", None)
                else:
                    one.set("name", name)

    return change


def stored_as(change: Callable[[str], bytes]) -> Callable[..., None]:
    def store(root: etree._Element, files: Files) -> None:
        for source in root.iter(f"{NS}TextSource"):
            name = f"sources/{source.get('plainTextPath', '')[11:]}"
            files[name] = change(files[name].decode())

    return store


def windows(text: str) -> bytes:
    return text.replace("\n", "\r\n").encode("utf-8-sig")


def utf16(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def with_crlf(text: str) -> int:
    return len(text) + text.count("\n")


def no_references(root: etree._Element) -> None:
    for one in list(root.iter(f"{NS}NoteRef")):
        parent = one.getparent()
        assert parent is not None
        parent.remove(one)


def as_links(root: etree._Element) -> None:
    """Notes joined to selections by links, as NVivo keeps them."""
    links_ = etree.SubElement(root, f"{NS}Links")
    for number, one in enumerate(list(root.iter(f"{NS}NoteRef"))):
        parent = one.getparent()
        assert parent is not None
        ends = {"originGUID": one.get("targetGUID", ""), "targetGUID": parent.get("guid", "")}
        etree.SubElement(links_, f"{NS}Link", {"guid": str(UUID(int=number + 1)), **ends})
    for one in list(root.iter(f"{NS}NoteRef")):
        parent = one.getparent()
        assert parent is not None
        parent.remove(one)
    for note in root.iter(f"{NS}Note"):
        note.set("name", note.get("name", "").partition("（")[0])


def at_codings(root: etree._Element) -> None:
    """Notes on the codings and not on the selections."""
    for selection in root.iter(f"{NS}PlainTextSelection"):
        coding = selection.find(f"{NS}Coding")
        if coding is not None:
            coding.extend(selection.findall(f"{NS}NoteRef"))


def forgetful(root: etree._Element) -> None:
    """Nothing but the names of codes is kept."""
    renewed(root)
    for one in root.iter(f"{NS}Code"):
        for description in one.findall(f"{NS}Description"):
            one.remove(description)


def renamed_codes(root: etree._Element) -> None:
    """Codes with other names, in a flat list, with the ids at the end of their descriptions."""
    renewed(root)
    top = next(root.iter(f"{NS}Codes"))
    for number, one in enumerate(list(root.iter(f"{NS}Code"))):
        one.set("name", f"code {number}")
        top.append(one)


def alone(change: Callable[[etree._Element], None]) -> Callable[..., None]:
    return lambda root, files: change(root)


def same(words: str) -> str:
    return words


def nothing(words: str) -> None:
    return None


def beginning(words: str) -> str:
    return words if len(words) < 10 else f"{words[:8]}…"


def their_own(words: str) -> str:
    return "my favourite"


SAVED: Mapping[str, list[Callable[..., None]]] = {
    "GUIDs renewed, in capitals": [alone(renewed)],
    "attributes in another order": [alone(reordered)],
    "names of codes alone": [alone(forgetful)],
    "codes renamed": [alone(renamed_codes)],
    "BOM and CRLF, positions of the text within": [stored_as(windows)],
    "BOM and CRLF counted": [counted(lambda t: with_crlf(t) + 1, same), stored_as(windows)],
    "CRLF counted, no words": [counted(with_crlf, nothing), stored_as(windows)],
    "CRLF not counted, no words": [counted(len, nothing), stored_as(windows)],
    "CRLF counted where LF stands": [counted(with_crlf, same)],
    "UTF-16": [counted(utf16, same)],
    "UTF-16 and CRLF": [counted(lambda t: utf16(t) + t.count("\n"), same), stored_as(windows)],
    "beginnings of the words": [counted(lambda t: with_crlf(t) + 1, beginning), stored_as(windows)],
    "other names": [counted(len, their_own)],
    "the file in UTF-16": [stored_as(lambda text: text.encode("utf-16"))],
    "a selection for each coding": [alone(one_by_one), alone(renewed)],
    "notes without references": [alone(no_references), alone(renewed)],
    "notes by links": [alone(as_links), alone(renewed)],
    "notes on codings": [alone(at_codings), alone(renewed)],
    "text within": [without_paths],
}


def resaved(data: bytes, changes: Iterable[Callable[..., None]]) -> bytes:
    files = unpacked(data)
    root = etree.fromstring(files["project.qde"])
    for change in changes:
        change(root, files)
    named = {name.replace("sources/", "Sources/"): content for name, content in files.items()}
    return packed({**named, "project.qde": etree.tostring(root)})


@pytest.mark.parametrize("text", [TEXT, BEYOND], ids=["", "beyond the basic plane"])
@pytest.mark.parametrize("how", SAVED)
def test_what_another_program_saved_reads_the_same(how: str, text: str) -> None:
    project, index = linked(text)
    data = resaved(exported(project, index), SAVED[how])
    back = reader.read(data, "theirs.qdpx", project, index)
    assert back.problems == ()
    assert sorted(reported(back.statements)) == sorted(statements(project, index))


def test_the_real_project_reads_the_same_as_a_program_for_windows_saves_it(repository: Checked) -> None:
    assert repository.project is not None
    assert repository.index is not None
    changes = [alone(one_by_one), alone(renewed), *SAVED["CRLF counted, no words"]]
    data = resaved(exported(repository.project, repository.index), [*changes, alone(no_references)])
    back = reader.read(data, "theirs.qdpx", repository.project, repository.index)
    assert back.problems == ()
    assert sorted(reported(back.statements)) == sorted(statements(repository.project, repository.index))


def test_a_bare_project_file_is_read_where_it_holds_the_text(small: tuple[Project, Index]) -> None:
    files = unpacked(resaved(exported(*small), [without_paths, alone(as_words)]))
    back = reader.read(files["project.qde"], "project.qde", *small)
    assert sorted(reported(back.statements)) == sorted(statements(*small))


def test_the_name_of_a_note_is_read_in_the_language_of_every_catalogue() -> None:
    tagging, passage = next(taggings(PROJECT))
    for words in catalogue.every():
        for kind in ("gist", "gist_en", "gist_de", "gist_zh-Hans", "note", "note_en", "note_de"):
            name = note_names.name(words, tagging, passage, kind)
            assert note_names.parsed(name) == (kind, (tagging.work, passage.id, tagging.coder))
            assert note_names.parsed(name[: -len(f" {tagging.coder})")]) == (kind, None)


@pytest.mark.parametrize(
    ("name", "kind", "of"),
    [
        ("第 12 段 提要（lu1923 p12 editors）", "gist", ("lu1923", "p12", "editors")),
        ("第 12 段 英文提要（lu1923 p12 editors）", "gist_en", ("lu1923", "p12", "editors")),
        ("第 12 段 按語（lu1923 p12 editors）", "note", ("lu1923", "p12", "editors")),
        ("我的提要", "gist", None),
        ("the gist of it", "", None),
        ("note to self", "", None),
        ("note", "note", None),
        ("notebook", "", None),
    ],
)
def test_names_of_earlier_exports_are_read_and_words_of_others_are_not(
    name: str, kind: str, of: tuple[str, str, str] | None
) -> None:
    assert note_names.parsed(name) == (kind, of)


def as_words(root: etree._Element) -> None:
    """Gists and notes with their words inside, for a single file."""
    edition = Edition.of(PROJECT)
    texts = {
        note_names.name(CHINESE, t, p, kind): words
        for t, p in taggings(PROJECT)
        for kind, words in note_names.texts(edition, t).items()
    }
    for note in root.iter(f"{NS}Note"):
        note.attrib.pop("plainTextPath")
        etree.SubElement(note, f"{NS}PlainTextContent").text = texts.get(note.get("name", ""), "某")


# --- when the edition has changed since -----------------------------------------------------------


CHANGES = {
    "a passage and a heading before it": TEXT.replace(
        "## 一、水 {#water}", "## 零、序 {#new}\n\n新來的一段，說些別的事情。 {#p11}\n\n## 一、水 {#water}"
    ),
    "words elsewhere in the passage": TEXT.replace("我小時候以為它是天生的", "我從小以為這是天生的"),
    "two passages in another order": TEXT.replace("牌上的字年年重描", "◆").replace("◆", "牌上的字年年重描"),
}


@pytest.mark.parametrize("how", CHANGES)
def test_an_unchanged_quotation_is_found_in_its_passage(how: str, small: tuple[Project, Index]) -> None:
    project, index = linked(CHANGES[how])
    back = reader.read(exported(*small), "theirs.qdpx", project, index)
    assert back.problems == ()
    assert sorted(reported(back.statements)) == sorted(statements(*small))


@pytest.mark.parametrize(
    ("old", "new", "verdict"),
    [
        ("水從山腳引來，過三道閘", "水由山腳引來，過三道閘", "lost"),
        ("村子南面有一條圳，水從山腳引來", "水從山腳引來，村子南面有一條圳", "moved"),
        ("讓孩子知道水從哪裡來，也讓老人有一塊木牌可以重描", "也讓老者有一塊木牌可以重描", "changed"),
    ],
)
def test_a_quotation_that_changed_gets_its_verdict(
    small: tuple[Project, Index], old: str, new: str, verdict: str
) -> None:
    assert old in TEXT
    project, index = linked(TEXT.replace(old, new))
    back = reader.read(exported(*small), "theirs.qdpx", project, index)
    assert [(mark.coder, mark.passage) for mark in back.statements] == [
        (mark.coder, mark.passage) for mark in reader.read(exported(*small), "", *small).statements
    ]
    assert resolve.resolve(back.statements, index).verdicts[verdict] > 0


# --- what is reported ---------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Coded:
    """One selection of the tiny text, coded."""

    words: str
    codes: tuple[str, ...] = ("flow~a:shows",)
    memo: str = ""
    user: str = "editors"
    beyond: int = 0
    """Characters by which it ends too late."""


def coded(*selections: Coded, extra: str = "", users: str = "editors", text: str = "") -> bytes:
    """A project coded in another program, with one code that is not ours."""
    stored = text or shared.text(PROJECT.works[0])
    guids = {code.id: codetree.guid(PROJECT, code) for code in codetree.codes(PROJECT)}
    names = {code.id: code.name for code in codetree.codes(PROJECT)}
    guids |= {"own": str(UUID(int=1)), "nearly": str(UUID(int=2))}
    names |= {"own": "我的想法", "nearly": "水近・寫了"}
    book = "".join(f'<Code guid="{guids[id_]}" name="{names[id_]}" isCodable="true"/>' for id_ in guids)
    rows = []
    for number, one in enumerate(selections):
        start = stored.index(one.words)
        codes = "".join(
            f'<Coding guid="{UUID(int=n + 100)}">'
            + (f'<CodeRef targetGUID="{guids[code]}"/>' if code in guids else "")
            + "</Coding>"
            for n, code in enumerate(one.codes)
        )
        memo = f"<Description>{one.memo}</Description>" if one.memo else ""
        rows.append(
            f'<PlainTextSelection guid="{UUID(int=number + 9)}" startPosition="{start}" '
            f'endPosition="{start + len(one.words) + one.beyond}" creatingUser="{one.user}">{memo}{codes}'
            "</PlainTextSelection>"
        )
    listed = "".join(f'<User guid="{name}" name="{name}"/>' for name in users.split(","))
    xml = (
        f'<Project xmlns="{refi.PROJECT}" name="x"><Users>{listed}</Users>'
        f"<CodeBook><Codes>{book}</Codes></CodeBook><Sources>"
        f'<TextSource guid="{UUID(int=5)}" name="text" plainTextPath="internal://t.txt">{"".join(rows)}'
        f"</TextSource>{extra}</Sources></Project>"
    )
    return packed({"project.qde": xml.encode(), "sources/t.txt": stored.encode()})


def taken(data: bytes) -> Imported:
    return reader.read(data, "x.qdpx", PROJECT, INDEX)


def faults(data: bytes) -> list[tuple[str, str]]:
    return [(problem.code, problem.level) for problem in taken(data).problems]


P2 = INDEX.passages[("canal", "p2")].text


def test_a_cell_on_a_whole_passage_has_all_of_it_as_evidence() -> None:
    (mark,) = taken(coded(Coded(words=P2))).statements
    assert [quote.text for quote in mark.quotes] == [P2]


def test_the_end_of_the_line_is_no_part_of_a_selection() -> None:
    (mark,) = taken(coded(Coded(words=f"{P2}\n", codes=("things:bamboo",)))).statements
    assert (mark.passage, mark.quotes) == ("p2", ())


def test_a_quotation_has_sixteen_characters_around_it() -> None:
    (mark,) = taken(coded(Coded(words="過草根時緩"))).statements
    (quote,) = mark.quotes
    assert quote == Quote(
        text="過草根時緩",
        prefix="近看，水是有聲音的：過石頭時急，",
        suffix="，在閘口打一個轉再走。遠看只有一",
    )


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("（見圖）。\n分水的日子", "runs over several"),
        ("一、水", "is in a heading"),
    ],
)
def test_a_selection_outside_of_all_passages_is_reported(words: str, says: str) -> None:
    found = taken(coded(Coded(words=words)))
    assert found.statements == ()
    assert [(one.code, one.level) for one in found.problems] == [("I003", "error")]
    assert says in found.problems[0].message


def test_a_line_of_no_passage_is_reported() -> None:
    text = shared.text(PROJECT.works[0]) + "我讀後的感想。\n"
    found = taken(coded(Coded(words="感想"), Coded(words="水是有聲音的"), text=text))
    assert [mark.passage for mark in found.statements] == ["p2"]
    assert [one.code for one in found.problems] == ["I003"]
    assert "我讀後的感想" in found.problems[0].message


def test_positions_outside_the_text_are_reported() -> None:
    assert faults(coded(Coded(words=P2, beyond=9999))) == [("I003", "error")]


def test_positions_with_several_meanings_are_reported() -> None:
    text = shared.text(PROJECT.works[0]).replace("\n", "\r\n")
    data = coded(Coded(words="過草根時緩"), text=text)
    found = taken(data)
    assert [(one.code, one.level) for one in found.problems] == [("I005", "review")]
    assert [quote.text for mark in found.statements for quote in mark.quotes] == ["過草根時緩"]


def test_a_program_that_counts_line_ends_as_one_is_trusted() -> None:
    text = shared.text(PROJECT.works[0])
    files = unpacked(coded(Coded(words="過草根時緩"), text=text))
    files["sources/t.txt"] = windows(text)
    files["project.qde"] = files["project.qde"].replace(b' name="x"', b' name="x" origin="ATLAS.ti 24"')
    found = taken(packed(files))
    assert found.problems == ()
    assert [quote.text for mark in found.statements for quote in mark.quotes] == ["過草根時緩"]


def test_a_text_that_is_not_ours_is_left_out_and_reported() -> None:
    extra = (
        f'<TextSource guid="{UUID(int=6)}" name="interview"><PlainTextContent>Anna said</PlainTextContent>'
        f'<PlainTextSelection guid="{UUID(int=7)}" startPosition="0" endPosition="4"><Coding '
        f'guid="{UUID(int=8)}"/></PlainTextSelection></TextSource>'
    )
    found = taken(coded(Coded(words="水是有聲音的"), extra=extra))
    assert [(one.code, one.level) for one in found.problems] == [("I003", "review")]
    assert len(found.statements) == 1


def test_a_work_without_its_text_in_the_file_is_reported() -> None:
    files = unpacked(exported(PROJECT, INDEX))
    assert faults(packed({"project.qde": files["project.qde"]})) == [("I001", "error")]


def test_a_text_that_is_kept_elsewhere_is_not_fetched() -> None:
    files = unpacked(exported(PROJECT, INDEX))
    files["project.qde"] = files["project.qde"].replace(b'="internal://', b'="absolute:///sources/')
    assert faults(packed(files)) == [("I001", "error")]


def test_no_more_copies_are_read_than_one_project_has(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(refisources, "COPIES", 2)
    data = coded(Coded(words="水是有聲音的"))
    files = unpacked(data)
    (source,) = re.findall(rb"<TextSource.*</TextSource>", files["project.qde"])
    for count, problems in ((2, []), (3, [("I001", "error")])):
        many = {**files, "project.qde": files["project.qde"].replace(source, source * count)}
        assert faults(packed(many)) == problems
        assert len(taken(packed(many)).statements) == 2


def test_white_space_is_not_text() -> None:
    text = shared.text(PROJECT.works[0]).replace("一、水", " 一、水 \n \n")
    for words in (" \n \n", " \n"):
        found = taken(coded(Coded(words=words), text=text))
        assert [(one.code, one.level) for one in found.problems] == [("I003", "error")]


@pytest.mark.parametrize(("code", "hint"), [("own", "one of"), ("nearly", "did you mean '水近・寫出'?")])
def test_an_unknown_code_is_reported_once(code: str, hint: str) -> None:
    files = unpacked(coded(Coded(words="水是有聲音的", codes=(code,)), Coded(words="遠看", codes=(code,))))
    files["project.qde"] = files["project.qde"].replace(b"<Coding ", b"\n<Coding ")
    found = taken(packed(files))
    assert found.statements == ()
    before, _, _ = files["project.qde"].partition(b"<Coding ")
    assert [one.place.line for one in found.problems] == [before.count(b"\n") + 1]
    assert [(one.code, one.level) for one in found.problems] == [("I002", "error")]
    assert "(used 2 times)" in found.problems[0].message
    assert hint in found.problems[0].hint


@pytest.mark.parametrize(
    ("code", "hint"),
    [
        ("flow~a", "one of: 水近・寫出, 水近・損去, 水近・願有"),
        ("dimension:flow", "one of: 水近 水聲, 水遠 水線"),
        ("facet:things", "one of: 竹, 閘"),
        ("", ""),
    ],
)
def test_an_incomplete_code_is_reported_with_the_complete_ones(code: str, hint: str) -> None:
    found = taken(coded(Coded(words="水是有聲音的", codes=(code, "flow~a:shows"))))
    assert [(one.code, one.level) for one in found.problems] == [("I005", "error")]
    assert hint in found.problems[0].hint
    assert len(found.statements) == 1


@pytest.mark.parametrize(
    ("words", "traits", "problems"),
    [("水是有聲音的", ["loud"], []), ("過石頭時急", [], [("I005", "error")])],
    ids=["at the words of its cell", "at other words"],
)
def test_a_trait_alone_belongs_to_the_cell_at_the_same_words(
    words: str, traits: list[str], problems: list[tuple[str, str]]
) -> None:
    found = taken(coded(Coded(words="水是有聲音的"), Coded(words=words, codes=("flow~a/loud",))))
    assert [str(trait) for mark in found.statements for trait in mark.traits] == traits
    assert [(one.code, one.level) for one in found.problems] == problems
    for one in found.problems:
        assert one.message.startswith("a trait must be with its cell: flow~a/loud")
        assert one.hint == "code the words with flow~a as well"


def test_memos_on_a_cell_are_its_note_and_none_is_dropped() -> None:
    found = taken(coded(Coded(words="水是有聲音的", memo="一說"), Coded(words="過石頭時急", memo="又一說")))
    assert {mark.note for mark in found.statements} == {"一說\n又一說"}


def test_a_memo_on_a_whole_passage_without_a_cell_is_the_note_of_the_passage() -> None:
    found = taken(coded(Coded(words=P2, codes=("function:scene",), memo="可再想")))
    assert [(mark.kind, mark.value) for mark in found.statements] == [
        ("function", "scene"),
        ("note", "可再想"),
    ]


def test_a_memo_that_has_no_place_is_left_out_and_reported() -> None:
    found = taken(coded(Coded(words="遠看", codes=("things:bamboo",), memo="可再想")))
    assert [mark.kind for mark in found.statements] == ["entry"]
    assert [(one.code, one.level) for one in found.problems] == [("I005", "review")]


@pytest.mark.parametrize(
    ("users", "coders"),
    [
        ("reader", ["reader"]),
        ("吳小姐", ["coder-1"]),
        ("Wu Xiaolin", ["Wu-Xiaolin"]),
        ("吳小姐,林先生", ["coder-1", "coder-2"]),
        ("Wu X,Wu-X,2 Wu.X", ["Wu-X-1", "Wu-X", "Wu-X-2"]),
        ("../../etc", ["etc"]),
    ],
)
def test_a_coder_has_an_id(users: str, coders: list[str]) -> None:
    selections = [Coded(words="水是有聲音的", user=user) for user in users.split(",")]
    found = taken(coded(*selections, users=users))
    assert [mark.coder for mark in found.statements] == coders
    pairs = zip(users.split(","), coders, strict=True)
    changed = [f"'{user}' ({coder})" for user, coder in pairs if user != coder]
    assert names_lost(found) == (
        [f"Names of coders that are no ids: {', '.join(changed)}."] if changed else []
    )


def names_lost(found: Imported) -> list[str]:
    return [one for one in found.lost if one.startswith("Names of coders")]


def test_the_editors_as_a_user_are_no_coder() -> None:
    users = f"{PROJECT.site.publisher},Wu Xiaolin"
    found = taken(coded(Coded(words="水是有聲音的", user="Wu Xiaolin"), users=users))
    assert [mark.coder for mark in found.statements] == ["Wu-Xiaolin"]
    assert names_lost(found) == ["Names of coders that are no ids: 'Wu Xiaolin' (Wu-Xiaolin)."]


def test_a_text_without_codings_hides_none_after_it() -> None:
    files = unpacked(coded(Coded(words="水是有聲音的")))
    empty = f'<Sources><TextSource guid="{UUID(int=6)}" name="empty" plainTextPath="internal://t.txt"/>'
    files["project.qde"] = files["project.qde"].replace(b"<Sources>", empty.encode())
    assert len(taken(packed(files)).statements) == 1


def test_a_missing_coder_is_the_only_listed_coder() -> None:
    selection = Coded(words="水是有聲音的", user="")
    assert [mark.coder for mark in taken(coded(selection, users="anna")).statements] == ["anna"]
    assert [mark.coder for mark in taken(coded(selection, users="anna,ben")).statements] == ["coder"]


def test_many_faults_are_counted() -> None:
    found = taken(coded(*[Coded(words="一、水")] * 1000))
    assert len(found.problems) == 101
    assert found.problems[-1].message == "900 more of this kind from here on"
    assert found.left_out == {"I003": 1000}


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK\x03\x04 not really",
        b"<Project",
        b'<!DOCTYPE l [<!ENTITY x SYSTEM "file:///etc/hostname">]><l>&x;</l>',
        refi.codebook(Edition(PROJECT, INDEX)),
        packed({"sources/t.txt": b""}),
        packed({"project.qde": b"<a>" * 1000}),
        packed({"../project.qde": b"<a/>"}),
        packed({"project.qde": b'<Project xmlns="urn:QDA-XML:project:1.0"><Coding/></Project>'}).replace(
            b"Coding/", b"Coding>"
        ),
    ],
)
def test_a_file_that_cannot_be_read_is_reported(data: bytes) -> None:
    found = taken(data)
    assert found.statements == ()
    assert [(one.code, one.level) for one in found.problems] == [("I001", "error")]


def test_a_file_with_too_many_selections_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "SELECTIONS", 5)
    assert faults(exported(PROJECT, INDEX)) == [("I001", "error")]
