"""The annotations of the tags, and what the annotations of tags, alternatives, notes and edges share.

Which selectors a target has is described in :mod:`site_builder.formats.webannotation.write`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from site_builder import VERSION
from site_builder.edition import addresses, identifiers, quotes
from site_builder.edition.codes import CodeId
from site_builder.edition.edition import Edition
from site_builder.edition.index import Span
from site_builder.formats import translated
from site_builder.formats.codings import Coding, codings
from site_builder.formats.webannotation.content import Content, Record
from site_builder.formats.webannotation.page_text import PageText, page_text
from site_builder.formats.webannotation.values import VOICE
from site_builder.model import AUTHOR, Localized, Passage, Tagging, Work
from site_builder.site import jsonld

FRAGMENTS = "http://tools.ietf.org/rfc/rfc3236"
"""The definition of fragments of HTML pages that the data model names."""
_TYPES = {"person": "Person", "machine": "Software"}
"""Kinds of coders → their types."""
AROUND = 16
"""Characters of context on each side of a quotation; more if it is not unique with these."""


def dates(edition: Edition) -> Record:
    """``created``, ``modified`` and ``generated``, each with the date of the edition:
    ``2026-11-24T00:00:00Z``.
    """
    day = f"{edition.project.site.date.isoformat()}T00:00:00Z"
    return {"created": day, "modified": day, "generated": day}


def rights(edition: Edition) -> Record:
    """``rights`` with the IRI of the licence of the annotations; ``{}`` if it has no well-known short name.

    The licence is the one with the id ``annotations``, or the only one of the project.
    """
    licences = edition.project.site.licences
    own = [term for term in licences if term.id == "annotations" or len(licences) == 1]
    iri = jsonld.licence(own[0]) if own else ""
    return {"rights": iri} if iri else {}


def publisher(edition: Edition) -> Record:
    """The publisher of the edition, who is the creator of notes and edges: ``id``, a ``urn:uuid:…``, and
    ``name`` as the site has it.
    """
    project = edition.project
    return {"id": identifiers.urn(project, "publisher"), "name": project.site.publisher}


def generator(edition: Edition) -> Record:
    """The program that made the annotations: ``id`` (a ``urn:uuid:…``), ``type`` (``Software``), ``name``
    with the version (``site-builder VERSION``).
    """
    return {
        "id": identifiers.urn(edition.project, "generator"),
        "type": "Software",
        "name": f"site-builder {VERSION}",
    }


class Scribe:
    """Writes the annotations of one work.

    :param reading: returns the reading page of the work in the first view, as HTML; it is not called if the
        text may not be published.
    """

    def __init__(self, edition: Edition, work: Work, reading: Callable[[Work], str]) -> None:
        self.edition = edition
        self.project = edition.project
        self.work = work
        self.language = edition.project.site.language
        self.languages = (self.language, *edition.languages)
        self.seen: Counter[tuple[str, ...]] = Counter()
        self.reading: PageText | None = page_text(reading(work)) if edition.with_text else None

    def items(self) -> Iterator[Record]:
        """The annotations of all tags of all coders, in the order of :func:`.tagged.of_works`.

        For each tagged passage, first those of :meth:`whole` (function, gist and note), then those of
        :meth:`coding` for each cell and each entry: one for each quotation, or one for a tag without a
        quotation.  None without tags.
        """
        for tagging, passage in self.edition.tagged[self.work.id]:
            yield from self.whole(tagging, passage)
            for coding in codings(self.edition.index, tagging, passage):
                yield from self.coding(coding)

    def whole(self, tagging: Tagging, passage: Passage) -> Iterator[Record]:
        """The statements of a coder about a whole passage: an annotation each of the function, the gist and
        the note.

        The translations of a gist or a note are bodies of the same annotation.  A statement without words has
        no annotation.
        """
        content = {"function": self.function(tagging.function) if tagging.function else Content()}
        for kind, purpose, text in (
            ("gist", "describing", tagging.gist),
            ("note", "commenting", tagging.note),
        ):
            texts = translated.values(self.edition, kind, text).items()
            for (name, words), language in zip(texts, self.languages, strict=True):
                content[name] = Content().text(purpose, words, language)
        for kind, one in content.items():
            if one.bodies:
                key = (tagging.coder, tagging.work, passage.id, kind)
                yield self.annotation(key, one, self.target(passage))

    def function(self, id_: str) -> Content:
        """The bodies of a function: the page that defines it, then its code as text (``function:review``).

        :param id_: the id of the function in the codebook; another one raises ``KeyError``.
        """
        code = CodeId.of("function", id_)
        return Content().page(self.page(code)).text("tagging", str(code))

    def coding(self, coding: Coding) -> Iterator[Record]:
        """The annotations of one tag: one for each quotation, or one for the whole passage if it has no
        quotation.
        """
        if not coding.evidence:
            content = self.content(coding, AUTHOR)
            yield self.annotation(coding.key, content, self.target(coding.passage))
        for span, words, voice in zip(coding.evidence, coding.quotations, coding.voices, strict=True):
            target = self.target(coding.passage, span)
            yield self.annotation((*coding.key, words), self.content(coding, voice), target)

    def content(self, coding: Coding, voice: str) -> Content:
        """The bodies of a tag, in this order: the pages of the code and of its relation, the code as text,
        page and text of each trait, the voice, the note of the tag with its translations.

        The voice is ``voice:reported``; none for the author's own.  An empty note has no body.
        """
        content = Content().page(self.page(coding.code_id.whole))
        if coding.relation:
            content.page(self.page(CodeId.of("relation", coding.relation)))
        content.text("tagging", str(coding.code_id))
        for trait in coding.traits:
            content.page(self.page(trait)).text("tagging", str(trait))
        content.text("tagging", f"{VOICE}{voice}" if voice != AUTHOR else "")
        self.texts(content, "commenting", coding.note)
        return content

    def texts(self, content: Content, purpose: str, text: Localized) -> None:
        """Add a text of the editors with its translations to ``content``, each as a body in its language;
        empty ones add nothing.
        """
        content.text(purpose, text, self.language)
        for tag in self.edition.languages:
            content.text(purpose, text.of(tag), tag)

    def page(self, code: CodeId) -> str:
        """The IRI of the page that defines a code.

        It is absolute, as :func:`.identifiers.iri` makes it:
        ``https://example.org/grid/depth-positive.html``.

        :raises KeyError: for an unknown code, and for a cell with a relation.
        """
        return identifiers.iri(self.project, self.edition.code_addresses[code])

    def target(self, passage: Passage, span: Span | None = None) -> Record:
        """A passage of the work, or with ``span`` a range of it, as ``type``, ``source`` and ``selector``.

        ``source`` is the IRI of the reading page, without an anchor.  ``selector`` is a list: first the
        fragment with the id of the passage, which the range refines, then quotation and position in the text
        of the page.  A quotation has ``exact``, and as ``prefix`` and ``suffix`` 16 characters or more, as
        far as the text has them, until it is unique on the page.  Quotations, and what is of the page, are
        left out if no text may be published.
        """
        fragment: Record = {"type": "FragmentSelector", "conformsTo": FRAGMENTS, "value": passage.id}
        page = self.reading
        if span is not None:
            within = [_quote(passage.text, span, page.text)] if page else []
            fragment["refinedBy"] = [*within, _position(span)]
        selectors = [fragment]
        if page:
            start, end = span or (0, len(passage.text))
            selectors += _on_page(page, passage, (start, end))
        return {
            "type": "SpecificResource",
            "source": identifiers.iri(self.project, addresses.reading(self.work.id)),
            "selector": selectors,
        }

    def annotation(self, key: tuple[str, ...], content: Content, target: Record) -> Record:
        """One annotation, as :meth:`record` gives it, with an id made from ``key``: ``urn:uuid:…``.

        The id stays the same while the same coder quotes the same words for the same tag; content and target
        do not change it.  If a key is given again, its number of uses, which ``seen`` counts, is a part of
        the id, so each id occurs once.

        :param key: what distinguishes the annotation, the coder first.
        """
        again = self.seen[key]
        self.seen[key] += 1
        id_ = identifiers.urn(self.project, "annotation", *key, *([str(again)] if again else []))
        return self.record(id_, key[0], content, target)

    def creator(self, coder: str) -> Record:
        """A coder as ``id``, ``type`` and ``name``; without ``type`` if the project has no record of it.

        ``id`` is a ``urn:uuid:…``; the name is the id of the coder.  ``type`` is ``Person`` or ``Software``.
        """
        known = self.edition.coders.get(coder)
        type_ = {"type": _TYPES[known.kind]} if known else {}
        return {"id": identifiers.urn(self.project, "coder", coder), **type_, "name": coder}

    def record(self, id_: str, coder: str, content: Content, target: Record) -> Record:
        """An annotation with everything that all annotations have: creator, dates, generator, rights.

        ``body`` is the only body, or a list of several.  ``created`` is the date in the record of the coder,
        otherwise that of the edition; ``modified`` and ``generated`` are always that of the edition.  A
        content without bodies raises ``IndexError``.

        :param coder: the coder who made it; ``""`` for the editors.
        """
        made = dates(self.edition)
        known = self.edition.coders.get(coder)
        if known is not None:
            made["created"] = f"{known.date.isoformat()}T00:00:00Z"
        return {
            "id": id_,
            "type": "Annotation",
            "motivation": content.motivation,
            "creator": self.creator(coder) if coder else publisher(self.edition),
            **made,
            "generator": generator(self.edition),
            **rights(self.edition),
            "body": content.bodies if len(content.bodies) > 1 else content.bodies[0],
            "target": target,
        }


def _position(span: Span) -> Record:
    return {"type": "TextPositionSelector", "start": span[0], "end": span[1]}


def _quote(text: str, span: Span, whole: str) -> Record:
    """A quotation, with the context in ``text`` that makes it unique in the larger text ``whole``, if
    possible.
    """
    return _quoted(text, span, _around(text, span, whole))


def _quoted(text: str, span: Span, context: Span) -> Record:
    """The words of a range, and those between it and the ends of its context."""
    (start, end), (first, last) = span, context
    return {
        "type": "TextQuoteSelector",
        "exact": text[start:end],
        "prefix": text[first:start],
        "suffix": text[end:last],
    }


def _on_page(page: PageText, passage: Passage, span: Span) -> list[Record]:
    """Quotation and position of a range of a passage in the text of its page.

    The context is from the passage if that makes the words unique on the page, otherwise from the page.
    """
    base = page.starts[passage.id]
    start, end = base + span[0], base + span[1]
    first, last = _around(passage.text, span, page.text)
    context = (base + first, base + last)
    if len(quotes.occurrences(page.text[slice(*context)], page.text)) > 1:
        context = _around(page.text, (start, end), page.text)
    return [_quoted(page.text, (start, end), context), _position((start, end))]


def _around(text: str, span: Span, whole: str) -> Span:
    """Start and end of the context that makes a range unique in ``whole``.

    The context has at least :data:`AROUND` characters on each side if the text has them; it is the whole text
    if nothing less is unique.
    """
    start, end = span
    size = AROUND
    while size < len(text):
        if len(quotes.occurrences(text[max(0, start - size) : end + size], whole)) == 1:
            break
        size += AROUND
    return max(0, start - size), min(len(text), end + size)
