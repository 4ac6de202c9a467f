"""Format 2: the blocks of the editors' pages have their ids in the source, and a ledger records all
addresses.

In format 1 the ids of headings and sentences were counted (``h1``, ``n3``, ``gate-use-1``).  They are
recorded in the ledger with their words, and so stay with these words.  Paragraphs get ids (``b1``, ``b2`` …),
and so do the sentences of the texts (``p30-s2``).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from site_builder.edition import addressed, anchors, assign, binding, ledgers, recording, sentences
from site_builder.migrations.changes import PROJECT, Changes, Sources, numbered
from site_builder.model import Anchor, Project
from site_builder.source import read
from site_builder.source.yamlio.comments import comments

SAYS = "every paragraph, heading and sentence gets an id that stays, and every address enters a ledger"


def change(sources: Sources) -> Changes:
    """Write ids into the pages, and record the addresses of format 1 and the new ids.

    Only changed files are returned; nothing changes in a project that has these ids.  If the project cannot
    be read, there are no files, and the problems are those of reading.

    :param sources: path → text of every source file; ``annotations/project.yaml`` must be among them.
    """
    before, problems = read.project(sources)
    if before is None:
        return Changes(files={}, problems=tuple(problems))
    files = assign.assigned(before, sources)
    after, problems = read.project(_as_format_2({**sources, **files}))
    if after is None:
        return Changes(files={}, problems=tuple(problems))
    for work in after.works:
        kept = ledgers.of_work(work, with_sentences=True)
        files |= _recorded(kept, sources, kept.state.ledger)
    published = after.anchors or tuple(_of_format_1(before, after))
    kept = ledgers.of_project(binding.bound(replace(after, anchors=published)))
    files |= _recorded(kept, sources, after.anchors)
    return Changes(files=files)


def _as_format_2(sources: Sources) -> Sources:
    return {**sources, PROJECT: numbered(sources[PROJECT], 2)}


def _recorded(kept: ledgers.Kept, sources: Sources, old: tuple[Anchor, ...]) -> dict[str, str]:
    """The file of a ledger with its new lines, if there are any.

    In the ledger of a text only sentences are new: a passage that is not recorded stays unrecorded.
    """
    state = kept.state
    if kept.path != ledgers.ADDRESSES:
        known = {anchor.id for anchor in state.ledger}
        state = replace(state, blocks=tuple(block for block in state.blocks if block.id in known))
    new = recording.updated(state)
    if new == old:
        return {}
    text = sources.get(kept.path)
    if text is None:
        return {kept.path: kept.text(None, _by_page(new))}
    return {kept.path: kept.text(text, new, comments(text))}


def _of_format_1(before: Project, after: Project) -> Iterator[Anchor]:
    """The lines of all addresses that a site of format 1 has.

    Both projects have the same sentences in the same order; ``before`` has the counted ids, ``after`` the
    blocks.
    """
    edition = after.site.version
    for words in addressed.published(after):
        if words.kind not in ("paragraph", "sentence"):
            yield from anchors.record((), (words,), edition)
    pairs = zip(addressed.sources(before), addressed.sources(after), strict=True)
    for (address, old), (_, new) in pairs:
        for one, other in zip(old.prose.sentences, new.prose.sentences, strict=True):
            yield Anchor(
                id=f"{address}#{one.anchor}",
                kind="sentence",
                block=other.block,
                edition=edition,
                digest=sentences.digest(other.text),
                opening=anchors.opening(other.text),
            )


def _by_page(lines: tuple[Anchor, ...]) -> tuple[Anchor, ...]:
    """The lines page by page: each page first, then its anchors in their order."""
    order: dict[str, int] = {}
    for anchor in lines:
        order.setdefault(addressed.page_of(anchor.id), len(order))
    return tuple(sorted(lines, key=lambda anchor: order[addressed.page_of(anchor.id)]))
