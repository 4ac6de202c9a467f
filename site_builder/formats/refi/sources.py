"""Finds the texts of a REFI-QDA project that are copies of our works, each with its selections."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from site_builder.edition import identifiers
from site_builder.formats.refi.counting import NamedRange
from site_builder.formats.refi.lines import Copy, decoded, likeness
from site_builder.formats.refi.shared import source_names
from site_builder.formats.refi.tables import children, guid, member
from site_builder.importing.problems import ProblemLog
from site_builder.importing.untrusted import Element
from site_builder.importing.wording import short
from site_builder.model import Project, Work

COPIES = 20
"""The largest number of copies of works in one file."""
_DIGITS = 9  # in a position


def selection_values(element: Element) -> NamedRange:
    """The values of a selection: (start, end, name).

    A position is -1 if it is missing, negative, not a number, or has more than nine digits; a missing name
    is ``""``.  The order of the positions is not checked.
    """
    start, end = (element.get(name) or "" for name in ("startPosition", "endPosition"))
    return _number(start), _number(end), element.get("name") or ""


def _number(digits: str) -> int:
    plain = digits.strip()
    return int(plain) if plain.isdecimal() and len(plain) <= _DIGITS else -1


def copies(
    root: Element, files: Mapping[str, bytes], project: Project, log: ProblemLog
) -> Iterator[tuple[Copy, Work, list[Element]]]:
    """Each copy of a work, with its selections, in the order of the file.

    A selection without content (codes, notes, description) is left out, and a source without other
    selections is skipped without a report.  A source that is a copy of no work is reported as a review
    (I003).  A source of ours whose text is not in the archive is an error (I001), and so is the 21st copy,
    where the reading ends.  Positions that can be counted in several ways give a
    review (I005).

    :param root: the element of the project.
    :param files: name in lower case → content, of the archive.
    """
    shelf = _Shelf(files, project)
    single = "atlas.ti" in (root.get("origin") or "").lower()  # counts each line end as one, even CRLF
    count = 0
    for source in root.iter("{*}TextSource", "{*}Representation"):
        selections = [one for one in children(source, "PlainTextSelection") if len(one)]
        if not selections:
            continue
        line, shown = source.sourceline or 1, short(source.get("name") or "")
        stored = shelf.stored(source)
        work = shelf.work(source, stored)
        if work is not None and stored is not None:
            count += 1
            if count > COPIES:
                message = f"the file must hold at most {COPIES} copies of the works"
                log.report(line, "I001", message, "export one project alone")
                return
            copy = Copy(stored, work, [selection_values(one) for one in selections], single=single)
            if not copy.counting.sure:
                message = f"what the positions in '{shown}' count is not certain"
                log.report(line, "I005", message, "compare the quotations with theirs", level="review")
            yield copy, work, selections
        elif stored is None and shelf.named(source) is not None:
            message = f"the archive must hold the text of its source '{shown}'"
            log.report(line, "I001", message, "export the project with its sources")
        else:
            message = (
                f"'{shown}' is a copy of none of the works; {len(selections)} selections of it are left out"
            )
            log.report(line, "I003", message, level="review")


class _Shelf:
    """The texts in the archive, and the works that they are copies of."""

    def __init__(self, files: Mapping[str, bytes], project: Project) -> None:
        self.files = files
        self.works = project.works
        self.by_guid = {identifiers.guid(project, "source", work.id): work for work in project.works}
        self.by_name = {name: self.works[n] for n, name in enumerate(source_names(project).values())}

    def stored(self, source: Element) -> str | None:
        """The text of a source as it is in the file; ``None`` if it is not in the archive."""
        for inline in children(source, "PlainTextContent"):
            return inline.text or ""
        held = member(self.files, source.get("plainTextPath") or "")
        return None if held is None else decoded(held)

    def named(self, source: Element) -> Work | None:
        """The work with the GUID or name of a source."""
        name = (source.get("name") or "").strip().removesuffix(".txt")
        return self.by_guid.get(guid(source.get("guid"))) or self.by_name.get(name)

    def work(self, source: Element, stored: str | None) -> Work | None:
        """The work that a source is a copy of: by GUID or name, unless its lines belong to another."""
        if stored is None:
            return None
        alike = {work.id: likeness(stored, work) for work in self.works}
        best = max(self.works, key=lambda work: alike[work.id])
        named = self.named(source)
        if named is not None and (alike[named.id] > 0 or (alike[named.id] == 0 and alike[best.id] == 0)):
            return named
        return best if alike[best.id] > 0 else None
