"""The ledger of anchors: every id that was ever published, and what happened to it.

All functions take the ledger and the text as values and return a new ledger; other modules read and write
files.  A published id is never removed from the ledger and never given to another text.  It always leads
somewhere: to itself while it is live, to its successors after it is split or merged, to a reason after it is
withdrawn.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import cached_property
from graphlib import CycleError, TopologicalSorter

from site_builder.edition.index import grouped
from site_builder.language.characters import join_lines
from site_builder.model import Anchor, Heading, Passage, Place, Problem, Revision, Words
from site_builder.records import replace

Block = Heading | Passage | Words
Ledger = tuple[Anchor, ...]
Blocks = tuple[Block, ...]
NAMED = ("page", "paragraph", "entry", "term", "reading")
"""Kinds that are identified by their id alone: their words can change without a record."""


# Eighteen digits are sufficient for any text; Python refuses to parse thousands of digits.
_NUMBERED = re.compile(r"p([0-9]{1,18})")
_RUN = "run 'site-builder anchors'"


def digest(text: str) -> str:
    """``sha256:`` and the first 16 hexadecimal digits of the SHA-256 of the text (NFC, UTF-8).

    Case and white space count; an empty text has a digest too.
    """
    data = unicodedata.normalize("NFC", text).encode()
    return f"sha256:{hashlib.sha256(data).hexdigest()[:16]}"


def opening(text: str, length: int = 12) -> str:
    """The first ``length`` code points of the text (NFC, on one line), then without white space at the ends.

    A line end between Chinese characters is left out, between other words it is a space.  No mark shows that
    the text goes on; a blank text gives ``""``.

    >>> opening("The old\\ndike holds"), opening("The old dike", 4), opening("舊堤\\n還在")
    ('The old dike', 'The', '舊堤還在')
    """
    return join_lines(unicodedata.normalize("NFC", text))[:length].strip()


def successors(ledger: Ledger, id: str) -> tuple[str, ...]:
    """The live ids that ``id`` leads to, through all chains, in order and each once.

    A live id leads to itself.  A withdrawn or unknown id, and a circular chain, lead to nothing: ``()``.  Of
    several successors, one that leads to nothing is left out.
    """
    known = {anchor.id: anchor for anchor in ledger}
    found: list[str] = []
    seen = set()
    ahead = [id]
    while ahead:
        anchor = known.get(ahead.pop())
        if anchor is None or anchor.id in seen:
            continue
        seen.add(anchor.id)
        if anchor.fate == "live":
            found.append(anchor.id)
        else:
            ahead.extend(reversed(anchor.into))
    return tuple(found)


def next_id(ledger: Ledger, blocks: Blocks) -> str:
    """The next free passage id: its number is greater than any in the ledger or the text; ``p1`` if both are
    empty.

    Ids that end, and successors, count too.  Ids of another form than ``p`` and digits do not.
    """
    ids = [block.id for block in blocks]
    for anchor in ledger:
        ids += (anchor.id, *anchor.into)
    numbers = [int(match[1]) for match in map(_NUMBERED.fullmatch, ids) if match]
    return f"p{max(numbers, default=0) + 1}"


def own_id(ledger: Ledger, blocks: Blocks, text: str) -> str:
    """The live id whose present text in the ledger is this one and that no block has now; ``""`` if there is
    none.

    Of several, the first in the ledger.  Only its latest text counts.  Case and white space count, the form
    of Unicode (NFC) does not.
    """
    standing = {block.id for block in blocks}
    now = digest(text)
    return next((a.id for a in ledger if a.fate == "live" and a.current == now and a.id not in standing), "")


class _Books:
    """Ledger and text, by id and by digest; ``standing`` maps the ids in the text to digests."""

    def __init__(self, ledger: Ledger, blocks: Blocks) -> None:
        self.ledger = ledger
        self._blocks = blocks
        self.by_id = {anchor.id: anchor for anchor in reversed(ledger)}  # of a repeated id, the first
        self.standing = {block.id: words_digest(block) for block in blocks}

    @cached_property
    def by_digest(self) -> dict[str, tuple[Anchor, ...]]:
        return grouped(
            (past, anchor)
            for anchor in self.ledger
            for past in {anchor.digest, *(revision.digest for revision in anchor.revisions)} - {""}
        )

    @cached_property
    def free(self) -> str:
        """An id of a passage that was never published; only a problem needs it."""
        return next_id(self.ledger, self._blocks)


def compare(ledger: Ledger, blocks: Blocks, path: str) -> Iterator[Problem]:
    """The differences between the ledger and the text, as problems A001 to A007.

    Of a block: its id was published for another text or kind, or has ended (A002); its words have changed
    (A003); its id is not in the ledger (A004).  It has the first of these at most, at its own place.  Of a
    line of the ledger: a live id is missing in the text (A001), successors are missing or unknown (A005), the
    id is repeated (A006, without A001), the successors form a circle (A007).  Their place is that of the
    line, or the top of the file if the line has no place.  The blocks come first, then the lines, each in
    their order.  The words of pages, paragraphs, entries, terms and readings are not compared.

    A ledger and a text that agree give nothing.

    :param path: the path of the ledger.
    """
    books = _Books(ledger, blocks)
    for block in blocks:
        fault = _block_fault(block, books)
        if fault:
            code, message, hint = fault
            yield Problem(place=block.place, code=code, message=message, hint=hint)
    for anchor, code, message, hint in _ledger_faults(books):
        place = anchor.place if anchor.place.path else Place(path=path)
        yield Problem(place=place, code=code, message=message, hint=hint)


def _block_fault(block: Block, books: _Books) -> tuple[str, str, str] | None:
    """Code, message and hint."""
    id = block.id
    anchor = books.by_id.get(id)
    if anchor is None:
        owner = next((owner for owner in _owners(block, books) if owner.fate == "live"), None)
        hint = f"its text was published as {owner.id}: write {_mark(owner.id)} again" if owner else _RUN
        return "A004", f"{id} is not in the ledger", hint
    if reuse := _reuse(anchor, block, books):
        return "A002", *reuse
    if words_digest(block) == anchor.current:
        return None
    message = f"{id} has another text than in the ledger"
    return "A003", message, f"if the change is meant, run 'site-builder anchors --accept {id}'"


def _reuse(anchor: Anchor, block: Block, books: _Books) -> tuple[str, str] | None:
    """Message and hint for an id that is used for something else than it was published for."""
    id, kind = block.id, _kind(block)
    if anchor.fate != "live":
        return f"{id} must not be used again: it is {_fate(anchor)}", _renamed(kind, books)
    if anchor.kind != kind:
        message = f"{id} must not become {_a(kind)}: it was published as {_a(anchor.kind)}"
        return message, _renamed(kind, books)
    if words_digest(block) == anchor.current:
        return None
    owner = next(_owners(block, books), None)
    if owner is None:
        return None
    hint = f"write {_mark(owner.id)} at this text" if owner.fate == "live" else _renamed(kind, books)
    return f"{id} must not have the text that was published as {owner.id}", hint


def _renamed(kind: str, books: _Books) -> str:
    """The hint for a block whose id is taken."""
    free = f": {_mark(books.free)}" if kind == "passage" else ""
    return f"give this {kind} an id that was never published{free}"


def _mark(id: str) -> str:
    """An id as its source has it: ``{#p12}``; of an address, the id in the page."""
    return f"{{#{id.rpartition('#')[2]}}}"


def _a(kind: str) -> str:
    """A kind of block with its article: ``a passage``, ``an entry``."""
    return f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"


def _owners(block: Block, books: _Books) -> Iterator[Anchor]:
    """The other ids under which the block's text was published and that no longer have it.

    An id that still has the text is left out (two passages can be equal), and so is one whose successor is
    this block.
    """
    now = words_digest(block)
    for anchor in books.by_digest.get(now, ()):
        if anchor.id == block.id or books.standing.get(anchor.id) == now:
            continue
        if anchor.fate == "live" or block.id not in successors(books.ledger, anchor.id):
            yield anchor


def _ledger_faults(books: _Books) -> Iterator[tuple[Anchor, str, str, str]]:
    """Anchor, code, message and hint."""
    seen: set[str] = set()
    endless = _endless(books.ledger)
    for anchor in books.ledger:
        id = anchor.id
        if id in seen:
            hint = "remove this entry and keep the first"
            yield anchor, "A006", f"{id} is in the ledger twice", hint
        elif anchor.fate == "live" and id not in books.standing:
            now = anchor.revisions[-1].opening if anchor.revisions else anchor.opening
            hint = (
                f"restore it, or run 'site-builder anchors --split {id} --into ID --into ID', "
                f"'site-builder anchors --merge {id} --into ID' "
                f"or 'site-builder anchors --withdraw {id} --reason WHY'"
            )
            yield anchor, "A001", f"{id} ({now}) was published and is missing from the text", hint
        yield from _successor_faults(anchor, books)
        if id in endless:
            hint = "write in 'into' an id that is live or withdrawn"
            yield anchor, "A007", f"{id} has successors that form a circle", hint
        seen.add(id)


def _successor_faults(anchor: Anchor, books: _Books) -> Iterator[tuple[Anchor, str, str, str]]:
    id, fate = anchor.id, anchor.fate
    hint = "write in 'into' the ids that have its text now; if there is none, write 'fate: withdrawn'"
    if fate in ("split", "merged") and not anchor.into:
        yield anchor, "A005", f"{id} is {fate} and must have a successor", hint
    for follower in anchor.into:
        if follower not in books.by_id and follower not in books.standing:
            message = f"{follower}, a successor of {id}, is neither in the ledger nor in the text"
            yield anchor, "A005", message, hint


def _endless(ledger: Ledger) -> set[str]:
    """The ids with circular successors.

    A chain that ends in withdrawn ids is no fault: it has an end, which gives the reason.
    """
    into = {anchor.id: anchor.into for anchor in ledger}
    followed = {id_: ids for id_, ids in into.items() if ids}  # the few that have ended
    sorter = TopologicalSorter(followed)
    with suppress(CycleError):  # ids outside of circles can still be removed
        sorter.prepare()
    endless = set(followed)
    while ended := sorter.get_ready():
        endless.difference_update(ended)
        sorter.done(*ended)
    return endless


def _kind(block: Block) -> str:
    if isinstance(block, Words):
        return block.kind
    return "heading" if isinstance(block, Heading) else "passage"


def words_digest(block: Block) -> str:
    """The digest of the text of a block: ``sha256:`` and the first 16 hexadecimal digits of its SHA-256, in
    UTF-8.

    ``""`` for the kinds that are identified by their id alone: ``page``, ``paragraph``, ``entry``, ``term``
    and ``reading``.  So headings, passages, sentences and notes have one.
    """
    return "" if _kind(block) in NAMED else digest(block.text)


def _fate(anchor: Anchor) -> str:
    into = f" into {', '.join(anchor.into)}" if anchor.into else ""
    return anchor.fate + into + (f" since edition {anchor.ended}" if anchor.ended else "")


def record(ledger: Ledger, blocks: Blocks, edition: str) -> Ledger:
    """A ledger with the new ids of the text at its end, as live, in reading order; existing lines stay.

    A new line has the digest of the words (as :func:`words_digest`) and their first twelve characters, or the
    id if there are no words.  Of an id that occurs twice in the text, the first block counts.  Changed words
    are not recorded.

    :param edition: the edition that has the ids first.
    """
    known = {anchor.id for anchor in ledger}
    new = {block.id: block for block in reversed(blocks) if block.id not in known}
    return ledger + tuple(
        Anchor(
            id=block.id,
            kind=_kind(block),
            block=block.block if isinstance(block, Words) else "",
            edition=edition,
            digest=words_digest(block),
            opening=opening(block.text) or block.id,
        )
        for block in reversed(new.values())
    )


def accept(ledger: Ledger, blocks: Blocks, ids: Iterable[str], edition: str) -> Ledger:
    """A ledger with the present text of ``ids`` as a revision; without ids, the ledger itself.  A repeated id
    counts once.

    :raises ValueError: for an id that is unknown, ended, or missing in the text, for one that has the text of
        another id (then the ids were exchanged, not the text), and for one that is unchanged; the first of
        these, in this order, of the first such id.
    """
    books = _Books(ledger, blocks)
    texts = {block.id: block for block in blocks}
    for id in dict.fromkeys(ids):
        anchor = _live(ledger, id)
        if id not in texts:
            raise ValueError(f"{id} is not in the text.")
        if reuse := _reuse(anchor, texts[id], books):
            raise ValueError(f"{reuse[0]}: {reuse[1]}.")
        if books.standing[id] == anchor.current:
            raise ValueError(f"{id} has the text that is in the ledger; there is nothing to accept.")
        text = texts[id].text
        revision = Revision(edition=edition, digest=books.standing[id], opening=opening(text))
        ledger = _put(ledger, replace(anchor, revisions=(*anchor.revisions, revision)))
    return ledger


def split(ledger: Ledger, id: str, into: Iterable[str], edition: str) -> Ledger:
    """Record that the text of ``id`` is under two or more live ids ``into`` since ``edition``.

    A new ledger is returned, in which the line of ``id`` has the fate ``split``, ``into`` and, as ``ended``,
    the edition.  Whether the text has the ids is not checked; a repeated id counts once.

    :raises ValueError: if one of them is unknown or ended, or if a successor is ``id`` itself; only then if
        there are fewer than two successors.
    """
    following = tuple(dict.fromkeys(into))
    anchor = _live(ledger, id)
    _check_successors(ledger, (id,), following)
    if len(following) < 2:
        raise ValueError(f"{id} must be split into two ids or more; into one, it is merged.")
    return _put(ledger, replace(anchor, fate="split", into=following, ended=edition))


def merge(ledger: Ledger, ids: Iterable[str], into: str, edition: str) -> Ledger:
    """Record that the texts of ``ids`` are under the live id ``into`` since ``edition``.

    A new ledger is returned, in which the line of each of ``ids`` has the fate ``merged``, ``into`` (a tuple
    of one) and, as ``ended``, the edition.  A repeated id counts once.  Whether the text has ``into`` is not
    checked.

    :raises ValueError: if one of them is unknown or ended, if ``ids`` is empty, or if ``into`` is one of
        ``ids``.
    """
    merged = tuple(dict.fromkeys(ids))
    if not merged:
        raise ValueError("A merge must name the ids that end.")
    anchors = [_live(ledger, id) for id in merged]
    _check_successors(ledger, merged, (into,))
    for anchor in anchors:
        ledger = _put(ledger, replace(anchor, fate="merged", into=(into,), ended=edition))
    return ledger


def withdraw(ledger: Ledger, id: str, reason: str, edition: str) -> Ledger:
    """Record that ``id`` has no text since ``edition``, with the reason, without white space at its ends.

    A new ledger is returned, in which the line has the fate ``withdrawn``, the reason and, as ``ended``, the
    edition.  Whether the text still has the id is not checked.

    :raises ValueError: if ``id`` is unknown or ended, or if the reason is blank.
    """
    anchor = _live(ledger, id)
    if not reason.strip():
        raise ValueError(f"{id} must be withdrawn with a reason.")
    return _put(ledger, replace(anchor, fate="withdrawn", reason=reason.strip(), ended=edition))


def _live(ledger: Ledger, id: str) -> Anchor:
    anchor = next((anchor for anchor in ledger if anchor.id == id), None)
    if anchor is None:
        raise ValueError(f"{id} is not in the ledger; record a new id by `site-builder anchors`.")
    if anchor.fate != "live":
        raise ValueError(f"{id} is {_fate(anchor)}, and must be live for this.")
    return anchor


def _check_successors(ledger: Ledger, ids: tuple[str, ...], following: tuple[str, ...]) -> None:
    for follower in following:
        if follower in ids:
            raise ValueError(f"{follower} cannot be its own successor; accept its new text instead.")
        _live(ledger, follower)


def _put(ledger: Ledger, changed: Anchor) -> Ledger:
    return tuple(changed if anchor.id == changed.id else anchor for anchor in ledger)
