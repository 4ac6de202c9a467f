"""Samples → medians → JSON, Markdown tables and a picture."""

from __future__ import annotations

import json
import math
import os
import platform
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from statistics import median

from benchmarks.measure import Measurement
from benchmarks.runner import LIBRARIES, OURS, Sample

BEGIN, END = "<!-- make bench writes the following table -->", "<!-- end of the table -->"
BEGIN_PARTS, END_PARTS = "<!-- make bench writes the following parts -->", "<!-- end of the parts -->"


@dataclass(frozen=True)
class Row:
    """The medians of one step of one program."""

    works: int
    step: str
    program: str
    rounds: int
    wall: float
    cpu: float
    memory: float
    files: int
    total: int
    imports: float
    """CPU time as a multiple of that of importing the libraries, in the same run."""
    tasks: int | None
    """Tasks whose results the cache did not have; None if this was not counted."""


def rows(samples: Sequence[Sample]) -> list[Row]:
    groups: dict[tuple[int, str, str], list[Measurement]] = {}
    tasks = {(sample.works, sample.step, sample.program): sample.tasks for sample in samples}
    for sample in samples:
        groups.setdefault((sample.works, sample.step, sample.program), []).append(sample.measured)
    base = {works: _median(found, "cpu") for (works, _, name), found in groups.items() if name == LIBRARIES}
    return [
        Row(
            works=works,
            step=step,
            program=program,
            rounds=len(found),
            wall=_median(found, "wall"),
            cpu=_median(found, "cpu"),
            memory=_median(found, "memory"),
            files=round(_median(found, "files")),
            total=round(_median(found, "total")),
            imports=_median(found, "cpu") / base[works] if base.get(works) else math.nan,
            tasks=tasks[works, step, program],
        )
        for (works, step, program), found in groups.items()
    ]


def _median(found: Sequence[Measurement], name: str) -> float:
    return float(median(getattr(sample, name) for sample in found))


def machine() -> dict[str, object]:
    """Facts that matter for the figures, without any name or path."""
    return {
        "cores": os.cpu_count(),
        "memory in GB": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30),
        "processor": platform.machine(),
        "system": platform.system(),
        "Python": platform.python_version(),
    }


def as_json(found: Sequence[Row], facts: Mapping[str, object]) -> str:
    data = {"machine": dict(facts), "rows": [asdict(row) for row in found]}
    return json.dumps(data, ensure_ascii=False, indent=1).replace("NaN", "null") + "\n"


def from_json(text: str) -> list[Row]:
    """The rows of :func:`as_json`."""
    return [
        Row(**{**row, "imports": math.nan if row["imports"] is None else row["imports"]})
        for row in json.loads(text)["rows"]
    ]


def table(found: Sequence[Row]) -> str:
    """All rows as a Markdown table."""
    lines = [
        "| works | step | program | rounds | s wall | s CPU | × imports | MB | written | MB out | tasks |",
        "|---:|---|---|---:|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for row in found:
        works = str(row.works) if row.works else "this edition"
        lines.append(
            f"| {works} | {row.step} | {row.program} | {row.rounds} | {row.wall:.3f} "
            f"| {row.cpu:.3f} | {row.imports:.1f} | {row.memory:.0f} | {row.files} | {row.total / 1e6:.1f} "
            f"| {'' if row.tasks is None else row.tasks} |"
        )
    return "\n".join(lines) + "\n"


def short(found: Sequence[Row]) -> str:
    """The table of the README: CPU time of each step of the tool, and cold builds of the others."""
    counts = sorted({row.works for row in found})
    cells = {(row.works, row.step, row.program): row for row in found}
    names = ["this edition" if count == 0 else f"{count} work{'s' * (count > 1)}" for count in counts]
    lines = [f"| seconds of CPU | {' | '.join(names)} |", f"|---|{'---:|' * len(counts)}"]
    for step, program in dict.fromkeys((row.step, row.program) for row in found):
        label = program if program == LIBRARIES else f"{program}: {step}"
        values = [cells.get((count, step, program)) for count in counts]
        lines.append(f"| {label} | {' | '.join(f'{row.cpu:.2f}' if row else '' for row in values)} |")
    return "\n".join(lines) + "\n"


def replaced(text: str, content: str, marks: tuple[str, str] = (BEGIN, END)) -> str:
    """A document with new content between two marks.  Raises ValueError if it lacks them."""
    before, begin, rest = text.partition(marks[0])
    _, end, after = rest.partition(marks[1])
    if not (begin and end):
        raise ValueError(f"{marks[0]} and {marks[1]} are missing")
    return f"{before}{begin}\n\n{content}\n{end}{after}"


# --- the picture ------------------------------------------------------------------------------------

_WIDTH, _HEIGHT = 340, 260
_LEFT, _TOP, _BOTTOM = 60, 40, 40
_STYLE = """text { font: 12px sans-serif; fill: #222 } .axis { stroke: #888 } .grid { stroke: #8884 }
.line, .dot { fill: none; stroke-width: 2 }
.c0 { stroke: #0b62a4 } .c1 { stroke: #b3400f } .c2 { stroke: #5c7a00 }
text.c0 { fill: #0b62a4 } text.c1 { fill: #b3400f } text.c2 { fill: #5c7a00 } text { stroke: none !important }
@media (prefers-color-scheme: dark) { text { fill: #ddd }
.c0 { stroke: #6cb6f0 } .c1 { stroke: #f09a6c } .c2 { stroke: #b5d64a }
text.c0 { fill: #6cb6f0 } text.c1 { fill: #f09a6c } text.c2 { fill: #b5d64a } }"""


def picture(found: Sequence[Row]) -> str:
    """CPU time and peak memory of cold builds against the number of works, on logarithmic axes, as SVG."""
    cold = [row for row in found if row.step == "cold" and row.works]
    programs = sorted({row.program for row in cold}, key=lambda name: (name != OURS, name))
    panels = [
        ("CPU time (s)", {name: [(r.works, r.cpu) for r in cold if r.program == name] for name in programs})
    ]
    panels.append(
        (
            "peak memory (MB)",
            {name: [(r.works, r.memory) for r in cold if r.program == name] for name in programs},
        )
    )
    body = "".join(
        f'<g transform="translate({at * (_WIDTH + 40)})">{"".join(_panel(title, lines))}</g>'
        for at, (title, lines) in enumerate(panels)
    )
    width = 2 * _WIDTH + 40
    label = "CPU time and peak memory of cold builds against the number of works"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {_HEIGHT + 20 * len(programs)}" '
        f'role="img" aria-label="{label}"><style>{_STYLE}</style>{body}</svg>\n'
    )


def _panel(title: str, lines: Mapping[str, Sequence[tuple[int, float]]]) -> Iterator[str]:
    points = [point for line in lines.values() for point in line]
    across = _scale([works for works, _ in points], _LEFT, _WIDTH - 20)
    up = _scale([value for _, value in points], _HEIGHT - _BOTTOM, _TOP)
    yield f'<text x="{_LEFT}" y="20">{title}</text>'
    for value in _powers([works for works, _ in points]):
        x = across(value)
        yield f'<path class="grid" d="M{x:.1f} {_TOP}V{_HEIGHT - _BOTTOM}"/>'
        yield f'<text x="{x:.1f}" y="{_HEIGHT - _BOTTOM + 18}" text-anchor="middle">{value:g}</text>'
    for value in _powers([value for _, value in points]):
        y = up(value)
        yield f'<path class="grid" d="M{_LEFT} {y:.1f}H{_WIDTH - 20}"/>'
        yield f'<text x="{_LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{value:g}</text>'
    for at, (name, line) in enumerate(lines.items()):
        way = "L".join(f"{across(works):.1f} {up(value):.1f}" for works, value in sorted(line))
        yield f'<path class="line c{at}" d="M{way}"/>'
        for works, value in line:
            yield f'<circle class="dot c{at}" cx="{across(works):.1f}" cy="{up(value):.1f}" r="3"/>'
        yield f'<text class="c{at}" x="{_LEFT}" y="{_HEIGHT + 16 * at + 8}">{name}</text>'
    yield f'<text x="{_WIDTH - 20}" y="{_HEIGHT - 4}" text-anchor="end">works</text>'


def _powers(values: Sequence[float]) -> list[float]:
    """The powers of ten from below the smallest value to above the largest."""
    low, high = _decades(values)
    return [10.0**power for power in range(low, high + 1)]


def _decades(values: Sequence[float]) -> tuple[int, int]:
    low = math.floor(math.log10(min(values)))
    return low, max(low + 1, math.ceil(math.log10(max(values))))


class _Scale:
    def __init__(self, low: int, high: int, begin: float, end: float) -> None:
        self._low, self._begin = low, begin
        self._decade = (end - begin) / (high - low)

    def __call__(self, value: float) -> float:
        return self._begin + (math.log10(value) - self._low) * self._decade


def _scale(values: Sequence[float], begin: float, end: float) -> _Scale:
    return _Scale(*_decades(values), begin, end)
