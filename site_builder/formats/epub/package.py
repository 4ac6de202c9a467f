"""What the package document and the title page say of the book (EPUB 3.3, section 5)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from site_builder.citing import citation, references
from site_builder.edition import identifiers
from site_builder.model import Name, Person, Project, Record
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


def view(project: Project, items: Iterable[Item], lang: str) -> View:
    """The package document (``book.opf``).  ``items`` are in reading order, and get the ids ``f0``, ``f1``…

    :param lang: the language of the book (BCP 47), which is also in its identifier.
    """
    return View(
        template="epub/package.opf",
        address=FILE,
        title=project.site.title,
        description=project.site.description,
        facts={
            "identifier": identifiers.urn(project, "epub", lang),
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


def _statements(project: Project, lang: str) -> Iterator[tuple[str, str]]:
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


def _licences(project: Project) -> list[str]:
    return [f"{licence.name}。{licence.definition}" for licence in project.site.licences]


def title_page(project: Project) -> dict[str, object]:
    """The facts of the title page: ``records`` of the works, and ``imprint``, a list of lines.

    The lines are the source of each work, then the rights of each, then the licences; they are not
    converted.
    """
    records = [work.record for work in project.works]
    imprint = [*map(source, records), *(record.rights for record in records), *_licences(project)]
    return {"records": records, "imprint": imprint}


def source(record: Record) -> str:
    """The work as it was published: ``author〈title〉，《container》2020 年第 3 期``.

    The publisher comes before the container, the pages come last; what the record lacks is left out.
    """
    place = f"《{record.container}》" if record.container else ""
    year = f"{record.year} 年" if record.year else ""
    issue = f"第 {record.issue} 期" if record.issue else ""
    volume = f"第 {record.volume} 卷" if record.volume else ""
    pages = f"第 {record.pages} 頁" if record.pages else ""
    publisher = "：".join(filter(None, (record.publisher_place, record.publisher)))
    parts = (f"{record.author}〈{record.title}〉", publisher, f"{place}{year}{volume}{issue}", pages)
    return "，".join(filter(None, parts))
