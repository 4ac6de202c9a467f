"""``data/annotations.jsonld``: every coder's tags, as programs that annotate web pages read them.

Web Annotation Data Model and Web Annotation Vocabulary (W3C Recommendations of 23 February 2017), as one
``AnnotationCollection`` with one embedded page; a large one has its pages in files of their own.

Each quotation of evidence is an annotation with one target, the reading page in Traditional, and three
selectors, each of which is sufficient:

- a FragmentSelector of the element that contains exactly the words of a passage (``#p12``), refined by the
  words (TextQuoteSelector) and by their position in the passage (TextPositionSelector);
- a TextQuoteSelector, with words and context that occur on the page once;
- a TextPositionSelector, which counts from the beginning of ``<body>``
  (:mod:`site_builder.formats.webannotation.page_text`).

Most programs read the last two, and neither ``refinedBy`` nor fragments.  A statement about a whole passage
has the FragmentSelector without ``refinedBy``, and the whole passage as its quotation and position.
Positions are code points, start inclusive, end exclusive.

A tag is given twice: by the addresses of the pages that define it (``classifying``), and in the form of a
claim in the editors' prose (``depth+:shows``, ``methods:survey``, ``function:review``; ``tagging``).  The
traits that a cell rests on are given in the same way (``depth+/noise``).  A voice that is not the author's is
a tag, ``voice:reported``.

Behind the tags of the coders are their alternatives (``questioning``), the notes of the editors
(``commenting``) and the edges with evidence (``linking``), see
:mod:`site_builder.formats.webannotation.editorial`.

The dates are that of the version.  A coder in ``annotations/coders.yaml`` has a type, and its annotations
have its date as that of their creation; another coder has a name and no type.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence

from site_builder.edition import addresses, identifiers
from site_builder.edition.edition import Edition
from site_builder.formats.webannotation import editorial
from site_builder.formats.webannotation.content import Record
from site_builder.formats.webannotation.scribe import Scribe, dates, generator, publisher, rights
from site_builder.model import Edge, Work

FILE = "annotations.jsonld"
PAGE = "annotations/{number}.jsonld"
"""A page of a collection that is too long for one file, numbered from 1."""
CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_BETWEEN, _ITEMS = "\0", "\0\0"
"""What is between annotations, and where all of them are in a page: JSON contains no such character."""


def of_work(edition: Edition, work: Work, reading: Callable[[Work], str]) -> dict[str, bytes]:
    """What :func:`collection` has of one work, by parts: ``tags``, ``alternatives``, ``notes``, and for each
    quotation of an edge that is in the work the id of the edge and its number there, ``edge noise 2``.

    A part is annotations as JSON, each on lines of its own, with :data:`_BETWEEN` between them.  A part
    without annotations is left out.

    :param reading: as that of :class:`.Scribe`.
    """
    scribe = Scribe(edition, work, reading)
    parts = {
        "tags": scribe.items(),
        "alternatives": editorial.alternatives(scribe),
        "notes": editorial.notes(scribe),
        **{_quotation(edge, number): (one,) for edge, number, one in editorial.edges(scribe)},
    }
    found = {name: _BETWEEN.join(map(_item, records)) for name, records in parts.items()}
    return {name: items.encode() for name, items in found.items() if items}


def _quotation(edge: Edge, number: int) -> str:
    return f"edge {edge.id} {number}"


def _item(record: Record) -> str:
    return json.dumps(record, ensure_ascii=False, indent=1)


def collection(edition: Edition, works: Sequence[Mapping[str, bytes]]) -> dict[str, bytes]:
    """The files, by their names in ``data/``: ``annotations.jsonld``, with the tags of all coders.

    With more annotations than a file can have (:attr:`.sizes.Sizes.annotations`) the pages of the collection
    are files of their own, ``annotations/1.jsonld`` and so on, and the collection names the first and the
    last.

    The annotations are work by work, coder by coder and passage by passage (:meth:`.Scribe.items`): function,
    gist, note, then cells and entries.  All alternatives, notes and edges of the edition come last.  What is
    absent has no annotation.  A tag with several quotations has one annotation for each; one without has one
    for the whole passage.

    If the text may not be published, no page contains it.  There are then only FragmentSelectors, which quote
    nothing and keep the positions within each passage.

    :param works: for each work what :func:`of_work` gives, in their order.
    """
    project, site = edition.project, edition.project.site
    collection, page = (
        identifiers.urn(project, "annotations"),
        identifiers.urn(project, "annotations", "page"),
    )
    items = [*_items(edition, works)]
    whole = {
        "@context": CONTEXT,
        "id": collection,
        "type": "AnnotationCollection",
        "label": site.title,
        "creator": publisher(edition),
        **dates(edition),
        "generator": generator(edition),
        **rights(edition),
        "total": len(items),
    }
    most = edition.sizes.annotations
    if len(items) > most:
        parts = [items[start : start + most] for start in range(0, len(items), most)]
        iris = [_page_iri(edition, number) for number in range(1, len(parts) + 1)]
        files = {FILE: _bytes({**whole, "first": iris[0], "last": iris[-1]})}
        for number, found in enumerate(parts):
            files[PAGE.format(number=number + 1)] = _with(
                {
                    "@context": CONTEXT,
                    "id": iris[number],
                    "type": "AnnotationPage",
                    "partOf": collection,
                    **({"prev": iris[number - 1]} if number else {}),
                    **({"next": iris[number + 1]} if number + 1 < len(parts) else {}),
                    "startIndex": number * most,
                    "items": _ITEMS,
                },
                found,
                level=2,
            )
        return files
    first = {
        "id": page,
        "type": "AnnotationPage",
        "partOf": collection,
        "startIndex": 0,
        "items": _ITEMS,
    }
    return {FILE: _with({**whole, "first": first, "last": page}, items, level=3)}


def _items(edition: Edition, works: Sequence[Mapping[str, bytes]]) -> Iterator[str]:
    """All annotations as JSON, in the order of :func:`collection`."""
    for name in ("tags", "alternatives", "notes"):
        for work in works:
            if name in work:
                yield from work[name].decode().split(_BETWEEN)
    every = {name: item for work in works for name, item in work.items()}
    for edge in edition.project.edges:
        for number, _ in enumerate(edge.evidence, 1):
            yield every[_quotation(edge, number)].decode()


def _page_iri(edition: Edition, number: int) -> str:
    return identifiers.iri(edition.project, addresses.DATA + PAGE.format(number=number))


def _bytes(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def _with(value: object, items: Sequence[str], level: int) -> bytes:
    """A value as JSON, with annotations that are JSON already.

    :param value: has :data:`_ITEMS` as the list of its annotations.
    :param level: the indentation of the annotations in it.
    """
    text = json.dumps(value, ensure_ascii=False, indent=1) + "\n"
    pad = " " * level
    found = ",\n".join(pad + item.replace("\n", f"\n{pad}") for item in items)
    before, _, after = text.partition(json.dumps(_ITEMS))
    end = " " * (level - 1)
    return f"{before}[\n{found}\n{end}]{after}".encode() if items else f"{before}[]{after}".encode()
