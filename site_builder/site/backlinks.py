"""The sentences of the editors about something, grouped by their place."""

from __future__ import annotations

from collections.abc import Iterable

from site_builder.edition import addresses, translations
from site_builder.edition.codes import CodeId
from site_builder.edition.index import Mention
from site_builder.language.message import Message, Wording, pmsg
from site_builder.model import Entry
from site_builder.site.presenter import Presenter
from site_builder.site.views import Backlink, Backlinks


def backlinks(presenter: Presenter, mentions: Iterable[Mention], *, but: str = "") -> tuple[Backlinks, ...]:
    """The sentences of the editors grouped by their place, without those of the page ``but``.

    The name of a group is the place (:func:`where`); groups and sentences come in the order of the
    mentions.  A sentence that is mentioned twice is listed once.  No mentions give ``()``.  A sentence
    is its plain text in the script of the edition, with its translations.

    :param but: the address of a page, without a fragment; ``""`` leaves out none.
    """
    places: dict[str, dict[str, Backlink]] = {}
    for mention in mentions:
        href = addresses.source(
            mention.source, mention.sentence.anchor, presenter.index.facets, presenter.edition.subjects
        )
        if href.partition("#")[0] != but:
            place, anchor = where(presenter, mention)
            places.setdefault(place, {})[href] = Backlink(
                where=anchor,
                href=href,
                prose=translations.sentence(mention.source.prose, mention.sentence),
                judgement=mention.sentence.judgement,
            )
    return tuple(Backlinks(name=name, sentences=tuple(found.values())) for name, found in places.items())


def mentions(presenter: Presenter, *codes: CodeId, but: str) -> tuple[Backlinks, ...]:
    """The sentences of the editors that link or claim one of the codes; not those of the page ``but``.

    Grouped by their place as in :func:`backlinks`, code by code; a sentence of two of the codes is listed
    once.  ``()`` if no sentence does, and for an unknown code.  A negated claim does not count.  A claim
    counts for its code without relation, so ``depth+:shows`` is found with ``depth+``.
    """
    found = (mention for code in codes for mention in presenter.index.mentioning.get(code.subject, ()))
    return backlinks(presenter, found, but=but)


def where(presenter: Presenter, mention: Mention) -> tuple[str, Wording]:
    """The place of a sentence (page, table or facet), and the anchor in it.

    A page gives its title and ``""``.  A definition gives the facet and the entry; a field gives the
    facet and ``ENTRY・FIELD``, in English ``ENTRY, FIELD``.  For a field that is a row of the comparison
    table the place is the caption of the table, with the same anchor, unless the entry has a parent.
    """
    source = mention.source
    if source.page is not None:
        return source.page.title, ""
    entry = source.entry
    assert entry is not None
    facet = presenter.index.facets[entry.facet]
    if not source.field:
        return facet.name, entry.name
    field = next(field.name for field in facet.fields if field.id == source.field)
    in_table = facet.table is not None and source.field in facet.table.fields
    if facet.table is not None and in_table and not entry.parent:
        return facet.table.caption, _field(entry, field)
    return facet.name, _field(entry, field)


def _field(entry: Entry, field: str) -> Message:
    return pmsg("an entry and one of its fields", "%(entry)s, %(field)s", entry=entry.name, field=field)
