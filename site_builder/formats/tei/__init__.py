"""``data/edition.xml``: a work with its apparatus, its codebook and every coder's tags, as TEI P5.

Follows the Guidelines of the Text Encoding Initiative, P5; valid against TEI All of 4.3.0 and of 4.12.0.  The
file has, in this order, the header (``header`` with ``encoding`` and ``classes``), the stand-off annotations
(``notes``), and the text (``text`` with ``marks``); ``tree`` holds elements as values.

The ids of passages and headings, live and ended, are those of the site; every other id contains a period.
Positions are Unicode code points, counted from zero over all text of a ``p``; so no ``p`` contains a line end
or space that is not text.
"""

from __future__ import annotations

import re

from lxml import etree

from site_builder.edition import addresses, identifiers
from site_builder.edition.edition import Edition
from site_builder.formats.tei import header, notes, text
from site_builder.formats.tei.tree import Element, e, file
from site_builder.model import Work

__all__ = ["document", "file"]

NAMESPACE = "http://www.tei-c.org/ns/1.0"
_XML = "{http://www.w3.org/XML/1998/namespace}"
_UNBROKEN = {"p", "head", "label", "note", "desc", "catDesc", "persName", "orgName"}
"""Elements in which a line end is text."""
_NO_CHARACTER = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 does not allow."""


def document(edition: Edition, work: Work) -> bytes:
    """The file of one work, UTF-8, with no document type.

    It has the header, the stand-off annotations of all coders (absent if there are none), and the text.  If
    the text may not be published, a passage of more than 12 characters has its first 12 and a ``gap``,
    emendations within passages are not marked, and annotations point to the whole passage.  Characters that
    XML does not allow become U+FFFD.
    """
    whole = e(
        "TEI",
        header.header(edition, work),
        notes.notes(edition, work),
        text.text(edition, work),
        lang=edition.project.site.language,
        base=_base(edition, work),
    )
    root = etree.Element(f"{{{NAMESPACE}}}TEI", nsmap={None: NAMESPACE})
    _fill(root, whole, "\n")
    data: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True)
    return data + b"\n"


def _base(edition: Edition, work: Work) -> str:
    """The address of the file, if the project has one; otherwise its name."""
    name = file(edition, work)
    return identifiers.iri(edition.project, addresses.DATA + name) if edition.project.site.address else name


def _fill(node: etree._Element, element: Element, line: str) -> None:
    """Write an element into a node.

    :param line: the line end at its level; empty in an element with text.
    """
    for name, value in element.attributes:
        node.set(name.replace("xml:", _XML), _clean(value))
    mixed = element.name in _UNBROKEN or any(isinstance(child, str) for child in element.children)
    inner = "" if mixed or not line else f"{line} "
    last: etree._Element | None = None
    for child in element.children:
        if isinstance(child, Element):
            if last is None:
                node.text = (node.text or "") + inner
            last = etree.SubElement(node, f"{{{NAMESPACE}}}{child.name}")
            last.tail = inner
            _fill(last, child, inner)
        elif last is None:
            node.text = (node.text or "") + _clean(child)
        else:
            last.tail = (last.tail or "") + _clean(child)
    if last is not None and inner:
        last.tail = line


def _clean(text: str) -> str:
    return _NO_CHARACTER.sub("\ufffd", text)
