"""The score: the cells as rows, the passages as columns, and a glyph where a passage has a cell.

Its rows can also be the traits of cells, and its columns some of the passages, as on the page of a cell.
A cell that no entry of a group covers is hatched at the passages that speak for one entry of the group alone.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from itertools import groupby

from site_builder.edition import addresses, belonging
from site_builder.edition.codes import CodeId, of_tag, traits_of
from site_builder.edition.edition import Edition
from site_builder.edition.index import Key, grouped
from site_builder.edition.readings import READINGS, Reading
from site_builder.language.message import Wording, listed, msg
from site_builder.model import CellTag, Column, Entry, EntryTag, Passage, Tagging, Work
from site_builder.model.text import joined
from site_builder.records import dataclass, replace
from site_builder.site.pictures.answering import doing, group_name, read_of
from site_builder.site.pictures.cells import CellHead, Rests, heads, replacing, with_traits
from site_builder.site.pictures.columns import Section, named, sections
from site_builder.site.pictures.drawing import signed
from site_builder.site.pictures.gaps import gap, gap_id, together
from site_builder.site.pictures.glyphs import glyphs
from site_builder.site.presenter import Presenter

Readings = tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Note:
    """A code in a passage, in one relation (``""`` for none), and the readings that have it.

    ``traits`` are the ids of those whose names are shown in place of that of the code (:func:`.replacing`).
    """

    relation: str
    readings: Readings
    traits: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Silence:
    """That no entry of a group covers a cell, at a passage that speaks for one entry of the group alone.

    ``readings`` are those in which it is so.  ``contingent`` if an entry covers the cell in another reading.
    ``label`` says it in words, and ``href`` is the address of the result on the silence report.
    """

    readings: Readings
    contingent: bool
    label: Wording = ""
    href: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """A row of the score: a code, its names, its notes by the id of the passage, and its silences.

    ``group`` is the id of its dimension.  ``sign`` is what precedes the name, ``short`` what replaces
    both in a small place; ``parts`` are the two parts of ``short``, if it has two.  ``silent`` has the
    silence of each passage that speaks for one entry of a group that does not cover the code.
    """

    code: CodeId
    slug: str
    group: str
    sign: Wording
    name: Wording
    short: Wording
    parts: tuple[str, ...]
    href: str
    notes: Mapping[str, tuple[Note, ...]]
    silent: Mapping[str, Silence]

    @property
    def whole(self) -> Wording:
        """Its sign and its name: in English ``＋ Sound`` with a space, in Chinese ``深＋聲`` without.

        The name alone if the sign is empty.
        """
        return signed(self.sign, self.name)


@dataclass(frozen=True, kw_only=True, slots=True)
class Score:
    """A work as a score.  ``shapes`` are those of the relations; ``names`` their names.

    ``over`` has the name and the address of each group of rows that is named above them, by its id: the cell
    of traits.  ``traits`` are the names of traits, by the ids of their cells and their own.
    """

    work: Work
    sections: tuple[Section, ...]
    rows: tuple[Row, ...]
    shapes: Mapping[str, str]
    names: Mapping[str, Wording]
    labels: Mapping[str, Wording]
    over: Mapping[str, tuple[Wording, str]] = field(default_factory=dict)
    traits: Mapping[tuple[str, str], Wording] = field(default_factory=dict)

    @property
    def passages(self) -> tuple[Passage, ...]:
        """The passages of all sections, in order.  Each is a column."""
        return tuple(passage for section in self.sections for passage in section.passages)

    @property
    def groups(self) -> tuple[tuple[Row, ...], ...]:
        """Neighbouring rows with the same ``group``, in their order; rows of one group with another between
        are two groups.  ``()`` without rows.
        """
        return tuple(tuple(rows) for _, rows in groupby(self.rows, key=lambda row: row.group))


def of_cells(
    presenter: Presenter, work: Work, passages: Iterable[Passage] | None = None, entry: Entry | None = None
) -> Score:
    """The score of a work with a row for each code that has a colour, in the order of the codebook, also for
    those that no passage has.

    :param passages: only these passages of the work; ``None`` for all.
    :param entry: only tags of cells that belong to this entry or to a part of it; ``None`` for all.
    """
    if passages is None and entry is None:
        return presenter.last(_of_all_cells, work)
    return _score(presenter, work, tuple(presenter.edition.paints), passages, entry)


def _of_all_cells(presenter: Presenter, work: Work) -> Score:
    return _score(presenter, work, tuple(presenter.edition.paints), None)


def of_traits(presenter: Presenter, work: Work, cell: str = "") -> Score:
    """The score of a work with a row for each trait, of one cell or of all cells; without any, no rows.

    The columns are all passages of the work, and an unknown cell has no traits.  Of all cells, the sign
    and the name of each that has traits are over these.

    :param cell: the id of the cell; ``""`` for all.
    """
    cells = [one for one in presenter.project.grid.cells if cell in ("", one.id)]
    codes = tuple(CodeId.trait_of(one.id, trait.id) for one in cells for trait in one.traits)
    found = _score(presenter, work, codes, None)
    if cell:
        return found
    named = {one.id: one for one in heads(presenter)}
    return replace(
        found, over={row.group: (named[row.group].whole, named[row.group].href) for row in found.rows}
    )


def _score(
    presenter: Presenter,
    work: Work,
    codes: tuple[CodeId, ...],
    passages: Iterable[Passage] | None,
    entry: Entry | None = None,
) -> Score:
    edition = presenter.edition
    shown = tuple(
        replace(section, name=named(edition, work, section)) for section in sections(work, passages)
    )
    columns = [passage for section in shown for passage in section.passages]
    readings = edition.readings if edition.doubts else dict.fromkeys(READINGS, edition)
    notes = _notes(readings, work, columns, entry)
    silences = _silences(presenter, readings, work, columns)
    return Score(
        work=work,
        sections=shown,
        rows=tuple(row_of(presenter, code, notes.get(code, {}), silences.get(code, {})) for code in codes),
        shapes=glyphs(presenter.project),
        names={term.id: term.name for term in presenter.project.grid.relations},
        labels={passage.id: edition.passage_label((work.id, passage.id), work.id) for passage in columns},
        traits={
            (cell.id, trait.id): edition.code_name(CodeId.trait_of(cell.id, trait.id))
            for cell in presenter.project.grid.cells
            for trait in cell.traits
        },
    )


def row_of(
    presenter: Presenter,
    code: CodeId,
    notes: Mapping[str, tuple[Note, ...]],
    silent: Mapping[str, Silence],
) -> Row:
    """The row of a code: its name, and of a cell also its sign (``""`` for any other code).

    ``short`` is, of a cell with a pole, the short name of its dimension with the sign of the pole, which are
    its ``parts``; else the name, and ``parts`` is ``()``.  ``group`` is the dimension of a cell, the facet of
    an entry, the cell of a trait.  ``slug`` is that of the code, of a trait that of its cell.

    :raises KeyError: for an unknown code.
    """
    edition = presenter.edition
    cell = presenter.index.cells.get(code.id) if code.kind in ("cell", "trait") else None
    name = edition.code_name(code)
    sign: Wording = edition.sign(cell) if cell and code.kind == "cell" else ""
    parts: tuple[str, ...] = ()
    if cell and code.kind == "cell" and cell.pole:
        dimension, pole = presenter.index.dimensions[cell.dimension], edition.poles[cell.pole]
        parts = (dimension.short or dimension.name, pole.sign or pole.name)
    of_colour = CodeId.cell(cell.id) if cell else code
    return Row(
        code=code,
        slug=edition.code_slug(of_colour),
        group=code.id if code.kind == "trait" else cell.dimension if cell else code.facet,
        sign=sign,
        name=name,
        short=joined(*parts) if parts else name,
        parts=parts,
        href=edition.code_addresses[code],
        notes=notes,
        silent=silent,
    )


def _notes(
    readings: Mapping[Reading, Edition], work: Work, passages: Iterable[Passage], entry: Entry | None
) -> dict[CodeId, dict[str, tuple[Note, ...]]]:
    """Code → passage → its notes, in the order of the codebook.  Traits are codes too.

    :param entry: only tags of cells that belong to this entry or to a part of it; ``None`` for all.
    """
    order = {term.id: n for n, term in enumerate(readings["published"].project.grid.relations)}
    found: dict[CodeId, dict[str, dict[tuple[str, tuple[str, ...]], list[str]]]] = {}
    for reading, edition in readings.items():
        for passage in passages:
            key = (work.id, passage.id)
            own: dict[tuple[CodeId, str], list[tuple[str, ...]]] = {}
            for tag in edition.painted_tags(edition.index.taggings.get(key)):
                if entry is not None and isinstance(tag, CellTag) and not _belongs(edition, key, tag, entry):
                    continue
                relation = tag.relation if isinstance(tag, CellTag) else ""
                for code in _codes(tag):
                    traits: tuple[str, ...] = ()
                    if isinstance(tag, CellTag) and code.kind == "cell":
                        traits = _carried(edition, key, tag, entry)
                    own.setdefault((code, relation), []).append(traits)
            for (code, relation), tags in own.items():
                at = found.setdefault(code, {}).setdefault(passage.id, {})
                at.setdefault((relation, _few(edition, code, tags)), []).append(reading)
    return {
        code: {
            passage: tuple(
                Note(relation=relation, readings=tuple(own), traits=traits)
                for (relation, traits), own in sorted(at.items(), key=lambda one: order.get(one[0][0], -1))
            )
            for passage, at in places.items()
        }
        for code, places in found.items()
    }


def _carried(edition: Edition, key: Key, tag: CellTag, entry: Entry | None) -> tuple[str, ...]:
    """The traits of a tag of a passage; of an entry those that its words carry, ``()`` if it is not known."""
    if entry is None:
        return tag.traits
    return belonging.traits_of(edition.index, entry, key, tag) or ()


def _few(edition: Edition, code: CodeId, tags: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """The traits of some tags of a cell that are named in place of it, in the order of the codebook."""
    cell = edition.index.cells.get(code.id)
    named = [trait.id for trait in cell.traits if any(trait.id in tag for tag in tags)] if cell else []
    return replacing(named, tags)


def _belongs(edition: Edition, key: Key, tag: CellTag, entry: Entry) -> bool:
    """Whether a tag of a passage belongs to an entry or to a part of it."""
    owners = edition.index.entries_of(key, tag, (entry.facet,))
    return any(entry.id in (one.id, one.parent) for one in owners)


def _codes(tag: CellTag | EntryTag) -> tuple[CodeId, ...]:
    return (of_tag(tag).whole, *(traits_of(tag) if isinstance(tag, CellTag) else ()))


def _silences(
    presenter: Presenter, readings: Mapping[Reading, Edition], work: Work, passages: Iterable[Passage]
) -> dict[CodeId, dict[str, Silence]]:
    """Cell → passage that speaks for one entry alone of a group that does not cover the cell → the silence.

    A passage that speaks for several entries (an abstract) is none.  All works count as to whether a group
    covers the cell.  Of two groups with one facet, a silence in all readings prevails, and its words are
    those of the first.
    """
    named = {one.id: one for one in heads(presenter)}
    found: dict[CodeId, dict[str, Silence]] = {}
    shown = [passage.id for passage in passages]
    for number, column in enumerate(readings["published"].project.site.silence):
        silent = {reading: set(silent_cells(edition, column)) for reading, edition in readings.items()}
        on_one = {
            reading: {passage for passage in shown if _is_on_one(edition, (work.id, passage), column)}
            for reading, edition in readings.items()
        }
        for cell in (cell.id for cell in readings["published"].project.grid.cells):
            own = [reading for reading in readings if cell in silent[reading]]
            contingent = len(own) < len(readings)
            label = _gap(presenter, column, tuple(named.values()), named[cell], firm=not contingent)
            href = f"{addresses.SILENCE}#{gap_id(number, named[cell].slug)}"
            for passage in shown if own else ():
                at = tuple(one for one in own if passage in on_one[one])
                if not at:
                    continue
                places = found.setdefault(CodeId.cell(cell), {})
                if (before := places.get(passage)) is not None:
                    at = tuple(one for one in readings if one in (*before.readings, *at))
                    contingent = contingent and before.contingent
                    label, href = before.label, before.href
                places[passage] = Silence(readings=at, contingent=contingent, label=label, href=href)
    return found


def _gap(
    presenter: Presenter, column: Column, cells: Sequence[CellHead], cell: CellHead, *, firm: bool
) -> Wording:
    """What the hatching of a cell says of a group."""
    facet = presenter.index.facets.get(column.facet)
    entries = sum(not entry.parent for entry in facet.entries) if facet else 0
    agree = firm if presenter.edition.doubts else None
    return gap(group_name(presenter, column), entries, doing(presenter, column), cells, cell, agree=agree)


def silent_cells(edition: Edition, column: Column) -> tuple[str, ...]:
    """The ids of the cells that no entry of a group covers in any work, in the order of the codebook.

    ``()`` for an unknown facet.  If no passage has an entry of it, all cells are silent.
    """
    if column.facet not in edition.index.facets:
        return ()
    found = covered(edition, column)
    return tuple(cell.id for cell in edition.project.grid.cells if cell.id not in found)


def covered(edition: Edition, column: Column) -> dict[str, Rests]:
    """The cells that an entry of a group covers, each with the traits of its tags that say so.

    Such a tag has a relation of the group, or any if this names none, and belongs to an entry of its facet in
    its passage: to each one tagged without evidence there, and to each one whose evidence has a quotation of
    the tag in it.

    Id of the cell → traits of each such tag, ``()`` for a tag without traits.  A cell that no entry covers is
    no key; an unknown facet gives ``{}``.
    """
    index = edition.index
    return grouped(
        (tag.cell, tag.traits)
        for key, tagging in index.taggings.items()
        for tag in tagging.cells
        if column.counts(tag.relation)
        and tag.cell in index.cells
        and index.entries_of(key, tag, (column.facet,))
    )


def _is_on_one(edition: Edition, key: Key, column: Column) -> bool:
    """Whether a passage speaks for one entry of a group alone, or for parts of one."""
    tagging: Tagging | None = edition.index.taggings.get(key)
    return tagging is not None and len(edition.index.top_entries(tagging, column.facet)) == 1


# --- what it shows --------------------------------------------------------------------------------


def shows(
    score: Score, readings: Mapping[Reading, Presenter], reading: Reading = "published"
) -> tuple[Wording, ...]:
    """The clauses that say what the score of a work shows in one reading of the tags, in this order.

    For each column of the silence report, the cells that no entry answers in any work, if some are and not
    all.  For each column with two relations or more, the dimension with more than half of its tags in
    passages of this work that speak for one entry alone.  The first section with a name that has each code,
    at least four, and takes up all of them or three quarters in the order of the rows.  If there is none of
    these, how many passages of the work have a code, and ``()`` if none has.

    :param readings: the presenter of each reading (:func:`.answering.read_of`).
    """
    read = readings[reading]
    columns = read.project.site.silence
    found = (
        *(clause for column in columns for clause in _silence(read, column, readings, reading)),
        *(_tilt(read, score, column) for column in columns),
        _order(score, reading),
    )
    return tuple(clause for clause in found if clause) or _coverage(score, reading)


def shows_in(presenter: Presenter, score: Score) -> tuple[tuple[Reading, tuple[Wording, ...]], ...]:
    """The clauses of each reading of the tags, as (id of the reading, :func:`shows`), in the order
    ``strict``, ``published``, ``generous``; ``()`` without alternatives of the coder that the site shows.  A
    reading without clauses is there with ``()``.
    """
    readings = read_of(presenter)
    if len(readings) < 2:
        return ()
    return tuple((reading, shows(score, readings, reading)) for reading in READINGS)


def _having(row: Row, reading: Reading) -> Iterator[str]:
    """The passages that have the code in a reading, in order."""
    for passage, notes in row.notes.items():
        if any(reading in note.readings for note in notes):
            yield passage


def _coverage(score: Score, reading: Reading) -> tuple[Wording, ...]:
    touched = {passage for row in score.rows for passage in _having(row, reading)}
    every = len(score.passages)
    if not touched:
        return ()
    if len(touched) == every:
        return (msg("Every passage mentions a part of the framework"),)
    return (
        msg(
            "%(touched)s of %(all)s passages mention a part of the framework",
            touched=len(touched),
            all=every,
        ),
    )


def _order(score: Score, reading: Reading) -> Wording:
    """Whether a section takes up the rows from the first to the last: in order, or nearly so.

    In order means that the first and the middle passages of the rows rise.  Nearly so means that the middle
    ones of at least three quarters of the rows do.
    """
    are_cells = all(row.code.kind == "cell" for row in score.rows)
    for section in score.sections:
        place = {passage.id: n for n, passage in enumerate(section.passages)}
        found = [
            places
            for row in score.rows
            if (places := sorted(place[passage] for passage in _having(row, reading) if passage in place))
        ]
        firsts = [places[0] for places in found]
        middles = [places[(len(places) - 1) // 2] for places in found]
        if not section.name or len(middles) < 4 or len(middles) < len(score.rows):
            continue
        if len(set(middles)) > len(middles) / 2 and middles == sorted(middles) and firsts == sorted(firsts):
            if are_cells:
                return msg("The section “%(section)s” takes up the cells one by one", section=section.name)
            return msg(
                "The section “%(section)s” takes up the rows of the picture one by one", section=section.name
            )
        if _longest_rise(middles) >= len(middles) * 3 / 4:
            if are_cells:
                return msg(
                    "The section “%(section)s” takes up the cells almost one by one", section=section.name
                )
            return msg(
                "The section “%(section)s” takes up the rows of the picture almost one by one",
                section=section.name,
            )
    return ""


def _longest_rise(numbers: Sequence[int]) -> int:
    """The length of the longest part of a list, with gaps, that rises at each step.

    >>> _longest_rise([1, 4, 3, 5])
    3
    """
    ends: list[int] = []
    for number in numbers:
        at = bisect_left(ends, number)
        ends[at : at + 1] = [number]
    return len(ends)


def _silence(
    presenter: Presenter, column: Column, readings: Mapping[Reading, Presenter], reading: Reading
) -> Iterator[Wording]:
    """The cells that a group does not cover, if it covers some, and whether all readings agree."""
    found = covered(presenter.edition, column)
    facet = presenter.index.facets.get(column.facet)
    if found and facet is not None:
        entries = sum(not entry.parent for entry in facet.entries)
        does = doing(presenter, column)
        silent = [silent_cells(one.edition, column) for one in readings.values()]
        firm = frozenset(silent[0]).intersection(*silent) if len(silent) > 1 else None
        yield from together(
            group_name(presenter, column), entries, does, heads(presenter), found, firm, reading
        )


def _tilt(presenter: Presenter, score: Score, column: Column) -> Wording:
    """Where more than half of the tags of a group with several relations are in one dimension.

    Passages that speak for several entries, as an abstract does, are left out.
    """
    if len(column.relations) < 2:
        return ""
    tags = [
        presenter.index.cells[tag.cell].dimension
        for passage in score.passages
        if _is_on_one(presenter.edition, (score.work.id, passage.id), column)
        for tag in presenter.index.taggings[(score.work.id, passage.id)].cells
        if column.counts(tag.relation)
    ]
    for dimension in presenter.project.grid.parents:
        count = tags.count(dimension.id)
        if count > len(tags) / 2:
            return msg(
                "Passages on one entry of “%(group)s” alone say %(all)s times that it %(relations)s a cell,"
                " %(count)s times one of %(dimension)s",
                group=group_name(presenter, column),
                relations=doing(presenter, column),
                count=count,
                all=len(tags),
                dimension=dimension.name,
            )
    return ""


def note_label(score: Score, row: Row, passage: Passage, notes: tuple[Note, ...]) -> Wording:
    """The name of a mark: ``PASSAGE: CODE, RELATION, RELATION``; without relations ``PASSAGE: CODE``.

    PASSAGE is the label of the passage, CODE the sign and the name of the row, as :attr:`Row.whole` joins
    them.  The relations are those of the notes, in their order, by their names; a note without a relation
    adds nothing.  In English it is ``Passage 2: ＋ Sound, shows``.

    Few traits are in parentheses behind the relation, and replace the name of the code after a sign if each
    note has some, as in :func:`in_notes`: ``Passage 2: ＋, shows (Loud)``.
    """
    where, what = score.labels[passage.id], in_notes(score, row, notes)
    return msg("%(passage)s: %(code)s", passage=where, code=what)


def in_notes(score: Score, row: Row, notes: Sequence[Note], *, short: bool = False) -> Wording:
    """A code with the relations of some notes: ``＋ Sound, shows, harms``; without relations ``＋ Sound``.

    The few traits of a note are in parentheses behind its relation, and behind the code if no note has a
    relation.  If each note has traits, the name is left out after a sign: ``＋, shows (Loud)``, also
    ``＋ (Loud)``.

    :param short: whether the sign of a cell, if it has one, replaces its sign and name in any case.
    """
    named = [(note.relation, _names(score, row, note)) for note in notes]
    what = row.sign if row.sign and (short or all(names for _, names in named)) else row.whole
    if not any(relation for relation, _ in named):
        names = [one for _, names in named for one in names]
        return with_traits(what, names) if names else what
    relations = [
        with_traits(score.names[relation], names) if names else score.names[relation]
        for relation, names in named
        if relation
    ]
    return msg("%(code)s, %(relations)s", code=what, relations=listed(relations))


def _names(score: Score, row: Row, note: Note) -> list[Wording]:
    return [score.traits[row.code.id, trait] for trait in note.traits]


def passage_href(score: Score, passage: Passage) -> str:
    """The address of the page of a passage of the work (``lu1923/p12.html``); that it exists is not
    checked.
    """
    return addresses.passage((score.work.id, passage.id))
