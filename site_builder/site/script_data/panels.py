"""``data/panels/WORK/ID.js``: the panel of a passage, which the reading page shows on demand.

A classic script, since a page on disk cannot fetch files.  There is one for each passage, so that a reader of
a long text loads only the panels that are opened.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from site_builder.edition import addresses
from site_builder.model import Work
from site_builder.site.medium import Rendered
from site_builder.site.script_data import script_of
from site_builder.site.views import View


def panels(
    work: Work, views: Iterable[tuple[str, View]], render: Callable[[View], Rendered], suffix: str
) -> Iterator[tuple[str, bytes]]:
    """(path, data file) for each passage of a work, for one view of the site: ``var PANEL=[id, HTML];``.

    Links are as seen from the reading page of the work.

    :param views: the panels of the work (:func:`.pages.panel.panels`), which all views of the site share.
    :param render: renders a view in the language of the site's view.
    :param suffix: the suffix of the site's view.
    """
    for id_, view in views:
        text = " ".join(render(view).text.split())
        yield f"{folder(work.id, suffix)}{id_}.js", script_of("PANEL", [id_, text])


def folder(work: str, suffix: str) -> str:
    """The folder of the files of a work, with the suffix of the site's view: ``data/panels-hans/lu1923/``."""
    return f"{addresses.DATA}panels{suffix}/{work}/"
