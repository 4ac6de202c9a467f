"""The faults of a foreign file as they are found: bounded in number and in memory, however many there are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator

from site_builder.importing.wording import short
from site_builder.model import Place, Problem
from site_builder.source.fields import near

MOST = 100
"""Faults of one kind (code and level) that are reported one by one."""
NAMES = 10_000
"""Names of unknown codes that are told apart."""

#: The codes of statements that are left out while the rest of a file is taken.  Any other error means that
#: nothing of the file is taken.
LEFT_OUT = frozenset({"I002", "I003", "I004", "I005"})


class Faults:
    """Faults of one file.  A code that is not known is reported once, with how often it is used.

    ``left_out`` counts the statements that are not taken, by the code of the fault.
    """

    def __init__(self, path: str) -> None:
        self.path = path
        self.found: dict[tuple[str, str], list[Problem]] = {}
        self.more: dict[tuple[str, str], tuple[int, Place]] = {}
        self.unknown: dict[str, list[int]] = {}  # name → [line, times]
        self.where: dict[str, str] = {}
        self.left_out: Counter[str] = Counter()

    def tell(
        self, line: int, code: str, message: str, hint: str = "", *, level: str = "error", times: int = 1
    ) -> None:
        """Note a fault of ``times`` statements."""
        place = Place(path=self.path, line=line)
        self.add(Problem(place=place, code=code, message=message, hint=hint, level=level), times)

    def add(self, problem: Problem, times: int = 1) -> None:
        """Note a fault; the first :data:`MOST` of a kind are kept, and the number of the others."""
        kind = (problem.code, problem.level)
        if problem.level == "error" and problem.code in LEFT_OUT:
            self.left_out[problem.code] += times
        kept = self.found.setdefault(kind, [])
        if len(kept) < MOST:
            kept.append(problem)
        else:
            number, place = self.more.get(kind, (0, problem.place))
            self.more[kind] = (number + 1, place)

    def few(self, code: str, level: str = "error") -> bool:
        """Whether the next fault of a kind is reported by itself, so that a hint is worth looking for."""
        return len(self.found.get((code, level), ())) < MOST

    def no_code(self, line: int, name: str, where: str = "") -> None:
        """Note a code of the file that is not in the codebook.

        :param where: what the code is used on, said of the first use.
        """
        known = name if len(name) < 1_000 else short(name)
        if known in self.unknown:
            self.unknown[known][1] += 1
        elif len(self.unknown) < NAMES:
            self.unknown[known] = [line, 1]
            self.where[known] = where
        else:
            self.tell(line, "I002", f"the code must exist: {short(name)}")

    def told(self, known: Collection[str]) -> Iterator[Problem]:
        """All faults; ``known`` are the names of the codes there are."""
        for name, (line, times) in self.unknown.items():
            used = f" (used {times} times)" if times > 1 else ""
            used += f"; {'first ' if times > 1 else ''}{self.where[name]}" if self.where[name] else ""
            hint = near(short(name), known) if self.few("I002") else ""
            self.tell(line, "I002", f"the code must exist: {short(name)}{used}", hint, times=times)
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
