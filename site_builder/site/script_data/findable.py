"""What the search page finds: one record for each text, name or page, in no language yet."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.citing import citation
from site_builder.edition import addressed, addresses
from site_builder.edition.codes import CodeId
from site_builder.edition.edition import Edition
from site_builder.edition.index import Key
from site_builder.edition.locale import Locale
from site_builder.language.message import Message, Wording, listed, pmsg
from site_builder.model import Edge, Emendation, Localized, Record, Work
from site_builder.records import dataclass
from site_builder.site.navigation import navigation
from site_builder.site.presenter import Presenter


@dataclass(frozen=True, kw_only=True, slots=True)
class Findable:
    """Something that can be found, before it is in a language.

    ``kind`` is an id.  ``names`` are searched as well as the text.  A record of a passage has its ``key``
    instead of a title.  ``of`` is the text whose language the record has, if it is not ``text``.
    """

    kind: str
    href: str
    text: Wording = ""
    title: Wording = ""
    names: tuple[Wording, ...] = ()
    key: Key | None = None
    of: Wording | None = None

    @property
    def source(self) -> Wording:
        """The text whose language and translations the record has."""
        return self.text if self.of is None else self.of


def records(presenter: Presenter, locale: Locale) -> Iterator[Findable]:
    """Everything that can be found, by kind: works with their passages, codes, steps of the argument,
    emendations, sentences of the editors, pages, and the references of the works.

    :param locale: the view, whose translations of the editors' sentences are taken.
    """
    edition = presenter.edition
    for work in edition.project.works:
        yield from _texts(edition, work)
    yield from _codebook(edition)
    yield from (_step(edition, edge) for edge in edition.project.edges)
    for work in edition.project.works:
        yield from _readings(edition, work)
    yield from _prose(edition, locale)
    yield from _pages(presenter)
    for work in edition.project.works:
        yield _work(edition, work)


def of_no_work(presenter: Presenter, locale: Locale) -> Iterator[Findable]:
    """The records of a large project that are in no part: of no work, and of a work without passages."""
    edition = presenter.edition
    readings = {addresses.reading(work.id) for work in edition.project.works}
    for work in edition.project.works:
        if not work.passages:
            yield from of_work(edition, work)
    yield from _codebook(edition)
    yield from (_step(edition, edge) for edge in edition.project.edges)
    yield from _prose(edition, locale)
    yield from (one for one in _pages(presenter) if one.href not in readings)


def of_work(edition: Edition, work: Work) -> Iterator[Findable]:
    """The records of a work, except those of its passages."""
    yield from _headings(edition, work)
    yield from _readings(edition, work)
    names = tuple(forms(work.record.title))
    yield Findable(kind="page", title=work.record.title, href=addresses.reading(work.id), names=names)
    yield _work(edition, work)


def _texts(edition: Edition, work: Work) -> Iterator[Findable]:
    yield from _headings(edition, work)
    for passage in work.passages:
        yield from of_passage(edition, (work.id, passage.id))


def _headings(edition: Edition, work: Work) -> Iterator[Findable]:
    for heading in work.headings:
        yield Findable(
            kind="heading",
            title=edition.heading_label(work.id, heading.name),
            href=addresses.anchor((work.id, heading.id)),
            text=heading.text,
            names=(heading.id, *forms(heading.name), *forms(heading.short)),
        )


def of_passage(edition: Edition, key: Key) -> Iterator[Findable]:
    """The text of a passage, if it may be published, its gist, and each note about it.

    :raises KeyError: if there is no such passage.
    """
    if edition.with_text:
        text = edition.index.passages[key].text
        yield Findable(kind="text", key=key, href=addresses.anchor(key), text=text)
    tagging = edition.index.taggings.get(key)
    if tagging is not None and tagging.gist:
        yield Findable(kind="gist", key=key, href=addresses.passage(key), text=tagging.gist)
    for href, note in _notes(edition, key):
        if note:
            yield Findable(kind="note", key=key, href=href, text=note)


def _notes(edition: Edition, key: Key) -> Iterator[tuple[str, str]]:
    """(address, text) of what the editors note on a passage: its tags, other readings, and its words."""
    tagging = edition.index.taggings.get(key)
    own = addresses.passage(key)
    if tagging is not None:
        notes = (tagging.note, *(tag.note for tag in tagging.cells))
        yield from ((own, one) for one in (*notes, *(one.reason for one in tagging.alternatives)))
    for one in edition.index.notes.get(key, ()):
        yield from ((f"{addresses.reading(key[0])}#{one.anchor}", words) for words in (one.body, one.settles))


def forms(name: Localized) -> Iterator[Wording]:
    """A name in the language of a view, and in each language that it has."""
    yield from (name, str(name), *name.translations.values())


def _codebook(edition: Edition) -> Iterator[Findable]:
    index = edition.index
    for cell in edition.project.grid.cells:
        name = edition.signed_name(CodeId.cell(cell.id))
        yield Findable(
            kind="grid",
            title=name,
            href=addresses.cell(cell, edition.poles),
            text=cell.definition,
            names=(*forms(cell.name), *forms(name)),
        )
        for trait in cell.traits:
            yield Findable(
                kind="grid",
                title=trait.name,
                href=addresses.trait(cell, trait.id, edition.poles),
                text=trait.definition,
                names=tuple(forms(trait.name)),
            )
    for entry in index.entries.values():
        words = listed((entry.name, *entry.also, *entry.name.translations.values()), _with)
        text = pmsg(
            "the names and the definition of an entry, for the search",
            "%(names)s. %(definition)s",
            names=words,
            definition=entry.definition.localized,
        )
        yield Findable(
            kind=f"facet-{entry.facet}",
            title=entry.name,
            href=addresses.entry(entry, index.facets),
            text=text,
            names=(*forms(entry.name), *entry.also),
            of=entry.definition.localized,
        )


def _step(edition: Edition, edge: Edge) -> Findable:
    """A step of the argument, from one code to another."""
    ends = [edition.signed_name(edition.index.codes[end]) for end in (edge.start, edge.end) if end]
    title: Wording = ends[0]
    if len(ends) > 1:
        title = pmsg("a step of the argument", "%(start)s → %(end)s", start=ends[0], end=ends[1])
    names = tuple(name for end in ends for name in forms(end))
    return Findable(kind="step", title=title, href=addresses.ARGUMENT, text=edge.note, names=(title, *names))


def _readings(edition: Edition, work: Work) -> Iterator[Findable]:
    if addressed.has_apparatus(edition.project, work):
        for one in work.emendations:
            yield _reading(edition, work, one)


def _reading(edition: Edition, work: Work, one: Emendation) -> Findable:
    edited = Localized(one.edited or "—", language=work.record.tag)
    title = pmsg(
        "an emendation: the witness, then the edition",
        "%(witness)s → %(edited)s",
        witness=one.witness,
        edited=edited,
    )
    href = f"{addresses.apparatus(work.id)}#{one.id}"
    return Findable(
        kind="reading", title=title, href=href, text=one.reason, names=(one.witness, edited, one.id)
    )


def _pages(presenter: Presenter) -> Iterator[Findable]:
    """A record for each page that the navigation or the editors name; cells and entries have their own."""
    project, edition = presenter.project, presenter.edition
    work = edition.index.works.get(edition.index.single_work)
    names: dict[str, list[Wording]] = {}
    texts: dict[str, Wording] = {addresses.HOME: project.site.description}
    for place in navigation(presenter, work):
        names.setdefault(str(place["href"]), []).append(place["name"])
    for one in project.works:
        names.setdefault(addresses.reading(one.id), []).extend(forms(one.record.title))
    for dimension in project.grid.parents:
        names[addresses.dimension(dimension.id)] = [*forms(dimension.name)]
        texts[addresses.dimension(dimension.id)] = dimension.definition
    for facet in project.facets:
        own = names.setdefault(addresses.facet(facet.id), [])
        own.extend((*forms(facet.name), *(forms(facet.table.caption) if facet.table else ())))
        texts[addresses.facet(facet.id)] = facet.definition
    for page in project.pages:
        address = addresses.page(page, edition.subjects).partition("#")[0]
        names.setdefault(address, []).extend(forms(page.title))
    if addresses.GRID in names:
        names[addresses.GRID].extend((*forms(project.grid.name), *forms(project.site.grid_caption)))
        texts[addresses.GRID] = project.grid.definition
    for address, found in names.items():
        text = texts.get(address, "")
        yield Findable(kind="page", title=found[0], href=address, text=text, names=tuple(filter(None, found)))


def _prose(edition: Edition, locale: Locale) -> Iterator[Findable]:
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
            yield Findable(kind="editors", title=title, href=href, text=words)


def _work(edition: Edition, work: Work) -> Findable:
    """What is known of a work: its title, its authors, and how it is cited."""
    record = work.record
    return Findable(
        kind="work",
        title=record.title,
        href=addresses.CITE if edition.has_few_works else addresses.cited(work.id),
        text=citation.styles(record, edition.project.site)[0].entry,
        names=(*forms(record.title), *forms(record.short), *_authors(record)),
    )


def _with(names: Wording, name: Wording) -> Message:
    return pmsg("names of an entry, for the search", "%(names)s, %(name)s", names=names, name=name)


def _authors(record: Record) -> Iterator[Wording]:
    """What finds a work: its persons in each script, its container and its identifiers."""
    for person in (*record.authors, *record.editors, *record.translators):
        yield from (one.whole for one in (person.name, person.latin) if one is not None)
    yield from (*forms(record.container), record.title_latin, record.doi, record.isbn)
