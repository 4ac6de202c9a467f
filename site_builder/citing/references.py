"""References to the works for reference managers: CSL-JSON items, and BibTeX and RIS made from them.

There are three works, each with an id that is the same in every format: the work as it was published, the
copy that the edition is based on (its witness), and this annotated edition.  Nothing is invented: a field
that the record does not have is absent.  The English title of a work is the editors' translation, so no
format gives it as the title of the work: it is in a note.  ``docs/record.md`` lists where each field goes and
what a format cannot carry.

CSL-JSON follows csl-data.json of citation-style-language/schema 1.0.2.  RIS follows Research Information
Systems (2011), ``TY`` first, ``ER`` last.  BibTeX is UTF-8; a title is in double braces, so that no program
changes its case.  ``language`` is a BCP 47 tag in all three.

An alphabetic name with two parts is ``Jacobs, Jane``.  A name in Han characters is not divided in BibTeX and
RIS (``{李明}``), as in the Chinese styles for LaTeX and the Chinese databases: a BibTeX style, or a reference
manager without rules for East Asian names, would print the given name first, with a space (明 李).  CSL-JSON
divides it, since CSL processors know the order.

Every value is on one line and contains no control character, whatever the record contains.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote

from site_builder.citing import people
from site_builder.language import catalogue
from site_builder.language.characters import one_line
from site_builder.language.message import Message, pmsg
from site_builder.model import Copy, Localized, Name, Person, Project, Record, Site
from site_builder.model.record import language_of
from site_builder.records import replace

Item = Mapping[str, Any]
_DAY = re.compile(r"([0-9]{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12][0-9]|3[01]))?)?")
_DASH = re.compile(r"\s*(?:[–—－~～〜]|--+)\s*")
_PROGRAMS = {"zh-Hans": "zh-CN"}
"""Language → the tag that citation programs know."""
_OF_PROGRAMS = {known: language for language, known in _PROGRAMS.items()}
_LANGUAGE = re.compile(r'^( *language = \{|LA  - | *"language": ")([A-Za-z0-9-]+)', re.MULTILINE)
"""The language of a work in BibTeX, RIS and CSL-JSON, after the words before it."""
_TYPES = {"article": "article-journal"}
"""Kind of a work → CSL type, if the names differ."""


def article(record: Record) -> Item:
    """The work as it was published, of any kind: CSL variable → value.

    ``id`` is that of the record.  ``type`` is the kind, for an article ``article-journal``.  Persons are
    lists of ``{"family": …, "given": …}`` or ``{"literal": …}``.  The number is ``number`` for a report or
    manuscript, else ``collection-number``.  A date (``2020-09``) is ``{"date-parts": [[2020, 9]]}``, anything
    else (``about 1900``, ``2020-9``) ``{"literal": …}``.  Fields without a value are absent, and so are
    affiliations.  Names and titles in Latin letters are in ``note`` with the translations of the titles,
    since they are not the work's own: ``Li Ming. Biji [Notes]``; without a name or title in Latin letters
    there is no note.  A range in ``page`` has a hyphen.  ``language`` is that of the record; ``zh`` gets its
    script, and ``zh-Hans`` is ``zh-CN``.
    """
    number = "number" if record.kind in ("report", "manuscript") else "collection-number"
    return _full(
        {
            "id": record.id,
            "type": _TYPES.get(record.kind, record.kind),
            "title": record.title,
            "author": [_csl_name(person) for person in record.authors],
            "editor": [_csl_name(person) for person in record.editors],
            "translator": [_csl_name(person) for person in record.translators],
            "container-title": record.container,
            "collection-title": record.series,
            number: record.number,
            "genre": record.genre,
            "volume": record.volume,
            "issue": record.issue,
            "page": _DASH.sub("-", record.pages),
            "edition": record.edition_statement,
            "publisher": record.publisher,
            "publisher-place": record.publisher_place,
            "issued": _issued(record.year),
            "original-date": _issued(record.original_date),
            "DOI": record.doi,
            "ISSN": record.issn,
            "ISBN": record.isbn,
            "URL": record.url,
            "accessed": _issued(record.accessed.isoformat() if record.accessed else ""),
            "note": _in_latin_letters(record),
            "language": _language(record),
        }
    )


def _in_latin_letters(record: Record) -> str:
    """The authors and titles in Latin letters with translations, for readers of another script.

    As ``Li Ming. Shuili biji [Notes on waterways]. Shuili Yuekan [Waterways Monthly]``; only what the record
    has; ``""`` if it has no name or title in Latin letters.
    """
    latin = [person.romanised for person in record.authors if person.latin is not None]
    if not (latin or record.title_latin or record.container_latin):
        return ""
    titles = (
        (record.title_latin, record.title_gloss or record.title.of("en")),
        (record.container_latin, record.container.of("en")),
    )
    found = (" ".join(filter(None, (own, f"[{gloss}]" if gloss else ""))) for own, gloss in titles)
    return ". ".join(filter(None, (", ".join(latin), *found)))


def copy(record: Record) -> Item | None:
    """The copy of the work that the edition is based on: id ``ID-copy``, type ``webpage``.

    It is the copy of the role ``witness``; of several, the one that ``witness`` of the record names, else the
    first.  ``None`` if no copy has the role.  Title, authors and language are those of the work,
    ``container-title`` is the name of the copy, ``issued`` its date and ``URL`` its address; fields are as in
    :func:`article`.
    """
    found = witness(record)
    if found is None:
        return None
    return _full(
        {
            "id": f"{record.id}-copy",
            "type": "webpage",
            "title": record.title,
            "author": [_csl_name(person) for person in record.authors],
            "container-title": found.name,
            "issued": _issued(found.date),
            "URL": found.address,
            "language": _language(record),
        }
    )


def edition(record: Record, site: Site) -> Item:
    """This annotated edition of the work: id ``ID-edition``, type ``webpage``.

    The values are those of CSL-JSON, as in :func:`article`; a field without a value is left out.  Its authors
    are the publishers of the site, each a ``literal``; none if ``publisher_is_name`` is false.  It has the
    date, version and address of the project, not those of the text.  ``title`` is the text of
    :func:`edition_title`, without translations.  ``language`` is that of the site, ``zh-CN`` for ``zh-Hans``;
    if the site states none, that of the work.
    """
    return _full(
        {
            "id": f"{record.id}-edition",
            "type": "webpage",
            "title": edition_title(site),
            "author": [_csl_name(person) for person in publishers(site)] if site.publisher_is_name else [],
            "issued": _issued(site.date.isoformat()),
            "version": site.version,
            "URL": site.address,
            "language": _PROGRAMS.get(site.language, site.language) or _language(record),
        }
    )


def items(project: Project) -> tuple[Item, ...]:
    """The items of a project: for each text the :func:`article`, the :func:`copy` (if any), and the
    :func:`edition`, in this order; ``()`` without texts.
    """
    found = []
    for work in project.works:
        record = work.record
        found += [article(record), copy(record), edition(record, project.site)]
    return tuple(item for item in found if item is not None)


def edition_title(site: Site) -> Localized:
    """The title of the edition with its subtitle, in the form of a bibliography: ``TITLE: SUBTITLE``, with
    the colon of the language of the prose.

    The project has both.  Its translations have the colon of their own language; without a translation of the
    subtitle they are that of the title alone.  A language without a translation of the title has none.
    """
    found = {tag: _translated_title(site, tag) for tag in site.title.translations}
    return Localized(catalogue.of(site.language).text(full_title(site)), translations=found)


def _translated_title(site: Site, tag: str) -> str:
    title, subtitle = site.title.of(tag), site.subtitle.of(tag)
    return catalogue.of(tag).text(_with_subtitle(title, subtitle)) if subtitle else title


def full_title(site: Site) -> Message:
    """The title of the edition with its subtitle: ``TITLE: SUBTITLE``, with the colon of the language in
    which the message is shown. :func:`edition_title` is the same as a text.
    """
    return _with_subtitle(site.title, site.subtitle)


def _with_subtitle(title: str, subtitle: str) -> Message:
    return pmsg("title and subtitle", "%(title)s: %(subtitle)s", title=title, subtitle=subtitle)


def publishers(site: Site) -> tuple[Person, ...]:
    """The persons or institutions that publish the edition, in the order in which the site names them, each
    with its whole name as ``literal``.

    ``publisher`` of the site is divided at ``、``, ``；`` and ``;``; an empty one gives one person with an
    empty name.  Their names in Latin letters are those of its English translation, if that has as many names.
    """
    return people.of_statement(site.publisher, site.publisher.of("en"))


def date(item: Item, which: str = "issued") -> tuple[int, ...]:
    """The date of an item: (year), (year, month) or (year, month, day); ``()`` if there is none, or in words.

    :param which: the name of the date field: ``issued``, ``original-date`` or ``accessed``.
    """
    return tuple(item.get(which, {}).get("date-parts", [[]])[0])


def iso(item: Item, which: str = "issued") -> str:
    """The date of an item in ISO 8601 format, as precise as it is: ``2020``, ``2020-09``, ``2020-09-21``.

    A year has four digits: ``0980``.  ``""`` if there is none, or if it is in words.
    """
    return "-".join(f"{part:0{width}}" for part, width in zip(date(item, which), (4, 2, 2), strict=False))


def words(item: Item, which: str = "issued") -> str:
    """The date of an item as it is written, as a date or in words; ``""`` if there is none."""
    return iso(item, which) or str(item.get(which, {}).get("literal", ""))


def is_date(text: str) -> bool:
    """Whether a text is a date: ``2020``, ``2020-09`` or ``2020-09-21``; false for ``2020-13``,
    ``2020-9`` and ``980``.

    Days from 1 to 31 are accepted in every month, so ``2020-02-31`` is true.
    """
    return _DAY.fullmatch(text) is not None


def doi_address(doi: str) -> str:
    """The address that resolves a DOI; characters that an address cannot contain are percent-encoded.

    ``10.1000/a b`` gives ``https://doi.org/10.1000/a%20b``.  The DOI is not checked.  Source: DOI Handbook,
    3.8.1.
    """
    return f"https://doi.org/{quote(doi, safe='/:;()._-')}"


def witness(record: Record) -> Copy | None:
    """The copy with the role ``witness``; of several, the one that ``witness`` of the record names, else the
    first; ``None`` if no copy has the role.
    """
    found = [one for one in record.copies if one.role == "witness"]
    named = [one for one in found if one.id == record.witness]
    return next(iter(named or found), None)


def clean(found: tuple[Person, ...]) -> tuple[Person, ...]:
    """The same persons in the same order, each with a name and a Latin name on one line, as
    :func:`.characters.one_line` makes it.

    All else stays; no persons give ``()``.
    """
    return tuple(
        replace(person, name=_clean(person.name), latin=_clean(person.latin) if person.latin else None)
        for person in found
    )


def _clean(name: Name) -> Name:
    return Name(family=one_line(name.family), given=one_line(name.given), literal=one_line(name.literal))


def _csl_name(person: Person) -> dict[str, str]:
    """The name as a CSL name variable."""
    name = person.name
    if name.divided:
        return {
            part: one_line(text) for part, text in (("family", name.family), ("given", name.given)) if text
        }
    return {"literal": one_line(name.literal)}


def _issued(text: str) -> dict[str, Any]:
    """The date as a CSL date variable: in parts if the text is a date, otherwise literal."""
    if not text:
        return {}
    found = _DAY.fullmatch(text)
    return (
        {"date-parts": [[int(part) for part in found.groups() if part]]}
        if found
        else {"literal": one_line(text)}
    )


def _language(record: Record) -> str:
    """The language of the record's own words (BCP 47): titles and names are in it.

    A script is added only to ``zh``, and ``zh-Hans`` is ``zh-CN``, as citation programs know it.  Other
    languages are as in the record.
    """
    if record.language != "zh":
        return record.language
    tag = language_of(record.language, record.script)
    return _PROGRAMS.get(tag, tag)


def with_languages(entry: str, shown: Callable[[str], str]) -> str:
    """An entry in BibTeX, RIS or CSL-JSON in which each value of ``language`` (RIS ``LA``) is the language
    that ``shown`` returns; all else stays, also an entry without a language.

    ``zh-CN`` in the entry is ``zh-Hans`` for ``shown``, and ``zh-Hans`` from it is written ``zh-CN``:
    ``LA  - zh-Hant`` becomes ``LA  - zh-CN``.

    :param shown: language of a text (BCP 47) → the language in which a view shows the text.
    """

    def named(found: re.Match[str]) -> str:
        language = _OF_PROGRAMS.get(found[2], found[2])
        other = shown(language)
        return found[0] if other == language else found[1] + _PROGRAMS.get(other, other)

    return _LANGUAGE.sub(named, entry)


def _full(fields: dict[str, Any]) -> Item:
    """The fields with a value, each text on one line."""
    clean = {name: one_line(value) if isinstance(value, str) else value for name, value in fields.items()}
    return {name: value for name, value in clean.items() if value}


def name_of(found: Mapping[str, str]) -> Name:
    """The name in an item of :func:`article`, :func:`copy` or :func:`edition`, which has the keys ``family``,
    ``given`` or ``literal``; an absent key is ``""``.

    :raises TypeError: for another part of a CSL name, such as ``non-dropping-particle``: no item here has
        one.
    """
    return Name(**found)


def csl_json(project: Project) -> bytes:
    """The content of ``references.csl.json``: the :func:`items` as a JSON list in UTF-8, indented by one
    space, with a line end; ``[]`` without texts.
    """
    return f"{json.dumps(items(project), ensure_ascii=False, indent=1)}\n".encode()


def csl(*items: Item) -> str:
    """Items as CSL-JSON: a list, as programs expect, also for one item, indented by one space, without a line
    end; ``[]`` for none.
    """
    return json.dumps(items, ensure_ascii=False, indent=1)
