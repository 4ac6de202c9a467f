"""``data/cards/WORK.js``: the forms of citing a work, which a page that cites it loads on demand.

A classic script, since a page on disk cannot fetch files.  All pages of a work share it.
"""

from __future__ import annotations

from site_builder.edition import addresses
from site_builder.site.medium import Rendered
from site_builder.site.script_data import script_of


def card(rendered: Rendered) -> bytes:
    """The data file of a work for one view of the site: ``var CARD="HTML";``
    (:func:`.script_data.script_of`), with the text as it is.

    :param rendered: the card (:func:`.pages.text.card_view`) in that view.
    """
    return script_of("CARD", rendered.text)


FILE = f"{addresses.DATA}cards{{suffix}}/{{work}}.js"
"""The form of the path of a card (:mod:`site_builder.edition.paths`)."""


def file(work: str, suffix: str) -> str:
    """The path of the file of the card of a work: ``data/cards-hans/lu1923.js``.

    :param suffix: that of the files of a view, ``-hans``; ``""`` for the first.
    """
    return FILE.format(suffix=suffix, work=work)
