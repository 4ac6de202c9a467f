"""``data/annotations.jsonld``: every coder's tags, as programs that annotate web pages read them.

Web Annotation Data Model and Web Annotation Vocabulary (W3C Recommendations of 23 February 2017), as one
``AnnotationCollection`` with one embedded page.

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
from collections.abc import Callable

from site_builder.edition import identifiers
from site_builder.edition.edition import Edition
from site_builder.formats.webannotation import editorial
from site_builder.formats.webannotation.scribe import Scribe, dates, generator, publisher, rights
from site_builder.model import Work

CONTEXT = "http://www.w3.org/ns/anno.jsonld"


def collection(edition: Edition, reading: Callable[[Work], str]) -> bytes:
    """The content of ``annotations.jsonld``, with the tags of all coders.

    The annotations are coder by coder and passage by passage (:func:`.codings.taggings`): function, gist,
    translations of the gist, note, then cells and entries.  What is absent has no annotation.  A tag with
    several quotations has one annotation for each; one without has one for the whole passage.

    If the text may not be published, no page contains it.  There are then only FragmentSelectors, which
    quote nothing and keep the positions within each passage.

    :param reading: returns the reading page of a work in Traditional, as HTML; it is not called if the text
        may not be published.
    """
    project, site = edition.project, edition.project.site
    collection, page = (
        identifiers.urn(project, "annotations"),
        identifiers.urn(project, "annotations", "page"),
    )
    scribe = Scribe(edition, reading)
    items = [*scribe.items(), *editorial.items(scribe)]
    return _bytes(
        {
            "@context": CONTEXT,
            "id": collection,
            "type": "AnnotationCollection",
            "label": site.title,
            "creator": publisher(edition),
            **dates(edition),
            "generator": generator(edition),
            **rights(edition),
            "total": len(items),
            "first": {
                "id": page,
                "type": "AnnotationPage",
                "partOf": collection,
                "startIndex": 0,
                "items": items,
            },
            "last": page,
        }
    )


def _bytes(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()
