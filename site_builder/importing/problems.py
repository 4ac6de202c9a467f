"""The problems of an imported file, limited in number and in memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator

from site_builder.importing.wording import short
from site_builder.model import Place, Problem
from site_builder.model.hints import near

LISTED = 100
"""The number of problems of one kind (code and level) that are listed one by one."""
NAMES = 10_000
"""The number of different unknown codes that are counted."""

#: The codes of problems that leave out a statement; the rest of the file is imported.  After any other error
#: nothing of the file is imported.
LEFT_OUT = frozenset({"I002", "I003", "I004", "I005"})


class ProblemLog:
    """Collects the problems of one file.  Each unknown code is reported once, with the number of its uses.

    ``left_out`` counts the statements that are not imported, by the code of the problem.
    """

    def __init__(self, path: str) -> None:
        self.path = path
        self.found: dict[tuple[str, str], list[Problem]] = {}
        self.more: dict[tuple[str, str], tuple[int, Place]] = {}
        self.unknown: dict[str, list[int]] = {}  # name → [line, times]
        self.where: dict[str, str] = {}
        self.left_out: Counter[str] = Counter()

    def report(
        self, line: int, code: str, message: str, hint: str = "", *, level: str = "error", times: int = 1
    ) -> None:
        """Add a problem that concerns ``times`` statements, at column 1 of a line of ``path``.

        It counts as :meth:`add` says: the first 100 of a code and level are kept.
        """
        place = Place(path=self.path, line=line)
        self.add(Problem(place=place, code=code, message=message, hint=hint, level=level), times)

    def add(self, problem: Problem, times: int = 1) -> None:
        """Add a problem that concerns ``times`` statements.

        The first 100 of a kind (a code and a level) are kept; the others are only counted.  An error with the
        code I002, I003, I004 or I005 (:data:`LEFT_OUT`) also adds ``times`` to ``left_out``; a review does
        not.
        """
        kind = (problem.code, problem.level)
        if problem.level == "error" and problem.code in LEFT_OUT:
            self.left_out[problem.code] += times
        kept = self.found.setdefault(kind, [])
        if len(kept) < LISTED:
            kept.append(problem)
        else:
            number, place = self.more.get(kind, (0, problem.place))
            self.more[kind] = (number + 1, place)

    def is_listed(self, code: str, level: str = "error") -> bool:
        """Whether the next problem of this kind is listed, so that a hint is worth computing.

        A kind is a code and a level, of which 100 problems are listed; unknown codes that wait for
        :meth:`all_problems` do not count.
        """
        return len(self.found.get((code, level), ())) < LISTED

    def unknown_code(self, line: int, name: str, where: str = "") -> None:
        """Add a use of a code that is not in the codebook.  :meth:`all_problems` makes one problem of all its
        uses, at the line of the first.

        After 10,000 different codes, each use of a further one is a problem of its own (I002), which is added
        at once.

        :param where: what the code is used on; it is shown for the first use.
        """
        known = name if len(name) < 1_000 else short(name)
        if known in self.unknown:
            self.unknown[known][1] += 1
        elif len(self.unknown) < NAMES:
            self.unknown[known] = [line, 1]
            self.where[known] = where
        else:
            self.report(line, "I002", f"unknown code: {short(name)}")

    def all_problems(self, known: Collection[str]) -> Iterator[Problem]:
        """All problems by kind, in the order added; within I002 the unknown codes come last.

        After the first 100 of a kind, one problem gives the number of the others.

        An unknown code is ``unknown code: NAME (used 3 times); first WHERE``, without what does not apply.
        The problem with the number of the others is ``12 more of this kind from here on``.

        :param known: the names of the existing codes, for the hints.
        """
        for name, (line, times) in self.unknown.items():
            used = f" (used {times} times)" if times > 1 else ""
            used += f"; {'first ' if times > 1 else ''}{self.where[name]}" if self.where[name] else ""
            hint = near(short(name), known) if self.is_listed("I002") else ""
            self.report(line, "I002", f"unknown code: {short(name)}{used}", hint, times=times)
        self.unknown = {}
        for kind, problems in self.found.items():
            yield from problems
            if kind in self.more:
                number, place = self.more[kind]
                code, level = kind
                yield Problem(
                    place=place,
                    code=code,
                    message=f"{number} more of this kind from here on",
                    hint="correct those that are named, and read the file again",
                    level=level,
                )
