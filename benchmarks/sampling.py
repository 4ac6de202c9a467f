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
from pathlib import Path
from types import FrameType

_INTERVAL = (
    0.002  # seconds of processor time; systems deliver a signal each tick of the clock, which may be longer
)

OTHER = "other"
IMPORTS, BYTECODE = "imports", "bytecode of the tool"
PARTS = (
    ("jinja2/environment.py", "compile", "compiling templates"),
    ("zipfile", "", "compression of archives"),
    ("edges/write", "", "writing"),
    ("pipeline/keys.py", "", "keys and kept results"),
    ("edges/store.py", "", "keys and kept results"),
    ("site/pictures/", "", "pictures"),
    ("formats/epub/", "", "EPUB"),
    ("templates/epub/", "", "EPUB"),
    ("templates/onefile/", "", "edition.html"),
    ("formats/onefile.py", "", "edition.html"),
    ("formats/archive.py", "", "compression of archives"),
    ("site/script_data/", "", "data of scripts"),
    ("formats/", "", "other exports"),
    ("site/pages/", "", "records of pages"),
    ("site/", "", "pages"),
    ("templates/", "", "pages"),
    ("pipeline/__init__.py", "check_sources", "reading and checking"),
)
"""Parts of a path, the name of a function or ``""`` for all of them, and the part of the build."""


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


def table(seconds: Mapping[str, float]) -> str:
    """A Markdown table of the parts, the dearest first."""
    total = sum(seconds.values())
    lines = ["| part of a cold build | s CPU | % |", "|---|---:|---:|"]
    for part, spent in sorted(seconds.items(), key=lambda item: -item[1]):
        lines.append(f"| {part} | {spent:.2f} | {100 * spent / total:.0f} |")
    return "\n".join([*lines, f"| all | {total:.2f} | 100 |"]) + "\n"


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
