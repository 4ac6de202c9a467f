"""The languages that a site is shown in, and how each of them shows a text.

The first view of a project is as edited: no text is converted in it.  A view in the same language as the
prose but in another script is converted.  Any other view is translated: it shows the translations that the
project has, and otherwise the text as it is, which the page must mark with its language.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property

from site_builder.edition.conversion import converter
from site_builder.language import catalogue, language, tags
from site_builder.language.catalogue import Catalogue
from site_builder.language.message import Message, Wording
from site_builder.model import LanguageView, Localized, Project, Prose
from site_builder.model.text import InLanguage

Convert = Callable[[str], str]


class Locale:
    """One view of the site: its language, its folder, its catalogue, and how it shows texts."""

    def __init__(self, project: Project, view: LanguageView) -> None:
        self.project = project
        self.language = view.language
        """The language of its contents (BCP 47)."""
        self.folder = view.folder
        """The folder of its pages; ``""`` for the first view."""
        self.catalogue: Catalogue = catalogue.of(view.language)
        self._converters: dict[str, Convert | None] = {}

    @cached_property
    def is_first(self) -> bool:
        """Whether this is the view in the root of the site: ``folder`` is empty."""
        return not self.folder

    @cached_property
    def is_converted(self) -> bool:
        """Whether the view has the language of the prose in another script; false for the first view."""
        return not self.is_first and self._converter(self.project.site.language) is not None

    @property
    def script(self) -> str:
        """The script of its language (ISO 15924) in lower case: ``hans``; ``""`` if it is not known."""
        return language.of(self.language).script.lower()

    @cached_property
    def is_translated(self) -> bool:
        """Whether the view is in another language than the prose; another script or region is not."""
        return not tags.same_language(self.project.site.language, self.language)

    @cached_property
    def is_of_prose(self) -> bool:
        """Whether its pages are in the language of the prose, in any script or region; the language of pages
        is :attr:`page_language`.

        On such a page a text that states no language is in the language of the prose.  On any other page it
        can be a word of the page as well, so only a :class:`.Localized` text is marked.
        """
        return tags.same_language(self.project.site.language, self.page_language)

    @cached_property
    def page_language(self) -> str:
        """The language of its pages: that of the view, ``en-GB``, if there is a catalogue for its language,
        also of another script or region; else ``en``.
        """
        if tags.same_language(self.catalogue.language, self.language):
            return self.language
        return self.catalogue.language

    @property
    def suffix(self) -> str:
        """What its files are called by that are outside of its folder: ``-hans``; ``""`` for the first."""
        return f"-{self.folder}" if self.folder else ""

    def show(self, text: str) -> InLanguage:
        """A text as the view shows it, and the language that it is then in: ``InLanguage(text, language)``.

        The first view shows every text as it is, unless the view is in another language than the prose.  Any
        other view shows a text in its own language as it is; of another text the translation, else the
        conversion, if only the script differs, else the text as it is, with the language of the text.  A text
        is in the language of the prose, unless it is a :class:`.Localized` that has another.
        """
        own = self._own(text)
        if own == self.language or self._is_as_edited:
            return InLanguage(text, own)
        how = self._way(text)
        return InLanguage(how(text), self.language) if how else InLanguage(text, own)

    def language_of(self, text: str) -> str:
        """The language in which the view shows a text: that of the view if it translates or converts the
        text, else that of the text itself.

        A text is in the language of the prose, unless it is a :class:`.Localized` that has another.
        """
        return self.language if self._way(text) else self._own(text)

    def converts(self, language: str) -> bool:
        """Whether the view shows texts in a language (BCP 47) in another script.

        Only the two scripts of Chinese are converted: a view in ``zh-Hans`` converts ``zh-Hant``.  False for
        the language of the view itself, and for any other.  The first view is no exception, although it shows
        texts as they are.
        """
        return language != self.language and self._converter(language) is not None

    @cached_property
    def _is_as_edited(self) -> bool:
        """Whether the view shows every text as it is."""
        return self.is_first and not self.is_translated

    def _own(self, text: str) -> str:
        return (text.language if isinstance(text, Localized) else "") or self.project.site.language

    def _way(self, text: str) -> Convert | None:
        """What makes a text of the language of the view; ``None`` where the text is shown as it is."""
        if self._is_as_edited:
            return None
        if not isinstance(text, Localized):
            return self._of_prose
        own = self._own(text)
        if own == self.language:
            return None
        if text.translations and (translated := text.of(self.language)):
            return lambda _: translated
        return self._converter(own)

    @cached_property
    def _of_prose(self) -> Convert | None:
        """What makes a text in the language of the prose one of the language of the view."""
        own = self.project.site.language
        return None if own == self.language else self._converter(own)

    def convert(self, text: str) -> str:
        """A text as the view shows it: its translation, else its conversion to the other script of Chinese,
        else as it is.

        The first view gives every text as it is, unless the view is in another language than the prose.
        """
        how = self._way(text)
        return how(text) if how else text

    def say(self, value: Wording | int) -> str:
        """A text, a message or a number in the language of the view; no mark-up is added, removed or escaped.

        A text is translated or converted as :meth:`convert` does it, a message is that of the catalogue with
        its values, and an ``int`` its digits alone, also within a message: ``1200``, ``Passage 1200``.
        """
        if isinstance(value, Message):
            return self.catalogue.text(value, self.say)
        return self.convert(value) if isinstance(value, str) else str(value)

    def language_of_prose(self, prose: Prose) -> str:
        """The language in which the view shows the editors' prose: that of the view if it has a translation
        of it (``en``).

        Otherwise it is that of the view if it converts the language of the prose, else that of the prose.
        """
        return self.language if self.translation(prose) else self.language_of("")

    def translation(self, prose: Prose) -> Prose | None:
        """The translation of the editors' prose that the view shows: that into its language, else that into
        the language without script and region; ``None`` if there is neither.

        It is found as :func:`.tags.best` does.  Case matters.
        """
        return tags.best(prose.translations, self.language)

    def foreign(self, value: Wording) -> str:
        """The language in which the view shows a text, if its pages are in another; else ``""``.

        A message is in the language of the page.  On a page in another language than the prose so is a text
        that is not a :class:`.Localized`.
        """
        if isinstance(value, Message) or (not self.is_of_prose and not isinstance(value, Localized)):
            return ""
        return self.unlike_page(self.language_of(value))

    def unlike_page(self, language: str) -> str:
        """``""`` if a text in a language needs no ``lang`` on a page of the view, else the language itself.

        It needs none if one of the two tags is the other or begins with it and a hyphen: ``en`` on a page in
        ``en-GB``, and ``en-GB`` on one in ``en``.  ``zh-Hant`` on a page in ``zh-Hans`` needs it, and so does
        ``enm`` on one in ``en``.  Case counts: ``ZH-HANS`` is another tag than ``zh-Hans``.
        """
        page = self.page_language
        is_of_page = language == page or page.startswith(f"{language}-") or language.startswith(f"{page}-")
        return "" if is_of_page else language

    def _converter(self, language: str) -> Convert | None:
        """What converts a text of a language to that of the view, if that is only another script."""
        if language not in self._converters:
            self._converters[language] = converter(self.project, language, self.language)
        return self._converters[language]


def locales(project: Project) -> tuple[Locale, ...]:
    """The views of a project, in their order; the first is as edited.

    A project has one view at least.
    """
    return tuple(Locale(project, view) for view in project.site.views)


def converted(views: Iterable[Locale]) -> Locale | None:
    """The first view in the language of the prose but in another script; ``None`` if there is none.

    The view at the root of the site is never one.
    """
    return next((view for view in views if view.is_converted), None)


def language_of_characters(project: Project) -> str:
    """The language (BCP 47) of Chinese characters and kana within texts in other languages: ``zh``, ``ja``.

    It is that of the works and the prose, without script and region.  ``""`` if none of them is in Chinese
    or Japanese, or if some are in Chinese and others in Japanese.
    """
    tags = (project.site.language, *(work.record.tag for work in project.works))
    found = {language.of(tag).base for tag in tags} & {"zh", "ja"}
    return found.pop() if len(found) == 1 else ""


def turned_language(project: Project) -> str:
    """The language (BCP 47) of words from right to left within texts in other languages: ``ar``, ``he``.

    It is that of the works and the prose, as they state it.  ``""`` if none of them is written so, or if
    those that are have different tags (``ar`` and ``ar-EG``).
    """
    tags = {project.site.language, *(work.record.tag for work in project.works)}
    found = {tag for tag in tags if language.of(tag).direction == "rtl"}
    return found.pop() if len(found) == 1 else ""
