"""Scores as pictures: of a work, of the traits, and the slices on the pages of codes."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from site_builder.edition import addresses
from site_builder.edition.codes import CodeId
from site_builder.edition.index import grouped
from site_builder.edition.readings import READINGS
from site_builder.language.message import Message, Wording, listed, msg, pmsg
from site_builder.model import Work
from site_builder.records import replace
from site_builder.site.pictures import key, score_layout
from site_builder.site.pictures.answering import doing, group_name, read_of
from site_builder.site.pictures.cells import of_traits_only
from site_builder.site.pictures.gaps import contingent, hatched_by_group, of_gaps, uncovered
from site_builder.site.pictures.picture import Content, Form, KeyItem, Picture, Table
from site_builder.site.pictures.score import Note, Row, Score, in_notes, of_cells, of_traits, shows, shows_in
from site_builder.site.presenter import Presenter
from site_builder.site.views import Link


def whole(presenter: Presenter, work: Work) -> Picture | None:
    """The score of a work, with a row for each code that has a colour; ``None`` if no passage has one.

    Its id is ``score``, with several works ``score-WORK``.
    """
    return presenter.last(_whole, work)


def _whole(presenter: Presenter, work: Work) -> Picture | None:
    score = of_cells(presenter, work)
    if not any(row.notes for row in score.rows):
        return None
    title: Wording = msg("The score")
    if not presenter.index.single_work:
        title = msg("The score of “%(work)s”", work=work.record.title)
    clauses = shows(score, read_of(presenter))
    return _picture(presenter, score, _id(presenter, work, "score"), title, clauses, is_whole=True)


def by_traits(presenter: Presenter, work: Work) -> Picture | None:
    """The score of a work with a row for each trait; ``None`` if no tag rests on one.

    Its id is ``score-traits``, with several works ``score-traits-WORK``.
    """
    score = of_traits(presenter, work)
    if not any(row.notes for row in score.rows):
        return None
    title: Wording = msg("The score by trait")
    if not presenter.index.single_work:
        title = msg("The score of “%(work)s” by trait", work=work.record.title)
    return _picture(presenter, score, _id(presenter, work, "score-traits"), title, ())


def of_cell(presenter: Presenter, work: Work, cell: str) -> Picture | None:
    """The part of the score on the page of a cell: its row, and one for each of its traits, with all passages
    of the work; ``None`` if no passage has one of them.

    It has no file.

    Its id is ``score-SLUG`` with the slug of the cell, with several works ``score-SLUG-WORK``.
    """
    return _rows_of(presenter, work, (CodeId.cell(cell),), cell)


def _rows_of(presenter: Presenter, work: Work, codes: tuple[CodeId, ...], cell: str) -> Picture | None:
    cells, traits = of_cells(presenter, work), of_traits(presenter, work, cell)
    rows = (*(row for row in cells.rows if row.code in codes), *traits.rows)
    if not any(row.notes for row in rows):
        return None
    score = replace(cells, rows=rows)
    return _picture(
        presenter,
        score,
        _id(presenter, work, f"score-{rows[0].slug}"),
        _slice_title(presenter, work),
        (),
        is_slice=True,
    )


def of_entry(presenter: Presenter, work: Work, facet: str, entry: str) -> Picture | None:
    """The part of the score on the page of an entry: a row for each code with a colour, and as columns the
    passages that speak for the entry or for its parts and have a tag of a code that belongs to it, in at
    least one reading; ``None`` if none of them has such a tag.

    It has no file and no silences.  If some of these passages have no such tag, its last sentence says that
    they have no column.

    Its id is ``score-FACET-ENTRY``, with several works ``score-FACET-ENTRY-WORK``.

    :raises KeyError: if a passage has an entry that the facet does not have.
    """
    found = [
        passage
        for passage in work.passages
        if (tagging := presenter.index.taggings.get((work.id, passage.id)))
        if entry in presenter.index.top_entries(tagging, facet)
        or any((one.facet, one.entry) == (facet, entry) for one in tagging.entries)
    ]
    own = presenter.index.entries[(facet, entry)]
    score = of_cells(presenter, work, found, own)
    tagged = {passage for row in score.rows for passage in row.notes}
    if not tagged:
        return None
    columns = [passage for passage in found if passage.id in tagged]
    if len(columns) < len(found):
        score = of_cells(presenter, work, columns, own)
    # The hatching would say that no entry answers a cell, and be read as if it said so of this entry alone.
    score = replace(score, rows=tuple(replace(row, silent={}) for row in score.rows))
    picture = _picture(
        presenter,
        score,
        _id(presenter, work, f"score-{facet}-{entry}"),
        _slice_title(presenter, work),
        (),
        is_slice=True,
    )
    if len(columns) == len(found):
        return picture
    left_out = msg("Passages about this entry without such a sign have no column.")
    return replace(
        picture, how=pmsg("two sentences", "%(first)s %(second)s", first=picture.how, second=left_out)
    )


def _slice_title(presenter: Presenter, work: Work) -> Wording:
    if presenter.index.single_work:
        return msg("In the score")
    return msg("In the score of “%(work)s”", work=work.record.title)


def _id(presenter: Presenter, work: Work, name: str) -> str:
    return name if presenter.index.single_work else f"{name}-{work.id}"


def _picture(
    presenter: Presenter,
    score: Score,
    id_: str,
    title: Wording,
    clauses: tuple[Wording, ...],
    *,
    is_whole: bool = False,
    is_slice: bool = False,
) -> Picture:
    forms = [Form(name="wide", layout=partial(score_layout.wide, score))]
    if is_whole or is_slice:
        forms += [
            Form(name="narrow", layout=partial(score_layout.small, score)),
            Form(name="turned", layout=partial(score_layout.turned, score)),
        ]
    return Picture(
        id=id_,
        title=title,
        shows=clauses,
        how=_how(presenter, score),
        forms=tuple(forms),
        table=_table(score),
        key=_key(presenter, score),
        limits=tuple(_limits(presenter, score, of_columns=is_whole)) if is_whole or is_slice else (),
        has_readings=bool(presenter.edition.doubts),
        shows_in=shows_in(presenter, score) if clauses else (),
        has_file=not is_slice,
    )


def _limits(presenter: Presenter, score: Score, *, of_columns: bool) -> Iterator[Wording]:
    """What a gap does not say, and that a sign can be about another trait than the name of its row, with the
    signs of one passage as an example.

    :param of_columns: with the notes of the columns of the silence report.
    """
    if any(row.silent for row in score.rows):
        yield from of_gaps(presenter.project.site.silence if of_columns else ())
    found = grouped(_other_traits(presenter, score))
    if found:
        counted = {relation for column in presenter.project.site.silence for relation in column.relations}
        number, signs = max(
            found.items(),
            key=lambda one: (sum(note.relation in counted for _, note in one[1]), len(one[1]), one[0]),
        )
        yield msg(
            "A row has the name of its cell, and a sign can be about another trait of it. For example, in"
            " passage %(number)s, %(signs)s.",
            number=number,
            signs=listed((_in_words(score, row, note) for row, note in signs), _and_sign),
        )


def _in_words(score: Score, row: Row, note: Note) -> Wording:
    return pmsg(
        "a sign of a row, and the traits that it is about",
        "“%(relation)s” at %(cell)s is about %(traits)s",
        cell=row.sign or row.name,
        relation=score.names[note.relation],
        traits=listed(score.traits[row.code.id, one] for one in note.traits),
    )


def _and_sign(signs: Wording, sign: Wording) -> Message:
    return pmsg("signs of several rows", "%(signs)s; %(sign)s", signs=signs, sign=sign)


def _other_traits(presenter: Presenter, score: Score) -> Iterator[tuple[int, tuple[Row, Note]]]:
    """The published notes on one or two traits of which none is the first of its cell, with their
    passages.
    """
    numbers = {passage.id: passage.number for passage in score.passages}
    for row in score.rows:
        cell = presenter.index.cells.get(row.code.id)
        first = cell.traits[0].id if cell and cell.traits else ""
        for passage, notes in row.notes.items():
            for note in notes:
                is_named = note.relation and "published" in note.readings and note.traits
                if is_named and first not in note.traits:
                    yield numbers[passage], (row, note)


def _how(presenter: Presenter, score: Score) -> Wording:
    how = _how_to_read(presenter, score)
    if any(note.traits for row in score.rows for notes in row.notes.values() for note in notes):
        return pmsg("two sentences", "%(first)s %(second)s", first=how, second=of_traits_only())
    return how


def _how_to_read(presenter: Presenter, score: Score) -> Wording:
    if any(row.silent for row in score.rows):
        return msg(
            "Each column is a passage of the text, each row a cell; a sign shows what the passage says of the"
            " cell. Blank: nothing. Hatching marks a gap of the whole text (%(gaps)s). It is drawn only in"
            " passages about a single one of them.",
            gaps=_gaps(presenter),
        )
    return msg(
        "Each column is a passage of the text, each row a code; a sign shows that the passage has the code."
    )


def _key(presenter: Presenter, score: Score) -> tuple[KeyItem, ...]:
    """The relations that occur, in the order of the codebook; the two kinds of squares, if both occur; what
    hatching means.
    """
    used: dict[str, set[str]] = {}
    for row in score.rows:
        for note in (one for notes in row.notes.values() for one in notes):
            used.setdefault(note.relation, set()).update(note.readings)
    found = [
        key.of_relation(presenter.edition, id_, shape, readings=_readings(used[id_]))
        for id_, shape in score.shapes.items()
        if id_ in used
    ]
    found += _poles(presenter, score)
    firm, loose = set[str](), set[str]()
    for silence in (one for row in score.rows for one in row.silent.values()):
        (loose if silence.contingent else firm).update(silence.readings)
    if firm or loose:
        found.append(KeyItem(shape="hatch", text=_gaps(presenter), readings=_readings(firm | loose)))
    if loose:
        found.append(KeyItem(shape="hatch-contingent", text=contingent(), readings=_readings(loose)))
    return tuple(found)


def _gaps(presenter: Presenter) -> Wording:
    """What hatching means, for each group of the silence report."""
    return hatched_by_group(
        [
            (group_name(presenter, one), uncovered(doing(presenter, one)))
            for one in presenter.project.site.silence
        ]
    )


def _readings(found: set[str]) -> tuple[str, ...]:
    """The readings in their order; ``()`` for all of them."""
    return () if len(found) == len(READINGS) else tuple(one for one in READINGS if one in found)


def _poles(presenter: Presenter, score: Score) -> Iterator[KeyItem]:
    """A square of each pole of a grid with two, if squares of both are drawn; in the readings in which one
    is drawn.
    """
    poles, cells = presenter.project.grid.poles, presenter.index.cells
    squares = [
        (row, note)
        for row in score.rows
        for notes in row.notes.values()
        for note in notes
        if score.shapes.get(note.relation, "square") == "square"
    ]
    first = {
        cell.pole: row.slug for row, _ in reversed(squares) if (cell := cells.get(row.code.id)) and cell.pole
    }
    if len(poles) != 2 or len(first) != 2:
        return
    readings = _readings({reading for _, note in squares for reading in note.readings})
    for pole in poles:
        text = msg("square: %(pole)s", pole=pole.name)
        yield KeyItem(shape="box", code=first[pole.id], text=text, readings=readings)


def _table(score: Score) -> Table:
    """A row for each passage with a code, and in it each code with its relations."""
    rows: list[tuple[Content, ...]] = []
    for section in score.sections:
        for passage in section.passages:
            codes: list[Link | Wording] = []
            for row in score.rows:
                notes = [note for note in row.notes.get(passage.id, ()) if "published" in note.readings]
                if not notes:
                    continue
                codes.append(Link(text=in_notes(score, row, notes, short=True), href=row.href))
            if codes:
                href = addresses.anchor((score.work.id, passage.id))
                rows.append(((Link(text=str(passage.number), href=href),), (section.name,), tuple(codes)))
    return Table(columns=(msg("Passage"), msg("Section"), msg("Codes")), rows=tuple(rows))


def pictures(presenter: Presenter) -> Iterator[Picture]:
    """Every score with a file, work by work: of each work that by code, then that by trait, if there are such
    (:func:`of_work`).
    """
    for work in presenter.project.works:
        yield from of_work(presenter, work)


def of_work(presenter: Presenter, work: Work) -> Iterator[Picture]:
    """The scores of a work with a file: by code, then by trait.

    There is none by code if no passage has a code with a colour, and none by trait if no tag rests on a
    trait.
    """
    return filter(None, (whole(presenter, work), by_traits(presenter, work)))
