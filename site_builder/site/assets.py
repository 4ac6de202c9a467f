"""Style sheets and scripts: the files of ``templates/assets``, and one style sheet made from the codebook.

Templates contain no colour of a cell: :func:`frame` writes a rule for each cell with the colours of the
codebook.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from site_builder.edition import addresses
from site_builder.edition.edition import Edition
from site_builder.model import Cell, Pole, Project
from site_builder.site import filters

_HOME = Path(__file__).resolve().parent.parent
# an installed package contains the templates; in a checkout they are beside it
TEMPLATES = next(p for p in (_HOME / "templates", _HOME.parent / "templates") if p.is_dir())
_INK, _PAPER = "#1D1B18", "#FFFFFF"


def template(name: str) -> str:
    """The text of a file in the folder of templates: ``template("onefile/book.css")``.

    The file is UTF-8 and is returned as it is, not rendered.

    :raises OSError: if there is no such file.
    """
    return (TEMPLATES / name).read_text(encoding="utf-8")


def assets(edition: Edition) -> dict[str, bytes]:
    """Every style sheet and script of the site: path → bytes.

    Paths are those in the site (``assets/page.css``).  The files are the ``.css``, ``.js`` and ``.svg``
    files directly in ``templates/assets``, unchanged and sorted by name, and then ``assets/frame.css``,
    which is made from the codebook: the rules of :func:`frame`, then those of the filter, then one more if
    there are several works.  Data for scripts is not included.
    """
    folder = TEMPLATES / "assets"
    found = {
        f"assets/{path.name}": path.read_bytes()
        for path in sorted(folder.iterdir())
        if path.suffix in (".css", ".js", ".svg")
    }
    # the name of the work makes the number of a passage too long for one line
    labels = "" if edition.index.single_work else ".passages .at{white-space:normal}\n"
    rules = (*frame(edition.project, edition.poles), *filters.rules(edition), labels)
    found["assets/frame.css"] = "".join(rules).encode()
    return found


def frame(project: Project, poles: Mapping[str, Pole]) -> Iterator[str]:
    """The style rules of the cells: the colours of ``data-cell``, and of evidence in ``data-cells``.

    One string of three rules for each cell, in the order of the codebook; none for a grid without cells.
    The line of evidence is solid for the first pole and double for all others.

    Slugs come from the codebook, so no class name contains them: reader views and ad blockers judge an
    element by the words in its class names (``promo``, ``social``, ``sponsor``).

    :param poles: id → pole; a cell with a pole or dimension that is missing raises ``KeyError``.
    """
    tints = {d.id: (d.tint.light, d.tint.dark) for d in project.grid.dimensions}
    order = [pole.id for pole in project.grid.poles]
    for cell in project.grid.cells:
        slug = addresses.cell_slug(cell, poles)
        light, dark = _lines(cell, project)
        tint = tints[cell.dimension]
        edge = "2px solid" if order.index(cell.pole) == 0 else "4px double"
        yield (
            f'.chip[data-cell="{slug}"],.fill[data-cell="{slug}"]{{'
            f"--fill:{cell.color};--on:{_on(cell.color)};"
            f"--line:light-dark({light},{dark})}}\n"
            f'mark[data-cells~="{slug}"]{{'
            f"--tint:light-dark({tint[0]},{tint[1]});"
            f"--edge:{edge} light-dark({light},{dark})}}\n"
            f'body:has(#{filters.PICK}c-{slug}:checked) mark[data-cells~="{slug}"]'
            "{background:var(--tint);border-block-end:var(--edge)}\n"
        )


def _lines(cell: Cell, project: Project) -> tuple[str, str]:
    """The darkest and the lightest colour of a dimension: its line on a light and on a dark page."""
    family = sorted((c.color for c in project.grid.cells if c.dimension == cell.dimension), key=luminance)
    return family[0], family[-1]


def _on(color: str) -> str:
    """Black or white, whichever has more contrast with a colour."""
    return _PAPER if contrast(color, _PAPER) > contrast(color, _INK) else _INK


def luminance(color: str) -> float:
    """The relative luminance of ``#RRGGBB``, 0 to 1 (WCAG 2.2): 0.0 for ``#000000``, 1.0 for ``#FFFFFF``.

    Only the six-digit form is known; a shorter one such as ``#FFF`` raises ``ValueError``.
    """
    parts = (int(color[i : i + 2], 16) / 255 for i in (1, 3, 5))
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours ``#RRGGBB``, 1 to 21 (WCAG 2.2).

    The order of the two colours does not matter; the same colour twice gives 1.0.
    """
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)
