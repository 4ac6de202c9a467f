"""The ledgers: every id and address that was published."""

from __future__ import annotations

from typing import Annotated

from site_builder.model.field import REQUIRED, AtLeast, Choice, Doc
from site_builder.model.place import NOWHERE, Place
from site_builder.model.values.forms import Digest, LedgerId, Verbatim
from site_builder.records import dataclass

KINDS = ("heading", "passage", "sentence")
"""The kinds of ids in the ledger of a text."""
ADDRESS_KINDS = ("page", "heading", "paragraph", "sentence", "entry", "term", "reading", "note")
"""The kinds of addresses outside of the texts."""
FATES = ("live", "split", "merged", "withdrawn")


@dataclass(frozen=True, kw_only=True, slots=True)
class Revision:
    """A recorded change of the text that has a published id."""

    edition: str
    digest: str
    opening: Verbatim


@dataclass(frozen=True, kw_only=True, slots=True)
class Words:
    """A text that needs a line in a ledger and is neither a heading nor a passage of a work.

    ``id`` is the id in the ledger: that of a sentence, or an address of the site (``silence.html#b2``).
    ``kind`` is one of :data:`KINDS` or :data:`ADDRESS_KINDS`.  ``block`` is the id of the block that has the
    sentence, without its page; for other kinds, of the entry that ends with them, or empty.
    """

    id: str
    kind: str
    text: str
    place: Place
    block: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Anchor:
    """One line of a ledger: an id that was published, and what happened to it.

    ``into`` names the successors of an id whose ``fate`` is ``split`` or ``merged``.  ``digest`` is that of
    the text at first publication, and empty for what has a name but no text (a page, an entry).  ``block`` is
    the id of the block of a sentence; in the ledger of the editors' pages it is the part after ``#``.
    """

    id: LedgerId
    kind: Annotated[str, Choice(KINDS)]
    block: Annotated[LedgerId, Doc("the id of the block in which a sentence stands")] = ""
    edition: Annotated[str, Doc("the edition that has the id first")]
    digest: Annotated[Digest, REQUIRED] = ""
    opening: Annotated[Verbatim, Doc("how the words begin, for people")]
    fate: Annotated[str, Choice(FATES)] = "live"
    into: Annotated[tuple[LedgerId, ...], AtLeast(1)] = ()
    reason: str = ""
    ended: str = ""
    revisions: tuple[Revision, ...] = ()
    place: Place = NOWHERE

    @property
    def current(self) -> str:
        """The digest that the text must have now: of the last revision, else the first; ``""`` if it has
        none.
        """
        return self.revisions[-1].digest if self.revisions else self.digest
