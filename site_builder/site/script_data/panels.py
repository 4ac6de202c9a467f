"""``data/panels/WORK/ID.js``: the panel of a passage, which the reading page shows on demand.

A classic script, since a page on disk cannot fetch files.  There is one for each passage, so that a reader of
a long text loads only the panels that are opened.
"""

from __future__ import annotations

from site_builder.edition import addresses
from site_builder.site.medium import Rendered
from site_builder.site.script_data import script_of

FILE = f"{addresses.DATA}panels{{suffix}}/{{work}}/{{passage}}.js"
"""The form of the path of a panel (:mod:`site_builder.edition.paths`)."""


def panel(id_: str, rendered: Rendered) -> bytes:
    """The data file of a passage for one view of the site: ``var PANEL=[id, HTML];``.

    Links are as seen from the reading page of the work.  Each run of white space in the HTML becomes one
    space; at its ends it is removed.

    :param id_: that of the passage (``p12``).
    :param rendered: the panel of the passage (:func:`.pages.panel.panel`) in that view.
    """
    return script_of("PANEL", [id_, " ".join(rendered.text.split())])


def file(work: str, id_: str, suffix: str) -> str:
    """The path of the panel of a passage.

    :param suffix: that of the files of a view, ``-hans``; ``""`` for the first.

    >>> file("lu1923", "p12", "-hans")
    'data/panels-hans/lu1923/p12.js'
    """
    return FILE.format(suffix=suffix, work=work, passage=id_)


def folder(work: str, suffix: str) -> str:
    """The folder of the files of a work, with the suffix of the site's view: ``data/panels-hans/lu1923/``."""
    return f"{addresses.DATA}panels{suffix}/{work}/"
