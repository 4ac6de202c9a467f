"""The page of what a reader has collected: passages and words of them, with notes of the reader."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.edition import addresses
from site_builder.language.message import msg
from site_builder.site.pages import text
from site_builder.site.presenter import Presenter
from site_builder.site.views import View

_WORDS = {
    "title": msg("My collection"),
    "references": msg("References"),
    "passage": msg("Passage %(number)s", number="{number}"),
    "sentence": msg("Passage %(number)s, sentence %(sentence)s", number="{number}", sentence="{sentence}"),
    "note": msg("Your note"),
    "up": msg("Move up:"),
    "down": msg("Move down:"),
    "remove": msg("Remove"),
    "removed": msg("Removed."),
    "undo": msg("Undo"),
    "before": msg("The words have changed. When you kept them: “{words}”"),
    "changed": msg("The words have changed since."),
    "given": msg("This list comes from a link. It is not in your collection."),
    "add": msg("Add to my collection"),
    "link": msg("Copy a link with this list"),
    "notes": msg("The link lists the passages and the words; your notes are not in it. The files have them."),
    "local": msg("This copy has no web address: the list link works in another copy of this site."),
    "copied": msg("Copied"),
    "empty": msg("Nothing is kept yet. Select words of the text and choose “Keep”."),
    "closed": msg("This browser keeps nothing for this page. What is here is lost when you close it."),
}
"""The words of the page that a script draws."""


def collection(presenter: Presenter) -> Iterator[View]:
    """The page of the collection (``collection.html``); none if the text may not be published.

    Its facts: ``cards``, a list with (id, record, card) for each work, the card with its forms of citation
    (:func:`.text.card`); ``converts``, a list of the language of each work (``zh-Hant``); ``words``, the
    messages of the script, which fills in what the reader kept, by their keys.
    """
    if presenter.edition.with_text:
        yield View(
            template="collection.html",
            address=addresses.COLLECTION,
            title=msg("My collection"),
            description=msg("Passages and words that you kept, to take along with their sources"),
            section="collection",
            styles=("assets/collection.css",),
            scripts=("data/texts.js", "assets/excerpt.js", "assets/collection.js"),
            facts={
                "cards": [
                    (work.id, work.record, text.card(presenter, work)) for work in presenter.project.works
                ],
                "converts": [work.record.tag for work in presenter.project.works],
                "words": _WORDS,
            },
        )
