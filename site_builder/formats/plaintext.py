"""``data/text/WORK.txt``: the text of a work for programs that import plain text.

Headings and passages are in the order and the script of the edition, one in each paragraph, with an empty
line between two.  A line of verse is a line of the file.  UTF-8, LF, no byte order mark.
"""

from __future__ import annotations

from site_builder.model import Work


def plain_text(work: Work) -> bytes:
    r"""The text of a work in UTF-8: headings and passages, in the script of the edition.

    Each block is followed by one line end, and there is an empty line between two blocks; a line end within a
    passage stays.  Labels, numbers and tags are not included.  Whether the text may be published is not
    considered; the caller decides.  A work without blocks gives ``b"\n"``.
    """
    return ("\n\n".join(block.text for block in work.blocks) + "\n").encode()
