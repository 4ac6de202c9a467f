"""``data/tags.csv``, ``data/tags-en.csv``…: the tags of the site as a plain table, a file for each view.

It is for people who open a table and read it.  A row is one tag: a cell, or in a project without cells an
entry of a frame facet.  Names and headings are in the language of the view, evidence is in one cell, and the
tags of other coders are left out; ``passages.csv`` has all of them, for programs.

It is written as :mod:`.write` writes a table, and guarded as :func:`.write.guarded` does, since it is for
spreadsheets.
"""

from __future__ import annotations

import csv
import io
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator

from site_builder.edition import addresses
from site_builder.edition.codes import of_tag, traits_of
from site_builder.edition.edition import Edition
from site_builder.edition.index import Key
from site_builder.edition.locale import Locale
from site_builder.formats.tables.write import guarded
from site_builder.language.message import Wording, listed, msg, pmsg
from site_builder.model import CellTag, EntryTag, Localized, Work

BETWEEN = " | "
"""The separator between quotations: a text hardly has it."""
_VOICES = {
    "author": msg("the author"),
    "reported": msg("reported by the author"),
    "quoted": msg("quoted by the author"),
}


def file(suffix: str) -> str:
    """The name of the table of a view, without its folder; the suffix of the first view is ``""``.

    >>> file("-en"), file("")
    ('tags-en.csv', 'tags.csv')
    """
    return f"tags{suffix}.csv"


def tags_csv(edition: Edition, locale: Locale) -> bytes:
    """The tags of the displayed coder in the language of a view, in reading order, below a row of headings.

    The columns are the passage (its number, ``2``; with its work if there are several, ``〈堤〉2``), its id,
    its heading, the code, its relation, its traits, the evidence (quotations with `` | `` between, a range as
    its two ends, ``甲……乙``), whose words the evidence is, the note on the tag, the summary of the passage,
    and the address of its page (``canal/p2.html`` if the site has no address).  A row is a cell, in a project
    without cells an entry of a frame facet; the name of a cell follows its sign.  A passage without such tags
    has no row; a project without tags gives the headings alone.  Without the text the evidence is empty.  It
    is CSV in UTF-8 with a byte order mark and CR LF; a cell that a spreadsheet can read as a formula begins
    with ``'``.
    """
    return joined(edition, locale, (rows(edition, locale, work) for work in edition.project.works))


def rows(edition: Edition, locale: Locale, work: Work) -> bytes:
    """The rows of one work in the table of a view, in UTF-8 without a byte order mark."""
    keys = [(work.id, passage.id) for passage in work.passages]
    found = ((key, tag) for key in keys for tag in edition.painted_tags(edition.index.taggings.get(key)))
    return _written(map(locale.say, _row(edition, key, tag)) for key, tag in found)


def joined(edition: Edition, locale: Locale, rows: Iterable[bytes]) -> bytes:
    """The table of a view, from the rows of all works, as :func:`rows` gives them."""
    return b"".join((BOM_UTF8, _written([map(locale.say, _headings(edition))]), *rows))


def _written(rows: Iterable[Iterable[str]]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    return guarded(out.getvalue().encode("utf-8-sig")).removeprefix(BOM_UTF8)


def _headings(edition: Edition) -> tuple[Wording, ...]:
    return (
        pmsg("column of a table", "Passage"),
        pmsg("column of a table", "Id"),
        pmsg("column of a table", "Section"),
        pmsg("column of a table", "Cell") if edition.index.cells else pmsg("column of a table", "Code"),
        pmsg("column of a table", "Relation"),
        pmsg("column of a table", "Traits"),
        pmsg("column of a table", "Evidence"),
        pmsg("column of a table", "Whose words"),
        pmsg("column of a table", "Note on the tag"),
        pmsg("column of a table", "Summary of the passage"),
        pmsg("column of a table", "Address"),
    )


def _row(edition: Edition, key: Key, tag: CellTag | EntryTag) -> Iterator[Wording]:
    passage, tagging = edition.index.passages[key], edition.index.taggings[key]
    cell = tag if isinstance(tag, CellTag) else None
    yield edition.passage_number(key)
    yield passage.id
    yield edition.index.headings[key[0], passage.path[-1]].name if passage.path else ""
    yield edition.signed_name(of_tag(tag).whole)
    yield edition.relations[cell.relation].name if cell and cell.relation else ""
    yield listed([edition.code_name(code) for code in traits_of(cell)]) if cell and cell.traits else ""
    yield Localized(
        BETWEEN.join(edition.shown_quotations(tag.evidence, passage)), language=edition.language_of(passage)
    )
    voices = dict.fromkeys(quote.voice for quote in tag.evidence)
    yield listed([_VOICES[voice] for voice in voices]) if voices else ""
    yield cell.note if cell else ""
    yield tagging.gist
    yield f"{edition.project.site.address.rstrip('/')}/{addresses.passage(key)}".lstrip("/")
