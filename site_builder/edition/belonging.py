"""Which words of a passage an entry of a facet and a tag of a cell share, and what these words carry."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from site_builder.edition.index import Index, Key
from site_builder.model import CellTag, Entry, Quote


def shared(index: Index, entries: Iterable[Entry], key: Key, cell: CellTag) -> frozenset[Quote]:
    """The quotations of a cell tag of a passage that are within the evidence of one of some entries there.

    A quotation that is equal to one of the evidence is within it; one whose words are not exact in the
    passage is within none.  They are all of its quotations if one of the entries has no evidence in the
    passage, and none if the passage has none of the entries.
    """
    ids = {(one.facet, one.id) for one in entries}
    tagging = index.taggings.get(key)
    own = [one for one in tagging.entries if (one.facet, one.entry) in ids] if tagging else []
    if not all(one.evidence for one in own):
        return frozenset(cell.evidence)
    return frozenset(index.inside(cell.evidence, tuple(quote for one in own for quote in one.evidence)))


def traits_of(index: Index, entry: Entry, key: Key, cell: CellTag) -> tuple[str, ...] | None:
    """The traits of a cell tag of a passage that the words of an entry or of a part of it carry, in the order
    of the tag; ``None`` if the tags do not show which.

    They are all of them if the tag has one trait at most, if all of its evidence is within that of the entry
    or a part (or it has none), or if one of these is in the passage without evidence.  Else the alternatives
    that name traits beside evidence show it: these traits rest on that evidence alone, and the others on what
    remains.  Without such alternatives it is ``None``, also if the passage does not have the entry.

    :raises KeyError: if the facet of the entry is not in the index.
    """
    return _carried(index, key, cell, shared(index, (entry, *index.parts(entry)), key, cell))


def of_the_whole(index: Index, entry: Entry) -> Iterator[tuple[Key, CellTag, tuple[str, ...] | None]]:
    """The cell tags that belong to an entry but not to its parts, as (passage, tag, traits), in the order of
    the passages, then of the tags.  The traits are those that these words carry: all of the tag if all of its
    evidence belongs, ``None`` if the tags do not show which.

    Such a tag has a quotation within the evidence of the entry that is within none of its parts; an entry or
    a part without evidence in the passage has every quotation.  A tag without evidence belongs to the entry
    if this has no evidence in the passage either, and the passage has none of the parts.

    :raises KeyError: if the facet of the entry is not in the index.
    """
    parts = index.parts(entry)
    ids = {one.id for one in parts}
    for key, own in index.by_entry.get((entry.facet, entry.id), ()):
        tagging = index.taggings[key]
        divided = any(one.facet == entry.facet and one.entry in ids for one in tagging.entries)
        for cell in tagging.cells:
            words = shared(index, (entry,), key, cell)
            if divided:
                words -= shared(index, parts, key, cell)
            if words or not (cell.evidence or own.evidence or divided):
                yield key, cell, _carried(index, key, cell, words)


def _carried(index: Index, key: Key, cell: CellTag, words: frozenset[Quote]) -> tuple[str, ...] | None:
    """The traits of a cell tag that some of its quotations carry; ``None`` if the tags do not show which."""
    if len(cell.traits) < 2 or len(words) == len(cell.evidence):
        return cell.traits
    tagging = index.taggings.get(key)
    carried: set[str] = set()
    possible = set(cell.traits)
    for other in tagging.alternatives if tagging else ():
        if not other.traits or not other.doubts(cell):
            continue
        left = set(other.leaves(cell))
        doubted = set(cell.evidence) - left
        if doubted <= words:
            carried |= set(other.traits)
        if not doubted & words:
            possible -= set(other.traits)
        if left and left <= words:
            carried |= set(other.leaves_traits(cell))
    shown = carried == possible or len(possible) == 1
    return tuple(one for one in cell.traits if one in possible) if shown else None
