"""Rules for the names in the site (family S)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import TypeAlias

from site_builder.check.works import each
from site_builder.edition import addressed, addresses
from site_builder.edition.codes import CodeId
from site_builder.edition.edition import Edition
from site_builder.edition.index import Index
from site_builder.model import FORMAT, Element, LanguageView, Place, Problem, Project, Sentence, Work
from site_builder.model.hints import unknown
from site_builder.model.values import filenames, naming
from site_builder.records import replace

_Address: TypeAlias = tuple[str, str, Place]
"""An address, what is there, and where that is defined."""


def references_exist(edition: Edition) -> Iterator[Problem]:
    """S001 The coder, facets and relations in project.yaml and the subjects of pages must exist. A silence
    report needs the cells of a grid. In a draft, a coder without tags is a review.

    One error for each wrong name: ``unknown coder: X``, ``unknown facet: X``, ``unknown relation: X`` at the
    project file or the column, ``unknown subject: X`` at the page, in this order. Without cells each column
    has ``a silence report must have cells: the column 'NAME' has no rows``. If no coder has tags, the coder
    is not examined.
    """
    site = edition.project.site
    book = "annotations/codebook/"
    coders = {tagging.coder for tagging in edition.project.taggings}
    if coders and site.coder not in coders:
        own = tuple(f"annotations/{work.id}/tags/{site.coder}/" for work in edition.project.works)
        found = unknown(site.place, "S001", "coder", site.coder, coders, unless=own)
        yield found if site.released else replace(found, level="review")
    relations = {term.id for term in edition.project.grid.relations}
    for name in site.facets:
        if name not in edition.index.facets:
            yield unknown(site.place, "S001", "facet", name, edition.index.facets, unless=book)
    for column in site.silence:
        if not edition.index.cells:
            yield Problem(
                place=column.place,
                code="S001",
                message=f"a silence report must have cells: the column '{column.name}' has no rows",
                hint="remove 'silence:', or add dimensions to annotations/codebook/grid.yaml",
                unless=book,
            )
        if column.facet not in edition.index.facets:
            yield unknown(column.place, "S001", "facet", column.facet, edition.index.facets, unless=book)
        for relation in column.relations:
            if relation not in relations:
                yield unknown(column.place, "S001", "relation", relation, relations, unless=book)
    traits = {code.subject for code in edition.traits}  # a page about a trait is on no page
    subjects = [subject for subject in edition.subjects if subject not in traits]
    for page in edition.project.pages:
        if page.about and page.about not in subjects:
            yield unknown(page.place, "S001", "subject", page.about, subjects, unless=book)


def works_are_listed(edition: Edition) -> Iterator[Problem]:
    """S007 If there are several works, the project file must list them, as works: [WORK, WORK]. The work that
    was published first comes first: published names without the id of a work belong to it.

    One error for each listed work that does not exist (``unknown work: dike``); only if there is none of
    these, one that names all missing works: ``the project file must list every work if there are several: no
    canal, dike``. All are at the project file. A single work need not be listed.
    """
    site, index = edition.project.site, edition.index
    listed = site.works
    strange = [name for name in listed if name not in index.works]
    for name in strange:
        yield unknown(site.place, "S007", "work", name, index.works, unless="corpus/")
    lacking = [work for work in index.works if work not in listed]
    if lacking and not strange and (listed or not index.single_work):
        yield Problem(
            place=site.place,
            code="S007",
            message=f"the project file must list every work if there are several: no {', '.join(lacking)}",
            hint=f"write works: [{', '.join((*listed, *lacking))}], with the work published first in front",
        )


def conversions_keep_the_length(edition: Edition) -> Iterator[Problem]:
    """S006 A word and its conversion must have the same length, because positions in a text are the same
    in both scripts.

    One error for each such line, ``a word and its conversion must have the same length: 里: 裡面``; an empty
    word is an error too. Length is counted in code points.
    """
    for one in edition.project.site.conversions:
        if not one.word or len(one.word) != len(one.form):
            yield Problem(
                place=one.place,
                code="S006",
                message=f"a word and its conversion must have the same length: {one.word}: {one.form}",
                hint="lengthen the shorter one, or remove the line",
            )


def page_ids_are_unique(edition: Edition) -> Iterator[Problem]:
    """S002 The id of a page must be unique, and a subject must have only one page.

    The error is at each later page; a page can have two: ``id: more must be unique among the pages``,
    ``about: cell:flow~a must be unique among the pages``, each with the place of the first. Case counts. The
    hints are ``write another id for one of the two pages`` and ``remove 'about:' from one of the two pages``.
    """
    seen: dict[str, Place] = {}
    for page in edition.project.pages:
        for name in (f"id: {page.id}", f"about: {page.about}" if page.about else ""):
            if name and name in seen:
                yield Problem(
                    place=page.place,
                    code="S002",
                    message=f"{name} must be unique among the pages; it is already at {seen[name]}",
                    hint="write another id for one of the two pages"
                    if name.startswith("id:")
                    else "remove 'about:' from one of the two pages",
                )
            seen.setdefault(name, page.place)


def addresses_are_unique(edition: Edition) -> Iterator[Problem]:
    """S003 Each page must have its own address. Two addresses must not differ only in capitals.

    The error is at the later one: ``the page 'cite' must have its own address; cite.html is the address of
    the builder's own page 'cite'``. Two equal ids of one kind are left to the rules about ids.
    """
    ids = Counter(work.id.lower() for work in edition.project.works)
    taken = {address.partition("/")[0].lower() for address, _, _ in _of_no_work(edition)}
    alone = {id_ for id_, count in ids.items() if count == 1} - taken
    yield from each(edition, _twice_in_work, lambda work: work.id.lower() in alone)
    works = (_of_work(work) for work in edition.project.works if work.id.lower() not in alone)
    others = _written(edition.project, edition.index)
    yield from _twice(chain(_fixed(edition.project), chain.from_iterable(works), others))


def _twice_in_work(work: Work) -> Iterator[Problem]:
    return _twice(_of_work(work))


def _twice(found: Iterable[_Address]) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for address, what, place in found:
        other = seen.get(address.lower())
        if other not in (None, what):  # for two equal ids, the ids are reported
            yield Problem(
                place=place,
                code="S003",
                message=f"{what} must have its own address; {address} is the address of {other}",
                hint="write another id or slug for one of them",
            )
        seen.setdefault(address.lower(), what)


def addresses_are_valid_file_names(edition: Edition) -> Iterator[Problem]:
    """S004 The name of a work or coder, and an id that becomes the name of a file, must be valid as a
    file name on Windows, macOS and Linux and as a part of an address.

    One error for each name or id, where it is written: ``the page 'aux' has an id that is reserved on
    Windows, or too long for a file name``.  Too long is an id of more than 64 characters.
    """
    yield from _wrong_names(_of_no_work(edition))
    yield from each(edition, _wrong_names_of_work)


def _wrong_names_of_work(work: Work) -> Iterator[Problem]:
    return _wrong_names(_of_work(work))


def _wrong_names(found: Iterable[_Address]) -> Iterator[Problem]:
    for address, what, place in found:
        step = address.removesuffix(".html").rpartition("/")[2]
        if naming.file_fault(step) or filenames.is_device(address.partition("/")[0]):
            yield Problem(
                place=place,
                code="S004",
                message=f"{what} has an id that is reserved on Windows, or too long for a file name",
                hint=f"write another id of at most {naming.LONGEST} characters, for example {step[:20]}-1",
            )


def ids_are_unique_on_a_page(edition: Edition) -> Iterator[Problem]:
    """S005 An id must be unique on the page that shows it, whether it belongs to an entry, an
    emendation, a sentence, a heading or a relation. An address with an id that two of them share
    leads only to the first.

    The error is at the later one; it names the page and both: ``an id must be unique on the page PAGE: n1 is
    a part of 'things' on line 7 and the entry things:n1``. Case counts.
    """
    seen: dict[str, str] = {}
    for address, what, place in _places(edition.project, edition.index):
        other = seen.setdefault(address, what)
        if other != what:
            page, _, id_ = address.partition("#")
            yield Problem(
                place=place,
                code="S005",
                message=f"an id must be unique on the page {page}: {id_} is {what} and {other}",
                hint="write another id for one of them",
            )


def _places(project: Project, index: Index) -> Iterator[tuple[str, str, Place]]:
    """Every address with a fragment, except those of texts; what is there, and where it is defined."""
    for kind, terms in (("relation", project.grid.relations), ("function", project.grid.functions)):
        for term in terms:
            yield addresses.term(kind, term.id), f"the {kind} {term.id}", term.place
    poles = {pole.id: pole for pole in project.grid.poles}
    for cell in project.grid.cells:
        for trait in cell.traits if cell.pole in (poles or {""}) else ():
            code = CodeId.trait_of(cell.id, trait.id)
            yield addresses.trait(cell, trait.id, poles), f"the trait {code}", trait.place
    for work in project.works:
        here = addresses.apparatus(work.id)
        yield from ((f"{here}#{rule.id}", f"the rule {rule.id}", rule.place) for rule in work.rules)
        for one in work.emendations:
            yield f"{here}#{one.id}", f"the emendation {one.id}", one.place
    for entry in index.entries.values():
        address = addresses.entry(entry, index.facets)
        if "#" in address:
            yield address, f"the entry {CodeId.entry(entry.facet, entry.id)}", entry.place
    about = addressed.subjects(project)
    first = {name: page for page in reversed(project.pages) for name in (page.id, page.about) if name}
    for source in index.sources:
        page = source.page
        if page is not None and not first[page.id] is first.get(page.about, page) is page:
            continue  # it occurs twice, which is reported
        if page is not None and (page.about not in ("", *about) or "#" in addresses.page(page, about)):
            continue  # no page shows it
        name = page.id if page is not None else f"{source.entry and source.entry.id}"
        for node in source.prose.nodes():
            place = node.place if isinstance(node, Sentence) else source.prose.place
            what = f"a part of '{name}' on line {place.line}"
            id_ = node.anchor if isinstance(node, Sentence) else node.id if isinstance(node, Element) else ""
            if id_:
                yield addresses.source(source, id_, index.facets, about), what, place


def _of_work(work: Work) -> Iterator[_Address]:
    """The addresses of the pages of a work."""
    for maker in (addresses.reading, addresses.apparatus, addresses.witness, addresses.versions):
        yield maker(work.id), f"the work {work.id}", work.record.place
    for passage in work.passages:
        yield addresses.passage((work.id, passage.id)), f"the passage {passage.id}", passage.place
    present = {passage.id for passage in work.passages}
    for anchor in work.ledger:
        if anchor.fate != "live" and anchor.id not in present:
            yield addresses.passage((work.id, anchor.id)), f"the dead id {anchor.id}", anchor.place


def _of_no_work(edition: Edition) -> Iterator[_Address]:
    """The addresses of all other pages."""
    return chain(_fixed(edition.project), _written(edition.project, edition.index))


def _fixed(project: Project) -> Iterator[_Address]:
    """The addresses that the builder names."""
    for name, address in (
        *addresses.FIXED.items(),
        ("indexes", addresses.INDEXES),
        ("pictures", addresses.PICTURES),
        ("try", addresses.TRYOUT),
        ("collection", addresses.COLLECTION),
    ):
        if address != addresses.CHANGES or addressed.has_history(project):
            yield address, f"the builder's own page '{name}'", project.site.place
    if addressed.may_disagree(project):
        yield addresses.DISAGREEMENTS, "the builder's own page 'disagreements'", project.site.place
    yield addresses.ONEFILE, "the edition in one file", project.site.place


def _written(project: Project, index: Index) -> Iterator[_Address]:
    """The addresses of the codebook and of the editors' pages."""
    poles = {pole.id: pole for pole in project.grid.poles}
    for dimension in project.grid.parents:
        yield addresses.dimension(dimension.id), f"the dimension {dimension.id}", dimension.place
    for cell in project.grid.cells:
        if cell.pole in (poles or {""}):
            yield addresses.cell(cell, poles), f"the cell {cell.id}", cell.place
    for facet in project.facets:
        yield addresses.facet(facet.id), f"the facet {facet.id}", facet.place
        for entry in facet.entries:
            if facet.kind == "frame" and not entry.parent:
                code = CodeId.entry(facet.id, entry.id)
                yield addresses.entry(entry, index.facets), f"the entry {code}", entry.place
    for page in project.pages:
        if not page.about:
            yield f"{page.id}.html", f"the page '{page.id}'", page.place


def views_are_valid(edition: Edition) -> Iterator[Problem]:
    """S008 Each view must have a language of its own. The first view has no folder, and each other view
    has a folder that the site uses for nothing else.

    One error for each language that occurs again (``two views have the language en``) and for each wrong
    folder, at the view: ``the first view must not have a folder: hant``, ``the site already uses the folder
    data``.
    """
    first, *others = edition.project.site.views
    if first.folder:
        hint = "remove 'folder:'; the pages of the first view are at the top of the site"
        yield _view(first, f"the first view must not have a folder: {first.folder}", hint)
    seen = {first.language}
    taken = {address.partition("/")[0] for address, _, _ in _of_no_work(edition) if "/" in address}
    taken |= {work.id for work in edition.project.works} | {"data", "assets", "grid"}
    for view in others:
        if view.language in seen:
            yield _view(view, f"two views have the language {view.language}", "remove one of them")
        if view.folder in taken:
            hint = f"write another folder, for example folder: {view.language.lower()}"
            yield _view(view, f"the site already uses the folder {view.folder}", hint)
        seen.add(view.language)
        taken.add(view.folder)


def _view(view: LanguageView, message: str, hint: str) -> Problem:
    return Problem(place=view.place, code="S008", message=message, hint=hint)


def format_is_current(edition: Edition) -> Iterator[Problem]:
    """F011 (review) A project should have the current format. An older format is still read. A project file
    without a format has format 1.

    At most one review, at the line of the format, or at the project file without such a line:
    ``the project has format 1; the current format is 4``.
    """
    site = edition.project.site
    if site.format < FORMAT:
        yield Problem(
            place=site.file_format.place if site.file_format.place.path else site.place,
            code="F011",
            message=f"the project has format {site.format}; the current format is {FORMAT}",
            hint="run 'site-builder migrate'; with --dry-run it shows the changes",
            level="review",
        )
