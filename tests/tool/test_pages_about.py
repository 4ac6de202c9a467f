"""The other pages and the data of scripts, compared with the project files."""

from __future__ import annotations

import json
import posixpath
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import agreement_oracle
import lxml.html
import page_reader
import pytest
from agreement_oracle import Figure, has
from conftest import TINY, pages_of, record, site_of
from oracle import Key, Oracle, Source, Work, bare, place, reading_of
from page_reader import Book, Element, Link, Page, find, text, without
from simplified_words import in_simplified, own_words
from views import HANS, SCRIPTS, of_site, pages, twins

from site_builder.edges import load
from site_builder.language.chinese import Simplifier

book, works_site = page_reader.book, page_reader.works_site

# The names of the classes of emendations, of certainties and of what is set aside, as the pages write them.
CLASSES = {
    "punctuation": "標點",
    "conversion": "轉換之誤",
    "misprint": "誤植",
    "supplied": "編者所補",
    "label": "所補標目",
    "metadata": "移出正文",
    "lost": "佚失",
    "doubtful": "存疑不改",
}
CERTAINTY = {"certain": "確定", "likely": "大致可定", "unsure": "不能定"}
ASIDES = {"metadata": "書目資料", "ornament": "裝飾", "not-text": "不屬文章"}


def figures(page: Page) -> dict[str, int]:
    [found] = find(page.main, "figures")
    return {text(one.find("./dt")): int(text(one.find("./dd"))) for one in found.xpath("./div")}


def trail(page: Page) -> list[Link]:
    found = find(page.main, "trail")
    return page.links(found[0]) if found else []


# --- method ---------------------------------------------------------------------------------------


def test_the_figures_of_the_method_count_the_tags(book: Book) -> None:
    oracle = book.oracle
    every = list(oracle.tags.values())
    assert list(figures(book.page("method.html")).values()) == [
        len(oracle.passages),
        len(every),
        sum(bool(one.cells) for one in every),
        sum(len(one.cells) for one in every),
        sum(len(tag.evidence) for one in every for tag in (*one.cells, *one.entries)),
        sum(bool(one.note) for one in every),
    ]


def test_the_codebook_of_the_method_names_every_term_and_how_often_it_is_used(book: Book) -> None:
    oracle = book.oracle
    page = book.page("method.html")
    every = list(oracle.tags.values())
    wanted = [
        *(
            (f"relation-{id_}", name, id_, f"{sum(c.relation == id_ for t in every for c in t.cells)}次")
            for id_, name in oracle.relations.items()
        ),
        *(
            (f"function-{id_}", name, id_, f"{sum(t.function == id_ for t in every)}段")
            for id_, name in oracle.functions.items()
        ),
    ]
    terms = {one["id"]: one for one in (*oracle.grid["relations"], *oracle.grid["functions"])}
    for anchor, name, id_, count in wanted:
        found = page.by_id(anchor)
        assert text(found) == bare(f"{name}{count}"), anchor
        assert text(found.getnext()) == bare(terms[id_].get("definition", ""))
    rows = [dt for dt in page.main.xpath(".//dl[@class='codebook']/dt") if dt.find("./a") is not None]
    assert [(page.link(dt.find("./a")), text(find(dt, "count")[0])) for dt in rows] == [
        (
            Link(f"{id_}/index.html", bare(raw["name"])),
            f"{len(raw['entries'])}條，{sum(one.facet == id_ for t in every for one in t.entries)}次",
        )
        for id_, raw in oracle.facets.items()
    ]
    ids = [one.get("id") for one in page.main.xpath(".//dl[@class='codebook']/dt[@id]")]
    assert ids == [anchor for anchor, *_ in wanted]


def shown(number: float) -> str:
    return f"{number:.2f}".replace("-", "−")


def figure(found: Figure) -> list[str]:
    """A coefficient and its interval, as a table has them."""
    some = f"（{found.resamples}）" if found.resamples < agreement_oracle.RESAMPLES else ""
    return [
        f"{found.units}",
        f"{100 * found.same / found.units:.1f}%",
        "無從計算" if found.value is None else shown(found.value),
        ("" if found.value is None else "無從估計")
        if found.low is None or found.high is None
        else f"{shown(found.low)}至{shown(found.high)}{some}",
    ]


def test_the_agreement_of_the_method_is_that_of_the_tags(book: Book) -> None:
    """Each coefficient and interval is computed again from the files."""
    page, oracle = book.page("method.html"), book.oracle
    names = {"cells": "格", "relations": "格與關係", "function": "功能", "traits": "格與特性"}
    names["codes"] = "所有的格合計"
    names |= {f"facet:{id_}": bare(raw["name"]) for id_, raw in oracle.facets.items()}
    names |= {id_: bare(oracle.chip(id_)[1]) for id_ in oracle.cells}
    wanted = []
    coder_names = agreement_oracle.coder_names(oracle)
    for pair in agreement_oracle.compared(oracle):
        keys, (first, second) = pair.keys, (bare(coder_names.get(coder, coder)) for coder in pair.coders)
        assert f"比較{first}與{second}都標記了的段落，共{len(keys)}段。" in text(page.main)
        for id_, found in agreement_oracle.figures(oracle, pair).items():
            row = [names[id_], *figure(found)]
            if id_ in (*oracle.cells, "codes"):
                cells = list(oracle.cells) if id_ == "codes" else [id_]
                votes = [(c, [has(oracle.coders[c][k], x) for k in keys for x in cells]) for c in pair.coders]
                row += [f"{sum(yes)}" for _, yes in votes]
                row += [f"{sum(map(all, zip(*(yes for _, yes in votes), strict=True)))}"]
            wanted.append(row)
    tables = page.main.xpath(".//table[@class='facts stacked']")
    rows = [[text(cell) for cell in row] for table in tables for row in table.xpath(".//tbody/tr")]
    assert rows == wanted
    assert wanted or book.name == "repository"
    assert page.about() == book.about("method")


# --- apparatus and witness ------------------------------------------------------------------------


def test_the_apparatus_has_every_rule_with_the_places_it_changes(book: Book) -> None:
    for work in book.oracle.works:
        page = book.page(f"{work.id}/apparatus.html")
        for rule in work.rules:
            found = page.by_id(rule["id"])
            new = set(rule["map"].values())
            count = sum(char in new for block in work.blocks for char in block.text)
            forms = "".join(f"{old}→{shown}" for old, shown in rule["map"].items())
            [line] = find(found, "forms")
            assert text(line) == bare(f"{forms}{CERTAINTY[rule['certainty']]}{count}處")
            assert bare(rule["reason"]) in text(found)


def test_the_apparatus_has_every_emendation_at_its_place_under_its_class(book: Book) -> None:
    for work in book.oracle.works:
        page = book.page(f"{work.id}/apparatus.html")
        by_class = {kind: [one for one in work.emendations if one["kind"] == kind] for kind in CLASSES}
        wanted = {name: by_class[kind] for kind, name in CLASSES.items() if by_class[kind]}
        titles = [title for title in page.sections() if title in CLASSES.values()]
        assert titles == list(wanted)
        assert sum(map(len, wanted.values())) == len(work.emendations)
        for name, ones in wanted.items():
            section = page.section(name)
            assert section is not None
            [count] = find(section.find("./h2"), "count")
            assert text(count) == f"{len(ones)}"
            assert [found.get("id") for found in section.xpath("./div")] == [one["id"] for one in ones]
            for found, one in zip(section.xpath("./div"), ones, strict=True):
                is_emendation(page, work, found, one)


def is_emendation(page: Page, work: Work, found: Element, one: dict[str, Any]) -> None:
    block = work.block(one["block"])
    words = reading_of(one)
    [at] = find(found, "at")
    if hasattr(block, "number"):
        assert page.link(at) == Link(f"{work.id}/{block.id}.html", f"第{block.number}段")
    else:
        assert page.link(at) == Link(f"{work.id}/index.html#{block.id}", bare(block.text))
    [forms] = find(found, "forms")
    shown = text(forms).removeprefix(text(at)).removesuffix(CERTAINTY[one["certainty"]])
    assert shown != text(forms).removeprefix(text(at))
    if "edited" in one:
        assert shown == bare(f"{one['witness'] or '（無）'}→{one['edited'] or '（刪）'}"), one["id"]
    else:
        assert shown == bare(words), one["id"]
    start = place(one, block.text)
    before, after = block.text[max(0, start - 10) : start], block.text[start + len(words) :][:10]
    [context] = find(found, "context")
    assert text(context) == bare(f"……{before}{words or '‸'}{after}……"), one["id"]
    assert text(context.find("./mark")) == bare(words or "‸")
    reason = re.sub(
        r"\bp\d+\b", lambda id_: f"第{work.block(id_[0]).number}段", one["reason"], flags=re.ASCII
    )
    assert bare(reason) in text(found)


def test_the_apparatus_names_its_copies_and_the_source_of_each_fact(book: Book) -> None:
    for work in book.oracle.works:
        page = book.page(f"{work.id}/apparatus.html")
        [copies] = find(page.main, "copies")
        for dt, copy in zip(copies.xpath("./dt"), work.record["copies"], strict=True):
            tag = "底本" if copy["id"] == work.record.get("witness") else ""
            assert text(dt) == bare(copy["name"]) + tag
            assert bare(copy.get("note", "")) in text(dt.getnext())
            assert [a.get("href") for a in dt.getnext().iter("a")] == list(
                filter(None, [copy.get("address", "")])
            )
        rows = [[text(cell) for cell in row] for row in page.main.xpath(".//table[@class='facts']/tbody/tr")]
        wanted = [[bare(one[k]) for k in ("name", "value", "source")] for one in work.record["facts"]]
        for copy in work.record["copies"]:
            for row in wanted:
                row[2] = re.sub(rf"\b{copy['id']}(?![\w-])", bare(copy["name"]), row[2], flags=re.ASCII)
        assert rows == wanted
        assert f"{work.id}/witness.html" in [link.address for link in page.links()]
        assert page.about() == book.about("apparatus")


def lines_of(segment: dict[str, Any]) -> range:
    first, _, last = segment["lines"].partition("-")
    return range(int(first), int(last or first) + 1)


def test_the_witness_page_has_every_line_and_its_use(book: Book) -> None:
    for work in book.oracle.works:
        page = book.page(f"{work.id}/witness.html")
        shown = {int(li.get("value")): li for li in find(page.main, "witness")[0].xpath("./li")}
        lines = {n: line for n, line in enumerate(work.witness.split("\n"), 1) if line.strip()}
        reported = {number: segment for segment in work.segments for number in lines_of(segment)}
        assert list(shown) == list(lines), "every line that holds words"
        assert set(reported) >= set(lines)
        for number, li in shown.items():
            segment = reported[number]
            blocks = segment.get("is", [])
            blocks = [blocks] if isinstance(blocks, str) else blocks
            assert page.links(li) == [Link(f"{work.id}/index.html#{id_}", f"#{id_}") for id_ in blocks]
            first = number == lines_of(segment)[0]
            why = find(li, "why")
            aside = segment.get("set_aside", "")
            says = f"另置：{ASIDES[aside]}{segment['reason']}" if aside and first else ""
            assert (text(why[0]) if why else "") == bare(says)
            assert ("aside" in (li.get("class") or "")) is bool(aside)
            [words] = [p for p in li.xpath("./p") if p.get("class") not in ("why", "to")]
            assert words.text_content() == lines[number]
        assert trail(page)[-1].address == f"{work.id}/apparatus.html"
        copy = next(c for c in work.record["copies"] if c["id"] == work.record["witness"])
        assert text(find(page.main, "lead")[0]) == bare(f"{copy['name']}。{copy.get('note', '')}")


def test_the_lines_of_the_witness_are_the_edition_without_its_emendations(book: Book) -> None:
    for work in book.oracle.works:
        lines = work.witness.split("\n")
        for segment in work.segments:
            blocks = segment.get("is", [])
            blocks = [blocks] if isinstance(blocks, str) else blocks
            if blocks:
                found = "".join(lines[number - 1] for number in lines_of(segment))
                assert "".join(work.undone(work.block(id_)) for id_ in blocks) == found


def test_a_work_without_a_witness_has_no_page_of_it_and_no_link_to_it(copy: Path) -> None:
    for name in ("witness.txt", "witness.yaml", "emendations.yaml"):
        (copy / "corpus/canal" / name).unlink()
    shutil.copytree(TINY.parent / "variants/no-witness", copy, dirs_exist_ok=True)
    files = site_of(load.checked(record(copy)))
    assert [name for name in files if name.endswith("witness.html")] == []
    page = Page(files, "", "canal/apparatus.html")
    assert [link for link in page.links() if "witness" in link.address] == []
    assert [title for title in page.sections() if title in CLASSES.values()] == []


# --- indexes, the editors' pages, and the parts that every page has ---------------------------------


def test_the_page_of_indexes_has_every_entry_and_every_separate_page(book: Book) -> None:
    oracle = book.oracle
    page = book.page("indexes.html")
    indexes = [id_ for id_, raw in oracle.facets.items() if raw["kind"] == "index"]
    lists = find(page.main, "register")
    alone = [front for front in oracle.fronts.values() if not front.get("about")]
    assert len(lists) == len(indexes) + bool(alone)
    for section, id_ in zip(lists, indexes, strict=False):
        head = Link(f"{id_}/index.html", bare(oracle.facets[id_]["name"]))
        entries = [
            Link(f"{id_}/index.html#{e['id']}", bare(e["name"])) for e in oracle.facets[id_]["entries"]
        ]
        assert page.links(section) == [head, *entries]
        assert text(find(section.find("./h2"), "count")[0]) == f"{len(entries)}"
    if alone:
        assert page.links(lists[-1]) == [Link(f"{one['id']}.html", bare(one["title"])) for one in alone]


def test_every_page_of_the_editors_is_at_its_address_with_all_its_links(book: Book) -> None:
    """Each kind of the editors' link becomes a link that leads where it says."""
    oracle = book.oracle
    kinds = set()
    for id_, source in oracle.pages.items():
        page = book.page(oracle.page_address(id_))
        found = page.about()
        wanted = book.prose([source])
        assert found is not None
        assert found.words == wanted.words, id_
        assert found.cites == wanted.cites, id_
        assert found.links == wanted.links, id_
        kinds |= {target.partition(":")[0] for one in source.sentences for target, _ in one.links}
        title = page.root.find(".//title").text
        front = oracle.fronts[id_]
        if not front.get("about") or front["about"].startswith("facet:"):
            assert text(page.main.find(".//h1")).startswith(bare(front["title"]))
            assert bare(front["title"]) in bare(title)
    assert kinds >= {"cell", "dimension", "page", "ways"} or book.name == "repository"


LINKS = {
    "cell:flow~a": "grid/flow-near.html",
    "dimension:edge": "grid/edge.html",
    "facet:ways": "ways/index.html",
    "facet:things": "things/index.html",
    "ways:cover": "ways/cover.html",
    "ways:share-1": "ways/share.html#share-1",
    "things:gate": "things/index.html#gate",
    "page:gates": "gates.html",
    "page:grid": "grid/index.html",
    "page:way-cover": "ways/cover.html",
}


@pytest.mark.parametrize("tree", SCRIPTS)
def test_each_kind_of_link_leads_where_it_says(tree: str, copy: Path) -> None:
    path = copy / "annotations/pages/gates.md"
    more = "".join(f"水[到{n}]({target})[@p1; @p2; @p8; @p9]。\n" for n, target in enumerate(LINKS))
    path.write_text(path.read_text(encoding="utf-8") + "\n" + more, encoding="utf-8")
    record(copy)
    page = Page(pages_of(load.checked(copy)), tree, "gates.html")
    found = {link.text: link.address for link in page.links() if link.text.startswith("到")}
    assert found == {f"到{n}": address for n, address in enumerate(LINKS.values())}


def test_a_listed_sentence_leads_to_itself(book: Book) -> None:
    """The link of each sentence that a page lists ends at an element with the words of the sentence."""
    oracle = book.oracle
    addresses = [f"{work}/{id_}.html" for work, id_ in oracle.passages]
    addresses += [oracle.cell_address(cell) for cell in oracle.cells]
    addresses += [f"grid/{id_}.html" for id_ in oracle.dimensions]
    addresses += [f"{facet}/index.html" for facet in oracle.facets]
    addresses += [oracle.entry_address(f, e.id) for f in oracle.frames for e in oracle.top(f)]
    seen: dict[str, str] = {}
    for address in addresses:
        page = book.page(address)
        page.sentences.clear()
        page.backlinks()
        seen |= dict(page.sentences)
    assert seen
    for address, words in seen.items():
        target, _, id_ = address.partition("#")
        assert without(book.page(target).by_id(id_), "cites") == words, address
    sentences = {one.text for source in oracle.sources for one in source.sentences if one.cites or one.links}
    assert set(seen.values()) <= sentences


def own_work(book: Book, address: str) -> str:
    """The work to which the text and the apparatus of the navigation belong; none if it could be any."""
    works = [work.id for work in book.oracle.works]
    folder = address.partition("/")[0]
    return folder if folder in works else works[0] if len(works) == 1 else ""


DISAGREEMENTS = bare("分歧與另一讀法")


def results(oracle: Oracle) -> list[Link]:
    """The links to the silence report and to the steps of the argument, if the project has them."""
    pages = (
        ("silence", oracle.site.get("silence"), "未及的各格"),
        ("argument", oracle.edges, "論證的步驟"),
    )
    return [
        Link(f"{about}.html", bare(oracle.about[about]["title"] if about in oracle.about else title))
        for about, shown, title in pages
        if shown
    ]


def navigation(book: Book, address: str) -> list[Link]:
    oracle, work = book.oracle, own_work(book, address)
    return [
        Link("index.html", "首頁"),
        Link(f"{work}/index.html" if work else "index.html#_works", "正文"),
        Link("grid/index.html", "框架"),
        *(Link(f"{id_}/index.html", bare(oracle.facets[id_]["short"])) for id_ in oracle.frames),
        *results(oracle),
        *(Link(f"{f['id']}.html", bare(f["title"])) for f in oracle.fronts.values() if not f.get("about")),
        Link("indexes.html", "索引"),
        Link("pictures.html", "圖"),
        Link(f"{work}/apparatus.html" if work else "index.html#_works", "校勘"),
        Link("method.html", "方法"),
        *([Link("disagreements.html", DISAGREEMENTS)] if oracle.has_disagreements else []),
        Link("cite.html", "引用"),
        Link("search.html", "檢索"),
    ]


def menus(book: Book) -> dict[str, list[Link]]:
    """The menus of the masthead, each with its places."""
    oracle = book.oracle
    several = len(oracle.works) > 1
    read = []
    for work in oracle.works:
        first = work.passages[0]
        read += [
            Link(f"{work.id}/index.html", bare(work.record["title"]) if several else "正文"),
            *([Link(f"{work.id}/index.html#{first.id}", bare(first.label))] if first.label else []),
            Link(f"{work.id}/apparatus.html", "校勘"),
            Link(f"{work.id}/witness.html", "底本"),
            Link(f"{work.id}/versions.html", "版本並排"),
        ]
    frame = [
        Link(oracle.cell_address(cell), bare(oracle.sign(cell) + raw["name"]))
        for cell, raw in oracle.cells.items()
    ]
    frame.append(Link("grid/index.html", "全表與總說"))
    for id_ in oracle.frames:
        frame.append(Link(f"{id_}/index.html", bare(oracle.facets[id_]["name"])))
        frame += [Link(oracle.entry_address(id_, one.id), bare(one.name)) for one in oracle.top(id_)]
    own = {"argument": [], "rules": []}
    for front in oracle.fronts.values():
        if not front.get("about"):
            own[front.get("kind", "argument")].append(Link(f"{front['id']}.html", bare(front["title"])))
    return {
        "讀": read,
        "框架": frame,
        "發現": [
            *results(oracle),
            Link("pictures.html", "圖"),
            *own["argument"],
        ],
        "查": [
            Link("indexes.html", "索引"),
            *(
                Link(f"{id_}/index.html", bare(raw["name"]))
                for id_, raw in oracle.facets.items()
                if raw["kind"] == "index"
            ),
            Link("search.html", "檢索"),
            Link("method.html", "方法"),
            *([Link("disagreements.html", DISAGREEMENTS)] if oracle.has_disagreements else []),
            *own["rules"],
        ],
        "用": [
            Link("cite.html", "引用"),
            Link("cite.html#_downloads", "下載"),
            Link("try.html", "試標"),
            Link("collection.html", "我的收藏"),
            *([Link("changes.html", "各版的修改")] if oracle.has_changes else []),
        ],
    }


def place_of(book: Book, address: str) -> str:
    """The place in the menus that a page belongs to."""
    listed = {place.address for places in menus(book).values() for place in places}
    if address in listed:
        return address
    oracle = book.oracle
    folder = address.partition("/")[0]
    indexes = {id_ for id_, raw in oracle.facets.items() if raw["kind"] == "index"}
    if folder in {work.id for work in oracle.works}:
        last = address.rpartition("/")[2]
        part = "apparatus" if last in ("apparatus.html", "witness.html") else "index"
        return f"{folder}/{part}.html"
    if "/" in address:
        return "indexes.html" if folder in indexes else f"{folder}/index.html"
    return {"try.html": "method.html", "changes.html": "cite.html"}.get(address, address)


def test_every_page_has_the_same_navigation_and_says_where_it_is(book: Book) -> None:
    for address in pages(book.files):
        page = book.page(address)
        [nav] = page.root.xpath("//nav[@class='places']")
        found = {one.findtext("summary"): page.links(one) for one in nav.iter("details")}
        assert found == menus(book), address
        current = [(page.to(a.get("href")), a.get("aria-current")) for a in nav.xpath(".//a[@aria-current]")]
        wanted = place_of(book, address)
        if address == "index.html":
            assert not current
            assert page.root.xpath("//a[@class='name' and @aria-current='page']")
        else:
            assert current == [(wanted, "page" if wanted == address else "true")], address
            [opened] = nav.xpath(".//details[@data-current]")
            assert wanted in {place.address for place in found[opened.findtext("summary")]}


def test_the_navigation_of_each_other_view_leads_to_the_same_pages(book: Book) -> None:
    for tree in of_site(book.files)[1:]:
        for address in pages(book.files):
            found, wanted = (
                [
                    (page.to(a.get("href")), a.get("aria-current"))
                    for a in page.root.xpath("//nav[@class='places']//a")
                ]
                for page in (book.page(address, tree), book.page(address))
            )
            assert found == wanted, tree + address
            assert wanted


def test_the_trail_of_a_page_leads_up_from_it(book: Book) -> None:
    oracle = book.oracle
    grid = Link("grid/index.html", bare(oracle.grid["name"]))
    wanted: dict[str, list[Link]] = {}
    for id_, raw in oracle.dimensions.items():
        wanted[f"grid/{id_}.html"] = [grid]
        for cell, one in oracle.cells.items():
            if one["dimension"] == id_:
                wanted[oracle.cell_address(cell)] = [grid, Link(f"grid/{id_}.html", bare(raw["name"]))]
    for facet, raw in oracle.facets.items():
        is_frame = raw["kind"] == "frame"
        wanted[f"{facet}/index.html"] = [] if is_frame else [Link("indexes.html", "索引")]
        for entry in oracle.top(facet) if is_frame else []:
            wanted[f"{facet}/{entry.id}.html"] = [Link(f"{facet}/index.html", bare(raw["name"]))]
    for work in oracle.works:
        title = Link(f"{work.id}/index.html", bare(work.record["title"]))
        wanted[f"{work.id}/apparatus.html"] = [title]
        wanted[f"{work.id}/witness.html"] = [title, Link(f"{work.id}/apparatus.html", "校勘")]
    for name in ("index", "grid/index", "silence", "indexes", "method", "cite", "search"):
        wanted[f"{name}.html"] = []
    wanted["try.html"] = [Link("method.html", "方法")]
    if oracle.has_changes:
        wanted["changes.html"] = [Link("cite.html", "引用")]
    assert {address: trail(book.page(address)) for address in wanted} == wanted


def test_the_page_for_trying_leads_to_the_rules(book: Book) -> None:
    """The rules are on pages of their own if there are any; else the method says how tags are made."""
    rules = [f"{id_}.html" for id_, front in book.oracle.fronts.items() if front.get("kind") == "rules"]
    page = book.page("try.html")
    assert [page.link(a).address for a in page.main.xpath("./p[not(@class)]//a")] == (
        rules or ["method.html"]
    )


def test_the_site_has_a_page_for_everything_and_no_other(book: Book) -> None:
    oracle = book.oracle
    places = (*book.oracle.works, None)
    everywhere = [navigation(book, f"{work.id}/index.html" if work else "") for work in places]
    wanted = {place.address.partition("#")[0] for found in everywhere for place in found} | {
        "try.html",
        "collection.html",
        "edition.html",
    }
    wanted |= {oracle.cell_address(cell) for cell in oracle.cells} | {
        f"grid/{id_}.html" for id_ in oracle.dimensions
    }
    wanted |= {"changes.html"} if oracle.has_changes else set()
    wanted |= {"disagreements.html"} if oracle.has_disagreements else set()
    wanted |= {f"{facet}/index.html" for facet in oracle.facets}
    wanted |= {oracle.entry_address(f, e.id) for f in oracle.frames for e in oracle.top(f)}
    for work in oracle.works:
        wanted |= {f"{work.id}/{name}.html" for name in ("index", "apparatus", "witness", "versions")}
        wanted |= {f"{work.id}/{one['id']}.html" for one in work.ledger if one["kind"] == "passage"}
    assert {*pages(book.files, whole=True)} == wanted


def test_the_register_of_anchors_has_every_id_that_was_published(book: Book) -> None:
    page = book.page("cite.html")
    tables = [t for t in page.main.iter("table") if "register" in (t.get("class") or "")]
    for table, work in zip(tables, book.oracle.works, strict=True):
        rows = table.xpath(".//tbody/tr")
        shown = [(page.link(row.xpath("./th/a")[0]), [text(td) for td in row.xpath("./td")]) for row in rows]
        wanted = []
        for one in work.ledger:
            if one["kind"] == "passage":
                address = f"{work.id}/{one['id']}.html"
            elif one["kind"] == "heading":
                address = f"{work.id}/index.html#{one['id']}"
            else:
                continue
            into = "、".join(one.get("into", []))
            fate = {"live": "現行", "split": f"分為{into}", "merged": f"併入{into}", "withdrawn": "撤銷"}
            cells = [bare(one["edition"]), bare(one["opening"]), bare(fate[one["fate"]])]
            wanted.append((Link(address, f"#{one['id']}"), cells))
        ids = {link.text for link, _ in wanted}
        assert [one for one in shown if one[0].text in ids] == wanted


# --- what scripts read ----------------------------------------------------------------------------


def source_title(book: Book, source: Source) -> str:
    return source.title if source.page else book.oracle.entries[(source.facet, source.entry)].name


def search_records(book: Book, name: str = "data/search.js") -> list[dict[str, Any]]:
    """The records of the search; that of a passage with the title and the tags of the passage."""
    found = book.data(name)
    kinds = dict(found["kinds"])
    return [
        {"c": [], **one, **({"t": own["t"], "c": own.get("c", [])} if own else {}), "k": kinds[one["k"]]}
        for one in found["records"]
        for own in [found["passages"][one["p"]] if "p" in one else {}]
    ]


def wanted_records(book: Book) -> list[tuple[str, str, str, str]]:
    """(kind, title, address, words) of everything that can be searched; sentences by their page.

    Notes on words, other readings, steps of the argument, emendations and the references of works are left
    out.
    """
    oracle = book.oracle
    found = []
    for work in oracle.works:
        label = oracle.label(work.id)
        found += [("標題", label + h.text, f"{work.id}/index.html#{h.id}", h.text) for h in work.headings]
        for p in work.passages:
            tags = oracle.tags[(work.id, p.id)]
            own = f"{work.id}/{p.id}.html"
            title = book.passage((work.id, p.id))
            found.append(("正文", title, f"{work.id}/index.html#{p.id}", p.text))
            found.append(("提要", title, own, tags.gist))
            notes = [tags.note, *(one.note for one in tags.cells)]
            found += [("按語", title, own, note) for note in notes if note]
    for cell, raw in oracle.cells.items():
        address = oracle.cell_address(cell)
        found.append(("框架", oracle.sign(cell) + raw["name"], address, raw["definition"]))
        for trait in raw.get("traits", []):
            words = trait.get("definition", "")
            found.append(("框架", trait["name"], f"{address}#trait-{trait['id']}", words))
    for (facet, id_), entry in oracle.entries.items():
        english = [entry.raw["name_en"]] if entry.raw.get("name_en") else []
        words = "，".join([entry.name, *entry.raw.get("also", []), *english])
        words += f"。{entry.definition.words}"
        kind = oracle.facets[facet].get("short", oracle.facets[facet]["name"])
        found.append((kind, entry.name, oracle.entry_address(facet, id_), words))
    for source in oracle.sources:
        if source.page or source.field:
            found += [("編者", source_title(book, source), source.home, one.text) for one in source.sentences]
    found += [("頁面", title, address, words) for address, (title, words) in named_pages(book).items()]
    return [(kind, bare(title), address, bare(words)) for kind, title, address, words in found]


def named_pages(book: Book) -> dict[str, tuple[str, str]]:
    """Address → first name and definition of each page that the navigation or the editors name."""
    oracle = book.oracle
    found = {link.address: (link.text, "") for link in reversed(navigation(book, "index.html"))}
    found["index.html"] = (found["index.html"][0], oracle.site["description"])
    found["grid/index.html"] = (found["grid/index.html"][0], oracle.grid["definition"])
    for work in oracle.works:
        found.setdefault(f"{work.id}/index.html", (work.record["title"], ""))
    for id_, raw in oracle.dimensions.items():
        found[f"grid/{id_}.html"] = (raw["name"], raw["definition"])
    for id_, raw in oracle.facets.items():
        address = f"{id_}/index.html"
        found[address] = (found.get(address, (raw["name"], ""))[0], raw["definition"])
    for source in oracle.sources:
        if source.page:
            found.setdefault(source.home, (source.title, ""))
    return found


def test_a_record_of_the_search_has_the_names_by_which_it_is_found(book: Book) -> None:
    oracle, found = book.oracle, book.data("data/search.js")
    names: dict[str, list[list[str]]] = {}
    for one in found["records"]:
        names.setdefault(one["u"], []).append([one.get("t", ""), *one.get("n", [])])
    passages = {one["u"]: one["n"] for one in found["passages"]}
    for (work, id_), passage in oracle.passages.items():
        own = passages[f"{work}/index.html#{id_}"]
        assert {*map(bare, (book.passage((work, id_)), id_, str(passage.number)))} <= {*map(bare, own)}
    for cell, raw in oracle.cells.items():
        own = names[oracle.cell_address(cell)][0]
        assert {raw["name"], oracle.sign(cell) + raw["name"]} <= {*own}
    for address, (title, _) in named_pages(book).items():
        assert any(bare(title) in map(bare, own) for own in names[address]), address


def test_the_data_of_the_search_hold_every_text_under_its_address(book: Book) -> None:
    records = search_records(book)
    found = []
    for one in records:
        address = one["u"]
        if one["k"] == "編者":
            target, _, id_ = address.partition("#")
            assert without(book.page(target).by_id(id_), "cites") == bare(one["x"]), address
            address = target
        found.append((one["k"], bare(one["t"]), address, bare(one["x"])))
    wanted = Counter(wanted_records(book))
    assert not wanted - Counter(found)
    more = {kind for kind, _, _, _ in (Counter(found) - wanted)}
    assert more <= {"按語", "論證", "校勘", "書目"}
    hans = search_records(book, "data/search-hans.js")
    assert [(one["u"], one["c"]) for one in hans] == [(one["u"], one["c"]) for one in records]


def test_each_code_of_the_search_has_the_passages_that_are_tagged_with_it(book: Book) -> None:
    oracle, found = book.oracle, book.data("data/search.js")
    for address, numbers in ((one[1], one[3]) for one in found["codes"]):
        at = [found["passages"][number]["u"] for number in numbers]
        cells = [cell for cell in oracle.cells if oracle.cell_address(cell) == address]
        wanted = [
            f"{work}/index.html#{id_}"
            for (work, id_), tags in oracle.tags.items()
            if any(one.cell in cells for one in tags.cells)
        ]
        assert not cells or sorted(at) == sorted(wanted), address
    assert {one[1] for one in found["codes"]} >= {
        oracle.cell_address(tag.cell) for tags in oracle.tags.values() for tag in tags.cells
    }


def test_the_sections_of_the_search_have_all_passages_in_order(book: Book) -> None:
    found = book.data("data/search.js")
    wanted = [f"{work}/index.html#{id_}" for work, id_ in book.oracle.passages]
    assert [one["u"] for one in found["passages"]] == wanted
    assert sum(count for _, count in found["sections"]) == len(wanted)
    assert all(name and count for name, count in found["sections"])


def test_a_record_of_the_search_is_chosen_by_what_its_passage_carries(book: Book) -> None:
    """The words by which a record is chosen are those of the passage on the reading page."""
    records = search_records(book)
    carried: dict[Key, list[set[str]]] = {}
    for one in records:
        match = re.fullmatch(r"([^/]+)/(?:index\.html#)?([^/.#]+)(?:\.html)?", one["u"])
        if match and one["k"] in ("正文", "提要", "按語") and not match[2].startswith("note-"):
            carried.setdefault((match[1], match[2]), []).append(set(one["c"]))
        else:
            assert not one["c"] or "#note-" in one["u"]
    assert carried.keys() == book.oracle.passages.keys()
    for (work, id_), found in carried.items():
        [unit] = book.page(f"{work}/index.html").main.xpath(f".//*[@data-passage='{id_}']")
        words = {word for value in unit.attrib.values() for word in value.split()}
        for one in found:
            assert one == found[0]
            assert one <= words
            tags = book.oracle.tags[(work, id_)]
            assert len(one) >= 1 + len({(c.cell, c.relation) for c in tags.cells})


def short(words: str) -> str:
    return words if len(words) <= 120 else words[:120] + "……"


def test_the_previews_show_what_each_link_holds(book: Book) -> None:
    oracle = book.oracle
    shown = book.data("data/previews.js")
    wanted: dict[str, list[str]] = {}
    chips: dict[str, list[str]] = {}
    for (work, id_), tags in oracle.tags.items():
        wanted[f"{work}/{id_}.html"] = [book.passage((work, id_)), tags.gist]
        chips[f"{work}/{id_}.html"] = [oracle.sign(c) for c in oracle.cells_of(tags)]
    for id_, raw in oracle.dimensions.items():
        wanted[f"grid/{id_}.html"] = [raw["name"], raw["definition"]]
    for cell, raw in oracle.cells.items():
        wanted[oracle.cell_address(cell)] = [raw["name"], short(raw["definition"])]
        chips[oracle.cell_address(cell)] = [oracle.sign(cell)]
    for facet, raw in oracle.facets.items():
        wanted[f"{facet}/index.html"] = [raw["name"], short(raw["definition"])]
    for (facet, id_), entry in oracle.entries.items():
        wanted[oracle.entry_address(facet, id_)] = [entry.name, short(entry.definition.words)]
    for id_, source in oracle.pages.items():
        about = oracle.fronts[id_].get("about", "")
        if not about or about in ("home", "grid", "silence", "argument", "method", "cite", "search"):
            wanted[source.home] = [source.title, ""]
    assert shown.keys() == wanted.keys()
    for address, (title, words) in wanted.items():
        row = shown[address]
        assert bare(row[0]) == bare(title), address
        assert not words or bare(row[1]) == bare(words), address
        assert [one[1] for one in row[2]] == chips[address] if address in chips else len(row) == 2, address
    for work in oracle.works:
        for passage in work.passages:
            opening = passage.text if len(passage.text) <= 80 else passage.text[:80] + "……"
            assert shown[f"{work.id}/{passage.id}.html"][3:] == ["", opening, ""], passage.id
    for id_, source in oracle.pages.items():
        if source.home in shown and not wanted[source.home][1]:
            sentences = "".join(one.text for one in source.sentences)
            assert bare(shown[source.home][1]) == short(sentences), id_


def places(oracle: Oracle, work: str, id_: str, tag: Any) -> list[list[int]]:
    """Where the evidence of a tag is in its passage."""
    return [[*oracle.span((work, id_), one)] for one in tag.evidence]


def ends(tag: list[Any]) -> list[list[list[int]]]:
    """The places of the evidence of a tag in the data for tagging."""
    return [[one[:2] for one in tag[2]]]


def test_the_data_for_tagging_are_those_of_every_work(book: Book) -> None:
    oracle = book.oracle
    found, hans = (book.data("data/try.js")[lang] for lang in ("zh-Hant", "zh-Hans"))
    assert found["limits"] == {name: int(value) for name, value in oracle.grid["limits"].items()}
    first = next(iter(oracle.poles))
    assert [[one[0], *one[2:]] for one in found["cells"]] == [
        [cell, oracle.sign(cell), raw["name"], int(raw["pole"] != first), raw["definition"]]
        for cell, raw in oracle.cells.items()
    ]
    for name in ("relations", "functions"):
        terms = oracle.grid[name]
        assert found[name] == [[one["id"], one["name"], one["definition"]] for one in terms]
    works = found.get("works", [found])
    assert [one["work"] for one in works] == [work.id for work in oracle.works]
    names = [oracle.label(work.id).strip("〈〉") for work in oracle.works]
    assert [one.get("name", "") for one in works] == names
    for work, one, other in zip(oracle.works, works, hans.get("works", [hans]), strict=True):
        wanted = []
        for p in work.passages:
            tags = oracle.tags[(work.id, p.id)]
            cells = [[tag.cell, tag.relation, places(oracle, work.id, p.id, tag)] for tag in tags.cells]
            wanted.append([p.id, p.number, p.text, tags.function, cells, tags.gist])
        found_ = [[*p[:4], [[*tag[:2], *ends(tag)] for tag in p[4]], p[5]] for p in one["passages"]]
        assert found_ == wanted
        assert [
            [p[0], p[1], len(p[2]), p[3], [[*tag[:2], *ends(tag)] for tag in p[4]]] for p in other["passages"]
        ] == [[p[0], p[1], len(p[2]), p[3], p[4]] for p in wanted]


# --- the two scripts ------------------------------------------------------------------------------


SUFFIX = {"": "", HANS: "-hans"}
"""Folder of a view → the end of the name of its book."""


def skeleton(page: Page) -> list[tuple[Any, ...]]:
    """Every element of the body in order: its name, id, link target, and the numbers in its words."""
    found = []
    for one in page.root.find(".//body").iter():
        if not isinstance(one.tag, str) or one.get("name") == "direction" or one.get("hreflang"):
            continue
        if one.tag == "span" and {*one.attrib} == {"lang"}:
            continue  # it marks words in another language than that of the page
        href = one.get("href")
        if href is not None and "://" not in href:
            href = page.to(href, shared=not href.endswith(".svg"))  # pictures have the words of their view
            if page.address != "cite.html" and href == f"data/edition{SUFFIX[page.tree]}.epub":
                href = "the book of the view"
        number = re.sub(r"\D", "", (one.text or ""))
        state = one.get("aria-current"), one.get("data-passage"), one.get("value")
        found.append((one.tag, one.get("id"), href, number, *state))
    return found


# What one script alone offers: the text as received and set vertically, and the note on the conversion.
ALONE = ("_as-received", "direction", "conversion", "legend always")


def prune(page: Page) -> None:
    for one in list(page.root.iter()):
        if isinstance(one.tag, str) and any(name in one.attrib.values() for name in ALONE):
            part = one if one.tag == "p" else next(a for a in one.iterancestors("fieldset", "label"))
            if part.tag == "label" and part.getparent().tag == "fieldset":
                part = part.getparent()
            if part.getparent() is not None:
                part.drop_tree()


def test_a_page_in_the_other_script_has_the_same_parts_ids_links_and_numbers(book: Book) -> None:
    for name in pages(book.files):
        one, other = Page(book.files, "", name), Page(book.files, HANS, name)
        prune(one)
        prune(other)
        assert skeleton(one) == skeleton(other), name


LEAVES = ("p", "li", "td", "th", "h1", "h2", "h3", "h4", "dt", "dd", "summary", "caption", "label", "a")
LEAVES += ("small",)
SHOWN = (
    "title",
    "aria-label",
    "data-text",
    "data-found",
    "data-more",
    "data-done",
    "data-quote",
    "data-none",
)
SAME = ("language", "locale", "alternate", "url", "identifier", "date", "public_url", "fulltext_html_url")
"""Ends of the names of metadata that are no words."""


def words_of(page: Page) -> list[tuple[bool, str]]:
    """(whether it is converted, words) of every block, of every attribute that is shown or spoken."""
    found = []
    for one in page.root.find(".//body").iter(*LEAVES):
        if not one.xpath(".//*[@translate='no']") and not one.xpath("ancestor-or-self::*[@lang='en']"):
            state = one.xpath("string(ancestor-or-self::*[@translate][1]/@translate)")
            words = one.xpath(".//text()[not(ancestor::small[@translate='yes'])]")
            found.append((state != "no", "".join(words) if one.tag != "small" else str(one.text_content())))
    for one in page.root.find(".//body").iter():
        found += [(True, one.get(name)) for name in SHOWN if one.get(name)]
    for one in page.root.iter("title", "meta"):
        name = one.get("name") or one.get("property") or ""
        if one.get("http-equiv") is None and re.split("[.:_]", name.lower())[-1] not in SAME:
            found.append((True, one.text if one.tag == "title" else one.get("content", "")))
    return found


def cut_alike(one: str, other: str) -> bool:
    """Whether a picture only cuts the two at different places, since quotation marks differ in width."""
    if not re.search("…[」』”’]?$", f"{one}\n{other}", re.MULTILINE) or one[-1] != other[-1]:
        return False
    stems = [text.rstrip("」』”’").removesuffix("…") for text in (one, other)]
    shorter, longer = sorted(stems, key=len)
    return longer.startswith(shorter) and len(longer) - len(shorter) <= 2


def test_every_word_of_a_page_is_converted_once(book: Book) -> None:
    simplify = Simplifier(book.oracle.site.get("keep", []))
    words_of_catalogue = own_words(simplify)
    converted = cache(lambda words: in_simplified(words, simplify, words_of_catalogue))
    count = 0
    for name in pages(book.files):
        one, other = Page(book.files, "", name), Page(book.files, HANS, name)
        prune(one)
        prune(other)
        for (convert, words), found in zip(words_of(one), words_of(other), strict=True):
            if found[1] not in ("正體", "正體繁", "简体", "简体简") and "://" not in words:
                wanted = simplify(words) if convert else words
                if found[1] != wanted:
                    wanted = converted(words)
                assert found[0] == convert, name
                assert found[1] == wanted or cut_alike(found[1], wanted), (name, found[1], wanted)
                count += words != found[1]
    assert count > 100


# Latin words that the site itself writes: names of formats, measures, standards and languages of programs.
LATIN = {
    "Cohen",
    "CSV",
    "Ctrl",
    "F",
    "GB",
    "JavaScript",
    "Krippendorff",
    "MASI",
    "SVG",
    "T",
    "SHA",
    "Unicode",
    "YAML",
}
LATIN |= {"annotations", "tags"}
LATIN |= {"APA", "MLA"}  # names of citation styles
LATIN |= {"EN"}  # the short name of the view in English
ELSEWHERE = ("citations", "programs", "downloads", "latin", "styled")
"""Parts whose words other tests compare: forms of citing, and what programs read the formats."""


def latin(words: str) -> set[str]:
    """The Latin words, without ``{names}`` for which a script puts a value."""
    return set(re.findall(r"[A-Za-z]+", re.sub(r"\{\w+\}", "", words)))


def words_on(page: Page) -> Iterator[str]:
    """The words of a page, those of its attributes and of its scripts among them."""
    root = page.root
    for name in ELSEWHERE:
        for one in find(root, name):
            one.drop_tree()
    for one in root.xpath("//template|//script|//style|//pre|//code"):
        one.drop_tree()
    for one in root.iter():
        yield from (one.text or "", one.tail or "")
        yield from (one.get(name, "") for name in SHOWN if name != "data-quote")
        if one.get("name") == "description":
            yield one.get("content", "")
        yield from json.loads(one.get("data-words", "{}")).values()


def test_every_latin_word_on_a_page_in_chinese_has_a_source(book: Book) -> None:
    root = book.oracle.root
    known = set(LATIN)
    for path in [*(root / "corpus").rglob("*"), *(root / "annotations").rglob("*")]:
        known |= {path.name} if path.is_dir() else latin(path.read_text(encoding="utf-8"))
    for tree in SCRIPTS:
        for name in pages(book.files, tree):
            words = re.sub(r"\{[a-z]\}", "", "\n".join(words_on(Page(book.files, tree, name))))
            assert latin(words) - known == set(), tree + name


def test_no_element_is_empty_or_has_an_empty_name(book: Book) -> None:
    """An empty text element or an empty class name shows that a template writes too much."""
    for name in book.files:
        if name.endswith(".html"):
            root = lxml.html.document_fromstring(book.files[name].decode())
            assert root.xpath("//*[@class='' or @id='' or @href='' or @lang='' or @title='']") == [], name
            wordless = root.xpath("//q[not(node())]|//mark[not(node())]|//p[not(node()) and not(@*)]")
            assert wordless == [], name


def test_every_page_has_its_title_and_its_description(book: Book) -> None:
    oracle = book.oracle
    site, first = oracle.site, oracle.works[0]
    wanted: dict[str, tuple[str, str]] = {}

    def page(address: str, title: str, description: str) -> None:
        wanted[address] = (f"{title}｜{site['title']}", description)

    def own(subject: str, title: str) -> str:
        return str(oracle.about[subject]["title"]) if subject in oracle.about else title

    wanted["index.html"] = (f"{site['title']}——{site['subtitle']}", site["description"])
    page("grid/index.html", own("grid", oracle.grid["name"]), oracle.grid["definition"])
    page("silence.html", own("silence", "未及的各格"), "哪些格沒有條目對應：由標記算出")
    indexes = [raw["name"] for raw in oracle.facets.values() if raw["kind"] == "index"]
    page("indexes.html", "索引", "；".join(indexes))
    page("method.html", own("method", "方法"), "編碼手冊、範圍與數目")
    if oracle.has_disagreements:
        page("disagreements.html", "分歧與另一讀法", "編碼者在哪裡不一致，各段還可以怎樣讀")
    page("cite.html", own("cite", "引用與下載"), "怎樣引用，段落編號登記，下載與校驗")
    page("search.html", "檢索", "檢索正文、提要與編者文字")
    page("try.html", "自己試標", "先自己標，再看編者怎樣標")
    if oracle.has_changes:
        page("changes.html", own("changes", "各版的修改"), "各版改了什麼，附新舊文字")
    for raw in oracle.dimensions.values():
        page(f"grid/{raw['id']}.html", raw["name"], raw["definition"])
    for cell, raw in oracle.cells.items():
        page(oracle.cell_address(cell), raw["name"], raw["definition"])
    for facet, raw in oracle.facets.items():
        page(f"{facet}/index.html", own(f"facet:{facet}", raw["name"]), raw["definition"])
        for entry in oracle.top(facet) if raw["kind"] == "frame" else []:
            page(f"{facet}/{entry.id}.html", entry.name, entry.definition.words)
    for front in oracle.fronts.values():
        if not front.get("about"):
            sentences = "".join(one.text for one in oracle.pages[front["id"]].sentences)
            page(f"{front['id']}.html", front["title"], sentences[:80])
    for work in oracle.works:
        title = work.record["title"]
        page(f"{work.id}/apparatus.html", own("apparatus", "校勘"), f"〈{title}〉的校勘記：改動、存疑與佚失")
        page(f"{work.id}/witness.html", "底本全文", "底本逐行，及每一行的去處")
        for p in work.passages:
            page(f"{work.id}/{p.id}.html", f"第 {p.number} 段", oracle.gist((work.id, p.id)))
    for address, (title, description) in wanted.items():
        root = book.page(address).root
        assert bare(root.find(".//title").text) == bare(title), address
        [found] = root.xpath("//meta[@name='description']/@content")
        assert bare(found) == bare(description), address
    assert first.record["title"] in book.page(f"{first.id}/index.html").root.find(".//title").text


def test_the_page_in_each_other_view_is_one_link_away(book: Book) -> None:
    every = of_site(book.files)
    for tree in every:
        for name in pages(book.files, tree):
            page = Page(book.files, tree, name)
            here = posixpath.dirname(tree + name)
            found = [
                posixpath.normpath(posixpath.join(here, href))
                for href in page.root.xpath("//a[@class='script']/@href")
            ]
            assert found == twins(name, (view for view in every if view != tree)), tree + name
