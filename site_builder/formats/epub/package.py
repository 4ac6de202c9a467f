"""What the package document and the title page say of the book (EPUB 3.3, section 5)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from site_builder.citing import citation, references
from site_builder.language.message import Message, Wording, listed, msg, pmsg
from site_builder.model import Name, Person, Project, Record
from site_builder.records import dataclass
from site_builder.site.views import View

FILE = "book.opf"


@dataclass(frozen=True, kw_only=True, slots=True)
class Item:
    """A file of the book; ``href`` is its path as seen from the package document.

    ``read`` says whether it has a place in the reading order.
    """

    href: str
    media_type: str = "application/xhtml+xml"
    properties: str = ""
    read: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Maker:
    """A person or body that made the book or the work.

    ``element`` is that of Dublin Core, ``role`` the MARC relator.  ``inverted`` is the form that sorts and
    ``latin`` the name in Latin letters, where they differ from ``name``.
    """

    id: str
    element: str
    role: str
    name: str
    inverted: str = ""
    latin: str = ""


def view(project: Project, items: Iterable[Item], lang: str, identifier: str) -> View:
    """The package document (``book.opf``), with the makers of the works and the editors, and statements on
    source, date and rights.  Its facts are ``book`` (the site), ``identifier``, ``makers``, ``statements``,
    and ``items``, a list of (id, item).

    :param project: the project, with the works of the book.
    :param items: the files of the book, those of the reading order in that order; they get the ids ``f0``,
        ``f1``…
    :param lang: the language of the book (BCP 47).
    :param identifier: the permanent name of the book, a URN.
    """
    return View(
        template="epub/package.opf",
        address=FILE,
        title=project.site.title,
        description=project.site.description,
        facts={
            "book": project.site,
            "identifier": identifier,
            "makers": list(_makers(project)),
            "statements": list(_statements(project, lang)),
            "items": [(f"f{number}", item) for number, item in enumerate(items)],
        },
    )


def _makers(project: Project) -> Iterator[Maker]:
    """The makers of all works, each once in a role, and the editors of the book."""
    records = [work.record for work in project.works]
    number = 0
    for element, role, people in (
        ("creator", "aut", [person for record in records for person in record.authors]),
        ("contributor", "edt", [person for record in records for person in record.editors]),
        ("contributor", "trl", [person for record in records for person in record.translators]),
    ):
        for person in _once(people):
            whole, inverted = person.name.whole, person.name.inverted
            if whole:
                yield Maker(
                    id=f"{element}{number}",
                    element=element,
                    role=role,
                    name=whole,
                    inverted=inverted if inverted != whole else "",
                    latin=person.romanised,
                )
            number += 1
    if project.site.publisher:
        yield Maker(id="editors", element="contributor", role="edt", name=project.site.publisher)


def _once(people: list[Person]) -> Iterator[Person]:
    """Each name once, at its first place."""
    found: dict[Name, Person] = {}
    for person in references.clean(tuple(people)):
        found.setdefault(person.name, person)
    yield from found.values()


def _statements(project: Project, lang: str) -> Iterator[tuple[str, Wording]]:
    """(element of Dublin Core, value) of what has no refinement."""
    site = project.site
    yield "publisher", site.publisher
    yield "language", lang
    yield "date", site.date.isoformat()
    yield "description", site.description
    for work in project.works:
        yield "source", citation.of_work(work.record)
        yield from (("source", one) for one in _identifiers(work.record))
    yield from (("rights", words) for words in dict.fromkeys(work.record.rights for work in project.works))
    yield from (("rights", words) for words in _licences(project))


def _identifiers(record: Record) -> Iterator[str]:
    """The numbers of the published work as URIs."""
    if record.doi:
        yield references.doi_address(record.doi)
    if record.isbn:
        yield f"urn:isbn:{record.isbn.replace(' ', '-')}"
    if record.issn:
        yield f"urn:issn:{record.issn}"


def _licences(project: Project) -> list[Wording]:
    return [
        pmsg(
            "a licence and what it covers",
            "%(name)s. %(definition)s",
            name=licence.name,
            definition=licence.definition,
        )
        for licence in project.site.licences
    ]


def title_page(project: Project) -> dict[str, object]:
    """The facts of the title page: ``records`` of the works, and ``imprint``, a list of lines.

    The lines are the source of each work, then the rights of each, then the licences.  ``book`` has the title
    of the book.

    A project without licences has no line of them; without works ``records`` is ``[]``.
    """
    records = [work.record for work in project.works]
    imprint: list[Wording] = [
        *map(source, records),
        *(record.rights for record in records),
        *_licences(project),
    ]
    return {"book": project.site, "records": records, "imprint": imprint}


def source(record: Record) -> Wording:
    """The work as it was published: ``author, “title”, container, 2020, no. 3``.

    The publisher comes before the container, the pages come last; what the record lacks is left out.
    """
    return listed(
        filter(None, (_work(record), _publisher(record), _issue(record), _pages(record))), _and_part
    )


def _work(record: Record) -> Wording:
    if not record.author:
        return pmsg("the title of a work", "“%(title)s”", title=record.title)
    return pmsg("a work", "%(author)s, “%(title)s”", author=record.author, title=record.title)


def _publisher(record: Record) -> Wording:
    place, name = record.publisher_place, record.publisher
    return (
        pmsg("a publisher", "%(place)s: %(name)s", place=place, name=name)
        if place and name
        else place or name
    )


def _issue(record: Record) -> Wording:
    """The container and the part of it: year, volume, issue."""
    parts = (
        pmsg("a container", "%(container)s", container=record.container) if record.container else "",
        pmsg("a year", "%(year)s", year=record.year) if record.year else "",
        msg("vol. %(volume)s", volume=record.volume) if record.volume else "",
        msg("no. %(issue)s", issue=record.issue) if record.issue else "",
    )
    return listed(filter(None, parts), _and_number)


def _pages(record: Record) -> Wording:
    return msg("pp. %(pages)s", pages=record.pages) if record.pages else ""


def _and_part(parts: Wording, part: Wording) -> Message:
    return pmsg("parts of a source", "%(parts)s, %(part)s", parts=parts, part=part)


def _and_number(parts: Wording, part: Wording) -> Message:
    return pmsg("container, year, volume, issue", "%(parts)s, %(part)s", parts=parts, part=part)
