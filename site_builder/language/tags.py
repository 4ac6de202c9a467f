"""Language tags (BCP 47): ``zh-Hant-TW`` is a language, a script and a region."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

Value = TypeVar("Value")


def main(tag: str) -> str:
    """A tag without script and region: ``zh`` for ``zh-Hant``.  An empty tag stays empty, and case stays."""
    return tag.partition("-")[0]


def same_language(one: str, other: str) -> bool:
    """Whether two tags have one language, whatever their scripts and regions are: ``zh-Hant`` and ``zh-CN``.

    Case matters: ``EN`` and ``en`` are two.
    """
    return main(one) == main(other)


def best(found: Mapping[str, Value], tag: str) -> Value | None:
    """The value for a tag, else that for its language without script and region, else ``None``.

    No other tag is searched for: for ``zh-Hans-CN`` these are ``zh-Hans-CN`` and ``zh``, not ``zh-Hans``.
    Case matters.  An empty value at the tag counts as none.
    """
    return found.get(tag) or found.get(main(tag))
