"""Pictures of relations: answers to cells, steps from diagnoses to measures."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import cast

import pytest
from conftest import Files
from drawn import PEN, content, flat, marks, outside, overlapping, words
from lxml import etree

from site_builder.edition import palette
from site_builder.edition.edition import Edition
from site_builder.model import Alternative, CellTag, EntryTag, Localized, Project
from site_builder.pipeline import Checked
from site_builder.site.pages import silence
from site_builder.site.pictures import (
    answering,
    answering_clauses,
    answering_layout,
    answers,
    causes,
    cells,
    course,
    course_layout,
    gaps,
    maps,
    remedies,
    steps,
    steps_layout,
    widths,
)
from site_builder.site.pictures.drawing import Box, Curve, Drawing, Glyph, Hatch, Mark, Words, label_lines
from site_builder.site.pictures.glyphs import glyphs
from site_builder.site.pictures.picture import Picture
from site_builder.site.presenter import Presenter
from site_builder.site.views import SilentCells


def shown(project: Project | None, *, with_text: bool = True) -> Presenter:
    assert project is not None
    edition = Edition.of(project)
    return Presenter(edition if with_text else replace(edition, with_text=False))


@pytest.fixture(scope="module")
def presenter(tiny: Checked) -> Presenter:
    return shown(tiny.project)


def data_of(presenter: Presenter, number: int = 0) -> answering.Answering:
    found = answering.answering(presenter, presenter.project.site.silence[number])
    assert found is not None
    return found


def drawings(picture: Picture) -> list[Drawing]:
    return [form.layout(PEN) for form in picture.forms]


def flat_frame(tiny: Checked) -> Presenter:
    """Twelve codes without poles: the grid of the small project with each cell as a dimension, twice."""
    project = tiny.project
    assert project is not None
    grid = project.grid
    names = {cell.id: n for n, cell in enumerate(grid.cells)}
    dimensions = tuple(
        replace(grid.dimensions[n % 3], id=f"d{n}", name=Localized(f"Code number {n}")) for n in range(12)
    )
    taggings = tuple(
        replace(
            one,
            alternatives=(),
            cells=tuple(replace(tag, cell=f"d{names[tag.cell]}", traits=()) for tag in one.cells),
        )
        for one in project.taggings
    )
    changed = replace(
        project,
        grid=replace(grid, dimensions=dimensions, poles=(), cells=()),
        taggings=taggings,
        edges=(),
        pages=(),
    )
    return shown(palette.completed(changed))


# --- answers --------------------------------------------------------------------------------------


def test_each_relation_of_a_passage_with_an_entry_is_a_sign(presenter: Presenter) -> None:
    for number, column in enumerate(presenter.project.site.silence):
        data = data_of(presenter, number)
        wanted = {
            (tag.cell, entry.entry, tag.relation)
            for key, tagging in presenter.index.taggings.items()
            for entry in tagging.entries
            for tag in tagging.cells
            if entry.facet == column.facet and presenter.index.covers(key, entry, tag)
        }
        found = {
            (row.cell.id, head.id, sign.relation)
            for row in data.rows
            for head, signs in zip(data.heads, row.signs, strict=True)
            for sign in signs
        }
        assert found == wanted
        assert wanted


def test_a_cell_is_silent_where_no_sign_is_an_answer(presenter: Presenter) -> None:
    for number, column in enumerate(presenter.project.site.silence):
        data = data_of(presenter, number)
        for row in data.rows:
            answered = any(s.relation in column.relations for signs in row.signs for s in signs)
            assert (row in data.silent) is not answered


def test_a_silent_cell_is_hatched_and_its_signs_lie_on_a_patch_of_the_hatching(presenter: Presenter) -> None:
    """The whole cell is one hatch, which is a link to the result on the silence report."""
    shapes = glyphs(presenter.project)
    data = data_of(presenter)
    signs = sum(len(signs) for row in data.rows for signs in row.signs)
    on_hatching = 0
    for layout in (answering_layout.wide, answering_layout.narrow):
        found = list(flat(layout(data, shapes, PEN).elements))
        hatched = [one for one in found if isinstance(one, Hatch)]
        drawn = [one for one in found if isinstance(one, Glyph)]
        assert len(drawn) == signs
        assert len(hatched) == len(data.silent)
        links = [one for one in found if isinstance(one, Mark) and one.elements[0] in hatched]
        assert [(one.href, one.label, one.tip) for one in links] == [
            (f"silence.html#{gaps.gap_id(0, row.cell.slug)}", data.gap(row), True) for row in data.silent
        ]
        for hatch in hatched:
            for sign in drawn:
                if hatch.x < sign.x < hatch.x + hatch.width and hatch.y < sign.y < hatch.y + hatch.height:
                    on_hatching += 1
                    under = found[: found.index(sign)]
                    assert under.index(hatch) < max(
                        n
                        for n, one in enumerate(under)
                        if isinstance(one, Box)
                        and one.tone == "page"
                        and one.x <= sign.x - sign.size / 2
                        and one.x + one.width >= sign.x + sign.size / 2
                        and one.width < hatch.width
                    )
    assert on_hatching == 2 * sum(len(signs) for row in data.silent for signs in row.signs) > 0


@pytest.mark.parametrize("kind", ["poles", "flat", "no text", "no relations"])
def test_the_pictures_of_answers_fit(kind: str, tiny: Checked) -> None:
    project = tiny.project
    assert project is not None
    if kind == "flat":
        presenter = flat_frame(tiny)
    elif kind == "no relations":
        taggings = tuple(
            replace(one, alternatives=(), cells=tuple(replace(tag, relation="") for tag in one.cells))
            for one in project.taggings
        )
        columns = tuple(replace(one, relations=()) for one in project.site.silence)
        presenter = shown(
            replace(
                project,
                grid=replace(project.grid, relations=()),
                taggings=taggings,
                edges=(),
                site=replace(project.site, silence=columns),
            )
        )
    else:
        presenter = shown(project, with_text=kind != "no text")
    pictures = list(answers.pictures(presenter))
    assert pictures
    for picture in pictures:
        for drawing in drawings(picture):
            assert outside(drawing) == []
            assert overlapping(drawing) == []
    words = [one for picture in pictures for one in flat(picture.forms[0].layout(PEN).elements)]
    quoted = any(isinstance(one, Words) and "「" in PEN.text(one.text) for one in words)
    assert quoted is (kind != "no text")


def test_many_entries_are_rows(presenter: Presenter) -> None:
    data = data_of(presenter)
    many = replace(
        data,
        heads=data.heads * 4,
        rows=tuple(replace(row, signs=row.signs * 4) for row in data.rows),
    )
    drawing = answering_layout.wide(many, glyphs(presenter.project), PEN)
    assert drawing.width <= 1081
    assert outside(drawing) == []
    assert overlapping(drawing) == []


def test_the_clauses_of_answers_are_dropped_where_they_do_not_hold(presenter: Presenter) -> None:
    data = data_of(presenter)
    sign = answering.Sign(relation="harms", passages=(), quotes=(), answers=True)
    other = replace(sign, relation="shows", answers=False)

    def clauses(*rows: tuple[tuple[answering.Sign, ...], ...]) -> list[str]:
        found = tuple(
            replace(data.rows[n], signs=signs, cell=replace(data.rows[n].cell, name=f"c{n}", sign=""))
            for n, signs in enumerate(rows)
        )
        two = replace(data, heads=data.heads[:2], rows=found)
        return [PEN.text(one) for one in answering_clauses.shows(two)]

    both, one, none = ((sign,), (sign,)), ((sign,), ()), ((), ())
    group, does = PEN.text(data.group), PEN.text(data.does)
    assert does == PEN.text(data.names["harms"])
    assert clauses(both, one) == [
        f"Each of the two cells has an entry of “{group}” that {does} it",
        f"Each of the two {does} c0",
    ]
    assert clauses(none) == [f"None of the two “{group}” {does} c0"]
    assert clauses(none, none) == [f"No entry of “{group}” {does} any of the two cells"]
    assert clauses(one, none, none) == [
        f"None of the two “{group}” {does} c1 or c2",
        f"For one of the three cells, at least one of them {does} it",
    ]
    assert clauses(both, both) == [f"Each of the two cells has an entry of “{group}” that {does} it"]
    shared = clauses(one, ((other,), (other,)))
    relation = PEN.text(data.names["shows"])
    assert shared[2:] == [f"Each of the two {relation} c1"]
    # a cell to which all have such a relation can be answered too
    answered = clauses(one, ((other, sign), (other,)))
    assert answered[-1] == f"Even so, at least one of them {does} c1"
    assert len(clauses(one, ((other,), ()))) == 2


def test_the_clauses_of_answers_name_the_traits_that_the_tags_rest_on(presenter: Presenter) -> None:
    """What several entries have in common is a trait, and not the name of the cell of their traits."""
    data = data_of(presenter)
    heads = [
        replace(data.rows[n].cell, name=f"c{n}", sign="", traits=(("a", "A"), ("b", "B"), ("d", "D")))
        for n in range(2)
    ]
    group, relation, does = (PEN.text(one) for one in (data.group, data.names["shows"], data.does))

    def sign(*tags: tuple[str, ...], answers: bool = True) -> answering.Sign:
        return answering.Sign(
            relation="harms" if answers else "shows", passages=(), quotes=(), answers=answers, rests=tags
        )

    def clauses(*rows: tuple[tuple[answering.Sign, ...], ...]) -> list[str]:
        found = tuple(
            replace(data.rows[n], cell=head, signs=signs)
            for n, (head, signs) in enumerate(zip(heads, rows, strict=True))
        )
        return [
            PEN.text(one) for one in answering_clauses.shows(replace(data, heads=data.heads[:2], rows=found))
        ]

    none = ((), ())
    silent = f"None of the two “{group}” {does} c1"
    covers = f"For one of the two cells, at least one of them {does} it"
    # all entries have a trait in common, or none
    assert clauses(((sign(("a", "b")),), (sign(("b",), ("d",)),)), none) == [
        silent,
        f"{covers}: c0 (A, B, D)",
        f"Each of the two {does} c0 (B)",
    ]
    assert clauses(((sign(("a",)),), (sign(("b",)),)), none) == [
        silent,
        f"{covers}: c0 (A, B)",
        f"Each of the two {does} c0, but not the same trait of it: A (one), B (one)",
    ]
    # a tag without traits
    assert clauses(((sign(("a",), ()),), ()), none) == [silent, f"{covers}: c0 (A, no trait named)"]
    assert clauses(((sign(("a",)),), ()), ((sign(()),), ())) == [
        f"Each of the two cells has an entry of “{group}” that {does} it: c0 (A), c1 (no trait named)"
    ]
    assert clauses(((sign(()),), ()), none) == [silent, covers]

    def other(*tags: tuple[str, ...]) -> tuple[answering.Sign, ...]:
        return (sign(*tags, answers=False),)

    shares = f"Each of the two {relation} c1"
    assert clauses(none, (other(("a", "b")), other(("b",))))[1:] == [f"{shares} (B)"]
    assert clauses(none, (other(("a",)), other(("b",))))[1:] == []
    assert clauses(none, (other(("a",)), other(())))[1:] == []
    # another trait of the cell that is covered is no “nevertheless”
    both = (*other(("a",)), sign(("b",)))
    assert clauses(none, (both, other(("a",))))[2:] == [f"{shares} (A)"]
    both = (*other(("a",)), sign(("a", "b")))
    assert clauses(none, (both, other(("a",))))[2:] == [
        f"{shares} (A)",
        f"Even so, at least one of them {does} c1 (A, B)",
    ]


def test_a_sentence_calls_entries_by_their_facet_or_by_their_column_among_several(
    presenter: Presenter,
) -> None:
    site = presenter.project.site
    first = site.silence[0]
    facet = presenter.index.facets[first.facet]
    alone = shown(replace(presenter.project, site=replace(site, silence=(first,))))
    assert answering.group_name(alone, first) == facet.name
    twice = (first, replace(first, name=Localized("more")))
    several = shown(replace(presenter.project, site=replace(site, silence=twice)))
    assert [answering.group_name(several, one) for one in twice] == [facet.name, facet.name]
    twice = tuple(replace(one, relations=()) for one in twice)
    several = shown(replace(presenter.project, site=replace(site, silence=twice)))
    assert [answering.group_name(several, one) for one in twice] == [first.name, "more"]
    assert PEN.text(answering.doing(several, twice[0])) == "mentions"


def test_the_table_of_answers_has_the_signs(presenter: Presenter) -> None:
    data = data_of(presenter)
    picture = next(answers.pictures(presenter))
    assert [len(row) for row in picture.table.rows] == [len(picture.table.columns)] * len(data.rows)
    for row, shown_cells in zip(data.rows, picture.table.rows, strict=True):
        assert content(shown_cells[-1]) == str(row.answered)
        for signs, cell in zip(row.signs, shown_cells[1:-1], strict=True):
            for sign in signs:
                assert PEN.text(data.names[sign.relation]) in content(cell)
                for one in sign.each:
                    assert all(PEN.text(words) in content(cell) for words in one.quotes)
                assert all(PEN.text(one) in content(cell) for one in row.cell.names(sign.rests))
                assert all(PEN.text(one.short) in content(cell) for one in sign.passages)


# --- lines of words -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "limit", "most", "lines"),
    [
        ("甲乙丙丁戊", 30, 3, ("甲乙丙", "丁戊")),
        ("甲乙，丙丁", 20, 3, ("甲", "乙，", "丙丁")),
        ("甲「乙丙」", 20, 4, ("甲", "「乙", "丙」")),
        ("甲“乙丙”", 20, 4, ("甲", "“乙", "丙”")),
        ("“ab” cd", 30, 2, ("“ab”", "cd")),
        ("甲乙丙丁戊己", 20, 2, ("甲乙", "丙…")),
        ("a bc def", 30, 3, ("a bc", "def")),
        ("abcdefghijklm", 30, 2, ("abcd", "efg…")),
        ("", 30, 2, ()),
    ],
)
def test_words_are_broken_into_lines(text: str, limit: float, most: int, lines: tuple[str, ...]) -> None:
    found = widths.lines(text, limit, 10, most)
    assert found == lines
    assert all(widths.width(line, 10) <= limit for line in found)


def test_each_column_has_a_picture_of_its_own(presenter: Presenter) -> None:
    ids = [picture.id for picture in answers.pictures(presenter)]
    assert ids == ["answers-ways-1", "answers-ways-2"]


def test_the_results_of_two_columns_with_one_name_are_apart(tiny: Checked) -> None:
    project = tiny.project
    assert project is not None
    columns = project.site.silence
    assert len(columns) > 1
    same = tuple(replace(column, name=columns[0].name) for column in columns)

    def results(shown_: Presenter) -> list[tuple[object, ...]]:
        (view,) = silence.silence(shown_)
        found = cast("list[SilentCells]", view.facts["results"])
        return [(one.always, one.published, one.otherwise) for one in found]

    wanted = results(shown(project))
    assert wanted[0] != wanted[1]
    assert results(shown(replace(project, site=replace(project.site, silence=same)))) == wanted


# --- diagnoses, measures and cells ----------------------------------------------------------------


def steps_of(presenter: Presenter) -> steps.Steps:
    return steps.steps_to(presenter, steps.facets(presenter)[0])


def strokes(drawing: Drawing) -> list[Curve]:
    """The curves of a drawing; of one that is two lines, which is broad with a page-coloured middle, the
    broad one.
    """
    curves = [one for one in flat(drawing.elements) if isinstance(one, Curve)]
    middles = [one for one in curves if one.tone == "page" and not one.code]
    found = [one for one in curves if one not in middles]
    assert [one.path for one in middles] == [one.path for one in found if one.width > 3]
    return found


def test_each_step_to_a_measure_is_a_line(presenter: Presenter) -> None:
    data = steps_of(presenter)
    edges = [edge for edge in presenter.project.edges if edge.kind == "remedy"]
    ended = [edge for edge in edges if edge.end]
    assert len(data.steps) == len(edges)
    drawing = steps_layout.wide(data, {}, PEN)
    curves = strokes(drawing)
    assert [one.dashed for one in curves] == [edge.status == "inferred" for edge in ended]
    lacking = {edge.start for edge in edges} - {edge.start for edge in ended}
    assert {str(one.code) for one in data.lacking} == lacking
    for layout in (steps_layout.wide, steps_layout.narrow):
        found = [one for one in flat(layout(data, {}, PEN).elements) if isinstance(one, Hatch)]
        assert len(found) == len(lacking)


def test_a_measure_without_a_diagnosis_is_none_of_another_facet(tiny: Checked) -> None:
    project = tiny.project
    assert project is not None
    one = next(edge for edge in project.edges if edge.kind == "remedy" and edge.end)
    two = replace(one, id="to-gate", start="folk~b", end="things:gate")
    alone = replace(one, id="alone", start="ways:cover", end="")
    presenter = shown(replace(project, edges=(*project.edges, two, alone)))
    ways, things = (steps.steps_to(presenter, facet) for facet in steps.facets(presenter))
    assert (ways.facet.id, things.facet.id) == ("ways", "things")
    assert [one.id for one in ways.unfounded] == ["cover"]
    assert things.unfounded == ()
    assert "ways:cover" not in {str(one.code) for one in (*ways.diagnoses, *things.diagnoses)}


@pytest.mark.parametrize("relations", [None, (), ("asks",), ("harms",)])
def test_a_measure_is_about_the_cells_of_the_tags_that_the_silence_report_counts(
    tiny: Checked, relations: tuple[str, ...] | None
) -> None:
    """``None``: no column of the facet.  A column without relations counts every tag."""
    project = tiny.project
    assert project is not None
    column = replace(project.site.silence[0], facet="ways", relations=relations or ())
    silence = () if relations is None else (column,)
    shown_ = shown(replace(project, site=replace(project.site, silence=silence)))
    measures = steps.measures(shown_, shown_.index.facets["ways"])
    found = {one.id: {relation for _, relation in one.cells} for one in measures}
    every = {
        entry.id: {tag.relation for _, tag in shown_.index.cells_of(entry)}
        for entry in shown_.index.facets["ways"].entries
        if not shown_.index.parts(entry)
    }
    assert any(every.values())
    wanted = set.union(*every.values()) if not relations else set(relations)
    for id_, carried in every.items():
        assert found[id_] == carried & wanted


def test_the_pictures_of_steps_fit(repository: Checked, presenter: Presenter) -> None:
    for one in (presenter, shown(repository.project)):
        for picture in remedies.pictures(one):
            for drawing in drawings(picture):
                assert outside(drawing) == []
                assert overlapping(drawing) == []


def test_the_table_of_steps_has_each_step(presenter: Presenter) -> None:
    data = steps_of(presenter)
    (picture,) = remedies.pictures(presenter)
    assert [len(row) for row in picture.table.rows] == [5] * len(picture.table.rows)
    for step, row in zip(data.steps, picture.table.rows, strict=False):
        assert content(row[0]) == PEN.text(step.diagnosis.whole)
        assert content(row[2]) == (PEN.text(step.measure.name) if step.measure else "")
        assert content(row[4]) == " ".join(PEN.text(one.short) for one in step.passages)


def test_the_clauses_of_steps_are_dropped_where_they_do_not_hold(presenter: Presenter) -> None:
    data = steps_of(presenter)
    step = next(one for one in data.steps if one.measure)
    cell = step.diagnosis.cell
    other = next(one.cell for one in data.diagnoses if one.cell != cell)

    def clauses(*found: tuple[str, object, str]) -> list[str]:
        own = tuple(
            replace(
                step,
                diagnosis=replace(step.diagnosis, name=name, cell=of),  # type: ignore[arg-type]
                measure=None if status == "none" else step.measure,
                status=status,
            )
            for name, of, status in found
        )
        changed = replace(data, steps=own, diagnoses=tuple(one.diagnosis for one in own))
        return [PEN.text(one) for one in steps.shows(changed)]

    assert clauses(("a", cell, "stated")) == [
        "Each of the 1 diagnoses that the editors list is matched with a measure"
    ]
    assert clauses(("a", cell, "inferred"))[1:] == ["The editors infer all 1 steps"]
    mixed = clauses(
        ("a", cell, "stated"), ("b", other, "none"), ("c", other, "none"), ("d", cell, "inferred")
    )
    assert other is not None
    assert mixed == [
        "Of the 4 diagnoses that the editors list, 2 are matched with no measure",
        f"No diagnosis of {PEN.text(other.whole)} is matched with one",
        "The author states 1 of the 2 steps; the editors infer the others",
    ]
    assert len(clauses(("a", cell, "stated"), ("b", other, "none"))) == 1


DOUBT = {"evidence": ("過石頭時急",), "traits": ("swift",)}
"""The second quotation of the tag of p2, and the trait that rests on it alone."""
FIRST = {"evidence": ("水是有聲音的",), "traits": ("loud",)}
"""The same for its first quotation."""


def in_p2(
    tiny: Checked,
    entries: Callable[[CellTag], tuple[EntryTag, ...]],
    doubts: list[dict[str, tuple[str, ...]]],
) -> Presenter:
    """The small project with other entries of p2, made from its tag of flow~a, and with alternatives to the
    tag; all relations count.
    """
    project = tiny.project
    assert project is not None
    taggings = []
    for one in project.taggings:
        if (one.passage, one.coder) == ("p2", project.site.coder):
            [tag] = [tag for tag in one.cells if tag.cell == "flow~a"]
            others = tuple(
                Alternative(
                    instead_of="flow~a:shows",
                    evidence=tuple(quote for quote in tag.evidence if quote.text in doubt["evidence"]),
                    traits=doubt["traits"],
                    reason=Localized("r"),
                    place=tag.place,
                )
                for doubt in doubts
            )
            one = replace(one, entries=entries(tag), alternatives=others)
        taggings.append(one)
    site = replace(project.site, silence=())
    return shown(replace(project, taggings=tuple(taggings), site=site))


@pytest.mark.parametrize(
    ("words", "doubts", "known"),
    [
        ("水是有聲音的", [], None),
        ("水是有聲音的", [DOUBT], ("loud",)),
        ("過石頭時急，過草根時緩，在閘口打一個轉再走", [DOUBT], None),
        ("過石頭時急，過草根時緩，在閘口打一個轉再走", [DOUBT, FIRST], ("swift",)),
        ("水是有聲音的：過石頭時急，過草根時緩，在閘口打一個轉再走", [], ("loud", "swift")),
        ("", [], ("loud", "swift")),
    ],
)
def test_a_measure_is_named_with_the_traits_that_its_own_words_carry(
    tiny: Checked, words: str, doubts: list[dict[str, tuple[str, ...]]], known: tuple[str, ...] | None
) -> None:
    """The tag of p2 has two quotations and two traits; the words of the measure have some of them."""

    def of_words(tag: CellTag) -> tuple[EntryTag, ...]:
        quotes = (replace(tag.evidence[0], text=words, to=""),) if words else ()
        return (EntryTag(facet="ways", entry="open", evidence=quotes, place=tag.place),)

    presenter = in_p2(tiny, of_words, doubts)
    ways = presenter.index.facets["ways"]
    [measure] = [one for one in steps.measures(presenter, ways) if one.id == "open"]
    [cell] = [cell for cell, _ in measure.cells if cell.id == "flow~a"]
    label = PEN.text(steps_layout.cell_label(measure, cell, "shows", ""))
    names = "" if known is None else f" ({', '.join(dict(cell.traits)[one] for one in known)})"
    assert label == f"{PEN.text(measure.name)}: {PEN.text(cell.brief)}{names}"
    beside = steps_layout._Wide(steps.steps_to(presenter, ways), {}, PEN).traits(measure, cell, "shows")
    assert [PEN.text(line) for line in beside] == ([names.strip(" ()")] if names else [])
    column = replace(tiny.project.site.silence[0], facet="ways", relations=())
    data = answering.by_reading(presenter, column)["published"]
    [row] = [row for row in data.rows if row.cell.id == "flow~a"]
    [signs] = [own for head, own in zip(data.heads, row.signs, strict=True) if head.id == "open"]
    [sign] = [one for one in signs if one.relation == "shows"]
    block = answering_layout._Wide(data, {}, PEN).block(row, sign)
    assert "".join(PEN.text(line) for line, _, _ in block.traits) == names.strip(" ()")
    assert f": {PEN.text(cell.brief)}{names}," in PEN.text(answering_layout.sign_label(data, row, sign))


BOTH = "水是有聲音的：過石頭時急，過草根時緩，在閘口打一個轉再走"
"""The words of p2 with both quotations of its tag."""


@pytest.mark.parametrize(
    ("words", "part", "doubts", "known"),
    [
        (BOTH, "水是有聲音的", [], None),
        (BOTH, "水是有聲音的", [DOUBT, FIRST], ("swift",)),
        (BOTH, "", [], []),
        (BOTH, BOTH, [], []),
        (BOTH, None, [], ("loud", "swift")),
        ("", "水是有聲音的", [DOUBT, FIRST], ("swift",)),
        ("", None, [], ("loud", "swift")),
        ("水是有聲音的", "水是有聲音的", [], []),
    ],
)
def test_a_measure_with_parts_is_about_the_cells_of_its_own_words(
    tiny: Checked,
    words: str,
    part: str | None,
    doubts: list[dict[str, tuple[str, ...]]],
    known: Sequence[str] | None,
) -> None:
    """An entry and a part of it in p2: the cells of words that both have are those of the part."""

    def of_words(entry: str, quoted: str, tag: CellTag) -> EntryTag:
        quotes = (replace(tag.evidence[0], text=quoted, to=""),) if quoted else ()
        return EntryTag(facet="ways", entry=entry, evidence=quotes, place=tag.place)

    presenter = in_p2(
        tiny,
        lambda tag: (
            of_words("share", words, tag),
            *([] if part is None else [of_words("share-1", part, tag)]),
        ),
        doubts,
    )
    found = steps.measures(presenter, presenter.index.facets["ways"])
    [measure] = [one for one in found if one.id == "share"]
    rests = dict(measure.rests)
    if known == []:
        assert ("flow~a", "shows") not in rests
    elif known is None:
        assert rests["flow~a", "shows"] == (("loud", "swift"),)
        assert measure.unknown == {("flow~a", "shows")}
    else:
        assert rests["flow~a", "shows"] == (known,)
        assert not measure.unknown


@pytest.mark.parametrize(
    ("others", "quotations"),
    [
        ([], [(("loud", "swift"), 2)]),
        ([("loud", "swift")], [(("loud", "swift"), 2)]),
        ([("swift",)], [(("loud", "swift"), 2), (("swift",), 1)]),
        ([("swift",), ("loud",), ("swift",)], [(("loud", "swift"), 2), (("swift",), 1), (("loud",), 1)]),
        ([("swift",), ("loud",), ()], [(("loud", "swift"), 2)]),
    ],
)
def test_each_quotation_of_a_sign_is_shown_with_the_traits_that_it_carries(
    tiny: Checked, others: list[tuple[str, ...]], quotations: list[tuple[tuple[str, ...], int]]
) -> None:
    """p2 has two quotations and two traits; the tags of the passages after it have one quotation each."""

    def with_the_entry(tag: CellTag) -> tuple[EntryTag, ...]:
        return (EntryTag(facet="ways", entry="open", place=tag.place),)

    project = in_p2(tiny, with_the_entry, []).project
    [p2] = [one for one in project.taggings if (one.passage, one.coder) == ("p2", project.site.coder)]
    [tag] = [tag for tag in p2.cells if tag.cell == "flow~a"]
    evidence = tag.evidence[:1]
    later = tuple(
        replace(p2, passage=id_, cells=(replace(tag, traits=traits, evidence=evidence),))
        for id_, traits in zip(("p4", "p6", "p8"), others, strict=False)
    )
    kept = tuple(
        one
        for one in project.taggings
        if (one.work, one.coder) != (p2.work, p2.coder) or one.passage in ("p1", "p2")
    )
    column = replace(tiny.project.site.silence[0], facet="ways") if tiny.project else None
    assert column is not None
    data = answering.answering(shown(replace(project, taggings=(*kept, *later))), column)
    assert data is not None
    at = [head.id for head in data.heads].index("open")
    [sign] = [one for row in data.rows if row.cell.id == "flow~a" for one in row.signs[at]]
    assert [(one.rests[0], len(one.quotes)) for one in sign.each] == quotations
    assert len(sign.rests) == 1 + len(others)


def test_a_sentence_names_a_cell_with_its_sign_and_with_traits_in_place_of_its_name(
    presenter: Presenter,
) -> None:
    head = replace(cells.heads(presenter)[0], traits=(("a", "A"), ("b", "B")))
    assert PEN.text(head.in_tags(())) == PEN.text(head.whole) != PEN.text(head.name)
    assert PEN.text(head.in_tags((("a",),))) == f"{PEN.text(head.sign)} (A)"
    flat = replace(head, sign="")
    assert PEN.text(flat.in_tags((("a",),))) == f"{PEN.text(head.name)} (A)"


def test_a_project_without_steps_has_no_picture_of_them(tiny: Checked) -> None:
    assert tiny.project is not None
    assert list(remedies.pictures(shown(replace(tiny.project, edges=())))) == []


# --- the course of the argument -------------------------------------------------------------------


def course_of(presenter: Presenter) -> course.Course:
    found = course.course(presenter)
    assert found is not None
    return found


def test_the_map_has_each_relation_and_each_step(repository: Checked) -> None:
    presenter = shown(repository.project)
    data = course_of(presenter)
    first = next(one for one in data.joins if one.status == "inferred")
    joins = tuple(replace(one, status="stated") if one is first else one for one in data.joins)
    data = replace(data, joins=joins)
    of_views = sum(len(view.cells) for view in data.views)
    signs = sum(len(own) for one in data.answers for row in one.rows for own in row.signs)
    assert min(of_views, signs, len(data.joins)) > 3
    drawing = course_layout.wide(data, {}, PEN)
    curves = [one for one in flat(drawing.elements) if isinstance(one, Curve)]
    stated = sum(join.status == "stated" for join in data.joins)
    assert stated, "a step that is stated has two curves, and no tag is drawn as such a step"
    assert {item.shape for item in maps._key(presenter, data, {})} >= {"line", "double", "dashed"}
    assert len(curves) == of_views + len(data.joins) + stated
    assert sum(one.tone == "page" for one in curves) == stated
    assert words(drawing).count("no cell") == sum(not view.cells for view in data.views) > 0
    assert sum(one.dashed for one in curves) == sum(join.status == "inferred" for join in data.joins)
    hatched = sum(len(one.silent) for one in data.answers) + len(data.ending)
    for layout in (course_layout.wide, course_layout.narrow):
        found = layout(data, {}, PEN)
        assert sum(isinstance(one, Hatch) for one in flat(found.elements)) == hatched
        assert outside(found) == []
        assert overlapping(found) == []
    listed = marks(course_layout.narrow(data, {}, PEN))
    named = (
        len(data.cells) + len(data.views) + len(data.measures) + sum(len(one.heads) for one in data.answers)
    )
    gaps = sum(len(one.silent) for one in data.answers)
    assert len(listed) == named + of_views + signs + gaps + len(data.joins)


def test_curves_begin_beyond_hatches_and_those_of_one_cell_are_apart(repository: Checked) -> None:
    presenter = shown(repository.project)
    for facet in steps.facets(presenter):
        drawn = steps_layout.wide(steps.steps_to(presenter, facet), {}, PEN).elements
        hatches = [one for one in flat(drawn) if isinstance(one, Hatch)]
        starts = [float(one.path[1:].split()[0]) for one in flat(drawn) if isinstance(one, Curve)]
        left = [one.x + one.width for one in hatches if one.x < min(starts)]
        assert left, "diagnoses without a measure have hatches"
        assert max(left) <= min(starts)
    data = course_of(presenter)
    lanes = course_layout._Lanes(data, {}, PEN)
    of_cells = [one for one in flat(tuple(lanes.joins())) if isinstance(one, Curve) and one.tone != "page"]
    starts_at = [one.path.split("C")[0] for one in of_cells]
    assert len(set(starts_at)) == len(starts_at) == len(data.joins)


def test_a_name_is_cut_between_words_and_has_two_lines_before() -> None:
    for name, width in (("Monopoly of information and resources", 150), ("資訊與資源的壟斷及其他", 80)):
        lines = [PEN.text(one.text) for one in label_lines(PEN, name, (0, 0, width), 13)]
        assert len(lines) == 2
        assert "".join(lines).replace(" ", "") == name.replace(" ", "")
    assert PEN.text(PEN.cut("Monopoly of information", 100)) == "Monopoly of…"
    assert PEN.text(PEN.cut("Antidisestablishmentarian", 100)).startswith("Antidis")
    assert PEN.text(PEN.cut("資訊與資源的壟斷", 60)) == "資訊與…"


def test_the_map_hatches_a_cell_as_the_picture_of_its_column_does(repository: Checked) -> None:
    """Where the readings of the tags differ, the hatching is contingent in both."""
    presenter = shown(repository.project)
    data = course_of(presenter)
    one = data.answers[0]
    rows = answering.by_reading(presenter, one.column)["published"].silent
    wanted = [row.agree is False for row in rows] + [cell in data.doubted for cell in data.ending]
    assert {*wanted} == {True, False}
    for layout in (course_layout.wide, course_layout.narrow):
        found = [one for one in flat(layout(data, {}, PEN).elements) if isinstance(one, Hatch)]
        assert sorted(hatch.contingent for hatch in found) == sorted(wanted)
    joined = [
        {join.cell.id for join in course_of(Presenter(edition)).joins}
        for edition in presenter.edition.readings.values()
    ]
    for cell in data.cells:
        assert (cell in data.doubted) is (len({cell.id in own for own in joined}) > 1)
    [picture] = maps.pictures(presenter)
    assert {"hatch", "hatch-contingent", "line", "dashed"} <= {item.shape for item in picture.key}
    # views are joined by lines in the wide form, and have signs in the narrow one
    forms = {PEN.text(item.text): item.form for item in picture.key}
    assert forms["tagged by the editors; not a step"] == "wide"
    assert forms[PEN.text(data.names["describes"])] == "narrow"
    assert forms[PEN.text(data.names["answers"])] == ""


def test_the_key_of_the_map_has_a_contingent_gap_only_where_one_is_drawn(repository: Checked) -> None:
    presenter = shown(repository.project)
    data = replace(course_of(presenter), doubted=())
    one = data.answers[0]
    for agree, wanted in ((True, False), (False, True), (None, False)):
        rows = tuple(replace(row, agree=agree) if row in one.silent else row for row in one.rows)
        changed = replace(data, answers=(replace(one, rows=rows),))
        found = {item.shape for item in maps._key(presenter, changed, glyphs(presenter.project))}
        assert ("hatch-contingent" in found) is wanted, agree
        assert "hatch" in found


def test_a_step_is_joined_also_where_the_measure_has_a_tag_of_the_cell(repository: Checked) -> None:
    presenter = shown(repository.project)
    data = course_of(presenter)
    for join in data.joins:
        tagged = [relation for cell, relation in join.measure.cells if cell == join.cell]
        assert join.is_tagged is bool(tagged)
        assert join.is_tagged or join.passages
        statuses = {
            edge.status
            for edge in presenter.project.edges
            if edge.kind == "remedy"
            and edge.end == f"{join.measure.facet}:{join.measure.id}"
            and re.split("[/:]", edge.start)[0] == join.cell.id
        }
        assert join.status == ("stated" if "stated" in statuses else "inferred" if statuses else "")
    both = [join.status for join in data.joins if join.is_tagged and join.status]
    assert {"stated", "inferred"} <= set(both)
    without = course_of(shown(replace(repository.project, edges=presenter.project.edges[-3:])))  # type: ignore[type-var]
    assert [(join.cell, join.measure, join.relation) for join in without.joins if join.is_tagged] == [
        (join.cell, join.measure, join.relation) for join in data.joins if join.is_tagged
    ]


def test_many_cells_are_columns_of_a_list(repository: Checked) -> None:
    data = course_of(shown(repository.project))
    more = tuple(replace(data.cells[0], id=f"c{n}", group="more", name=f"Name {n}") for n in range(6))
    many = replace(data, cells=(*data.cells, *more), answers=())
    drawing = course_layout.wide(many, {}, PEN)
    assert not any(isinstance(one, Curve) for one in flat(drawing.elements))
    assert outside(drawing) == []
    assert overlapping(drawing) == []


def test_the_clauses_of_the_map_are_dropped_where_they_do_not_hold(repository: Checked) -> None:
    data = course_of(shown(repository.project))
    assert len(course.shows(data)) == 3
    view = data.views[1]
    passage = view.cells[0][2]
    full = replace(view, cells=tuple((cell, "", passage) for cell in data.cells))
    assert len(course.shows(replace(data, views=(full,)))) == 2
    assert len(course.shows(replace(data, views=(), joins=()))) == 1
    join = next(one for one in data.joins if one.is_tagged)
    one = replace(data, joins=(join,), views=(), answers=())
    assert "1 of 1 places" in PEN.text(course.shows(one)[0])
    other = replace(join, cell=next(cell for cell in data.cells if cell.group != join.cell.group))
    two = replace(data, joins=(join, other), views=(), answers=())
    assert PEN.text(course.shows(two)[0]).endswith("is about two of the eight cells")


def test_the_map_says_which_relations_its_count_has_if_it_shows_others(repository: Checked) -> None:
    presenter = shown(repository.project)
    data = course_of(presenter)
    [one] = data.answers
    [relation] = [one.names[relation] for relation in one.column.relations]
    assert f"“{one.facet}” {relation} four of the eight cells" in PEN.text(course.shows(data)[1])
    [picture] = maps.pictures(presenter)
    says = f"The number of cells of “{one.facet}” counts only “{relation}”; the picture shows all relations."
    assert all(PEN.text(how).endswith(says) for how in (picture.how, picture.forms[1].how))
    rows = tuple(
        replace(row, signs=tuple(tuple(sign for sign in signs if sign.answers) for signs in row.signs))
        for row in one.rows
    )
    alone = replace(data, answers=(replace(one, rows=rows),))
    assert not PEN.text(maps._counted(alone, maps._how())).endswith(says)


def test_the_map_says_what_it_shows_in_the_other_readings(repository: Checked, tiny: Checked) -> None:
    presenter = shown(repository.project)
    data = course_of(presenter)
    (picture,) = maps.pictures(presenter)
    first, *others = [PEN.text(one) for one in picture.limits]
    assert first == "The picture and its sentence are those of the published tags."
    assert [one.split(":")[0] for one in others] == ["In the strict reading", "In the generous reading"]
    assert [reading for reading, _ in course.otherwise(presenter, data)] == ["strict", "generous"]
    for (reading, clauses), says in zip(course.otherwise(presenter, data), others, strict=True):
        read = course_of(Presenter(presenter.edition.readings[reading]))  # type: ignore[index]
        differing = {PEN.text(one) for one in course.shows(read)} - {
            PEN.text(one) for one in course.shows(data)
        }
        assert differing == {PEN.text(one) for one in clauses}
        assert all(f"{one}." in says for one in differing)
        print(says)
    assert all(one not in course.shows(data) for _, own in course.otherwise(presenter, data) for one in own)
    edition = replace(presenter.edition, project=_without_alternatives(repository.project))
    assert [one.limits for one in maps.pictures(Presenter(edition))] == [()]


def _without_alternatives(project: Project | None) -> Project:
    assert project is not None
    return replace(
        project,
        taggings=tuple(replace(one, alternatives=()) for one in project.taggings),
    )


def test_the_pictures_say_that_a_measure_without_traits_is_not_about_the_whole_cell(
    repository: Checked,
) -> None:
    presenter = shown(repository.project)
    says = PEN.text(cells.of_unknown_traits())
    assert any(one.unknown for one in course_of(presenter).measures)
    for (picture,) in (maps.pictures(presenter), remedies.pictures(presenter)):
        assert says in PEN.text(picture.how)
        assert says in PEN.text(picture.forms[1].how)
    (facet,) = steps.facets(presenter)
    data = steps.steps_to(presenter, facet)
    known = replace(data, measures=tuple(replace(one, unknown=frozenset()) for one in data.measures))
    assert says not in PEN.text(remedies._how(known))
    assert says not in PEN.text(remedies._how_narrow(known))


def test_the_map_says_what_a_place_is_where_it_counts_places(repository: Checked) -> None:
    data = course_of(shown(repository.project))
    assert "A place is a sign" in PEN.text(maps._counted(data, maps._how()))
    assert "A place is a sign" not in PEN.text(maps._counted(replace(data, joins=()), maps._how()))


def test_the_table_of_the_map_has_a_row_for_each_cell(repository: Checked) -> None:
    presenter = shown(repository.project)
    data = course_of(presenter)
    (picture,) = maps.pictures(presenter)
    for cell, row in zip(data.cells, picture.table.rows, strict=True):
        assert len(row) == len(picture.table.columns)
        for join in data.joins:
            if join.cell == cell:
                assert PEN.text(join.measure.name) in content(row[-1])
        for view in data.views:
            if any(one == cell for one, _, _ in view.cells):
                assert PEN.text(view.name) in content(row[1])


def test_a_project_with_one_station_has_no_map(presenter: Presenter) -> None:
    assert list(maps.pictures(presenter)) == []


# --- causes ---------------------------------------------------------------------------------------


def test_each_cause_is_a_line_and_a_row_of_the_table(repository: Checked, presenter: Presenter) -> None:
    for one in (presenter, shown(repository.project)):
        edges = [edge for edge in one.project.edges if edge.kind == "cause"]
        (picture,) = causes.pictures(one)
        for drawing in drawings(picture):
            assert outside(drawing) == []
            assert overlapping(drawing) == []
        lines = strokes(drawings(picture)[0])
        stated = sum(edge.status == "stated" and bool(edge.end) for edge in edges)
        assert sum(line.width > 3 for line in lines) == stated
        assert sum(line.dashed for line in lines) == sum(edge.status == "inferred" for edge in edges)
        assert len(lines) == sum(bool(edge.end) for edge in edges)
        assert len(picture.table.rows) == len(edges)
        names = {PEN.text(one.edition.code_name(one.index.codes[edge.start])) for edge in edges}
        first = " ".join(content(row[0]) for row in picture.table.rows)
        assert all(name in first for name in names)


def test_the_clauses_of_causes_are_dropped_where_they_do_not_hold(presenter: Presenter) -> None:
    data = causes.causes(presenter)
    assert data is not None
    first = data.starts[0]
    cell = next(one.cell for one in data.starts if one.cell)
    assert cell is not None
    positive = replace(first, cell=cell, name="a")
    other = replace(first, cell=replace(cell, pole="another"), name="b")

    def clauses(*found: tuple[object, object, str]) -> list[str]:
        own = tuple(
            causes.Cause(start=start, end=end, status=status, passages=())  # type: ignore[arg-type]
            for start, end, status in found
        )
        changed = replace(data, starts=tuple(dict.fromkeys(one.start for one in own)), steps=own)
        return [PEN.text(one) for one in causes.shows(changed)]

    assert clauses((positive, positive, "stated")) == []
    assert clauses((positive, other, "stated")) == []
    # a step within one cell, also between two of its traits, is none to another cell
    assert clauses((positive, positive, "stated"), (positive, other, "stated")) == [
        "Of the 2 steps with a cell at both ends, 1 lead to another cell, and 1 of these to another pole;"
        " the author states 1 of the 1"
    ]
    assert clauses((positive, positive, "stated"), (positive, other, "inferred"))[0] == (
        "Of the 2 steps with a cell at both ends, 1 lead to another cell, and 1 of these to another pole;"
        " the author states 0 of the 1"
    )
    within = replace(positive, name="another trait")
    neighbour = replace(first, cell=replace(cell, id="c", dimension="another"), name="c")
    ends = (within, neighbour, other)
    assert clauses(*[(positive, end, "stated") for end in ends])[1] == (
        "Of the 3 steps with a cell at both ends, 2 lead to another cell, and 1 of these to another pole;"
        " the author states 1 of the 1"
    )
    three = clauses(*[(positive, positive, "stated")] * 3, (other, None, "none"))
    assert three == ["“a” has the most effects: the author states all 3"]
    inferred = clauses(*[(positive, positive, "inferred")] * 3)
    assert inferred == ["“a” has the most effects: the editors infer all 3"]
    apart = clauses(*[(positive, positive, status) for status in ("stated", "inferred", "inferred")])
    assert apart[0] == "“a” has the most effects: the author states 1, the editors infer 2"
    assert clauses(*[(one, positive, "stated") for one in (positive, other)] * 3)[0] != three[0]
    mixed = clauses((positive, positive, "stated"), (positive, positive, "inferred"))
    assert mixed == ["The author states 1 of the 2 steps; the editors infer the others"]


def test_a_cause_without_an_effect_is_hatched(presenter: Presenter) -> None:
    data = causes.causes(presenter)
    assert data is not None
    step = replace(data.steps[0], end=None, status="none")
    changed = replace(data, steps=(step, *data.steps[1:]))
    for layout in (causes.wide, causes.narrow):
        found = [one for one in flat(layout(changed, PEN).elements) if isinstance(one, Hatch)]
        assert len(found) == 1
    assert "the editors found no effect" in PEN.text(step.label)


# --- other frames ---------------------------------------------------------------------------------


def test_three_works_and_many_passages_fit(tiny: Checked) -> None:
    """Three works with 40 passages each: the works have the passages of the small project, repeated."""
    project = tiny.project
    assert project is not None
    work = project.works[0]
    works, taggings = [], []
    own = [one for one in project.taggings if one.coder == project.site.coder]
    for name in ("one", "two", "three"):
        passages = tuple(
            replace(work.passages[n % len(work.passages)], id=f"p{n + 1}", number=n + 1) for n in range(40)
        )
        works.append(replace(work, record=replace(work.record, id=name), blocks=passages))
        taggings += [
            replace(tag, work=name, passage=f"p{n + 1}", alternatives=())
            for n in range(40)
            for tag in own
            if tag.passage == work.passages[n % len(work.passages)].id
        ]
    changed = replace(project, works=tuple(works), taggings=tuple(taggings), notes=(), edges=(), pages=())
    pictures = list(answers.pictures(shown(changed)))
    assert pictures
    for picture in pictures:
        for drawing in drawings(picture):
            assert drawing.width <= 1081
            assert outside(drawing) == []
            assert overlapping(drawing) == []


@pytest.mark.parametrize("name", ["argument.html", "pictures.html"])
def test_no_words_are_between_the_shapes_of_a_picture(name: str, tiny_site: Files) -> None:
    shapes = etree.HTML(tiny_site[name]).xpath("//svg//*[not(ancestor::text)]")
    assert len(shapes) > 20
    assert [one.tag for one in shapes if (one.tail or "").strip()] == []


def test_a_curve_has_a_broad_line_for_the_pointer(tiny_site: Files, presenter: Presenter) -> None:
    root = etree.HTML(tiny_site["argument.html"])
    found = root.xpath("//svg//a[not(*[contains(@class, 'area')])]/path[@d][not(@class = 'reach')]")
    middles = root.xpath("//svg//a/path[@data-pen = 'page']")
    assert len(found) - len(middles) == sum(bool(edge.end) for edge in presenter.project.edges)
    assert middles
    for path in found:
        reach = path.getprevious() if path not in middles else path.getprevious().getprevious()
        assert (reach.get("class"), reach.get("d")) == ("reach", path.get("d"))
