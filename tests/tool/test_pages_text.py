"""The pages of the text, compared with the project files: home, reading page, passages, ended ids."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import replace
from typing import Any

import lxml.html
import page_reader
import pytest
from oracle import Cell, Heading, Key, Oracle, Passage, Work, bare, inner, place, reading_of
from page_reader import Book, Element, Link, Page, find, heads, text, without
from views import SCRIPTS

from site_builder.edition import readings
from site_builder.edition.edition import Edition
from site_builder.language import catalogue, chinese
from site_builder.pipeline import Checked
from site_builder.site.pages.text import home
from site_builder.site.presenter import Presenter

book, works_site = page_reader.book, page_reader.works_site

READ, GRAVES = "編者怎樣讀", "已撤銷的編號"


def words_of(element: Element) -> str:
    """The words of a passage or heading exactly as they are, white space included."""
    return str(element.text_content())


def excerpts(root: Element, test: Any) -> list[tuple[int, int]]:
    """(start, end) in characters of each run of text whose elements, up to ``root``, pass a test."""
    found: list[tuple[int, int]] = []
    at = 0

    def walk(one: Element, above: bool) -> None:
        nonlocal at
        inside = above or (one is not root and bool(test(one)))
        piece(one.text, inside)
        for child in one:
            walk(child, inside)
            piece(child.tail, inside)

    def piece(words: str | None, inside: bool) -> None:
        nonlocal at
        if words:
            if inside and found and found[-1][1] == at:
                found[-1] = (found[-1][0], at + len(words))
            elif inside:
                found.append((at, at + len(words)))
            at += len(words)

    walk(root, False)
    return found


def joined(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans of characters as the fewest runs that hold the same characters."""
    held = sorted({at for start, end in spans for at in range(start, end)})
    runs: list[tuple[int, int]] = []
    for at in held:
        if runs and runs[-1][1] == at:
            runs[-1] = (runs[-1][0], at + 1)
        else:
            runs.append((at, at + 1))
    return runs


def mark_label(book: Book, key: Key) -> str:
    """The words of a mark of the strip: its number, then its cells, in the order of the codebook."""
    oracle = book.oracle
    cells = oracle.cells_of(oracle.tags[key]) if key in oracle.tags else []
    names = "、".join(oracle.sign(cell) + oracle.cells[cell]["name"] for cell in cells)
    return bare(f"第 {oracle.passages[key].number} 段：{names or '無格'}")


def marks(book: Book, work: Work, passages: list[Passage]) -> list[Link]:
    return [Link(f"{work.id}/index.html#{p.id}", mark_label(book, (work.id, p.id))) for p in passages]


def outline(book: Book, work: Work) -> list[Link]:
    return [Link(f"{work.id}/index.html#{h.id}", bare(h.text)) for h in work.headings if h.level > 1]


def entry_link(book: Book, facet: str, entry: str) -> Link:
    return Link(book.oracle.entry_address(facet, entry), bare(book.oracle.entries[(facet, entry)].name))


# --- home -----------------------------------------------------------------------------------------


def test_home_leads_to_each_work_and_has_its_outline(book: Book) -> None:
    oracle = book.oracle
    page = book.page("index.html")
    ways = find(page.main, "way")
    assert len(ways) == (len(oracle.works) if len(oracle.works) > 1 else 0)
    for way, work in zip(ways, oracle.works, strict=False):
        assert page.links(way)[0].address == f"{work.id}/index.html"
        assert f"{len(work.passages)}段" in text(way)
        assert bare(work.record["title"]) in text(way)
    rows = page.main.xpath(".//li[contains(@class, 'level-')]")
    wanted = [(work, h) for work in oracle.works for h in work.headings if h.level > 1]
    for row, (work, heading) in zip(rows, wanted, strict=True):
        assert page.link(row.find("./a")) == Link(f"{work.id}/index.html#{heading.id}", bare(heading.text))
        below = [p for p in work.passages if heading.id in p.path]
        own = [p for p in below if p.path[-1] == heading.id]
        assert page.strip(row) == marks(book, work, own), heading.id
        numbers = [str(p.number) for p in below]
        shown = "" if not below else numbers[0] if len(below) == 1 else f"{numbers[0]}–{numbers[-1]}"
        assert text(find(row, "range")[0]) == shown, heading.id
        assert f"level-{heading.level}" in row.get("class")


def test_home_leads_to_the_matrix_to_every_facet_and_shows_its_text(book: Book) -> None:
    oracle = book.oracle
    page = book.page("index.html")
    rows = [cell for _, cells in page.matrix() for cell in cells]
    assert {(address, words) for address, words, _ in rows} == {oracle.chip(cell) for cell in oracle.cells}
    for cell in oracle.cells:
        count = len({key for key, _ in oracle.carrying(cell)})
        assert (*oracle.chip(cell), count) in rows
    [more] = find(page.main, "more")
    assert page.links(more) == [
        Link(f"{id_}/index.html", bare(raw["name"])) for id_, raw in oracle.facets.items()
    ]
    assert page.about() == book.about("home")
    heading = page.main.find(".//h1")
    assert text(heading) == bare(oracle.site["title"])


def test_home_says_what_the_site_is_and_what_a_reader_can_do(book: Book) -> None:
    oracle = book.oracle
    page = book.page("index.html")
    [welcome] = find(page.main, "welcome")
    site = oracle.site
    [top] = find(page.main, "at-once")
    assert bare(site.get("purpose") or site["description"]) in text(top)
    first = f"{oracle.works[0].id}/index.html"
    assert (first in [link.address for link in page.links(top)]) == (len(oracle.works) == 1)
    assert bare(site.get("audience", "")) in text(top)
    assert text(top).startswith(bare(site.get("thesis", "")))
    coder = next((one for one in oracle.readers if one["id"] == site["coder"]), None)
    assert ("method.html" in [link.address for link in page.links(top)]) == (coder is not None)
    found = page.links(welcome)
    assert f"{sum(len(work.passages) for work in oracle.works)}段" in text(welcome)
    reading = f"{oracle.works[0].id}/index.html" if len(oracle.works) == 1 else "index.html#_works"
    wanted = [reading, "grid/index.html", "search.html", "silence.html", "cite.html", "try.html"]
    wanted.append("cite.html#_downloads")
    assert [link.address for link in found][: len(wanted)] == wanted
    offline = [link.address for link in found][len(wanted) :]
    assert offline == ["data/edition.epub", "data/site.zip", "edition.html"]
    assert {*offline} <= book.files.keys()


# --- the reading page -----------------------------------------------------------------------------


def reading(book: Book, work: Work) -> Page:
    return book.page(f"{work.id}/index.html")


def units(page: Page) -> dict[str, Element]:
    found = page.main.xpath(".//*[@data-passage]")
    return {one.get("data-passage"): one for one in found}


def test_the_reading_page_has_every_heading_and_passage_in_order_to_the_letter(book: Book) -> None:
    for work in book.oracle.works:
        page = reading(book, work)
        ids = {block.id for block in work.blocks}
        found = [one for one in page.main.iter() if one.get("id") in ids]
        assert [(one.get("id"), words_of(one)) for one in found] == [(b.id, b.text) for b in work.blocks]
        for one, block in zip(found, work.blocks, strict=True):
            if isinstance(block, Heading):
                assert one.tag == f"h{block.level}"
        assert list(units(page)) == [p.id for p in work.passages]
        for passage in work.passages:
            unit = units(page)[passage.id]
            [number] = unit.xpath(".//a[@data-cite]")
            assert page.link(number) == Link(f"{page.address}#{passage.id}", str(passage.number))
            assert number.get("data-cite") == passage.id
            label = find(unit, "label")
            assert (text(label[0]) if label else "") == (f"〔{passage.label}〕" if passage.label else "")
            grouped = any("enumeration" in (a.get("class") or "") for a in unit.iterancestors("section"))
            assert grouped is passage.grouped, passage.id


def test_the_reading_page_leads_to_its_parts(book: Book) -> None:
    for work in book.oracle.works:
        page = reading(book, work)
        [rail] = find(page.main, "rail")
        assert page.links(rail) == outline(book, work)
        assert page.strip(page.main) == marks(book, work, work.passages)
        for anchor, passage in zip(find(page.main, "strip")[0].xpath("./li/a"), work.passages, strict=True):
            title = mark_label(book, (work.id, passage.id)).removesuffix("：無格")
            assert bare(anchor.get("title")) == title
        assert f"{work.id}/apparatus.html" in [link.address for link in page.links()]


def shared_names(tags: list[Any]) -> list[str]:
    """The traits of the tags of a cell, each once, if they name all the tags and are two at most."""
    found = list(dict.fromkeys(one for tag in tags for one in tag.traits))
    return found if len(found) <= 2 and all(tag.traits for tag in tags) else []


def test_the_notes_of_a_passage_say_what_its_tags_say_in_the_order_of_the_codebook(book: Book) -> None:
    oracle = book.oracle
    for work in oracle.works:
        page, order = reading(book, work), [*oracle.cells]
        for id_, unit in units(page).items():
            tags = oracle.tags[(work.id, id_)]
            [note] = [one for one in find(unit, "note") if not has(one, "under")]
            own: dict[tuple[str, tuple[str, ...]], list[Any]] = {}
            for one in tags.cells:
                own.setdefault((one.cell, tuple(one.traits)), []).append(one)
            wanted = [
                (
                    oracle.chip(cell, traits=shared_names(found)),
                    list(dict.fromkeys(oracle.relations[one.relation] for one in found)),
                )
                for (cell, _), found in sorted(own.items(), key=lambda one: order.index(one[0][0]))
            ]
            rows = note.xpath("./ul/li")
            assert [
                (page.chip(find(row, "chip")[0]), [text(r)[1:] for r in find(row, "relation")])
                for row in rows
            ] == wanted
            assert text(find(note, "gist")[0]) == bare(tags.gist)
            assert f"{work.id}/{id_}.html" in [link.address for link in page.links(unit)]


def test_evidence_is_marked_at_its_characters_for_each_tag(book: Book) -> None:
    oracle = book.oracle
    some = 0
    for work in oracle.works:
        for passage in work.passages:
            key = (work.id, passage.id)
            for page in (reading(book, work), book.page(f"{work.id}/{passage.id}.html")):
                root = page.by_id(passage.id)
                every = joined([oracle.span(key, e) for one in oracle.tags[key].cells for e in one.evidence])
                assert joined(excerpts(root, lambda e: e.tag == "mark")) == every, passage.id
                for turn, one in enumerate(oracle.tags[key].cells):
                    wanted = joined([oracle.span(key, e) for e in one.evidence])
                    found = excerpts(root, lambda e, turn=turn: has(e, f"t{turn}"))
                    assert joined(found) == wanted, (passage.id, one.cell)
                    some += len(wanted)
                beyond = f"t{len(oracle.tags[key].cells)}"
                assert not excerpts(root, lambda e, beyond=beyond: has(e, beyond))
    assert some


def has(element: Element, name: str) -> bool:
    return name in (element.get("class") or "").split()


def test_the_evidence_of_one_cell_has_the_colour_of_that_cell(book: Book) -> None:
    """The rule that shows the evidence of a chosen cell names marks that this cell's tags are on."""
    oracle = book.oracle
    css = book.files["assets/frame.css"].decode()
    work = oracle.works[0]
    for dimension in oracle.dimensions:
        for cell in oracle.cells:
            if oracle.cells[cell]["dimension"] != dimension:
                continue
            box = chosen(book, work)[("cell", cell)]
            rules = re.findall(rf"body:has\(#{box}:checked\) \.text :is\(mark,mark \*\)([^{{,]+)\{{", css)
            assert rules, cell
            page = reading(book, work)
            for passage in work.passages:
                key = (work.id, passage.id)
                root = page.by_id(passage.id)
                found = excerpts(root, lambda e, rules=rules: any(matches(e, r) for r in rules))
                wanted = [
                    oracle.span(key, e)
                    for one in oracle.tags[key].cells
                    if one.cell == cell
                    for e in one.evidence
                ]
                assert joined(found) == joined(wanted), (passage.id, cell)


def test_readings_of_the_witness_are_where_the_edition_differs(book: Book) -> None:
    for work in book.oracle.works:
        for block in work.blocks:
            pages = [reading(book, work)]
            if isinstance(block, Passage):
                pages.append(book.page(f"{work.id}/{block.id}.html"))
            wanted = [
                (place(one, block.text), one["edited"], one["witness"])
                for one in work.emendations
                if one["block"] == block.id and "edited" in one
            ]
            for page in pages:
                found = []
                root = page.by_id(block.id)
                for one in root.xpath(".//*[@data-received]"):
                    spans = excerpts(root, lambda e, one=one: e is one)
                    start = spans[0][0] if spans else None
                    found.append((start, words_of(one), one.get("data-received")))
                assert [one[1:] for one in found] == [one[1:] for one in sorted(wanted)]
                for (start, edited, _), (at, *_) in zip(sorted(wanted), found, strict=True):
                    assert not edited or at == start


def test_what_the_conversion_loses_is_marked_at_its_characters(book: Book) -> None:
    counts: Counter[str] = Counter()
    for work in book.oracle.works:
        for tree in SCRIPTS:
            page = book.page(f"{work.id}/index.html", tree)
            for passage in work.passages:
                losses = chinese.conversion_losses(passage.text)
                for kind in ("merges", "lossy"):
                    root = page.by_id(passage.id)
                    found = excerpts(root, lambda e, kind=kind: has(e, f"l-{kind}"))
                    wanted = [(at, at + 1) for at, loss in losses if loss == kind]
                    assert joined(found) == joined(wanted), (passage.id, kind)
                    counts[kind] += len(wanted)
    assert counts["merges"]


# --- the filter: what a choice keeps ---------------------------------------------------------------


def matches(element: Element, selector: str) -> bool:
    """Whether an element has every class and every word of an attribute that a selector asks for."""
    rest = selector.strip()
    while rest:
        part = re.match(r"\.([\w-]+)|\[([\w-]+)~?=[\"']?([^\"'\]]+)[\"']?\]", rest)
        assert part, selector
        if part[1] and not has(element, part[1]):
            return False
        if part[2] and part[3] not in (element.get(part[2]) or "").split():
            return False
        rest = rest[part.end() :]
    return True


def kept_by(element: Element, rules: list[str]) -> bool:
    return any(matches(element, rule) for rule in rules)


def chosen(book: Book, work: Work, address: str = "") -> dict[tuple[str, str], str]:
    """What can be chosen → the id of its checkbox, by the words and the order of the form."""
    page = book.page(address) if address else reading(book, work)
    oracle = book.oracle
    [form] = find(page.main, "filter")
    found: dict[tuple[str, str], str] = {}
    cells = form.xpath(".//table//td//input[@type='checkbox']")
    order = [
        cell
        for dimension in oracle.dimensions
        for pole in oracle.poles
        for cell, raw in oracle.cells.items()
        if (raw["dimension"], raw["pole"]) == (dimension, pole)
    ]
    for box, cell in zip(cells, order, strict=True):
        found[("cell", cell)] = box.get("id")
        assert oracle.chip(cell)[1] == without(box.getparent(), "count")
    groups: list[tuple[str, dict[str, str]]] = [
        ("relation", oracle.relations),
        ("function", oracle.functions),
    ]
    groups += [(facet, {e.id: e.name for e in oracle.top(facet)}) for facet in oracle.frames]
    traits = {
        f"{cell}/{trait['id']}": f"{oracle.sign(cell)} {trait['name']}"
        for cell, raw in oracle.cells.items()
        for trait in raw.get("traits", [])
    }
    groups += [("trait", traits)] if traits else []
    for fields, (kind, names) in zip(form.xpath(".//fieldset"), groups, strict=True):
        for label, (id_, name) in zip(fields.xpath("./label"), names.items(), strict=True):
            assert without(label, "count") == bare(name)
            found[(kind, id_)] = label.find("./input").get("id")
    return found


def held(book: Book, key: Key, kind: str, id_: str) -> bool:
    """Whether a passage carries something that can be chosen."""
    tags = book.oracle.tags[key]
    if kind == "cell":
        return any(one.cell == id_ for one in tags.cells)
    if kind == "relation":
        return any(one.relation == id_ for one in tags.cells)
    if kind == "function":
        return tags.function == id_
    if kind == "trait":
        cell, _, trait = id_.partition("/")
        return any(one.cell == cell and trait in one.traits for one in tags.cells)
    return any((one.facet, one.entry) == (kind, id_) for one in tags.entries)


def test_each_choice_has_the_count_of_the_passages_that_carry_it(book: Book) -> None:
    for work in book.oracle.works:
        page = reading(book, work)
        for (kind, id_), box in chosen(book, work).items():
            [label] = page.main.xpath(f".//*[@id='{box}']/..")
            keys = [(work.id, passage.id) for passage in work.passages]
            if kind == "cell":  # the counts of the table are those of the whole project
                keys = list(book.oracle.tags)
            count = sum(held(book, key, kind, id_) for key in keys)
            assert text(find(label, "count")[0]) == str(count), (kind, id_)


def rules_of(css: str) -> dict[tuple[str, ...], list[str]]:
    """The boxes that a rule names → the selectors of the passages that stay when they are checked."""
    found: dict[tuple[str, ...], list[str]] = {}
    for selector in re.findall(r"([^{}]+)\{--[\w-]+:1\}", css):
        named = tuple(sorted(re.findall(r"#([\w-]+):checked", selector)))
        found.setdefault(named, []).append(selector.strip().rpartition(" .unit")[2])
    return found


def test_a_choice_keeps_the_passages_that_carry_it_and_no_other(book: Book) -> None:
    oracle = book.oracle
    kept_when = rules_of(book.files["assets/frame.css"].decode())
    for work in oracle.works:
        shown = units(reading(book, work))
        boxes = chosen(book, work)
        for (kind, id_), box in boxes.items():
            rules = kept_when[(box,)]
            assert rules, (kind, id_)
            kept = {name for name, unit in shown.items() if kept_by(unit, rules)}
            assert kept == {name for name in shown if held(book, (work.id, name), kind, id_)}, (kind, id_)
        for cell in oracle.cells:
            for relation in oracle.relations:
                # a pair that no tag has needs no rule: what dims the others dims all
                both = boxes[("cell", cell)], boxes[("relation", relation)]
                rules = kept_when.get(tuple(sorted(both)), [])
                kept = {name for name, unit in shown.items() if kept_by(unit, rules)}
                assert kept == {
                    name
                    for name in shown
                    if any(
                        (one.cell, one.relation) == (cell, relation)
                        for one in oracle.tags[(work.id, name)].cells
                    )
                }, (cell, relation)


def test_a_passage_carries_nothing_that_no_rule_or_script_asks_for(book: Book) -> None:
    """The words by which passages are chosen are those that the style sheets and scripts name."""
    named = "".join(book.files[name].decode() for name in book.files if name.startswith("assets/"))
    known = set(re.findall(r"[\w-]+", named))
    for work in book.oracle.works:
        for unit in units(reading(book, work)).values():
            words = {word for name, value in unit.items() if name != "data-passage" for word in value.split()}
            assert words <= known


# --- passages -------------------------------------------------------------------------------------


def named(oracle: Oracle, tag: Cell) -> tuple[tuple[str, str], list[tuple[str, str]]]:
    """The chip of a tag on the page of its passage, and the traits beside it: one or two traits are in the
    chip, in place of the name of the cell.
    """
    if len(tag.traits) <= 2:
        return oracle.chip(tag.cell, traits=tag.traits), []
    return oracle.chip(tag.cell), oracle.trait_links(tag)


def test_a_passage_page_shows_its_text_its_tags_and_their_evidence(book: Book) -> None:
    oracle = book.oracle
    for key, passage in oracle.passages.items():
        page = book.page(f"{key[0]}/{key[1]}.html")
        assert words_of(page.by_id(passage.id)) == passage.text
        tags = oracle.tags[key]
        head = page.main.find(".//h1")
        assert text(head) == bare(f"第{passage.number}段" + (f"〔{passage.label}〕" if passage.label else ""))
        assert page.link(head.find("./a")).address == f"{key[0]}/index.html#{passage.id}"
        assert text(find(page.main, "gist")[0]) == bare(tags.gist)
        assert bare(tags.gist_en) in text(page.main)
        [section] = [one for one in page.main.iter("section") if heads(one)[:1] == [READ]]
        assert bare(oracle.functions[tags.function]) in text(section)
        # tags on the same words together, each once with its traits; then the words once, without traits
        found = []
        for row in section.xpath("./ul/li"):
            quotations = [text(one) for one in row.xpath("./ul[@class='quotes']/li")]
            tagged = [
                (page.chip(head.find("./a")), page.traits(head), text(find(head, "relation")[0]))
                for head in find(row, "head")
            ]
            found.append((tagged, quotations, [text(one) for one in find(row, "why")]))
        places = [[oracle.span(key, one) for one in tag.evidence] for tag in tags.cells]
        groups: dict[str, list[Any]] = {}
        for n in sorted(range(len(places)), key=lambda n: min(places[n])[0]):
            groups.setdefault(str(places[n]), []).append(tags.cells[n])
        assert found == [
            (
                [(*named(oracle, one), oracle.relations[one.relation]) for one in own],
                [bare(words) for words in oracle.quoted(own[0].evidence)],
                [bare(one.note) for one in own if one.note],
            )
            for own in groups.values()
        ]
        joint = any(len(one.traits) > 1 and len(one.evidence) > 1 for one in tags.cells)
        assert bool(find(section, "hint")) is joint
        facets = [page.link(a) for a in section.xpath("./dl/dt/a")]
        lists = [page.links(dd) for dd in section.xpath("./dl/dd")]
        wanted: dict[str, list[Link]] = {}
        for facet in oracle.facets:
            for one in tags.entries:
                if one.facet == facet:
                    link = Link(
                        oracle.entry_address(facet, one.entry), bare(oracle.entries[(facet, one.entry)].name)
                    )
                    wanted.setdefault(facet, []).append(link)
        assert dict(zip([one.address for one in facets], lists, strict=True)) == {
            f"{facet}/index.html": links for facet, links in wanted.items()
        }
        assert [one.text for one in facets] == [bare(oracle.facets[facet]["name"]) for facet in wanted]
        last = section.xpath("./div")
        assert (bool(last), bare(tags.note) in text(section)) == (bool(tags.note), True)


KEPT = {"三種讀法都標": "whole", "嚴讀也標，所據的字句較少": "part", "嚴讀不標": "none"}


@pytest.mark.parametrize("book", ["repository", "tiny"], indirect=True)
def test_a_passage_page_says_which_tags_the_strict_reading_keeps_and_where_the_accounts_are(
    book: Book, request: pytest.FixtureRequest
) -> None:
    project = request.getfixturevalue(book.name).project
    seen = set()
    for tagging in project.taggings:
        if tagging.coder != project.site.coder:
            continue
        page = book.page(f"{tagging.work}/{tagging.passage}.html")
        rest = {(one.cell, one.relation): len(one.evidence) for one in readings.strict(tagging)}
        wanted = []
        for one in tagging.cells if tagging.alternatives else ():
            left = rest.get((one.cell, one.relation), 0)
            kept = "none" if not left else "whole" if left == len(one.evidence) else "part"
            traits = one.traits if len(one.traits) <= 2 else ()
            wanted.append((book.oracle.chip(one.cell, traits=traits), kept))
        marks = [
            (page.chip(head.find("./a")), KEPT[text(one)])
            for head in find(page.main, "head")
            for one in find(head, "tag")
        ]
        assert sorted(marks, key=str) == sorted(wanted, key=str)
        seen.update(kept for _, kept in wanted)
        accounts = [page.link(a).address for one in find(page.main, "accounts") for a in one.iter("a")]
        about = {one.about for one in project.pages}
        cells = [page.link(find(head, "chip")[0]).address for head in find(page.main, "head")]
        assert set(accounts) <= set(cells)
        assert bool(accounts) == bool({f"cell:{one.cell}" for one in tagging.cells} & about)
    assert {"whole", "none"} <= seen


def test_the_pages_of_findings_say_who_the_editors_are(book: Book) -> None:
    for address in ("silence.html", "argument.html", "grid/index.html"):
        [shown] = find(book.page(address).main, "editors")
        assert [one.address for one in book.page(address).links(shown)] == ["method.html"], address


def test_a_passage_page_lists_the_sentences_that_cite_it(book: Book) -> None:
    some = 0
    for key in book.oracle.passages:
        page = book.page(f"{key[0]}/{key[1]}.html")
        wanted = book.oracle.citing(key)
        size = Counter(one[0] for one in wanted)
        # the place with most sentences first
        assert page.backlinks() == sorted(wanted, key=lambda one: -size[one[0]]), key
        some += len(wanted)
    assert some


def test_a_passage_page_has_its_neighbours_its_trail_and_its_emendations(book: Book) -> None:
    oracle = book.oracle
    for work in oracle.works:
        passages = work.passages
        for index, passage in enumerate(passages):
            page = book.page(f"{work.id}/{passage.id}.html")
            near = find(page.main, "near")
            found = {a.get("rel"): page.link(a) for one in near for a in one.iter("a")}
            assert all(text(one).endswith(text(one.find("./span"))) for one in near)
            wanted = {}
            for rel, at in (("prev", index - 1), ("next", index + 1)):
                if 0 <= at < len(passages):
                    other = passages[at]
                    wanted[rel] = Link(f"{work.id}/{other.id}.html", f"{other.number}")
                    begins = text(near[len(wanted) - 1].find("./span"))
                    assert bare(other.text).startswith(begins.removesuffix("……"))
            assert found == wanted, passage.id
            assert trail(page) == [
                Link(f"{work.id}/index.html", bare(work.record["title"])),
                *(Link(f"{work.id}/index.html#{id_}", bare(short(work, id_))) for id_ in passage.path),
            ]
            [source] = find(page.main, "source")
            changes = [link for link in page.links(source) if "apparatus" in link.address]
            assert changes == [
                Link(
                    f"{work.id}/apparatus.html#{one['id']}",
                    bare(reading_of(one) or one.get("prefix", "") or one.get("suffix", "")),
                )
                for one in work.emendations
                if one["block"] == passage.id
            ]


def short(work: Work, id_: str) -> str:
    """The short form of a heading in the record, or its words."""
    names = work.record.get("headings", {}).get(id_, {})
    return str(names.get("short") or work.block(id_).text)


def trail(page: Page) -> list[Link]:
    found = find(page.main, "trail")
    return page.links(found[0]) if found else []


def test_a_passage_page_cites_the_passage_and_shows_its_history(book: Book) -> None:
    for work in book.oracle.works:
        ledger = {one["id"]: one for one in work.ledger}
        for passage in work.passages:
            page = book.page(f"{work.id}/{passage.id}.html")
            [cite] = find(page.main, "cite-this")
            shown = [without(dd, "num") for dd in cite.iter("dd")]
            assert len(shown) >= 8
            assert any(f"第{passage.number}段" in form for form in shown), passage.id
            assert sum(f"#{passage.id}" in form for form in shown) >= 4
            [history] = find(page.main, "history")
            one = ledger[passage.id]
            wanted = [one["id"], one["edition"], one["opening"], one["digest"]]
            for revision in one.get("revisions", []):
                wanted += [revision["edition"], revision["digest"]]
            at = 0
            for words in wanted:
                at = text(history).index(bare(words), at) + len(bare(words))


# --- ended ids -------------------------------------------------------------------------------------


def heirs(work: Work, id_: str) -> list[str]:
    """The living successors of an ended id."""
    ledger = {one["id"]: one for one in work.ledger}
    found: list[str] = []
    for other in ledger[id_].get("into", []):
        found += [other] if ledger[other]["fate"] == "live" else heirs(work, other)
    return list(dict.fromkeys(found))


def test_an_ended_id_still_has_a_page_that_leads_to_its_successors(book: Book) -> None:
    some = 0
    for work in book.oracle.works:
        page = reading(book, work)
        for one in work.ledger:
            if one["fate"] == "live" or one["kind"] not in ("passage", "heading"):
                continue
            some += 1
            found = page.by_id(one["id"])
            links = [found] if found.tag == "a" else found.xpath(".//a")
            grave = f"{work.id}/{one['id']}.html"
            if one["kind"] == "passage":
                assert [page.to(a.get("href")) for a in links] == [grave]
                tomb = book.page(grave)
                wanted = [book.item((work.id, id_))._replace(work="") for id_ in heirs(work, one["id"])]
                assert tomb.passages(tomb.main) == wanted
                reported = text(tomb.main)
                for words in (one["id"], one["edition"], one["opening"], one["ended"], one.get("reason", "")):
                    assert bare(words) in reported
                fates = {"split": "分為", "merged": "併入", "withdrawn": "撤銷"}
                assert [fate for fate, says in fates.items() if says in reported] == [one["fate"]]
                assert trail(tomb) == [Link(f"{work.id}/index.html", bare(work.record["title"]))]
            if heirs(work, one["id"]):
                unit = next(u for u in found.iterancestors() if u.get("data-passage"))
                assert unit.get("data-passage") == heirs(work, one["id"])[0]
    assert some or book.name == "repository"


def test_every_quotation_of_evidence_changes_its_inner_marks() -> None:
    assert inner("甲「乙『丙』」") == "甲『乙「丙」』"


def test_the_panel_of_a_passage_has_its_function_and_entries_those_of_frames_first(book: Book) -> None:
    """Of other facets the entries are in a list of their own, below the name of the facet."""
    oracle = book.oracle
    seen: set[bool] = set()
    for key, tags in oracle.tags.items():
        source = book.files[f"data/panels/{key[0]}/{key[1]}.js"].decode()
        _, written = json.loads(source.removeprefix("var PANEL=").rstrip().removesuffix(";"))
        root = lxml.html.fromstring(f"<div>{written}</div>")
        [kind] = root.xpath(".//p[@class='kind']")
        assert [text(one) for one in kind.findall("span")] == [oracle.functions[tags.function]] * bool(
            tags.function
        )
        found = {
            True: [text(one) for one in kind.iter("a")],
            False: [text(one) for one in root.xpath(".//dl[@class='entries']/dd//a")],
        }
        wanted: dict[bool, list[str]] = {True: [], False: []}
        for one in tags.entries:
            wanted[one.facet in oracle.frames].append(bare(oracle.entries[one.facet, one.entry].name))
        assert {which: sorted(names) for which, names in found.items()} == {
            which: sorted(names) for which, names in wanted.items()
        }, key
        seen |= {which for which, names in wanted.items() if names}
    assert seen


@pytest.mark.parametrize(
    ("kinds", "stands"),
    [(("machine", "person"), False), (("person", "machine"), False), (("machine", "machine"), True)],
)
def test_home_says_that_no_person_coded_only_if_no_coder_is_one(
    tiny: Checked, kinds: tuple[str, str], stands: bool
) -> None:
    assert tiny.project is not None
    first, second, *_ = (
        replace(one, kind=kind) for one, kind in zip(tiny.project.coders, kinds, strict=True)
    )
    edition = Edition.of(replace(tiny.project, coders=(first, second)), with_text=True)
    shown = catalogue.of("en").text(home(Presenter(edition)).facts["tagged_by"])
    assert ("no person coded" in shown) is stands
    assert str(first.name) in shown
