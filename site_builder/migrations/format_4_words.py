"""Format 4: the quotations of a cell are its ``words``; ``traits`` are named traits of the cell.

In format 1 to 3 the key ``traits`` of a cell holds quotations.
"""

from __future__ import annotations

from site_builder.migrations.changes import Changes, Sources
from site_builder.source import layout, yamlio

SAYS = "the quotations of a cell are at the key 'words'"


def change(sources: Sources) -> Changes:
    """Rename the key ``traits`` of each cell to ``words``, if it is a list of quotations; all else stays,
    comments too.

    Quotations are mappings with ``text``; an empty list counts.  Without the file of the grid, or if it
    cannot be read, no file is returned, and no problem.

    :param sources: path → text of every source file.
    """
    text = sources.get(layout.GRID)
    node, errors = yamlio.parse(text, layout.GRID) if text is not None else (None, [])
    if text is None or errors or not isinstance(node, yamlio.Mapping):
        return Changes(files={})
    lines = text.split("\n")
    for cell in reversed(_cells(node)):
        if "traits" in cell.keys and _are_quotations(cell.items["traits"]):
            place = cell.keys["traits"]
            line, at = lines[place.line - 1], place.column - 1
            quote = line[at] if line[at] in "'\"" else ""
            old = f"{quote}traits{quote}"
            lines[place.line - 1] = f"{line[:at]}words{line[at + len(old) :]}"
    made = "\n".join(lines)
    return Changes(files={layout.GRID: made} if made != text else {})


def _cells(grid: yamlio.Mapping) -> list[yamlio.Mapping]:
    listed = grid.items.get("cells")
    items = listed.items if isinstance(listed, yamlio.Sequence) else ()
    return [item for item in items if isinstance(item, yamlio.Mapping)]


def _are_quotations(node: yamlio.Node) -> bool:
    """Whether a list has the quotations of an older format, not named traits."""
    items = node.items if isinstance(node, yamlio.Sequence) else ()
    return all(isinstance(item, yamlio.Mapping) and "text" in item.keys for item in items)
