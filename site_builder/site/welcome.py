"""What a reader can do with the site, for the home page."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.edition import addressed, addresses
from site_builder.language.message import Wording, listed, msg, nmsg, pmsg
from site_builder.site.presenter import Presenter
from site_builder.site.views import Link


def actions(presenter: Presenter) -> Iterator[Link]:
    """The actions that the site offers, in the order of the home page; the title of each explains it.

    They are ``Read the text``, ``The frame``, ``Find a quotation``, ``Silence report`` (or the title of the
    editors' page about it), ``Cite`` and ``Try the tags``.  The first leads to the text, of several works to
    their list (``index.html#_works``); the second to the grid, without cells to the first frame facet.  The
    title of the first is the number of passages, and says whether all of them have a gist; that of the
    framework lists what belongs to it.  An action without a page is left out: there is no framework without
    cells and frame facets, no silence without its report, and nobody can find a quotation or try the tags if
    the text may not be published.  Downloads are not among them.

    The first has the title ``8 passages with their summaries``, or ``8 passages`` if one has no gist; a site
    without passages has ``0 passages with their summaries``.  That of the framework is a list such as
    ``6 cells, Ways``.
    """
    count = sum(len(work.passages) for work in presenter.project.works)
    gists = all(
        (tagging := presenter.index.taggings.get(key)) and tagging.gist for key in presenter.index.passages
    )
    length = (
        nmsg("%(count)s passage with its summary", "%(count)s passages with their summaries", count)
        if gists
        else nmsg("%(count)s passage", "%(count)s passages", count)
    )
    yield Link(text=msg("Read the text"), href=presenter.edition.reading, title=length)
    if names := tuple(_frame(presenter)):
        yield Link(text=msg("The frame"), href=_framework(presenter), title=listed(names))
    if presenter.edition.with_text:
        yield Link(
            text=msg("Find a quotation"),
            href=addresses.SEARCH,
            title=msg("paste it; the search finds its passage"),
        )
    if addresses.SILENCE in addressed.own_pages(presenter.project):
        yield Link(
            text=_silence(presenter),
            href=addresses.SILENCE,
            title=msg("computed from the tags, with the passages"),
        )
    yield Link(text=pmsg("action", "Cite"), href=addresses.CITE, title=msg("to the passage, to the sentence"))
    if presenter.edition.with_text:
        yield Link(
            text=pmsg("action", "Try the tags"),
            href=addresses.TRYOUT,
            title=msg("tag it yourself, compare with the editors"),
        )


def _frame(presenter: Presenter) -> Iterator[Wording]:
    """The parts of the framework: the number of cells, the names of the frame facets."""
    if cells := len(presenter.project.grid.cells):
        yield nmsg("%(count)s cell", "%(count)s cells", cells)
    for facet in presenter.project.facets:
        if facet.kind == "frame":
            yield facet.short or facet.name


def _framework(presenter: Presenter) -> str:
    """The address where the framework begins: the grid, or else the first frame facet."""
    if presenter.project.grid.cells:
        return addresses.GRID
    return next(addresses.facet(one.id) for one in presenter.project.facets if one.kind == "frame")


def _silence(presenter: Presenter) -> Wording:
    """The title of the silence report, as the page has it."""
    page = presenter.edition.page_about("silence")
    return page.title if page else msg("Silence report")
