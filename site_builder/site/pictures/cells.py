"""The cells of the grid as the rows or columns of a picture."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import TypeAlias, TypeVar

from site_builder.edition.codes import CodeId
from site_builder.language.message import Wording, listed, msg, pmsg
from site_builder.language.numerals import spelled
from site_builder.model.text import joined
from site_builder.records import dataclass
from site_builder.site.pictures.drawing import signed
from site_builder.site.presenter import Presenter

Rests: TypeAlias = tuple[tuple[str, ...], ...]
"""The traits that each of some tags of one cell rests on, by their ids."""
Name = TypeVar("Name")
_FEW = 2
"""The most traits whose names are shown in place of that of a code, which is shorter than more of them."""


def replacing(names: Sequence[Name], tags: Iterable[Sequence[object]]) -> tuple[Name, ...]:
    """The names of traits that are shown in place of that of a code, as on the reading page: all of them if
    they are two at most and each tag of the code has a trait; else none.

    >>> replacing(["loud", "swift"], [["loud"], ["loud", "swift"]])
    ('loud', 'swift')
    >>> replacing(["loud"], [["loud"], []])
    ()

    No tags give all names, if they are two at most.
    """
    return tuple(names) if len(names) <= _FEW and all(tags) else ()


@dataclass(frozen=True, kw_only=True, slots=True)
class CellHead:
    """A cell: its slug, the id and the name of its dimension, its names, and its address.

    ``initial`` replaces the name of the dimension in a small place.  ``sign`` precedes the name of the cell,
    and is empty in a grid without poles.  ``pole`` and ``short`` replace the name in a small place, below
    the name of the dimension and without it: ``pole`` is the sign of the pole, or its name if it has no sign;
    ``short`` is that after the short name of the dimension, or its name.  Without a pole both are the name of
    the cell.
    ``traits`` are the ids and the names of its traits.
    """

    id: str
    slug: str
    group: str
    dimension: Wording
    initial: Wording
    sign: Wording
    name: Wording
    pole: Wording
    short: Wording
    href: str
    traits: tuple[tuple[str, Wording], ...] = ()

    def resting(self, tags: Rests) -> tuple[str, ...]:
        """The ids of the traits that at least one of some tags of the cell names, in the order of the
        codebook.

        ``()`` if one of the tags names no trait, since it is about the cell as a whole, and without tags.
        """
        if not all(tags):
            return ()
        return tuple(id_ for id_, _ in self.traits if any(id_ in own for own in tags))

    def names(self, tags: Rests) -> tuple[Wording, ...]:
        """The names of the traits on which some tags of the cell rest together, in the order of the codebook.

        Each is there once.  If one of the tags names no trait, ``no trait named`` is the last; ``()`` if none
        of them names any, and without tags.  A trait that the cell does not have is left out.
        """
        own = {id_ for tag in tags for id_ in tag}
        found = tuple(name for id_, name in self.traits if id_ in own)
        return (*found, _unnamed()) if found and not all(tags) else found

    def few(self, tags: Rests) -> Wording:
        """The names of the traits on which some tags rest, for a place beside a sign: ``Loud, Swift``.

        ``""`` if they are more than two, if one of the tags names no trait, and without tags.
        """
        return listed(replacing(self.names(tags), tags))

    def in_tags(self, tags: Rests, *, named: bool = False) -> Wording:
        """The cell as a sentence or the name of a mark has it that is about some tags: ``Deep + (Loud)``.

        A tag that rests on some traits is not about all that the name of the cell means, so the traits take
        the place of the name.  If one of several tags names none, it is ``Deep + (Loud, no trait named)``.
        If no tag names a trait, and without tags, it is the sign and the name (:attr:`whole`).

        :param named: whether other cells of the sentence are named with traits; then a cell that has traits,
            and tags that name none, is ``Deep + (no trait named)``.
        """
        names = self.names(tags) or ((_unnamed(),) if named and tags and self.traits else ())
        return with_traits(self.brief, names) if names else self.whole

    @property
    def brief(self) -> Wording:
        """Its sign, as a sentence names it; its name if the sign is empty."""
        return self.sign or self.name

    @property
    def whole(self) -> Wording:
        """Its sign and its name: in English ``＋ Sound`` with a space, in Chinese ``深＋聲`` without.

        The name alone if the sign is empty.
        """
        return signed(self.sign, self.name)


def with_traits(what: Wording, names: Iterable[Wording]) -> Wording:
    """A cell, or a relation to it, with the names of some of its traits, with commas: ``＋ (Loud, Swift)``.

    Without names the parentheses are empty.
    """
    return pmsg("a cell and some of its traits", "%(cell)s (%(traits)s)", cell=what, traits=listed(names))


def _unnamed() -> Wording:
    return msg("no trait named")


def of_traits_only() -> Wording:
    """What a reader of a picture must know where a tag rests on some traits of its cell: ``A sign may be
    about one or two traits of the cell alone; the table names them.``
    """
    return msg("A sign may be about one or two traits of the cell alone; the table names them.")


def of_unknown_traits() -> Wording:
    """What a reader of a picture must know where the tags do not divide their traits among measures.

    It is one sentence: ``Where no trait is named, one tag covers the words of several measures and does not
    say which of its traits belongs to which; the measure is not about the whole cell.``
    """
    return msg(
        "Where no trait is named, one tag covers the words of several measures and does not say which of its"
        " traits belongs to which; the measure is not about the whole cell."
    )


def heads(presenter: Presenter) -> tuple[CellHead, ...]:
    """All cells of the grid, in the order of the codebook, also those that no passage has; ``()`` without
    cells.
    """
    return presenter.once(_heads)


def _heads(presenter: Presenter) -> tuple[CellHead, ...]:
    return tuple(_each_head(presenter))


def _each_head(presenter: Presenter) -> Iterator[CellHead]:
    edition = presenter.edition
    for cell in presenter.project.grid.cells:
        code = CodeId.cell(cell.id)
        dimension = presenter.index.dimensions[cell.dimension]
        short, of_pole = edition.code_name(code), edition.code_name(code)
        if cell.pole:
            pole = edition.poles[cell.pole]
            of_pole = pole.sign or pole.name
            short = joined(dimension.short or dimension.name, of_pole)
        yield CellHead(
            id=cell.id,
            slug=edition.code_slug(code),
            group=cell.dimension,
            dimension=dimension.name,
            initial=dimension.short or dimension.name,
            sign=edition.sign(cell),
            name=cell.name,
            pole=of_pole,
            short=short,
            href=edition.code_addresses[code],
            traits=tuple(
                (trait.id, edition.code_name(CodeId.trait_of(cell.id, trait.id))) for trait in cell.traits
            ),
        )


def groups(cells: Iterable[CellHead]) -> Iterator[tuple[CellHead, ...]]:
    """Neighbouring cells of one dimension, in their order; no cells give nothing.

    Neighbouring cells without a sign are one group, since each is a dimension of its own.
    """
    found: Sequence[CellHead] = tuple(cells)
    for _, group in groupby(found, key=lambda cell: cell.group if cell.sign else ""):
        yield tuple(group)


def extent(cells: Sequence[CellHead], rests: Mapping[str, Rests]) -> Wording:
    """How many of the cells, and of their traits, some tags are about: ``five of eight cells and 9 of 46
    traits``.

    Of traits only if every tag of these cells names one.  Numbers of cells up to ten are words, those of
    traits are digits; the last one counts the traits of all ``cells``.

    Cells of which none has tags give ``0 of eight cells``.

    :param rests: id of a cell → its tags; a cell without tags is none of them.
    """
    own = [(cell, tags) for cell in cells if (tags := rests.get(cell.id))]
    traits = [cell.resting(tags) for cell, tags in own]
    count, every = spelled(len(own)), spelled(len(cells))
    if not traits or not all(traits):
        return pmsg("a part of the cells", "%(count)s of %(all)s cells", count=count, all=every)
    return pmsg(
        "a part of the cells and of their traits",
        "%(count)s of %(all)s cells and %(traits)s of %(every)s traits",
        count=count,
        all=every,
        traits=sum(map(len, traits)),
        every=sum(len(cell.traits) for cell in cells),
    )
