"""What pages are rendered for: the site itself, or a book that holds them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from site_builder.edition import addresses
from site_builder.site.views import View


@dataclass(frozen=True, kw_only=True, slots=True)
class Medium:
    """What pages are rendered for: the site, or a book.

    :param layout: the template around the content of a page.
    :param href: (address of the site, address of the page) → link, or ``""`` for none.
    :param name: (address of the page, id there) → id in the file.
    :param xml: whether the syntax is XML.
    """

    layout: str
    href: Callable[[str, str], str]
    name: Callable[[str, str], str]
    xml: bool = False


SITE = Medium(layout="base.html", href=addresses.relative, name=lambda _, id_: id_)


@dataclass(frozen=True, kw_only=True, slots=True)
class Rendered:
    """A page as text, and the ids of its content in their order."""

    text: str
    ids: tuple[str, ...]


class PageRenderer(Protocol):
    """What renders pages of one script; :class:`.render.Renderer` is one."""

    @property
    def converted(self) -> bool:
        """Whether the script is the converted one."""
        ...

    @property
    def convert(self) -> Callable[[str], str]:
        """What gives a text in that script."""
        ...

    def for_medium(self, medium: Medium) -> PageRenderer:
        """A renderer of the same project and script for another medium."""
        ...

    def page(self, view: View) -> Rendered:
        """A whole page, with what its head says to programs."""
        ...

    def render(self, view: View, **values: object) -> Rendered:
        """A view as the layout of the medium shows it; ``values`` are for that layout."""
        ...
