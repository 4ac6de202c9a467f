"""The view of a whole page."""

from __future__ import annotations

from dataclasses import field

from site_builder.language.message import Wording
from site_builder.records import dataclass
from site_builder.site.views.links import Link

EVERYWHERE = tuple(f"assets/{name}.css" for name in ("page", "masthead", "parts", "text"))
"""The style sheets of all pages, in the order of the cascade; the site joins them to one."""
MASTHEAD = EVERYWHERE[1]
COMMON = tuple(f"assets/{name}.css" for name in ("prose", "pages", "pictures"))
"""The style sheets that several kinds of page share, besides those of all pages."""


@dataclass(frozen=True, kw_only=True, slots=True)
class View:
    """The values that every page has.

    ``address`` is its own; ``trail`` the path up; ``section`` its place in the navigation; ``facts`` are the
    values of this page by the names in its template; ``styles`` and ``scripts`` the addresses of the style
    sheets and scripts that this kind of page needs besides those of all pages.  ``common`` are the style
    sheets that it shares with other kinds of page, in the order of the cascade; a page leaves out those that
    it does not use.  ``card`` is the work that is cited on the page (:class:`Card`), ``""`` where none
    is.
    """

    template: str
    address: str
    title: Wording
    description: Wording
    section: str = ""
    trail: tuple[Link, ...] = ()
    facts: dict[str, object] = field(default_factory=dict)
    common: tuple[str, ...] = COMMON
    styles: tuple[str, ...] = ()
    scripts: tuple[str, ...] = ()
    card: str = ""
