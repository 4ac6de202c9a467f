"""The pages of the frame, compared with the project files: cells, facets, entries, silence."""

from __future__ import annotations

import copy
from typing import Any, NamedTuple

import page_reader
from conftest import TINY, Files
from oracle import (
    READINGS,
    VOICES,
    Cell,
    Entry,
    Key,
    Oracle,
    Pointer,
    Tags,
    added,
    bare,
    doubted,
    inner,
    voice_of,
)
from page_reader import Book, Link, Page, Prose, definitions, find, text, without

book, works_site = page_reader.book, page_reader.works_site

# The headings of sections, as the templates write them.
TRAITS, MEASURES, TOUCHED, PASSAGES, ITEMS = (
    "歸入這一格的原文用語",
    "哪些措施涉及這一格",
    "涉及的格",
    "段落",
    "逐項",
)
OTHERS = "文中轉述或引用的話"


def words(book: Book, cell: str, *voices: str) -> list[Link]:
    """The words of a cell in a voice, that of the author if none is given, as they are shown; of several
    works, each with its passage.
    """
    found = []
    for one in book.oracle.cells[cell].get("words", []):
        if voice_of(one) not in (voices or ("author",)):
            continue
        key = book.oracle.quoting(one)
        named = book.passage(key) if len(book.oracle.works) > 1 else ""
        found.append(Link(f"{key[0]}/{key[1]}.html", bare(inner(one["text"])) + bare(named)))
    return found


def entry_link(book: Book, facet: str, entry: str) -> Link:
    return Link(book.oracle.entry_address(facet, entry), bare(book.oracle.entries[(facet, entry)].name))


def matrix(book: Book) -> list[Any]:
    """The matrix: a row for each dimension, in it the cells in the order of the poles."""
    oracle = book.oracle
    return [
        (
            Link(f"grid/{dimension}.html", oracle.dimensions[dimension]["name"]),
            [
                (*oracle.chip(cell), len({key for key, _ in oracle.carrying(cell)}))
                for pole in oracle.poles
                for cell, found in oracle.cells.items()
                if (found["dimension"], found["pole"]) == (dimension, pole)
            ],
        )
        for dimension in oracle.dimensions
    ]


def compass(page: Page) -> list[Any]:
    [found] = find(page.main, "compass")
    rows = []
    for row in found.xpath(".//tbody/tr"):
        cells = [(page.to(a.get("href")), text(a)) for a in row.xpath("./td/a")]
        rows.append((page.link(row.xpath("./th/a")[0]), cells))
    return rows


# --- the grid -------------------------------------------------------------------------------------


def test_the_matrix_of_the_grid_has_every_cell_its_count_and_its_words(book: Book) -> None:
    page = book.page("grid/index.html")
    assert page.matrix() == matrix(book)
    oracle = book.oracle
    wanted = [words(book, cell) for cell in ordered(book) if words(book, cell)]
    assert [page.links(found) for found in find(page.main.find(".//figure"), "traits")] == wanted
    for cell, found in zip(
        ordered(book), page.main.xpath(".//figure[contains(@class, 'matrix')]//tbody//td"), strict=True
    ):
        traits = [one["id"] for one in oracle.cells[cell].get("traits", [])]
        assert page.traits(found) == oracle.links_of_traits(cell, traits)
        assert bare(oracle.cells[cell]["definition"]) in text(found)
    assert [text(th) for th in page.main.xpath("(.//figure//thead)[1]//th")] == [
        bare(pole["name"] + pole["sign"]) for pole in oracle.poles.values()
    ]
    assert text(page.main.xpath(".//caption")[0]) == bare(
        oracle.site["grid_caption"] + oracle.site["grid_note"]
    )
    assert page.about() == book.about("grid")


def ordered(book: Book) -> list[str]:
    """The cells in the order of the matrix."""
    oracle = book.oracle
    return [
        cell
        for dimension in oracle.dimensions
        for pole in oracle.poles
        for cell, found in oracle.cells.items()
        if (found["dimension"], found["pole"]) == (dimension, pole)
    ]


def frame_entries(book: Book, key: Key, cell: Cell) -> list[tuple[str, str]]:
    """The entries of frame facets to which a cell tag of a passage belongs."""
    return [
        tuple(entry_link(book, pointer.facet, pointer.entry))
        for pointer in book.oracle.tags[key].entries
        if pointer.facet in book.oracle.frames
        and any(one is cell for one in book.oracle.covered(key, pointer))
    ]


def test_a_cell_lists_its_passages_under_each_relation(book: Book) -> None:
    oracle = book.oracle
    for cell, found in oracle.cells.items():
        page = book.page(oracle.cell_address(cell))
        listed = {}
        for relation, name in oracle.relations.items():
            section = page.section(bare(name))
            if section is not None:
                assert text(find(section, "count")[0]) == f"{len(page.passages(section))}段"
                assert text(section).startswith(bare(name))
                listed[relation] = page.passages(section)
        wanted: dict[str, list[Any]] = {}
        for key, one in oracle.carrying(cell):
            chips = frame_entries(book, key, one)
            item = book.item(
                key,
                quotes=oracle.quoted(one.evidence),
                note=one.note,
                chips=chips,
                traits=oracle.trait_links(one),
            )
            wanted.setdefault(one.relation, []).append(item)
        assert listed == wanted, cell
        titles = [title for title in page.sections() if title in map(bare, oracle.relations.values())]
        assert titles == [bare(name) for relation, name in oracle.relations.items() if relation in wanted]
        assert text(page.main.find(".//h1")).startswith(bare(found["name"]))
        assert bare(found["definition"]) == text(find(page.main, "definition")[0])


def before(first: page_reader.Element, second: page_reader.Element) -> bool:
    """Whether an element begins before another, in the order of the document."""
    places = {element: place for place, element in enumerate(first.getroottree().iter())}
    return places[first] < places[second]


def test_a_cell_begins_with_what_it_is_and_what_the_work_says_and_not_with_the_rule_for_coders(
    book: Book,
) -> None:
    for cell, raw in book.oracle.cells.items():
        page = book.page(book.oracle.cell_address(cell))
        [opening] = find(page.main, "lead")
        assert text(opening) == bare(raw["definition"].split("。")[0] + "。"), cell
        [rule] = find(page.main, "definition")
        assert all(before(prose, rule) for prose in find(page.main, "prose")), cell
        quoted = page.section(TRAITS)
        assert quoted is None or before(quoted, rule), cell
    for dimension in book.oracle.dimensions:
        page = book.page(f"grid/{dimension}.html")
        for box in find(page.main, "box"):
            assert all(before(quoted, box.findall("p")[-1]) for quoted in find(box, "traits")), dimension


def test_a_cell_has_its_words_its_measures_its_prose_and_its_sentences(book: Book) -> None:
    oracle = book.oracle
    for cell in oracle.cells:
        page = book.page(oracle.cell_address(cell))
        shown = page.section(TRAITS)
        assert ([] if shown is None else page.links(shown)) == words(book, cell), cell
        shown = page.section(OTHERS)
        assert ([] if shown is None else page.links(shown)) == words(book, cell, "reported", "quoted"), cell
        voices = [] if shown is None else [text(one) for one in find(shown, "voice")]
        assert voices == [
            VOICES[voice_of(one)] for one in oracle.cells[cell].get("words", []) if voice_of(one) != "author"
        ]
        is_list_of_traits(book, page, cell)
        shown = page.section(MEASURES)
        rows = [] if shown is None else shown.xpath(".//li")
        found = {page.link(row.find(".//a")): text(find(row, "relation")[0]) for row in rows}
        wanted = {
            entry_link(book, *entry): "、".join(bare(oracle.relations[relation]) for relation in relations)
            for entry, relations in measures(book, cell).items()
        }
        assert found == wanted, cell
        assert list(found) == list(wanted), cell
        assert page.about() == book.about(f"cell:{cell}"), cell
        assert page.backlinks() == oracle.mentions([f"cell:{cell}"], page.address), cell


def is_list_of_traits(book: Book, page: Page, cell: str) -> None:
    """Each trait has its definition and its passages, each once."""
    oracle = book.oracle
    section = page.section("特性")
    raws = oracle.cells[cell].get("traits", [])
    assert (section is not None) is bool(raws)
    wanted, found = [], []
    for raw in raws:
        keys = [key for key, tags in oracle.tags.items() if rests_on(tags, cell, raw["id"])]
        head = bare(f"{raw['name']}{len(keys)}段")
        wanted.append(
            (f"trait-{raw['id']}", head, bare(raw.get("definition", "")), [book.number(k) for k in keys])
        )
    for dt in [] if section is None else section.iter("dt"):
        rest = definitions(dt)
        numbers_ = [page.numbers(dd) for dd in rest if dd.get("class") == "numbers"]
        words_ = "".join(text(dd) for dd in rest if dd.get("class") is None)
        found.append((dt.get("id"), text(dt), words_, numbers_[0] if numbers_ else []))
    assert found == wanted, cell


def rests_on(tags: Tags, cell: str, trait: str) -> bool:
    return any(one.cell == cell and trait in one.traits for one in tags.cells)


def measures(book: Book, cell: str) -> dict[tuple[str, str], list[str]]:
    """Parts of entries whose range of a passage holds evidence of a cell: entry → relations."""
    found: dict[tuple[str, str], dict[str, None]] = {}
    order: dict[tuple[str, str], None] = {}
    for key, tags in book.oracle.tags.items():
        for pointer in tags.entries:
            order.setdefault((pointer.facet, pointer.entry))
            for one in book.oracle.held(key, pointer):
                if one.cell == cell and book.oracle.entries[(pointer.facet, pointer.entry)].parent:
                    found.setdefault((pointer.facet, pointer.entry), {}).setdefault(one.relation)
    return {entry: list(found[entry]) for entry in order if entry in found}


def test_a_dimension_lists_its_cells_and_its_passages_with_their_relations(book: Book) -> None:
    oracle = book.oracle
    for dimension, raw in oracle.dimensions.items():
        page = book.page(f"grid/{dimension}.html")
        own = [cell for cell in ordered(book) if oracle.cells[cell]["dimension"] == dimension]
        [pair] = find(page.main, "pair")
        assert [page.chip(h) for h in pair.xpath(".//h2")] == [oracle.chip(cell) for cell in own]
        quoted = [found for cell in own if (found := words(book, cell))]
        assert [page.links(one) for one in find(pair, "traits")] == quoted
        wanted = []
        for key, tags in oracle.tags.items():
            chips = [oracle.tag_chip(one) for one in tags.cells if one.cell in own]
            if chips:
                wanted.append(book.item(key, chips=chips))
        assert page.passages(page.main) == wanted
        assert page.about() == book.about(f"dimension:{dimension}")
        assert page.backlinks() == oracle.mentions([f"dimension:{dimension}"], page.address)
        assert text(find(page.main, "lead")[0]) == bare(raw["definition"])


def test_the_table_above_a_cell_or_dimension_links_to_all_and_marks_the_present_one(book: Book) -> None:
    wanted = [
        (head, [(address, words, count) for address, words, count in cells]) for head, cells in matrix(book)
    ]
    for address in [book.oracle.cell_address(c) for c in book.oracle.cells] + [
        row[0].address for row in wanted
    ]:
        page = book.page(address)
        found = compass(page)
        assert [(head, [(a, w) for a, w in cells]) for head, cells in found] == [
            (head, [(a, f"{w}{n}") for a, w, n in cells]) for head, cells in wanted
        ]
        [current] = page.main.xpath(".//nav//a[@aria-current]")
        assert page.to(current.get("href")) == address


# --- facets ---------------------------------------------------------------------------------------


def accounts(page: Page, root: Any) -> list[tuple[str, Prose]]:
    """(name of the field, its prose) of the first list of fields directly in ``root``."""
    [*found] = root.xpath("./dl")[:1]
    names = [text(dt) for one in found for dt in one.xpath("./dt")]
    return list(zip(names, [page.prose(dd) for one in found for dd in one.xpath("./dd")], strict=True))


def wanted_accounts(book: Book, entry: Entry) -> list[tuple[str, Prose]]:
    fields = book.oracle.facets[entry.facet].get("fields", [])
    return [
        (bare(one["name"]), book.prose([entry.fields[one["id"]]]))
        for one in fields
        if one["id"] in entry.fields
    ]


def entry_chips(book: Book, entry: Entry) -> list[tuple[str, str]]:
    """The cells that the ranges of a part hold, each with its relation once, and with the traits that its
    words carry.
    """
    found: dict[tuple[str, str], list[tuple[Key, Cell]]] = {}
    for key, pointer in book.oracle.pointing(entry.facet, entry.id):
        for one in book.oracle.held(key, pointer):
            found.setdefault((one.cell, one.relation), []).append((key, one))
    chips = [book.oracle.chip_under(entry.facet, entry.id, tags) for tags in found.values()]
    return chips if entry.parent else []


def numbers(book: Book, entry: Entry) -> list[tuple[str, str]]:
    return [book.number(key) for key, _ in book.oracle.pointing(entry.facet, entry.id)]


def is_item(book: Book, page: Page, root: Any, entry: Entry) -> None:
    """An entry in full, as a part of a page."""
    assert root.get("id") == entry.id
    raw = entry.raw
    assert text(root.xpath("./h2|./h3")[0]) == bare(entry.name + raw.get("name_en", ""))
    also = find(root, "also")
    assert (text(also[0]) if also else "") == (
        f"文中的用語：{bare('、'.join(raw['also']))}" if raw.get("also") else ""
    )
    paragraphs = [p for p in root.xpath("./p") if p.get("class") not in ("also", "numbers")]
    assert page.prose(paragraphs[0]) == book.prose([entry.definition])
    assert accounts(page, root) == wanted_accounts(book, entry)
    assert page.chips(root) == entry_chips(book, entry)
    shown = find(root, "numbers")
    assert ([] if not shown else page.numbers(shown[0])) == numbers(book, entry), entry.id


def test_a_facet_of_the_frame_lists_its_entries_their_parts_and_their_passages(book: Book) -> None:
    oracle = book.oracle
    for facet in oracle.frames:
        page = book.page(f"{facet}/index.html")
        [siblings] = find(page.main, "siblings")
        assert page.links(siblings) == [entry_link(book, facet, e.id) for e in oracle.top(facet)]
        assert not siblings.xpath(".//@aria-current")
        shown = find(page.main, "item")
        for root, entry in zip(shown, oracle.top(facet), strict=True):
            assert page.link(root.find("./h3/a")) == entry_link(book, facet, entry.id)
            assert page.prose(root.find("./p")) == book.prose([entry.definition])
            parts = oracle.parts(entry)
            rows = root.xpath("./ol/li")
            assert [page.link(row.find("./a")) for row in rows] == [
                entry_link(book, facet, e.id) for e in parts
            ]
            assert [page.chips(row) for row in rows] == [entry_chips(book, part) for part in parts]
            found = find(root, "numbers")
            assert ([] if not found else page.numbers(found[0])) == numbers(book, entry)
        rule = bare(oracle.facets[facet]["definition"])
        about = find(page.main, "prose")
        if about and about[0].xpath("name(*[1])") == "p":  # the editors' opening is first, the rule later
            assert text(find(page.main, "entries")[0].xpath("./p")[0]) == rule
            assert all(before(about[0], figure) for figure in find(page.main, "picture"))
        else:
            assert text(find(page.main, "lead")[0]) == rule
        assert page.about() == book.about(f"facet:{facet}")
        assert page.backlinks() == oracle.mentions([f"facet:{facet}"], page.address)


def test_the_table_of_a_facet_compares_its_entries_field_by_field(book: Book) -> None:
    some = 0
    for facet, raw in book.oracle.facets.items():
        page = book.page(f"{facet}/index.html")
        tables = find(page.main, "comparison")
        if not raw.get("table"):
            assert tables == []
            continue
        some += 1
        [table] = tables
        top = book.oracle.top(facet)
        assert [page.link(a) for a in table.xpath(".//thead//a")] == [
            entry_link(book, facet, e.id) for e in top
        ]
        names = {one["id"]: one["name"] for one in raw["fields"]}
        rows = table.xpath(".//tbody/tr")
        assert [text(row.find("./th")) for row in rows] == [
            bare(names[id_]) for id_ in raw["table"]["fields"]
        ]
        for row, id_ in zip(rows, raw["table"]["fields"], strict=True):
            for cell, entry in zip(row.xpath("./td"), top, strict=True):
                if id_ in entry.fields:
                    assert page.prose(cell) == book.prose([entry.fields[id_]])
                else:
                    assert text(cell) == "正文未說"
        assert text(table.find(".//caption")) == bare(raw["table"]["caption"] + raw["table"]["note"])
    assert some


def test_an_index_lists_every_entry_with_all_its_content(book: Book) -> None:
    for facet, raw in book.oracle.facets.items():
        if raw["kind"] == "index":
            page = book.page(f"{facet}/index.html")
            shown = find(page.main, "item")
            for root, entry in zip(shown, book.oracle.top(facet), strict=True):
                is_item(book, page, root, entry)
            assert page.about() == book.about(f"facet:{facet}")
            assert page.backlinks() == book.oracle.mentions([f"facet:{facet}"], page.address)


def test_an_entry_shows_its_fields_its_parts_its_cells_and_its_passages(book: Book) -> None:
    oracle = book.oracle
    for facet in oracle.frames:
        for entry in oracle.top(facet):
            page = book.page(f"{facet}/{entry.id}.html")
            [siblings] = find(page.main, "siblings")
            assert page.links(siblings) == [entry_link(book, facet, e.id) for e in oracle.top(facet)]
            [current] = siblings.xpath(".//a[@aria-current]")
            assert page.to(current.get("href")) == page.address
            assert page.prose(find(page.main, "lead")[0]) == book.prose([entry.definition])
            assert accounts(page, page.main) == wanted_accounts(book, entry)
            assert page.about() == book.about(f"{facet}:{entry.id}")
            parts = oracle.parts(entry)
            shown = page.section(ITEMS)
            for root, part in zip([] if shown is None else find(shown, "item"), parts, strict=True):
                is_item(book, page, root, part)
            assert page.passages(page.section(PASSAGES)) == [
                entry_item(book, k, p) for k, p in oracle.pointing(facet, entry.id)
            ]
            targets = [f"{facet}:{one.id}" for one in (entry, *parts)]
            assert page.backlinks() == oracle.mentions(targets, page.address), entry.id


def entry_item(book: Book, key: Key, pointer: Pointer) -> Any:
    long = any(isinstance(one, dict) and "to" in one for one in pointer.evidence)
    chips = [book.oracle.tag_chip(one) for one in book.oracle.covered(key, pointer)]
    quotes = [] if long else book.oracle.quoted(pointer.evidence)
    return book.item(key, quotes=quotes, chips=chips)


def test_an_entry_lists_each_cell_with_the_passages_that_carry_it_under_the_entry(book: Book) -> None:
    oracle = book.oracle
    some = 0
    for facet in oracle.frames:
        for entry in oracle.top(facet):
            page = book.page(f"{facet}/{entry.id}.html")
            section = page.section(TOUCHED)
            found = {}
            for root in [] if section is None else find(section, "touch"):
                found[page.chip(root.xpath("./a")[0])] = page.passages(root)
            tagged: dict[tuple[str, str], list[tuple[Key, Cell]]] = {}
            for cell in oracle.cells:
                for key, pointer in oracle.pointing(facet, entry.id):
                    for one in oracle.covered(key, pointer):
                        if one.cell == cell:
                            tagged.setdefault((cell, one.relation), []).append((key, one))
            wanted = {
                oracle.chip_under(facet, entry.id, tags): [
                    book.item(key, quotes=oracle.quoted(one.evidence), note=one.note) for key, one in tags
                ]
                for tags in tagged.values()
            }
            assert found == wanted, entry.id
            assert [chip[0] for chip in found] == [chip[0] for chip in wanted]
            some += len(found)
    assert some


# --- silence --------------------------------------------------------------------------------------


def answers(
    oracle: Oracle, cell: str, column: dict[str, Any], trait: str = ""
) -> tuple[dict[str, list[Key]], list[Key]]:
    """The passages that answer a cell, or a trait of it: under each entry of the facet of a column, and under
    none.
    """
    found: dict[str, list[Key]] = {entry.id: [] for entry in oracle.top(column["facet"])}
    loose = []
    for key, one in oracle.carrying(cell):
        if one.relation in column["relations"] and (not trait or trait in one.traits):
            under = {
                oracle.entries[(pointer.facet, pointer.entry)].parent or pointer.entry
                for pointer in oracle.tags[key].entries
                if pointer.facet == column["facet"] and any(c is one for c in oracle.covered(key, pointer))
            }
            for id_ in found.keys() & under:
                found[id_].append(key)
            if not found.keys() & under:
                loose.append(key)
    # a passage with two relations that count is one passage
    return {id_: list(dict.fromkeys(keys)) for id_, keys in found.items()}, list(dict.fromkeys(loose))


def test_the_table_of_silence_counts_the_answers_of_the_tags(book: Book) -> None:
    oracle = book.oracle
    page = book.page("silence.html")
    every = page.main.xpath(".//figure//table[caption]")
    traits = [(cell, one["id"]) for cell, raw in oracle.cells.items() for one in raw.get("traits", [])]
    tables = every[:-1] if traits else every
    assert len(tables) == (3 if any(one.alternatives for one in oracle.tags.values()) else 1)
    readings = READINGS if len(tables) > 1 else ["published"]
    for table, reading in zip(tables, readings, strict=True):
        is_table_of_silence(book, page, table, oracle.read(reading))
        if len(tables) > 1:
            section = next(table.iterancestors("section"))
            assert (section.get("data-reading"), text(section.find("./h2"))) == (reading, READINGS[reading])
    choice = page.main.xpath(".//input[@type='radio'][@name='_reading']")
    assert [one.get("value") for one in choice] == ([*readings] if len(tables) > 1 else [])
    assert [one.get("value") for one in choice if one.get("checked") is not None] == ["published"][
        : len(choice)
    ]
    if traits:
        rows = {oracle.chip(cell, "", [trait]): (cell, trait) for cell, trait in traits}
        is_table_of_silence(book, page, every[-1], oracle, rows)
    assert page.about() == book.about("silence")


def is_table_of_silence(
    book: Book,
    page: Page,
    table: Any,
    oracle: Oracle,
    wanted_rows: dict[tuple[str, str], tuple[str, str]] | None = None,
) -> None:
    """A table with a row for each cell, or for each of the traits that are given by their chips."""
    wanted_rows = wanted_rows or {oracle.chip(cell): (cell, "") for cell in oracle.cells}
    columns = oracle.site["silence"]
    heads = [entry_link(book, c["facet"], e.id) for c in columns for e in oracle.top(c["facet"])]
    assert [page.link(a) for a in table.xpath(".//thead//a")] == heads
    names = [f"{c['name']}（{'、'.join(oracle.relations[r] for r in c['relations'])}）" for c in columns]
    assert [text(th) for th in table.xpath(".//thead/tr[1]/th")] == [bare(name) for name in names]
    rows = table.xpath(".//tbody/tr")
    for row, (chip, (cell, trait)) in zip(rows, wanted_rows.items(), strict=True):
        assert page.chip(row.find("./th")) == chip
        wanted: list[list[tuple[str, str]]] = []
        for column in columns:
            found, loose = answers(oracle, cell, column, trait)
            wanted += [[book.number(key) for key in keys] for keys in (*found.values(), loose)]
        assert [page.numbers(td) for td in row.xpath("./td")] == wanted, (cell, trait)


class Found(NamedTuple):
    """A finding as the page of silence shows it.

    ``says`` is the sentence without the chip and the numbers, ``hangs`` the tags that it hangs on: the page
    and the number of the passage, the tag, and whether it is a published one.
    """

    chip: tuple[str, str]
    says: str
    numbers: list[tuple[str, str]]
    firm: bool
    hangs: list[tuple[str, str, tuple[str, str], bool]]


NOTHING, LOOSE, NOT_STRICT = "沒有一項。", "沒有一項（", "有一段，但嚴讀時沒有。"
FIRM, CONTINGENT = "標記的三種讀法一致", "標記的讀法不一"


def findings(book: Book) -> list[Found]:
    """The findings that the tags give in the three readings."""
    oracle = book.oracle
    read = {name: oracle.read(name) for name in READINGS}
    found = []
    for cell in oracle.cells:
        for column in oracle.site["silence"]:
            made = {name: answers(one, cell, column) for name, one in read.items()}
            under = {name: {key for keys in made[name][0].values() for key in keys} for name in made}
            silent = {name: not keys for name, keys in under.items()}
            loose = made["published"][1]
            changed = set.union(*under.values()) - set.intersection(*under.values())
            firm = len({*silent.values()}) == 1
            if any(silent.values()):
                says = NOT_STRICT if not silent["published"] else LOOSE if loose else NOTHING
                found.append(
                    Found(
                        oracle.chip(cell),
                        bare(f"{column['name']}：{says}"),
                        [book.number(key) for key in loose] if silent["published"] else [],
                        firm,
                        [] if firm else hanging(book, cell, column["relations"], changed),
                    )
                )
    return found


def hanging(
    book: Book, cell: str, relations: list[str], keys: set[Key]
) -> list[tuple[str, str, tuple[str, str], bool]]:
    """The tags of a cell, with one of some relations, that another reading of passages leaves out or adds."""
    oracle, found = book.oracle, []
    for key, tags in ((key, tags) for key, tags in oracle.tags.items() if key in keys):
        for other in tags.alternatives:
            new = added(other, tags)
            pairs = [(one.cell, one.relation, one.traits) for one in tags.cells if doubted(other, one)]
            for name, relation, traits in [*pairs, (*new, None)]:
                if name == cell and relation in relations:
                    address = f"{key[0]}/{key[1]}.html"
                    chip = oracle.chip(cell, relation, traits or ())
                    found.append((address, bare(book.passage(key)), chip, traits is not None))
    return found


def finding(page: Page, row: Any) -> Found:
    [tag] = [text(one) for one in find(row, "tag")]
    assert tag in (FIRM, CONTINGENT)
    hangs = find(row, "hangs")
    assert bool(hangs) is (tag == CONTINGENT)
    says = without(row, "chip").partition(tag)[0]
    rows = []
    for one in hangs:
        parts = one.xpath("./li/a")
        for at, chip in zip(parts[::2], parts[1::2], strict=True):
            published = {"的標記": True, "可以加標的": False}[bare(at.tail)]
            rows.append((page.to(at.get("href")), text(at), page.chip(chip), published))
    says = says.partition("（")[0] + "（" if LOOSE in says else says
    alone = copy.deepcopy(row)
    for one in find(alone, "hangs"):
        one.drop_tree()
    return Found(page.chip(row.find("./a")), says, page.numbers(alone), tag == FIRM, rows)


def test_each_silence_is_found_with_what_it_hangs_on_and_nothing_else(book: Book) -> None:
    page = book.page("silence.html")
    wanted = findings(book)
    [shown] = find(page.main, "findings")
    assert [finding(page, row) for row in shown.xpath("./li")] == wanted
    assert wanted


def test_the_page_of_silence_begins_with_its_results(book: Book) -> None:
    """A sentence for each kind of result, before all else, with each silent cell in one of them."""
    page, oracle = book.page("silence.html"), book.oracle
    [shown] = find(page.main, "results")
    assert text(shown.getprevious()) == text(page.main.find("./h1"))
    rows = shown.xpath("./li")
    columns = oracle.site["silence"]
    assert [text(row.find("./b")) for row in rows] == [bare(one["name"]) for one in columns]
    kinds = {
        (NOTHING, True): "對…，照標記的三種讀法都沒有。",
        (NOTHING, False): "對…，照公布的標記沒有，換一種讀法就有。",
        (NOT_STRICT, False): "對…，照公布的標記有，嚴讀就沒有。",
    }
    for row, column in zip(rows, columns, strict=True):
        own = [one for one in findings(book) if one.says.partition("：")[0] == bare(column["name"])]
        wanted = ""
        for (says, firm), words in kinds.items():
            cells = [
                one.chip
                for one in own
                if (one.says.partition("：")[2].replace(LOOSE, NOTHING), one.firm) == (says, firm)
            ]
            if cells:
                wanted += bare(words.replace("…", "、".join(named for _, named in cells)))
        assert text(row) == bare(column["name"]) + (wanted or "每一格都有。")
        assert [page.to(a.get("href")) for a in row.xpath("./a")] == [
            one.chip[0]
            for kind in kinds
            for one in own
            if (one.says.partition("：")[2].replace(LOOSE, NOTHING), one.firm) == kind
        ]


def test_the_tiny_project_has_a_finding_of_each_kind(tiny_site: Files) -> None:
    found = findings(Book("tiny", page_reader.Oracle(TINY), tiny_site))
    says = {(one.says.partition("：")[2], one.firm) for one in found}
    assert says == {(NOTHING, True), (NOTHING, False), (NOT_STRICT, False)}
    assert {published for one in found for *_, published in one.hangs} == {True, False}
