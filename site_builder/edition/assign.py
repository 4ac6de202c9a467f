"""Writes ids for the blocks of the editors' pages that have none into the text of their files."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from site_builder.edition import addressed, anchors, binding, sentences
from site_builder.edition.sentences import Bound
from site_builder.model import Block, Page, Place, Project, Sentence

_PREFIX = {"heading": "h", "paragraph": "b"}


def assigned(project: Project, sources: Mapping[str, str]) -> dict[str, str]:
    """The files of pages with blocks without an id: path → text with an id on each block.

    The id comes at the end of the block, as ``{#b3}`` after a space.  A block with recorded words gets its
    old id; any other gets the next id that was never used on its page: ``h3`` for a heading, ``b3`` for a
    paragraph.  A block whose place in the source is not known stays unchanged.  Pages in which nothing
    changes are left out; files of facets never change.

    :param sources: path → text; it must have the files of all pages that change.
    :raises KeyError: if it lacks one of these.
    """
    found: dict[str, str] = {}
    for page, given in _given(project):
        marks = {block.end: id_ for block, id_ in given if block.end is not None}
        if marks:
            found[page.place.path] = _written(sources[page.place.path], marks)
    return found


def next_ids(project: Project) -> dict[Place, str]:
    """Place of every block without an id → the address that it would get: ``silence.html#b2``.

    The blocks are headings and paragraphs, page by page in their order.  A block with recorded words has its
    old id.  Any other heading is ``h1``, ``h2`` …, any other paragraph ``b1``, ``b2`` …: the number is one
    more than the greatest that the page has or ever had with this letter.

    For a page that the site does not show, the address is the anchor alone: ``#b2``.  Nothing is changed.
    Without such blocks the result is ``{}``.
    """
    shown = _shown(project)
    return {
        block.place: f"{shown.get(page.id, '')}#{id_}"
        for page, given in _given(project)
        for block, id_ in given
    }


def _shown(project: Project) -> dict[str, str]:
    """Id of an editors' page → the address that shows it."""
    return {source.page.id: at for at, source in addressed.sources(project) if source.page is not None}


def _given(project: Project) -> Iterator[tuple[Page, list[tuple[Block, str]]]]:
    """Every page with blocks that have no id in the source, these blocks, and the id for each."""
    pages = [page for page in project.pages if any(map(_lacks_id, page.prose.blocks))]
    if not pages:
        return
    taken = binding.taken_by_page(project)
    shown = _shown(project)
    known = binding.of_pages(project)
    for page in pages:
        address = shown.get(page.id, "")
        own = _own(project, address, *known[address]) if address in known else {}
        yield page, list(_ids(page, taken.get(address, set()), own))


def _own(project: Project, address: str, page_sentences: list[Sentence], bound: Bound) -> dict[Place, str]:
    """Place of a block's first words → the id that the ledger has for these words."""
    found: dict[Place, str] = {}
    for sentence, entry in zip(page_sentences, bound.entries, strict=True):
        if entry is not None and not sentence.block:
            found.setdefault(sentence.place, entry.block)
    headings = {
        anchor.current: sentences.local(anchor.id)
        for anchor in project.anchors
        if anchor.kind == "heading" and anchor.fate == "live" and addressed.page_of(anchor.id) == address
    }
    for page in project.pages:
        for block in page.prose.blocks:
            id_ = headings.get(anchors.digest(block.text))
            if block.kind == "heading" and id_:
                found[block.place] = id_
    return found


def _ids(page: Page, taken: Collection[str], own: Mapping[Place, str]) -> Iterator[tuple[Block, str]]:
    """Every block that has no id in the source, and its new id."""
    used = {*taken, *(block.id for block in page.prose.blocks)}
    standing = {block.id for block in page.prose.blocks}
    for block in page.prose.blocks:
        if not _lacks_id(block):
            continue
        back = own.get(block.place, "")
        id_ = block.id or (back if back not in standing else "") or _free(_PREFIX[block.kind], used)
        used.add(id_)
        standing.add(id_)
        yield block, id_


def _lacks_id(block: Block) -> bool:
    """Whether the source has no id for a block; a project of format 1 counts its blocks."""
    return not block.id or block.end is not None


def _free(prefix: str, used: Collection[str]) -> str:
    numbers = (re.fullmatch(rf"{prefix}([0-9]{{1,9}})", id_) for id_ in used)
    return f"{prefix}{1 + max((int(m[1]) for m in numbers if m), default=0)}"


def _written(text: str, marks: Mapping[Place, str]) -> str:
    rows = text.split("\n")
    for place, id_ in sorted(marks.items(), reverse=True):
        row = rows[place.line - 1]
        at = place.column - 1
        rows[place.line - 1] = f"{row[:at].rstrip()} {{#{id_}}}{row[at:]}"
    return "\n".join(rows)
