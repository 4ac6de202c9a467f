"""The score, its parts, and entries by passage: with twelve codes without poles, and with three works."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

import page_reader
import pytest
from conftest import FLAT, Files
from drawn import PEN, flat, outside, overlapping, place
from lxml import etree
from proof_tools import checked

from site_builder.edition import addresses, palette
from site_builder.edition.edition import Edition
from site_builder.edition.readings import READINGS
from site_builder.model import Alternative, EntryTag, Localized, Project, Work
from site_builder.pipeline import Checked
from site_builder.site.pictures import occurrences, score, scores
from site_builder.site.pictures.drawing import Drawing, Element, Glyph, Mark, Moved, Only, Words
from site_builder.site.pictures.picture import Picture
from site_builder.site.presenter import Presenter

works_site = page_reader.works_site
COUNT = 12


def cells(project: Project) -> Project:
    """The grid of a project as twelve dimensions without poles, which its tags have by turns."""
    grid = project.grid
    names = {cell.id: n for n, cell in enumerate(grid.cells)}
    dimensions = tuple(
        replace(grid.dimensions[n % 3], id=f"d{n}", name=Localized(f"Code number {n}"), short=Localized(""))
        for n in range(COUNT)
    )
    taggings = []
    for n, one in enumerate(project.taggings):
        own = tuple(
            replace(tag, cell=f"d{(names[tag.cell] + 5 * n) % COUNT}", traits=()) for tag in one.cells
        )
        alternatives: tuple[Alternative, ...] = ()
        if own:  # by turns one without the first tag, and one with another tag
            first = own[0]
            more = Alternative(
                cell=f"d{(n + 3) % COUNT}", relation=first.relation, reason=Localized("r"), place=one.place
            )
            less = Alternative(instead_of=first.cell, reason=Localized("r"), place=one.place)
            alternatives = (less if n % 2 else more,)
        taggings.append(replace(one, cells=own, alternatives=alternatives))
    grid = replace(grid, dimensions=dimensions, poles=(), cells=())
    changed = replace(project, grid=grid, taggings=tuple(taggings), edges=(), pages=())
    return palette.completed(changed)


def entries(project: Project) -> Project:
    """The facet of a project without a grid with twelve entries, which its passages have by turns."""
    [facet] = project.facets
    own = tuple(
        replace(facet.entries[0], id=f"e{n}", name=Localized(f"Theme number {n}"), color="")
        for n in range(COUNT)
    )
    taggings = tuple(
        replace(
            one,
            alternatives=(),
            entries=tuple(
                EntryTag(facet=facet.id, entry=f"e{(n + at) % COUNT}", evidence=(), place=one.place)
                for at in (0, 1, 5)
            ),
        )
        for n, one in enumerate(project.taggings)
    )
    return palette.completed(
        replace(project, facets=(replace(facet, entries=own),), taggings=taggings, edges=(), pages=())
    )


@pytest.fixture(scope="module", params=["cells", "entries"])
def presenter(request: pytest.FixtureRequest, tiny: Checked) -> Presenter:
    found = tiny.project if request.param == "cells" else checked(FLAT).project
    assert found is not None
    return Presenter(Edition.of(cells(found) if request.param == "cells" else entries(found)))


@pytest.fixture(scope="module")
def three(works_site: tuple[object, Files]) -> Presenter:
    found = checked(works_site[0]).project  # type: ignore[arg-type]
    assert found is not None
    assert len(found.works) == 3
    return Presenter(Edition.of(found))


def read(drawing: Drawing, reading: str) -> Drawing:
    """A drawing without what only other readings have."""

    def kept(elements: tuple[Element, ...]) -> Iterator[Element]:
        for one in elements:
            if isinstance(one, Only) and reading not in one.readings:
                continue
            yield (
                replace(one, elements=tuple(kept(one.elements)))
                if isinstance(one, Mark | Only | Moved)
                else one
            )

    return replace(drawing, elements=tuple(kept(drawing.elements)))


def drawings(picture: Picture) -> dict[str, Drawing]:
    return {form.name: form.layout(PEN) for form in picture.forms}


def fits(picture: Picture) -> None:
    """In each form and in each reading nothing is outside, and no words are over others."""
    for name, drawing in drawings(picture).items():
        for reading in READINGS:
            shown = read(drawing, reading)
            assert outside(shown) == [], (picture.id, name, reading)
            assert overlapping(shown) == [], (picture.id, name, reading)


def middle(mark: Mark) -> tuple[float, float]:
    """The middle of what a mark draws."""
    places = [at for one in flat(mark.elements) if (at := place(one)) is not None]
    left, top, right, bottom = (
        choose(at[n] for at in places) for n, choose in enumerate((min, min, max, max))
    )
    return (left + right) / 2, (top + bottom) / 2


def has_rows_and_columns(shown: score.Score, name: str, drawing: Drawing, reading: str) -> int:
    """Whether each code has one row and each passage one column (in the turned form the other way round), and
    each mark is where they meet and leads to its passage; how many marks there are.
    """
    links = [one for one in flat(read(drawing, reading).elements) if isinstance(one, Mark)]
    of_rows = {row.href: n for n, row in enumerate(shown.rows)}
    assert len(of_rows) == len(shown.rows)
    heads = [one for one in links if one.href in of_rows]
    assert [of_rows[one.href] for one in heads] == [*range(len(shown.rows))]
    along, across = (0, 1) if name != "turned" else (1, 0)
    lines = [middle(one)[across] for one in heads]
    assert all(b - a > 12 for a, b in pairwise(lines)), name
    hrefs = {score.passage_href(shown, one): one for one in shown.passages}
    columns: dict[str, set[float]] = {}
    found = []
    for one in links:
        if one.href not in hrefs:
            continue
        passage = hrefs[one.href]
        label = PEN.text(one.label)
        assert label.startswith(PEN.text(shown.labels[passage.id]))
        drawn_words = [PEN.text(part.text) for part in one.elements if isinstance(part, Words)]
        if drawn_words:
            assert drawn_words == [str(passage.number)] or name == "turned"
        else:
            at = min(range(len(lines)), key=lambda n: abs(lines[n] - middle(one)[across]))
            assert abs(lines[at] - middle(one)[across]) <= 3, label
            assert PEN.text(shown.rows[at].sign or shown.rows[at].name) in label
            found.append((shown.rows[at].href, passage.id))
        if not drawn_words or name == "wide":
            columns.setdefault(passage.id, set()).add(middle(one)[along])
    wanted = [
        (row.href, passage.id)
        for row in shown.rows
        for passage in shown.passages
        if any(reading in note.readings for note in row.notes.get(passage.id, ()))
    ]
    assert sorted(found) == sorted(wanted), "one mark for each code of a passage"
    order = [columns[one.id] for one in shown.passages if one.id in columns]
    assert all(max(own) - min(own) <= 3 for own in order), name
    assert all(min(b) - max(a) > 2 for a, b in pairwise(order)), name
    assert name != "wide" or len(order) == len(shown.passages)
    return len(found)


@pytest.mark.parametrize("reading", READINGS)
def test_twelve_codes_are_twelve_rows_of_the_score(presenter: Presenter, reading: str) -> None:
    """Of the edition with all readings, and of the edition in one of them."""
    assert bool(presenter.edition.doubts) is bool(presenter.project.grid.cells), (
        "the readings of cells differ"
    )
    for own in (presenter, Presenter(presenter.edition.readings.get(reading, presenter.edition))):  # type: ignore[call-overload]
        [work] = own.project.works
        shown = score.of_cells(own, work)
        assert len(shown.rows) == COUNT
        assert shown.passages == work.passages
        picture = scores.whole(own, work)
        assert picture is not None
        assert [*drawings(picture)] == ["wide", "narrow", "turned"]
        fits(picture)
        counts = {
            has_rows_and_columns(shown, name, drawing, reading) for name, drawing in drawings(picture).items()
        }
        assert len(counts) == 1
        assert counts.pop() >= 8


def slices(presenter: Presenter, work: Work) -> Iterator[tuple[score.Score, Picture]]:
    """The parts of the score on the pages of codes, and what they show."""
    whole = score.of_cells(presenter, work)
    for row in whole.rows:
        if row.code.kind == "cell":
            picture = scores.of_cell(presenter, work, row.code.id)
            traits = score.of_traits(presenter, work, row.code.id).rows
            if picture is not None:
                yield replace(whole, rows=(row, *traits)), picture
    for facet in presenter.project.facets:
        for entry in facet.entries:
            picture = scores.of_entry(presenter, work, facet.id, entry.id)
            if picture is not None:
                [layout] = [form.layout for form in picture.forms if form.name == "wide"]
                yield layout.args[0], picture  # type: ignore[attr-defined]


@pytest.mark.parametrize("reading", READINGS)
def test_the_part_of_the_score_on_the_page_of_a_code_fits(presenter: Presenter, reading: str) -> None:
    [work] = presenter.project.works
    found = list(slices(presenter, work))
    assert len(found) >= COUNT - 3
    assert len({picture.id for _, picture in found}) == len(found)
    for shown, picture in found:
        assert len(shown.rows) in (1, COUNT)
        fits(picture)
        for name, drawing in drawings(picture).items():
            has_rows_and_columns(shown, name, drawing, reading)


def by_passage(chart: occurrences.Chart, picture: Picture, works: tuple[Work, ...]) -> None:
    """Whether entries by passage fit, with a row for each entry, a column for each passage, and dots that
    lead to their passages.
    """
    fits(picture)
    keys = [(work.id, passage.id) for work in works for passage in work.passages]
    assert [column.key for column in chart.columns] == keys
    places = {addresses.passage(key): n for n, key in enumerate(keys)}
    for name, drawing in drawings(picture).items():
        dots = [one for one in flat(drawing.elements) if isinstance(one, Glyph)]
        rows = sorted({round(one.y, 2) for one in dots})
        assert len(rows) == len(chart.rows)
        columns = sorted({round(one.x, 2) for one in dots})
        used = sorted({n for row in chart.rows for n in row.places})
        assert len(columns) == len(used)
        at = {(rows.index(round(one.y, 2)), used[columns.index(round(one.x, 2))]) for one in dots}
        assert at == {(n, one) for n, row in enumerate(chart.rows) for one in row.places}
        links = [one for one in flat(drawing.elements) if isinstance(one, Mark)]
        if name == "narrow":
            own = [one.href for one in links if any(isinstance(part, Glyph) for part in one.elements)]
            assert own == [row.href for row in chart.rows]
            continue
        numbers = [one for one in links if one.href in places and isinstance(one.elements[0], Words)]
        assert [places[one.href] for one in numbers] == [*range(len(keys))]
        middles = [middle(one)[0] for one in numbers]
        assert middles == sorted({*middles})
        for one in links:
            if isinstance(one.elements[0], Glyph):
                assert abs(one.elements[0].x - middles[places[one.href]]) <= 1


def test_twelve_entries_are_twelve_rows_by_passage() -> None:
    found = checked(FLAT).project
    assert found is not None
    presenter = Presenter(Edition.of(entries(found)))
    [facet] = presenter.project.facets
    picture = occurrences.of_facet(presenter, facet)
    assert picture is not None
    chart = occurrences._chart(presenter, facet, presenter.project.works)
    assert len(chart.rows) == COUNT
    by_passage(chart, picture, presenter.project.works)


# --- several works --------------------------------------------------------------------------------


@pytest.mark.parametrize("reading", READINGS)
def test_each_of_three_works_has_its_own_score(three: Presenter, reading: str) -> None:
    ids = []
    for work in three.project.works:
        shown = score.of_cells(three, work)
        assert shown.passages == work.passages
        whole, traits = scores.whole(three, work), scores.by_traits(three, work)
        assert whole is not None
        assert traits is not None
        assert PEN.text(work.record.title) in PEN.text(whole.title)
        for own, picture in ((shown, whole), (score.of_traits(three, work), traits)):
            ids.append(picture.id)
            fits(picture)
            for name, drawing in drawings(picture).items():
                links = [one.href for one in flat(drawing.elements) if isinstance(one, Mark)]
                of_text = {href.split("/")[0] for href in links if "/" in href} - {"grid"}
                assert of_text == {work.id}
                if own is shown:
                    assert has_rows_and_columns(own, name, drawing, reading) >= 8
    assert len(ids) == len({*ids}) == 6


def test_the_parts_of_the_scores_of_three_works_fit_and_have_their_own_ids(three: Presenter) -> None:
    ids = []
    for work in three.project.works:
        for shown, picture in slices(three, work):
            assert shown.work == work
            assert picture.id.endswith(f"-{work.id}")
            ids.append(picture.id)
            fits(picture)
            for drawing in drawings(picture).values():
                links = [one.href for one in flat(drawing.elements) if isinstance(one, Mark)]
                assert {href.split("/")[0] for href in links if "/p" in href} <= {work.id}
    assert len(ids) == len({*ids}) > 20


def test_the_files_of_the_scores_of_three_works_are_of_their_works(
    three: Presenter, works_site: tuple[object, Files]
) -> None:
    files = works_site[1]
    contents = set()
    for work in three.project.works:
        for kind in ("score", "score-traits"):
            data = files[f"pictures/{kind}-{work.id}.svg"]
            contents.add(data)
            assert str(work.record.title) in (etree.fromstring(data).findtext("{*}title") or "")
    assert len(contents) == 6
    assert "pictures/score.svg" not in files
    home = etree.HTML(files["index.html"])
    ids = [f"_picture-score-{work.id}" for work in three.project.works]
    assert home.xpath("//figure[starts-with(@id, '_picture-score-')]/@id") == ids
    for id_, work in zip(ids, three.project.works, strict=True):
        links = home.xpath(f"//figure[@id='{id_}']//svg//a/@href")
        assert {one.split("/")[0] for one in links if one.endswith(".html") and "/" in one} == {
            "grid",
            work.id,
        }


def test_entries_of_three_works_by_passage_fit(three: Presenter) -> None:
    facet = three.index.facets["ways"]
    works = three.project.works
    picture = occurrences.of_facet(three, facet)
    assert picture is not None
    by_passage(occurrences._chart(three, facet, works), picture, works)
