"""What pages are rendered for: the site itself, or a book that holds them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Protocol

from site_builder.edition import addresses
from site_builder.edition.index import Key
from site_builder.edition.locale import Locale
from site_builder.records import dataclass
from site_builder.site.holes import Content
from site_builder.site.views import View

Job = tuple[View, Mapping[str, Any]]
"""What is to be rendered: a view, and further values for its templates by name."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Medium:
    """What pages are rendered for: the site, or a book.

    :param layout: the template around the content of a page.
    :param href: (address of the site, address of the page) → link, or ``""`` for none.
    :param name: (address of the page, id there) → id in the file.
    :param xml: whether the syntax is XML.
    :param styled: whether the style sheets of the site colour the pictures.
    :param key: different for media that differ in anything, also in their links and ids.
    """

    layout: str
    href: Callable[[str, str], str]
    name: Callable[[str, str], str]
    xml: bool = False
    styled: bool = True
    key: str


def as_on_site(_address: str, id_: str) -> str:
    """The name of an id in a medium that keeps the ids of the pages: ``id_`` as it is."""
    return id_


SITE = Medium(layout="base.html", href=addresses.relative, name=as_on_site, key="site")


@dataclass(frozen=True, kw_only=True, slots=True)
class Rendered:
    """A page as text, and the ids of its content in their order.

    ``cited`` has each passage that its prose cites, with the address, the number and the title that the page
    gives it.  ``content`` is what the page says, for other media; ``None`` if they say something else.
    """

    text: str
    ids: tuple[str, ...]
    cited: tuple[tuple[Key, tuple[str, str, str]], ...] = ()
    content: Content | None = None


class PageRenderer(Protocol):
    """What renders pages of one script; :class:`.render.Renderer` is one."""

    @property
    def locale(self) -> Locale:
        """The view of the site that it renders."""
        ...

    def for_medium(self, medium: Medium) -> PageRenderer:
        """The renderer of the same project and script for another medium; this one stays as it is.

        Media with the same ``key`` can have the same renderer.
        """
        ...

    def page(self, view: View) -> Rendered:
        """A whole page, with the metadata in its head.  Its layout is that of the medium."""
        ...

    def render(self, view: View, **values: object) -> Rendered:
        """A view in the layout of the medium, without the metadata of :meth:`page`.

        ``ids`` of the result are the ids that the template wrote, each once, as in the view and not as the
        medium names them.

        :param values: further values for the templates, by name; they and the facts of the view must differ
            in name.
        """
        ...

    def begin(
        self, kind: str, jobs: Iterable[Job], names: Iterable[str] = ()
    ) -> Callable[[], list[Rendered]]:
        """Begin to render several views, each as :meth:`render` does; the result waits for them, and gives
        the pages in the order of ``jobs``.  No views give ``[]``.

        :param kind: what they are, for the counts of the build.
        :param names: the names of their tasks, in the order of ``jobs``; without one, the path of the page in
            the site.
        """
        ...
