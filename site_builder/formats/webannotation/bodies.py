"""Reads the bodies of a Web Annotation as codes of the codebook, gists and comments.

A code is given by the address of the page that defines it, or in the words of the editors' prose:
``depth+:shows``, ``methods:survey``, ``function:review``; a cell and a relation can also be separate.
A body without a purpose has the purpose of its annotation, otherwise it is a comment.  ``describing`` is the
gist of a passage, in the language of the body.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from site_builder.edition import addressed, translations
from site_builder.edition.codes import CodeId
from site_builder.edition.index import Index
from site_builder.formats.webannotation.selectors import address
from site_builder.formats.webannotation.values import VOICE, get, many, types, word, words
from site_builder.importing import TRANSLATION
from site_builder.importing.codewords import CodeWords
from site_builder.importing.wording import short
from site_builder.language import tags
from site_builder.model import AUTHOR, VOICES, Place, Problem, Project
from site_builder.model.values import naming

_CODING = ("classifying", "tagging", "identifying")
_PURPOSES = (*_CODING, "describing", "commenting")
_GROUPS = ("Choice", "Composite", "List", "Independents")
_WEB = re.compile(r"[a-z][a-z0-9+.-]*://\S+|(?:urn|mailto|doi):\S+", re.I)


@dataclass(kw_only=True, slots=True)
class Content:
    """The content of all bodies of an annotation.  ``cells`` have their relations, if there are any.

    ``voice`` is that of its quotations.
    """

    cells: list[CodeId] = field(default_factory=list)
    traits: list[CodeId] = field(default_factory=list)
    voice: str = AUTHOR
    entries: list[CodeId] = field(default_factory=list)
    functions: list[CodeId] = field(default_factory=list)
    gists: list[tuple[str, str]] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    translations: dict[str, list[str]] = field(default_factory=dict)
    """Language → comments that are in another language than the editors' prose."""
    problems: list[Problem] = field(default_factory=list)

    @property
    def codes(self) -> bool:
        """Whether there is any tag: a cell with its relation, an entry or a function.  Gists and comments
        are none.
        """
        return bool(self.cells or self.entries or self.functions)

    @property
    def has_comments(self) -> bool:
        """Whether there is a comment, in any language."""
        return bool(self.comments or self.translations)

    @property
    def has_errors(self) -> bool:
        """Whether a body could not be read: a problem is an error.  Reviews do not count."""
        return any(problem.level == "error" for problem in self.problems)


def parts(value: object) -> Iterator[object]:
    """Bodies or targets one by one, in order, including those in lists and groups at any depth.

    A group (``Choice``, ``Composite``, ``List``, ``Independents``) is replaced by its ``items``.  ``None``
    gives nothing; any other value is given as it is, whatever its type.
    """
    ahead = list(reversed(many(value)))
    while ahead:
        one = ahead.pop()
        if isinstance(one, list) or set(types(one)) & set(_GROUPS):
            ahead += reversed(one if isinstance(one, list) else many(get(one, "items")))
        else:
            yield one


class Codebook:
    """The codes that addresses and words mean in the codebook of a project."""

    def __init__(self, project: Project, index: Index) -> None:
        self.words = CodeWords(project, index)
        self.language = project.site.language
        self.translations = translations.languages(project)
        known = addressed.codes(project).items()
        self.pages = {page: code for code, page in known if code.kind not in ("dimension", "facet")}

    def page(self, iri: str) -> CodeId | None:
        """The code that a page of the site defines; ``None`` for other addresses.

        Only the end of the path and the fragment are compared, so the site can have any address.  Pages of
        dimensions and facets are no codes here.  A relation is found alone, never with a cell.
        """
        known = address(iri)
        tail = f"#{known.fragment}" if known.fragment else ""
        return next((self.pages[path + tail] for path, _ in known.endings if path + tail in self.pages), None)

    def content(self, annotation: object, place: Place) -> Content:
        """The content of all bodies of an annotation, and the problems of those that cannot be read.

        An annotation without bodies gives an empty :class:`Content`.  The same tag twice is given once.  A
        body without a known purpose has that of the motivation if this is a single known one, otherwise it
        is a comment.  Targets are not read.

        :param place: the place of every problem.
        """
        motives = [one for one in words(get(annotation, "motivation")) if one in _PURPOSES]
        default = motives[0] if len(motives) == 1 else "commenting"
        content, found = Content(), list[CodeId]()
        for body in (*parts(get(annotation, "body")), *words(get(annotation, "bodyValue"))):
            purposes = [one for one in words(get(body, "purpose")) if one in _PURPOSES]
            code = self.read_body(body, next(iter(purposes), default), content, place)
            found += [code] if code else []
        content.entries += dict.fromkeys(code for code in found if code.kind == "entry")
        content.functions += dict.fromkeys(code for code in found if code.kind == "function")
        self.pair(found, content, place)
        content.traits += dict.fromkeys(code for code in found if code.kind == "trait")
        cells = {code.id for code in content.cells}
        for trait in content.traits:
            if trait.id not in cells:
                hint = f"tag it with {trait.id} as well"
                content.problems.append(lacking(place, f"a trait must be with its cell: {trait}", hint))
        return content

    def read_body(self, body: object, purpose: str, content: Content, place: Place) -> CodeId | None:
        """The code of a body; ``None`` if it is something else, which is added to ``content``.

        An address of a code is a code with any purpose; a text only if the purpose is ``classifying``,
        ``tagging`` or ``identifying``.  With these, an unknown text or address is an error (I002).
        ``voice:reported`` with one of them is the voice, and no error.  Otherwise a text is a gist
        (``describing``; in the language of the body) or a comment, and an address is left out with a review
        (I005).  An empty body adds nothing.
        """
        value, iri = _content(body)
        if purpose in _CODING and value.removeprefix(VOICE) in VOICES and value.startswith(VOICE):
            content.voice = value.removeprefix(VOICE)
            return None
        code = self.page(iri) or (self.words.find(value) if purpose in _CODING else None)
        if code is not None:
            return code
        if purpose in _CODING and (value or iri):
            content.problems.append(self.words.unknown(place, value or iri))
        elif iri:
            content.problems.append(left_out(place, f"a link ({short(iri)})"))
        elif value:
            language = self.translated_into(next(iter(words(get(body, "language"))), ""))
            if purpose == "describing":
                content.gists.append((f"{TRANSLATION}{language}" if language else "gist", value))
            elif language:
                content.translations.setdefault(language, []).append(value)
            else:
                content.comments.append(value)
        return None

    def translated_into(self, language: str) -> str:
        """The language of a translation, as the project spells it (``en`` for ``en-GB``); ``""`` for a text
        that is none.

        A language of which the project has no translation is returned in its usual case (``PT-br`` →
        ``pt-BR``).  A text in the language of the prose, in any script or region, and one in a language that
        is not known, is no translation.
        """
        tag = naming.language_tag(language)
        if not naming.is_language(tag) or tags.same_language(tag, self.language):
            return ""
        known = (one for one in self.translations if tags.same_language(one, tag))
        return tag if tag in self.translations else next(known, tag)

    def pair(self, found: list[CodeId], content: Content, place: Place) -> None:
        """Combine cells and relations: those in one word, and separate ones; the result is added to
        ``content``.

        Separate cells get the separate relation if there is exactly one.  A cell with none or several, or a
        relation without a cell, is an error (I005); in a codebook without relations, a cell has none.  A
        separate cell or relation that also occurs in one word is ignored.
        """
        content.cells += dict.fromkeys(code for code in found if code.relation)
        tagged, related = {code.id for code in content.cells}, {code.relation for code in content.cells}
        apart = dict.fromkeys(code for code in found if not code.relation)
        cells = [code.id for code in apart if code.kind == "cell" and code.id not in tagged]
        relations = [code.id for code in apart if code.kind == "relation" and code.id not in related]
        if not self.words.relations:
            content.cells += [CodeId.cell(cell) for cell in cells]
        elif cells and len(relations) == 1:
            content.cells += [CodeId.cell(cell, relations[0]) for cell in cells]
        elif cells:
            wrong = f"a cell must have one relation: {', '.join(cells)}"
            known = self.words.relations
            hint = f"tag it with {CodeId.cell(cells[0], (relations or known)[0])}"
            content.problems.append(lacking(place, wrong, f"{hint}, or another of {', '.join(known)}"))
        elif relations:
            wrong = f"a relation must be to a cell: {', '.join(relations)}"
            content.problems.append(lacking(place, wrong, f"tag it with a cell, as in CELL:{relations[0]}"))


def _content(body: object) -> tuple[str, str]:
    """The text of a body, or its address if it has no text."""
    if isinstance(body, str):
        value = word(body)
        return ("", value) if _WEB.fullmatch(value) else (value, "")
    source: Any = get(body, "source")
    value = "\n".join(words(get(body, "value")) or words(get(source, "value")))
    iri = word(source) or word(get(source, "id")) or word(get(body, "id"))
    return (value, "") if value else ("", iri)


def lacking(place: Place, message: str, hint: str) -> Problem:
    """The error I005 for an incomplete statement, with the message and the hint as they are given."""
    return Problem(place=place, code="I005", message=message, hint=hint)


def left_out(place: Place, what: str) -> Problem:
    """The review I005 for content that tags cannot express; the rest of the annotation is imported.

    :param what: the content, as the subject of a message: ``a link (https://example.org)``.
    """
    message = f"an annotation should hold what tags can say; {what} was left out"
    return Problem(place=place, code="I005", message=message, hint="write it elsewhere", level="review")
