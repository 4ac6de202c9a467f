"""The names of values of what changed: kinds, roles, scripts, languages, and records that an item has as one
text.

An item has the fields of a record within a list as one text, with :data:`BETWEEN` between them; ids and codes
in it are given by their names.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import reduce

from site_builder.language import catalogue
from site_builder.language.message import Message, Wording, listed, msg, pmsg
from site_builder.model import Localized

BETWEEN = " · "
SCRIPTS: Mapping[str, Message] = {
    "Arab": pmsg("the name of a script", "Arabic script"),
    "Cyrl": pmsg("the name of a script", "Cyrillic script"),
    "Deva": pmsg("the name of a script", "Devanagari"),
    "Grek": pmsg("the name of a script", "Greek script"),
    "Hans": pmsg("the name of a script", "Simplified characters"),
    "Hant": pmsg("the name of a script", "Traditional characters"),
    "Hebr": pmsg("the name of a script", "Hebrew script"),
    "Jpan": pmsg("the name of a script", "Japanese script"),
    "Kore": pmsg("the name of a script", "Korean script"),
    "Latn": pmsg("the name of a script", "Latin script"),
    "Thai": pmsg("the name of a script", "Thai script"),
}
"""Script (ISO 15924) → its name; another script is shown as it is written."""
ROLES: Mapping[str, Message] = {
    "published": pmsg("the role of a copy", "first publication"),
    "witness": pmsg("the role of a copy", "witness of the edition"),
    "other": pmsg("the role of a copy", "another copy"),
}
"""Role of a copy → its name."""
_WORKS = {
    "article": pmsg("a kind of work", "Article"),
    "book": pmsg("a kind of work", "Book"),
    "chapter": pmsg("a kind of work", "Chapter"),
    "thesis": pmsg("a kind of work", "Thesis"),
    "report": pmsg("a kind of work", "Report"),
    "webpage": pmsg("a kind of work", "Web page"),
    "manuscript": pmsg("a kind of work", "Manuscript"),
    "classic": pmsg("a kind of work", "Classic"),
}
_YES = {"True": msg("yes"), "true": msg("yes"), "False": msg("no")}
NAMES: Mapping[tuple[str, str], Mapping[str, Message]] = {
    ("record", "kind"): _WORKS,
    ("record", "script"): SCRIPTS,
    ("project", "publisher_is_name"): _YES,
    ("project", "status"): {
        "draft": pmsg("the state of an edition", "Draft"),
        "released": pmsg("the state of an edition", "Released"),
    },
    ("edges", "kind"): {
        "cause": pmsg("a kind of step", "From a cause to an effect"),
        "remedy": pmsg("a kind of step", "From a diagnosis to a remedy"),
    },
    ("edges", "status"): {
        "stated": msg("stated by the author"),
        "inferred": msg("inferred by the editors"),
        "none": pmsg("the state of a step", "without another end in the text"),
    },
    ("coders", "kind"): {
        "person": pmsg("a kind of coder", "Person"),
        "machine": pmsg("a kind of coder", "Machine"),
    },
    ("notes", "doubt"): _YES,
}
"""(Part of an edition, field) → the name of each of its values."""


def tag_name(tag: str) -> Wording:
    """The name of a language, with that of the script that its tag states: ``zh-Hans`` is Chinese, Simplified
    characters.  A language without a name is shown as its tag; a script without a name is left out.
    """
    script = next((part for part in tag.split("-")[1:] if part in SCRIPTS), "")
    name = catalogue.language_name(tag)
    if not script or isinstance(name, str):
        return name
    return pmsg(
        "a language and its script", "%(language)s, %(script)s", language=name, script=SCRIPTS[script]
    )


def several(values: Iterable[Wording]) -> Wording:
    """Values of a record as one message, with `` · `` between, without those that are empty; one alone as it
    is, and ``""`` for none.
    """
    found = [value for value in values if value]
    return reduce(_and_value, found) if found else ""


def _and_value(values: Wording, value: Wording) -> Message:
    return pmsg(
        "values of a record, one after the other", "%(values)s · %(value)s", values=values, value=value
    )


def copy(value: str) -> Wording:
    """A copy of a work, without its id: its name, date, script, address and note, and its role, the last.

    The values are divided by `` · ``, and joined as in :func:`several`.  A script and a role that are known
    are given by their names, any other value as it is; an id alone gives ``""``.  The last value is no
    script, even if it is the name of one: ``a · Hant`` gives ``Hant``.  ``a · Reprint · Hant · witness``
    gives ``Reprint · Traditional characters · witness of the edition``.
    """
    _, *parts = value.split(BETWEEN)
    *rest, role = parts or [""]
    return several([*(SCRIPTS.get(part) or _own(part) for part in rest), ROLES.get(role) or _own(role)])


def person(value: str) -> Wording:
    """A person or an institution that made a work: the values, divided by `` · `` and joined again by it;
    empty ones are left out, and ``True`` is ``an institution``.

    ``Wu Han · True`` gives ``Wu Han · an institution``; ``""`` gives ``""``.
    """
    institution = pmsg("who made a work", "an institution")
    return several(institution if part == "True" else _own(part) for part in value.split(BETWEEN))


def view(value: str) -> Wording:
    """A view of the site: the name of its language and its script, without its folder.

    ``zh-Hans · hans`` gives ``Chinese, Simplified characters``; a language without a name is given as its
    tag.
    """
    return tag_name(value.partition(BETWEEN)[0])


def without_id(value: str) -> Wording:
    """A text or a record without the id before it: ``fields``, and licences.

    ``who: 何人`` gives ``何人``, and ``all · CC0`` gives ``CC0``.  An id has no white space and no colon.
    What begins otherwise, and an address, is returned as it is.
    """
    return _own(re.sub(rf"^[^\s:]+(?::(?!//)\s*|{re.escape(BETWEEN)})", "", value))


def column(value: str, facet: Callable[[str], Wording], relation: Callable[[str], Wording | None]) -> Wording:
    """A column of the silence report: the name of its facet, its own name and those of its relations.

    They are joined as in :func:`several`.  The last value is a list of relations (``shows, harms``) if each
    of them has a name; else it is given as it is.

    :param facet: an id → the name of the facet.
    :param relation: an id → the name of the relation; ``None`` if there is none.
    """
    first, *rest = value.split(BETWEEN)
    *names, last = rest or [""]
    relations = [relation(one) for one in last.split(", ")]
    if last and all(relations):
        return several([facet(first), *map(_own, names), listed(one for one in relations if one)])
    return several([facet(first), *map(_own, rest)])


def _own(text: str) -> Localized:
    """Words of the project."""
    return Localized(text)
