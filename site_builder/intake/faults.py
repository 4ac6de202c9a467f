"""The faults of a foreign file as they are found: the first are told, of what would be endless the number."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from site_builder.intake.wording import short
from site_builder.model import Place, Problem
from site_builder.shape import near

MOST = 200
"""Faults that are told one by one."""


class Faults:
    """Faults of one file.  A code that is not known is told once, with how often it is used."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.count = 0
        self.found: list[Problem] = []
        self.unknown: dict[str, list[int]] = {}

    def tell(self, line: int, code: str, message: str, hint: str = "", *, level: str = "error") -> None:
        self.count += 1
        if len(self.found) < MOST:
            place = Place(path=self.path, line=line)
            self.found.append(Problem(place=place, code=code, message=message, hint=hint, level=level))

    def no_code(self, line: int, name: str) -> None:
        """A code of the file that is none of the codebook."""
        self.unknown.setdefault(name, []).append(line)

    def told(self, known: Collection[str]) -> Iterator[Problem]:
        """All faults; ``known`` are the names of the codes there are."""
        for name, lines in self.unknown.items():
            times = f" (used {len(lines)} times)" if len(lines) > 1 else ""
            hint = near(short(name), known) if len(self.found) < MOST else ""
            self.tell(lines[0], "I002", f"the code must exist: {short(name)}{times}", hint)
        yield from self.found
        if self.count > len(self.found):
            yield Problem(
                place=Place(path=self.path),
                code="I001",
                message=f"the file must have fewer faults: {self.count - len(self.found)} more were found",
                hint="mend those that are told, and read it again",
            )
