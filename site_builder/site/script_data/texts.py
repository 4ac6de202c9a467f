"""``data/texts.js``: the passages as edited, for addresses that name words of a passage.

A script needs the text as edited on a page that shows it in another script, and the texts of earlier editions
where words have changed.  ``data/texts-hans.js`` and the like have the texts as a further view shows them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from site_builder.edition import snapshots
from site_builder.edition.edition import Edition
from site_builder.edition.locale import Locale
from site_builder.model import Localized, Passage, Project, SentenceRange, Work
from site_builder.site.script_data import script_of


def texts(edition: Edition) -> bytes:
    """The data file: ``var TEXTS={work: {passage: [text, [[edition, text]…], [[start, end, id]…]]}};``.

    The second part has the texts that the passage had in earlier editions, the latest first, each once and
    none that is the present text.  The third has its sentences: the first and the last character of the words
    (code points, the end exclusive), without white space around them, and the anchor.  Empty parts at the end
    are left out.  If the text may not be published, the value is ``{}``.
    """
    if not edition.with_text:
        return script_of("TEXTS", {})
    earlier = earlier_texts(edition.project)
    return script_of(
        "TEXTS",
        {
            work.id: {passage.id: _entry(work, passage, earlier) for passage in work.passages}
            for work in edition.project.works
        },
    )


def of_work(edition: Edition, work: Work, earlier: Mapping[str, list[tuple[str, str]]]) -> bytes:
    """The texts of one work of a large project: ``var TEXTS_OF={passage: [text, [[edition, text]…], [[start,
    end, id]…]]};``, as :func:`texts`; ``{}`` if the text may not be published.

    Earlier texts that are the present one are left out; of those that are equal the latest stays.  Empty
    parts at the end are left out.

    :param earlier: what :func:`earlier_texts` gives.
    """
    if not edition.with_text:
        return script_of("TEXTS_OF", {})
    found = {passage.id: _entry(work, passage, earlier) for passage in work.passages}
    return script_of("TEXTS_OF", found)


def shown(edition: Edition, locale: Locale) -> bytes:
    """The texts as a view shows them, without those of earlier editions: ``var SHOWN={work: {passage:
    text}};``.

    A work that the view does not convert is left out: its texts are those of :func:`texts`.  If the text may
    not be published, the value is ``{}``.
    """
    return script_of(
        "SHOWN",
        {
            work.id: {passage.id: _say(work, passage, locale) for passage in work.passages}
            for work in edition.project.works
            if edition.with_text and locale.converts(work.record.tag)
        },
    )


def _say(work: Work, passage: Passage, locale: Locale) -> str:
    return locale.convert(Localized(passage.text, language=work.record.tag))


def _entry(work: Work, passage: Passage, earlier: Mapping[str, list[tuple[str, str]]]) -> list[object]:
    found = dict[str, str]()
    for edition, text in earlier.get(f"{work.id}#{passage.id}", ()):
        if text != passage.text:
            found.setdefault(text, edition)
    made: list[object] = [
        passage.text,
        [[edition, text] for text, edition in found.items()],
        [_sentence(passage.text, one) for one in passage.sentences],
    ]
    while not made[-1]:
        del made[-1]
    return made


def _sentence(text: str, one: SentenceRange) -> list[object]:
    words = text[one.start : one.end]
    return [one.end - len(words.lstrip()), one.start + len(words.rstrip()), one.id]


def earlier_texts(project: Project) -> dict[str, list[tuple[str, str]]]:
    """Passage (``canal#p2``) → its (edition, text) in other editions than the present one, latest first.

    Texts that equal the present one, or each other, are there too.

    ``{}`` without snapshots of other editions.
    """
    found: dict[str, list[tuple[str, str]]] = {}
    for id_, edition, text in _passages(project):
        found.setdefault(id_, []).append((edition, text))
    return found


def _passages(project: Project) -> Iterator[tuple[str, str, str]]:
    for release in reversed(snapshots.releases(project.snapshots)):
        if release.edition != project.site.version:
            for item in release.items:
                if item.part == "text" and item.kind == "passage":
                    yield item.id, release.edition, str(item.texts.get("words", ""))
