"""The cells of the grid as the rows or columns of a picture."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from site_builder.edition.codes import CodeId
from site_builder.language.message import Wording
from site_builder.model.text import joined
from site_builder.records import dataclass
from site_builder.site.pictures.drawing import signed
from site_builder.site.presenter import Presenter


@dataclass(frozen=True, kw_only=True, slots=True)
class CellHead:
    """A cell: its slug, the id and the name of its dimension, its names, and its address.

    ``initial`` replaces the name of the dimension in a small place.  ``sign`` precedes the name of the cell,
    and is empty in a grid without poles.  ``pole`` and ``short`` replace the name in a small place, below
    the name of the dimension and without it.
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


def heads(presenter: Presenter) -> tuple[CellHead, ...]:
    """All cells of the grid, in the order of the codebook, also those that no passage has; ``()`` without
    cells.
    """
    return tuple(_heads(presenter))


def _heads(presenter: Presenter) -> Iterator[CellHead]:
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
        )


def groups(cells: Iterable[CellHead]) -> Iterator[tuple[CellHead, ...]]:
    """Neighbouring cells of one dimension, in their order; no cells give nothing.

    Neighbouring cells without a sign are one group, since each is a dimension of its own.
    """
    found: Sequence[CellHead] = tuple(cells)
    for _, group in groupby(found, key=lambda cell: cell.group if cell.sign else ""):
        yield tuple(group)
