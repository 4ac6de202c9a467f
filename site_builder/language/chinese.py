"""Chinese text: conversion from one script to the other, and losses of the conversion.

Only this module uses opencc.  It imports the module ``opencc`` and works with both distributions that provide
it.  If the dictionaries are text files beside the module, this module reads them itself: the result is that
of ``OpenCC("tw2s")``, about twenty times faster.  Otherwise ``OpenCC`` converts. Offsets are counts of
Unicode code points; a reader that counts UTF-16 units must convert them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, reduce
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from site_builder.language import language
from site_builder.language.pairs import paired
from site_builder.language.recent import Recent

Convert = Callable[[str], str]
Table = dict[str, str]

# Words in which 著 (zhù: to write, to be outstanding) must stay.  OpenCC lacks them; it has 著名.
# 著有 means "wrote" only in some contexts: after certain characters, or before a title.
KEEP_ZHU = (
    *("原著", "編著", "譯著", "專著", "論著", "遺著", "撰著", "拙著", "卓著", "土著", "所著"),
    *(f"{mark}著有" for mark in "\n 　，。；：、！？（）〔〕《》〈〉「」『』—…,.;:()"),
    *(f"{letter}著有" for letter in "abcdefghijklmnopqrstuvwxyz"),
    *(f"{word}著有" for word in "他她曾並亦也均皆各另還又共後"),
    *(f"著有{mark}" for mark in "《〈"),
)
# Words that contain one of those by chance, 意味著｜有《民法》, 翻譯｜著: the result of OpenCC is right.
NOT_ZHU = (
    *("意味著", "翻譯著", "討論著", "爭論著", "談論著", "議論著", "辯論著", "評論著"),
    *("原著火", "所著火", "所著手", "所著眼", "所著力", "所著重"),
    *(f"{verb}著有" for verb in "隨沿帶看想盯抱拿跟朝向對憑藉靠順照依伴接映含在"),
)
# Names that OpenCC keeps with 於, and that occur by chance before another word, 於單｜一的, 於潛｜在的: there
# 於 is the preposition and becomes 于. A text about such a person or place names it in ``keep``.
PREPOSITION = (
    *("於單", "於其一", "於則", "於邑", "於惟一", "於倫", "於坦", "於敖", "於琳", "於崇文", "於竹屋"),
    *("於潛在", "於潛力", "於潛伏", "於潛移", "於戲劇", "於戲曲", "於戲院", "於戲臺"),
)
# Characters that Simplified Chinese also uses, in some words (通用規範漢字表, 2013).
ALSO_SIMPLIFIED = "著乾夥徵於瞭藉覆麽"

# The exceptions when dictionaries cannot be read: they are not text files, or have another structure.
_UNREADABLE = (OSError, KeyError, ValueError)
# Without the compatibility forms, which NFKC replaces before folding.
_HAN = (range(0x3400, 0xA000), range(0x20000, 0x2F800), range(0x30000, 0x323B0))


# --- the dictionaries -----------------------------------------------------------------------------


@cache
def _opencc_folder() -> Path:
    """The folder of the module opencc, which is not imported.

    :raises FileNotFoundError: if there is no such folder.
    """
    spec = find_spec("opencc")
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError("opencc")
    return Path(spec.submodule_search_locations[0])


@cache
def _dictionary(name: str) -> Table:
    """One dictionary: key → its first value.  Raises one of ``_UNREADABLE``."""
    text = (_opencc_folder() / "dictionary" / name).read_text(encoding="utf-8")
    entries = (line.partition("\t") for line in text.strip().split("\n"))
    return {key: values.partition(" ")[0] for key, _, values in entries}


def _conversion_steps(config: str) -> list[list[str]]:
    """The names of the dictionaries of a configuration, step by step.  Raises one of ``_UNREADABLE``."""
    from json import loads  # imported here, since a build without changes does not need it

    facts = loads((_opencc_folder() / "config" / f"{config}.json").read_text(encoding="utf-8"))
    nodes = [step["dict"] for step in facts["conversion_chain"]]
    return [[leaf["file"] for leaf in node.get("dicts", [node])] for node in nodes]


def _character_tables(config: str) -> list[Table]:
    """The tables of single characters of a configuration, without phrases (a megabyte in s2tw)."""
    names = (name for step in _conversion_steps(config) for name in step)
    return [_dictionary(name) for name in names if "Phrases" not in name]


def _opencc(config: str) -> Convert:
    convert: Convert = import_module("opencc").OpenCC(config).convert
    return convert


@cache
def _character_converter(config: str) -> Convert:
    try:
        steps = [_table_converter(table) for table in _character_tables(config)]
    except _UNREADABLE:
        return _opencc(config)
    return lambda text: reduce(lambda made, step: step(made), steps, text)


def _convert_each(config: str, chars: str) -> str:
    """The conversion of each character by itself: line feeds separate the characters."""
    return _character_converter(config)("\n".join(chars))[::2]


# --- conversion -----------------------------------------------------------------------------------


class _Phrases:
    """A table of words and their values.  Words are found as in OpenCC: longest first, then leftmost.

    A value is as long as its word, or empty; a word with an empty value only hides other words.  To find
    words, one character class searches for a pivot of each word: a character that the word changes, if any.
    So no pattern of hundreds of words has to be compiled.
    """

    def __init__(self, values: Table, singles: Table) -> None:
        if any(len(word) != len(value) for word, value in values.items() if value):
            raise ValueError("a phrase and its value must be equally long")
        pivots = {word: _first_change(word, value, singles) for word, value in values.items()}
        changed = {word[index] for word, index in pivots.items() if index is not None}
        self._values = values
        self._words: dict[str, list[tuple[int, str]]] = {}
        for word, index in pivots.items():
            if index is None:
                index = next((i for i, char in enumerate(word) if char in changed), 0)
            self._words.setdefault(word[index], []).append((index, word))
        self._pivot = re.compile(f"[{re.escape(''.join(self._words))}]")

    def apply(self, text: str, converted: str) -> str:
        """The converted text, in which the value of each word found in ``text`` replaces its characters."""
        parts: list[str] = []
        end = 0
        for start, word in self._found(text):
            if value := self._values[word]:
                parts += converted[end:start], value
                end = start + len(word)
        return "".join(parts) + converted[end:]

    def _found(self, text: str) -> list[tuple[int, str]]:
        taken: set[int] = set()
        found = []
        for minus_length, start, word in sorted(self._candidates(text)):
            span = range(start, start - minus_length)
            if taken.isdisjoint(span):
                taken.update(span)
                found.append((start, word))
        return sorted(found)

    def _candidates(self, text: str) -> Iterator[tuple[int, int, str]]:
        for match in self._pivot.finditer(text):
            for index, word in self._words[match[0]]:
                start = match.start() - index
                if start >= 0 and text.startswith(word, start):
                    yield -len(word), start, word


def _first_change(word: str, value: str, singles: Table) -> int | None:
    pairs = enumerate(zip(word, value, strict=False))
    return next((i for i, (old, new) in pairs if singles.get(old, old) != new), None)


def _converter_step(names: list[str]) -> Convert:
    """A step: the phrases are replaced first, if there are any, and the table of characters converts the
    rest.
    """
    *phrases, singles = map(_dictionary, names)
    if any(min(map(len, words)) < 2 for words in phrases) or any(
        len(key + value) != 2 for key, value in singles.items()
    ):
        raise ValueError(f"a step must be phrases, then single characters: {names}")
    letters = _table_converter(singles)
    if not phrases:
        return letters
    words = _Phrases(phrases[0], singles)
    return lambda text: words.apply(text, letters(text))


def _table_converter(table: Table) -> Convert:
    """A converter of single characters.  For a short table a regular expression is ten times faster."""
    if len(table) > 500:
        codes = str.maketrans(table)
        return lambda text: text.translate(codes)
    few = re.compile(f"[{re.escape(''.join(table))}]")
    return lambda text: few.sub(lambda match: table[match[0]], text)


@cache
def _converter(config: str) -> Convert:
    try:
        steps = [_converter_step(names) for names in _conversion_steps(config)]
    except _UNREADABLE:
        return _opencc(config)
    return lambda text: reduce(lambda made, step: step(made), steps, text)


def _converted(config: str, text: str) -> str:
    converted = _converter(config)(text)
    if len(converted) != len(text):
        raise ValueError(f"a conversion must keep the length: {text!r} became {converted!r}")
    return converted


def tw2s(text: str) -> str:
    """Convert a Traditional text (in Taiwan's standard) to Simplified: the result of ``OpenCC("tw2s")``.

    :returns: a text with as many code points; an empty text gives an empty text.
    :raises ValueError: if the number of code points would change, since annotations use the same offsets in
        both scripts.
    :raises ModuleNotFoundError: if the module opencc is not installed.
    """
    return _converted("tw2s", text)


def s2tw(text: str) -> str:
    """Convert a Simplified text to Traditional (Taiwan's standard): the result of ``OpenCC("s2tw")``.

    :returns: a text with as many code points; an empty text gives an empty text.
    :raises ValueError: if the number of code points would change.
    :raises ModuleNotFoundError: if the module opencc is not installed.
    """
    return _converted("s2tw", text)


class Simplifier:
    """Converts texts to the Simplified view, ``Simplifier(keep)(text)``, and keeps the last results.

    After ``tw2s`` the kept words are restored.  Then 「」 become “ ” and 『』 become ‘ ’, so an offset is
    valid in both scripts.  The result has as many code points as the text; a text in which nothing
    changes is returned as it is.

    :param keep: words of a project, in Traditional, in addition to ``KEEP_ZHU``.  In a kept word each
        character of ``ALSO_SIMPLIFIED`` stays and any other becomes what it becomes by itself: 編著 → 编著,
        於梨華 → 於梨华.  If kept words, ``NOT_ZHU`` and ``PREPOSITION`` overlap, the longest wins, then the
        leftmost.
    :param conversions: words of a project → their converted forms, equally long; they win over kept words.
    :raises ValueError: for an empty word, for a word and a form of different length, and as ``tw2s`` does.
    """

    def __init__(self, keep: Iterable[str] = (), conversions: Mapping[str, str] | None = None) -> None:
        kept = (*KEEP_ZHU, *keep)
        forms = _single_forms("tw2s", (*kept, *PREPOSITION))
        stays = forms | {char: char for char in ALSO_SIMPLIFIED}
        values = {word: "".join(stays[char] for char in word) for word in kept}
        given = _given(conversions)
        chance = {word: "".join(forms[char] for char in word) for word in PREPOSITION}
        self._words = _Phrases(dict.fromkeys(NOT_ZHU, "") | chance | values | given, forms)
        self._done: Recent[str, str] = Recent()

    def __call__(self, text: str) -> str:
        done = self._done.get(text)
        return self._done.of(text, lambda: self._convert(text)) if done is None else done

    def _convert(self, text: str) -> str:
        # The line feed marks the start of a text, where 著有 means "wrote".
        done = self._words.apply(f"\n{text}", f"\n{tw2s(text)}")[1:]
        # Four replacements are twenty times faster than one translation.
        return done.replace("「", "“").replace("」", "”").replace("『", "‘").replace("』", "’")


class Traditionalizer:
    """Converts Simplified texts to Traditional, ``Traditionalizer(keep)(text)``, and keeps the last results.

    After ``s2tw`` the kept words are restored.  Then pairs of “ ” become 「」 and pairs of ‘ ’ 『』; an
    apostrophe stays.  The result has as many code points as the text.

    :param keep: words of a project, in Simplified.  In a kept word each character that Traditional also uses
        (those of Big5) stays, and any other becomes what it becomes by itself: 于谦 → 于謙, 皇后 → 皇后.
    :param conversions: words of a project → their converted forms, equally long; they win over kept words.
    :raises ValueError: for an empty word, for a word and a form of different length, and as ``tw2s`` does.
    """

    def __init__(self, keep: Iterable[str] = (), conversions: Mapping[str, str] | None = None) -> None:
        forms = _single_forms("s2tw", kept := tuple(keep))
        stays = {char: char if char.encode("big5", "ignore") else form for char, form in forms.items()}
        values = {word: "".join(stays[char] for char in word) for word in kept}
        values |= _given(conversions)
        self._words = _Phrases(values, forms) if values else None
        self._done: Recent[str, str] = Recent()

    def __call__(self, text: str) -> str:
        done = self._done.get(text)
        return self._done.of(text, lambda: self._convert(text)) if done is None else done

    def _convert(self, text: str) -> str:
        converted = s2tw(text)
        return _corner_marks(self._words.apply(text, converted) if self._words else converted)


_CORNER_MARKS = {("“", "”"): ("「", "」"), ("‘", "’"): ("『", "』")}


def _corner_marks(text: str) -> str:
    chars = list(text)
    for start, end in paired(text, _CORNER_MARKS).spans:
        chars[start], chars[end] = _CORNER_MARKS[text[start], text[end]]
    return "".join(chars)


def _single_forms(config: str, words: tuple[str, ...]) -> Table:
    """Each character of some words → what it becomes by itself."""
    if not all(words):
        raise ValueError("a word to keep must not be empty")
    chars = "".join(set("".join(words)))
    return dict(zip(chars, _convert_each(config, chars), strict=True))


def _given(conversions: Mapping[str, str] | None) -> Table:
    given = dict(conversions or {})
    if not all(given) or any(len(word) != len(form) for word, form in given.items()):
        raise ValueError("a word and what it becomes must be equally long, and not empty")
    return given


def converter(
    source: str, target: str, keep: Iterable[str] = (), conversions: Mapping[str, str] | None = None
) -> Convert | None:
    """The conversion of texts in one language for a view in another; ``None`` if there is nothing to convert.

    There is something to convert only between the two scripts of Chinese: a Simplified text is never
    simplified (``tw2s`` would make 什幺 of 什么).  A Chinese text whose script is not known is not converted.

    :param source: the language of the texts (BCP 47).
    :param target: the language of the view.
    :param keep: words that stay, as :class:`Simplifier` and :class:`Traditionalizer` say.
    :param conversions: word → its converted form, as these two say.
    :raises ValueError: for a word of ``keep`` or ``conversions``, as these two say.
    """
    given, wanted = language.of(source), language.of(target)
    if not (given.is_chinese and wanted.is_chinese):
        return None
    scripts = given.script, wanted.script
    if scripts == ("Hant", "Hans"):
        return Simplifier(keep, conversions)
    return Traditionalizer(keep, conversions) if scripts == ("Hans", "Hant") else None


def japanese_forms() -> list[tuple[str, str]]:
    """(a character, its form in Japanese), as OpenCC knows them: 戶 → 戸.

    Empty where the dictionaries are not text files.
    """
    try:
        return list(_dictionary("JPVariants.txt").items())
    except _UNREADABLE:
        return []


def character_changes() -> list[tuple[str, str]]:
    """(character, its conversion) for every single character that tw2s changes; others are left out."""
    try:
        chars = "".join({char: None for table in _character_tables("tw2s") for char in table})
    except _UNREADABLE:
        chars = "".join(chr(code) for block in _HAN for code in block)
    pairs = zip(chars, _convert_each("tw2s", chars), strict=True)
    return [(old, new) for old, new in pairs if old != new]


# --- losses of the conversion ---------------------------------------------------------------------


@cache
def _merged() -> frozenset[str]:
    """The Simplified characters to which two or more characters in common use in Taiwan are converted.

    In common use are the 5401 characters of the first level of Big5, except those that Taiwan's standard
    replaces (峯, written 峰).
    """
    codes = (bytes((high, low)) for high in range(0xA4, 0xC7) for low in range(0x40, 0xFF))
    common = "".join(code.decode("big5", "ignore") for code in codes if code <= b"\xc6\x7e")
    pairs = zip(common, _convert_each("t2tw", common), strict=True)
    count = Counter(_convert_each("tw2s", "".join(char for char, standard in pairs if char == standard)))
    return frozenset(char for char, forms in count.items() if forms > 1)


@cache
def _loss(char: str, simplified: str) -> str:
    if _convert_each("s2tw", simplified) != char:
        return "lossy"
    return "merges" if simplified in _merged() else ""


def conversion_losses(text: str) -> tuple[tuple[int, str], ...]:
    """The losses of the conversion of a Traditional text: (offset, kind), in the order of the text.

    ``"lossy"``: s2tw converts the Simplified character back to another one (係 → 系 → 系).  ``"merges"``: it
    converts back, but two or more characters in common use in Taiwan have the same Simplified form (發 → 发,
    like 髮), even if this one does not change (面, like 麵).  A text without losses gives ``()``.  The
    conversion is that of :func:`tw2s`, which can raise; words that a :class:`Simplifier` keeps do not count.
    """
    losses = (_loss(old, new) for old, new in zip(text, tw2s(text), strict=True))
    return tuple((offset, kind) for offset, kind in enumerate(losses) if kind)
