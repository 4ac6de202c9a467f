"""Messages: words of the interface, which each catalogue has in its own language.

A message is a value.  It is made where it is known what to say, and it becomes a text where it is known in
which language.  Its id is the text in English (:mod:`site_builder.language.catalogue`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import field
from functools import reduce
from typing import Any

from site_builder.records import dataclass


@dataclass(frozen=True, slots=True)
class Message:
    """A message and the values that it names, as ``%(number)s``.

    A value can be a text, a number or a message.  ``many`` is the plural in English, and ``count`` chooses
    between the two.
    """

    id: str
    many: str = ""
    count: int = 0
    context: str = ""
    """What tells two messages with one English text apart."""
    values: Mapping[str, Any] = field(default_factory=dict)


Wording = str | Message
"""A text, or a message that becomes one."""


# The names follow gettext, ngettext and pgettext.  The messages of a program are found by these names.


def msg(id_: str, **values: Any) -> Message:
    """A message without a plural: ``msg("Passage %(number)s", number=2)``."""
    return Message(id_, values=values)


def nmsg(one: str, many: str, count: int, **values: Any) -> Message:
    """A message with a plural; ``%(count)s`` in both forms is the number.

    >>> nmsg("%(count)s work", "%(count)s works", 2).values
    {'count': 2}
    """
    return Message(one, many=many, count=count, values={"count": count, **values})


def pmsg(context: str, id_: str, **values: Any) -> Message:
    """A message without a plural, in a context: ``pmsg("month, in a date", "May")``."""
    return Message(id_, context=context, values=values)


def and_(items: Wording, item: Wording) -> Message:
    """A list and one more item, with the separator of the language between: ``LIST, ITEM``.

    In Chinese the separator is ``、``.
    """
    return pmsg("items of a list", "%(items)s, %(item)s", items=items, item=item)


def listed(items: Iterable[Wording], add: Callable[[Wording, Wording], Message] = and_) -> Wording:
    """A list of texts or messages, as one message; an item alone is returned as it is, and ``""`` without
    items.

    The separator is between all items, also before the last: ``a, b, c``.  An empty item counts as an item:
    ``a, ``.

    :param add: the message of a list and one more item; it has the separator.
    """
    found = tuple(items)
    return reduce(add, found) if found else ""


def either(items: Iterable[Wording]) -> Wording:
    """A list with *or* before its last item: ``a, b or c``; as :func:`listed` for one item and for none.  An
    empty item counts as an item.
    """
    *others, last = (*items,) or ("",)
    if not others:
        return last
    return pmsg("a list of which one is meant", "%(items)s or %(item)s", items=listed(others), item=last)
