"""Web Annotations, those of our own export and those that other programs make, read into marks.

Web Annotation Data Model (W3C Recommendation, 23 February 2017): a collection with its pages inside, a page,
one annotation, or a list of any of them.  What a target means is said by ``targets``, what a body says by
``bodies``.

A comment is the note of the cell that stands beside it, else the note of the passage.  The coder is the
creator: by the name, or the end of the id, spelled as an id.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from site_builder.intake import Intake, Mark, coders
from site_builder.intake.coders import NOBODY
from site_builder.intake.webannotation.bodies import Codebook, Said, lacking, left_out, parts
from site_builder.intake.webannotation.json import Finder, get, held, many, parsed, types, word, words
from site_builder.intake.webannotation.targets import Aim, Aims
from site_builder.intake.wording import short
from site_builder.links import Links
from site_builder.model import Place, Problem, Project

LOST = (
    "Whether a quotation was written whole or by its two ends, and with which words of context.",
    "Which of a coder's files a passage stood in, and the comments in these files.",
    "A facet that was named for a passage and left empty.",
)
_MOST = 200  # problems that are told one by one


def read(data: bytes, path: str, project: Project, links: Links) -> Intake:
    """What a file says, and every fault of it."""
    content, value, fault = parsed(data, path)
    if fault is not None:
        return Intake(problems=(fault,), lost=LOST)
    reader = _Reader(project, links)
    finder = Finder(content, path)
    found = list(held(value))
    reader.meet(found)
    for one in found:
        if isinstance(one, str):
            reader.problems.append(_absent(Place(path=path), one))
        else:
            reader.annotation(one, finder.place(one))
    if not found and not _is_empty(value):
        reader.problems.append(_nothing(Place(path=path)))
    return Intake(marks=tuple(reader.marks), problems=tuple(_told(reader.problems)), lost=LOST)


def _is_empty(value: object) -> bool:
    """Whether a file may well hold nothing."""
    return value == [] or bool({"AnnotationCollection", "AnnotationPage"} & set(types(value)))


def _absent(place: Place, iri: str) -> Problem:
    message = f"the file must hold what it names: {short(iri)}"
    return Problem(place=place, code="I001", message=message, hint="put its pages and annotations into it")


def _nothing(place: Place) -> Problem:
    return Problem(
        place=place,
        code="I001",
        message="the file must hold Web Annotations",
        hint="an AnnotationCollection with its pages inside, an AnnotationPage, an Annotation, or a list",
    )


def _told(problems: list[Problem]) -> Iterator[Problem]:
    """So many problems as a person can read, and how many there are besides."""
    yield from problems[:_MOST]
    if len(problems) > _MOST:
        more = problems[_MOST:]
        yield Problem(
            place=more[0].place,
            code="I001",
            message=f"the file must have fewer faults: {len(more)} more from here on are not told",
            hint="mend the others first",
            level="error" if any(problem.level == "error" for problem in more) else "review",
        )


class _Reader:
    """Collects the marks of one file."""

    def __init__(self, project: Project, links: Links) -> None:
        self.links = links
        self.codebook = Codebook(project, links)
        self.aims = Aims(project, links)
        self.coders: dict[str, str] = {}  # creator → coder
        self.marks: list[Mark] = []
        self.problems: list[Problem] = []

    def annotation(self, annotation: dict[str, Any], place: Place) -> None:
        said = self.codebook.said(annotation, place)
        coder = self.coder(get(annotation, "creator"))
        targets = [self.aims.aim(target, place) for target in parts(get(annotation, "target"))]
        if not targets:
            hint = "say which passage it is of"
            self.problems.append(
                Problem(place=place, code="I003", message="an annotation must have a target", hint=hint)
            )
        self.problems += said.problems
        for aim in targets:
            if isinstance(aim, Problem):
                self.problems.append(aim)
            else:
                self.problems += (*aim.remarks, *self.misplaced(said, aim, place))
                self.marks += _marks(said, aim, coder, place)

    def misplaced(self, said: Said, aim: Aim, place: Place) -> Iterator[Problem]:
        """What an annotation lacks, and what tags have no place for."""
        if not (said.codes or said.gists or said.comments or said.faulty):
            yield lacking(place, "an annotation must say something", "tag it, or take it out")
        quoted = aim.quotes and not aim.whole
        if quoted and said.comments and not (said.codes or said.gists or said.faulty):
            hint = "tag it as well, or let it be of the whole passage"
            yield lacking(place, "a comment on a quotation must stand beside a code", hint)
        elif quoted and said.comments and not said.pairs and not said.faulty:
            yield left_out(place, f"a comment on what is no cell ({short(said.comments[0])})")
        text = self.links.passages[(aim.work, aim.passage)].text
        if (said.functions or said.gists) and any(quote.text != text for quote in aim.quotes):
            yield left_out(place, "the quotation of what is said of a whole passage")

    def meet(self, annotations: Iterable[object]) -> None:
        """Learn who made them, before any of them is read: two creators never share an id."""
        named: dict[str, str] = {}
        for one in annotations:
            who, name = _creator(get(one, "creator"))
            named.setdefault(who, name)
        named.pop("", None)
        self.coders = {"": NOBODY} | coders.ids(named)

    def coder(self, creator: object) -> str:
        return self.coders[_creator(creator)[0]]


def _creator(creator: object) -> tuple[str, str]:
    """What tells a creator from others, and the name to be spelled as an id: the end of an address."""
    one = next(iter(many(creator)), None)
    given = (one, get(one, "name"), get(one, "nickname"), get(one, "id"))
    named = [name for value in given for name in words(value)]
    if not named:
        return "", ""
    lasts = (re.split(r"[/#:]", name.rstrip("/#"))[-1].partition("@")[0] for name in named if not _UUID(name))
    return word(get(one, "id")) or named[0], next((last for last in lasts if _LETTER.search(last)), "")


_UUID = re.compile("urn:uuid:").match
_LETTER = re.compile("[A-Za-z]")


def _marks(said: Said, aim: Aim, coder: str, place: Place) -> Iterator[Mark]:
    note = "\n".join(said.comments)

    def mark(kind: str, value: str, **more: Any) -> Mark:
        return Mark(
            coder=coder, work=aim.work, passage=aim.passage, kind=kind, value=value, place=place, **more
        )

    for function in said.functions:
        yield mark("function", function)
    for cell, relation in said.pairs:
        yield mark("cell", cell, relation=relation, quotes=aim.quotes, note=note)
    for facet, entry in said.entries:
        yield mark("entry", entry, facet=facet, quotes=() if aim.whole else aim.quotes)
    for kind, value in said.gists:
        yield mark(kind, value)
    if note and not said.pairs and (aim.whole or not aim.quotes):
        yield mark("note", note)
