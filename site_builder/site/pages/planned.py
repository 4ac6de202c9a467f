"""A page of the site before it is made: its address, and what makes it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from site_builder.records import dataclass
from site_builder.site.views import View


@dataclass(frozen=True, kw_only=True, slots=True)
class Planned:
    """A page that is not made yet.

    :param address: its address, without the folder of a view of the site and without an anchor.
    :param make: makes its view; gives ``None`` if the page does not apply.
    """

    address: str
    make: Callable[[], View | None]

    def view(self) -> View | None:
        """The page; ``None`` if it does not apply.

        :raises ValueError: if the page has another address than planned.
        """
        found = self.make()
        if found is not None and found.address != self.address:
            raise ValueError(f"the page planned at {self.address} is made at {found.address}")
        return found


def one(address: str, make: Callable[[], Iterable[View]]) -> Planned:
    """The page at an address, from what gives one view, or none if the page does not apply.

    :param make: is called when the view is asked for; only its first view counts.
    """
    return Planned(address=address, make=lambda: next(iter(make()), None))


def made(pages: Iterable[Planned]) -> Iterator[View]:
    """The view of each page, in their order, made when it is taken; a page that makes ``None`` does not
    apply, and is left out.
    """
    for page in pages:
        view = page.view()
        if view is not None:
            yield view
