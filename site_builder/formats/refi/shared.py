"""What the writer and the reader of REFI-QDA share: texts of works, and names of sources and notes."""

from __future__ import annotations

import re
from collections import Counter

from site_builder.edition import identifiers
from site_builder.model import Passage, Project, Tagging, Work

LINE_SEPARATOR = "\u2028"
"""The character for a line end within a block."""
NOTES = {"gist": "提要", "gist_en": "英文提要", "note": "按語"}
"""The texts of a coder about a passage → the name of the note with it."""
_NO_FILE_NAME = re.compile(r'[\\/:*?"<>|\s]+')


def text(work: Work) -> str:
    """The text of a work as its file holds it, in reading order.

    A line end within a passage of verse is U+2028: a line of the file is a block, and positions stay.
    """
    return "".join(f"{one_line(block.text)}\n" for block in work.blocks)


def one_line(text: str) -> str:
    """A text with each line end as :data:`LINE_SEPARATOR`."""
    return text.replace("\n", LINE_SEPARATOR)


def source_names(project: Project) -> dict[str, str]:
    """Work id → the name of its source: unique, since programs make a file name of it."""
    short = {work.id: work.record.short or work.record.title for work in project.works}
    rivals = Counter(short.values())
    return {
        id_: _NO_FILE_NAME.sub(" ", name if rivals[name] == 1 else f"{name}（{id_}）").strip()
        for id_, name in short.items()
    }


def note_name(tagging: Tagging, passage: Passage, kind: str) -> str:
    """The unique name of a note: ``第 12 段 提要（lu1923 p12 editors）``.

    :param kind: a key of :data:`NOTES`.
    """
    return f"第 {passage.number} 段 {NOTES[kind]}（{tagging.work} {passage.id} {tagging.coder}）"


def note_guid(project: Project, coder: str, work: str, passage: str, kind: str) -> str:
    """The lasting name of a note."""
    return identifiers.guid(project, "note", coder, work, passage, kind)
