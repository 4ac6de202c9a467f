"""Reads Markdown: the text of an edition as blocks, and the editors' prose as a block tree of sentences.

Only this package uses markdown-it.  The edition uses Markdown for structure only (headings, paragraphs, ``:::
name`` groups); its paragraphs are plain text with a permanent id at the end, ``{#p12}``.  The editors' prose
adds four constructs to Markdown:

- ``[@p12]``, ``[@p12 depth+:shows; @p13]``: a citation, with claims about the passage;
- ``[words](cell:depth+)``: a link to something of the project;
- `` `form` ``: text quoted as a form, which is never converted to another script;
- ``[“so-called”]{.not-quoted}``: words in quotation marks that are no quotation.

A block of an editors' page also ends in its id, ``{#b3}``.
"""

from site_builder.source.prose.edited_text import edition
from site_builder.source.prose.inlines import html_in, markdown_in
from site_builder.source.prose.page import inline, page

__all__ = ["edition", "html_in", "inline", "markdown_in", "page"]
