"""How templates print texts and messages in one view: converted, translated, or with their language."""

from __future__ import annotations

import html
from collections.abc import Callable, Hashable, Mapping
from functools import partial
from typing import Any

from markupsafe import Markup, escape

from site_builder.edition.locale import Locale, language_of_characters, turned_language
from site_builder.language import language as languages
from site_builder.language import tags
from site_builder.language.characters import turned_runs, unspaced_runs
from site_builder.language.message import Message, Wording
from site_builder.language.recent import Recent
from site_builder.model import Localized, Prose
from site_builder.model.text import InLanguage
from site_builder.site.gloss import glosses
from site_builder.site.views import Marked

as_markup: Callable[[str], Markup] = partial(str.__new__, Markup)
"""A text that is markup already, as markup.  ``Markup(text)`` first asks whether it is an object with markup,
which takes longer than all else, a million times for a site.
"""
_SAFE = (Markup, int, float)
"""The types of values that need no escaping."""


class Printer:
    """Prints the texts and messages of a view.  ``xml`` is true for the syntax of a book."""

    def __init__(self, locale: Locale, *, xml: bool) -> None:
        self.locale = locale
        self.xml = xml
        self.characters = language_of_characters(locale.project)
        self._isolated = Markup("<bdi>{}</bdi>")
        if turned := turned_language(locale.project):
            xml_lang = f' xml:lang="{turned}"' if xml else ""
            self._isolated = Markup(f'<bdi lang="{turned}"{xml_lang} dir="rtl">{{}}</bdi>')
        # Texts are printed again and again, so each is converted and marked once.
        self._texts: Recent[Hashable, Markup] = Recent()
        self._plain: Recent[Hashable, Markup] = Recent()
        self._of_citations: Recent[Hashable, Markup] = Recent()
        self._attributes: dict[str, Markup] = {}
        self._forms: dict[str, Markup] = {}
        self._constants: dict[tuple[str, str], Markup] = {}

    def written(self, value: Any) -> str:
        """What a template writes for a value, as markup: a message or a text in the language of the view,
        escaped, and in an element with its language if that is not the one of the page.

        Markup stays as it is.  A value that is no text and no message is written as Python writes it, and
        escaped.

        ``written(3)`` is ``3``, ``written(None)`` is ``None``, and ``written("a<b")`` is ``a&lt;b``.
        """
        if type(value) is Markup:
            return value
        found = self.printed(value)
        return found if type(found) is Markup else escape(found)

    def printed(self, value: Any) -> Any:
        """What a template prints for a value: a message in the language of the view, a text converted.

        A message or a text gives escaped markup.  A text in another language than that of the page is in an
        element with its language: ``<span lang="en">Space</span>``.  Any other value, also markup, is
        returned as it is.
        """
        kind = type(value)
        if kind is Markup:
            return value
        if kind is str or kind is Localized:
            content = _content(value)
            found = self._texts.get(content)
            if found is None:
                found = self._texts.of(content, lambda: escape(self._in_language(value)))
            return found
        if kind is Message:
            return self._message(value)
        if isinstance(value, str) and not isinstance(value, Markup):
            return escape(self._in_language(value))
        return value

    def _message(self, message: Message) -> Markup:
        """A message in the language of the view, with its values as the view prints them."""
        form = self.locale.catalogue.form(message)
        shown = self._forms.get(form)
        if shown is None:
            shown = self._forms[form] = escape(form)
        if not (message.values or message.many):
            return shown
        values = self.locale.catalogue.values(message)
        return self._with_values(str(shown), values)

    def _in_language(self, value: str) -> str:
        """A text of the project, marked with its language if that is not the language of the page."""
        shown = self.locale.show(value)
        text = self._with_characters(shown) if isinstance(value, Localized) else shown.text
        language = self.locale.foreign(value)
        return Markup("<span{}>{}</span>").format(self.lang(language), text) if language and text else text

    def _with_characters(self, shown: InLanguage) -> str:
        """A text in which Chinese characters and kana are marked with their language, if the text is in a
        language that is not written with them.
        """
        text = shown.text
        if not self.characters or not languages.of(shown.language).spaced:
            return text
        parts, last = Markup(), 0
        for start, end in unspaced_runs(text):
            parts += Markup("{}<span{}>{}</span>").format(
                text[last:start], self.lang(self.characters), text[start:end]
            )
            last = end
        return parts + text[last:] if last else text

    def isolated(self, words: str) -> Markup:
        """A part of a citation in English, converted and escaped.

        Words from right to left are in a ``<bdi>`` of their own, escaped and not converted, so that a number
        after a name stays after it where the citation runs from left to right: ``<bdi>אבג</bdi> 2019``.  It
        has attributes of language and direction if the project has one such language
        (:func:`.turned_language`).

        Chinese characters and kana are marked with their language, also on a page in it:
        ``<span lang="zh-Hant">陸</span>, “Title”``.  On such a page it is that of the page, so ``zh-Hans``
        after a conversion; on any other it is ``zh`` or ``ja``.  They are not marked if the project has
        neither language, or both (:func:`.language_of_characters`).  Nothing else has an element.
        """
        content = _content(words)
        found = self._of_citations.get(content)
        if found is None:
            found = self._of_citations.of(content, lambda: self._as_isolated(words))
        return found

    def _as_isolated(self, words: str) -> Markup:
        parts, last = Markup(), 0
        for start, end in turned_runs(words):
            parts += self._with_han(words[last:start]) + self._isolated.format(words[start:end])
            last = end
        return parts + self._with_han(words[last:] if last else words)

    def _with_han(self, words: str) -> Markup:
        """Words in English, converted and escaped, with the language of each run of Chinese characters."""
        text = self.locale.show(words).text
        page, parts, last = self.locale.page_language, Markup(), 0
        tag = page if tags.same_language(page, self.characters or page) else self.characters
        for start, end in unspaced_runs(text) if self.characters else ():
            run = Markup("<span{}>{}</span>").format(self.lang(tag), text[start:end])
            parts += escape(text[last:start]) + run
            last = end
        return parts + escape(text[last:] if last else text)

    def lang_of(self, value: str | Prose | Marked) -> Markup:
        """The attributes of an element that holds only this, with a space before: `` lang="en"``, and
        `` lang="ar" dir="rtl"`` on a page from left to right.  None (``""``) if the view shows it in the
        language of the page.
        """
        if isinstance(value, str):
            language = self.locale.foreign(value)
        elif isinstance(value, Prose):
            language = self.locale.unlike_page(self.locale.language_of_prose(value))
        else:
            language = self.locale.unlike_page(self.locale.language_of(value.text))
        return self.lang(language) if language else Markup()

    def lang(self, language: str) -> Markup:
        """The attributes for a part of a page in another language, with a space before: `` lang="en"``.

        ``xml:lang`` follows in a medium of XML, and ``dir`` if the direction differs from that of the page.
        The language of the page gives ``lang`` too.
        """
        if language not in self._attributes:
            xml = Markup(' xml:lang="{}"').format(language) if self.xml else ""
            self._attributes[language] = Markup(' lang="{}"{}{}').format(
                language, xml, self._turned(language)
            )
        return self._attributes[language]

    def _turned(self, language: str) -> Markup:
        """The attribute of a part of a page that runs in the other direction; nothing for any other part."""
        way = languages.of(language).direction
        return Markup(' dir="{}"').format(way) if way != self.direction else Markup()

    def turned_of(self, text: Marked) -> Markup:
        """The direction of an element that holds a text and also words of the page, after a space; ``""`` if
        it is that of the page.

        It is ``dir="rtl"``, on a page from right to left ``dir="ltr"``.
        """
        return self._turned(self.locale.language_of(text.text))

    @property
    def direction(self) -> str:
        """The direction of the page by its language: ``ltr`` or ``rtl``."""
        return languages.of(self.locale.page_language).direction

    def plain(self, value: Wording) -> Markup:
        """A text or a message for an attribute, where no element can be: in the language of the view,
        converted and escaped, without marks of language.  Markup stays as it is.

        ``plain("a<b")`` is ``a&lt;b``.
        """
        if isinstance(value, Message):
            return escape(self.locale.say(value))
        if isinstance(value, Markup):
            return value
        content = _content(value)
        found = self._plain.get(content)
        if found is None:
            found = self._plain.of(content, lambda: escape(self.locale.say(value)))
        return found

    def glosses(self, name: Localized) -> tuple[InLanguage, ...]:
        """What a page of this view shows beside a name; ``()`` for nothing.

        In a view in the language of the name these are its translations, without empty ones.  In another view
        it is the name in its own language, if the view shows a translation of it.
        """
        return glosses(name, self.locale.language, self.locale.project.site.language)

    def gettext(self, message: str, /, **values: Any) -> Markup:
        """A message of a template in the language of the view, as markup; without a translation, as it is.

        The message is markup and is not escaped.  Its values (``%(name)s``) are printed as :meth:`printed`
        does, and escaped unless they are markup or numbers.  A per cent sign is written ``%%``, also without
        values.  ``gettext("<b>%(x)s</b> 5%%", x="a<b")`` is ``<b>a&lt;b</b> 5%``.

        :raises KeyError: if the message has a value that is not given.
        """
        if not values:
            return self._constant("", message)
        return self._filled(self.locale.catalogue.gettext(message), values)

    def ngettext(self, one: str, many: str, number: int, /, **values: Any) -> Markup:
        """A message of a template in the form for a number, as markup: it is not escaped, and its values are.

        ``%(num)s`` and ``%(count)s`` are the number, as the language of the view writes it:
        ``ngettext("%(num)s work", "%(num)s works", 2)`` is ``2 works`` in an English view.  Without a
        translation it is ``one`` for 1, otherwise ``many``.
        """
        return self._filled(self.locale.catalogue.ngettext(one, many, number), values, number)

    def pgettext(self, context: str, message: str, /, **values: Any) -> Markup:
        """A message of a template with a context, which distinguishes equal messages, as markup: it is not
        escaped, and its values (``%(name)s``) are.  The context is not written.  Without a translation the
        message is as it is.
        """
        if not values:
            return self._constant(context, message)
        return self._filled(self.locale.catalogue.gettext(message, context), values)

    def npgettext(self, context: str, one: str, many: str, number: int, /, **values: Any) -> Markup:
        """A message of a template with a context in the form for a number (``%(num)s``, ``%(count)s``), as
        markup: it is not escaped, and its values are.  The context is not written.
        """
        return self._filled(self.locale.catalogue.ngettext(one, many, number, context), values, number)

    def _filled(self, text: str, values: dict[str, Any], count: int | None = None) -> Markup:
        """A message of a template with its values: they are escaped, and the message is not."""
        if count is not None:
            values |= dict.fromkeys(("num", "count"), escape(self.locale.catalogue.number(count)))
        return self._with_values(text, values)

    def _with_values(self, text: str, values: Mapping[str, Any]) -> Markup:
        """A message that is markup, with its values as the view prints them."""
        return as_markup(text % {name: self._value(one) for name, one in values.items()})

    def _value(self, value: Any) -> Any:
        """A value of a message: as markup, or a number."""
        found = self.printed(value)
        return found if type(found) in _SAFE else escape(found)

    def _constant(self, context: str, message: str) -> Markup:
        """A message of a template without values: the same on all pages of the view."""
        found = self._constants.get((context, message))
        if found is None:
            text = self.locale.catalogue.gettext(message, context)
            found = self._constants[context, message] = self._with_values(text, {})
        return found

    def in_prose(self, words: InLanguage) -> str:
        """Words of the editors' prose as HTML: escaped, and not converted.

        In a language that is not written with them, Chinese characters and kana are marked with their
        language, where the project has one for them: ``zh`` or ``ja``, without script.  Quotation marks are
        escaped (``&#34;``) only in words with such a mark.
        """
        found = self._with_characters(words)
        return found if isinstance(found, Markup) else html.escape(found, quote=False)


def _content(text: str) -> Hashable:
    """What a text says, as a key: equal texts can differ in their languages and their translations."""
    if type(text) is Localized:
        return (text, text.language, *text.translations.items())
    return text
