"""What the writer and the reader of REFI-QDA share: texts of works, and names of sources and notes."""

from __future__ import annotations

import re
from collections import Counter

from site_builder.edition import identifiers
from site_builder.language import catalogue
from site_builder.language.message import Message, pmsg
from site_builder.model import Project, Work

LINE_SEPARATOR = "\u2028"
"""The character for a line end within a block."""
_NO_FILE_NAME = re.compile(r'[\\/:*?"<>|\s]+')


def text(work: Work) -> str:
    """The text of a work as its file holds it, in reading order: one line for each heading and passage.

    Labels are not included, and each line ends in LF, also the last.  A line end within a block, as in
    verse, is U+2028: a line of the file is a block, and positions stay.  A work without blocks gives ``""``.
    """
    return "".join(f"{one_line(block.text)}\n" for block in work.blocks)


def one_line(text: str) -> str:
    """A text with each line end (LF) as U+2028 (:data:`LINE_SEPARATOR`); its length stays the same.

    Other characters stay, also CR and white space.
    """
    return text.replace("\n", LINE_SEPARATOR)


def source_names(project: Project) -> dict[str, str]:
    """Work id → the name of its source, of which programs make a file name, in the order of the works; no two
    differ in case alone.

    The name is the short title, otherwise the title.  Each run of white space and of characters that a file
    name cannot contain (``\\ / : * ? " < > |``) becomes one space, and there is none at the ends:
    ``堰: 甲/乙`` gives ``堰 甲 乙``.  A title of such characters alone gives the id of the work.  Where names
    are then alike, or differ in case alone, the ids are added, as the language of prose has it:
    ``堤（dike）``, in English ``Dike (dike)``; once more, if a name with its id is that of another work.
    """
    names = {work.id: _file_name(work.record.short or work.record.title) or work.id for work in project.works}
    words = catalogue.of(project.site.language)
    while len(rivals := Counter(name.casefold() for name in names.values())) < len(names):
        names = {
            id_: name if rivals[name.casefold()] == 1 else _file_name(words.text(_both(name, id_)))
            for id_, name in names.items()
        }
    return names


def _file_name(name: str) -> str:
    return _NO_FILE_NAME.sub(" ", name).strip()


def _both(name: str, id_: str) -> Message:
    return pmsg("a name and its id", "%(name)s (%(id)s)", name=name, id=id_)


def note_guid(project: Project, coder: str, work: str, passage: str, kind: str) -> str:
    """The permanent GUID of a note, 36 lower-case characters; the same for every version of the project.

    It does not depend on the text of the note.  Whether the note exists is not checked.
    """
    return identifiers.guid(project, "note", coder, work, passage, kind)
