"""Rules for the ledgers of anchors (family A); :mod:`site_builder.edition.anchors` compares."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence

from site_builder.check.works import SOURCES, each
from site_builder.edition import addressed, anchors, assign, binding, ledgers, sentences
from site_builder.edition.edition import Edition
from site_builder.edition.index import grouped
from site_builder.edition.sentences import Bound
from site_builder.model import Anchor, Passage, Place, Problem, Work
from site_builder.records import replace


def ids_are_permanent(edition: Edition) -> Iterator[Problem]:
    """The ledger keeps each published id and address.

    A001 A published id or address must stay in the text or on the site, or the ledger must record its end.

    A002 A published id must not be used for another text, and an id that has ended must not be used again.

    A003 A heading must have the text that the ledger records, and so must a passage. A change must be
    accepted.

    A004 An id or address that is published for the first time must be recorded in the ledger.

    A005 An id that was split or merged must name its successors, which must be in the ledger or the text.

    A006 An id must be in a ledger only once.

    A007 The successors of an id must end at a live or withdrawn id, and must not form a circle.

    The messages are ``p2 (BEGINNING) was published and is missing from the text`` (A001), ``p2 must not be
    used again: it is withdrawn since edition 1.1`` (A002), ``p2 has another text than in the ledger`` (A003),
    ``p2 is not in the ledger`` (A004). The texts come first, work by work: in each the blocks, at the block,
    then the lines of the ledger, at the line. The addresses follow (``missing from the site``); without their
    ledger there is one A004 for all.

    In a project of format 1 only the ids of the texts are checked, since it has no ledger of addresses.
    """
    yield from each(edition, _ids_of_text)
    if edition.project.site.format > 1:
        yield from _addresses(edition)


def _ids_of_text(work: Work) -> Iterator[Problem]:
    """The problems of the ids of a text."""
    for problem in anchors.compare(work.ledger, work.blocks, f"{work.folder}/anchors.yaml"):
        # an id without its brace is not gone: the text has its own error
        other = {"A001": "text.md", "A004": "anchors.yaml"}.get(problem.code)
        missing = f"{work.folder}/{other}" if other else ""
        yield replace(problem, unless=missing)


def _addresses(edition: Edition) -> Iterator[Problem]:
    """The problems of the addresses outside of the texts."""
    project = edition.project
    if not project.anchors:
        yield Problem(
            place=Place(path=ledgers.ADDRESSES),
            code="A004",
            message="the ledger of the site's addresses is missing",
            hint="run 'site-builder anchors'",
            unless=ledgers.ADDRESSES,
        )
        return
    blocks = tuple(one for one in addressed.published(project) if one.kind != "sentence")
    ledger = tuple(anchor for anchor in project.anchors if anchor.kind != "sentence")
    standing = {block.id for block in blocks}
    live = {anchor.id for anchor in ledger if anchor.fate == "live"}
    holders = {anchor.id: anchor.block for anchor in ledger}
    known = {anchor.id for anchor in ledger}
    at = {block.place: block.id for block in blocks}
    first = {block.id: block.place for block in reversed(blocks)}
    lines = {anchor.place: anchor.id for anchor in ledger}
    lost = set(assign.next_ids(project).values())
    for problem in anchors.compare(ledger, blocks, ledgers.ADDRESSES):
        id_ = lines.get(problem.place, "") if problem.code == "A001" else at.get(problem.place, "")
        page = addressed.page_of(id_)
        holder = f"{page}#{holders.get(id_, '')}"
        if problem.code == "A001" and "#" in id_ and {page, holder} & (live - standing):
            continue  # the page or the entry is gone as a whole, and that is reported
        if problem.code == "A001" and id_ in lost:
            continue  # its block only lost its id, and that is reported
        if problem.code == "A003" and first.get(id_, problem.place) != problem.place:
            continue  # the id is there twice, and that is reported
        if problem.code == "A004" and "#" in id_ and page not in known:
            continue  # the page as a whole is new
        message = problem.message.replace("missing from the text", "missing from the site")
        problem = replace(problem, message=message)
        # any file can hold what is addressed: the texts, the codebook, the pages, the notes
        yield replace(problem, unless=SOURCES if problem.code == "A001" else "")
    for address, (_, bound) in edition.bound_pages.items():
        swapped = sentences.swapped(bound)
        for block, other in swapped.items():
            exchanged = swapped.get(other) == block
            yield _swapped(f"{address}#{block}", f"{address}#{other}", blocks, exchanged=exchanged)


def _swapped(id_: str, other: str, blocks: Iterable[anchors.Block], *, exchanged: bool) -> Problem:
    place = next((block.place for block in blocks if block.id == id_), Place(path=ledgers.ADDRESSES))
    return Problem(
        place=place,
        code="A002",
        message=f"{id_} is at another paragraph; all its sentences are in {other} now",
        hint=f"write {{#{sentences.local(id_)}}} at that paragraph, and "
        + (f"{{#{sentences.local(other)}}} here" if exchanged else "a new id here"),
    )


def sentences_are_recorded(edition: Edition) -> Iterator[Problem]:
    """A008 The sentences of a block must be those that the ledger records. A changed, new or missing
    sentence must be recorded.

    In a project of format 1 there is no such error, since its ledgers have no sentences.  The order of
    sentences within their block does not matter.  The sentences of a block that has ended must end too.

    One error for each block, at its first sentence: ``the sentences of gates.html#b1 differ from the ledger:
    n2 (OLD) is missing``, with ``n2 (OLD) is now NEW``, ``n2 was in b3`` and ``NEW is new`` for the others.
    One for each sentence of a block that has ended, at its line of the ledger.

    Blocks that another rule reports are left out: one that the ledger does not have, one of a text with
    changed words, and one of a page whose recorded sentences are all in one other block.  While the ledger of
    addresses is missing, only the texts are checked.
    """
    if edition.project.site.format < 2:
        return
    yield from each(edition, _of_text)
    if not edition.project.anchors:
        return
    known = {anchor.id: anchor for anchor in edition.project.anchors}
    for address, (page_sentences, bound) in edition.bound_pages.items():
        places = [sentence.place for sentence in page_sentences]
        for problem in _of_blocks(bound, places, f"{address}#", known, ()):
            yield replace(problem, unless=ledgers.ADDRESSES)


def _of_text(work: Work) -> Iterator[Problem]:
    """The problems of the sentences of a text, except those of a passage with unrecorded words."""
    known = {anchor.id: anchor for anchor in (*work.ledger, *work.sentences)}
    waiting = {
        block.id
        for block in work.blocks
        if block.id not in known or known[block.id].current != anchors.words_digest(block)
    }
    places = [_place(passage, start) for passage, start, _ in binding.sentences_of_text(work)]
    yield from _of_blocks(binding.of_text(work), places, "", known, waiting)


def _place(passage: Passage, start: int) -> Place:
    return passage.place._replace(column=passage.place.column + start)


def _of_blocks(
    bound: Bound, places: Sequence[Place], prefix: str, known: dict[str, Anchor], waiting: Container[str]
) -> Iterator[Problem]:
    """One problem for every block with sentences that differ from the record.

    :param places: the place of each sentence.
    :param known: the ledger by id.
    :param waiting: blocks that have a problem themselves.
    """
    swapped = sentences.swapped(bound)
    blocks = {one.block: places[n] for n, one in reversed(list(enumerate(bound.sentences)))}
    of_blocks = grouped(_differences(bound))
    for block, place in blocks.items():
        line = known.get(f"{prefix}{block}")
        if line is None or line.fate != "live" or block in waiting or block in swapped:
            continue
        differences = of_blocks.get(block, ())
        if differences:
            id_ = f"{prefix}{block}"
            accepted = any(one.block == block for one in (*bound.changed.values(), *bound.gone))
            command = f"site-builder anchors{f' --accept {id_}' if accepted else ''}"
            yield Problem(
                place=place,
                code="A008",
                message=f"the sentences of {id_} differ from the ledger: {', '.join(differences)}",
                hint=f"if the change is meant, run '{command}'",
            )
    for entry in bound.gone:
        holder = known.get(f"{prefix}{entry.block}")
        if holder is None or holder.fate != "live":
            yield Problem(
                place=entry.place,
                code="A008",
                message=f"the sentence {entry.id} must end, because its block {entry.block} has ended",
                hint="run 'site-builder anchors'",
            )


def _differences(bound: Bound) -> Iterator[tuple[str, str]]:
    """Each block that differs from the record, and a difference of it in words."""
    for number, entry in bound.changed.items():
        new = anchors.opening(bound.sentences[number].text)
        yield (
            bound.sentences[number].block,
            f"{sentences.local(entry.id)} ({sentences.now(entry)}) is now {new}",
        )
    for entry in bound.gone:
        yield entry.block, f"{sentences.local(entry.id)} ({sentences.now(entry)}) is missing"
    for number, entry in bound.moved.items():
        yield bound.sentences[number].block, f"{sentences.local(entry.id)} was in {entry.block}"
    for number in bound.new:
        new = anchors.opening(bound.sentences[number].text)
        yield bound.sentences[number].block, f"{new} is new"


def blocks_have_ids(edition: Edition) -> Iterator[Problem]:
    """A009 Each heading and paragraph of an editors' page must end with its id.

    One error for each such block, at the block: ``a heading must end with its id``, or for a paragraph and an
    item of a list ``a paragraph must end with its id``. The hint has the id that the block would get:
    ``add {#b2} at its end, or run 'site-builder anchors'``. A project of format 1 has no such ids, and no
    such error.
    """
    if edition.project.site.format < 2:
        return
    free = assign.next_ids(edition.project)
    for page in edition.project.pages:
        for block in page.prose.blocks:
            if not block.id:
                mark = f"{{#{sentences.local(free[block.place])}}}"
                yield Problem(
                    place=block.place,
                    code="A009",
                    message=f"a {block.kind} must end with its id",
                    hint=f"add {mark} at its end, or run 'site-builder anchors'",
                )


def block_ids_are_unique(edition: Edition) -> Iterator[Problem]:
    """A010 An id must be unique on an editors' page.

    The error is at each later block: ``an id must be unique on its page; b1 is already on line 3``.  Blocks
    without an id, and a project of format 1, have no such error.  Case counts.
    """
    for page in edition.project.pages if edition.project.site.format > 1 else ():
        seen: dict[str, Place] = {}
        for block in page.prose.blocks:
            first = seen.setdefault(block.id, block.place) if block.id else block.place
            if first != block.place:
                yield Problem(
                    place=block.place,
                    code="A010",
                    message=f"an id must be unique on its page; {block.id} is already on line {first.line}",
                    hint="write another id here",
                )
