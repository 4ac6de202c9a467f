"""What a language decides, as data: the records that the modules of the languages fill."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from site_builder.records import dataclass

Pair = tuple[str, str]
"""The mark that opens and the mark that closes; one character each."""
Change = tuple[str, str, int]
"""A part of a word, what a search may have in its place, and how many letters are before it at least."""

APOSTROPHES = "’'"
"""Marks that close a quotation and are apostrophes as well."""
STRAIGHT = '"״'
"""Marks that open and close; the second is the gershayim of Hebrew, which is in abbreviations as well."""
# Marks that quote in every language, since an author can use the marks of another language.
EVERYWHERE: tuple[Pair, ...] = (
    *(("“", "”"), ("‘", "’"), ("„", "“"), ("„", "”"), ("‚", "‘"), ("‚", "’"), ("«", "»"), ("‹", "›")),
    *(("「", "」"), ("〝", "〞"), ("〝", "〟"), ('"', '"'), ("'", "'"), ("״", "״")),
)
# Brackets of every script: the pairs of the categories Ps and Pe that are no quotation marks.
BRACKETS: tuple[Pair, ...] = (
    *(("(", ")"), ("[", "]"), ("{", "}"), ("（", "）"), ("［", "］"), ("｛", "｝"), ("〔", "〕")),
    *(("《", "》"), ("〈", "〉"), ("【", "】"), ("〖", "〗"), ("『", "』"), ("｟", "｠"), ("⟨", "⟩")),
    *(("⟪", "⟫"), ("⟦", "⟧"), ("༺", "༻"), ("༼", "༽"), ("᚛", "᚜"), ("⁅", "⁆"), ("﴾", "﴿")),
)


CONTINUED = frozenset("「『“„«")
"""Opening marks that a quotation of several paragraphs can repeat in each of them."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Abbreviations:
    """Words before a full stop that can be an abbreviation: in lower case, without their last stop.

    ``fixed`` never end a sentence (``dr``, ``e.g``).  ``named`` end one before a starter (``St. Paul``, but
    ``Elm St. The``).  ``counted`` end none before a number (``vol``).
    ``final`` can end one, before a capital letter (``etc``).  ``starters`` are words that, with a capital
    letter, begin a sentence after initials (``J. S. Mill``, but ``the U.S. The``).  With ``ordinals`` a
    number of one or two digits is an ordinal before a capital letter that is no starter (``3. Oktober``), and
    in a date (``5. 3. 1990``).
    """

    fixed: frozenset[str] = frozenset()
    named: frozenset[str] = frozenset()
    counted: frozenset[str] = frozenset()
    final: frozenset[str] = frozenset()
    starters: frozenset[str] = frozenset()
    ordinals: bool = False


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Rules:
    """The rules of one language.

    ``spaced``: words and sentences are separated by spaces, so a full stop needs one after it.  ``quotes``
    are the outer and the inner quotation marks.  ``quoting`` are further pairs that quote.  ``brackets``
    are pairs in which no sentence ends.  ``balanced`` are the pairs that the check of brackets knows: the
    closing mark → the opening one.  ``full_width`` are half-width marks → the full-width marks that should
    be between Chinese characters.  ``stops`` are further marks that end a sentence: the question mark of
    Greek, the full stop of scientific texts in Japanese.  ``spellings`` are parts of words that are
    written in two ways (``colour``, ``color``), and ``endings`` those of plurals and singulars; a search
    finds both.
    """

    quotes: tuple[Pair, Pair]
    quoting: tuple[Pair, ...] = EVERYWHERE
    brackets: tuple[Pair, ...] = BRACKETS
    spaced: bool = True
    stops: str = ""
    abbreviations: Abbreviations = Abbreviations()
    balanced: Mapping[str, str]
    full_width: Mapping[str, str] = field(default_factory=dict)
    omission: str = "…"
    separator: str = ", "
    spellings: tuple[Change, ...] = ()
    endings: tuple[Change, ...] = ()


BALANCED: Mapping[str, str] = {
    **{"」": "「", "』": "『", "）": "（", "〕": "〔", "》": "《", "〉": "〈"},
    **{"】": "【", "〗": "〖", "］": "［", "｝": "｛"},
}
"""Closing → opening bracket, where no other use of a mark is known."""


def words(text: str) -> frozenset[str]:
    """The words of a text, separated by white space, each once; an empty set for an empty text."""
    return frozenset(text.split())
