"""The tables of pages and of the project file."""

from __future__ import annotations

import re
from typing import Any

from site_builder.model import FORMAT, NOWHERE, Answer, Column, Conversion, Place, Problem, Site
from site_builder.source import yamlio
from site_builder.source.fields import Day, Flag, ListOf, MapOf, OneOf, Shape, fault, optional, required
from site_builder.source.schemas.common import IDENT, SITE_ADDRESS, TERM, TEXT, TEXTS, VERBATIM

FRONT = Shape(
    name="front matter",
    fields={
        "id": required(IDENT),
        "title": required(TEXT),
        "title_en": optional(TEXT),
        "about": optional(TEXT, doc="the subject the page belongs to, as cell:space+"),
        "cites": optional(Flag(), default=True, doc="false for a page that argues nothing"),
    },
    make=dict,
)


STATUSES = ("draft", "released")
"""What a project may say of itself.  Without a word it is a draft."""


class _Format:
    """The number of the format of a project: a whole number from 1 to :data:`FORMAT`.

    Its value is the number and its place.
    """

    def read(self, node: yamlio.Node, faults: list[Problem]) -> Any:
        text = node.text if isinstance(node, yamlio.Scalar) else ""
        if re.fullmatch(r"[1-9][0-9]{0,3}", text):
            if int(text) <= FORMAT:
                return int(text), node.place
            hint = f"this version reads the formats 1 to {FORMAT}; install a newer version of site-builder"
            return fault(faults, node.place, "F010", f"the format {text} is not known", hint)
        hint = f"write 'format: {FORMAT}'; a project without this line has format 1"
        return fault(faults, node.place, "F010", "the format must be a whole number", hint)

    def schema(self) -> dict[str, Any]:
        return {"type": "integer", "minimum": 1, "maximum": FORMAT}


def _conversions(read: dict[str, str], places: dict[str, Place]) -> tuple[Conversion, ...]:
    return tuple(Conversion(word=word, form=form, place=places[word]) for word, form in read.items())


def _site(format: tuple[int, Place], status: str, **values: Any) -> Site:
    return Site(format=format[0], format_place=format[1], released=status == "released", **values)


_COLUMN = Shape(
    name="column",
    fields={
        "facet": required(IDENT),
        "name": required(TEXT),
        "relations": required(ListOf(of=IDENT, least=1)),
    },
    make=Column,
)
SITE = Shape(
    name="project",
    fields={
        "format": optional(_Format(), default=(1, NOWHERE), doc="the format of the files of the project"),
        "title": required(TEXT),
        "title_en": optional(TEXT),
        "subtitle": required(TEXT),
        "description": required(TEXT),
        "publisher": required(TEXT, doc="who answers for the edition"),
        "coder": required(IDENT, doc="whose tags the site shows"),
        "status": optional(
            OneOf(words=STATUSES),
            default="draft",
            doc="draft: what the tags lack is reported; released: it is an error",
        ),
        "version": required(TEXT),
        "date": required(Day()),
        "address": optional(SITE_ADDRESS, doc="the address the site will have, if any"),
        "licences": optional(ListOf(of=TERM), default=()),
        "grid_caption": required(TEXT),
        "grid_note": required(TEXT),
        "facets": required(TEXTS, doc="the facets in the order they are shown"),
        "silence": optional(ListOf(of=_COLUMN), default=()),
        "keep": optional(
            ListOf(of=VERBATIM), default=(), doc="words that conversion must not replace by other words"
        ),
        "conversions": optional(
            MapOf(of=VERBATIM, make=_conversions),
            default=(),
            doc="words and what conversion must make of them",
        ),
        "conversion_note": required(TEXT, doc="what the converted view is, said on every page"),
    },
    make=_site,
)

_ANSWER = Shape(
    name="answer",
    fields={
        "code": required(TEXT, doc="the code of the review, as T006"),
        "block": optional(TEXT, doc="the id of a passage, a heading or an entry, as p12 or people:anna"),
        "path": optional(TEXT, doc="the path of the file, where the review is of no passage or entry"),
        "words": required(VERBATIM, doc="the words that hold what was found, as they stand there"),
        "reason": required(TEXT, doc="why it is right so"),
    },
    make=Answer,
)
REVIEWS = Shape(
    name="file of reviews",
    fields={"reviews": required(ListOf(of=_ANSWER))},
    make=lambda reviews, place: reviews,
)
