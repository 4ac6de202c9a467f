"""``data/search.js``, ``data/search-hans.js``…: what the search page finds, one file for each view.

They are classic scripts, so that they work from disk.  There is no index: scanning this amount of text is
exact and takes a few milliseconds.  The data of a large project is in parts (``data/search/2.js``), and an
index (``data/search/index-7.js``) says which passages can have a word; these are scanned in the same way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any

from site_builder.edition import addresses
from site_builder.edition.codes import CodeId
from site_builder.edition.edition import Edition
from site_builder.edition.index import Key
from site_builder.edition.locale import Locale
from site_builder.language import folding
from site_builder.language import language as languages
from site_builder.language.message import Wording, msg, pmsg
from site_builder.language.rules import Change
from site_builder.model import Localized
from site_builder.site import filters
from site_builder.site.division import Slice
from site_builder.site.presenter import Presenter
from site_builder.site.script_data import findable, grams, script_of
from site_builder.site.script_data.findable import Findable

_EVERY_LANGUAGE = ("gist", "grid")
"""Kinds of records whose texts are found in every language; of others only the names are."""


def search(presenter: Presenter, locale: Locale) -> bytes:
    """The data file for one view of the site: ``var SEARCH={…};``.

    ``kinds`` are ``[id, name]`` of the kinds of records, in the order of the page; kinds without a record are
    left out.  ``records`` are ``{"k": id of the kind, "t": title, "u": address, "x": text}``: for each work
    its headings, and for each passage its text, its gist and its notes; then the cells, traits and entries
    with their definitions, the steps of the argument, the emendations, each sentence of the editors' pages
    and of the fields of entries, each page that the navigation or the editors name, and each work with its
    reference.  ``n`` are names by which a record is found too, ``o`` is a gist or a definition of the grid in
    other languages, as ``[language, text]``.

    ``passages`` has every passage in reading order, also those without tags: ``{"t": label, "i": number in a
    list, "u": its place in the text, "n": its number, ids and labels, "s": its sentences as ``[id, start,
    end]`` in code points, "c": names of the filter (:func:`.filters.names`), "h": its innermost heading}``.
    The record of a passage has its position ``p`` here, and no title.  ``sections`` are ``[name, number of
    passages]``, in reading order: the parts of a work under its highest headings.  ``heads`` are the names of
    headings.

    ``codes`` are ``[name, address, slug, positions of passages, names]`` of the cells, traits and entries
    that a passage is tagged with; ``slug`` identifies a code with colours, else it is ``""``.
    ``sentence`` are forms of the name of a sentence, with ``{passage}`` and ``{sentence}``: that of the view,
    then those of the other views.

    If the text may not be published, no record has the text of a passage; headings, gists and notes stay.
    ``fold`` maps the variants of each character that can be found to one form
    (:func:`.folding.fold_map_for`), so that a query in either script finds both.  ``spellings`` and
    ``endings`` are those of the languages of the project (:class:`.Rules`): a query in one spelling finds
    both.

    Titles, texts and names are in the language of the view; addresses (relative to its tree) and ids stay.
    The language of a text, if it is not that of the pages, is in ``l``; that of a title in ``m``.
    """
    edition = presenter.edition
    order = edition.order
    records = [_in_language(record, order, locale) for record in findable.records(presenter, locale)]
    used = {record["k"] for record in records}
    sections, heads, passages = _passages(edition, locale, edition.index.passages)
    found = {
        "kinds": [[id_, locale.say(name)] for id_, name in _kinds(edition) if id_ in used],
        "sections": sections,
        "heads": heads,
        "passages": passages,
        "codes": list(_codes(edition, order, locale)),
        "sentence": _names_of_sentences(edition, locale),
        "records": records,
    }
    characters = set[str]().union(*_words(found))  # each is folded by itself, so once for all words
    keys = folding.fold("".join(characters))[0]
    return script_of("SEARCH", {"fold": folding.fold_map_for(keys), **_spellings(edition), **found})


def _spellings(edition: Edition) -> dict[str, list[Change]]:
    """The spellings and the endings that a search changes, of all languages of the project."""
    tags = [locale.language for locale in edition.locales]
    tags += [work.record.tag for work in edition.project.works]
    rules = [languages.of(tag).rules for tag in dict.fromkeys(tags)]
    return {
        "spellings": list(dict.fromkeys(change for one in rules for change in one.spellings)),
        "endings": list(dict.fromkeys(change for one in rules for change in one.endings)),
    }


# --- parts of a large project -----------------------------------------------------------------------


def head(presenter: Presenter, locale: Locale) -> bytes:
    """The file that the search page of a large project loads first: ``var SEARCH={…};``, as :func:`search`.

    Its records are those of no work, and of works without passages; ``sections``, ``heads``, ``passages`` and
    ``codes`` are ``[]``.  ``kinds`` are all that the project has, also those of what is in parts.  ``parts``
    are the numbers of passages of the parts, and ``buckets`` is the number of the files of the index (64).
    ``fold`` is the whole map.
    """
    used = {record.kind for record in findable.records(presenter, locale)}
    order = presenter.edition.order
    found = {
        "kinds": [[id_, locale.say(name)] for id_, name in _kinds(presenter.edition) if id_ in used],
        "sections": [],
        "heads": [],
        "passages": [],
        "codes": [],
        "sentence": _names_of_sentences(presenter.edition, locale),
        "records": [_in_language(one, order, locale) for one in findable.of_no_work(presenter, locale)],
        "parts": [one.count for one in presenter.data_parts],
        "buckets": grams.BUCKETS,
    }
    return script_of("SEARCH", {"fold": folding.fold_map(), **_spellings(presenter.edition), **found})


def part(presenter: Presenter, locale: Locale, number: int) -> bytes:
    """A part: ``var SHARD={records, passages, sections, heads};``, as :func:`search` gives them for the
    passages of the part.

    The records are the text, the gist and the notes of each passage (``{"k", "u", "x", "p"}``), and before
    the first passage of a work its headings, its emendations, its reading page and its reference.  The
    position ``p`` of a passage counts from the beginning of the part.

    :param number: that of the part, from 1; that it is at least 1 is not checked.
    :raises IndexError: if the number is greater than that of the last part.
    """
    return script_of("SHARD", _part(presenter, locale, presenter.data_parts[number - 1]))


def part_with_grams(presenter: Presenter, locale: Locale, number: int) -> tuple[bytes, bytes]:
    """A part as :func:`part` gives it, and its grams, from which :func:`index_of` makes the index.

    :raises IndexError: as that of :func:`part`.
    """
    found = _part(presenter, locale, presenter.data_parts[number - 1])
    return script_of("SHARD", found), grams.of_part(found)


def _part(presenter: Presenter, locale: Locale, one: Slice) -> dict[str, Any]:
    edition = presenter.edition
    order = {key: number for number, key in enumerate(one.of(edition.index.passages))}
    records: list[Findable] = []
    for id_, own in groupby(order, key=itemgetter(0)):
        work = edition.index.works[id_]
        if (id_, work.passages[0].id) in order:
            records += findable.of_work(edition, work)
        for key in own:
            records += findable.of_passage(edition, key)
    sections, heads, passages = _passages(edition, locale, order)
    return {
        "records": [_in_language(record, order, locale) for record in records],
        "passages": passages,
        "sections": sections,
        "heads": heads,
    }


def index_names(locale: Locale) -> Iterator[str]:
    """The paths of the files of the index: ``data/search-hans/index-0.js`` to ``index-63.js``, and
    ``data/search-hans/lengths.js``.
    """
    folder = f"{addresses.DATA}search{locale.suffix}/"
    for number in range(grams.BUCKETS):
        yield f"{folder}index-{number}.js"
    yield f"{folder}lengths.js"


def index_files(presenter: Presenter, locale: Locale) -> dict[str, bytes]:
    """The index of a large project by the paths of :func:`index_names`: ``var GRAMS={gram: places};``, and
    ``var LENGTHS="…";``.

    A gram is two characters of a folded text, or three if the first is not of East Asia
    (:func:`.grams.grams`).  It is in the file of the code of its first character (the first unit of UTF-16),
    modulo 64.  Its places are counted through all that can be found in all passages (:func:`.grams.of_part`);
    before each is the number of those that are left out.  ``LENGTHS`` has the number of places of
    each passage, in reading order.  Both are written as :func:`.grams.coded` does.  A file without grams is
    there too: ``var GRAMS={};``.
    """
    return index_of(locale, (grams.of_part(_part(presenter, locale, one)) for one in presenter.data_parts))


def index_of(locale: Locale, parts: Iterable[bytes]) -> dict[str, bytes]:
    """The files of :func:`index_files`, from the grams of all parts in their order."""
    index = grams.Index()
    for one in parts:
        index.add(one)
    files = [script_of("GRAMS", bucket) for bucket in index.buckets()]
    files.append(script_of("LENGTHS", grams.coded(index.lengths)))
    return dict(zip(index_names(locale), files, strict=True))


def _words(value: object) -> Iterator[str]:
    """Every text within some data."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _words(one)
    elif isinstance(value, list):
        for one in value:
            yield from _words(one)


def _kinds(edition: Edition) -> Iterator[tuple[str, Wording]]:
    """(id, name) of every kind of record, in the order of the page."""
    yield from (("text", msg("Text")), ("gist", msg("Summary")), ("note", msg("Note")))
    yield from (("heading", msg("Heading")), ("grid", msg("Grid")))
    yield from ((f"facet-{facet.id}", facet.short or facet.name) for facet in edition.project.facets)
    yield from (("step", msg("Argument")), ("reading", msg("Apparatus")), ("editors", msg("Editors")))
    yield from (("page", msg("Page")), ("work", pmsg("kind of a search result", "Bibliography")))


def _in_language(record: Findable, order: dict[Key, int], locale: Locale) -> dict[str, Any]:
    """A record in the language of a view."""
    found: dict[str, Any] = {"k": record.kind, "u": record.href, "x": locale.say(record.text)}
    if record.key is not None:
        found["p"] = order[record.key]
    else:
        found["t"] = locale.say(record.title)
        if foreign := locale.foreign(record.title):
            found["m"] = foreign
    if foreign := locale.foreign(record.source):
        found["l"] = foreign
    others = (
        list(_other_languages(record.source, locale, found["x"])) if record.kind in _EVERY_LANGUAGE else ()
    )
    if others:
        found["o"] = others
    names = [name for name in dict.fromkeys(map(locale.say, record.names)) if name and name != found.get("t")]
    return found | ({"n": names} if names else {})


def _other_languages(text: Wording, locale: Locale, shown: str) -> Iterator[list[str]]:
    """[language, text] of a text in the languages that a view does not show it in."""
    if isinstance(text, Localized):
        own = text.language or locale.project.site.language
        known = {folding.fold(shown)[0]}
        for language, words in ((own, str(text)), *text.translations.items()):
            key = folding.fold(words)[0]
            if key not in known:
                known.add(key)
                yield [language, words]


# --- passages and codes -----------------------------------------------------------------------------


def _passages(
    edition: Edition, locale: Locale, keys: Iterable[Key]
) -> tuple[list[list[Any]], list[str], list[dict[str, Any]]]:
    """The sections of some passages with their numbers, the names of headings, and the passages."""
    views = edition.locales
    sections: list[list[Any]] = []
    heads: dict[str, int] = {}
    found = []
    before: tuple[str, str] | None = None
    for key in keys:
        passage = edition.index.passages[key]
        section = (key[0], passage.path[0] if passage.path else "")
        if section != before:
            sections.append([locale.say(_section(edition, key, section[1])), 0])
            before = section
        sections[-1][1] += 1
        labels = [one.say(edition.passage_label(key, within)) for one in views for within in ("", key[0])]
        own = [str(passage.number), passage.id, *labels, *(one.id for one in passage.sentences)]
        one: dict[str, Any] = {
            "t": locale.say(edition.passage_label(key)),
            "i": locale.say(edition.passage_number(key)),
            "u": addresses.anchor(key),
            "n": list(dict.fromkeys(own)),
        }
        if passage.sentences:
            one["s"] = [[sentence.id, sentence.start, sentence.end] for sentence in passage.sentences]
        if names := list(filters.names(edition, edition.index.taggings.get(key))):
            one["c"] = names
        if passage.path:
            name = locale.say(edition.index.headings[key[0], passage.path[-1]].name)
            one["h"] = heads.setdefault(name, len(heads))
        found.append(one)
    return sections, list(heads), found


def _names_of_sentences(edition: Edition, locale: Locale) -> list[str]:
    """The name of a sentence in a view, then those in the other views, each once."""
    name = pmsg(
        "a sentence, after the name of its passage",
        "%(passage)s, sentence %(sentence)s",
        passage="{passage}",
        sentence="{sentence}",
    )
    return list(dict.fromkeys(one.say(name) for one in (locale, *edition.locales)))


def _section(edition: Edition, first: Key, heading: str) -> Wording:
    """A section is called by its heading; without one by the label of its first passage, or its work."""
    work = first[0]
    if heading:
        return edition.heading_label(work, edition.index.headings[work, heading].short)
    label = edition.label_name(first)
    return edition.heading_label(work, label) if label else edition.work_names[work]


def _codes(edition: Edition, order: dict[Key, int], locale: Locale) -> Iterator[list[Any]]:
    index = edition.index
    for cell in edition.project.grid.cells:
        for code in (CodeId.cell(cell.id), *(CodeId.trait_of(cell.id, one.id) for one in cell.traits)):
            found = index.by_cell.get(cell.id, ()) if code.kind == "cell" else index.by_trait.get(code, ())
            yield from _code(edition, code, [order[key] for key, _ in found], locale)
    for entry in index.entries.values():
        tags = index.by_entry.get((entry.facet, entry.id), ())
        code = CodeId.entry(entry.facet, entry.id)
        yield from _code(edition, code, [order[key] for key, _ in tags], locale, entry.also)


def _code(
    edition: Edition, code: CodeId, found: list[int], locale: Locale, also: Iterable[str] = ()
) -> Iterator[list[Any]]:
    if found:
        name = edition.signed_name(code)
        slug = edition.code_slug(code) if code in edition.paints else ""
        names = list(dict.fromkeys(map(locale.say, (*findable.forms(edition.code_name(code)), *also))))
        yield [locale.say(name), edition.code_addresses[code], slug, sorted({*found}), names]
