"""Where the time of a cold build goes: a program for a process of its own, and the table of its results.

``python benchmarks/sampling.py RESULT.json build PROJECT --jobs 1`` runs a command of the tool.  A timer of
the processor time interrupts it, and the time since the interruption before counts for the part of the build
that the innermost known function belongs to.  With ``--jobs 1`` the process does all the work.
"""

from __future__ import annotations

import json
import signal
import sys
import time
from collections.abc import Iterator, Mapping
from itertools import chain
from pathlib import Path
from types import FrameType

_INTERVAL = (
    0.002  # seconds of processor time; systems deliver a signal each tick of the clock, which may be longer
)

OTHER = "other"
IMPORTS, BYTECODE = "imports", "bytecode of the tool"
COMPRESSION, WRITING = "compression of archives", "writing"
PARTS = (
    ("jinja2/environment.py", "compile", "compiling templates"),
    ("zipfile", "", COMPRESSION),
    ("edges/write", "", WRITING),
    ("pipeline/keys.py", "", "keys and kept results"),
    ("edges/store.py", "", "keys and kept results"),
    ("site/pictures/", "", "pictures"),
    ("formats/epub/", "", "EPUB"),
    ("templates/epub/", "", "EPUB"),
    ("templates/onefile/", "", "edition.html"),
    ("formats/onefile.py", "", "edition.html"),
    ("formats/archive.py", "", COMPRESSION),
    ("site/script_data/", "", "data of scripts"),
    ("formats/", "", "other exports"),
    ("site/pages/", "", "records of pages"),
    ("site/", "", "pages"),
    ("templates/", "", "pages"),
    ("pipeline/__init__.py", "check_sources", "reading and checking"),
)
"""Parts of a path, the name of a function or ``""`` for all of them, and the part of the build."""

NEEDED = (IMPORTS, BYTECODE, "compiling templates", COMPRESSION, WRITING)
"""The parts that a cold build needs whatever the files of the site contain."""


def part_of(frame: FrameType | None) -> str:
    """The part of the build that the innermost known function of a stack belongs to.

    What an import does is part of the import, whoever needs it.
    """
    stack = list(_stack(frame))
    importing = {function for path, function in stack if "importlib._bootstrap" in path}
    if importing:
        return BYTECODE if "source_to_code" in importing else IMPORTS
    for path, function in stack:
        for known, name, part in PARTS:
            if known in path and name in ("", function):
                return part
    return OTHER


def _stack(frame: FrameType | None) -> Iterator[tuple[str, str]]:
    """Path and function of the frames of the tool, of its libraries and of its templates, innermost first."""
    while frame is not None:
        code = frame.f_code
        yield code.co_filename.rpartition("site_builder/")[2].replace("\\", "/"), code.co_name
        frame = frame.f_back


def table(columns: Mapping[str, Mapping[str, float]]) -> str:
    """A Markdown table of the parts, the dearest of the first column first.

    A last row has the sum of the parts that are needed whatever the files of the site contain.

    :param columns: what was built → part → seconds.
    """
    totals = {name: sum(seconds.values()) for name, seconds in columns.items()}
    first = next(iter(columns.values()))
    parts = sorted({*chain(*columns.values())}, key=lambda part: (-first.get(part, 0), part))

    def line(label: str, values: Mapping[str, float]) -> str:
        cells = (f" {values[name]:.2f} | {100 * values[name] / totals[name]:.0f} |" for name in columns)
        return f"| {label} |{''.join(cells)}"

    head = "".join(f" {name}: s CPU | % |" for name in columns)
    of_each = {part: {name: own.get(part, 0) for name, own in columns.items()} for part in parts}
    needed = {name: sum(own.get(part, 0) for part in NEEDED) for name, own in columns.items()}
    lines = [f"| part of a cold build |{head}", f"|---|{'---:|---:|' * len(columns)}"]
    lines += [line(part, values) for part, values in of_each.items()]
    return "\n".join([*lines, line("all", totals), line("needed whatever the files contain", needed)]) + "\n"


def _run(result: Path, command: list[str]) -> int:
    """Run a command of the tool, and write the seconds of each part as JSON; its exit code."""
    seconds: dict[str, float] = {}
    before = time.process_time()

    def interrupted(_: int, frame: FrameType | None) -> None:
        nonlocal before
        now = time.process_time()
        part = part_of(frame)
        seconds[part] = seconds.get(part, 0.0) + now - before
        before = now

    signal.signal(signal.SIGPROF, interrupted)
    signal.setitimer(signal.ITIMER_PROF, _INTERVAL, _INTERVAL)
    from site_builder.cli.front import main  # imported here, so that the imports of the tool are measured

    sys.argv[1:] = command
    try:
        return main()
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        result.write_text(json.dumps(seconds), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(_run(Path(sys.argv[1]), sys.argv[2:]))
