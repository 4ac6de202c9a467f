"""Markdown → the blocks of an edition, and the editors' prose → a block tree of sentences.

The only package that uses markdown-it.  The edition uses Markdown for structure alone (headings,
paragraphs, ``::: name`` groups); its paragraphs are plain text with a permanent id at the end,
``{#p12}``.  The editors' prose adds three marks of its own to Markdown:

- ``[@p12]``, ``[@p12 space+:answers; @p13]``: a citation, with what is claimed of the passage;
- ``[words](cell:space+)``: a link to something of the project;
- `` `form` ``: a form quoted as a form, never converted to another script.

A block of an editors' page ends in its id too, ``{#b3}``.
"""

from site_builder.source.prose.blocks import edition
from site_builder.source.prose.sentences import inline, page
from site_builder.source.prose.words import html_in, markdown_in

__all__ = ["edition", "html_in", "inline", "markdown_in", "page"]
