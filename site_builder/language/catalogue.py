"""Catalogues: the words of the interface in each language, as gettext has them.

``site_builder/catalogues/LOCALE/LC_MESSAGES/site.po`` is the catalogue that people write; ``site.mo`` beside
it is compiled from it (``make catalogues``) and is what this module reads.  Messages are in English in the
code and in the templates; a language without a catalogue has them in English.

Numbers and dates are written as the catalogue says: it has the decimal mark, the mark between groups of
digits, the order of a date, and the names of the months.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from gettext import GNUTranslations, NullTranslations
from pathlib import Path
from typing import Any

from site_builder.language import language as languages
from site_builder.language import tags
from site_builder.language.message import Message, pmsg
from site_builder.records import replace

_FOLDER = Path(__file__).resolve().parent.parent / "catalogues"
ENGLISH = "en"
_MONTHS = (
    pmsg("month, in a date", "January"),
    pmsg("month, in a date", "February"),
    pmsg("month, in a date", "March"),
    pmsg("month, in a date", "April"),
    pmsg("month, in a date", "May"),
    pmsg("month, in a date", "June"),
    pmsg("month, in a date", "July"),
    pmsg("month, in a date", "August"),
    pmsg("month, in a date", "September"),
    pmsg("month, in a date", "October"),
    pmsg("month, in a date", "November"),
    pmsg("month, in a date", "December"),
)
DECIMAL = pmsg("the decimal mark of numbers", ".")
_GROUP = pmsg("the mark between groups of three digits, or: none", ",")
_NAME = pmsg("the name of this language in itself", "English")
_LANGUAGES = {
    "ar": pmsg("the name of a language", "Arabic"),
    "de": pmsg("the name of a language", "German"),
    "en": pmsg("the name of a language", "English"),
    "es": pmsg("the name of a language", "Spanish"),
    "fr": pmsg("the name of a language", "French"),
    "ja": pmsg("the name of a language", "Japanese"),
    "lzh": pmsg("the name of a language", "Classical Chinese"),
    "zh": pmsg("the name of a language", "Chinese"),
}
_SCRIPTS = {
    "Hans": pmsg("a version of a text", "Simplified Chinese"),
    "Hant": pmsg("a version of a text", "Traditional Chinese"),
}
_SHORT_SCRIPTS = {
    "Hans": pmsg("a version of a text, in one character if possible", "Simplified"),
    "Hant": pmsg("a version of a text, in one character if possible", "Traditional"),
}
_SCRIPT = pmsg("the name of this variety of the language, beside another one", "English")
_SHORT = pmsg("the name of this language in one or two letters", "EN")
_DATE = pmsg("a date; %(month)s is the number of the month", "%(day)s %(month_name)s %(year)s")
Show = Callable[[Any], str]


@dataclass(frozen=True)
class Catalogue:
    """The words of the interface in one language.  ``language`` is the language that they are in (BCP 47)."""

    language: str
    translations: NullTranslations

    def gettext(self, message: str, context: str = "") -> str:
        """The translation of a message without a plural; the message itself if the catalogue lacks it.

        Values are not filled in.  A message with a context is another one than the same message without it.
        """
        known = self._known.get((message, context))
        if known is None:
            of = self.translations
            known = of.pgettext(context, message) if context else of.gettext(message)
            self._known[message, context] = known
        return known

    @cached_property
    def _known(self) -> dict[tuple[str, str], str]:
        """The messages that were asked for: a page asks for the same ones as the page before it."""
        return {}

    def ngettext(self, one: str, many: str, count: int, context: str = "") -> str:
        """The form of a message for a number, by the rule of the language.

        If the catalogue lacks it, ``one`` for the number 1, otherwise ``many``.  The number is not filled in.
        """
        if context:
            return self.translations.npgettext(context, one, many, count)
        return self.translations.ngettext(one, many, count)

    def text(self, message: Message | str, show: Show = str) -> str:
        """A message with its values; any other text is returned as it is.

        A message without values is not filled in, so ``%`` in it stays.

        :param show: what makes a text of each value that is not a message; by default ``str``, so a number
            has no marks between its digits.  Only ``count`` of a plural is written as :meth:`number` does.
        :raises KeyError: if a message with values lacks one that it names.
        """
        if not isinstance(message, Message):
            return message
        form = self.form(message)
        if not message.values and not message.many:
            return form
        return form % {
            name: self.text(value, show) if isinstance(value, Message) else show(value)
            for name, value in self.values(message).items()
        }

    def form(self, message: Message) -> str:
        """A message without its values: ``Passage %(number)s``."""
        if message.many:
            return self.ngettext(message.id, message.many, message.count, message.context)
        return self.gettext(message.id, message.context)

    def values(self, message: Message) -> Mapping[str, Any]:
        """The values of a message by name.

        A message with a plural also has ``count``, its number as a text in the form of the language.

        ``{}`` for a message without values and without a plural.
        """
        if not message.many:
            return message.values
        return {**message.values, "count": self.number(message.count)}

    def number(self, value: float, digits: int = 0) -> str:
        """A number: ``1,234`` and ``−0.95`` in English, ``1234`` and ``−0.95`` in Chinese.

        The marks are those of the catalogue: a language without one has those of English.  It is rounded as
        :func:`format` does.  The minus is U+2212; a number that is rounded to 0 has none.

        :param digits: the number of digits after the decimal mark; by default there are none, and no mark.
        """
        decimal, group = self._marks
        return f"{value:z,.{digits}f}".translate({ord(","): group, ord("."): decimal, ord("-"): "−"})

    @cached_property
    def _marks(self) -> tuple[str, str]:
        group = self.text(_GROUP)
        return self.text(DECIMAL), "" if group == "none" else group

    def date(self, day: dt.date) -> str:
        """A day: ``24 November 2026`` in English, ``2026 年 11 月 24 日`` in Chinese.

        Day and month have no leading zero.
        """
        values = {"day": str(day.day), "month": str(day.month), "year": str(day.year)}
        return self.text(replace(_DATE, values={**values, "month_name": _MONTHS[day.month - 1]}))


def name(language: str, beside: str) -> str:
    """What a language is called in its own catalogue: ``English``; on a page in the same language, in any
    script, the name of the script (``简体``); the tag if there is no such catalogue.

    :param beside: the language of the page.
    """
    found = of(language)
    if not tags.same_language(found.language, language):
        return language
    return found.text(_SCRIPT if tags.same_language(beside, language) else _NAME)


def short_name(language: str) -> str:
    """What a language is called in its own catalogue in one or two letters: ``EN``; the tag if there is no
    such catalogue.

    Another script of the language has its own catalogue: ``繁``, ``简``.
    """
    found = of(language)
    return found.text(_SHORT) if tags.same_language(found.language, language) else language


def language_name(language: str) -> Message | str:
    """What a language is called in another one, as a message: ``Chinese`` for ``zh-Hant`` and ``zh``.

    A language without a message gives its tag, as it is.  Case matters.
    """
    return _LANGUAGES.get(tags.main(language), language)


def script_name(language: str) -> Message | str:
    """What a version of a text in another script is called, as a message: ``Simplified Chinese`` for
    ``zh-Hans``.

    A language without a message gives what it is called in its own catalogue (:func:`name`).
    """
    return _SCRIPTS.get(languages.of(language).script) or name(language, language)


def short_script_name(language: str) -> Message | str:
    """A short form of :func:`script_name`, as a message for a Chinese script: ``Simplified``, in Chinese
    ``简``.

    Any other language gives the first character of what it is called in its own catalogue: ``E`` for ``en``.
    """
    return _SHORT_SCRIPTS.get(languages.of(language).script) or name(language, language)[:1]


@cache
def of(language: str) -> Catalogue:
    """The catalogue for a language: its own, else that of the tag without its last parts, one after the
    other, else English.  There are ``ar``, ``en``, ``zh-Hans`` and ``zh-Hant``.

    Chinese without a script is Simplified, but Traditional in Taiwan, Hong Kong and Macao; in a script that
    is not Chinese it is English (``zh-Latn``).  The ``language`` of the result says which one it is.  Case
    matters, so ``zh-hk`` is Simplified.  Languages with the same catalogue have the same object.
    """
    return next(found for name in (*_candidates(language), ENGLISH) if (found := _own(name)) is not None)


@cache
def _own(name: str) -> Catalogue | None:
    """The catalogue with this name, one object each time; ``None`` if there is none."""
    path = _FOLDER / name.replace("-", "_") / "LC_MESSAGES" / "site.mo"
    if not path.is_file():
        return None
    with path.open("rb") as file:
        return Catalogue(name, GNUTranslations(file))


@cache
def every() -> tuple[Catalogue, ...]:
    """All catalogues of the package, in the order of their languages: ``ar``, ``en``, ``zh-Hans``,
    ``zh-Hant``.
    """
    names = sorted(path.name for path in _FOLDER.iterdir() if path.is_dir())
    return tuple(of(name.replace("_", "-")) for name in names)


def _candidates(language: str) -> tuple[str, ...]:
    main, *rest = language.split("-")
    if main == "zh" and not any(len(part) == 4 for part in rest):
        rest = ["Hant" if {"TW", "HK", "MO"} & set(rest) else "Hans", *rest]
    return tuple(dict.fromkeys("-".join((main, *rest[:n])) for n in range(len(rest), -1, -1)))
