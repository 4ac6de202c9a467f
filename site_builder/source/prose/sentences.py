"""A paragraph of the editors' prose → its sentences, with what each cites, claims, links and quotes."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator

from site_builder.language import hidden
from site_builder.language.language import Language
from site_builder.model import Citation, Claim, Link, Place, Problem, Sentence
from site_builder.records import dataclass
from site_builder.source.prose.inlines import html_in, parsed
from site_builder.source.prose.marks import CITED, MARK, SCAN, error, marks, unseen

_SIGNS = re.compile(r"\*+|_+")
_SCAN_OR_SIGNS = re.compile(rf"{SCAN.pattern}|[*_]+")
HTML_HINT = (
    "write a comment for the editors in the front matter ('# …'); remove a tag; "
    "if the mark is part of the text, write \\<"
)
_EMPHASIS_HINT = "close the emphasis before the sentence ends; if the mark is part of the text, write {0}"
_SIGN_HINTS = {
    "*": _EMPHASIS_HINT.format(r"\*"),
    "_": _EMPHASIS_HINT.format(r"\_") + "; within a word use *",
    "`": r"write two backticks on one line, for example `form`; if the mark is part of the text, write \`",
    "[": r"close the citation on its line, for example [@p12]; if the marks are part of the text, write \[@",
    "](": r"write a link as [words](cell:id); if the marks are part of the text, write \](",
    "]{.": r"write [words]{.not-quoted}; if the marks are part of the text, write \]{",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Located:
    """A text, and the place in its file at which each of its lines begins."""

    text: str
    starts: tuple[Place, ...]
    rows: tuple[int, ...]
    """The offset of each line."""

    @classmethod
    def of(cls, text: str, starts: Iterable[Place]) -> Located:
        """A text with the places of its lines: ``starts`` has one for each line, in order."""
        rows = (0, *(found.end() for found in re.finditer("\n", text)))
        return cls(text=text, starts=tuple(starts), rows=rows)

    def at(self, offset: int) -> Place:
        """The place of a character, by its offset in code points.  The length of the text is a valid
        offset.
        """
        row = bisect_right(self.rows, offset) - 1
        start = self.starts[min(row, len(self.starts) - 1)]
        return Place(path=start.path, line=start.line, column=start.column + offset - self.rows[row])


def report_html(located: Located, problems: list[Problem]) -> None:
    """Report HTML within a line, which would be published as text (P006), then lost and invisible characters
    (T008).

    What a backslash or backticks protect is no HTML.

    :param problems: the problems are added here.
    """
    for offset, what in html_in(located.text):
        kind = "a comment" if what == "<!--" else what
        message = f"prose must not contain HTML: {kind}"
        problems.append(error(located.at(offset), "P006", message, HTML_HINT))
    for offset, found in hidden.in_words(located.text, "write the character again"):
        problems.append(unseen(located.at(offset), located.text, offset, found))


def report_marks(located: Located, offset: int, source: str, problems: list[Problem]) -> None:
    """Report characters of Markdown that mark nothing and would be published (P011): one error for each run.

    The message is ``a mark of Markdown is not closed, or not opened: **``.  A ``*`` or ``_`` with a space or
    an end of the text on both sides, and a ``_`` within a word, is not reported.

    :param offset: the offset of ``source`` in ``located``.
    :param problems: the problems are added here.
    """
    runs: list[tuple[int, str]] = []
    for at, sign in parsed(source).left:
        if runs and runs[-1][0] + len(runs[-1][1]) == at:
            runs[-1] = runs[-1][0], runs[-1][1] + sign
        else:
            runs.append((at, sign))
    for at, signs in runs:
        message = f"a mark of Markdown is not closed, or not opened: {signs}"
        problems.append(error(located.at(offset + at), "P011", message, _sign_hint(signs)))


def _sign_hint(signs: str) -> str:
    return next(hint for start, hint in _SIGN_HINTS.items() if signs.startswith(start))


def sentences(
    located: Located,
    prefix: str,
    first: int,
    *,
    language: Language,
    block: str,
    judgement: bool,
    problems: list[Problem],
) -> Iterator[Sentence]:
    """The sentences of a paragraph, in order; none for a blank text.

    A sentence ends as in any text of the language, outside of marks of Markdown; a citation after the stop
    belongs to it.  A citation that names no passage (P008) is reported and left out; a mark that is not
    closed (P011) is reported.  The sentence is returned all the same.

    :param prefix: the start of each ``anchor``; a number follows, from ``first`` on.
    :param block: the id of the paragraph.
    :param problems: the problems are added here.
    """
    start = 0
    for end in _ends(located.text, language):
        source = located.text[start:end]
        if source.strip():
            offset = start + len(source) - len(source.lstrip())
            yield _sentence(located, offset, source.strip(), f"{prefix}{first}", block, judgement, problems)
            first += 1
        start = end


def _ends(text: str, language: Language) -> Iterator[int]:
    """The offsets at which the sentences of ``text`` end, the last included.

    They are those of its plain text.  Citations after a stop, and marks that close emphasis there, belong to
    the sentence.
    """
    plain, after = _plain(text, spaced=language.spaced)
    start = 0
    for end in language.sentence_breaks(plain):
        offset = _after_marks(text, start, after[end - 1], spaced=language.spaced)
        if offset > start:
            yield offset
            start = offset
    yield len(text)


def _plain(text: str, *, spaced: bool) -> tuple[str, list[int]]:
    """The text in which sentences are looked for, and for each of its characters the offset after it.

    Citations and marks of emphasis are left out.  No sentence ends within a link, a form or words that are
    no quotation: what is neither a letter, a number nor a space is ``·`` there.  With ``spaced`` a stop that
    ends such words is kept.
    """
    chars: list[str] = []
    after: list[int] = []
    at = 0
    for found in _SCAN_OR_SIGNS.finditer(text):
        _extend(chars, after, text, at, found.start())
        at = found.end()
        if found.lastgroup is None:
            between = text[found.start() - 1 : found.start()], text[at : at + 1]
            if found[0].startswith("\\") or (found[0][0] == "_" and all(map(str.isalnum, between))):
                chars.append(found[0][-1])
                after.append(at)
        elif found["cite"] is None:
            words = next(filter(None, (found["words"], found["form"], found["unquoted"])), "")
            hidden = "".join(char if char.isalnum() or char.isspace() else "·" for char in words)
            if spaced and words.endswith((".", "!", "?", "…")):
                hidden = hidden[:-1] + words[-1]
            chars += hidden
            after += [at] * len(hidden)
    _extend(chars, after, text, at, len(text))
    return "".join(chars), after


def _extend(chars: list[str], after: list[int], text: str, start: int, end: int) -> None:
    chars += text[start:end]
    after += range(start + 1, end + 1)


def _after_marks(text: str, start: int, end: int, *, spaced: bool) -> int:
    """The end of a sentence with the citations that follow it and the marks that close its emphasis.

    With ``spaced`` there may be white space before a citation.
    """
    while True:
        before = end
        ahead = len(text) - len(text[end:].lstrip()) if spaced else end
        mark = MARK.match(text, ahead)
        if mark and mark["cite"] is not None:
            end = mark.end()
        end = _after_emphasis(text, start, end)
        if end == before:
            return end


def _after_emphasis(text: str, start: int, end: int) -> int:
    """The end of a sentence whose stop is within emphasis: after the characters that close it."""
    signs = _SIGNS.match(text, end)
    if signs and parsed(text[start:end]).left and not parsed(text[start : signs.end()]).left:
        return signs.end()
    return end


def _sentence(
    located: Located,
    offset: int,
    source: str,
    anchor: str,
    block: str,
    judgement: bool,
    problems: list[Problem],
) -> Sentence:
    citations: list[Citation] = []
    links: list[Link] = []
    for mark in marks(source):
        if mark["cite"] is not None:
            citations.extend(_citations(mark["cite"], located, offset + mark.start("cite"), problems))
        elif mark["target"] is not None:
            kind, _, id_ = mark["target"].partition(":")
            links.append(Link(kind=kind, id=id_, place=located.at(offset + mark.start())))
    words = parsed(source)
    text = words.plain
    report_marks(located, offset, source, problems)
    return Sentence(
        source=source,
        inlines=words.inlines,
        text=text,
        anchor=anchor,
        block=block,
        citations=tuple(citations),
        links=tuple(links),
        judgement=judgement,
        place=located.at(offset),
    )


def _citations(text: str, located: Located, start: int, problems: list[Problem]) -> Iterator[Citation]:
    """The citations of one mark; ``text`` is what follows its ``[@``, and ``start`` the offset of it."""
    mark = located.at(start - 2)
    offset = start
    for number, part in enumerate(text.split(";")):
        words = (f"@{part}" if number == 0 else part).split()
        place = mark if number == 0 else located.at(offset + len(part) - len(part.lstrip()))
        offset += len(part) + 1
        cited = CITED.match(words[0][1:]) if words and words[0].startswith("@") else None
        if cited is None:
            hint = "write [@p12], [@p12; @p13] or [@p12 cell:relation facet:entry]"
            if words and CITED.match(words[0]):
                hint = f"write @{words[0]}"
            problems.append(error(mark, "P008", f"a citation must name a passage: [@{text}]", hint))
            continue
        yield Citation(
            work=cited["work"] or "",
            passage=cited["passage"],
            claims=tuple(_claim(word) for word in words[1:]),
            place=place,
        )


def _claim(word: str) -> Claim:
    negated = word.startswith("!")
    subject, _, value = word.removeprefix("!").partition(":")
    return Claim(subject=subject, value=value, negated=negated)
