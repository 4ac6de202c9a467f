"""Problems as text for people, as JSON for programs, and as commands that GitHub shows beside lines."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from site_builder.language.characters import printable
from site_builder.model import Problem
from site_builder.records import dataclass, replace

_SHOWN = 20
"""Problems of one code that are printed as text."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """The output of a command that writes files: every problem, then lines to print.

    ``refused`` means that an error prevented the command, and nothing was written.
    """

    problems: tuple[Problem, ...]
    refused: bool
    lines: tuple[str, ...] = ()


class Refused(Exception):
    """A command cannot do its work; ``hint`` is the next step, ``usage`` is true for wrong usage.

    ``problems`` are those of the files that prevent it.
    """

    def __init__(
        self, message: str, hint: str, *, usage: bool = False, problems: tuple[Problem, ...] = ()
    ) -> None:
        super().__init__(message)
        self.hint = hint
        self.usage = usage
        self.problems = problems


def text(problems: Sequence[Problem]) -> str:
    """One line for each problem, in the order given: ``PATH:3:1: T003 MESSAGE / HINT``; ``""`` without
    problems.

    A review ends with ``(review)``.  Of each code twenty problems are shown; a line at the place of the next
    one says how many more there are, unless it is only one: that is shown.  The text has no line feed at its
    end.
    """
    total, shown = Counter(problem.code for problem in problems), Counter[str]()
    lines = []
    for problem in problems:
        shown[problem.code] += 1
        more = total[problem.code] - _SHOWN
        if shown[problem.code] > _SHOWN + 1 and more > 1:
            continue
        if shown[problem.code] > _SHOWN and more > 1:
            message = f"{more} more problems with this code follow"
            problem = replace(problem, message=message, hint="--format json prints all of them")
        lines.append(f"{problem}{' (review)' if problem.level == 'review' else ''}")
    return "\n".join(lines)


def as_json(problems: Sequence[Problem]) -> str:
    """A JSON list with an object for each problem, indented by one space; ``[]`` without problems.

    Its keys are path, line, column, level (``error`` or ``review``), code, message, hint; a missing hint is
    ``""``.
    """
    return json.dumps(
        [
            {
                "path": p.place.path,
                "line": p.place.line,
                "column": p.place.column,
                "level": p.level,
                "code": p.code,
                "message": p.message,
                "hint": p.hint,
            }
            for p in problems
        ],
        ensure_ascii=False,
        indent=1,
    )


def github(problems: Sequence[Problem]) -> str:
    """Workflow commands of GitHub Actions, which show a problem beside its line; ``""`` without problems.

    An error is ``::error file=PATH,line=3,col=1,title=T003::MESSAGE / HINT``, a review ``::warning``.  Line
    feeds and ``%`` are percent-encoded, in the path also ``:`` and ``,``.  All problems are there.
    """

    def escaped(text: str) -> str:
        safe = "\n".join(map(printable, text.split("\n")))
        return safe.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")

    def name(text: str) -> str:
        return escaped(text).replace(":", "%3A").replace(",", "%2C")

    return "\n".join(
        f"::{'error' if p.level == 'error' else 'warning'} file={name(p.place.path)},"
        f"line={p.place.line},col={p.place.column},title={p.code}::"
        + escaped(p.message + (f" / {p.hint}" if p.hint else ""))
        for p in problems
    )


FORMATS: Mapping[str, Callable[[Sequence[Problem]], str]] = {
    "text": text,
    "json": as_json,
    "github": github,
}
