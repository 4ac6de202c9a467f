"""Texts that know their language and their translations."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from typing import Annotated, NamedTuple

from site_builder.language import tags
from site_builder.language.characters import is_unspaced, one_line
from site_builder.model.field import Text, Translatable


class InLanguage(NamedTuple):
    """A text, and the language that it is in (BCP 47)."""

    text: str
    language: str


class Localized(str):
    """A text with its language and its translations.  As a ``str`` it is the text itself.

    An operation of ``str`` gives a plain ``str``, without language and translations.

    >>> name = Localized("空間", translations={"en": "Space"})
    >>> name, name.of("en"), name.of("fr")
    ('空間', 'Space', '')
    """

    __slots__ = ("language", "translations")

    language: str
    """The language of the text (BCP 47); ``""`` is the language of the editors' prose."""
    translations: Mapping[str, str]
    """Language (BCP 47) → translation."""

    def __new__(
        cls, text: str = "", *, language: str = "", translations: Mapping[str, str] | None = None
    ) -> Localized:
        found = super().__new__(cls, text)
        found.language = language
        found.translations = translations or {}
        return found

    def __repr__(self) -> str:
        return str.__repr__(self)

    def of(self, language: str) -> str:
        """The translation into a language, else into its language subtag alone; ``""`` if there is none.

        For ``en-GB`` these are ``en-GB`` and ``en``; for ``zh-Hans-CN``, ``zh-Hans-CN`` and ``zh``, not
        ``zh-Hans``.  Case matters.  An empty translation counts as none.  The text itself is never given,
        also not for its own language.
        """
        return tags.best(self.translations, language) or ""

    def in_(self, language: str) -> Localized:
        """A new text with the same words and translations, and another ``language``.

        :param language: a tag (BCP 47), or ``""`` for none; it is not checked.
        """
        return Localized(self, language=language, translations=self.translations)


def joined(*parts: str) -> Localized:
    """The parts as one text, in the language of the first part that states one; no parts give an empty text.

    It has a translation into each language that a part has a translation into; the other parts stay in it.
    There is a space before a part that begins with a letter or digit, if a letter, a digit or a mathematical
    sign (``+``) is before it.  There is none if one of the two belongs to a script without spaces, or is
    full-width.

    >>> name = Localized("空間", translations={"en": "Space"})
    >>> joined(name, "+").of("en"), joined(name, "far").of("en"), joined("Space+", "Scale")
    ('Space+', 'Space far', 'Space+ Scale')
    >>> joined("空間＋", "Scale"), joined("(Space)", "far")
    ('空間＋Scale', '(Space)far')
    """
    known = [part for part in parts if isinstance(part, Localized)]
    languages = dict.fromkeys(language for part in known for language in part.translations)
    return Localized(
        _spaced(parts),
        language=next((part.language for part in known if part.language), ""),
        translations={language: _spaced(_in(part, language) for part in parts) for language in languages},
    )


def _spaced(parts: Iterable[str]) -> str:
    text = ""
    for part in parts:
        text += f" {part}" if _needs_space(text[-1:]) and _is_letter(part[:1]) else part
    return text


def _needs_space(before: str) -> bool:
    """Whether a letter after a character has a space before it: after a letter, and after a sign (+)."""
    sign = unicodedata.category(before or " ") == "Sm" and unicodedata.east_asian_width(before) not in "FW"
    return sign or _is_letter(before)


def _is_letter(char: str) -> bool:
    return char.isalnum() and not is_unspaced(char)


def _in(part: str, language: str) -> str:
    return (part.of(language) if isinstance(part, Localized) else "") or part


NO_WORDS = Localized()
"""No text."""
Translated = Annotated[Localized, Text(), Translatable()]
"""Words of the editors.  ``name: …`` may have translations beside it: ``name_en: …``."""
TranslationsAlone = Annotated[Localized, Text(), Translatable(alone=True)]
"""Translations of words that another file has: ``name_en: …`` without ``name: …``."""
TranslatedLine = Annotated[Localized, Text(normalize=one_line), Translatable()]
"""The same, without line breaks."""
