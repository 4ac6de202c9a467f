"""The text of a work on its reading page, and the comparison of its versions."""

from __future__ import annotations

from site_builder.language.message import Wording
from site_builder.model import Localized
from site_builder.records import dataclass
from site_builder.site.views.argument import Comment
from site_builder.site.views.links import Link
from site_builder.site.views.passages import Marked, Tagged


@dataclass(frozen=True, kw_only=True, slots=True)
class Piece:
    """Some words of a version of a text; ``kind`` says how they differ from another version, if they do.

    ``label`` says the same in a word, where an editor decided it.
    """

    text: str
    kind: str = ""
    label: Wording = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """A version of a text: its ``name``, its ``short`` name for a narrow page, its language, and
    what it is.
    """

    name: Wording
    short: Wording
    language: str
    note: Wording = ""
    date: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Unit:
    """A passage on the reading page, with its notes."""

    id: str
    number: int
    href: str
    label: Localized
    text: Marked
    tags: str
    tagged: tuple[Tagged, ...]
    gist: str
    comments: tuple[Comment, ...] = ()
    before: tuple[Ended, ...] = ()
    gone: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Ended:
    """An id that has ended; its address still exists."""

    id: str
    href: str
    fate: str
    successors: tuple[Link, ...]
    opening: str = ""
    reason: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Title:
    """A heading of the text on the reading page.

    ``name`` is its text with its translations; empty where a group ends without a heading.
    """

    id: str
    level: int
    text: Marked
    name: Wording = ""
    opens: bool = False
    closes: bool = False
    before: tuple[Ended, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Mark:
    """One mark of the coverage strip: a passage and its cells; ``opens`` if it is the first of a section."""

    href: str
    number: int
    label: Wording
    slugs: tuple[str, ...]
    opens: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Section:
    """A line of the outline, with the strip of its passages."""

    text: str
    short: str
    href: str
    level: int
    marks: tuple[Mark, ...]
    range: str
