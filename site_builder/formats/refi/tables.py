"""The tables of a REFI-QDA project: its codes, users and notes, matched with ours.

A program can keep our GUIDs or make new ones.  So each item is searched for by its GUID, then by values that
outlast them: the id at the end of a code's description, the names.  Elements are identified by their local
names, since versions of the standard and programs have different namespaces.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from site_builder.edition import codetree, identifiers
from site_builder.edition.codetree import Code
from site_builder.edition.index import Index
from site_builder.formats.refi import editorial, note_names
from site_builder.formats.refi.counting import BOM
from site_builder.formats.refi.lines import decoded
from site_builder.formats.refi.shared import note_guid
from site_builder.importing import coders, wording
from site_builder.importing.coders import NOBODY
from site_builder.importing.untrusted import Element
from site_builder.importing.wording import short
from site_builder.model import Project
from site_builder.model.values.naming import ID
from site_builder.records import dataclass

_END = 200  # characters at the end of a name or description, where our own text is
_ID = re.compile(r"\[([^\[\]\s]+)\]\s*\Z")


def children(element: Element, *tags: str) -> Iterator[Element]:
    """The child elements with one of these local names, in order; deeper elements and comments are not
    included.
    """
    return (child for child in element if local(child) in tags)


def local(element: Element) -> str:
    """The name of an element without its namespace; ``""`` for a comment.

    ``{urn:QDA-XML:project:1.0}Note`` gives ``Note``; a name without a namespace stays.
    """
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def child_text(element: Element, tag: str) -> str:
    """The text of the first child with this name, as from :func:`clean`; ``""`` if there is none.

    Text after an element inside the child is not included.
    """
    return next((clean(child.text or "") for child in children(element, tag)), "")


def clean(text: str) -> str:
    """A text with LF line ends, in which U+FFFD replaces invalid characters, without white space at its
    ends.
    """
    return wording.clean(text).strip()


def guid(value: str | None) -> str:
    """A GUID in lower case, without the white space around it and then without all braces around the rest;
    ``""`` for ``None``.

    Whether it has the form of a GUID is not checked.  Spaces within the braces stay.

    >>> guid(" {{AB}} "), guid("{ AB }")
    ('ab', ' ab ')
    """
    return (value or "").strip().strip("{}").lower()


def references(element: Element) -> list[str]:
    """The GUIDs of the notes that an element refers to, in order; ``[]`` for none.

    Only ``NoteRef`` elements directly in it count.  Whether the notes exist is not checked.
    """
    return [guid(one.get("targetGUID")) for one in children(element, "NoteRef")]


def member(files: Mapping[str, bytes], address: str) -> bytes | None:
    """The file of an archive that ``internal://NAME`` means; ``None`` if it is missing.

    An address of another kind (``relative://``, ``absolute://``) or without a name gives ``None``; it is not
    followed.  The folder ``sources/`` comes before the root of the archive.

    :param files: name in lower case → content; in the address the case of letters does not matter.
    """
    if not address.lower().startswith("internal:"):
        return None
    name = address[len("internal:") :].strip("/").lower().removeprefix("sources/")
    inside = f"sources/{name}"
    if not name:
        return None
    return files.get(inside if inside in files else name)


@dataclass(frozen=True, kw_only=True, slots=True)
class Listed:
    """A code of the file, and the code of the codebook that it matches, if any."""

    name: str
    code: Code | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Note:
    """A note with its text.

    ``kind`` is one of :func:`site_builder.formats.refi.note_names.kinds`, or empty; ``of`` is (work, passage,
    coder), if the name of the note contains them.
    """

    kind: str
    words: str
    user: str
    of: tuple[str, str, str] | None
    line: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Tables:
    """The tables of a project.

    ``known`` are the codes of the codebook; ``coders`` maps a user to the id of the coder; ``renamed`` lists
    names that were changed to be ids; ``linked`` maps a selection to the notes that a link joins to it.
    ``editorial`` are the notes that no coder made.
    """

    known: tuple[Code, ...]
    codes: Mapping[str, Listed]
    coders: Mapping[str, str]
    renamed: tuple[str, ...]
    notes: Mapping[str, Note]
    linked: Mapping[str, tuple[str, ...]]
    editorial: frozenset[str]

    def coder(self, *users: str) -> str:
        """The coder of the first listed user; otherwise the only coder; otherwise the unnamed coder
        ``coder``.

        :param users: normalized GUIDs; unknown and empty ones are ignored.
        """
        listed = next((self.coders[user] for user in users if user in self.coders), "")
        only = set(self.coders.values())
        return listed or (only.pop() if len(only) == 1 else NOBODY)


def tables(root: Element, files: Mapping[str, bytes], project: Project, index: Index) -> Tables:
    """The tables of a project file; every key is a normalized GUID.

    Tables that the file lacks are empty.  A code of the file that matches none of the codebook has
    ``code=None``; a user whose name is no id gets a new id and is listed in ``renamed``.  Nothing is
    reported here.

    :param files: name in lower case → content, of the archive; a note in a missing file has its description,
        or ``""``.
    """
    known = codetree.codes(project)
    users, renamed = _users(root, project)
    notes = _notes(root, files, project, index)
    return Tables(
        known=known,
        codes=_codes(root, project, known),
        coders=users,
        renamed=tuple(renamed),
        notes=notes,
        linked=_linked(root, notes),
        editorial=_editorial(root, project),
    )


def _editorial(root: Element, project: Project) -> frozenset[str]:
    """The GUIDs of the notes that no coder made."""
    ours = editorial.own(project)
    found = ((guid(one.get("guid")), clean(one.get("name") or "")) for one in root.iter("{*}Note"))
    return frozenset(id_ for id_, name in found if id_ in ours or name in ours)


def _linked(root: Element, notes: Mapping[str, Note]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for element in root.iter("{*}Link"):
        ends = (guid(element.get("originGUID")), guid(element.get("targetGUID")))
        for one, other in (ends, ends[::-1]):
            if one in notes:
                found.setdefault(other, []).append(one)
    return {id_: tuple(ids) for id_, ids in found.items()}


def _codes(root: Element, project: Project, known: tuple[Code, ...]) -> dict[str, Listed]:
    """GUID in the file → code."""
    by_guid = {codetree.guid(project, code): code for code in known}
    by_id = {code.id: code for code in known}
    by_name = {code.name: code for code in known}
    found: dict[str, Listed] = {}
    for element in root.iter("{*}Code"):
        id_, name = guid(element.get("guid")), clean(element.get("name") or "")
        written_id = _ID.search(child_text(element, "Description")[-_END:])
        code = (
            by_guid.get(id_) or (by_id.get(written_id.group(1)) if written_id else None) or by_name.get(name)
        )
        found[id_] = Listed(name=name, code=code)
    return found


def _users(root: Element, project: Project) -> tuple[dict[str, str], list[str]]:
    """GUID in the file → id of the coder; and the changed names, each with its new form."""
    known = dict.fromkeys([project.site.coder, *(tagging.coder for tagging in project.taggings)])
    ours = {identifiers.guid(project, "user", coder): coder for coder in known}
    found: dict[str, str] = {}
    odd: dict[str, str] = {}
    for element in root.iter("{*}User"):
        id_, name = guid(element.get("guid")), clean(element.get("name") or element.get("id") or "")
        if id_ == editorial.user(project) or name == project.site.publisher:
            continue
        if id_ not in ours and not re.fullmatch(ID, name):
            odd[id_] = name
        else:
            found[id_] = ours.get(id_, name)
    spelled = coders.ids({name: name for name in odd.values()}, set(found.values()))
    found |= {id_: spelled[name] for id_, name in odd.items()}
    return found, [f"'{short(name)}' ({coder})" for name, coder in spelled.items()]


def _notes(root: Element, files: Mapping[str, bytes], project: Project, index: Index) -> dict[str, Note]:
    """GUID in the file → note."""
    ours = dict(_our_notes(project, index))
    found: dict[str, Note] = {}
    shelf = _Shelf(files)
    for element in root.iter("{*}Note"):
        id_, name = guid(element.get("guid")), clean(element.get("name") or "")
        kind, of = ours.get(id_) or note_names.parsed(name[-_END:])
        found[id_] = Note(
            kind=kind,
            words=shelf.words(element),
            user=guid(element.get("creatingUser") or element.get("modifyingUser")),
            of=of,
            line=element.sourceline or 1,
        )
    return found


def _our_notes(project: Project, index: Index) -> Iterator[tuple[str, tuple[str, tuple[str, str, str]]]]:
    known = dict.fromkeys(tagging.coder for tagging in project.taggings)
    kinds = note_names.kinds(project)
    for work, passage in index.passages:
        for coder in known:
            for kind in kinds:
                yield note_guid(project, coder, work, passage, kind), (kind, (work, passage, coder))


class _Shelf:
    """The text of notes; a file with several references is read once."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.files = files
        self.read: dict[str, str] = {}

    def words(self, element: Element) -> str:
        inline = child_text(element, "PlainTextContent")
        return inline or self.file(element.get("plainTextPath") or "") or child_text(element, "Description")

    def file(self, address: str) -> str:
        if address not in self.read:
            held = member(self.files, address) or b""
            self.read[address] = clean(decoded(held).removeprefix(BOM))
        return self.read[address]
