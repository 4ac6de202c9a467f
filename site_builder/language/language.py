"""A language, by its tag: what a text in it looks like, and where its sentences and quotations are.

::

    language.of("de-AT").sentences("Das gilt z. B. hier. Dort nicht.")

Every tag of BCP 47 gives a language.  Chinese, Japanese, English, German, French, Spanish, Portuguese,
Italian and Arabic have rules of their own; any other language follows the rules of Unicode, with the
quotation marks of CLDR.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Literal

from site_builder.language import arabic, east_asian, english, european, segments
from site_builder.language.pairs import Paired, paired
from site_builder.language.quotation_marks import quotes
from site_builder.language.rules import APOSTROPHES, BALANCED, EVERYWHERE, Pair, Rules
from site_builder.records import dataclass

Direction = Literal["ltr", "rtl"]
_ABBREVIATIONS = {
    "en": english.ENGLISH,
    "de": european.GERMAN,
    "fr": european.FRENCH,
    "es": european.SPANISH,
    "pt": european.PORTUGUESE,
    "it": european.ITALIAN,
    "ru": european.RUSSIAN,
    "ar": arabic.ARABIC,
}
_REGIONS = {"CN": "Hans", "SG": "Hans", "MY": "Hans", "TW": "Hant", "HK": "Hant", "MO": "Hant"}
_LATIN = "ca cs da de en es et eu fi fr gl hr hu id is it la lt lv ms nb nl nn no pl pt ro sk sl sv sw tr vi"
_SCRIPTS = {
    **dict.fromkeys(_LATIN.split(), "Latn"),
    **dict.fromkeys(("be", "bg", "mk", "ru", "uk"), "Cyrl"),
    **dict.fromkeys(("ar", "fa", "ps", "ur"), "Arab"),
    **{"el": "Grek", "he": "Hebr", "hi": "Deva", "ja": "Jpan", "ko": "Kore", "th": "Thai", "yi": "Hebr"},
}
"""The usual script of a language (Suppress-Script in the registry of subtags, and CLDR); Chinese has two."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Quotation:
    """Words in quotation marks, in a text: ``text[start:end]`` with the marks (code points).  As a ``str`` it
    is the words in these marks: ``「水」``.
    """

    start: int
    end: int
    words: str
    marks: Pair

    def __str__(self) -> str:
        """The words in the marks that the author wrote."""
        return self.shown(self.words)

    def shown(self, words: str) -> str:
        """Words between the same marks: ``「words」``; the words of the quotation itself are not used.  Marks
        within the words stay, and ``""`` gives ``「」``.
        """
        return f"{self.marks[0]}{words}{self.marks[1]}"


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Language:
    """A language, with its script.  There is one value for each tag.

    ``tag`` is the tag (BCP 47) in its usual case; ``""`` is no language, which has the rules of Unicode.
    ``base`` is its language subtag, ``zh`` for all of Chinese.  ``script`` is the script (ISO 15924), stated
    or usual; ``""`` if it is not known.
    """

    tag: str
    base: str
    script: str
    direction: Direction
    rules: Rules

    @property
    def is_chinese(self) -> bool:
        """Whether it is Chinese, in any script, or one of its languages (``yue``, ``lzh``)."""
        return self.base == "zh"

    @property
    def spaced(self) -> bool:
        """Whether spaces separate words: false for Chinese (also ``lzh``) and Japanese, true for all others
        and for none.
        """
        return self.rules.spaced

    @property
    def quotes(self) -> tuple[Pair, Pair]:
        """The outer and the inner quotation marks, each as a pair (opening, closing):
        ``(("“", "”"), ("‘", "’"))`` for English.
        """
        return self.rules.quotes

    @property
    def omission(self) -> str:
        """The mark of words left out: ``…``, in Chinese and Japanese ``……``."""
        return self.rules.omission

    @property
    def separator(self) -> str:
        """What separates the items of a list: ``", "``, in Chinese and Japanese ``、``, in Arabic a comma of
        that script and a space.
        """
        return self.rules.separator

    # sentences

    def sentence_breaks(self, text: str) -> tuple[int, ...]:
        """The offsets (code points) at which one sentence of a plain text ends and another follows, in order.

        A sentence ends after a full stop, a question mark or an exclamation mark outside of brackets and
        quotation marks, with the marks that close after it.  A stop in a pair ends no sentence; in a language
        with spaces it can if only closing marks are between it and the white space after it.  So
        ``「好。」她來。`` is one sentence, and ``"Go." She nods.`` is two.  In a language with spaces, white
        space must follow the stop, and a stop before a word that begins with a small letter ends no sentence.
        A mark without its partner counts as no pair.  The abbreviations of the language (``Mr.``) end no
        sentence.

        The white space between two sentences is after the offset.  The end of the last sentence is left out.

        >>> of("en").sentence_breaks("Go. She nods."), of("zh-Hant").sentence_breaks("好。她來。")
        ((3,), (2,))
        """
        return _breaks(text, self)

    def sentences(self, text: str) -> tuple[tuple[int, int], ...]:
        """The sentences of a plain text as (start, end) in code points, end exclusive; ``()`` for a blank
        text.

        They end where :meth:`sentence_breaks` says: not at a stop within quotation marks.  White space
        between two sentences, and at the ends of the text, belongs to none.  Words after the last stop are a
        sentence.

        >>> of("en").sentences("  Mr. Lee came.  He left")
        ((2, 15), (17, 24))
        """
        found = []
        start = 0
        for end in (*self.sentence_breaks(text), len(text)):
            words = text[start:end]
            if words.strip():
                left = start + len(words) - len(words.lstrip())
                found.append((left, left + len(words.strip())))
            start = end
        return tuple(found)

    # quotations

    def quotations(self, text: str, *others: Language) -> tuple[Quotation, ...]:
        """The quotations of a text, in order; one within another is part of its words.  ``()`` if there are
        none.

        The offsets include the marks, ``words`` do not.  A mark without its partner begins no quotation; two
        marks with nothing between them are one without words.

        In every language “ ”, ‘ ’, „ “, ‚ ‘, « », ‹ ›, 「 」, 〝 〞 and straight marks quote, besides its
        own; 『 』 only in Chinese (in Japanese it names a book), » « only where the language writes it so.

        :param others: languages whose quotation marks quote as well.
        """
        found = self._quoted(text, others)
        outer: list[Quotation] = []
        for start, end in found.spans:
            if not outer or start >= outer[-1].end:
                marks = text[start], text[end]
                words = text[start + 1 : end]
                outer.append(Quotation(start=start, end=end + 1, words=words, marks=marks))
        return tuple(outer)

    def unclosed_quotations(self, text: str, *others: Language) -> tuple[int, ...]:
        """The offsets of the marks that open a quotation and are not closed, in order; ``()`` if there are
        none.

        The marks are those of :meth:`quotations`.  A mark that is written for an apostrophe as well (``'``,
        ``‘``) is not reported, and neither is a mark that closes a quotation which nothing opens.

        :param others: languages whose quotation marks count as well.

        >>> of("zh-Hant").unclosed_quotations("「水")
        (0,)
        """
        found = self._quoted(text, others)
        return tuple(at for at in found.unclosed if text[at] not in "’‘'")

    def nested(self, words: str) -> str:
        """Words as they are written within the quotation marks of the language: outer marks become inner
        marks, and inner marks outer.

        A mark without its partner, and the marks of other languages, stay.  An apostrophe is no mark.

        >>> of("zh-Hant").nested("他說「好」"), of("en").nested("it’s the ‘dike’")
        ('他說『好』', 'it’s the “dike”')
        """
        (outer, inner) = self.quotes
        exchanged = {outer: inner, inner: outer}
        chars = list(words)
        for start, end in paired(words, exchanged).spans:
            chars[start], chars[end] = exchanged[words[start], words[end]]
        return "".join(chars)

    def _quoted(self, text: str, others: tuple[Language, ...]) -> Paired:
        return _paired_quotes(text, (self, *others))


@lru_cache(maxsize=16)  # a check asks for the quotations of a text, and then for what is not closed in it
def _paired_quotes(text: str, languages: tuple[Language, ...]) -> Paired:
    return paired(text, _quoting_pairs(languages))


@cache
def _quoting_pairs(languages: tuple[Language, ...]) -> tuple[Pair, ...]:
    """The pairs that quote in some languages; if the first is Japanese, 『』 outside of 「」 names a book."""
    pairs = (pair for one in languages for pair in (*one.quotes, *one.rules.quoting))
    return tuple(pair for pair in dict.fromkeys(pairs) if languages[0].base != "ja" or pair != ("『", "』"))


@lru_cache(maxsize=4096)
def _breaks(text: str, language: Language) -> tuple[int, ...]:
    rules = language.rules
    pairs = (*rules.brackets, *rules.quotes, *rules.quoting) if rules.spaced else rules.brackets
    return segments.breaks(
        text, paired(text, pairs), rules.abbreviations, spaced=rules.spaced, stops=rules.stops
    )


@cache
def of(tag: str) -> Language:
    """The language of a tag (BCP 47); all spellings of a tag give the same object.

    Case does not matter, and ``_`` counts as ``-``: ``zh_tw`` is ``zh-TW``.  Subtags other than language,
    script and region are left out.  The script is that of the tag, else that of the region (in Chinese), else
    the usual one of the language.  A tag of an unknown language gives a language with the rules of Unicode,
    and so does ``""``, whose ``tag``, ``base`` and ``script`` are ``""``.  The direction is ``ltr`` unless
    the script is known to be written from right to left.

    >>> of("de-at").tag, of("de-at").script, of("zh_tw").script
    ('de-AT', 'Latn', 'Hant')
    """
    return _of(*_subtags(tag))


@cache
def _of(base: str, script: str, region: str) -> Language:
    usual = "-".join(part for part in (base, script, region) if part)
    if base in east_asian.CHINESE:
        script = script or _REGIONS.get(region, "Hant" if base in east_asian.TRADITIONAL else "")
        return _chinese(usual, script)
    if base == "ja":
        return _japanese(usual, script or "Jpan")
    script = script or _SCRIPTS.get(base, "")
    rtl = script in arabic.RIGHT_TO_LEFT_SCRIPTS or (not script and base in arabic.RIGHT_TO_LEFT)
    marks = arabic.QUOTES if base == "ar" else quotes(usual)
    rules = Rules(
        quotes=marks,
        quoting=_quoting(base),
        abbreviations=_ABBREVIATIONS.get(base, english.COMMON),
        balanced=_balanced(marks[0]),
        stops=european.GREEK_STOPS if base == "el" else "",
        separator=arabic.SEPARATOR if base == "ar" else ", ",
        spellings=english.SPELLINGS if base == "en" else (),
        endings=english.ENDINGS if base == "en" else (),
    )
    return Language(tag=usual, base=base, script=script, direction="rtl" if rtl else "ltr", rules=rules)


def _quoting(base: str) -> tuple[Pair, ...]:
    inwards = (("»", "«"), ("›", "‹")) if base in european.POINTING_INWARDS else ()
    right = (("»", "»"), ("›", "›")) if base in european.POINTING_RIGHT else ()
    return (*inwards, *right, *(arabic.QUOTING if base == "ar" else ()), *EVERYWHERE)


def _balanced(outer: Pair) -> dict[str, str]:
    """The brackets and the outer quotation marks, unless one of those is an apostrophe as well, or texts have
    them in both orders (Urdu)."""
    opening, closing = outer
    if opening == closing or closing in APOSTROPHES or (closing, opening) in EVERYWHERE:
        return dict(BALANCED)
    return {**BALANCED, closing: opening}


def _chinese(tag: str, script: str) -> Language:
    rules = Rules(
        quotes=quotes("zh-Hant" if script == "Hant" else "zh"),
        quoting=east_asian.CHINESE_QUOTING,
        brackets=east_asian.BRACKETS,
        spaced=False,
        balanced=east_asian.CHINESE_BALANCED,
        full_width=east_asian.FULL_WIDTH,
        omission=east_asian.OMISSION,
        separator=east_asian.SEPARATOR,
    )
    return Language(tag=tag, base="zh", script=script, direction="ltr", rules=rules)


def _japanese(tag: str, script: str) -> Language:
    rules = Rules(
        quotes=quotes("ja"),
        brackets=east_asian.BRACKETS,
        spaced=False,
        stops=east_asian.JAPANESE_STOPS,
        balanced=BALANCED,
        omission=east_asian.OMISSION,
        separator=east_asian.SEPARATOR,
    )
    return Language(tag=tag, base="ja", script=script, direction="ltr", rules=rules)


def _subtags(tag: str) -> tuple[str, str, str]:
    """Language, script and region of a tag, in their usual case; ``""`` for what it does not state."""
    base, *rest = tag.replace("_", "-").split("-")
    script = next((part.title() for part in rest[:1] if len(part) == 4 and part.isalpha()), "")
    region = next((part.upper() for part in rest[:2] if len(part) in (2, 3) and part.isalnum()), "")
    return base.lower(), script, region
