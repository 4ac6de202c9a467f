"""The TEI header of a work: the file and its source, languages, history (``fileDesc`` … ``revisionDesc``).

Fields that a record does not have are absent.  The rights in the text (``rights.text``) and the licences of
the project's own work (``rights.project``) are separate; the text and the stand-off annotations refer to them
with ``@decls``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from site_builder.citing import references
from site_builder.edition import addresses, anchors, identifiers
from site_builder.edition.edition import Edition
from site_builder.formats.tei import classes, encoding
from site_builder.formats.tei.tree import (
    EDITORS,
    Content,
    Element,
    coder,
    copy,
    dated,
    e,
    mixed,
    texts,
    to,
    translated,
    worded,
)
from site_builder.language import catalogue, tags
from site_builder.language.characters import one_line
from site_builder.language.message import Message, msg
from site_builder.model import Anchor, Copy, Fact, Name, Person, Record, Work

TEXT_RIGHTS, PROJECT_RIGHTS = "rights.text", "rights.project"


def header(edition: Edition, work: Work) -> Element:
    """The complete header (``teiHeader``): file, encoding with the codebook, languages, history.

    Fields that the record lacks are absent.  It does not depend on whether the text may be published, except
    for the description of the encoding.
    """
    return e(
        "teiHeader",
        e(
            "fileDesc",
            _title(edition, work),
            _edition(edition, work),
            _publication(edition, work),
            _source(edition, work.record),
        ),
        encoding.encoding(edition, work, classes.declaration(edition, work)),
        e("profileDesc", _languages(edition, work.record)),
        e("revisionDesc", _history(edition, work)),
    )


def language(record: Record) -> str:
    """The language of the text as a BCP 47 tag, :attr:`Record.tag`: ``zh-Hant``, ``en``.

    The script is left out where the tool knows it as the usual one of the language (``en``, ``ja``; not
    ``ta``), and where the language has a subtag already: ``zh-TW``.  That such a tag exists is not
    checked.
    """
    return record.tag


def _latin(record: Record) -> str:
    """The language of the text in Latin letters, as a BCP 47 tag."""
    return f"{tags.main(record.language)}-Latn"


def coders(edition: Edition, work: Work) -> tuple[str, ...]:
    """The coders who tagged passages of the work, the displayed one first, then in the order of their ids.

    A coder without tags in this work is left out, also the displayed one; no tags give ``()``.
    """
    return tuple(dict.fromkeys(tag.coder for tag, _ in edition.tagged[work.id]))


# --- the file -------------------------------------------------------------------------------------


def _title(edition: Edition, work: Work) -> Element:
    record, site = work.record, edition.project.site
    return e(
        "titleStmt",
        e("title", record.title, type="main", lang=language(record)),
        translated(edition, "title", record.title, type="alt"),
        texts(edition, "title", references.edition_title(site), type="sub"),
        _people(record),
        _responsible(edition, EDITORS, msg("edited the text"), site.publisher),
        (
            _responsible(edition, coder(name), msg("tagged the passages"), name, _recorded(edition, name))
            for name in coders(edition, work)
        ),
    )


def _people(record: Record) -> Iterator[Element]:
    """Authors, editors and translators, each in one element."""
    for person in references.clean(record.authors):
        yield e("author", _named(person, record))
    yield from _editors(record)


def _editors(record: Record) -> Iterator[Element]:
    for role, found in (("editor", record.editors), ("translator", record.translators)):
        for person in references.clean(found):
            yield e("editor", _named(person, record), role=role)


def _named(person: Person, record: Record) -> Iterator[Element]:
    """The name of a person or institution, its Latin form, and the affiliation."""
    tag = "orgName" if person.institution else "persName"
    yield _name(tag, person.name, lang=language(record))
    if person.latin:
        yield _name(tag, person.latin, family_first=person.east_asian, lang=_latin(record), type="latin")
    if person.affiliation:
        yield e("affiliation", one_line(person.affiliation))


def _name(tag: str, name: Name, *, family_first: bool = False, **attributes: str) -> Element:
    """A name with two parts, in the order in which it is written."""
    if not name.divided:
        return e(tag, name.literal, **attributes)
    family = e("surname", name.family)
    given = [e("forename", name.given)] if name.given else []
    space = [" "] if given and name.alphabetic else []
    first_last: tuple[list[Element], list[Element]] = ([family], given)
    if name.alphabetic and not family_first:
        first_last = (given, [family])
    parts: list[Element | str] = [*first_last[0], *space, *first_last[1]]
    return e(tag, parts, **attributes)


def _responsible(
    edition: Edition, id_: str, did: Message, name: str, more: Iterable[Element] = ()
) -> Element:
    return e("respStmt", worded(edition, "resp", did), e("name", name), more, id=id_)


def _recorded(edition: Edition, name: str) -> Iterator[Element]:
    """The record of a coder: its name, and notes on its kind and date, on what it saw, and others."""
    found = edition.coders.get(name)
    if found is not None:
        yield from texts(edition, "name", found.name)
        yield e("note", e("date", found.date.isoformat(), when=found.date.isoformat()), type=found.kind)
        yield from texts(edition, "note", found.saw, type="saw")
        yield from texts(edition, "note", found.note)


def _edition(edition: Edition, work: Work) -> Element:
    site = edition.project.site
    statement = msg(
        "Version %(version)s (edition %(edition)s of the text), %(date)s",
        version=site.version,
        edition=work.record.edition,
        date=dated("date", site.date.isoformat()),
    )
    return e("editionStmt", e("edition", mixed(edition.catalogue, statement), n=site.version))


def _publication(edition: Edition, work: Work) -> Element:
    project, site = edition.project, edition.project.site
    licences = [
        e("licence", texts(edition, "p", licence.name), texts(edition, "p", licence.definition))
        for licence in site.licences
    ]
    return e(
        "publicationStmt",
        e("publisher", site.publisher),
        dated("date", site.date.isoformat()),
        e("idno", identifiers.iri(project, addresses.reading(work.id)), type="URI"),
        e("availability", e("p", work.record.rights), id=TEXT_RIGHTS, default="true"),
        e("availability", licences, id=PROJECT_RIGHTS) if licences else [],
    )


# --- its source -----------------------------------------------------------------------------------


def _source(edition: Edition, record: Record) -> Element:
    witnesses = [e("witness", _copy(record, one), id=copy(one.id)) for one in _copies(record, witness=True)]
    others = [_copy(record, one, id=copy(one.id)) for one in _copies(record, witness=False)]
    return e(
        "sourceDesc",
        _published(edition, record),
        e("listWit", witnesses) if witnesses else [],
        e("listBibl", others) if others else [],
    )


def _copies(record: Record, *, witness: bool) -> Iterator[Copy]:
    return (one for one in record.copies if (one.id == record.witness) == witness)


def _published(edition: Edition, record: Record) -> Element:
    """The work as it was published: in its container, or by itself."""
    item = references.article(record)
    inside = "container-title" in item
    level = "a" if inside else "u" if record.kind in ("thesis", "manuscript") else "m"
    work = [
        e("title", record.title, level=level, lang=language(record)),
        *translated(edition, "title", record.title, level=level, type="alt"),
    ]
    facts = [*_notes(record, item), *(_fact(edition, fact) for fact in record.facts)]
    numbers = list(_numbers(item))
    authors = [e("author", _named(person, record)) for person in references.clean(record.authors)]
    editors = list(_editors(record))
    number = [e("edition", item["edition"])] if "edition" in item else []
    if not inside:
        work = [*authors, *editors, *work] if authors or editors else work
        return e("biblStruct", e("monogr", *work, numbers, number, _imprint(item)), _series(item), facts)
    level = "j" if record.kind == "article" else "m"
    holder = [
        e("title", record.container, level=level, lang=language(record)),
        *translated(edition, "title", record.container, level=level, type="alt"),
    ]
    # an article or a page has its own editors
    hosted = record.kind in ("chapter", "classic")
    within = e("analytic", *work, *authors, *([] if hosted else editors))
    people = editors if hosted else []
    return e(
        "biblStruct",
        within,
        e("monogr", *people, *holder, numbers, number, _imprint(item)),
        _series(item),
        facts,
    )


_SCOPES = (("volume", "volume"), ("issue", "issue"), ("number", "number"), ("page", "page"))


def _imprint(item: references.Item) -> Element:
    """Publisher, place, dates, and the place of the work in its container."""
    address = item.get("URL", "")
    return e(
        "imprint",
        e("publisher", item["publisher"]) if "publisher" in item else [],
        e("pubPlace", item["publisher-place"]) if "publisher-place" in item else [],
        (
            e("biblScope", str(item[name]), unit=unit, n=str(item[name]))
            for name, unit in _SCOPES
            if name in item
        ),
        dated("date", references.words(item)),
        dated("date", references.words(item, "original-date"), type="original")
        if "original-date" in item
        else [],
        dated("date", references.iso(item, "accessed"), type="accessed") if "accessed" in item else [],
        e("ptr", target=address) if address else [],
    )


def _numbers(item: references.Item) -> Iterator[Element]:
    return (e("idno", item[name], type=name) for name in ("DOI", "ISSN", "ISBN") if name in item)


def _series(item: references.Item) -> Content:
    number = item.get("collection-number", "")
    if "collection-title" not in item and not number:
        return []
    return e(
        "series",
        e("title", item.get("collection-title", ""), level="s") if "collection-title" in item else [],
        e("biblScope", number, unit="volume", n=number) if number else [],
    )


def _notes(record: Record, item: references.Item) -> Iterator[Element]:
    if "genre" in item:
        yield e("note", item["genre"], type="genre")
    if record.affiliation:
        yield e("note", one_line(record.affiliation), type="affiliation")


def _fact(edition: Edition, fact: Fact) -> Element:
    sentence = msg(
        "%(name)s: %(value)s (%(source)s)",
        name=e("label", fact.name),
        value=e("seg", fact.value, type="value"),
        source=e("seg", fact.source, type="source"),
    )
    return e("note", mixed(edition.catalogue, sentence), type="fact")


def _copy(record: Record, found: Copy, **attributes: str) -> Element:
    tag = f"{tags.main(record.language)}-{found.script}" if found.script else ""
    return e(
        "bibl",
        e("title", found.name),
        dated("date", found.date) if found.date else [],
        e("textLang", tag, mainLang=tag) if tag else [],
        e("ptr", target="%20".join(found.address.split())) if found.address else [],
        e("note", found.note) if found.note else [],
        type=found.role,
        **attributes,
    )


def _languages(edition: Edition, record: Record) -> Element:
    """The languages of the file, and what is in them: the text, the prose, each translation."""
    text, prose, english = language(record), edition.project.site.language, catalogue.ENGLISH
    used = {text: msg("The text"), prose: msg("The editors' prose")}
    if text == prose:
        used = {text: msg("The text and the editors' prose")}
    found = {tag: edition.catalogue.text(words) for tag, words in used.items()}
    for tag in (english, *edition.languages):
        found.setdefault(tag, _RENDERED if tag == english else catalogue.of(tag).text(msg("Translations")))
    if any(person.latin for person in (*record.authors, *record.editors, *record.translators)):
        found[_latin(record)] = "Names in Latin letters"
    return e("langUsage", (e("language", words, ident=tag) for tag, words in found.items()))


_RENDERED = "English renderings by the editors"


# --- its history ----------------------------------------------------------------------------------


def _history(edition: Edition, work: Work) -> Iterator[Element]:
    """The changes of every edition in the ledger, the newest first."""
    dates = {work.record.edition: work.record.date.isoformat()}
    for anchor in work.ledger:
        news = (anchor.edition, _ended(anchor), *(one.edition for one in anchor.revisions))
        dates = dict.fromkeys(filter(None, news), "") | dates
    numbers = sorted(dates, key=_order, reverse=True)
    for number in numbers:
        words = edition.catalogue.text(msg("Edition %(number)s of the text.", number=number))
        yield e("change", words, n=number, who=to([EDITORS]), when=dates[number])
        if number != numbers[-1]:
            new = [anchor.id for anchor in work.ledger if anchor.edition == number]
            yield from _changed(edition, "new", number, new)
        revised = [a.id for a in work.ledger if any(one.edition == number for one in a.revisions)]
        yield from _changed(edition, "revised", number, revised)
        ended = (a for a in work.ledger if a.fate != "live" and _ended(a) == number)
        yield from (_end(edition, work, a, number) for a in ended)


def _order(edition: str) -> list[tuple[int, str]]:
    """A sort key that compares numbers by value: 1.10 comes after 1.9."""
    parts = re.findall(r"[0-9]+|[^0-9]+", edition)
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in parts]


def _ended(anchor: Anchor) -> str:
    return "" if anchor.fate == "live" else anchor.ended or anchor.edition


def _changed(edition: Edition, kind: str, number: str, ids: list[str]) -> Iterator[Element]:
    if ids:
        listed = edition.catalogue.text(classes.BETWEEN_ITEMS).join(ids)
        words = {"new": msg("New: %(ids)s.", ids=listed), "revised": msg("Revised: %(ids)s.", ids=listed)}
        yield e("change", edition.catalogue.text(words[kind]), n=number, type=kind, target=to(ids))


def _end(edition: Edition, work: Work, anchor: Anchor, number: str) -> Element:
    """The end of an id, and its successors; the id is here if it has none."""
    heirs = anchors.successors(work.ledger, anchor.id)
    into = edition.catalogue.text(classes.BETWEEN_ITEMS).join(anchor.into)
    values = {"id": anchor.id, "into": into, "reason": anchor.reason}
    words = {
        "split": msg("%(id)s was divided into %(into)s. %(reason)s", **values),
        "merged": msg("%(id)s was merged into %(into)s. %(reason)s", **values),
    }.get(anchor.fate, msg("%(id)s was withdrawn. %(reason)s", **values))
    return e(
        "change",
        edition.catalogue.text(words),
        id=f"change.{anchor.id}" if heirs else anchor.id,
        n=number,
        type=anchor.fate,
        target=to(heirs),
    )
