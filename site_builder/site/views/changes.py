"""What has changed since an earlier edition."""

from __future__ import annotations

from site_builder.language.message import Message, Wording
from site_builder.records import dataclass
from site_builder.site.views.links import Chip, Link
from site_builder.site.views.passages import Marked


@dataclass(frozen=True, kw_only=True, slots=True)
class Compared:
    """A field of something that changed: its name, and its words in the earlier and in the later edition.

    A text that both editions have is in ``before`` and ``after``, with its changed words marked.  What only
    one of them has is in ``removed`` or ``added``: a text, or values of a list.  ``language`` is that of a
    translation, or empty.  ``key`` is what files call the field; pages show it if the field has no name.
    ``tongue`` names the language of the words where a field and its translation are two fields of one item,
    so that a page can show both; else it is empty.
    """

    name: Wording
    key: str = ""
    language: str = ""
    tongue: Wording = ""
    before: Marked | None = None
    after: Marked | None = None
    removed: tuple[Wording, ...] = ()
    added: tuple[Wording, ...] = ()

    def is_shown(self, language: str) -> bool:
        """Whether the view in a language shows it: a translation is shown in the view of its language, all
        else in every view.

        :param language: the language of the view (BCP 47); ``zh`` and ``zh-Hant`` differ.
        """
        return self.language in ("", language)


@dataclass(frozen=True, kw_only=True, slots=True)
class Why:
    """A reason for a change: its words, and what it refers to.

    ``of_folder`` is true for a reason that the editors give for all pages of a folder.
    """

    text: str
    links: tuple[Link, ...] = ()
    of_folder: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Changed:
    """Something that changed: what happened to it, its name or its chip, its kind, and what is different.

    ``code`` is its id, or empty.  ``items`` is the number of items that it represents: those of a new page
    are one row.
    """

    how: Message
    name: Wording = ""
    href: str = ""
    kind: Wording = ""
    code: str = ""
    chip: Chip | None = None
    fields: tuple[Compared, ...] = ()
    reasons: tuple[Why, ...] = ()
    items: int = 1

    def is_shown(self, language: str) -> bool:
        """Whether the view in a language shows it: without fields, or with one that the view shows."""
        return not self.fields or any(one.is_shown(language) for one in self.fields)


@dataclass(frozen=True, kw_only=True, slots=True)
class ChangedGroup:
    """Changes on one page or of one passage, with a link to it; without a title, those of a whole part.

    ``reasons`` explain all that changed on the page.
    """

    title: Wording
    href: str
    changes: tuple[Changed, ...]
    reasons: tuple[Why, ...] = ()

    def is_shown(self, language: str) -> bool:
        """Whether the view in a language shows at least one of the changes; false without changes."""
        return any(one.is_shown(language) for one in self.changes)


@dataclass(frozen=True, kw_only=True, slots=True)
class ChangedPart:
    """The changes of one part of the edition.

    ``is_new`` is true for a part that the earlier edition does not have; its items are not listed.
    ``at`` leads to where a new part is, if one page shows it.  ``translations`` is the number of items that
    no view lists, since all that differs in them is that they got or lost a translation.  ``others`` has for
    each coder that the site does not show the numbers of added, removed and changed items.  ``reasons``
    explain all changes of the part, or of one kind of item.

    In each view, ``counts`` are those of the items that it lists, of :meth:`translated` and of ``others``.
    """

    id: str
    name: Message
    counts: tuple[int, int, int]
    is_new: bool = False
    at: Link | None = None
    groups: tuple[ChangedGroup, ...] = ()
    translations: int = 0
    others: tuple[tuple[Wording, int, int, int], ...] = ()
    reasons: tuple[Why, ...] = ()

    def listed(self, language: str) -> int:
        """The number of items that the view in a language lists."""
        rows = (one for group in self.groups for one in group.changes)
        return sum(one.items for one in rows if one.is_shown(language))

    def translated(self, language: str) -> int:
        """The number of items that the view in a language does not list, since only their translations
        into other languages changed, or one is new or gone.
        """
        every = sum(one.items for group in self.groups for one in group.changes)
        return self.translations + every - self.listed(language)
