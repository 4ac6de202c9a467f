"""The parts of the pages beside the tags: other readings, notes of the editors, steps of the argument, coders
and rules.  All are compared with the project files.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

import lxml.etree as ET
import lxml.html
import page_reader
import pytest
from conftest import TINY, Files, change, pages_of, record, site_of
from oracle import VOICES, Key, added, bare, doubted, inner, voice_of
from oracle import load as load_yaml
from page_reader import Book, Element, Link, Page, definitions, find, quotes, text, without
from proof_tools import made
from test_epub_model import opened
from views import SCRIPTS

from site_builder.edges import load
from site_builder.language.characters import is_han
from site_builder.model import VOICES as ALL_VOICES

book, works_site = page_reader.book, page_reader.works_site

OTHER, NOTES, STEPS = "另一讀法", "字句的注", "論證的步驟"
CAUSES, REMEDIES, CODERS, RULES = "由成因到結果", "由診斷到對策", "編碼者", "各格與其特性"
DOUBT, SETTLES = "疑", "怎樣可以定論："
STATUS = {"stated": "作者明說", "inferred": "編者推斷"}
IN_WORDS = {"quoted": "作者引他人的話說", "reported": "作者轉述他人說"}
MISSING = {"cause": "編者沒有找到結果", "remedy": "編者沒有配上措施"}
JOINED = {"cause": "促成或增強", "remedy": "的問題對應的措施是"}


def passage_pages(book: Book) -> list[tuple[Key, Page]]:
    return [(key, book.page(f"{key[0]}/{key[1]}.html")) for key in book.oracle.passages]


# --- other readings -------------------------------------------------------------------------------


class Reading(NamedTuple):
    """Another reading: how it begins, its tags, its quotations, the traits that go with them, its reason."""

    begins: str
    chips: list[tuple[str, str]]
    quotes: list[str]
    lost: str
    reason: str


def wanted_readings(book: Book, key: Key) -> list[Reading]:
    oracle, found = book.oracle, []
    tags = oracle.tags[key]
    for one in tags.alternatives:
        new = added(one, tags)
        chips = [oracle.chip(*new, None)] if new[0] else []
        left = [oracle.chip(tag.cell, tag.relation, tag.traits) for tag in tags.cells if doubted(one, tag)]
        absent = "這些字句也可以不作" if one.get("evidence") else "也可以不標"
        begins = "也可以改標" if new[0] and left else "也可以標" if new[0] else absent
        quoted = [bare(q) for q in oracle.quoted(one.get("evidence", []))]
        cell = one.get("instead_of", "").partition(":")[0]
        names = [bare(oracle.trait(cell, trait)) for trait in one.get("traits", [])]
        lost = f"同時不計{'、'.join(names)}" if names else ""
        found.append(Reading(begins, chips + left, quoted, lost, bare(one["reason"])))
    return found


def test_a_passage_has_its_other_readings_with_their_reasons(book: Book) -> None:
    for key, page in passage_pages(book):
        section = page.section(OTHER)
        wanted = wanted_readings(book, key)
        assert (section is not None) is bool(wanted), key
        found = [
            Reading(
                bare(row.text or ""),
                [page.chip(a) for a in row.xpath("./a")],
                quotes(row),
                "".join(map(text, find(row, "hint"))),
                text(find(row, "why")[0]),
            )
            for row in ([] if section is None else section.xpath("./ul/li"))
        ]
        assert found == wanted, key


def test_the_tiny_project_has_another_reading_of_each_kind(tiny_site: Files) -> None:
    made = Book("tiny", page_reader.Oracle(TINY), tiny_site)
    found = [one for key in made.oracle.passages for one in wanted_readings(made, key)]
    assert {one.begins for one in found} == {"也可以改標", "也可以標", "也可以不標"}
    assert any(one.quotes for one in found)


# --- notes ----------------------------------------------------------------------------------------


class Remark(NamedTuple):
    """A note: its words of the text, its body, whether it is in doubt, what settles it, and its sources."""

    words: str
    body: str
    doubt: bool
    settles: str
    sources: list[tuple[str, str]]


def wanted_remarks(book: Book, key: Key) -> list[Remark]:
    return [
        Remark(
            bare(inner(one.get("text", ""))),
            bare(one["body"]),
            one.get("doubt") == "true",
            bare(one.get("settles", "")),
            [(s.get("address", ""), bare(s["reference"])) for s in one.get("sources", [])],
        )
        for one in book.oracle.remarks.get(key, [])
    ]


def note_ids(book: Book, key: Key) -> list[str]:
    return [f"note-{one['id']}" for one in book.oracle.remarks.get(key, [])]


def remarks(root: Element | None) -> list[tuple[str, Remark]]:
    """(id, note) of each note in a part of a page."""
    found = []
    for row in [] if root is None else root.xpath(".//ol/li"):
        words, settles = find(row, "on"), find(row, "settles")
        [body] = row.xpath("./p[not(@class)]")
        tags = [text(one) for one in find(body, "tag")]
        assert tags in ([], [DOUBT])
        says = text(settles[0]) if settles else ""
        assert says.startswith(SETTLES) or not settles
        sources = [("".join(one.xpath("./a/@href")), text(one)) for one in find(row, "reference")]
        found.append(
            (
                row.get("id") or "",
                Remark(
                    text(words[0]) if words else "",
                    without(body, "tag"),
                    bool(tags),
                    says.removeprefix(SETTLES),
                    sources,
                ),
            )
        )
    return found


def test_a_passage_page_has_the_notes_of_its_passage(book: Book) -> None:
    for key, page in passage_pages(book):
        wanted = zip(note_ids(book, key), wanted_remarks(book, key), strict=True)
        assert remarks(page.section(NOTES)) == list(wanted), key


def test_a_reference_without_chinese_characters_is_set_in_a_latin_font(book: Book) -> None:
    for _, page in passage_pages(book):
        for one in find(page.root, "reference"):
            assert ("latin" in one.classes) is not any(map(is_han, text(one)))


def unit(book: Book, key: Key) -> tuple[Page, Element]:
    page = book.page(f"{key[0]}/index.html")
    [found] = page.main.xpath(f".//*[@data-passage='{key[1]}']")
    return page, found


def test_the_address_of_a_note_on_the_reading_page_leads_to_the_note(book: Book) -> None:
    some = 0
    for key in book.oracle.passages:
        page, root = unit(book, key)
        [line] = find(root, "all")
        links = [one for one in line.iter("a") if (one.get("id") or "").startswith("note-")]
        assert [one.get("id") for one in links] == note_ids(book, key)
        for link in links:
            assert page.to(link.get("href")) == f"{key[0]}/{key[1]}.html#{link.get('id')}"
        some += len(links)
    assert some


@pytest.mark.parametrize("tree", SCRIPTS)
def test_the_one_file_has_each_note_beside_its_passage(book: Book, tree: str) -> None:
    root = lxml.html.document_fromstring(book.files[f"{tree}edition.html"].decode())
    asides = [one for one in root.iter("aside") if find(one, "comments")]
    found = [[one.get("id") for one in aside.iter("li")] for aside in asides]
    assert found == [ids for key in book.oracle.passages if (ids := note_ids(book, key))]
    assert [one.get("role") for one in asides] == ["note"] * len(asides)


def marks_of_notes(root: Element) -> list[tuple[int, Element]]:
    """(offset in the text, mark) of each mark of a note in a passage."""
    found: list[tuple[int, Element]] = []
    at = len(root.text or "")

    def walk(one: Element) -> None:
        nonlocal at
        for child in one:
            if "nm" in (child.get("class") or "").split():
                found.append((at, child))
            at += len(child.text or "")
            walk(child)
            at += len(child.tail or "")

    walk(root)
    return found


def test_a_mark_without_text_at_the_end_of_its_words_leads_to_each_note(book: Book) -> None:
    some = 0
    for key, passage in book.oracle.passages.items():
        for name in ("index", key[1]):
            page = book.page(f"{key[0]}/{name}.html")
            wanted = [
                (passage.text.index(one["text"]) + len(one["text"]), f"{key[0]}/{name}.html#note-{one['id']}")
                for one in book.oracle.remarks.get(key, [])
                if one.get("text")
            ]
            root = page.by_id(passage.id)
            assert root.text_content() == passage.text
            found = marks_of_notes(root)
            assert sorted((at, page.to(a.get("href"))) for at, a in found) == sorted(wanted), key
            for _, a in found:
                assert (a.tag, a.text_content(), a.get("aria-label")) == ("a", "", "按語")
            some += len(wanted)
    assert some


@pytest.mark.parametrize("tree", SCRIPTS)
def test_a_mark_in_the_one_file_leads_to_the_note(book: Book, tree: str) -> None:
    root = lxml.html.document_fromstring(book.files[f"{tree}edition.html"].decode())
    named = {one.get("id"): one for one in root.xpath("//*[@id]")}
    found = find(root, "nm")
    for a in found:
        target = named[a.get("href").removeprefix("#")]
        assert target.tag == "li"
        assert find(target, "on")
    count = sum(bool(one.get("text")) for ones in book.oracle.remarks.values() for one in ones)
    assert len(found) == 2 * count  # on the reading page and on the page of the passage


def test_the_ledger_of_addresses_has_every_note(book: Book) -> None:
    wanted = {
        f"{work}/index.html#note-{one['id']}": bare(one["body"])
        for (work, _), ones in book.oracle.remarks.items()
        for one in ones
    }
    ledger = load_yaml(book.oracle.root / "annotations/anchors.yaml")
    live = [one for one in ledger["anchors"] if one["kind"] == "note" and one.get("fate", "live") == "live"]
    assert {one["id"] for one in live} == wanted.keys()
    latest = {one["id"]: (one.get("revisions") or [one])[-1]["opening"] for one in live}
    assert all(wanted[id_].startswith(bare(opening)[:8]) for id_, opening in latest.items())


def test_a_note_that_is_gone_is_a_fault(copy: Path) -> None:
    change(copy, "annotations/canal/notes.yaml", "id: steps", "id: stairs")
    found = [one for one in load.checked(copy).problems if one.code.startswith("A")]
    assert [(one.code, "canal/index.html#note-" in one.message) for one in found] == [
        ("A001", True),
        ("A004", True),
    ]


# --- steps of the argument ------------------------------------------------------------------------


class Shown(NamedTuple):
    """A step: its links, its words, its quotations with the pages of their passages, and its note."""

    links: list[tuple[str, str]]
    words: str
    evidence: list[tuple[str, str]]
    note: str


def code_link(book: Book, code: str) -> tuple[str, str]:
    """The address and the name of a code."""
    oracle = book.oracle
    name, _, trait = code.partition("/")
    cell, _, relation = name.partition(":")
    if cell in oracle.cells:
        return oracle.chip(cell, relation, [trait] if trait else [])
    kind, id_ = cell, relation
    if kind == "facet":
        return f"{id_}/index.html", bare(oracle.facets[id_]["name"])
    if kind == "dimension":
        return f"grid/{id_}.html", bare(oracle.dimensions[id_]["name"])
    if kind in ("relation", "function"):
        return f"method.html#{kind}-{id_}", bare(getattr(oracle, f"{kind}s")[id_])
    return oracle.entry_address(kind, id_), bare(oracle.entries[(kind, id_)].name)


def wanted_step(book: Book, edge: dict[str, Any]) -> Shown:
    links = [code_link(book, code) for code in ends(edge)]
    joint = JOINED[edge["kind"]] if "to" in edge else ""
    status = STATUS.get(edge["status"]) or MISSING[edge["kind"]]
    voices = {voice_of(one) for one in edge.get("evidence", [])}
    if edge["status"] == "stated" and len(voices) == 1:
        status = IN_WORDS.get(*voices, status)
    evidence = []
    for one in edge.get("evidence", []):
        key = book.oracle.quoting(one)
        [quoted] = book.oracle.quoted([{k: v for k, v in one.items() if k not in ("passage", "work")}])
        evidence.append((f"{key[0]}/{key[1]}.html", bare(book.passage(key) + quoted)))
    words = joint.join(name for _, name in links) + status
    return Shown(links, bare(words), evidence, bare(edge.get("note", "")))


def steps(page: Page, root: Element | None) -> list[Shown]:
    """The steps in a part of a page."""
    return [] if root is None else [one for part in find(root, "steps") for one in rows_of(page, part)]


def rows_of(page: Page, part: Element) -> list[Shown]:
    """The steps of one list."""
    found = []
    for row in part.xpath("./li"):
        [line] = find(row, "step")
        links = [tuple(page.link(a)) for a in line.iter("a")]
        evidence = [
            (page.to(find(one, "at")[0].get("href")), text(one))
            for part in find(row, "quotes")
            for one in part.xpath("./li")
        ]
        why = find(row, "why")
        found.append(Shown(links, text(line), evidence, text(why[0]) if why else ""))
    return found


def heading_of(book: Book, code: str) -> Link | None:
    """The heading of the steps that start with a code."""
    oracle = book.oracle
    name = code.partition("/")[0].partition(":")[0]
    if name in oracle.cells:
        name, code = "dimension", f"dimension:{oracle.cells[name]['dimension']}"
    if name in oracle.facets:
        name, code = "facet", f"facet:{name}"
    return Link(*code_link(book, code)) if name in ("dimension", "facet") else None


def test_the_page_of_the_argument_has_every_step_under_the_heading_of_its_start(book: Book) -> None:
    oracle = book.oracle
    page = book.page("argument.html")
    order = [Link(*code_link(book, f"dimension:{one}")) for one in oracle.dimensions]
    order += [Link(*code_link(book, f"facet:{one}")) for one in oracle.facets]
    for kind, title in (("cause", CAUSES), ("remedy", REMEDIES)):
        edges = [one for one in oracle.edges if one["kind"] == kind]
        section = page.section(title)
        assert (section is not None) is bool(edges)
        found: dict[Link | None, list[Shown]] = {}
        heading = None
        for child in [] if section is None else section:
            if child.tag == "h3":
                heading = page.link(child.find("./a"))
            elif "steps" in (child.get("class") or ""):
                found[heading] = rows_of(page, child)
        starts = list(dict.fromkeys(one["from"] for one in edges))
        wanted: dict[Link | None, list[Shown]] = {}
        for edge in sorted(edges, key=lambda one: starts.index(one["from"])):
            wanted.setdefault(heading_of(book, edge["from"]), []).append(wanted_step(book, edge))
        assert found == wanted
        assert [one for one in order if one in found] == [one for one in found if one is not None]
    assert oracle.edges


@pytest.mark.parametrize(
    ("more", "parts"),
    [("", ["先說大意。"]), ("\n## 列法 {#h1}\n\n依文中的話。 {#b2}\n", ["先說大意。", "列法依文中的話。"])],
    ids=["an opening alone", "a heading after it"],
)
def test_what_the_editors_open_the_page_of_the_argument_with_is_a_part_of_its_own(
    copy: Path, more: str, parts: list[str]
) -> None:
    page = "---\nid: steps-of-all\ntitle: 步驟\nabout: argument\ncites: false\n---\n\n先說大意。 {#b1}\n"
    record_page(copy / "annotations/pages/steps-of-all.md", page + more)
    main = Page(pages_of(load.checked(copy)), "", "argument.html").main
    shown = [one for one in main.iter() if (one.get("class") or "").split()[:1] in (["prose"], ["picture"])]
    prose = [one for one in shown if one.get("class") == "prose"]
    assert [re.sub(r"\s", "", text(one)) for one in prose] == parts
    assert shown[0] is prose[0]
    assert [one.get("class") for one in shown[1:3]] == ["picture", "picture"]


def record_page(path: Path, words: str) -> None:
    """Write a page of the editors and record its ids."""
    path.write_text(words, encoding="utf-8")
    record(path.parents[2])


def test_a_passage_has_the_steps_that_quote_it(book: Book) -> None:
    for key, page in passage_pages(book):
        wanted = [
            wanted_step(book, edge)
            for edge in book.oracle.edges
            if any(book.oracle.quoting(one) == key for one in edge.get("evidence", []))
        ]
        notes = [step.note for step in wanted]
        for at, note in enumerate(notes[1:], 1):
            if note and note == notes[at - 1]:  # it is not printed twice
                wanted[at] = wanted[at]._replace(note="上一步的說明也適用於這一步。")
        assert steps(page, page.section(STEPS)) == wanted, key


def test_a_cell_has_the_steps_from_it_and_to_it_and_its_traits(book: Book) -> None:
    some = 0
    for cell in book.oracle.cells:
        page = book.page(book.oracle.cell_address(cell))
        wanted = [wanted_step(book, one) for one in book.oracle.edges if cell in map(subject, ends(one))]
        assert sorted(steps(page, page.section(STEPS))) == sorted(wanted), cell
        some += len(wanted)
    assert some


def ends(edge: dict[str, Any]) -> list[str]:
    return [edge[name] for name in ("from", "to") if name in edge]


def subject(code: str) -> str:
    """The cell of a code, or the code."""
    return re.split("[:/]", code)[0]


def test_an_entry_has_the_steps_from_it_and_to_it_and_its_parts(book: Book) -> None:
    oracle, some = book.oracle, 0
    for facet in oracle.frames:
        for entry in oracle.top(facet):
            page = book.page(f"{facet}/{entry.id}.html")
            own = {f"{facet}:{one.id}" for one in (entry, *oracle.parts(entry))}
            wanted = [wanted_step(book, one) for one in oracle.edges if own & {*ends(one)}]
            assert sorted(steps(page, page.section(STEPS))) == sorted(wanted), entry.id
            some += len(wanted)
    assert some


def test_the_tiny_project_has_a_step_of_each_kind_status_and_voice(tiny_site: Files) -> None:
    edges = page_reader.Oracle(TINY).edges
    assert {(one["kind"], one["status"]) for one in edges} >= {
        ("cause", "stated"),
        ("cause", "inferred"),
        ("remedy", "stated"),
        ("remedy", "none"),
    }
    assert "reported" in {voice_of(e) for one in edges for e in one.get("evidence", [])}


# --- voices and coders ----------------------------------------------------------------------------


def test_the_method_counts_the_evidence_of_each_voice(book: Book) -> None:
    every = book.oracle.tags.values()
    count = Counter(
        voice_of(one) for tags in every for tag in (*tags.cells, *tags.entries) for one in tag.evidence
    )
    cells = Counter(voice_of(one) for tags in every for tag in tags.cells for one in tag.evidence)
    [line] = find(book.page("method.html").main, "voices")
    wanted = [count[voice] for voice in VOICES] + [cells[voice] for voice in VOICES]
    assert [int(n) for n in re.findall(r"\d+", text(line))] == wanted
    assert all(count.values())
    assert tuple(VOICES) == ALL_VOICES


def test_the_method_says_who_read_when_and_with_what_before_them(book: Book) -> None:
    page = book.page("method.html")
    section = page.section(CODERS)
    wanted = []
    for one in book.oracle.readers:
        year, month, day = map(int, one["date"].split("-"))
        says = {
            "person": f"由人閱讀，完成於{year}年{month}月{day}日。",
            "machine": f"由機器閱讀，完成於{year}年{month}月{day}日，沒有人工編碼。",
        }[one["kind"]]
        rest = [says, f"編碼時所見：{one['saw']}", *filter(None, [one.get("note", "")])]
        wanted.append((bare(one["name"] + one["id"]), [bare(words) for words in rest]))
    terms = [] if section is None else section.iter("dt")
    found = [(text(dt), [text(dd) for dd in definitions(dt)]) for dt in terms]
    assert found == wanted
    assert wanted


# --- the page of rules ----------------------------------------------------------------------------


def with_rules(copy: Path) -> Files:
    """The tiny project with a page of rules."""
    page = "---\nid: rules\ntitle: 規則\ntitle_en: Rules\nkind: rules\n---\n\n一段可以沒有格。\n"
    (copy / "annotations/pages/rules.md").write_text(page, encoding="utf-8")
    return made(record(copy))


def test_a_page_of_rules_has_the_definitions_of_the_codebook_below_its_text(copy: Path) -> None:
    files = with_rules(copy)
    made = Book("rules", page_reader.Oracle(copy), files)
    oracle, page = made.oracle, made.page("rules.html")
    section = page.section(RULES)
    assert section is not None
    heads = [(page.chip(find(one, "chip")[0]), text(one.find("./code"))) for one in section.iter("h3")]
    assert heads == [(oracle.chip(cell), cell) for cell in oracle.cells]
    wanted = []
    for cell, raw in oracle.cells.items():
        wanted += [
            (address, f"{name}{one['id']}")
            for one, (address, name) in zip(
                raw.get("traits", []),
                oracle.links_of_traits(cell, [one["id"] for one in raw.get("traits", [])]),
                strict=True,
            )
        ]
        assert bare(raw["definition"]) in text(section)
        assert all(bare(one.get("definition", "")) in text(section) for one in raw.get("traits", []))
    assert [(page.to(dt.find("./a").get("href")), text(dt)) for dt in section.iter("dt")] == wanted
    for title, kind, terms in (
        ("關係", "relation", oracle.grid["relations"]),
        ("功能", "function", oracle.grid["functions"]),
    ):
        section = page.section(title)
        assert section is not None
        rows = [
            (page.to(dt.find("./a").get("href")), text(dt), text(dt.getnext())) for dt in section.iter("dt")
        ]
        assert rows == [
            (f"method.html#{kind}-{one['id']}", bare(one["name"] + one["id"]), bare(one["definition"]))
            for one in terms
        ]
    section = page.section("類目")
    assert section is not None
    assert [page.link(dt.find("./a")) for dt in section.iter("dt")] == [
        Link(f"{id_}/index.html", bare(raw["name"])) for id_, raw in oracle.facets.items()
    ]


def test_the_method_and_each_passage_with_disagreements_lead_to_the_rules(copy: Path) -> None:
    files = with_rules(copy)
    for address in ("method.html", "canal/p2.html"):
        assert "rules.html" in [link.address for link in Page(files, "", address).links()], address
    assert "rules.html" not in [link.address for link in Page(files, "", "canal/p10.html").links()]


def test_a_page_that_is_no_page_of_rules_has_no_definitions(book: Book) -> None:
    for id_, front in book.oracle.fronts.items():
        if not front.get("about"):
            shown = book.page(f"{id_}.html").section(RULES)
            assert (shown is not None) is (front.get("kind") == "rules"), id_


# --- a project without any of it ------------------------------------------------------------------


def plain_project(folder: Path) -> Path:
    """Remove traits, voices, other readings, edges, notes and coders from a copy of the tiny project."""
    notes = folder / "annotations"
    for name in ("edges.yaml", "coders.yaml", "canal/notes.yaml", "canal/adjudication.yaml"):
        (notes / name).unlink()
    for path in [*notes.glob("canal/tags/*/*.yaml"), notes / "codebook/grid.yaml"]:
        kept = []
        for line in path.read_text(encoding="utf-8").splitlines():
            if re.match(r"\s+(alternatives:|traits:)$", line) or re.match(
                r"\s+- (\{.*reason: |\{id: (loud|swift|gathering|pact),)", line
            ):
                continue
            kept.append(re.sub(r", (traits: \[.*?\]|voice: \w+|trait: \w+)", "", line))
        path.write_text("\n".join(kept) + "\n", encoding="utf-8")
    return record(folder)


def test_a_published_page_without_steps_stays_and_says_that_it_has_nothing(
    copy: Path, tiny_site: Files
) -> None:
    (copy / "annotations/edges.yaml").unlink()
    checked = load.checked(copy)
    assert [problem for problem in checked.problems if "argument.html" in problem.message] == []
    files = site_of(checked)
    words = "這一版沒有這一頁的內容。網址已經公布，所以頁面保留。"
    assert [text(one) for one in find(Page(files, "", "argument.html").main, "lead")] == [words]
    pages = sorted(name for name in files if name.endswith(".html") and "/" not in name)
    assert [name for name in pages if words in files[name].decode()] == ["argument.html", "edition.html"]
    assert not [name for name in tiny_site if name.endswith(".html") and words in tiny_site[name].decode()]


NEW = ("voice", "of-traits", "nm", "comments", "steps", "readings", "reading-choice", "one-reading", "hangs")
"""Classes of the parts that such a project has not."""


def test_a_project_without_any_of_it_shows_none_of_it(copy: Path, tiny_site: Files) -> None:
    files = site_of(load.checked(plain_project(copy)))
    assert "argument.html" not in files
    found = {name: classes(files, name) & {*NEW} for name in files if name.endswith(".html")}
    assert {name: one for name, one in found.items() if one} == {}
    everywhere = set().union(*(classes(tiny_site, name) for name in tiny_site if name.endswith(".html")))
    assert {*NEW} <= everywhere
    titles = Page(files, "", "method.html").sections()
    assert CODERS not in titles
    assert [link for link in Page(files, "", "index.html").links() if "argument" in link.address] == []
    page = Page(files, "", "silence.html")
    assert len(page.main.xpath(".//figure[contains(@class, 'comparison')]//table")) == 1
    assert find(page.main, "findings")
    assert find(page.main, "tag") == []


def classes(files: Files, name: str) -> set[str]:
    root = lxml.html.document_fromstring(files[name].decode())
    return {one for value in root.xpath("//@class") for one in value.split()}


# --- without the text -----------------------------------------------------------------------------


def test_without_the_text_no_words_of_it_are_quoted_and_the_rest_is_there(
    tiny_site_without_text: Files,
) -> None:
    files = tiny_site_without_text
    made = Book("without text", page_reader.Oracle(TINY), files)
    for name in files:
        if name.endswith(".html"):
            root = lxml.html.document_fromstring(files[name].decode())
            assert not find(root, "nm"), name
            assert not find(root, "on"), name
            assert not [q for part in find(root, "quotes") for q in part.iter("q")], name
    for key, page in passage_pages(made):
        bodies = [one._replace(words="") for one in wanted_remarks(made, key)]
        assert [one for _, one in remarks(page.section(NOTES))] == bodies
        section = page.section(OTHER)
        reasons = [] if section is None else [text(one) for one in find(section, "why")]
        assert reasons == [one.reason for one in wanted_readings(made, key)]
    page = made.page("argument.html")
    found = steps(page, page.main)
    assert len(found) == len(made.oracle.edges)
    wanted = [wanted_step(made, one) for one in made.oracle.edges]
    assert {one.words for one in found} == {one.words for one in wanted}


# --- the book -------------------------------------------------------------------------------------

X = "{http://www.w3.org/1999/xhtml}"


def test_the_note_of_a_passage_in_the_book_has_its_other_readings_and_its_notes(book: Book) -> None:
    for work in book.oracle.works:
        root = ET.fromstring(opened(book.files, "")[f"{work.id}/index.xhtml"])
        asides = list(root.iter(f"{X}aside"))
        for passage, aside in zip(work.passages, asides, strict=True):
            # a chip has a comma between traits, its name in the files has none
            key, words = (work.id, passage.id), bare("".join(aside.itertext())).replace("、", "")
            parts = [OTHER] * bool(wanted_readings(book, key))
            for reading in wanted_readings(book, key):
                parts += [*(name for _, name in reading.chips), *reading.quotes, reading.reason]
            parts += [NOTES] * bool(wanted_remarks(book, key))
            for one in wanted_remarks(book, key):
                parts += [one.words, DOUBT * one.doubt, one.body, one.settles, *(r for _, r in one.sources)]
            at = 0
            for part in parts:
                at = words.index(part.replace("、", ""), at) + len(part.replace("、", ""))
            lines = [
                bare("".join(one.itertext())) for one in aside.iter(f"{X}p") if one.get("class") == "byline"
            ]
            assert [one for one in lines if one in (OTHER, NOTES)] == [
                one for one in parts if one in (OTHER, NOTES)
            ]


def test_the_head_of_a_passage_counts_the_steps_that_lead_to_something(book: Book) -> None:
    counted = []
    for _, page in passage_pages(book):
        heads = [one for one in find(page.main, "touching")[0].iter("a") if "_steps" in one.get("href")]
        rows = [row for part in find(page.main, "steps-of") for row in find(part, "step")]
        joined = [row for row in rows if any(words in text(row) for words in JOINED.values())]
        assert len(heads) == bool(rows)
        for head in heads:
            assert text(head) == (bare(f"論證 {len(joined)} 步") if joined else "論證的步驟")
            counted.append(len(joined))
    assert any(counted)
