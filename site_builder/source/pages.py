"""How the editors' pages and their translations are read."""

from __future__ import annotations

from collections.abc import Iterable

from site_builder.model import Page, Problem, Prose, Translation
from site_builder.model.hints import unknown
from site_builder.model.values import naming
from site_builder.records import replace
from site_builder.source.reader import Content, Reader

_FOLDER = "annotations/pages/"


def read_pages(reader: Reader) -> tuple[Page, ...]:
    """The editors' pages of a project, each with its translations, in the order of ``sources``.

    The pages are the files ``annotations/pages/**/*.md``.  A file ``NAME.LANGUAGE.md`` is the translation of
    the page with its id, and no page itself.  A translation of no page, and a second translation into one
    language, are reported (P014) and left out; of two translations the first stays.  Of two pages with one id
    the first has the translations.  A page that cannot be read is left out; no pages give ``()``.
    """
    found: list[Page | None] = []
    translations: list[Translation | None] = []
    for path, _ in reader.named(r"annotations/pages/.+\.md"):
        if language := _translated_into(path):
            translations.append(_page(reader, path, "translation", Translation, language))
        else:
            found.append(_page(reader, path, "page", Page, reader.language))
    whole = None not in found and not any(f"{path}/".startswith(_FOLDER) for path in reader.unread)
    return _translated(reader, list(filter(None, found)), filter(None, translations), whole=whole)


def _page(reader: Reader, path: str, kind: str, record: type[Content], language: str) -> Content | None:
    """A page or translation with its prose; ``None`` if its front matter cannot be read."""
    return reader.content(path, kind, record, language=language, counted=reader.counted)


def _translated(
    reader: Reader, pages: list[Page], translations: Iterable[Translation], *, whole: bool
) -> tuple[Page, ...]:
    """The pages with their translations; reports a translation of no page, and a second translation of a
    page into one language (P014).

    :param whole: whether every page could be read; if not, a translation can be of one that could not.
    """
    first = {page.id: page for page in reversed(pages)}  # two pages with one id are reported elsewhere
    texts: dict[str, dict[str, Prose]] = {}
    for one in translations:
        if one.id not in first:
            if whole:
                reader.problems.append(unknown(one.place, "P014", "page", one.id, first))
            continue
        known = texts.setdefault(one.id, {}).setdefault(one.language, one.prose)
        if known is not one.prose:
            reader.problems.append(_second_translation(one, known))
    return tuple(
        _with_translations(reader, page, texts.get(page.id, {})) if page is first[page.id] else page
        for page in pages
    )


def _with_translations(reader: Reader, page: Page, translations: dict[str, Prose]) -> Page:
    return reader.memory.of(
        ("page", page.id, *translations),
        (page, *translations.values()),
        lambda: replace(page, prose=replace(page.prose, translations=translations)),
    )


def _translated_into(path: str) -> str:
    """The language of the file of a translation, ``home.en.md``; ``""`` for any other file."""
    stem, _, language = path.rpartition("/")[2].removesuffix(".md").rpartition(".")
    return naming.language_tag(language) if stem and naming.is_language(language) else ""


def _second_translation(one: Translation, first: Prose) -> Problem:
    return Problem(
        place=one.place,
        code="P014",
        message=f"the page has a translation into {one.language} already: {one.id}",
        hint=f"remove one of them; the other is {first.place.path}",
    )
