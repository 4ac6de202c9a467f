"""The views of a built site: which folder has which language, and to which view a page belongs.

A view is named by the prefix of its addresses: nothing for the first one, ``hans/`` and ``en/`` for others.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

HANS = "hans/"
ENGLISH = "en/"
LANGUAGES: Mapping[str, str] = {"": "zh-Hant", HANS: "zh-Hans", ENGLISH: "en"}
"""View → its language, in the order of the projects that have it."""
FOLDERS = tuple(view for view in LANGUAGES if view)
SCRIPTS = ("", HANS)
"""The views whose text is the same in two scripts."""
TREES = {"hant": "", "hans": HANS}
"""The name of a script in the data of the site → its view."""


def view_of(name: str) -> str:
    """The view to which a file of the site belongs."""
    return next((view for view in FOLDERS if name.startswith(view)), "")


def own(name: str) -> str:
    """The address of a file within its view, which is the same in all views."""
    return name.removeprefix(view_of(name))


def is_first(name: str) -> bool:
    """Whether a file belongs to the first view, which has no folder."""
    return not view_of(name)


def of_site(names: Iterable[str]) -> list[str]:
    """The views of a site, in their order."""
    found = {view_of(name) for name in names if name.endswith(".html")}
    return [view for view in LANGUAGES if view in found]


def pages(names: Iterable[str], view: str = "", *, whole: bool = False) -> list[str]:
    """The addresses within a view of its pages, in order.

    :param whole: with the file that contains all pages of the view.
    """
    found = [own(name) for name in names if name.endswith(".html") and view_of(name) == view]
    return sorted(address for address in found if whole or address != "edition.html")


def twins(address: str, views: Iterable[str]) -> list[str]:
    """The files of a page in these views; ``address`` is the one within a view."""
    return [view + address for view in views]
