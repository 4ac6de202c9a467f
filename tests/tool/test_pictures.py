"""Pictures of the data: the score in its forms, its clauses, its table, and the files."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import pytest
from conftest import Files, pages_of
from drawn import PEN, Pen, flat, place
from lxml import etree
from markupsafe import Markup

from site_builder.edition.edition import Edition
from site_builder.edition.readings import READINGS
from site_builder.language import numerals
from site_builder.model import Localized, Project
from site_builder.pipeline import Checked
from site_builder.site.pictures import (
    alone,
    answering,
    answers,
    score,
    score_layout,
    scores,
    section_names,
    svg,
)
from site_builder.site.pictures.drawing import (
    Box,
    Drawing,
    Element,
    Glyph,
    Hatch,
    Line,
    Mark,
    Only,
    Words,
    fitted,
)
from site_builder.site.pictures.glyphs import glyphs
from site_builder.site.presenter import Presenter

SVG = "{http://www.w3.org/2000/svg}"


LAYOUTS: tuple[Callable[[score.Score, Pen], Drawing], ...] = (
    score_layout.wide,
    score_layout.small,
    score_layout.turned,
)


@pytest.fixture(scope="module")
def presenter(tiny: Checked) -> Presenter:
    assert tiny.project is not None
    return Presenter(Edition.of(tiny.project))


@pytest.fixture(scope="module")
def whole(presenter: Presenter) -> score.Score:
    return score.of_cells(presenter, presenter.project.works[0])


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_tag_of_the_published_reading_is_a_mark(
    whole: score.Score, presenter: Presenter, layout: Callable[[score.Score, Pen], Drawing]
) -> None:
    drawing = layout(whole, PEN)
    shown = [one for one in flat(drawing.elements) if isinstance(one, Box | Glyph) and one.code]
    tags = {
        (passage.id, tag.cell, tag.relation)
        for passage in whole.passages
        for edition in presenter.edition.readings.values()
        for tag in edition.index.taggings[(whole.work.id, passage.id)].cells
    }
    assert len(tags) > 5
    assert len(shown) >= len(tags)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_nothing_is_outside_of_the_drawing(
    whole: score.Score, layout: Callable[[score.Score, Pen], Drawing]
) -> None:
    drawing = layout(whole, PEN)
    for one in flat(drawing.elements):
        if (found := place(one)) is not None:
            left, top, right, bottom = found
            assert left >= -0.5, one
            assert top >= -0.5, one
            assert right <= drawing.width + 2.5, one
            assert bottom <= drawing.height + 0.5, one


@pytest.mark.parametrize("layout", LAYOUTS)
def test_many_notes_of_a_passage_share_its_column(
    whole: score.Score, layout: Callable[[score.Score, Pen], Drawing]
) -> None:
    notes = tuple(
        score.Note(relation=relation, readings=READINGS) for relation in sorted(whole.names) for _ in range(9)
    )
    every = {passage.id: notes for passage in whole.passages}
    silent = dict.fromkeys(every, score.Silence(readings=READINGS, contingent=False))
    rows = tuple(replace(row, notes=every, silent=silent) for row in whole.rows)
    boxes = [
        one for one in flat(layout(replace(whole, rows=rows), PEN).elements) if isinstance(one, Box | Hatch)
    ]
    assert len(boxes) >= len(notes) * len(rows) * len(every)
    assert [one for one in boxes if one.width <= 0 or one.height <= 0] == []


@pytest.mark.parametrize("layout", LAYOUTS)
def test_no_two_labels_overlap(whole: score.Score, layout: Callable[[score.Score, Pen], Drawing]) -> None:
    words = [one for one in flat(layout(whole, PEN).elements) if isinstance(one, Words) and one.text]
    places = [(one, place(one)) for one in words]
    for n, (one, a) in enumerate(places):
        for other, b in places[n + 1 :]:
            assert a is not None
            assert b is not None
            apart = a[2] <= b[0] + 1 or b[2] <= a[0] + 1 or a[3] <= b[1] + 1 or b[3] <= a[1] + 1
            assert apart, (one, other)


def test_the_heads_of_the_turned_form_keep_the_poles_apart(whole: score.Score) -> None:
    """Also where the name of a dimension is wider than two columns."""
    long = tuple(
        replace(row, parts=("Dimensions with a long name", *row.parts[1:])) if row.parts else row
        for row in whole.rows
    )
    poles = [PEN.text(row.parts[1]) for row in whole.rows if row.parts]
    assert len({*poles}) > 1
    for rows in (whole.rows, long):
        drawing = score_layout.turned(replace(whole, rows=rows), PEN)
        heads = [one for one in drawing.elements if isinstance(one, Mark) and one.area[1] < 30]
        assert [one.label for one in heads][: len(rows)] == [row.whole for row in rows]
        words = [PEN.text(one.elements[0].text) for one in heads if isinstance(one.elements[0], Words)]
        assert [one for one in words if one in poles] == poles


def test_a_passage_without_a_code_says_so_in_each_reading(whole: score.Score) -> None:
    passage = whole.passages[0]
    note = score.Note(relation=next(iter(whole.names)), readings=("generous",))
    rows = tuple(replace(row, notes={}, silent={}) for row in whole.rows)
    rows = (replace(rows[0], notes={passage.id: (note,)}), *rows[1:])
    section = replace(whole.sections[0], passages=(passage,))
    drawing = score_layout.turned(replace(whole, rows=rows, sections=(section,)), PEN)
    only = {one.readings: one.elements for one in drawing.elements if isinstance(one, Only)}
    words = [one for one in only["strict", "published"] if isinstance(one, Words)]
    assert [PEN.text(one.text) for one in words] == ["no code"]
    assert not any(isinstance(one, Words) for one in flat(only["generous",]))


def test_a_passage_with_hatching_does_not_say_that_it_has_no_code(whole: score.Score) -> None:
    passage = whole.passages[0]
    silence = score.Silence(readings=("strict", "published"), contingent=True)
    rows = tuple(replace(row, notes={}, silent={}) for row in whole.rows)
    rows = (replace(rows[0], silent={passage.id: silence}), *rows[1:])
    section = replace(whole.sections[0], passages=(passage,))
    drawing = score_layout.turned(replace(whole, rows=rows, sections=(section,)), PEN)
    shown = {
        reading: [
            one
            for only in drawing.elements
            if isinstance(only, Only) and reading in only.readings
            for one in flat(only.elements)
        ]
        for reading in READINGS
    }
    hatched = {reading: any(isinstance(one, Hatch) for one in found) for reading, found in shown.items()}
    boxes = {reading: any(isinstance(one, Box) for one in found) for reading, found in shown.items()}
    words = {reading: any(isinstance(one, Words) for one in found) for reading, found in shown.items()}
    assert hatched == boxes == {"strict": True, "published": True, "generous": False}
    assert words == {"strict": False, "published": False, "generous": True}


def test_the_name_of_a_mark_has_few_traits_in_place_of_the_cell(
    presenter: Presenter, whole: score.Score
) -> None:
    """By the rule of the reading page: two at most, and each tag of the cell has some."""
    passage = whole.passages[0]
    row = next(row for row in whole.rows if sum(one == row.code.id for one, _ in whole.traits) > 1)
    names = {trait: PEN.text(name) for (cell, trait), name in whole.traits.items() if cell == row.code.id}
    (one, first), (two, second), *_ = names.items()
    shows, *_ = whole.names

    def label(*traits: tuple[str, ...]) -> str:
        notes = tuple(score.Note(relation=shows, readings=READINGS, traits=own) for own in traits)
        return PEN.text(score.note_label(whole, row, passage, notes)).split(": ", 1)[1]

    verb, sign, cell = PEN.text(whole.names[shows]), PEN.text(row.sign), PEN.text(row.whole)
    assert label(()) == f"{cell}, {verb}"
    assert label((one,)) == f"{sign}, {verb} ({first})"
    assert label((one, two)) == f"{sign}, {verb} ({first}, {second})"
    assert label((one,), ()) == f"{cell}, {verb} ({first}), {verb}"
    tags = [
        (passage.id, tag)
        for passage in whole.passages
        for tag in presenter.index.taggings[whole.work.id, passage.id].cells
        if (whole.work.id, passage.id) in presenter.index.taggings
    ]
    assert any(0 < len(tag.traits) <= 2 for _, tag in tags)
    for id_, tag in tags:
        own = next(row for row in whole.rows if row.code.id == tag.cell)
        found = [n for n in own.notes[id_] if n.relation == tag.relation and "published" in n.readings]
        assert [set(n.traits) for n in found] == [set(tag.traits) if len(tag.traits) <= 2 else set()]


@pytest.mark.parametrize("words", ["Society", "Agglomeration of capital", "資本集聚"])
@pytest.mark.parametrize("bold", [True, False])
def test_words_are_set_smaller_by_a_fifth_before_they_are_cut(words: str, *, bold: bool) -> None:
    whole = PEN.width(words, 13, bold=bold)
    for part in (1.2, 1.0, 0.93, 0.87, 0.81):
        text, size = fitted(PEN, words, whole * part, 13, bold=bold)
        assert (PEN.text(text), round(size, 3)) == (words, round(13 * min(1, part), 3))
    text, size = fitted(PEN, words, whole * 0.7, 13, bold=bold)
    assert PEN.text(text).endswith("…")
    assert size == pytest.approx(13 * 0.8)


def test_the_table_has_each_passage_with_a_code(whole: score.Score, presenter: Presenter) -> None:
    picture = scores.whole(presenter, whole.work)
    assert picture is not None
    numbers = [PEN.text(row[0][0].text) for row in picture.table.rows]  # type: ignore[union-attr]
    tagged = [
        str(passage.number)
        for passage in whole.passages
        if presenter.index.taggings[(whole.work.id, passage.id)].cells
    ]
    assert numbers == tagged


def test_no_table_of_a_picture_is_empty(tiny_site: Files, repository_site: Files) -> None:
    """A picture whose signs are all of other readings says so in place of a table."""
    pages = {**tiny_site, **{f"repository/{name}": data for name, data in repository_site.items()}}
    found = {name: data for name, data in pages.items() if name.endswith(".html")}
    assert [name for name, data in found.items() if re.search(rb"<tbody>\s*</tbody>", data)] == []
    none = "The published tags have no sign in this picture."
    without = [etree.HTML(data.decode()) for data in found.values() if none.encode() in data]
    shown = [one for page in without for one in page.xpath("//details[@class='as-table'][not(.//table)]")]
    assert shown
    assert all([one.text for one in table.iter("p")] == [none] for table in shown)


def long_project(project: Project, count: int) -> Project:
    """The project with its passages repeated until the work has a number of them, all tagged as before."""
    work = project.works[0]
    passages = work.passages
    blocks = tuple(replace(passages[n % len(passages)], id=f"p{n + 1}", number=n + 1) for n in range(count))
    taggings = tuple(
        replace(one, passage=f"p{n + 1}")
        for n in range(count)
        for one in project.taggings
        if one.coder == project.site.coder and one.passage == passages[n % len(passages)].id
    )
    return replace(project, works=(replace(work, blocks=blocks),), taggings=taggings, notes=(), edges=())


def test_a_text_of_120_passages_is_drawn_in_systems_as_wide_as_the_page(tiny: Checked) -> None:
    assert tiny.project is not None
    many = Presenter(Edition.of(long_project(tiny.project, 120)))
    drawing = score_layout.wide(score.of_cells(many, many.project.works[0]), PEN)
    assert drawing.width <= 1121
    marks = {PEN.text(one.label) for one in flat(drawing.elements) if isinstance(one, Mark)}
    assert len(marks) > 100
    numbers = [
        one.text for one in flat(drawing.elements) if isinstance(one, Words) and str(one.text).isdigit()
    ]
    assert numbers[0] == "1"
    assert numbers[-1] == "120"


def test_a_cell_that_no_entry_answers_is_hatched_where_an_entry_answers_another(tiny: Checked) -> None:
    assert tiny.project is not None
    edition = Edition.of(tiny.project)
    for column in tiny.project.site.silence:
        silent = score.silent_cells(edition, column)
        answered = {
            tag.cell
            for key, tagging in edition.index.taggings.items()
            for tag in tagging.cells
            if tag.relation in column.relations
            and any(
                one.facet == column.facet and edition.index.covers(key, one, tag) for one in tagging.entries
            )
        }
        assert set(silent) == {cell.id for cell in tiny.project.grid.cells} - answered


@pytest.mark.parametrize(
    ("places", "clause"),
    [
        ([0, 1, 2, 3], "The section “甲” takes up the cells one by one"),
        ([0, 1, 3, 2, 4], "The section “甲” takes up the cells almost one by one"),
        ([3, 2, 1, 0], ""),
        ([0, 1, 1, 1, 1], ""),
        ([0, 1, 2], ""),
    ],
)
def test_the_order_of_the_rows_is_a_clause_only_where_it_holds(
    whole: score.Score, places: list[int], clause: str
) -> None:
    columns = whole.passages[:5]
    named = replace(whole.sections[0], name=Localized("甲"), passages=columns)
    note = score.Note(relation="", readings=("published",))
    rows = tuple(replace(whole.rows[0], notes={columns[at].id: (note,)}) for at in places)
    assert PEN.text(score._order(replace(whole, rows=rows, sections=(named,)), "published")) == clause


def test_relations_have_their_own_shapes(tiny: Checked) -> None:
    assert tiny.project is not None
    grid = tiny.project.grid
    shapes = glyphs(tiny.project)
    assert len(set(shapes.values())) == len(grid.relations)
    named = replace(grid, relations=(*grid.relations[:-1], replace(grid.relations[-1], glyph="bar")))
    assert glyphs(replace(tiny.project, grid=named))[grid.relations[-1].id] == "bar"


def test_the_file_is_svg_with_its_source_and_its_licence(tiny_site: Files, tiny: Checked) -> None:
    assert tiny.project is not None
    names = [name for name in tiny_site if name.startswith("pictures/")]
    assert "pictures/score.svg" in names
    for name in names:
        root = etree.fromstring(tiny_site[name])
        assert root.tag == f"{SVG}svg"
        assert root.findtext(f"{SVG}title")
        assert root.findtext(f"{SVG}desc")
        words = " ".join(root.find(f"{SVG}metadata").itertext())  # type: ignore[union-attr]
        assert str(tiny.project.site.title) in words
        for work in tiny.project.works:
            assert str(work.record.rights_short) in words
        assert not root.xpath("//*[local-name()='script' or local-name()='style' or local-name()='a']")
        assert not re.search(rb"class=|var\(", tiny_site[name].replace(b'class="drawing"', b""))


def test_a_picture_on_a_page_is_one_tab_stop(tiny_site: Files) -> None:
    page = etree.HTML(tiny_site["index.html"])
    for drawing in page.xpath("//svg[contains(@class, 'drawing')]"):
        stops = [a.get("tabindex") for a in drawing.xpath(".//a")]
        assert stops.count("0") == 1
        assert all(a.get("href") and a.get("aria-label") for a in drawing.xpath(".//a"))


@pytest.mark.parametrize("files", ["tiny_site", "repository_site"])
def test_the_name_of_a_mark_has_the_words_that_are_drawn_in_it(
    files: str, request: pytest.FixtureRequest
) -> None:
    """Words that were cut count as far as they go; a number is no part of another one."""
    lacking, marks = set(), 0
    for name, data in request.getfixturevalue(files).items():
        if not name.endswith(".html") or b'class="drawing"' not in data or name.endswith("edition.html"):
            continue
        for mark in etree.HTML(data.decode()).iterfind(".//svg[@class='drawing']//a"):
            marks += 1
            label, drawn = mark.get("aria-label", ""), ["".join(one.itertext()) for one in mark.iter("text")]
            lines = ["".join(drawn), " ".join(drawn)] if len(drawn) > 1 else []
            if any(line in label for line in lines):
                continue
            for words in drawn:
                if not re.search(rf"(?<![0-9A-Za-z]){re.escape(words.removesuffix('…'))}(?![0-9])", label):
                    lacking.add((name, label, words))
    assert marks > 100
    assert not lacking


def test_a_file_has_its_title_its_key_and_its_source_on_its_face(tiny_site: Files, tiny: Checked) -> None:
    """In a talk or a paper there is no page around it."""
    assert tiny.project is not None
    site = tiny.project.site
    drawings = [name for name in tiny_site if name.startswith("pictures/") and name.endswith(".svg")]
    assert drawings
    for name in drawings:
        root = etree.fromstring(tiny_site[name])
        title = root.findtext("{*}title")
        shown_words = [one.text for one in root.iter("{*}text")]
        assert shown_words[0] == title
        assert any(str(site.title) in line and str(site.version) in line for line in shown_words[-5:] if line)
        assert any("授權" in line for line in shown_words[-5:] if line)
        height = float(root.get("viewBox", "").split()[3])
        for one in root.iter("{*}text"):
            moved = [group.get("transform", "") for group in one.iterancestors("{*}g")]
            down = sum(float(re.findall(r"[-\d.]+", by)[1]) for by in moved if by.startswith("translate"))
            assert float(one.get("y", "")) + down < height, (name, one.text)


def test_a_file_says_that_machines_coded(tiny: Checked) -> None:
    assert tiny.project is not None
    machines = tuple(replace(one, kind="machine") for one in tiny.project.coders)
    for coders, shown_words in (
        (machines, True),
        (tuple(replace(one, kind="person") for one in machines), False),
    ):
        files = pages_of(replace(tiny, project=replace(tiny.project, coders=coders)))
        shown = files["pictures/score.svg"].decode()
        assert ("由機器編碼，不是人工" in shown) is shown_words
        assert str(coders[0].name) in shown or not shown_words


def test_the_sentence_of_a_picture_is_that_of_each_reading(presenter: Presenter, tiny: Checked) -> None:
    """The cells without an answer are those of the hatched rows of the reading, and the sentence says of each
    whether all readings agree.
    """
    assert tiny.project is not None
    edition = presenter.edition
    work = tiny.project.works[0]
    picture = scores.whole(presenter, work)
    assert picture is not None
    assert [name for name, _ in picture.shows_in] == list(READINGS)
    assert dict(picture.shows_in)["published"] == picture.shows
    names = {row.code.id: PEN.text(row.name) for row in score.of_cells(presenter, work).rows}
    assert len(picture.sentences) > 1, "the readings of the example differ"
    mixed = 0
    for column in tiny.project.site.silence:
        found = {name: {*score.silent_cells(edition.readings[name], column)} for name in READINGS}
        firm = set.intersection(*found.values())
        does = PEN.text(answering.doing(presenter, column))
        begins = f"“{PEN.text(answering.group_name(presenter, column))}” {does}"
        for reading, clauses in picture.shows_in:
            own = [words for words in map(PEN.text, clauses) if begins in words]
            silent = found[reading]
            if not 0 < len(silent) < len(names):
                assert own == []
                continue
            parts = {True: silent & firm, False: silent - firm}
            if parts[True] and parts[False] and max(map(len, parts.values())) <= 4:
                mixed += 1
                [one] = own
                before, after = one.split("; by the ")
                assert after.startswith(("strict reading, ", "published tags, ", "generous reading, "))
                assert after.split()[0] == reading
                shown_for = {True: before, False: after}
            else:
                shown_for = {True: "", False: ""}
                for one in own:
                    shown_for[one.endswith("(in all readings)")] = one
                    assert one.endswith(("(in all readings)", "in another reading one does)"))
            for agree, cells in parts.items():
                named = {cell for cell, name in names.items() if name in shown_for[agree]}
                many = f"There are {PEN.text(numerals.spelled(len(cells)))} of the "
                assert named == cells if len(cells) <= 4 else shown_for[agree].startswith(many)
    assert mixed


def test_the_slice_of_an_entry_has_no_hatching(presenter: Presenter, tiny: Checked) -> None:
    """Hatching says that no entry answers; on the page of one entry it would seem to be about this one."""
    assert tiny.project is not None
    work = tiny.project.works[0]
    found = 0
    for column in tiny.project.site.silence:
        for entry in presenter.index.facets[column.facet].entries:
            picture = scores.of_entry(presenter, work, column.facet, entry.id)
            for form in picture.forms if picture else ():
                found += 1
                assert not [one for one in flat(form.layout(PEN).elements) if isinstance(one, Hatch)]
            assert picture is None or not [item for item in picture.key if item.shape.startswith("hatch")]
    assert found


def test_the_slice_of_an_entry_has_the_tags_that_belong_to_it(repository: Checked) -> None:
    """A passage that speaks for several entries, as an abstract does, gives each of them its own cells."""
    assert repository.project is not None
    presenter = Presenter(Edition.of(repository.project))
    index, left_out = presenter.index, 0
    for column in repository.project.site.silence:
        for entry in index.facets[column.facet].entries:
            own = {(key, tag.cell) for key, tag in index.cells_of(entry)}
            if entry.parent or not own:
                continue
            picture = scores.of_entry(presenter, repository.project.works[0], column.facet, entry.id)
            assert picture is not None
            shown = [(PEN.text(row[0][0].text), len(row[2])) for row in picture.table.rows]  # type: ignore[union-attr]
            keys = sorted({key for key, _ in own}, key=lambda key: index.passages[key].number)
            cells = {key: {cell for other, cell in own if other == key} for key in keys}
            assert shown == [(str(index.passages[key].number), len(cells[key])) for key in keys]
            left_out += sum(len({tag.cell for tag in index.taggings[key].cells} - cells[key]) for key in keys)
    assert left_out


@pytest.mark.parametrize("name", ["tiny", "repository"])
def test_each_column_of_the_slice_of_an_entry_has_a_sign(name: str, request: pytest.FixtureRequest) -> None:
    """The picture says so where a passage about the entry has none and is left out."""
    project = request.getfixturevalue(name).project
    presenter, work = Presenter(Edition.of(project)), project.works[0]
    found = Counter[bool]()
    for facet in project.facets:
        for entry in facet.entries:
            picture = scores.of_entry(presenter, work, facet.id, entry.id)
            if picture is None:
                continue
            [layout] = [form.layout for form in picture.forms if form.name == "wide"]
            shown: score.Score = layout.args[0]  # type: ignore[attr-defined]
            assert all(any(one.id in row.notes for row in shown.rows) for one in shown.passages)
            about = {
                key
                for one in (entry, *presenter.index.parts(entry))
                for key, _ in presenter.index.by_entry.get((one.facet, one.id), ())
                if key[0] == work.id
            }
            left_out = len(shown.passages) < len(about)
            found[left_out] += 1
            assert ("have no column" in PEN.text(picture.how)) == left_out
    assert found[False]
    assert found[True] or name == "tiny"


@pytest.mark.parametrize("name", ["tiny", "repository"])
def test_a_row_is_hatched_where_a_passage_is_about_one_entry_and_dashed_where_readings_differ(
    name: str, request: pytest.FixtureRequest
) -> None:
    """The places are those that the caption names, and one row of a group has one kind of hatching, which is
    that of the picture of the group."""
    project = request.getfixturevalue(name).project
    shown = Presenter(Edition.of(project))
    readings, columns = shown.edition.readings, project.site.silence
    kinds, places = set(), 0
    for row in score.of_cells(shown, project.works[0]).rows:
        wanted: dict[str, dict[str, bool]] = {}
        for column in columns:
            silent = [one for one in READINGS if row.code.id in score.silent_cells(readings[one], column)]
            for passage in project.works[0].passages:
                key = (project.works[0].id, passage.id)
                for one in silent:
                    index = readings[one].index
                    tagging = index.taggings.get(key)
                    if tagging and len(index.top_entries(tagging, column.facet)) == 1:
                        before = wanted.setdefault(passage.id, {}).get(one, True)
                        wanted[passage.id][one] = before and len(silent) < len(READINGS)
        assert {one: set(silence.readings) for one, silence in row.silent.items()} == {
            one: set(own) for one, own in wanted.items()
        }
        for passage_id, silence in row.silent.items():
            places += 1
            assert silence.contingent is all(wanted[passage_id].values())
            assert score_layout._hatch(silence, 0, 0, 20, 20).contingent is silence.contingent
            kinds.add(silence.contingent)
    assert places > 5
    assert kinds == {True, False}


def test_the_key_has_the_signs_that_are_drawn_in_each_reading(repository: Checked) -> None:
    """A sign of another reading is hidden with its marks, and is not in books and files."""
    assert repository.project is not None
    shown = Presenter(Edition.of(repository.project))
    found = set()
    shapes = glyphs(repository.project)
    for column in repository.project.site.silence:
        [picture] = answers.of_facet(shown, column.facet)
        data = answering.by_reading(shown, column)
        for relation, shape in shapes.items():
            drawn = {
                name
                for name, one in data.items()
                if any(sign.relation == relation for row in one.rows for signs in row.signs for sign in signs)
            }
            items = [item for item in picture.key if item.shape == shape]
            assert [set(item.readings) or {*READINGS} for item in items] == ([drawn] if drawn else [])
            found |= {len(drawn)}
    assert found >= {0, 1, 3}


NAMES = ("Municipal social governance", "Practices of urban governance", "水邊各家共治", "Abstract")


@pytest.mark.parametrize("layout", [score_layout.wide, score_layout.small])
@pytest.mark.parametrize("columns", [(1,), (1, 1), (6, 1), (1, 6, 1, 2), (6, 6, 6, 6), (40, 12, 30, 9)])
def test_the_names_of_sections_are_whole_and_over_their_own_columns(
    whole: score.Score, columns: tuple[int, ...], layout: Callable[[score.Score, Pen], Drawing]
) -> None:
    """In lines over their columns, or as letters that the drawing explains; the first may begin before."""
    sections = tuple(
        replace(
            whole.sections[0],
            name=Localized(name),
            href=f"#s{n}",
            passages=tuple(replace(whole.passages[0], id=f"q{n}-{at}", number=at + 1) for at in range(count)),
        )
        for n, (name, count) in enumerate(zip(NAMES, columns, strict=False))
    )
    labels = {passage.id: "" for section in sections for passage in section.passages}
    rows = tuple(replace(row, notes={}, silent={}) for row in whole.rows)
    drawing = layout(replace(whole, sections=sections, rows=rows, labels=labels), PEN)
    heads = [one for one in drawing.elements if isinstance(one, Mark) and one.href.startswith("#s")]
    lines = [[PEN.text(part.text) for part in one.elements if isinstance(part, Words)] for one in heads]
    letters = [own[0] for own in lines if len(own) == 1 and len(own[0]) == 1]
    rules = [one for one in drawing.elements if isinstance(one, Line)]
    shown_names = {"".join("".join(own).split()) for own in lines}
    shown_names |= {"".join("".join(own[1:]).split()) for own in lines if own[0] in letters}
    assert {"".join(section.name.split()) for section in sections} <= shown_names
    for n, (one, rule) in enumerate(zip(heads, rules, strict=False)):
        for part in (part for part in one.elements if isinstance(part, Words)):
            at = place(part)
            assert at is not None
            assert n == 0 or at[0] >= rule.x1 - 4, (NAMES[n], columns)
            assert at[2] <= rule.x2 + 16 or part is not one.elements[0], (NAMES[n], columns)
    found = [one for one in flat(drawing.elements) if isinstance(one, Words) and one.text]
    places = [at for one in found if (at := place(one)) is not None]
    for n, a in enumerate(places):
        for b in places[n + 1 :]:
            assert a[2] <= b[0] + 1 or b[2] <= a[0] + 1 or a[3] <= b[1] + 1 or b[3] <= a[1] + 1
    assert not [one for one in found if PEN.text(one.text).endswith("…")]


def test_a_mark_of_the_narrow_form_leads_to_its_passage_and_is_as_broad_as_there_is_space(
    whole: score.Score,
) -> None:
    drawing = score_layout.small(whole, PEN)
    marks = [one for one in flat(drawing.elements) if isinstance(one, Mark) and one.area is not None]
    hrefs = {score.passage_href(whole, passage): passage for passage in whole.passages}
    of_passages = [one for one in marks if one.href in hrefs]
    assert {one.href for one in of_passages} == {
        score.passage_href(whole, passage)
        for passage in whole.passages
        if any(passage.id in row.notes for row in whole.rows)
    }
    for row in whole.rows:
        own = [one for one in of_passages if PEN.text(row.whole) in PEN.text(one.label)]
        for one in own:
            assert one.area is not None
            assert one.area[3] >= 24
            for other in own:
                if other.href != one.href:
                    assert other.area is not None
                    assert other.area[0] >= one.area[0] + one.area[2] - 0.01 or (
                        one.area[0] >= other.area[0] + other.area[2] - 0.01
                    )


def test_the_lines_of_a_name_are_about_equally_long() -> None:
    span = section_names.Span(name="水邊分水之法", href="#a", start=0, end=64, space=64)
    assert section_names.heads([span, span], 12, PEN, {})[1].lines == ("水邊分", "水之法")


def test_the_letters_of_many_sections_go_on_after_two() -> None:
    spans = [section_names.Span(name="水" * 40, href=f"#{n}", start=0, end=9, space=9) for n in range(704)]
    found = [*section_names.letters([spans], 12, PEN).values()]
    assert [found[n] for n in (0, 25, 26, 51, 52, 701, 702)] == ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]


def test_two_signs_of_a_passage_are_one_above_the_other(whole: score.Score) -> None:
    passage = whole.passages[0]
    relations = [id_ for id_, shape in whole.shapes.items() if shape != "square"][:2]
    notes = tuple(score.Note(relation=one, readings=READINGS) for one in relations)
    rows = (replace(whole.rows[0], notes={passage.id: notes}, silent={}),)
    for layout in (score_layout.wide, score_layout.small):
        drawing = layout(replace(whole, rows=rows), PEN)
        one, other = (part for part in flat(drawing.elements) if isinstance(part, Glyph))
        assert one.x == other.x
        assert other.y - one.y >= max(one.size, 12)


def test_a_sentence_keeps_together_what_one_line_must_hold(tiny_site: Files, repository_site: Files) -> None:
    """The name of a cell, its sign with it, and a number with its measure word; none of a sentence is left
    out."""
    cases = [
        (tiny_site["silence.html"], {"人遠相隔"}),
        (repository_site["index.html"], {"空間－碎片化", "社會＋異質性", "三者"}),
        (repository_site["pictures.html"], {"組織－控制性", "八格", "47 項", "54 條"}),
        (repository_site["en/index.html"], {"Economy− Polarisation", "Organisation− Control"}),
        (repository_site["en/pictures.html"], {"Organisation− Control"}),
    ]
    for data, some in cases:
        page = etree.HTML(data.decode())
        shown = page.xpath("//p[@class='shows']")
        whole = [one.text for one in page.xpath("//p[@class='shows']/span[@class='whole']")]
        assert some <= {*whole}
        others = "|".join(text for one in shown for text in (one.text, *(part.tail for part in one)) if text)
        assert others
        assert [one for one in {*whole} if one in others] == []


# --- words in several lines -------------------------------------------------------------------------


def line(text: str) -> Words:
    return Words(text=text, x=0, y=0, size=12)


@pytest.mark.parametrize(
    ("label", "elements", "wanted"),
    [
        ("the other bank", (line("North"), line("bank")), "North bank"),
        ("North bank: 3", (line("North"), line("bank")), "North bank"),
        ("水邊：3", (line("水"), line("邊")), "水邊"),
        ("x", (line("North"), line(""), line("bank")), "North bank"),
        ("x", (line("North"), Glyph(shape="dot", x=0, y=0, size=9), line("bank")), "North bank"),
        ("x", (Only(readings=READINGS, elements=(line("North"), line("bank"))),), "North bank"),
        ("</text><text", (line("</text><text"),), "</text><text"),
    ],
    ids=["apart", "lines of the label", "without spaces", "an empty line", "a mark", "inside", "markup"],
)
def test_a_space_is_between_the_lines_of_a_mark_that_its_label_does_not_have(
    label: str, elements: tuple[Element, ...], wanted: str
) -> None:
    page = svg.Page(
        paints={},
        plain=lambda text: Markup.escape(str(text)),
        lang=lambda _: "",
        href=lambda href: f' href="{href}"',
        styled=True,
        rtl=False,
    )
    mark = Mark(href="a.html", label=label, elements=elements, area=(0, 0, 9, 9))
    drawing = Drawing(width=9, height=9, elements=(mark, mark))
    root = etree.fromstring(str(svg.written(drawing, page, title="t", description="d")))
    assert ["".join(link.itertext()) for link in root.iter("a")] == [wanted, wanted]


def test_the_title_of_a_file_fits_into_it_in_bold(presenter: Presenter) -> None:
    picture = next(iter(scores.pictures(presenter)))
    narrow = Drawing(width=100, height=100, elements=())
    cut = 0
    for length in range(40, 80):
        title = "a river and its dikes " * 4
        title = title[:length].strip()
        drawn = alone.alone(replace(picture, title=title), narrow, (), PEN)
        words = next(one for one in flat(drawn.elements) if isinstance(one, Words))
        assert (words.size, words.bold) == (20, True)
        assert PEN.width(words.text, 20, bold=True) <= drawn.width == 640
        cut += words.text != title
    assert 0 < cut < 40
