"""Reads tags from a CSV table: our own ``passages.csv``, also after changes by a person or a spreadsheet.

Columns can be in any order; unknown ones are ignored and reported.  A row names its passage (``passage``;
also ``work`` if there are several) and one statement of a coder.  A tag is given by ``kind``, ``facet`` and
``code``, or in one word (``tag``: ``depth+``, ``depth+:shows``, ``methods:survey``,
``function:review``), with ``relation``, ``traits``, ``tag_note`` and its evidence, ``quote_1``, ``start_1``,
``end_1``, ``voice_1`` and so on.  ``function``, ``gist``, its translations such as ``gist_en``, and ``note``
describe the whole passage.  Positions count code points from 0, the end exclusive.  Descriptive columns
(``number``, ``text``, ``name``…) are not read.

Words take precedence over positions.  A position chooses between several places of the same words, and
replaces words that are not given.  Words of a converted text become those of the edition at the same place.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from site_builder.edition import anchors, quotes
from site_builder.edition.codes import CodeId
from site_builder.edition.index import Index, Key
from site_builder.edition.locale import locales
from site_builder.formats.tables.codes import Tags, Unusable
from site_builder.formats.tables.fields import conversion_column, groups, voice
from site_builder.formats.tables.sheet import Row, Sheet, sheet
from site_builder.importing import TRANSLATED_NOTE, TRANSLATION, Imported, Statement, coders
from site_builder.importing.coders import NOBODY
from site_builder.importing.codewords import CodeWords
from site_builder.importing.problems import ProblemLog
from site_builder.importing.unbroken import unbroken
from site_builder.importing.wording import short
from site_builder.model import AUTHOR, VOICES, Place, Project, Quote
from site_builder.model.hints import near
from site_builder.model.values import naming

LOST = (
    "Whether a quotation was written whole or by its two ends, and with which words of context.",
    "Which of a coder's files a passage was in, and the comments in these files.",
    "A facet that was named for a passage and left empty.",
    "The order of the tags of a passage, where the rows were sorted.",
    "What was changed in a column that only describes.",
    "Alternatives, notes of the editors, and edges, which are in tables of their own.",
    "Whether the text has changed, where a quotation is given by its position alone.",
    "An apostrophe at the beginning of a cell before =, +, - or @: it is read as that of a spreadsheet.",
)

_WHOLE = ("function", "gist", "note")
_TAG = ("tag", "kind", "facet", "code", "relation", "traits", "tag_note")
_REASON = "tag_note_"
"""The beginning of the column of a translated reason."""
_READ = ("work", "passage", "coder", *_WHOLE, *_TAG)
_DESCRIBING = ("number", "label", "headings", "text", "text_hans", "text_hant", "name")
_EVIDENCE = re.compile(r"(quote|start|end|voice)_?([0-9]{0,3})")
_NAMED = 12  # coders that a message names
_NUMBER = re.compile(r"([0-9]{1,9})(?:[.,]0+)?")  # a spreadsheet can turn 12 into 12.0


def column(name: str) -> str:
    """The column that a name in the first line means; ``""`` for a name that is not read.

    Case does not matter, and spaces, hyphens and underscores are the same.  Descriptive columns of our own
    table (``number``, ``text``) are not read.

    Several spaces count as one, and those at the ends are ignored.  A translation has the tag of its language
    in the usual case: ``gist zh hans`` is ``gist_zh-Hans``.  Only ``quote``, ``start``, ``end`` and ``voice``
    have a number; without one it is 1.

    >>> [column(name) for name in ("Quote 1", "end", "tag-note", "text", "colour")]
    ['quote_1', 'end_1', 'tag_note', '', '']
    """
    spelled = _spelled(name)
    found = _EVIDENCE.fullmatch(spelled)
    if found:
        return f"{found[1]}_{int(found[2] or 1)}"
    return spelled if spelled in _READ else _translation(spelled)


def _translation(spelled: str) -> str:
    """The column of a translated gist or note, with the tag of its language in the usual case:
    ``gist_zh-Hans``.
    """
    found = re.fullmatch(f"({TRANSLATION}|{TRANSLATED_NOTE}|{_REASON})(.+)", spelled)
    tag = found[2].replace("_", "-") if found else ""
    return f"{found[1]}{naming.language_tag(tag)}" if found and naming.is_language(tag) else ""


def _is_whole(column: str) -> bool:
    """Whether a column describes the whole passage."""
    return column in _WHOLE or column.startswith((TRANSLATION, TRANSLATED_NOTE))


def _spelled(name: str) -> str:
    return re.sub(r"[\s_-]+", "_", name.strip().lower())


def read(data: bytes, path: str, project: Project, index: Index) -> Imported:
    """The statements and the problems of a file.  The place of each is the line on which its row begins.

    The column ``passage`` is required; ``work`` if there are several works; and one of ``tag``, ``code``,
    ``function``, ``gist``, ``gist_en`` for any language, ``note``.  Without these, or if the file cannot be
    read, there are problems and no statements; no exception is raised.

    Statements are in the order of the rows.  A row gives those about its whole passage, then its tag; a row
    with a wrong tag still gives the former.  A function, gist or note that a coder repeats in several rows
    of a passage is given once.  A row without a coder belongs to the coder ``coder``.  A quotation that is
    not in the passage is kept as it is: quotations are not judged here.
    """
    log = ProblemLog(path)
    found = sheet(data, log, column, _Meant(project, index))
    reader = _Reader(project, index, log, found)
    if found.columns and reader.complete(found):
        for row in found.rows:
            reader.row(row)
    reader.tags.report_unknown()
    problems = sorted(log.all_problems(()), key=lambda problem: problem.place)
    renamed = [f"{short(name)} ({id_})" for name, id_ in reader.coders.items() if name != id_]
    more = f" and {len(renamed) - _NAMED} more" if len(renamed) > _NAMED else ""
    lost = (f"Names of coders that are no ids: {', '.join(renamed[:_NAMED])}{more}.",) if renamed else ()
    return Imported(
        statements=tuple(reader.statements),
        problems=tuple(problems),
        lost=(*LOST, *lost),
        left_out=log.left_out,
    )


class _Meant:
    """Whether a word such as NA is a value of a column; ``None`` for columns of free text."""

    def __init__(self, project: Project, index: Index) -> None:
        words = CodeWords(project, index).by_id
        self.known = {
            "work": {*index.works},
            "passage": {passage for _, passage in index.passages},
            "coder": set[str](),
            "kind": set[str](),
            "facet": {*index.facets},
            "code": {code.id for code in words.values()},
            "tag": {*words},
            "relation": {term.id for term in project.grid.relations},
            "function": {term.id for term in project.grid.functions},
        }

    def __call__(self, column: str, word: str) -> bool | None:
        if column.startswith(("start_", "end_")):
            return False
        if column.startswith("voice_"):
            return word in VOICES
        known = self.known.get(column)
        return None if known is None else word in known


class _Reader:
    def __init__(self, project: Project, index: Index, log: ProblemLog, found: Sheet) -> None:
        self.project, self.index, self.log = project, index, log
        self.tags = Tags(project, index, log)
        self.coders = _coders(found)
        stems = {name.rpartition("_")[2] for name in found.columns if _EVIDENCE.fullmatch(name)}
        self.groups = sorted(map(int, stems))
        self.kinds = sorted(filter(_is_whole, found.columns), key=lambda one: (one.startswith("note"), one))
        self.repeated: set[tuple[str, ...]] = set()
        self.converted = [view for view in locales(project) if view.is_converted]
        self.shown: dict[Key, dict[str, str]] = {}
        self.statements: list[Statement] = []

    def complete(self, found: Sheet) -> bool:
        """Whether the required columns are present; missing ones are reported."""
        lacking = [] if "passage" in found.columns else ["passage"]
        if "work" not in found.columns and len(self.index.works) > 1:
            lacking.append("work")
        if not {"tag", "code"} & {*found.columns} and not self.kinds:
            lacking.append("tag")
        for name in lacking:
            message = f"the first line must name the column '{name}'"
            self.report(1, "I001", message, "add it, or export it again")
        unread = [n for n, c in zip(found.names, found.columns, strict=True) if n and not c]
        unread = [name for name in unread if _spelled(name) not in _DESCRIBING]
        if unread:
            message = f"a column should be one that is read; left alone: {short(', '.join(unread))}"
            self.report(1, "I001", message, near(_spelled(unread[0]), _READ), level="review")
        return not lacking

    def row(self, row: Row) -> None:
        tag, unusable = None, False
        try:
            tag = self.tags.of_row(row)
        except Unusable:
            unusable = True
        key = self.key(row)
        if key is None:
            return
        coder = self.coders[row["coder"] or NOBODY]
        for kind in self.kinds:
            self.whole(row, coder, key, kind, row[kind])
        if tag is None:
            if not unusable:
                self.untagged(row)
        elif tag.kind == "function":
            self.whole(row, coder, key, "function", tag.id)
        else:
            self.tag(row, coder, key, tag)

    def key(self, row: Row) -> Key | None:
        """The passage of a row."""
        work = row["work"] or self.index.single_work
        id_ = row["passage"]
        if not work or not id_:
            lacking = "passage" if work else "work"
            self.report(row.line, "I005", f"a row must name its {lacking}", "fill it in, or take the row out")
        elif work not in self.index.works:
            self.tags.unknown(row.line, "I003", "work", work, self.index.works)
        elif (work, id_) not in self.index.passages:
            known = [passage for other, passage in self.index.passages if other == work]
            went = [one for one in anchors.successors(self.index.works[work].ledger, id_) if one != id_]
            hint = f"its words went to {', '.join(went)}" if went else ""
            self.tags.unknown(row.line, "I003", "passage", id_, known, hint)
        else:
            return work, id_
        return None

    def whole(self, row: Row, coder: str, key: Key, kind: str, value: str) -> None:
        """Add a statement about a whole passage; a value that a coder repeats in rows is added once."""
        if kind == "function" and value and value not in self.tags.words.functions:
            self.tags.unknown(row.line, "I002", "function", value, self.tags.words.functions)
        elif value and (coder, *key, kind, value) not in self.repeated:
            self.repeated.add((coder, *key, kind, value))
            self.statement(row, coder, key, kind=kind, value=value)

    def untagged(self, row: Row) -> None:
        """Report what only a row with a tag can have."""
        own = ("relation", "traits")
        lone = [
            name
            for name in row.cells
            if name in own or name.startswith("tag_note") or _EVIDENCE.fullmatch(name)
        ]
        if lone:
            hint = "name it: tag, or kind and code"
            self.report(row.line, "I005", f"a row with a {lone[0]} must have a tag", hint)

    def tag(self, row: Row, coder: str, key: Key, tag: CodeId) -> None:
        given = [number for number in self.groups if any(row[name] for name in groups(number))]
        found = [quote for number in given if (quote := self.quotation(row, key, number)) is not None]
        note = row["tag_note"]
        translations = tuple(
            (name.removeprefix(_REASON), row[name]) for name in row.cells if name.startswith(_REASON)
        )
        if tag.kind == "cell" and not given:
            hint = "quote the words that it rests on: quote_1"
            self.report(row.line, "I005", f"a cell must have evidence: {tag.whole} of {key[1]}", hint)
        if not found and (given or tag.kind == "cell"):
            return
        if note and tag.kind != "cell":
            message = f"only a cell should have a reason; that of {tag} was left out: {short(note)}"
            self.report(row.line, "I005", message, "write it into the note of the passage", level="review")
            note, translations = "", ()
        code = {"kind": tag.kind, "value": tag.id, "facet": tag.facet, "relation": tag.relation}
        traits = self.traits(row, tag)
        more = {"note": note, "translations": translations, "traits": traits}
        self.statement(row, coder, key, **code, quotes=tuple(found), **more)

    def traits(self, row: Row, tag: CodeId) -> tuple[str, ...]:
        """The traits that a row names; one that the cell does not have is reported and left out."""
        found = []
        for name in row["traits"].replace(",", " ").split():
            code = CodeId.trait_of(tag.id, name.removeprefix(f"{tag.id}/"))
            if tag.kind == "cell" and str(code) in self.index.codes:
                found.append(code.trait)
            else:
                known = [code.trait for code in self.index.codes.values() if code.kind == "trait"]
                self.tags.unknown(row.line, "I002", f"trait of {tag.whole}", name, known)
        return tuple(dict.fromkeys(found))

    # evidence

    def quotation(self, row: Row, key: Key, number: int) -> Quote | None:
        """One quotation, by its words or by its position."""
        words, *ends = groups(number)
        wrong = next((name for name in ends if row[name] and not _NUMBER.fullmatch(row[name])), "")
        if wrong:
            hint = "count the characters before it, from 0, or empty it"
            self.report(row.line, "I005", f"{wrong} must be a whole number: {short(row[wrong])}", hint)
            return None
        start, end = (int(re.split("[.,]", row[name])[0]) if row[name] else -1 for name in ends)
        found = self.placed(row, key, words, ends, start, end)
        return replace(found, voice=self.voice(row, number)) if found is not None else None

    def voice(self, row: Row, number: int) -> str:
        """The voice of a quotation; one that does not exist is reported, and the author's is taken."""
        given = row[voice(number)]
        if given and given not in VOICES:
            message = f"{voice(number)} must be one of {', '.join(VOICES)}: {short(given)}"
            self.report(row.line, "I005", message, near(given, VOICES), level="review")
        return given if given in VOICES else AUTHOR

    def placed(self, row: Row, key: Key, words: str, ends: list[str], start: int, end: int) -> Quote | None:
        """A quotation by its words, or by its position if it has no words."""
        if row[words]:
            return self.quoted(row, key, row[words], start)
        text = self.index.passages[key].text
        if not 0 <= start < end <= len(text):
            message = f"{ends[0]} and {ends[1]} must be in the {len(text)} characters of {key[1]}"
            self.report(row.line, "I005", message, f"or write the words: {words}")
            return None
        return quotes.placed(text, start, end, self.place(row))

    def quoted(self, row: Row, key: Key, words: str, start: int) -> Quote:
        """The words with their context if their place is clear; otherwise as they are given, for a
        verdict.
        """
        text = self.index.passages[key].text
        if words not in text:
            joined = ((unbroken(words, one), one) for one in (text, *self.conversions(key).values()))
            words = next((one for one, shown in joined if one in shown), words)
        exact = quotes.occurrences(words, text)
        column, starts = "", exact
        if not exact:
            column, starts = self.in_conversion(key, words)
        at = start if start in starts else starts[0] if len(starts) == 1 else -1
        if at < 0:
            return Quote(text=words, place=self.place(row))
        found = quotes.placed(text, at, at + len(words), self.place(row))
        if not exact:
            message = f"words should be quoted from text, not from {column}: {short(words)}"
            hint = f"the edition has {short(found.text)} there, which was taken"
            self.report(row.line, "I005", message, hint, level="review")
        elif start not in (-1, at):
            message = f"words and position should mean the same: {short(words)}"
            self.report(
                row.line, "I005", message, f"the words are at {at}; they were imported", level="review"
            )
        return found

    def in_conversion(self, key: Key, words: str) -> tuple[str, tuple[int, ...]]:
        """The column of a converted text that has the words, and their places in it; ``""`` if none has."""
        for column, text in self.conversions(key).items():
            starts = quotes.occurrences(words, text)
            if starts:
                return column, starts
        return "", ()

    def conversions(self, key: Key) -> dict[str, str]:
        """Column → the text of a passage as the view of that column shows it."""
        if key not in self.shown:
            text = self.index.passages[key].text
            self.shown[key] = {conversion_column(view): view.convert(text) for view in self.converted}
        return self.shown[key]

    # results

    def statement(self, row: Row, coder: str, key: Key, **more: Any) -> None:
        work, passage = key
        self.statements.append(
            Statement(
                coder=coder,
                work=work,
                passage=passage,
                place=self.place(row),
                **more,
            )
        )

    def place(self, row: Row) -> Place:
        return Place(path=self.log.path, line=row.line)

    def report(self, line: int, code: str, message: str, hint: str, *, level: str = "error") -> None:
        self.log.report(line, code, message, hint, level=level)


def _coders(found: Sheet) -> dict[str, str]:
    """The name of each coder in the table → the id of the coder."""
    return {NOBODY: NOBODY} | coders.ids({name: name for row in found.rows if (name := row["coder"])})
