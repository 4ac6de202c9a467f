"""Reads REFI-QDA projects (``.qdpx``, or the bare ``.qde``) of this tool and of other programs.

REFI-QDA Project Exchange, versions 1.0 and 1.5 (qdasoftware.org).  A selection of text with codes of the
codebook makes statements: on a part of a passage with these words as evidence, on a whole passage without,
except for a cell, whose evidence is then the whole passage.  The description of a selection and its notes are
the reason for its cell; on a whole passage without a cell they are the note of the passage.  Notes with the
name of gists are gists.  A text or sound that is not in the archive is not fetched.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping
from typing import BinaryIO

from site_builder.edition import quotes
from site_builder.edition.codes import CodeId
from site_builder.edition.index import Index
from site_builder.formats.refi.lines import SEVERAL, Copy, LineRange
from site_builder.formats.refi.sources import copies, selection_values
from site_builder.formats.refi.tables import Note, child_text, children, guid, local, references, tables
from site_builder.importing import Imported, Statement, untrusted
from site_builder.importing.problems import ProblemLog
from site_builder.importing.untrusted import Element, Unsafe
from site_builder.importing.wording import short
from site_builder.model import Heading, Passage, Place, Problem, Project, Quote, Work
from site_builder.model.hints import near
from site_builder.records import dataclass, replace

AROUND = 16
"""Characters of context on each side of a quotation; more if it is not unique with these."""
SELECTIONS = 40_000

LOST = (
    "Whether a quotation was written whole, by its two ends, or with which words of context.",
    "The order of the cells of a passage, where a program has sorted the selections.",
    "That an entry has evidence, where this is the whole passage.",
    "Alternatives, notes of the editors, and edges.",
    "What part of a passage a function was given for: it holds for the whole.",
    "Notes that belong to no selection and do not say where, variables, cases, sets, and what is coded in "
    "other sources.",
)


def read(data: bytes, path: str, project: Project, index: Index) -> Imported:
    """The statements and the problems of the bytes of a file, as :func:`read_file` reads an open file.

    No exception is raised for any bytes; what cannot be read gives one problem (I001), also empty bytes.

    :param path: the path for the places of problems; it is not opened.
    """
    return read_file(io.BytesIO(data), path, project, index)


def read_file(file: BinaryIO, path: str, project: Project, index: Index) -> Imported:
    """The statements and the problems of a file.  Places are lines of ``project.qde``.

    Of an archive, only the project and the texts that it names are read; an address outside of it is not
    followed.  A file that cannot be read, a codebook, or a file with more than 40,000 selections and codings
    gives one problem (I001) and no statements; no exception is raised for any content.

    Only sources that are copies of a work are read.  Statements are in the order of the selections; then
    gists and notes without a selection whose names give their passage.  A coding without a known user belongs
    to the only coder of the file, otherwise to the coder ``coder``. A coding gives one statement, with the
    words of its selection as the only quotation: a cell with several selections gives several statements.
    Functions, and entries on a whole passage, have no quotation.  A code that is not in the codebook gives a
    problem and no statement.  Quotations are not judged here.

    :param file: an open file at its beginning: a zip, or the bare XML.
    :param path: the path for the places of problems; it is not opened.
    """
    try:
        files = _files(file)
        return _Reader(untrusted.xml(files[""]), files, path, project, index).read()
    except Unsafe as error:
        place = Place(path=path, line=error.line, column=error.column)
        return Imported(problems=(Problem(place=place, code="I001", message=str(error), hint=error.hint),))


def _files(file: BinaryIO) -> Mapping[str, bytes]:
    """The files of the archive by their names in lower case; the project has an empty name."""
    begins = file.read(64)
    file.seek(0)
    if begins.lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n").startswith(b"<"):
        return {"": file.read(untrusted.LARGEST + 1)}
    files = _Folded(untrusted.Archive(file))
    named = [name for name in files if name.endswith(".qde") and "/" not in name]
    if not named:
        raise Unsafe("the archive must hold project.qde", "export the project as REFI-QDA (.qdpx)")
    files.names[""] = files.names["project.qde" if "project.qde" in named else named[0]]
    return files


class _Folded(Mapping[str, bytes]):
    """An archive with names in lower case, since programs write folder names in any case."""

    def __init__(self, archive: Mapping[str, bytes]) -> None:
        self.archive = archive
        self.names = {name.lower(): name for name in archive}

    def __getitem__(self, name: str) -> bytes:
        return self.archive[self.names[name]]

    def __iter__(self) -> Iterator[str]:
        return iter(self.names)

    def __len__(self) -> int:
        return len(self.names)


@dataclass(frozen=True, kw_only=True, slots=True)
class _At:
    """A selection: its element, its words, its passage, and its coder."""

    element: Element
    work: str
    passage: str
    range: LineRange
    user: str


class _Reader:
    def __init__(
        self, root: Element, files: Mapping[str, bytes], path: str, project: Project, index: Index
    ) -> None:
        self.root, self.files, self.path = root, files, path
        self.project, self.index = project, index
        self.tables = tables(root, files, project, index)
        self.statements: list[Statement] = []
        self.at: dict[tuple[object, ...], list[int]] = {}
        """Words of a coder → the numbers of the statements about them."""
        self.lone: list[tuple[_At, str, CodeId]] = []
        self.memos: list[tuple[_At, set[str], str]] = []
        """The notes of selections that have only traits and voices, with the coders of these."""
        self.used: set[str] = set()
        self.log = ProblemLog(path)

    def read(self) -> Imported:
        """All statements and problems of the file."""
        count = sum(1 for _ in self.root.iter("{*}PlainTextSelection", "{*}Coding"))
        if local(self.root) != "Project":
            self.report(self.root, "I001", "the file must be a REFI-QDA project", "a codebook holds no tags")
        elif count > SELECTIONS:
            message = f"the file must hold at most {SELECTIONS} selections and codings, not {count}"
            self.report(self.root, "I001", message, "export the work alone")
        else:
            found = copies(self.root, self.files, self.project, self.log)
            for copy, work, selections in found:
                for selection in selections:
                    self.selection(selection, copy, work)
            self.loose_notes()
        renamed = self.tables.renamed
        lost = (f"Names of coders that are no ids: {', '.join(renamed)}.",) if renamed else ()
        return Imported(
            statements=tuple(_joined(list(self.marked()))),
            problems=tuple(
                self.log.all_problems([code.name for code in self.tables.known if code.tag is not None])
            ),
            lost=(*LOST, *lost),
            left_out=self.log.left_out,
        )

    # selections

    def selection(self, element: Element, copy: Copy, work: Work) -> None:
        start, end, words = selection_values(element)
        found = copy.find(start, end, words)
        if isinstance(found, str) or not isinstance(found.block, Passage):
            self.no_passage(element, found, words or copy.words(start, end) or f"{start}–{end}")
            return
        user = guid(element.get("creatingUser") or element.get("modifyingUser"))
        at = _At(element=element, work=work.id, passage=found.block.id, range=found, user=user)
        codings = [
            (one, self.code(one, at), self.reasons(at, references(one)))
            for one in children(element, "Coding")
        ]
        linked = self.tables.linked.get(guid(element.get("guid")), ())
        shared = [child_text(element, "Description"), *self.reasons(at, [*references(element), *linked])]
        shared += [note for _, code, own in codings if code is None or code.kind != "cell" for note in own]
        reason = _together(shared)
        marks = [code for _, code, _ in codings if code is not None and code.kind in ("trait", "voice")]
        for coding, code, own in codings:
            if code is not None and code not in marks:
                self.statement(at, coding, code, _together([reason, *own]), marks)
            elif code is not None:
                self.mark(at, coding, code, [one for _, one, _ in codings if one is not None])
        if marks and all(code is None or code in marks for _, code, _ in codings):
            coders = {
                self.tables.coder(guid(one.get("creatingUser")), user) for one, code, _ in codings if code
            }
            self.memos.append((at, coders, reason))
        elif not any(code is not None and code.kind == "cell" for _, code, _ in codings):
            self.no_cell(at, reason)

    def mark(self, at: _At, coding: Element, code: CodeId, beside: list[CodeId]) -> None:
        """Keep a trait or a voice that is alone at its words: some programs divide selections."""
        tags = [one for one in beside if one.kind not in ("trait", "voice")]
        if not any(code.kind == "voice" or one.id == code.id for one in tags):
            coder = self.tables.coder(guid(coding.get("creatingUser")), at.user)
            self.lone.append((at, coder, code))

    def marked(self) -> Iterator[Statement]:
        """The statements, each with the traits and the voice that are alone at its words.

        A trait without a tag of its cell at the same words is reported.  The notes of a selection without a
        cell are not repeated if a cell at the same words has them: a divided selection has them in each part.
        """
        found = list(self.statements)
        for at, coder, code in self.lone:
            used = False
            for number in self.at.get(_words_of(at, coder), ()):
                if code.kind == "voice" or (found[number].kind, found[number].value) == ("cell", code.id):
                    found[number] = _with_marks(found[number], [code])
                    used = True
            if not used and code.kind == "trait":
                message = f"a trait must be with its cell: {code}{_selection(at.element)}"
                self.report(at.element, "I005", message, f"code the words with {code.id} as well")
        for at, coders, reason in self.memos:
            beside = [found[number] for coder in coders for number in self.at.get(_words_of(at, coder), ())]
            if not any(one.kind == "cell" and reason in one.note for one in beside):
                self.no_cell(at, reason)
        yield from [*found, *self.statements[len(found) :]]

    def no_passage(self, element: Element, found: LineRange | str, words: str) -> None:
        coded = next(children(element, "Coding"), None) is not None
        if isinstance(found, str):
            what = f"{found}: {short(words)}"
            hint = "code each passage by itself" if found == SEVERAL else "select the words again"
        elif isinstance(found.block, Heading):
            what, hint = f"is in a heading: {short(found.words)}", "headings carry no tags"
        else:
            what, hint = f"is in a line of no passage: {short(found.line)}", "code the text as exported"
        message = f"a selection must be in one passage; this one {what}{_selection(element)}"
        times = max(1, sum(1 for _ in children(element, "Coding")))
        level = "error" if coded else "review"
        self.log.report(element.sourceline or 1, "I003", message, hint, level=level, times=times)

    def reasons(self, at: _At, ids: Iterable[str]) -> list[str]:
        """The text of notes; gists and notes of the passage, which have special names, become statements
        instead.
        """
        found = []
        for id_ in dict.fromkeys(ids):
            self.used.add(id_)
            note = self.tables.notes.get(id_) if id_ not in self.tables.editorial else None
            if note is not None and note.kind:
                self.say(note, self.tables.coder(note.user, at.user), at.work, at.passage)
            elif note is not None:
                found.append(note.words)
        return found

    def code(self, coding: Element, at: _At) -> CodeId | None:
        """The tag that a coding makes, if it names a code of the codebook that can be a tag."""
        target = next((guid(one.get("targetGUID")) for one in children(coding, "CodeRef")), "")
        listed = self.tables.codes.get(target)
        code = listed.code if listed else None
        where = f" on {short(at.range.words)}{_selection(at.element)}"
        if listed is None:
            message = f"a coding must name a code of the file{where}"
            self.report(coding, "I005", message, "code the words again")
        elif code is None:
            self.log.unknown_code(coding.sourceline or 1, listed.name, where.strip())
        elif code.tag is None:
            below = [one for one in self.tables.known if one.above == code.id]
            parts = [one.name for one in below if one.tag is None or one.tag.kind != "trait"]
            holds = "a code that only holds others must not be used"
            must = "a cell must be coded in one of its relations" if code.code else holds
            self.report(coding, "I005", f"{must}: {code.name}{where}", near("", parts))
        return code.tag if code is not None else None

    def statement(self, at: _At, coding: Element, code: CodeId, reason: str, marks: Iterable[CodeId]) -> None:
        evident = code.kind == "cell" or (code.kind == "entry" and not at.range.whole)
        coder = self.tables.coder(guid(coding.get("creatingUser")), at.user)
        self.at.setdefault(_words_of(at, coder), []).append(len(self.statements))
        statement = Statement(
            coder=coder,
            work=at.work,
            passage=at.passage,
            kind=code.kind,
            value=code.id,
            facet=code.facet,
            relation=code.relation,
            quotes=(_quote(at.range, self.index.passages[(at.work, at.passage)]),) if evident else (),
            note=reason if code.kind == "cell" else "",
            place=self.place(coding.sourceline),
        )
        self.statements.append(_with_marks(statement, marks))

    def no_cell(self, at: _At, words: str) -> None:
        """The notes of a selection without a cell: for a whole passage they are its note."""
        if words and at.range.whole:
            note = Note(kind="note", words=words, user=at.user, of=None, line=at.element.sourceline or 1)
            self.say(note, self.tables.coder(at.user), at.work, at.passage)
        elif words:
            message = f"a memo must be on a cell or on a whole passage; left out: {short(words)}"
            message += _selection(at.element)
            self.report(at.element, "I005", message, level="review")

    # notes

    def say(self, note: Note, coder: str, work: str, passage: str) -> None:
        if note.words:
            place = self.place(note.line)
            self.statements.append(
                Statement(
                    coder=coder, work=work, passage=passage, kind=note.kind, value=note.words, place=place
                )
            )

    def loose_notes(self) -> None:
        """Gists and notes without a selection that name their passage."""
        for id_, note in self.tables.notes.items():
            if id_ not in self.used and note.of is not None and note.of[:2] in self.index.passages:
                work, passage, coder = note.of
                self.say(note, self.tables.coders.get(note.user, coder), work, passage)

    # log

    def report(self, at: Element, code: str, message: str, hint: str = "", *, level: str = "error") -> None:
        self.log.report(at.sourceline or 1, code, message, hint, level=level)

    def place(self, line: int | None) -> Place:
        return Place(path=self.path, line=line or 1)


def _words_of(at: _At, coder: str) -> tuple[object, ...]:
    """What distinguishes the words of a selection of one coder."""
    return (coder, at.work, at.passage, at.range.start, at.range.end)


def _with_marks(statement: Statement, marks: Iterable[CodeId]) -> Statement:
    """A statement with the traits of its cell, and with a voice for its quotations."""
    marks = list(marks)
    traits = [one.trait for one in marks if one.kind == "trait" and one.id == statement.value]
    voice = next((one.id for one in marks if one.kind == "voice"), "")
    quotes = tuple(replace(one, voice=voice or one.voice) for one in statement.quotes)
    own = dict.fromkeys((*statement.traits, *(traits if statement.kind == "cell" else ())))
    return replace(statement, traits=tuple(own), quotes=quotes)


def _selection(element: Element) -> str:
    """The GUID of a selection for a message, since many programs write a project on one line."""
    found = guid(element.get("guid"))
    return f" (selection {short(found)})" if found else ""


def _quote(line_range: LineRange, passage: Passage) -> Quote:
    """The words with the context that makes them unique, as far as the line has it."""
    line, start, end = line_range.line, line_range.start, line_range.end
    before, after = quotes.context(line, start, end) if line == passage.text else ("", "")
    return Quote(
        text=line_range.words,
        prefix=line[max(0, start - max(AROUND, len(before))) : start],
        suffix=line[end : end + max(AROUND, len(after))],
    )


def _together(notes: Iterable[str]) -> str:
    """Several notes as one text, each once."""
    return "\n".join(dict.fromkeys(filter(None, notes)))


def _joined(statements: list[Statement]) -> Iterator[Statement]:
    """The statements; the reasons of one cell are joined, and the notes of one passage.  None is dropped."""
    reasons: dict[tuple[str, ...], list[str]] = {}
    for statement in statements:
        reasons.setdefault(_key(statement), []).append(
            statement.value if statement.kind == "note" else statement.note
        )
    texts = {key: _together(found) for key, found in reasons.items()}
    reported: set[tuple[str, ...]] = set()
    for statement in statements:
        key = _key(statement)
        if statement.kind != "note":
            yield replace(statement, note=texts[key])
        elif key not in reported:
            yield replace(statement, value=texts[key])
        reported.add(key)


def _key(statement: Statement) -> tuple[str, ...]:
    value = "" if statement.kind == "note" else statement.value
    return (
        statement.coder,
        statement.work,
        statement.passage,
        statement.kind,
        statement.facet,
        value,
        statement.relation,
    )
