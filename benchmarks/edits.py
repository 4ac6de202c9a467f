"""The changes of an editor that are measured.  Each gives another result in each round, so that no earlier
result can be used again."""

from __future__ import annotations

import re
from pathlib import Path

from benchmarks.corpus import CELLS, number

PASSAGE = "p2"
"""The passage that is edited, in the work in the middle."""


def middle(count: int) -> str:
    return f"w{(count + 1) // 2:05d}"


def gist(project: Path, work: str, value: int) -> str:
    """Change the gist of the passage; returns the new one."""
    changed = f"第{number(value)}次改過的提要"
    for path in sorted((project / "annotations" / work / "tags/editors").glob("*.yaml")):
        text = path.read_text(encoding="utf-8")
        begin = text.find(f"  {PASSAGE}:\n")
        if begin >= 0:
            rest = re.sub(r"    gist: .*", f"    gist: {changed}。", text[begin:], count=1)
            path.write_text(text[:begin] + rest, encoding="utf-8", newline="")
            return changed
    raise ValueError(f"{work}: {PASSAGE} has no tags")


def paragraph(project: Path, work: str, value: int) -> None:
    """Change the first words of the passage, in the text and in its witness.

    ``site-builder anchors --accept`` has to record the change, as for an editor.
    """
    folder = project / "corpus" / work
    added = f"其{number(value)}，"
    text = (folder / "text.md").read_text(encoding="utf-8")
    text = re.sub(rf"(?m)^(?:其[^，]+，)?(.* \{{#{PASSAGE}\}})$", rf"{added}\1", text, count=1)
    (folder / "text.md").write_text(text, encoding="utf-8", newline="")
    segments = (folder / "witness.yaml").read_text(encoding="utf-8")
    found = re.search(rf"lines: (\d+), is: {PASSAGE}\}}", segments)
    if found is None:
        raise ValueError(f"{work}: {PASSAGE} is not in the witness")
    lines = (folder / "witness.txt").read_text(encoding="utf-8").split("\n")
    at = int(found[1]) - 1
    lines[at] = added.replace("，", ",") + re.sub(r"^其[^,]+,", "", lines[at])
    (folder / "witness.txt").write_text("\n".join(lines), encoding="utf-8", newline="")


def color(project: Path, value: int) -> None:
    """Change the colour of the first cell."""
    path = project / "annotations/codebook/grid.yaml"
    text = path.read_text(encoding="utf-8")
    begin = text.index(f"  - id: {CELLS[0]}\n")
    rest = re.sub(r'color: "#\w+"', f'color: "#9CC6{value % 256:02X}"', text[begin:], count=1)
    path.write_text(text[:begin] + rest, encoding="utf-8", newline="")
