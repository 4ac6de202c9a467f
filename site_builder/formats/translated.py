"""A text with its translations into the other languages of an edition, as exports write it.

Formats with named values give each translation a name of its own: ``reason``, ``reason_en``.  Formats with
plain texts have one line for each.
"""

from __future__ import annotations

from site_builder.edition.edition import Edition
from site_builder.model import Localized


def names(edition: Edition, name: str) -> tuple[str, ...]:
    """``name``, then ``name_LANGUAGE`` for each other language of the edition, in their order: ``gist``,
    ``gist_en``.

    An edition in one language gives ``(name,)``.
    """
    return (name, *(f"{name}_{tag}" for tag in edition.languages))


def values(edition: Edition, name: str, text: Localized) -> dict[str, str]:
    """The text and its translations by name: ``{"gist": TEXT, "gist_en": TRANSLATION}``, one for each other
    language of the edition; ``""`` for a missing one.  Translations into other languages are left out.
    """
    return {name: text, **{f"{name}_{tag}": text.of(tag) for tag in edition.languages}}


def others(edition: Edition, text: Localized) -> list[str]:
    """The translations of a text, without the text itself, in the order of the languages of the edition.

    Empty and missing ones are left out, and those into languages that the edition does not have.

    ``[]`` for a text without translations.
    """
    return [words for tag in edition.languages if (words := text.of(tag))]


def lines(edition: Edition, text: Localized) -> list[str]:
    """A text, then its translations in the order of the languages of the edition; empty ones are left out.

    A text without words and translations gives ``[]``.
    """
    return [*([text] if text else []), *others(edition, text)]
