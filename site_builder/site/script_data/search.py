"""``data/search.js`` and ``data/search-hans.js``: the data of the search page, one file for each view.

They are classic scripts, so that they work from disk: a list of records ``{k: kind, t: title, u: address, x:
text, c: [names of the filter], n: [names]}``, and a map of characters
(:func:`site_builder.language.folding.fold_map_for`), so that queries in either script match both.  There is
no index: scanning this amount of text is exact and takes well under a millisecond.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from site_builder.edition import addresses
from site_builder.edition.codes import CodeId
from site_builder.edition.edition import Edition
from site_builder.edition.index import Key
from site_builder.edition.locale import Locale
from site_builder.language import folding
from site_builder.language.message import Message, Wording, listed, msg, pmsg
from site_builder.model import Localized
from site_builder.site import filters
from site_builder.site.navigation import navigation
from site_builder.site.presenter import Presenter
from site_builder.site.script_data import script_of


def search(presenter: Presenter, locale: Locale) -> bytes:
    """The data file for one view of the site: ``var SEARCH={"fold": …, "records": […]};``.

    A record is ``{"k": kind, "t": title, "u": address, "x": text, "c": [names]}``; kind, title and text are
    in the language; the address (relative to the tree of the language) and the names stay.  In this order:
    for each work its headings, then for each passage its text, its gist and its notes; then the definition of
    each cell and each entry; then each page that the navigation or the editors name; then each sentence of
    the editors' pages and of the fields of entries.  Only the records of passages have names of the filter
    (:func:`.filters.names`) in ``c``; others have ``[]``.  A passage without tags has only its text.
    Relations and functions have no record.

    ``n`` are names by which a record is found too, in the language and in others: of a passage its label, its
    id and its cells, or its entries in a project without cells (in its first record only); of a heading, a
    cell or a page its own names.  A record that is found by its text alone has no ``n``.

    If the text may not be published, the records with the text of passages are left out; headings, gists and
    notes stay.  ``fold`` maps the variants of each character that the records contain to one form.

    A record whose text is in another language than the pages has it in ``l``; of a title, in ``m``.
    """
    records = [_in_language(record, locale) for record in _records(presenter, locale)]
    words = (text for record in records for text in (record["x"], *record.get("n", ())))
    keys = {char for text in words for char in folding.fold(text)[0]}
    return script_of("SEARCH", {"fold": folding.fold_map_for(keys), "records": records})


def _in_language(record: dict[str, Any], locale: Locale) -> dict[str, Any]:
    """A record in the language of a view."""
    of, names = record.pop("of"), dict.fromkeys(map(locale.say, record.pop("names")))
    languages = {"l": locale.foreign(of), "m": locale.foreign(record["t"])}
    known = {name: language for name, language in languages.items() if language}
    found = {"n": list(names)} if names else {}
    return record | {name: locale.say(record[name]) for name in ("t", "x", "k")} | known | found


def _records(presenter: Presenter, locale: Locale) -> Iterator[dict[str, Any]]:
    edition = presenter.edition
    yield from _texts(edition)
    yield from _codebook(edition)
    yield from _pages(presenter)
    yield from _prose(edition, locale)


def _texts(edition: Edition) -> Iterator[dict[str, Any]]:
    for work in edition.project.works:
        for heading in work.headings:
            title = edition.heading_label(work.id, heading.name)
            found = _record(msg("Heading"), title, addresses.anchor((work.id, heading.id)), heading.text)
            yield found | {"names": (*_forms(heading.name), *_forms(heading.short))}
        for passage in work.passages:
            key = (work.id, passage.id)
            label = edition.passage_label(key)
            tagging = edition.index.taggings.get(key)
            slugs = list(filters.names(edition, tagging))
            own = []
            if edition.with_text:
                own.append(_record(msg("Text"), label, addresses.anchor(key), passage.text, slugs))
            if tagging is not None:
                if tagging.gist:
                    own.append(_record(msg("Gist"), label, addresses.passage(key), tagging.gist, slugs))
                notes = [tagging.note, *(tag.note for tag in tagging.cells)]
                for note in filter(None, notes):
                    own.append(_record(msg("Note"), label, addresses.passage(key), note, slugs))
            for one in own[:1]:
                one["names"] = (label, passage.id, *_names_of_codes(edition, key))
            yield from own


def _names_of_codes(edition: Edition, key: Key) -> Iterator[Wording]:
    """The names of the cells of a passage; in a project without cells, of its entries of frame facets."""
    for code in edition.painted_codes(key):
        yield from _forms(edition.signed_name(code))


def _forms(name: Localized) -> Iterator[Wording]:
    """A name in the language of a view, and in each language that it has."""
    yield from (name, str(name), *name.translations.values())


def _codebook(edition: Edition) -> Iterator[dict[str, Any]]:
    index = edition.index
    for cell in edition.project.grid.cells:
        href = addresses.cell(cell, edition.poles)
        name = edition.signed_name(CodeId.cell(cell.id))
        found = _record(msg("Grid"), name, href, cell.definition)
        yield found | {"names": (*_forms(cell.name), *_forms(name))}
    for entry in index.entries.values():
        facet = index.facets[entry.facet]
        words = listed((entry.name, *entry.also, *entry.name.translations.values()), _with)
        text = pmsg(
            "the names and the definition of an entry, for the search",
            "%(names)s. %(definition)s",
            names=words,
            definition=entry.definition.localized,
        )
        found = _record(facet.name, entry.name, addresses.entry(entry, index.facets), text)
        yield found | {"of": entry.definition.localized}


def _pages(presenter: Presenter) -> Iterator[dict[str, Any]]:
    """A record for each page that the navigation or the editors name; cells and entries have their own."""
    project, edition = presenter.project, presenter.edition
    work = edition.index.works.get(edition.index.single_work)
    names: dict[str, list[Wording]] = {}
    texts: dict[str, Wording] = {addresses.HOME: project.site.description}
    for place in navigation(presenter, work):
        names.setdefault(str(place["href"]), []).append(place["name"])
    for one in project.works:
        names.setdefault(addresses.reading(one.id), []).extend(_forms(one.record.title))
    for dimension in project.grid.parents:
        names[addresses.dimension(dimension.id)] = [*_forms(dimension.name)]
        texts[addresses.dimension(dimension.id)] = dimension.definition
    for facet in project.facets:
        names.setdefault(addresses.facet(facet.id), []).extend(_forms(facet.name))
        texts[addresses.facet(facet.id)] = facet.definition
    for page in project.pages:
        address = addresses.page(page, edition.subjects).partition("#")[0]
        names.setdefault(address, []).extend(_forms(page.title))
    for address, found in names.items():
        record = _record(msg("Page"), found[0], address, texts.get(address, ""))
        yield record | {"names": found}


def _prose(edition: Edition, locale: Locale) -> Iterator[dict[str, Any]]:
    """The sentences of the editors; those of a translation lead to their block."""
    index = edition.index
    for source in index.sources:
        if source.page is None and not source.field:
            continue
        title = source.page.title if source.page else (source.entry.name if source.entry else "")
        translation = locale.translation(source.prose)
        for sentence in (translation or source.prose).sentences:
            id_ = sentence.block if translation else sentence.anchor
            href = addresses.source(source, id_, index.facets, edition.subjects)
            words = sentence.text if translation else Localized(sentence.text)
            yield _record(msg("Editors"), title, href, words)


def _with(names: Wording, name: Wording) -> Message:
    return pmsg("names of an entry, for the search", "%(names)s, %(name)s", names=names, name=name)


def _record(
    kind: Wording, title: Wording, href: str, text: Wording, classes: list[str] | None = None
) -> dict[str, Any]:
    """A record before it is in a language; ``of`` is the text whose language it has."""
    return {"k": kind, "t": title, "u": href, "x": text, "c": classes or [], "of": text, "names": ()}
