"""The notes on a text: one for each passage, after the text.

A note is an ``<aside>`` at the end of the chapter, which a reading system may show where its reference
stands.  It holds what the page of the passage on the site holds: function, gist, cells with what they rest
on, entries, the editors' note, emendations, and the sentences of the editors that cite the passage.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import cast

from site_builder.edition import addresses
from site_builder.language.message import msg
from site_builder.model import Work
from site_builder.records import dataclass
from site_builder.site.views import Title, Unit, View

TITLE = msg("Notes on the passages")


@dataclass(frozen=True, kw_only=True, slots=True)
class Note:
    """A note as its template shows it.

    ``id`` is that of the note and ``reference`` that of the link to it; ``passage`` is what the page of the
    passage on the site shows.
    """

    id: str
    reference: str
    passage: Mapping[str, object]


@dataclass(frozen=True, kw_only=True, slots=True)
class Notes:
    """The ids of the notes of a work; none of them is in its text."""

    work: str
    by_passage: Mapping[str, tuple[str, str]]
    """Passage → (id of the reference, id of the note)."""
    title: str
    """The id of the heading over the notes."""

    @classmethod
    def of(cls, work: Work, taken: Collection[str]) -> Notes:
        """The ids for a text that has the ids ``taken``: ``r-p12`` and ``n-p12`` for each passage, and
        ``notes``.

        An id that is taken gets ``n-`` before it, as often as needed.  Every passage has a note, also one
        without tags.
        """
        used = {*taken}

        def free(name: str) -> str:
            while name in used:
                name = f"n-{name}"
            used.add(name)
            return name

        found = {passage.id: (free(f"r-{passage.id}"), free(f"n-{passage.id}")) for passage in work.passages}
        return cls(work=work.id, by_passage=found, title=free("notes"))

    @property
    def ids(self) -> frozenset[str]:
        """All ids of the notes: those of notes, of references, and of the heading."""
        return frozenset({self.title, *(id_ for pair in self.by_passage.values() for id_ in pair)})

    def facts(self, reading: View, pages: Mapping[str, View]) -> dict[str, object]:
        """What the template of a text needs besides the facts of the reading page.

        ``notes`` maps the id of each passage to its :class:`Note`, in reading order; ``notes_id`` and
        ``notes_title`` are those of the heading; ``evidence`` says whether any block has evidence marked.

        :param reading: the reading page of this work.
        :param pages: every page of the site by its address; a passage without its page raises ``KeyError``.
        """
        blocks = cast("list[Unit | Title]", reading.facts["blocks"])
        notes = {
            id_: Note(id=note, reference=reference, passage=pages[addresses.passage((self.work, id_))].facts)
            for id_, (reference, note) in self.by_passage.items()
        }
        evidence = any(one.evidence for block in blocks for one in block.text.ranges)
        return {"notes": notes, "notes_id": self.title, "notes_title": TITLE, "evidence": evidence}
