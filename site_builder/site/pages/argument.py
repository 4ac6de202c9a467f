"""The argument: other readings of passages, notes on them, and the steps from one code to another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from site_builder.edition import addressed, addresses
from site_builder.edition.codes import CodeId, doubted_traits, traits_of
from site_builder.edition.edition import nested
from site_builder.edition.index import Key
from site_builder.language.characters import unspaced_runs
from site_builder.language.message import Wording, listed, msg
from site_builder.model import Alternative, CellTag, Edge, Localized, NoteSource
from site_builder.site.pictures import causes as drawn_causes
from site_builder.site.pictures import maps, remedies
from site_builder.site.presenter import Presenter
from site_builder.site.views import (
    Comment,
    End,
    Link,
    Numbered,
    OtherReading,
    PassageLink,
    Quoted,
    Source,
    Step,
    StepGroup,
    View,
)


def traits(presenter: Presenter, tag: CellTag) -> tuple[Link, ...]:
    """The traits that a tag rests on, with links to their definitions, in the order of the tag; ``()`` for
    none.  A link has the name of the trait, and leads to ``grid/depth-positive.html#trait-loud``.

    :raises KeyError: for an unknown trait.
    """
    return tuple(map(presenter.code_link, traits_of(tag)))


def passages_of_trait(presenter: Presenter, code: CodeId, rest: str) -> Numbered:
    """The passages with a tag of the displayed coder that rests on a trait, each once, in reading order.

    None for a trait without tags, or another code.

    :param rest: the address of those that are not shown: at most ``sizes.numbered`` (100) are, the others are
        counted in ``left_out``; ``""`` shows all.
    """
    return presenter.numbered((key for key, _ in presenter.index.by_trait.get(code, ())), rest)


def other_readings(presenter: Presenter, key: Key) -> tuple[OtherReading, ...]:
    """The alternatives of a passage of the displayed coder, in the order of the file; ``()`` for none.

    Each has the codes that it takes away (``without``), the code that it adds, or ``None``, its quotations,
    the names of the traits that go with them (``lost``), and its reason.  The chip of the code that
    it adds has no traits, and no name if it has a sign, since it is not known which traits are meant.
    """
    return tuple(
        OtherReading(
            without=tuple(presenter.chip_of_tag(key, code) for code in doubt.without),
            # the alternative does not say which traits of the cell it means
            added=presenter.chip_with(doubt.added.id, doubt.added.relation, [None]) if doubt.added else None,
            quotes=presenter.quoted(doubt.alternative.evidence, key),
            lost=_names_of_traits(presenter, doubt.alternative),
            reason=doubt.alternative.reason,
        )
        for doubt in presenter.edition.doubts.get(key, ())
    )


def _names_of_traits(presenter: Presenter, one: Alternative) -> Wording:
    """The names of the traits that an alternative doubts with its evidence; ``""`` for none."""
    return listed(map(presenter.edition.code_name, doubted_traits(one)))


def comments(presenter: Presenter, key: Key) -> tuple[Comment, ...]:
    """The notes of the editors on a passage, in the order of the text; ``()`` for none.

    ``words`` are those that a note is on, on one line, with their quotation marks as within other quotation
    marks; ``""`` for a note on the whole passage, and if the text may not be published.

    :raises KeyError: if there is no such work.
    """
    work = presenter.index.works[key[0]]
    return tuple(
        Comment(
            note=note,
            words=nested(note.text, work.record.tag) if note.text and presenter.edition.with_text else "",
            sources=tuple(_source(one) for one in note.sources),
        )
        for note in presenter.index.notes.get(key, ())
    )


def _source(source: NoteSource) -> Source:
    """A source of a note.  Its reference states no language: with Chinese characters or kana it has that of
    the project.
    """
    own = any(unspaced_runs(source.reference))
    return Source(
        text=Localized(source.reference) if own else source.reference, href=source.address, latin=not own
    )


# --- steps ------------------------------------------------------------------------------------------


def argument(presenter: Presenter) -> Iterator[View]:
    """The page of the steps (``argument.html``): each step from a cause to an effect, or from a diagnosis to
    a remedy.  In a project without edges there is no page, unless its address is live in the ledger; its
    lists are then empty.

    Its title is that of the editors' page about ``argument``, if they wrote one, else
    ``Steps of the argument``.  Its facts: ``lead`` and ``about``, the prose of that page (its opening, and
    the rest, each ``None`` if it is empty); lists of pictures, ``drawn`` (the map of the argument),
    ``of_causes`` and ``of_remedies``; ``causes`` and ``remedies``, the steps in groups
    (:class:`.views.StepGroup`) by the dimension or the facet of their start: dimensions, then facets, in the
    order of the codebook, those of neither last.  In a group the steps with the same start follow each
    other; else they are in the order of the file.
    """
    if addresses.ARGUMENT not in addressed.own_pages(presenter.project):
        return
    page = presenter.edition.page_about("argument")
    lead, about = presenter.opened("argument")
    yield View(
        template="argument.html",
        address=addresses.ARGUMENT,
        title=page.title if page else msg("Steps of the argument"),
        description=msg("From causes to effects, and from diagnoses to remedies"),
        section="argument",
        facts={
            "lead": lead,
            "about": about,
            "drawn": list(maps.pictures(presenter)),
            "of_causes": list(drawn_causes.pictures(presenter)),
            "of_remedies": list(remedies.pictures(presenter)),
            "causes": _groups(presenter, "cause"),
            "remedies": _groups(presenter, "remedy"),
        },
    )


def _groups(presenter: Presenter, kind: str) -> list[StepGroup]:
    """The steps of a kind by the dimension or the facet of their start, in the order of the codebook.

    Steps with the same start follow each other; else the order is that of the file.  Steps from a relation or
    a function are last.
    """
    edges = [edge for edge in presenter.project.edges if edge.kind == kind]
    starts = list(dict.fromkeys(edge.start for edge in edges))
    by_heading: dict[Link | None, list[Edge]] = {heading: [] for heading in _headings(presenter)}
    for edge in sorted(edges, key=lambda one: starts.index(one.start)):
        by_heading[_heading(presenter, presenter.index.codes[edge.start])].append(edge)
    return [
        StepGroup(heading=heading, steps=_steps(presenter, found))
        for heading, found in by_heading.items()
        if found
    ]


def _headings(presenter: Presenter) -> Iterator[Link | None]:
    """The headings of all groups: dimensions, facets, and none for the rest."""
    for dimension in presenter.project.grid.dimensions:
        yield presenter.code_link(CodeId.of("dimension", dimension.id))
    for facet in presenter.project.facets:
        yield presenter.code_link(CodeId.of("facet", facet.id))
    yield None


def _heading(presenter: Presenter, code: CodeId) -> Link | None:
    """The heading of the group of a step that starts with a code."""
    if code.kind in ("cell", "trait"):
        code = CodeId.of("dimension", presenter.index.cells[code.id].dimension)
    if code.kind == "entry":
        code = CodeId.of("facet", code.facet)
    return presenter.code_link(code) if code.kind in ("dimension", "facet") else None


def steps_of_passage(presenter: Presenter, key: Key) -> tuple[Step, ...]:
    """The edges with evidence from a passage, each once, in the order of the file, each with the evidence of
    all its passages; ``()`` for none.
    """
    return _steps(presenter, presenter.index.quoting.get(key, ()))


def steps_of(presenter: Presenter, *codes: CodeId) -> tuple[Step, ...]:
    """The edges that begin or end with one of the codes, each once, code by code; ``()`` for none.

    A step of another code is not among them: a cell does not have those of its traits, of itself in a
    relation, or of its dimension.
    """
    edges = dict.fromkeys(edge for code in codes for edge in presenter.index.edges.get(code, ()))
    return _steps(presenter, edges)


def _steps(presenter: Presenter, edges: Iterable[Edge]) -> tuple[Step, ...]:
    return tuple(
        Step(
            kind=edge.kind,
            status=edge.status,
            voice=_voice(edge),
            start=_end(presenter, edge.start),
            end=_end(presenter, edge.end) if edge.end else None,
            evidence=tuple(_evidence(presenter, edge)),
            note=edge.note,
        )
        for edge in edges
    )


def _voice(edge: Edge) -> str:
    """The voice of all quotations of an edge; ``""`` for none, or if they have several."""
    voices = {one.quote.voice for one in edge.evidence}
    return voices.pop() if len(voices) == 1 else ""


def _end(presenter: Presenter, name: str) -> End:
    """One end of a step: a chip for a cell or a trait, a link for any other code."""
    code = presenter.index.codes[name]
    if code.kind in ("cell", "trait"):
        return End(chip=presenter.code_chip(code))
    return End(link=presenter.code_link(code))


def _evidence(presenter: Presenter, edge: Edge) -> Iterator[tuple[PassageLink, Quoted | None]]:
    for one in edge.evidence:
        key = presenter.index.quoted(one)
        yield presenter.passage(key), next(iter(presenter.quoted((one.quote,), key)), None)
