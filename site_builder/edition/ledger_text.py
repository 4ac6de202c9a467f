"""The YAML text of a ledger: a new file, or the lines that change in an old one."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import asdict
from types import MappingProxyType

from site_builder.edition.anchors import Ledger
from site_builder.model import Anchor

HEADER = """\
# The ledger of anchors: every id that was ever published, and what became of it.
# Written by `site-builder anchors`. Commit it beside the text; no line is ever taken out.
"""
NO_COMMENTS: Mapping[int, tuple[int, str]] = MappingProxyType({})
"""Row, counted from 0 → the column of a comment, and its words."""
_OPTIONAL = ("block", "digest", "into", "reason", "ended", "revisions")


def dump(ledger: Ledger, header: str = HEADER) -> str:
    """The YAML text of a new ledger: the header, ``anchors:``, and one anchor on each line, in order, as
    ``  - {id: "p1", kind: "passage", edition: "1.0", …, fate: "live"}``; the last line ends with a line feed.

    ``block``, ``digest``, ``into``, ``reason``, ``ended`` and ``revisions`` are left out if they are empty,
    places always.  An empty ledger gives ``anchors: []`` after the header.

    :param header: what comes first; it ends with a line feed.
    """
    lines = "".join(f"  - {flow(_fields(anchor))}\n" for anchor in ledger)
    return f"{header}anchors:\n{lines}" if lines else f"{header}anchors: []\n"


def edited(
    text: str,
    old: Ledger,
    new: Ledger,
    group: Callable[[str], str] = lambda _: "",
    comments: Mapping[int, tuple[int, str]] = NO_COMMENTS,
) -> str:
    """The text of a ledger file with its changed and new lines; all other lines stay.

    A changed or new anchor is written on one line, ``  - {id: "p1", …}``, also one that had several: the
    others become blank, and comments stay.  Without changed and new anchors the text is returned as it is,
    except that ``anchors: []`` becomes ``anchors:``.

    :param text: the present text of the file.
    :param old: the anchors read from it, with the place of every line.
    :param new: ``old`` with some anchors changed, followed by new ones.
    :param group: anchor id → group; a new line follows the last line of its group, or is at the end.
    :param comments: those of ``text``, as :func:`site_builder.source.yamlio.comments.comments` gives them.
    :raises ValueError: if an anchor cannot be found in the text.
    """
    rows = text.split("\n")
    known = {anchor.id: anchor for anchor in reversed(old)}  # of a repeated id, the first
    ends = {anchor.place.line: _end(rows, anchor) for anchor in old}
    last = {group(anchor.id): ends[anchor.place.line] for anchor in old}
    below: dict[int, list[str]] = {}
    empty = [n for n, row in enumerate(rows) if re.fullmatch(r"anchors:\s*\[\s*\]\s*(#.*)?", row)]
    if empty:
        rows[empty[0]] = "anchors:"
    end = max(ends.values(), default=empty[0] + 1 if empty else _bottom(rows))
    for anchor in new[len(old) :]:
        at = last.get(group(anchor.id), end)
        below.setdefault(at, []).append(f"  - {flow(_fields(anchor))}")
    for before, after in zip(old, new, strict=False):
        if before != after and known[before.id] is before:
            _rewrite(rows, before, ends[before.place.line], after, comments)
    for at in sorted(below, reverse=True):
        rows[at:at] = below[at]
    return "\n".join(rows)


def _rewrite(
    rows: list[str], old: Anchor, end: int, new: Anchor, comments: Mapping[int, tuple[int, str]]
) -> None:
    """Replace the rows of an anchor; the number of rows and the comments stay.

    If the anchor extends over several rows, the others become blank, except for their comments.
    """
    start = old.place.line - 1
    row = rows[start]
    dash = row.index("-", 0, old.place.column)
    rows[start] = f"{row[:dash]}- {flow(_fields(new))}"
    if start in comments:
        column, words = comments[start]
        rows[start] += f"{row[len(row[:column].rstrip()) : column]}{words}"
    for number in range(start + 1, end):
        column, words = comments.get(number, (0, ""))
        rows[number] = f"{' ' * _indent(rows[number])}{words}" if words else ""


def _indent(row: str) -> int:
    return len(row) - len(row.lstrip())


def _end(rows: list[str], anchor: Anchor) -> int:
    """The number of the last row of an anchor, which can extend over several rows."""
    start = anchor.place.line - 1
    if not 0 <= start < len(rows) or "-" not in rows[start][: anchor.place.column]:
        raise ValueError(f"{anchor.id} cannot be found in its ledger; write it as '- {{id: …}}'.")
    dash = rows[start].index("-")
    end = start + 1
    for number in range(start + 1, len(rows)):
        row = rows[number]
        if row.strip() and _indent(row) <= dash:
            break
        if row.strip() and not row.lstrip().startswith("#"):
            end = number + 1
    return end


def _bottom(rows: list[str]) -> int:
    """The number of the last row that is not blank."""
    return max((n for n, row in enumerate(rows, 1) if row.strip()), default=0)


def _fields(anchor: Anchor) -> dict[str, object]:
    fields = asdict(anchor)
    del fields["place"]
    return {name: value for name, value in fields.items() if value or name not in _OPTIONAL}


def flow(value: object) -> str:
    """A mapping, tuple or text on one line of YAML; texts are quoted, and invisible characters escaped.

    Keys of a mapping have no quotation marks.  Any other value is as in JSON: ``None`` is ``null``.

    >>> flow({"id": "p1", "into": ("p2", "p3")})
    '{id: "p1", into: ["p2", "p3"]}'
    """
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{name}: {flow(inner)}' for name, inner in value.items())}}}"
    if isinstance(value, tuple):
        return f"[{', '.join(map(flow, value))}]"
    return "".join(map(_visible, json.dumps(value, ensure_ascii=False)))


def _visible(character: str) -> str:
    # YAML folds some invisible characters and forbids others, so all are escaped.
    code = ord(character)
    if character.isprintable():
        return character
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
