"""Style sheets and scripts: the files of ``templates/assets``, and one style sheet made from the codebook.

Templates contain no colour of a code: :func:`frame` writes rules for each cell with the colours of the
codebook.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from itertools import chain
from pathlib import Path

from site_builder.edition.codes import CodeId
from site_builder.edition.edition import Edition
from site_builder.site import filters
from site_builder.site.pages.marks import LINE
from site_builder.site.views import EVERYWHERE

_HOME = Path(__file__).resolve().parent.parent
# an installed package contains the templates; in a checkout they are beside it
TEMPLATES = next(p for p in (_HOME / "templates", _HOME.parent / "templates") if p.is_dir())


_KINDS = (".css", ".js", ".svg")
_SPACES = re.compile(r" *([{}]) *|(?<=[;,]) +|(?<=[a-z]:) +")
_INDENTS = re.compile(r"^ +", re.MULTILINE)
_COMMENTS = {
    ".css": re.compile(r"/\*.*?\*/", re.DOTALL),
    ".js": re.compile(r"^[ \t]*//.*\n", re.MULTILINE),
}


_JOINED = {
    "assets/site.css": EVERYWHERE,
    "assets/site.js": ("assets/masthead.js", "assets/links.js", "assets/cite.js"),
}
"""Files that every page loads, each joined from several in this order: one file is packed to about a sixth
less than several, and needs one request."""
_OF_LARGE = ("shards.js",)
"""Scripts that only a large project has."""
_LARGE = re.compile(rb"^ *// \[large\n.*?^ *// large\]\n", re.MULTILINE | re.DOTALL)
"""Lines of a script that only a large project has."""


def template(name: str) -> str:
    """The text of a file in the folder of templates: ``template("onefile/book.css")``.

    The file is UTF-8 and is returned as it is, not rendered.

    :raises OSError: if there is no such file.
    """
    return (TEMPLATES / name).read_text(encoding="utf-8")


def assets(edition: Edition) -> dict[str, bytes]:
    """Every style sheet and script of the site: path → bytes.

    They are the ``.css``, ``.js`` and ``.svg`` files of ``templates/assets`` by name (without the comments of
    style sheets and scripts), and ``assets/frame.css``, which is made from the codebook.  What every page
    loads is joined instead: ``assets/site.css`` and ``assets/site.js``, which are last.  Data for scripts is
    not included.
    """
    return joined(sheets(edition))


def joined(single: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files of the site, made from those of :func:`sheets`: path → bytes.

    The parts of ``assets/site.css`` (``page.css``, ``masthead.css``, ``parts.css``, ``text.css``) and of
    ``assets/site.js`` (``masthead.js``, ``links.js``, ``cite.js``) are left out, and these two files are
    added at the end, each with its parts in this order.  Other files stay as they are.

    :raises KeyError: if a part is missing.
    """
    parts = {*chain(*_JOINED.values())}
    found = {path: content for path, content in single.items() if path not in parts}
    return found | {path: b"".join(map(single.__getitem__, names)) for path, names in _JOINED.items()}


def sheets(edition: Edition) -> dict[str, bytes]:
    """The style sheets and scripts that the site is made from, each by itself: path → bytes.

    Paths are like those in the site (``assets/page.css``).  The files are the ``.css``, ``.js`` and ``.svg``
    files directly in ``templates/assets``, sorted by name, and then ``assets/frame.css``, which is made from
    the codebook: the rules of :func:`frame`, then those of the filter, then one more if there are several
    works.  Style sheets and scripts are without their comments, and without what only a large project needs:
    the script ``shards.js``, and lines between ``// [large`` and ``// large]``.
    """
    large = edition.has_parts_of_data
    folder = TEMPLATES / "assets"
    found = {
        f"assets/{path.name}": _content(path, large=large)
        for path in sorted(folder.iterdir())
        if path.suffix in _KINDS and (large or path.name not in _OF_LARGE)
    }
    # the name of the work makes the number of a passage too long for one line
    labels = "" if edition.index.single_work else ".passages .at{white-space:normal}\n"
    rules = (*frame(edition), *places(edition), *filters.rules(edition), labels)
    found["assets/frame.css"] = "".join(rules).encode()
    return found


def _content(path: Path, *, large: bool) -> bytes:
    content = path.read_bytes()
    if not large and path.suffix == ".js":
        content = _LARGE.sub(b"", content)
    return packed(content.decode(), path.suffix).encode() if path.suffix in _COMMENTS else content


def packed(text: str, kind: str) -> str:
    r"""A style sheet or a script without its comments, its empty lines and its indentation; a style sheet
    also without the spaces around braces, and after commas and the semicolons and colons of declarations.

    Of the comments of a script only whole lines are removed.  What looks like one of these within a string
    would be changed too; the files of the tool have none.

    :param kind: ``.css`` or ``.js``.
    :raises KeyError: for another kind.

    >>> packed("/* tokens */\na { color: red; margin: 0; }\n", ".css")
    'a{color:red;margin:0}\n'
    >>> packed("// the day\nvar day; // today\n", ".js")
    'var day; // today\n'
    """
    found = re.sub(r"\n{2,}", "\n", _COMMENTS[kind].sub("", text)).lstrip("\n")
    found = _INDENTS.sub("", found)
    return _SPACES.sub(r"\1", found.replace("; }", " }")) if kind == ".css" else found


def frame(edition: Edition) -> Iterator[str]:
    """The style rules of the codes with colours: of chips and of evidence, by their ``data-cell``.

    One string of three rules for each cell, in the order of the codebook; in a project without cells for each
    entry of a frame facet.  The line of evidence is double for every pole but the first, and solid otherwise.
    Then the rules of :func:`evidence`, none if no passage has a tag with a colour.

    Slugs come from the codebook, so no class name contains them: reader views and ad blockers judge an
    element by the words in its class names (``promo``, ``social``, ``sponsor``).
    """
    for paint in edition.paints.values():
        slug = edition.code_slug(paint.code)
        light, dark = paint.line
        stroke = "solid;--thick:2px" if paint.first else "double;--thick:1px"
        yield (
            f':is(.chip,.fill,.drawing *,.sample *)[data-cell="{slug}"]{{'
            f"--fill:{paint.fill};--on:{paint.text};"
            f"--line:light-dark({light},{dark})}}\n"
            f':is(mark,mark *,q)[data-cell="{slug}"]{{'
            f"--tint:light-dark({paint.tint[0]},{paint.tint[1]});"
            f"--line:light-dark({light},{dark});--stroke:{stroke}}}\n"
            f"body:has(#{filters.PICK}{_choice(paint.code, slug)}:checked) "
            f'.text :is(mark,mark *)[data-cell="{slug}"]{{text-decoration-line:underline}}\n'
        )
    yield from evidence(edition)


def evidence(edition: Edition) -> Iterator[str]:
    """The style rules of evidence that depend on the number of tags: the heights of lines below each other,
    and which words a chip has.

    First a rule for each height other than 0 that lines can have (``data-lower``, the height of the lines
    above a line, in pixels), from the lowest: ``[data-lower="5"]{--lower:5px}``, then 10 and so on.  Then two
    rules in one string, a line each, for each of ``t0``, ``t1``…, the tags of a passage.  Both go up to the
    most tags with a colour that a passage has: with one tag there is no height, and without tags there are no
    rules.
    """
    most = max((len(edition.painted_tags(one)) for one in edition.index.taggings.values()), default=0)
    for lower in range(LINE, most * LINE, LINE):
        yield f'[data-lower="{lower}"]{{--lower:{lower}px}}\n'
    for turn in range(most):
        chip, words = f".chip.t{turn}", f":is(mark,mark *).t{turn}"
        focused = f"{chip}:is(:hover,:focus-visible)"
        yield (
            f".unit:has({focused}) {words}{{background:var(--lit);color:var(--on-lit);"
            "text-decoration-line:underline}\n"
            f".unit:has({words}:hover) {chip}{{outline:2px solid var(--ink);outline-offset:1px}}\n"
        )


def places(edition: Edition) -> Iterator[str]:
    """The place of each code in the small square of a passage (``.micro``): the matrix, made as small as
    possible.

    A grid with poles has a row for each dimension and a column for each pole.  Other codes fill the smallest
    square that holds them row by row, in the order of the codebook; rows that stay empty are left out (5
    codes: 2 rows of 3 columns).

    First the rule of the square itself (``.micro{grid-template:repeat(2,1fr)/repeat(3,1fr)}``, 1 × 1 without
    codes), then one for each code with a colour (``.micro>[data-cell="SLUG"]{grid-area:ROW/COLUMN}``, from
    1); last, if there are any, one that fills the codes of other than the first pole in forced colours.
    Each is one line and ends in a line end.
    """
    grid, codes = edition.project.grid, list(edition.paints)
    if grid.poles and edition.index.cells:
        rows, columns = len(grid.dimensions), len(grid.poles)
        row = {dimension.id: n for n, dimension in enumerate(grid.dimensions, 1)}
        column = {pole.id: n for n, pole in enumerate(grid.poles, 1)}
        cells = edition.index.cells
        at = {code: (row[cells[code.id].dimension], column[cells[code.id].pole]) for code in codes}
    else:
        columns = max(1, math.isqrt(max(len(codes) - 1, 0)) + 1)
        rows = max(1, -(-len(codes) // columns))
        at = {code: (n // columns + 1, n % columns + 1) for n, code in enumerate(codes)}
    yield f".micro{{grid-template:repeat({rows},1fr)/repeat({columns},1fr)}}\n"
    for code, (line, across) in at.items():
        yield f'.micro>[data-cell="{edition.code_slug(code)}"]{{grid-area:{line}/{across}}}\n'
    dark = ",".join(
        f'[data-cell="{edition.code_slug(one)}"]' for one in codes if not edition.paints[one].first
    )
    if dark:
        yield f"@media (forced-colors:active){{.micro>:is({dark}){{background:CanvasText}}}}\n"


def _choice(code: CodeId, slug: str) -> str:
    """The choice of the filter that selects a code, without the prefix of its id."""
    return f"e-{code.facet}-{code.id}" if code.kind == "entry" else f"c-{slug}"
