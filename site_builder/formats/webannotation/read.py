"""Reads Web Annotations of this tool and of other programs.

Web Annotation Data Model (W3C Recommendation, 23 February 2017): a collection with its pages inside, a page,
one annotation, or a list of any of them; also the formats of Hypothesis (``hypothesis``).  ``targets`` reads
targets and ``bodies`` reads bodies.

A comment is the note of the cell in the same annotation, otherwise the note of the passage.  The coder is the
creator: the name, or the end of the id, as an id of a coder.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from typing import Any

from site_builder.edition.index import Index
from site_builder.formats.webannotation import editorial_ids as editorial
from site_builder.formats.webannotation import hypothesis
from site_builder.formats.webannotation.bodies import Codebook, Content, lacking, left_out, parts
from site_builder.formats.webannotation.json import Finder, held, parsed
from site_builder.formats.webannotation.targets import Aim, Aims
from site_builder.formats.webannotation.values import get, many, types, word, words
from site_builder.importing import TRANSLATED_NOTE, Imported, Statement, coders
from site_builder.importing.coders import NOBODY
from site_builder.importing.problems import ProblemLog
from site_builder.importing.wording import short
from site_builder.model import Place, Problem, Project

LOST = (
    "Whether a quotation was written whole or by its two ends, and with which words of context.",
    "Which of a coder's files a passage was in, and the comments in these files.",
    "A facet that was named for a passage and left empty.",
    "Alternatives, notes of the editors, and edges.",
)
ANNOTATIONS = 40_000
"""The largest number of annotations in a file."""


def read(data: bytes, path: str, project: Project, index: Index) -> Imported:
    """The statements and the problems of a file; no exception is raised for any content.

    A file that is not JSON, has no annotations or more than 40,000 gives one problem (I001) and no
    statements; an empty collection or list is valid.  An annotation with problems can still give the
    statements that are clear.  An annotation with several bodies or targets gives several statements.  One
    without a creator belongs to the coder ``coder``.  A quotation that is not in the passage is kept as it
    is: quotations are not judged here.  What is only named by its address is not fetched and is an error
    (I005).
    """
    content, value, problem = parsed(data, path)
    if problem is not None:
        return Imported(problems=(problem,), lost=LOST)
    reader = _Reader(project, index, path)
    finder = Finder(content, path)
    found = list(islice(held(value), ANNOTATIONS + 1))
    if len(found) > ANNOTATIONS:
        reader.log.add(_too_many(Place(path=path)))
        found = []
    elif not found and not _is_empty(value):
        reader.log.add(_nothing(Place(path=path)))
    reader.collect_creators(found)
    for one in found:
        if isinstance(one, str):
            reader.log.add(_absent(Place(path=path), one))
        else:
            reader.record(one, finder.place(one))
    problems = tuple(reader.log.all_problems(()))
    return Imported(
        statements=tuple(reader.statements), problems=problems, lost=LOST, left_out=reader.log.left_out
    )


def _is_empty(value: object) -> bool:
    """Whether an empty file is valid."""
    return value == [] or bool({"AnnotationCollection", "AnnotationPage"} & set(types(value)))


def _absent(place: Place, iri: str) -> Problem:
    message = f"the file should hold what it names: {short(iri)}"
    hint = "put its pages and annotations into it"
    return Problem(place=place, code="I005", message=message, hint=hint)


def _too_many(place: Place) -> Problem:
    message = f"the file must hold at most {ANNOTATIONS} annotations"
    return Problem(place=place, code="I001", message=message, hint="export the work alone")


def _nothing(place: Place) -> Problem:
    return Problem(
        place=place,
        code="I001",
        message="the file must hold annotations",
        hint="an AnnotationCollection with its pages inside, an AnnotationPage, an Annotation, a list, "
        "or the JSON that Hypothesis exports",
    )


class _Reader:
    """Collects the statements of one file."""

    def __init__(self, project: Project, index: Index, path: str) -> None:
        self.index = index
        self.log = ProblemLog(path)
        self.codebook = Codebook(project, index)
        self.own = editorial.own_ids(project)
        self.aims = Aims(project, index)
        self.coders: dict[str, str] = {}  # creator → coder
        self.statements: list[Statement] = []

    def record(self, record: dict[str, Any], place: Place) -> None:
        """Read an annotation in either format."""
        if not hypothesis.is_record(record):
            self.annotation(record, place)
        elif hypothesis.is_reply(record):
            shown = short(" ".join(words(get(record, "text"))))
            hint = "write it as the note of a cell or a passage"
            self.log.add(lacking(place, f"a reply has no place in tags: {shown}", hint))
        else:
            self.annotation(hypothesis.annotation(record), place)

    def annotation(self, annotation: dict[str, Any], place: Place) -> None:
        if word(get(annotation, "id")) in self.own:
            return  # an alternative, a note or an edge of this edition, which is no tag
        content = self.codebook.content(annotation, place)
        coder = self.coder(get(annotation, "creator"))
        targets = [self.aims.aim(target, place) for target in parts(get(annotation, "target"))]
        if not targets:
            hint = "say which passage it is of"
            self.log.add(
                Problem(place=place, code="I003", message="an annotation must have a target", hint=hint)
            )
        for problem in content.problems:
            self.log.add(problem)
        for aim in targets:
            if isinstance(aim, Problem):
                self.log.add(aim)
            else:
                for problem in (*aim.remarks, *self.misplaced(content, aim, place)):
                    self.log.add(problem)
                self.statements += _statements(content, aim, coder, place)

    def misplaced(self, content: Content, aim: Aim, place: Place) -> Iterator[Problem]:
        """The problems of an annotation that lacks content, or has content that tags cannot express."""
        if not (content.codes or content.gists or content.has_comments or content.has_errors):
            yield lacking(place, "an annotation must say something", "tag it, or take it out")
        quoted = aim.quotes and not aim.whole
        if quoted and content.has_comments and not (content.codes or content.gists or content.has_errors):
            hint = "tag it as well, or let it be of the whole passage"
            yield lacking(place, "a comment on a quotation must stand beside a code", hint)
        elif quoted and content.has_comments and not content.cells and not content.has_errors:
            yield left_out(place, f"a comment on what is no cell ({short(content.comments[0])})")
        text = self.index.passages[(aim.work, aim.passage)].text
        if (content.functions or content.gists) and any(quote.text != text for quote in aim.quotes):
            yield left_out(place, "the quotation of a statement about a whole passage")

    def collect_creators(self, annotations: Iterable[object]) -> None:
        """Collect all creators first, so that two creators never get the same id."""
        named: dict[str, str] = {}
        for one in annotations:
            who, name = _creator(get(one, "creator", "user"))
            named.setdefault(who, name)
        named.pop("", None)
        self.coders = {"": NOBODY} | coders.ids(named)

    def coder(self, creator: object) -> str:
        return self.coders[_creator(creator)[0]]


def _creator(creator: object) -> tuple[str, str]:
    """A value that identifies a creator, and the name for the id: the end of an address."""
    one = next(iter(many(creator)), None)
    given = (one, get(one, "name"), get(one, "nickname"), get(one, "id"))
    named = [name for value in given for name in words(value)]
    if not named:
        return "", ""
    lasts = (re.split(r"[/#:]", name.rstrip("/#"))[-1].partition("@")[0] for name in named if not _UUID(name))
    return word(get(one, "id")) or named[0], next((last for last in lasts if _LETTER.search(last)), "")


_UUID = re.compile("urn:uuid:").match
_LETTER = re.compile("[A-Za-z]")


def _statements(content: Content, aim: Aim, coder: str, place: Place) -> Iterator[Statement]:
    note = "\n".join(content.comments)
    translations = tuple((tag, "\n".join(texts)) for tag, texts in content.translations.items())
    quotes = tuple(replace(quote, voice=content.voice) for quote in aim.quotes)

    def statement(kind: str, value: str, **more: Any) -> Statement:
        return Statement(
            coder=coder, work=aim.work, passage=aim.passage, kind=kind, value=value, place=place, **more
        )

    for function in content.functions:
        yield statement("function", function.id)
    for cell in content.cells:
        yield statement(
            "cell",
            cell.id,
            relation=cell.relation,
            quotes=quotes,
            note=note,
            translations=translations,
            traits=tuple(code.trait for code in content.traits if code.id == cell.id),
        )
    for entry in content.entries:
        yield statement("entry", entry.id, facet=entry.facet, quotes=() if aim.whole else quotes)
    for kind, value in content.gists:
        yield statement(kind, value)
    if not content.cells and (aim.whole or not aim.quotes):
        for kind, value in (
            ("note", note),
            *((f"{TRANSLATED_NOTE}{tag}", text) for tag, text in translations),
        ):
            if value:
                yield statement(kind, value)
