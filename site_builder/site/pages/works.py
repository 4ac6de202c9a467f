"""Pages of a large project: the list of the works, and what each work has on pages of its own.

A project of few works (:attr:`.edition.Edition.has_few_works`) has none of them: its home page lists the
works, and the page about citing and that of the pictures show all of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from site_builder.citing import citation
from site_builder.edition import addressed, addresses
from site_builder.language.message import Wording, msg, nmsg, pmsg
from site_builder.model import Work
from site_builder.site.division import page_links
from site_builder.site.pages import citing
from site_builder.site.pages.planned import Planned
from site_builder.site.pictures import catalogue
from site_builder.site.presenter import Presenter
from site_builder.site.views import Link, View


def works(presenter: Presenter) -> Iterator[Planned]:
    """The pages of the list of works (``works.1.html``…); none for a project of few works.

    A project of few works has at most 8.  A page has at most 100 works (:class:`.Sizes`).  Its facts:
    ``works``, for each its record, address, number of passages and links (:func:`listed`); ``pages``, a link
    to each page of the list; ``work_ids``, the ids of the works of the page.
    """
    if presenter.edition.has_few_works:
        return
    every, most = presenter.project.works, presenter.edition.sizes.listed_works
    parts = [every[start : start + most] for start in range(0, len(every), most)]
    for number, part in enumerate(parts, 1):
        make = partial(_works, presenter, part, number, len(parts))
        yield Planned(address=addresses.works(number), make=make)


def _works(presenter: Presenter, works: tuple[Work, ...], number: int, pages: int) -> View:
    count = nmsg("%(count)s work", "%(count)s works", len(presenter.project.works))
    return View(
        template="works.html",
        address=addresses.works(number),
        title=part_title(count, number),
        description=msg("Every work of the edition, with the number of its passages"),
        section="works",
        facts={
            "works": [listed(presenter, work) for work in works],
            "work_ids": tuple(work.id for work in works),
            "pages": page_links(addresses.works, pages, number),
        },
    )


def part_title(title: Wording, number: int) -> Wording:
    """The title of a page of a list; pages are numbered from 1, and the first has the title of the list.

    Others add their number: ``TITLE, page 2``.
    """
    if number == 1:
        return title
    return pmsg("a page of a list", "%(title)s, page %(number)s", title=title, number=number)


def listed(presenter: Presenter, work: Work) -> dict[str, object]:
    """A work in a list: its ``record``, its address ``href`` (``lu1923/index.html``), the ``count`` of its
    passages, and ``links`` to its other pages: apparatus and pictures, if it has them, and always citations,
    in this order, by the names ``Apparatus``, ``Pictures``, ``Cite``.
    """
    links = []
    if addressed.has_apparatus(presenter.project, work):
        links.append(Link(text=msg("Apparatus"), href=addresses.apparatus(work.id)))
    if catalogue.has_pictures(presenter, work):
        links.append(Link(text=msg("Pictures"), href=addresses.drawn(work.id)))
    links.append(Link(text=msg("Cite"), href=addresses.cited(work.id)))
    return {
        "record": work.record,
        "href": addresses.reading(work.id),
        "count": len(work.passages),
        "links": links,
    }


def own(presenter: Presenter, work: Work) -> Iterator[Planned]:
    """The pages of a work of a large project about its pictures (``lu1923/work.pictures.html``) and about
    citing it (``lu1923/work.cite.html``); none of few works, which are at most 8.

    A work without pictures has both here, but the first makes ``None``.  The page of pictures has the facts
    ``pictures`` and ``works`` (``""``); that about citing ``work`` (the id), ``record``, ``citations`` and
    ``anchors``.
    """
    if not presenter.edition.has_few_works:
        yield Planned(address=addresses.drawn(work.id), make=partial(_pictures, presenter, work))
        yield Planned(address=addresses.cited(work.id), make=partial(_citing, presenter, work))


def _pictures(presenter: Presenter, work: Work) -> View | None:
    """The pictures of a work that have files; ``None`` without any."""
    found = catalogue.of_work(presenter, work)
    if not found:
        return None
    return View(
        template="gallery.html",
        address=addresses.drawn(work.id),
        title=msg("Pictures of “%(title)s”", title=work.record.title),
        description=msg("Every picture of the work, made from its tags"),
        section="pictures",
        trail=presenter.trail(work, ()),
        facts={"pictures": found, "works": ""},
    )


def _citing(presenter: Presenter, work: Work) -> View:
    """How to cite a work, and the ledger of its anchors."""
    return View(
        template="work.html",
        address=addresses.cited(work.id),
        title=msg("How to cite “%(title)s”", title=work.record.title),
        description=msg("How to cite, ledger of anchors"),
        section="cite",
        scripts=("assets/excerpt.js", "assets/references.js"),
        trail=presenter.trail(work, ()),
        facts={
            "work": work.id,
            "record": work.record,
            "citations": citation.styles(work.record, presenter.project.site, read=citation.DAY),
            "anchors": list(citing.register(work)),
        },
    )
