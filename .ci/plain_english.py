"""Refuses words of an old private vocabulary in code, docs, messages and tests.

``python .ci/plain_english.py`` is a part of ``make check``.  The project is written in plain technical
English, for every developer who learned English at school.  Each rule is a word or phrase that earlier
versions used in a special sense, with the plain word for it.  The script prints
``path:line:column: "word": use …`` for each use, and its exit code is 1 if there is any.

It checks names, comments and strings of Python files, and all text of the other files in :data:`CHECKED`.
:data:`ALLOWED` lists uses that are right, each with its reason.
"""

from __future__ import annotations

import io
import re
import sys
import tokenize
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

PHRASES = {
    r"(?:is|are|be|was|were|been|as) told\b": "reported, given, or known",
    r"told (?:apart|of|that)\b": "distinguished, or mentioned",
    r"tells? (?:apart|of|the rest|all|it)\b": "distinguish, describe, or report",
    r"rooms?\b": "module, folder, or space",
    r"houses?\b": "project",
    r"held to\b": "compared with",
    r"taken for\b": "treated as, or mistaken for",
    r"what (?:came|comes|come|became|becomes) of\b": "the result, or what happened to",
    r"(?:bears?|bore) (?:it |them )?out\b": "support",
    r"passed over\b": "ignored, or skipped",
    r"anew\b": "again",
    r"but for\b": "except",
    r"save for\b": "except for",
    r"sought\b": "searched for",
    r"nought\b": "zero",
    r"mend(?:s|ed|ing)?\b": "fix, or correct",
    r"put right\b": "corrected",
    r"foreign (?:file|text|copy|copies|page|code|name)s?\b": "imported, or of another program",
    r"(?:have|has|had) back\b": "reconstruct",
    r"gives? back\b": "return",
    r"stands? for\b": "represent, or mean",
    r"(?:stands?|stood) (?:in|on|at|under|behind|before|once|twice|where|there|elsewhere)\b": "be, or occur",
    r"may stand\b": "be allowed, or occur",
    r"whose (?:it|they|he|she|the \w+) (?:is|are|was|were|shall)\b": "who owns it",
    r"stretch(?:es)?\b": "range, or part",
    r"speaks? of\b": "mention",
    r"lies? (?:in|on|at|beside|inside|within|outside|below|above|elsewhere)\b": "be in, or be beside",
    r"(?:thereof|hence|thence|whence|hither|thither)\b": "a plain word",
    r"shall\b": "must, or will",
    r"for ever\b": "permanently",
    r"in its stead\b": "instead",
    r"desk\b": "presenter, or edition",
    r"what is said\b": "the value, or the statement",
    r"what is believed\b": "trusted",
    r"the way back\b": "import",
    r"slips? of the pen\b": "typing error",
}
"""Pattern of a word or phrase → the plain word.  A match begins at the beginning of a word."""

NAMES = {"told", "tell", "tells", "said", "desk", "settle", "settler", "intake", "room", "rooms", "stretch"}
"""Parts of Python names that are refused (``_told_by`` has the parts ``told`` and ``by``)."""

CHECKED = (
    "*.md",
    "benchmarks/*.py",
    ".ci/run",
    ".ci/tools",
    ".ci/venv",
    "Makefile",
    "docs/*.md",
    "pyproject.toml",
    "site_builder/*.py",
    "site_builder/*/*.py",
    "site_builder/*/*/*.py",
    "tests/*.py",
    "tests/corpus/*.py",
    "tests/tool/*.py",
    "templates/*.html",
)
"""Patterns of the files that are checked."""

ALLOWED: dict[tuple[str, str], str] = {
    (
        "site_builder/edition/ledger_text.py",
        "what became of",
    ): "the header of existing ledgers, which must not differ",
    ("site_builder/formats/catalogue.py", "lies in"): "published text: a change would change the exports",
    ("site_builder/formats/crate/__init__.py", "lies in"): "published text: a change would change the crate",
    ("site_builder/formats/tables/fields.py", "*"): "published text: a change would change the data package",
    ("site_builder/formats/tei/encoding.py", "*"): "published text: a change would change the TEI file",
    ("site_builder/importing/untrusted.py", "tell"): "the method of Python's file objects",
}
"""(pattern of a path, word as it is found or ``*``) → the reason for which it may be used there."""


def texts(path: Path) -> Iterator[tuple[int, int, str, bool]]:
    """The parts of a file to check: line and column (from 1), text, and whether it is a Python name."""
    content = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        yield from ((number, 1, line, False) for number, line in enumerate(content.split("\n"), 1))
        return
    for token in tokenize.generate_tokens(io.StringIO(content).readline):
        line, column = token.start
        if token.type == tokenize.NAME:
            yield line, column + 1, token.string, True
        elif token.type in _TEXT:
            for number, text in enumerate(token.string.split("\n")):
                yield line + number, 1 if number else column + 1, text, False


# Since Python 3.12 the text of an f-string is a token of its own kind.
_TEXT = {tokenize.COMMENT, tokenize.STRING, getattr(tokenize, "FSTRING_MIDDLE", tokenize.STRING)}
_PLAIN = tuple(PHRASES.values())
_RULES = "|".join(f"(?P<r{n}>{rule})" for n, rule in enumerate(PHRASES))
_PATTERN = re.compile(rf"(?<![\w-])(?:{_RULES})", re.IGNORECASE)


def faults(name: str, path: Path) -> Iterator[str]:
    """The uses in one file that no entry of :data:`ALLOWED` permits."""
    for line, column, text, is_name in texts(path):
        if is_name:
            for part in sorted({*text.lower().split("_")} & NAMES):
                if not allowed(name, part):
                    yield f'{name}:{line}:{column}: "{text}": use a name without "{part}"'
            continue
        for match in _PATTERN.finditer(text):
            if not allowed(name, match[0].lower()):
                plain = _PLAIN[int(str(match.lastgroup)[1:])]
                yield f'{name}:{line}:{column + match.start()}: "{match[0]}": use {plain}'


def allowed(name: str, word: str) -> bool:
    """Whether a word may be used in a file."""
    return any(fnmatch(name, path) and only in ("*", word) for path, only in ALLOWED)


def checked(root: Path = ROOT) -> dict[str, Path]:
    """The files that are checked: path with ``/`` → path."""
    found = (path for pattern in CHECKED for path in root.glob(pattern) if path.is_file())
    return {path.relative_to(root).as_posix(): path for path in sorted(found)}


def main() -> int:
    """Print every fault; return the exit code."""
    found = [fault for name, path in checked().items() for fault in faults(name, path)]
    for fault in found:
        print(fault)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
