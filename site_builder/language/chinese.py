"""Two scripts of one text: Traditional → Simplified, the key of the search, the lens.

The only room that knows opencc.  It asks for the module ``opencc`` and for neither of the two
distributions that bring one.  Where dictionaries lie beside the module as text they are read here,
which gives what ``OpenCC("tw2s")`` gives, some twenty times faster; elsewhere ``OpenCC`` converts.
Texts and offsets count Unicode code points, so a reader that counts UTF-16 units must walk by them.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, reduce
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from site_builder.language.characters import is_han

Convert = Callable[[str], str]
Table = dict[str, str]

# Words whose 著 (zhù: to write, to stand out) stays, which OpenCC does not know; it knows 著名.
# 著有 is "wrote" only where something shows it: what stands before it, or a title that follows.
KEEP_ZHU = (
    *("原著", "編著", "譯著", "專著", "論著", "遺著", "撰著", "拙著", "卓著", "土著", "所著"),
    *(f"{mark}著有" for mark in "\n 　，。；：、！？（）〔〕《》〈〉「」『』—…,.;:()"),
    *(f"{letter}著有" for letter in "abcdefghijklmnopqrstuvwxyz"),
    *(f"{word}著有" for word in "他她曾並亦也均皆各另還又共後"),
    *(f"著有{mark}" for mark in "《〈"),
)
# Words that hold one of those by chance, 意味著｜有《民法》, 翻譯｜著: OpenCC's answer stands.
NOT_ZHU = (
    *("意味著", "翻譯著", "討論著", "爭論著", "談論著", "議論著", "辯論著", "評論著"),
    *("原著火", "所著火", "所著手", "所著眼", "所著力", "所著重"),
    *(f"{verb}著有" for verb in "隨沿帶看想盯抱拿跟朝向對憑藉靠順照依伴接映含在"),
)
# Characters that Simplified writes too, in some words, by 通用規範漢字表 (2013).
ALSO_SIMPLIFIED = "著乾夥徵於瞭藉覆麽"

# Pairs that must meet in a key although tw2s joins them in no single character: some that it joins
# in phrases (瞭解 → 了解), and spellings of one word that a reader may type.
MEET = (
    *("瞭了", "鍊链", "噁𫫇", "藉借", "覆复", "俱具", "鍾锺", "彷仿", "鉅钜", "沈沉", "牴抵"),
    *("畫划", "衹只", "祇只", "顎颚", "鯰鲶", "餘馀", "它牠", "背揹", "昵暱", "夫伕", "仇讎"),
)

# Why dictionaries cannot be read: not there as text, or not of the shape that is known here.
_UNREADABLE = (OSError, KeyError, ValueError)
# Without the compatibility forms, which NFKC removes before anything is folded.
_HAN = (range(0x3400, 0xA000), range(0x20000, 0x2F800), range(0x30000, 0x323B0))


# --- the dictionaries -----------------------------------------------------------------------------


@cache
def _home() -> Path:
    """The folder of the module opencc, which is not imported.  Raises ``FileNotFoundError``."""
    spec = find_spec("opencc")
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError("opencc")
    return Path(spec.submodule_search_locations[0])


@cache
def _dictionary(name: str) -> Table:
    """One dictionary: key → the first of its values.  Raises one of ``_UNREADABLE``."""
    text = (_home() / "dictionary" / name).read_text(encoding="utf-8")
    entries = (line.partition("\t") for line in text.strip().split("\n"))
    return {key: values.partition(" ")[0] for key, _, values in entries}


def _chain(config: str) -> list[list[str]]:
    """The names of the dictionaries of a configuration by step.  Raises one of ``_UNREADABLE``."""
    from json import loads  # on use: a build that changes nothing never comes here

    facts = loads((_home() / "config" / f"{config}.json").read_text(encoding="utf-8"))
    nodes = [step["dict"] for step in facts["conversion_chain"]]
    return [[leaf["file"] for leaf in node.get("dicts", [node])] for node in nodes]


def _single_tables(config: str) -> list[Table]:
    """Without dictionaries of phrases: those of s2tw weigh a megabyte."""
    names = (name for step in _chain(config) for name in step)
    return [_dictionary(name) for name in names if "Phrases" not in name]


def _opencc(config: str) -> Convert:
    convert: Convert = import_module("opencc").OpenCC(config).convert
    return convert


@cache
def _singly(config: str) -> Convert:
    try:
        steps = [_letters(table) for table in _single_tables(config)]
    except _UNREADABLE:
        return _opencc(config)
    return lambda text: reduce(lambda made, step: step(made), steps, text)


def _alone(config: str, chars: str) -> str:
    """What each character becomes when it stands alone: line ends keep them apart."""
    return _singly(config)("\n".join(chars))[::2]


# --- conversion -----------------------------------------------------------------------------------


class _Phrases:
    """Words and what they become, found as OpenCC finds them: the longest, of equals the leftmost.

    A value is as long as its word, or empty: such a word only stands in the way of others.  A word
    is looked for where its pivot stands, a character that it changes if there is one: one class of
    characters does the searching, and no pattern of hundreds of words has to be compiled.
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

    def lay(self, text: str, converted: str) -> str:
        """The converted text with the value of each word found in the text, at its offset."""
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


def _step(names: list[str]) -> Convert:
    """What the dictionary of phrases finds, that of single characters does not touch."""
    phrases, singles = map(_dictionary, names)
    if min(map(len, phrases)) < 2 or any(len(key + value) != 2 for key, value in singles.items()):
        raise ValueError(f"a step must be phrases, then single characters: {names}")
    words, letters = _Phrases(phrases, singles), _letters(singles)
    return lambda text: words.lay(text, letters(text))


def _letters(table: Table) -> Convert:
    """Single characters.  Of a short table a pattern finds the few ten times faster."""
    if len(table) > 500:
        codes = str.maketrans(table)
        return lambda text: text.translate(codes)
    few = re.compile(f"[{re.escape(''.join(table))}]")
    return lambda text: few.sub(lambda match: table[match[0]], text)


@cache
def _converter() -> Convert:
    try:
        first, second = map(_step, _chain("tw2s"))
    except _UNREADABLE:
        return _opencc("tw2s")
    return lambda text: second(first(text))


def tw2s(text: str) -> str:
    """A Traditional text, as Taiwan writes it, in Simplified: what ``OpenCC("tw2s")`` gives.

    Raises ``ValueError`` with the text if the count of code points would change, since annotations
    point into both scripts by one offset; ``ModuleNotFoundError`` if there is no module opencc.
    """
    converted = _converter()(text)
    if len(converted) != len(text):
        raise ValueError(f"a conversion must keep the length: {text!r} became {converted!r}")
    return converted


class Simplifier:
    """Makes the Simplified view, ``Simplifier(keep)(text)``, and remembers it for each text.

    After ``tw2s`` kept words are put right, then 「」 become “ ” and 『』 become ‘ ’, one to one:
    an offset holds in both scripts.  ``keep`` are words of a project, in Traditional, beside
    ``KEEP_ZHU``.  In a kept word each of ``ALSO_SIMPLIFIED`` stays and any other character becomes
    what it becomes when it stands alone: 編著 → 编著, 於梨華 → 於梨华.  Where kept words and
    ``NOT_ZHU`` overlap the longest wins, of equals the leftmost.  ``conversions`` are words of a project
    and what they become, equally long; they win over kept words.  Raises ``ValueError`` for an empty
    word, for a word and a form that are not equally long, and as ``tw2s`` does.
    """

    def __init__(self, keep: Iterable[str] = (), conversions: Mapping[str, str] | None = None) -> None:
        kept = (*KEEP_ZHU, *keep)
        if not all(kept):
            raise ValueError("a word to keep must not be empty")
        chars = "".join(set("".join(kept)))
        plain = dict(zip(chars, _alone("tw2s", chars), strict=True))
        forms = plain | {char: char for char in ALSO_SIMPLIFIED}
        values = {word: "".join(forms[char] for char in word) for word in kept}
        given = dict(conversions or {})
        if not all(given) or any(len(word) != len(form) for word, form in given.items()):
            raise ValueError("a word and what it becomes must be equally long, and not empty")
        self._words = _Phrases(dict.fromkeys(NOT_ZHU, "") | values | given, plain)
        self._done: Table = {}

    def __call__(self, text: str) -> str:
        done = self._done.get(text)
        if done is None:
            # The line end stands for the start of a text, where 著有 is "wrote".
            done = self._words.lay(f"\n{text}", f"\n{tw2s(text)}")[1:]
            # Four replacements are twenty times faster than one translation.
            done = done.replace("「", "“").replace("」", "”").replace("『", "‘").replace("』", "’")
            self._done[text] = done
        return done


# --- search ---------------------------------------------------------------------------------------


@cache
def _folds() -> Table:
    """Every character that has variants → the one that stands for all, where that is another."""
    classes: dict[str, set[str]] = {}
    votes: Counter[str] = Counter()
    for old, new in (*_changes(), *MEET):
        votes[new] += 1
        together = classes.get(old, {old}) | classes.get(new, {new})
        classes.update(dict.fromkeys(together, together))
    folds: Table = {}
    for among in {id(among): among for among in classes.values()}.values():
        # The BMP first, so that keys keep their length in UTF-16; then what most others become.
        best = min(among, key=lambda char: (char > "\uffff", -votes[char], char))
        folds |= dict.fromkeys(among - {best}, best)
    return folds


def _changes() -> list[tuple[str, str]]:
    """Every character that tw2s changes where it stands alone, and what it becomes."""
    try:
        chars = "".join({char: None for table in _single_tables("tw2s") for char in table})
    except _UNREADABLE:
        chars = "".join(chr(code) for block in _HAN for code in block)
    pairs = zip(chars, _alone("tw2s", chars), strict=True)
    return [(old, new) for old, new in pairs if old != new]


@cache
def _key(char: str) -> str:
    plain = unicodedata.normalize("NFKC", char).lower()
    return "".join(_folds().get(c, c) for c in plain if unicodedata.category(c)[0] in "LN" or is_han(c))


def fold(text: str) -> tuple[str, tuple[int, ...]]:
    r"""The search key of a text in either script; for each character of the key its offset in text.

    Code point by code point: NFKC, lower case, then letters and numbers (``[\p{L}\p{N}]``) alone,
    then one character for all its variants: 著着, 麼麽幺么, 只祇衹隻, 台臺檯颱.  A text and its
    Simplified view have one key, and the key of a part lies in the key of the whole.  Offsets never
    fall; one code point may give several characters (㎡ → m2).  Variants meet on a character of the
    BMP wherever there is one, since the Simplified forms of 795 characters lie beyond.
    """
    parts = [_key(char) for char in text]
    return "".join(parts), tuple(i for i, part in enumerate(parts) for _ in part)


def fold_map_for(keys: Iterable[str]) -> Table:
    """For a search elsewhere: every character, of either script, that folds to one of the others.

    ``keys`` are the characters of folded keys.  The map follows NFKC and lower case; what is
    neither in it nor in ``keys`` can be in no hit.  In the order of code points.
    """
    wanted = set(keys)
    return {char: best for char, best in sorted(_folds().items()) if best in wanted}


# --- the lens -------------------------------------------------------------------------------------


@cache
def _merged() -> frozenset[str]:
    """The Simplified characters that two or more characters in common use in Taiwan become.

    In common use: the 5401 of the first level of Big5, less those for which Taiwan's standard has
    another form (峯, written 峰).
    """
    codes = (bytes((high, low)) for high in range(0xA4, 0xC7) for low in range(0x40, 0xFF))
    common = "".join(code.decode("big5", "ignore") for code in codes if code <= b"\xc6\x7e")
    pairs = zip(common, _alone("t2tw", common), strict=True)
    count = Counter(_alone("tw2s", "".join(char for char, standard in pairs if char == standard)))
    return frozenset(char for char, forms in count.items() if forms > 1)


@cache
def _loss(char: str, simplified: str) -> str:
    if _alone("s2tw", simplified) != char:
        return "lossy"
    return "merges" if simplified in _merged() else ""


def lens(text: str) -> tuple[tuple[int, str], ...]:
    """What the conversion of a Traditional text loses: (offset, kind), in the order of the text.

    ``"lossy"``: from the Simplified character alone s2tw comes back to another (係 → 系 → 系).
    ``"merges"``: it comes back, but two or more in common use in Taiwan become that Simplified one
    (發 → 发, as 髮 does), even where this one does not change (面, which 麵 becomes).
    """
    losses = (_loss(old, new) for old, new in zip(text, tw2s(text), strict=True))
    return tuple((offset, kind) for offset, kind in enumerate(losses) if kind)
