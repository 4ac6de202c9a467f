"""The files of a project by their names: which are read, which are ignored, and hints for the others.

Names are paths relative to the project, with ``/``.  This module does not use the disk.
"""

from __future__ import annotations

import re

from site_builder.model.hints import closest

GRID = "annotations/codebook/grid.yaml"
"""The file of the grid, which a project may do without."""
RESERVED = ("codebook", "editions", "pages")
"""Reserved names of works: the folders in annotations/ that do not belong to a work."""
_WORK_FILES = ("work.yaml", "text.md", "anchors.yaml", "witness.txt", "witness.yaml", "emendations.yaml")
_PROJECT_FILES = ("project.yaml", "reviews.yaml", "changes.yaml", "edges.yaml", "coders.yaml")
_ANNOTATION_FILES = ("notes.yaml", "adjudication.yaml")


def _one_of(names: tuple[str, ...]) -> str:
    """The pattern of several names."""
    return f"(?:{'|'.join(map(re.escape, names))})"


_ANNOTATED = rf"annotations/(?!{_one_of(RESERVED)}/)[^/]+"
"""The pattern of the folder of a work in annotations/."""
_SOURCES = (
    rf"corpus/[^/]+/{_one_of(_WORK_FILES)}",
    rf"annotations/{_one_of(('anchors.yaml', *_PROJECT_FILES))}",
    re.escape(GRID),
    r"annotations/codebook/facets/[^/]+\.yaml",
    r"annotations/pages/.+\.md",
    r"(?:annotations|corpus/[^/]+)/editions/[^/]+\.yaml",
    rf"{_ANNOTATED}/{_one_of(_ANNOTATION_FILES)}",
    r"annotations/[^/]+/tags/[^/]+/[^/]+\.yaml",
)
_FOLDERS = (
    r"(?:corpus|annotations)(?:/[^/]+)?",
    r"annotations/codebook/facets",
    r"annotations/pages/.+",
    r"corpus/[^/]+/editions",
    rf"{_ANNOTATED}/tags(?:/[^/]+)?",
)
_IS_SOURCE = re.compile("|".join(_SOURCES), re.S)
_IS_FOLDER = re.compile("|".join(_FOLDERS), re.S)
_HIDDEN = re.compile(r"\..*|__MACOSX", re.S)
_HARMLESS = re.compile(r"Thumbs\.db|desktop\.ini|(?:README|LICEN[CS]E|NOTICE|CITATION)(?:\..*)?", re.I)
_BACKUP = re.compile(r".*(?:~|\.(?:bak|old|orig|rej|sw[a-p]|tmp))|#.*#|~\$.*", re.I)
_ENDINGS = (".yaml", ".md", ".txt")

TOPS = ("corpus", "annotations")
"""The folders of a project that are read."""


def is_source(name: str) -> bool:
    """Whether a file of this name is read: ``corpus/WORK/text.md``, ``annotations/WORK/tags/CODER/x.yaml``.

    Only the name is examined, and its case counts; a backup file (``text.md~``) is not read.  Names of works
    and coders are not checked.
    """
    is_backup = _BACKUP.fullmatch(name.rpartition("/")[2]) is not None
    return _IS_SOURCE.fullmatch(name) is not None and not is_backup


def work_of(name: str) -> str:
    """The work that a source belongs to, by its folder: ``corpus/WORK/text.md`` and
    ``annotations/WORK/tags/a.yaml`` belong to ``WORK``, ``annotations/pages/home.md`` to none.

    Whether such a work exists is not checked.

    :returns: the id of the work; ``""`` for a source that belongs to none.
    """
    top, _, rest = name.partition("/")
    work, inside, _ = rest.partition("/")
    return work if inside and (top == "corpus" or work not in RESERVED) else ""


def is_folder(name: str) -> bool:
    """Whether a folder of this name can contain sources: ``corpus`` and ``annotations``, each folder in them,
    ``corpus/WORK/editions``, ``annotations/codebook/facets``, ``annotations/WORK/tags``,
    ``annotations/WORK/tags/CODER``, and each folder at any depth in ``annotations/pages``.

    Only the name is examined; ``codebook``, ``editions`` and ``pages`` are no works.
    """
    return _IS_FOLDER.fullmatch(name) is not None


def is_ignored(name: str) -> bool:
    """Whether a file or folder is ignored without a report.

    These are hidden names (``._1.yaml``, ``.trash``, ``.DS_Store``), files of systems and archives
    (``Thumbs.db``, ``__MACOSX``), and files that people add to data (``README.md``, ``LICENSE``, in any
    case).  Only the last part of the name counts; a page of the editors with such a name is a source, unless
    it is hidden.
    """
    last = name.rpartition("/")[2]
    if _HIDDEN.fullmatch(last):
        return True
    return _HARMLESS.fullmatch(last) is not None and not is_source(name)


def hint(name: str) -> str:
    """The hint for a file that is not read; there is always one.

    It says to remove a backup file, to rename a file with almost the right name, or to move any other file.

    >>> hint("corpus/lu/texts.md"), hint("corpus/lu/text.md~")
    ('rename it to text.md', 'remove it; it looks like a backup file of an editor')
    """
    folder, _, last = name.rpartition("/")
    if _BACKUP.fullmatch(last):
        return "remove it; it looks like a backup file of an editor"
    near = _near(folder, last)
    if near:
        return f"rename it to {near}"
    stem = last.partition(".")[0]
    if folder == "corpus":
        return f"move it out of corpus/, or make a work of it: corpus/{stem}/text.md and work.yaml"
    if folder.startswith("annotations/") and last.endswith((".yaml", ".yml")):
        return "move it: tags to annotations/WORK/tags/CODER/, facets to annotations/codebook/facets/"
    return f"move it out of {name.partition('/')[0]}/, or remove it"


def _near(folder: str, last: str) -> str:
    """The name that was probably meant: with another extension, other capitals, or a typing error."""
    stem = last.rpartition(".")[0] or last
    for name in (stem, *(f"{stem}{ending}" for ending in _ENDINGS)):  # text.md.txt is text.md
        for spelled in (name, name.lower()):
            if spelled != last and is_source(f"{folder}/{spelled}"):
                return spelled
    known: tuple[str, ...] = _WORK_FILES if re.fullmatch(r"corpus/[^/]+", folder) else ()
    if folder == "annotations":
        known = _PROJECT_FILES
    elif folder == "annotations/codebook":
        known = ("grid.yaml",)
    elif re.fullmatch(r"annotations/[^/]+", folder):
        known = _ANNOTATION_FILES
    return closest(last.lower(), known, least=0.7)


def folder_hint(name: str, works: list[str]) -> str:
    """The hint for a folder that is not read; there is always one.

    A folder in annotations/ with almost the name of a work gets ``rename it to …``.

    >>> folder_hint("annotations/zzz", ["canal"])
    'add the work corpus/zzz/, or remove the folder'

    :param works: the names of the works.
    """
    parts = name.split("/")
    if parts[0] == "annotations" and len(parts) == 2:
        near = closest(parts[1].lower(), [*works, *RESERVED])
        if near:
            return f"rename it to annotations/{near}, or add the work corpus/{parts[1]}/"
        return f"add the work corpus/{parts[1]}/, or remove the folder"
    if parts[0] == "annotations" and "tags" not in parts[2:3]:
        return "move it: tags to annotations/WORK/tags/CODER/, facets to annotations/codebook/facets/"
    return "move it out of the folder, or remove it"
