"""Two editions → what changed from one to the other, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import Literal, TypeAlias, get_args

from site_builder.edition.coded_items import TagId
from site_builder.edition.snapshots import Release
from site_builder.edition.wording import Piece, compared
from site_builder.model.memory import Memory
from site_builder.model.snapshot import PARTS, Item
from site_builder.records import dataclass

How: TypeAlias = Literal["added", "removed", "changed"]
HOW: tuple[How, ...] = get_args(How)
"""What can happen to an item, in the order of reports."""


@dataclass(frozen=True, kw_only=True, slots=True)
class FieldChange:
    """A field of an item that differs.  ``language`` is that of a translation, or empty.

    The field is a text (``before`` and ``after``; empty where an edition does not have it), or a list: then
    ``removed`` and ``added`` are the values that only one of the editions has.
    """

    name: str
    language: str = ""
    before: str = ""
    after: str = ""
    removed: tuple[str, ...] = ()
    added: tuple[str, ...] = ()

    @property
    def is_list(self) -> bool:
        """Whether the field is a list, which has values in ``removed`` or ``added``."""
        return bool(self.removed or self.added)

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """``before`` and ``after``, compared word by word, a deletion before an insertion; ``()`` for a list.

        >>> [(one.change, one.text) for one in FieldChange(name="words", before="2.5", after="2.7").pieces]
        [('same', '2.'), ('deleted', '5'), ('inserted', '7')]
        """
        return compared(self.before, self.after)


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """An item that differs between two editions; ``before`` or ``after`` is ``None`` where it is absent.

    Both have the same part and kind.  Their ids differ only if the code of a tag was changed to another one.
    """

    before: Item | None
    after: Item | None
    fields: tuple[FieldChange, ...] = ()

    @property
    def item(self) -> Item:
        """The item as the new edition has it, else as the old one does."""
        found = self.after or self.before
        assert found is not None
        return found

    @property
    def how(self) -> How:
        """``added`` without ``before``, ``removed`` without ``after``, else ``changed``."""
        return "added" if self.before is None else "removed" if self.after is None else "changed"

    @property
    def is_translation(self) -> bool:
        """Whether the item changed (was not added or removed), and every changed field is a translation."""
        return all(one.language for one in self.fields) and self.how == "changed"


@dataclass(frozen=True, kw_only=True, slots=True)
class Changes:
    """All changes from one edition to another, in the order of the parts (text, apparatus, record, prose,
    tags, codebook, notes, edges, coders, project) and of the editions.
    """

    before: Release
    after: Release
    changes: tuple[Change, ...]

    def of_part(self, part: str) -> tuple[Change, ...]:
        """The changes whose item is of one part, in their order; ``()`` for an unknown part."""
        return tuple(change for change in self.changes if change.item.part == part)

    @property
    def counts(self) -> dict[str, dict[How, int]]:
        """Part → ``added``, ``removed`` and ``changed``, in this order → the number of such items.

        The parts are in the order text, apparatus, record, prose, tags, codebook, notes, edges, coders,
        project.  Each has all three numbers, also 0; a part without changes is left out.
        """
        found = Counter((change.item.part, change.how) for change in self.changes)
        counts = {part: {how: found[part, how] for how in HOW} for part in PARTS}
        return {part: numbers for part, numbers in counts.items() if any(numbers.values())}


def compare(before: Release, after: Release, memory: Memory | None = None) -> Changes:
    """What changed from one edition to another; no changes for equal editions.

    Items are the same if their parts and ids are.  Lists are compared without regard to their order, and an
    item that differs in its name or address alone is not changed.  The fields of a change are the texts by
    name, then their translations, then the lists; an added or removed item has all of its fields.  A removed
    and an added tag of one cell in one passage are one change; its first field is then ``code``, with the
    names of both tags (``flow~a:shows``).

    The parts are in the order text, apparatus, record, prose, tags, codebook, notes, edges, coders, project.
    Within a part the order is that of the new edition; what it lacks follows what it followed in the old one.

    :param memory: of earlier comparisons.
    """
    memory = memory or Memory()
    old = {item.key: item for item in before.items}
    new = {item.key: item for item in after.items}
    found: list[Change] = []
    for key in _merged(before.items, after.items):
        pair = old.get(key), new.get(key)
        change = memory.of((compare, before.edition, key), pair, partial(_change, *pair))
        if change is not None:
            found.append(change)
    ordered = sorted(_with_relations(found), key=lambda change: PARTS.index(change.item.part))
    return Changes(before=before, after=after, changes=tuple(ordered))


def _merged(old: Iterable[Item], new: Iterable[Item]) -> Iterator[tuple[str, str]]:
    """The keys of both, in the order of the new edition; what it lacks follows what it followed."""
    following: dict[tuple[str, str] | None, list[tuple[str, str]]] = {}
    keys = {item.key for item in new}
    last: tuple[str, str] | None = None
    for item in old:
        if item.key in keys:
            last = item.key
        else:
            following.setdefault(last, []).append(item.key)
    yield from following.get(None, ())
    for item in new:
        yield item.key
        yield from following.get(item.key, ())


def _change(before: Item | None, after: Item | None) -> Change | None:
    """The change of one item; ``None`` if its fields are the same."""
    if (
        before is not None
        and after is not None
        and (before.texts, before.lists) == (after.texts, after.lists)
    ):
        return None
    fields = tuple(_fields(before, after))
    if before is not None and after is not None and not fields:  # lists whose order alone differs
        return None
    return Change(before=before, after=after, fields=fields)


def _fields(before: Item | None, after: Item | None) -> Iterator[FieldChange]:
    old_texts, new_texts = _texts(before), _texts(after)
    for key in _either(old_texts, new_texts):
        old, new = old_texts.get(key, ""), new_texts.get(key, "")
        if old != new:
            name, _, language = key.partition("@")
            yield FieldChange(name=name, language=language, before=old, after=new)
    old_lists, new_lists = _lists(before), _lists(after)
    for key in _either(old_lists, new_lists):
        removed, added = _only(old_lists, new_lists, key), _only(new_lists, old_lists, key)
        if removed or added:
            yield FieldChange(name=key, removed=removed, added=added)


def _texts(item: Item | None) -> Mapping[str, str]:
    return item.texts if item is not None else {}


def _lists(item: Item | None) -> Mapping[str, tuple[str, ...]]:
    return item.lists if item is not None else {}


def _either(old: Mapping[str, object], new: Mapping[str, object]) -> list[str]:
    """The names of fields that one of the two has: first the texts themselves, then translations."""
    return sorted({*old, *new}, key=lambda key: ("@" in key, key))


def _only(
    some: Mapping[str, tuple[str, ...]], others: Mapping[str, tuple[str, ...]], key: str
) -> tuple[str, ...]:
    """The values of a list that the other list lacks; of an equal value, those that it has fewer of."""
    spare = Counter(others.get(key, ()))
    found = []
    for value in some.get(key, ()):
        if spare[value]:
            spare[value] -= 1
        else:
            found.append(value)
    return tuple(found)


# --- tags -----------------------------------------------------------------------------------------


def _with_relations(changes: list[Change]) -> Iterator[Change]:
    """The changes, in which a removed and an added tag of one passage and cell are one change.

    Where a cell has several of them, they are paired in the order of their ids.
    """
    lost: dict[TagId, list[Change]] = {}
    for change in changes:
        if _is_cell_tag(change) and change.how == "removed":
            lost.setdefault(_cell(change), []).append(change)
    gained = sorted(
        (change for change in changes if _is_cell_tag(change) and change.how == "added"),
        key=lambda change: change.item.id,
    )
    pairs: dict[str, Change] = {}
    for found in lost.values():
        found.sort(key=lambda change: change.item.id, reverse=True)
    for change in gained:
        if rest := lost.get(_cell(change)):
            pairs[change.item.id] = rest.pop()
    paired = {change.item.id for change in pairs.values()}
    for change in changes:
        if not _is_cell_tag(change) or change.how == "changed":
            yield change
        elif change.how == "added":
            yield _recoded(pairs.get(change.item.id), change)
        elif change.item.id not in paired:
            yield change


def _is_cell_tag(change: Change) -> bool:
    return change.item.kind == "cell tag"


def _cell(change: Change) -> TagId:
    """Coder, passage and cell of a tag: its id without the relation."""
    found = TagId.read(change.item.id)
    return found._replace(code=found.code.partition(":")[0])


def _recoded(lost: Change | None, gained: Change) -> Change:
    if lost is None or lost.before is None or gained.after is None:
        return gained
    code = FieldChange(name="code", before=lost.before.name, after=gained.after.name)
    fields = (code, *_fields(lost.before, gained.after))
    return Change(before=lost.before, after=gained.after, fields=fields)
