"""The page about citing and downloading: how to cite, the register of anchors, all formats."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.citing import citation
from site_builder.edition import addresses
from site_builder.language.message import msg
from site_builder.model import Work
from site_builder.site.presenter import Presenter
from site_builder.site.views import Shelf, View


def cite(presenter: Presenter, shelves: tuple[Shelf, ...] = ()) -> View:
    """The page about citing and downloading (``cite.html``).

    Its title is that of the editors' page about ``cite`` if there is one.  Its facts: ``about`` (the prose
    of that page, or ``None``); ``works``, for each work its ``record``, ``citations`` (all styles) and
    ``anchors`` (every line of the ledger, live or ended, with its address: ``lu1923/p12.html`` for a
    passage, ``lu1923/index.html#s1`` for others); ``shelves``.  In a large project each work has a page about
    citing it; then ``works`` is empty, and ``list`` is the address of the list of works.

    :param shelves: the downloads; ``()`` gives a page without the list of files.
    """
    page = presenter.edition.page_about("cite")
    return View(
        template="cite.html",
        address=addresses.CITE,
        title=page.title if page else msg("Cite and download"),
        description=msg("How to cite, ledger of anchors, downloads and checksums"),
        section="cite",
        scripts=("assets/excerpt.js", "assets/references.js"),
        facts={
            "about": page.prose if page else None,
            "works": [
                {
                    "record": work.record,
                    "citations": citation.styles(work.record, presenter.project.site, read=citation.DAY),
                    "anchors": list(register(work)),
                }
                for work in (presenter.project.works if presenter.edition.has_few_works else ())
            ],
            "list": "" if presenter.edition.has_few_works else addresses.works(),
            "shelves": shelves,
        },
    )


def register(work: Work) -> Iterator[dict[str, object]]:
    """Every line of the ledger of a work, live or ended, in its order: the ``anchor`` and its address
    ``href`` (``lu1923/p12.html`` for a passage, ``lu1923/index.html#s1`` for others).

    A work without a ledger has none.
    """
    for anchor in work.ledger:
        key = (work.id, anchor.id)
        yield {
            "anchor": anchor,
            "href": addresses.passage(key) if anchor.kind == "passage" else addresses.anchor(key),
        }
