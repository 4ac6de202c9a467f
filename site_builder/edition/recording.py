"""Updates the ledgers: records new ids and accepted changes, and ends ids whose block or page has ended.

The functions take ledger and text as values and return a new ledger.  The same code is used for the ledger of
a text, with ids like ``p30`` and ``p30-s2``, and for that of all other addresses, with ids like
``silence.html`` and ``silence.html#b2``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from site_builder.edition import addressed, anchors, binding, sentences
from site_builder.edition.sentences import Bound
from site_builder.language.segments import STOPS
from site_builder.model import Anchor, Project, Revision, Work
from site_builder.records import dataclass, replace

Ledger = tuple[Anchor, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Group:
    """The sentences of a text or of a page: their match with the ledger, and their ids.

    ``prefix`` is empty, or the address of the page with ``#``; ``ids`` do not contain it.
    """

    prefix: str
    bound: Bound
    ids: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class State:
    """The present state of everything in one ledger."""

    ledger: Ledger
    blocks: tuple[anchors.Block, ...]
    groups: tuple[Group, ...]
    edition: str


def of_work(work: Work, *, with_sentences: bool) -> State:
    """The state of a text: its ledger by line of the file, its blocks, and its sentences.

    The ledger has the lines of blocks and of sentences, also without ``with_sentences``.  ``blocks`` are
    those of the work.  A sentence without a line has the next free id of its block: without a ledger
    ``p1-s1``, ``p1-s2``.  A work without a ledger has the ledger ``()``.

    :param with_sentences: false for a project of format 1; ``groups`` is then empty, else it has one group,
        also for a text without sentences.  The ``prefix`` of the group is ``""``.
    """
    bound = binding.of_text(work)
    group = Group(prefix="", bound=bound, ids=binding.ids_of_text(work, bound))
    lines = sorted((*work.ledger, *work.sentences), key=lambda anchor: anchor.place)
    return State(
        ledger=tuple(lines),
        blocks=work.blocks,
        groups=(group,) if with_sentences else (),
        edition=work.record.edition,
    )


def of_project(project: Project) -> State:
    """The state of all addresses outside of the texts, with a group for each page that has sentences.
    ``blocks`` are pages, then the entries, terms, readings, notes, headings and paragraphs in them, as
    :func:`.addressed.published` orders them; the ``prefix`` of a group is ``silence.html#``, and ``edition``
    the version of the project.

    A page whose sentences are all gone, but are live in the ledger, has a group too, with ``ids`` ``()``, as
    long as the project has its prose, such as an editors' page without a block.  If the editors' page itself
    is gone, there is no group, whatever the ledger has.
    """
    taken = binding.taken_by_page(project)
    groups = tuple(
        Group(prefix=f"{address}#", bound=bound, ids=sentences.ids(bound, taken.get(address, ())))
        for address, (_, bound) in binding.of_pages(project).items()
        if bound.sentences or bound.gone
    )
    return State(
        ledger=project.anchors,
        blocks=tuple(one for one in addressed.published(project) if one.kind != "sentence"),
        groups=groups,
        edition=project.site.version,
    )


def updated(state: State, accepted: Collection[str] = ()) -> Ledger:
    """The ledger with every new id, and with the changes of the blocks ``accepted``.

    The lines of ``state.ledger`` come first, in their order; new ones follow.  An accepted change adds one
    revision to the line of the block, and each changed sentence of it one to its own line.  Changes of other
    blocks are not recorded, nor are the new sentences in these blocks.  At last each live id whose block or
    page has ended is ended too, as :func:`settled` does it.

    Without changes the result is equal to ``state.ledger``.

    :param accepted: ids of blocks, or addresses of pages, which accept all changes of the page.
    :raises ValueError: if an accepted id is unknown, has ended, or has not changed; if all sentences of a
        paragraph are in another one now.
    """
    ledger = _with_blocks(state, anchors.record(_blocks(state.ledger), state.blocks, state.edition))
    for group in state.groups:
        for block, other in sentences.swapped(group.bound).items():
            id_ = f"{group.prefix}{block}"
            raise ValueError(f"all sentences of {id_} are in {other} now: give that paragraph its id back.")
    changed = {block.id for block in state.blocks if _block_changed(state, block.id)}
    touched: set[str] = set()
    for id_ in sorted(changed):
        if id_ in accepted or addressed.page_of(id_) in accepted:
            known = anchors.accept(_blocks(ledger), state.blocks, [id_], state.edition)
            ledger = _with_blocks(replace(state, ledger=ledger), known)
            touched |= {id_, addressed.page_of(id_)}
    for group in state.groups:
        ledger, found = _with_sentences(ledger, group, state, set(accepted), changed)
        touched |= found
    for id_ in accepted:
        if id_ not in touched:
            anchors.accept(_blocks(ledger), state.blocks, [id_], state.edition)  # raises the reason
            raise ValueError(f"{id_} has the words that are on record; there is nothing to accept.")
    return settled(ledger, state)


def _blocks(ledger: Ledger) -> Ledger:
    return tuple(anchor for anchor in ledger if anchor.kind != "sentence")


def _with_blocks(state: State, blocks: Ledger) -> Ledger:
    """A complete ledger with the lines of its blocks from ``blocks``; new ones are at the end."""
    own = iter(blocks)
    lines = [anchor if anchor.kind == "sentence" else next(own) for anchor in state.ledger]
    return (*lines, *own)


def _block_changed(state: State, id_: str) -> bool:
    """Whether the words of an id differ from the record."""
    line = next((anchor for anchor in _blocks(state.ledger) if anchor.id == id_), None)
    block = next((one for one in state.blocks if one.id == id_), None)
    return line is not None and block is not None and anchors.words_digest(block) != line.current


# --- sentences ------------------------------------------------------------------------------------


def _with_sentences(
    ledger: Ledger, group: Group, state: State, accepted: set[str], rewritten: set[str]
) -> tuple[Ledger, set[str]]:
    """The ledger with the sentences of a text or page, and the accepted blocks that changed.

    :param rewritten: the blocks with changed words that are not recorded; their sentences wait for them.
    """
    bound, prefix = group.bound, group.prefix
    pending = {entry.block for entry in (*bound.changed.values(), *bound.gone)}
    pending |= {one.block for one in bound.sentences if f"{prefix}{one.block}" in rewritten}
    done = {block for block in pending if f"{prefix}{block}" in accepted or prefix[:-1] in accepted}
    changes = dict(_changes(group, state.edition, done))
    lines = [changes.get(anchor.id, anchor) for anchor in ledger]
    live = {anchor.id for anchor in ledger if anchor.fate == "live"}
    for number in bound.new:
        one = bound.sentences[number]
        if one.block in pending - done or f"{prefix}{one.block}" not in live:
            continue
        lines.append(
            Anchor(
                id=prefix + group.ids[number],
                kind="sentence",
                block=one.block,
                edition=state.edition,
                digest=one.digest,
                opening=anchors.opening(one.text),
            )
        )
    touched = {f"{prefix}{block}" for block in done} | ({prefix[:-1]} if done else set())
    return tuple(lines), touched


def _changes(group: Group, edition: str, done: set[str]) -> Iterator[tuple[str, Anchor]]:
    """The lines that change, by id: another block, other words, or an end."""
    bound = group.bound
    for number, entry in bound.moved.items():
        yield entry.id, replace(entry, block=bound.sentences[number].block)
    for number, entry in bound.changed.items():
        if entry.block in done:
            one = bound.sentences[number]
            new = Revision(edition=edition, digest=one.digest, opening=anchors.opening(one.text))
            yield entry.id, replace(entry, revisions=(*entry.revisions, new))
    for entry in bound.gone:
        if entry.block in done:
            heir = _absorbed(entry, group, {entry.block}) or f"{group.prefix}{entry.block}"
            yield entry.id, replace(entry, fate="merged", into=(heir,), ended=edition)


def _absorbed(entry: Anchor, group: Group, blocks: Collection[str]) -> str:
    """The sentence that contains the words of a line, or their beginning; ``""`` if there is none."""
    words = sentences.now(entry).rstrip(STOPS)
    whole = [n for n, one in enumerate(group.bound.sentences) if one.digest == entry.current]
    part = [
        n
        for n, one in enumerate(group.bound.sentences)
        if one.block in blocks and len(words) > 3 and words in one.text
    ]
    return next((group.prefix + group.ids[n] for n in (*whole, *part)), "")


# --- ids that end with their block or page ------------------------------------------------------------


def settled(ledger: Ledger, state: State) -> Ledger:
    """A ledger in which every live id whose block or page has ended is ended too.

    Its successor is the sentence that now has its words, otherwise the successors of its block or page; if
    that is withdrawn, it is withdrawn too, with the same reason.  ``ended`` is that of the block or page.  A
    paragraph can end with its entry, and its sentences with it, so this is repeated until nothing changes.
    An id whose words are still there stays live.  Without such ids the ledger itself is returned.
    """
    live = {block.id for block in state.blocks}
    while True:
        known = {anchor.id: anchor for anchor in ledger}
        new = tuple(_settled(anchor, known, live, state) for anchor in ledger)
        if new == ledger:
            return ledger
        ledger = new


def _settled(anchor: Anchor, known: dict[str, Anchor], live: set[str], state: State) -> Anchor:
    """An anchor with the fate of its block or page, if that has ended and the anchor has no words."""
    holder = _ended_holder(anchor, known)
    standing = _bound(anchor, state) if anchor.kind == "sentence" else anchor.id in live
    if anchor.fate != "live" or holder is None or standing:
        return anchor
    heirs = anchors.successors(tuple(known.values()), holder.id)
    ended = replace(anchor, ended=holder.ended, reason=holder.reason)
    if heirs:
        into = _absorbed_anywhere(anchor, state, heirs)
        return replace(ended, fate="merged", into=(into,) if into else heirs)
    if holder.fate == "withdrawn":
        return replace(ended, fate="withdrawn")
    return replace(ended, fate="merged", into=(holder.id,))


def _ended_holder(anchor: Anchor, known: dict[str, Anchor]) -> Anchor | None:
    """The block of a sentence, or the page of an anchor, if it has ended."""
    page = addressed.page_of(anchor.id)
    prefix = f"{page}#" if "#" in anchor.id else ""
    for id_ in (f"{prefix}{anchor.block}" if anchor.block else "", page if prefix else ""):
        holder = known.get(id_)
        if holder is not None and holder.fate != "live":
            return holder
    return None


def _bound(anchor: Anchor, state: State) -> bool:
    """Whether a sentence still has the id."""
    return any(
        entry is not None and entry.id == anchor.id for group in state.groups for entry in group.bound.entries
    )


def _absorbed_anywhere(anchor: Anchor, state: State, heirs: Sequence[str]) -> str:
    """The sentence that has the words of an anchor, among those of the successors."""
    if anchor.kind != "sentence":
        return ""
    for group in state.groups:
        blocks = {one.block for one in group.bound.sentences}
        held = {b for b in blocks if f"{group.prefix}{b}" in heirs or group.prefix[:-1] in heirs}
        found = _absorbed(anchor, group, held) if held else ""
        if found:
            return found
    return ""
