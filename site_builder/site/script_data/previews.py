"""``data/previews.js``: previews of the targets of links.

A map of address (within the tree of one script) → ``[title, words, chips]``, as a classic script, since a
page on disk cannot fetch files.  A link to a passage on the reading page uses the entry of the passage's own
page.
"""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.edition import addresses
from site_builder.edition.codes import CodeId
from site_builder.edition.edition import Edition
from site_builder.edition.locale import Locale
from site_builder.language import language
from site_builder.language.message import Wording
from site_builder.model import Localized, Work
from site_builder.records import dataclass
from site_builder.site.script_data import script_of

_LONGEST = 120  # the longest text of a preview, in characters
_OPENING = 80  # the longest opening of a passage, in characters


@dataclass(frozen=True, kw_only=True, slots=True)
class _Preview:
    """A preview before it is in a language; ``chips`` are (slug, label).  ``cut`` says whether it is cut.

    ``source`` is the text that the words are about.
    """

    title: Wording
    words: str
    chips: tuple[tuple[str, str], ...] | None = None
    cut: bool = True
    source: str = ""


def previews(edition: Edition, locale: Locale) -> bytes:
    """The data file for one view of the site: ``var PREVIEWS={address: [title, words, chips, language]};``.

    In this order: each passage with tags of the displayed coder (``第 2 段``, its gist, a chip ``[slug,
    sign]`` for each cell once, without cells for each entry of a frame facet); each dimension (name,
    definition); each cell (name, definition, its own chip); each facet and its entries (name, definition);
    the editors' pages (title, prose).  In a project of more than 1000 passages the passages are left out (see
    :func:`of_work`).  Only passages and cells have the third part.  Passages without tags, relations and
    functions have no preview; an editors' page about a dimension, cell, facet or entry has none either.
    Definitions of cells, facets and entries, and prose, are cut to 120 characters and the mark of omission;
    gists and definitions of dimensions are not.

    Titles, words and signs are in the language; addresses and slugs stay.  Words in another language than
    the pages are followed by that language; without chips the third part is then ``0``.  A passage has two
    more parts, its opening (at most 80 characters) and the language of it, ``""`` for that of the pages; the
    language of its gist is then ``""`` too where it is that of the pages.  If the text may not be published,
    the opening is what the pages show of it.
    """
    works = () if edition.has_parts_of_data else edition.project.works
    every = (*(one for work in works for one in _of_work(edition, work)), *_of_no_work(edition))
    return script_of("PREVIEWS", {address: _row(preview, locale) for address, preview in every})


def of_work(edition: Edition, work: Work, locale: Locale) -> bytes:
    """The passages of one work of a large project: ``var PREVIEWS_OF={address: [title, gist, chips, language
    of the gist, opening, language of the opening]};``, as in :func:`previews`.

    Passages without tags are left out.  The opening has at most 80 characters, and then the mark of omission.
    A language is ``""`` where it is that of the pages.  Without tagged passages it is
    ``var PREVIEWS_OF={};``.
    """
    found = {address: _row(preview, locale) for address, preview in _of_work(edition, work)}
    return script_of("PREVIEWS_OF", found)


def _row(preview: _Preview, locale: Locale) -> list[object]:
    words = _cut(preview.words, _LONGEST, locale) if preview.cut else locale.say(preview.words)
    row: list[object] = [locale.say(preview.title), words]
    if preview.chips is not None:
        row.append([[slug, locale.say(name)] for slug, name in preview.chips])
    foreign = locale.foreign(preview.words)
    if preview.source:
        return [*row, foreign, _cut(preview.source, _OPENING, locale), locale.foreign(preview.source)]
    return [*row, *([] if len(row) > 2 else [0]), foreign] if foreign else row


def _cut(text: str, longest: int, locale: Locale) -> str:
    """A text in the language of the view; a longer one is cut, with the mark of omission of its language."""
    words = locale.say(text)
    return (
        words if len(words) <= longest else words[:longest] + language.of(locale.language_of(text)).omission
    )


def _of_work(edition: Edition, work: Work) -> Iterator[tuple[str, _Preview]]:
    for key in ((work.id, passage.id) for passage in work.passages):
        tagging = edition.index.taggings.get(key)
        if tagging is None:
            continue
        chips = tuple((edition.code_slug(code), _label(edition, code)) for code in edition.painted_codes(key))
        passage = edition.index.passages[key]
        found = _Preview(
            title=edition.passage_label(key),
            words=tagging.gist,
            chips=chips,
            cut=False,
            source=Localized(edition.shown_text(passage), language=edition.language_of(passage)),
        )
        yield addresses.passage(key), found


def _of_no_work(edition: Edition) -> Iterator[tuple[str, _Preview]]:
    for dimension in edition.project.grid.parents:
        words = dimension.definition
        yield addresses.dimension(dimension.id), _Preview(title=dimension.name, words=words, cut=False)
    for cell in edition.project.grid.cells:
        chips = ((edition.slug(cell), edition.sign(cell) or cell.name),)
        found = _Preview(title=cell.name, words=cell.definition, chips=chips)
        yield addresses.cell(cell, edition.poles), found
    for facet in edition.project.facets:
        yield addresses.facet(facet.id), _Preview(title=facet.name, words=facet.definition)
        for entry in facet.entries:
            found = _Preview(title=entry.name, words=entry.definition.localized)
            yield addresses.entry(entry, edition.index.facets), found
    for page in edition.project.pages:
        if not page.about or page.about in addresses.FIXED:
            found = _Preview(title=page.title, words=page.prose.localized)
            yield addresses.page(page, edition.subjects), found


def _label(edition: Edition, code: CodeId) -> str:
    """The shortest name of a code with colours."""
    if code.kind == "entry":
        return edition.code_name(code)
    cell = edition.index.cells[code.id]
    return edition.sign(cell) or cell.name
