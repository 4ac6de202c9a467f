"""The page on citing and downloading: how to cite, the register of anchors, every format to take away."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder import citation, urls
from site_builder.model import Work
from site_builder.pages.desk import Desk
from site_builder.pages.views import Shelf, View


def cite(desk: Desk, shelves: tuple[Shelf, ...] = ()) -> View:
    """The page; ``shelves`` are what it offers."""
    page = desk.page_about("cite")
    return View(
        template="cite.html",
        address=urls.CITE,
        title=page.title if page else "引用與下載",
        description="怎樣引用，錨點登記簿，下載與校驗",
        section="cite",
        facts={
            "about": page.prose if page else None,
            "works": [
                {
                    "record": work.record,
                    "citations": citation.styles(work.record, desk.project.site),
                    "anchors": list(_register(work)),
                }
                for work in desk.project.works
            ],
            "shelves": shelves,
        },
    )


def _register(work: Work) -> Iterator[dict[str, object]]:
    for anchor in work.ledger:
        key = (work.id, anchor.id)
        yield {
            "anchor": anchor,
            "href": urls.passage(key) if anchor.kind == "passage" else urls.anchor(key),
        }
