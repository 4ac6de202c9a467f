"""Parts that several pages share: chips, links to passages, backlinks, the matrix, the coverage strip."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

from site_builder.edition import addressed, addresses, anchors, sentences
from site_builder.edition.codes import CodeId
from site_builder.edition.edition import Edition, nested
from site_builder.edition.index import Key, Mention
from site_builder.model import (
    Anchor,
    Cell,
    CellTag,
    Dimension,
    Entry,
    Heading,
    Quote,
    Tagging,
    Trait,
    Work,
)
from site_builder.site.views import (
    Backlink,
    Backlinks,
    Box,
    Chip,
    Dead,
    Facets,
    Link,
    Mark,
    Matrix,
    PassageLink,
    Row,
    Section,
)


class Presenter:
    """The parts that several pages of an edition show alike."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.project = edition.project
        self.index = edition.index

    # chips

    def chip(self, cell_id: str, relation: str = "", turn: str = "") -> Chip:
        """The chip of a cell, with the name of a relation if one is given.

        :param turn: the class that joins it to the evidence of its tag.
        """
        cell = self.index.cells[cell_id]
        return Chip(
            slug=self.edition.slug(cell),
            sign=self.edition.sign(cell),
            name=cell.name,
            href=addresses.cell(cell, self.edition.poles),
            relation=self.edition.relations[relation].name if relation else "",
            negative=self.project.grid.poles.index(self.edition.poles[cell.pole]) > 0,
            turn=turn,
        )

    def chips(self, tagging: Tagging | None) -> tuple[Chip, ...]:
        """The chips of all cell tags of a passage; ``()`` if it has no tags."""
        tags = tagging.cells if tagging else ()
        return tuple(self.chip(tag.cell, tag.relation, f"t{n}") for n, tag in enumerate(tags))

    # passages

    def passage(
        self,
        key: Key,
        *,
        evidence: Iterable[Quote] = (),
        chips: tuple[Chip, ...] = (),
        note: str = "",
        within: str = "",
    ) -> PassageLink:
        """A link to a passage.

        :param evidence: quotations to show.
        :param chips: chips to show.
        :param note: a note to show.
        :param within: the work that the page belongs to, if any; a passage of another work is named with it.
        """
        found = self.index.passages[key]
        tagging = self.index.taggings.get(key)
        return PassageLink(
            number=found.number,
            href=addresses.passage(key),
            anchor=addresses.anchor(key),
            gist=tagging.gist if tagging else "",
            quotes=self.edition.shown_quotations(evidence),
            chips=chips,
            note=note,
            work="" if key[0] == within else self.edition.work_label(key[0]),
        )

    def steps(self, work: Work, path: tuple[str, ...]) -> tuple[Link, ...]:
        """The path up from a passage: the work, then its headings."""
        found = [Link(text=work.record.title, href=addresses.reading(work.id))]
        for id_ in path:
            heading = self.index.headings[(work.id, id_)]
            found.append(Link(text=heading.text, href=addresses.anchor((work.id, id_))))
        return tuple(found)

    def facets_of(self, tagging: Tagging | None) -> tuple[Facets, ...]:
        """The entries that a passage is tagged with, facet by facet; ``()`` if it has no tags."""
        found = []
        for facet in self.project.facets if tagging else ():
            assert tagging is not None
            entries = [tag.entry for tag in tagging.entries if tag.facet == facet.id]
            if entries:
                links = tuple(self.entry_link(facet.id, entry) for entry in entries)
                found.append(Facets(name=facet.name, href=addresses.facet(facet.id), links=links))
        return tuple(found)

    def entry_link(self, facet: str, entry: str) -> Link:
        """A link to an entry."""
        found = self.index.entries[(facet, entry)]
        return Link(text=found.name, href=addresses.entry(found, self.index.facets), title=found.name_en)

    # addresses that have ended

    def graves(self, address: str) -> tuple[Dead, ...]:
        """The ended anchors of a page that have no place in its prose."""
        return self._graves.get(address, ())

    @cached_property
    def _graves(self) -> dict[str, tuple[Dead, ...]]:
        placed = {
            f"{address}#{id_}"
            for address, source in addressed.sources(self.project)
            for sentence in source.prose.sentences
            for id_ in sentence.also
        }
        found: dict[str, tuple[Dead, ...]] = {}
        for anchor in self.project.anchors:
            page, _, id_ = anchor.id.partition("#")
            if id_ and anchor.fate != "live" and anchor.id not in placed:
                found[page] = (*found.get(page, ()), self.dead(anchor))
        return found

    def dead(self, anchor: Anchor) -> Dead:
        """An ended address, and its successors."""
        known = {one.id: one for one in self.project.anchors}
        heirs = anchors.successors(self.project.anchors, anchor.id)
        return Dead(
            id=anchor.id.rpartition("#")[2],
            href=addressed.page_of(anchor.id),
            fate=anchor.fate,
            successors=tuple(Link(text=sentences.now(known[id_]), href=id_) for id_ in heirs),
            opening=nested(sentences.now(anchor)),
            reason=anchor.reason,
        )

    # backlinks

    def backlinks(self, mentions: Iterable[Mention], *, but: str = "") -> tuple[Backlinks, ...]:
        """The sentences of the editors grouped by their place, without those of the page ``but``."""
        places: dict[str, dict[str, Backlink]] = {}
        for mention in mentions:
            href = addresses.source(
                mention.source, mention.sentence.anchor, self.index.facets, self.edition.subjects
            )
            if href.partition("#")[0] != but:
                place, where = self.where(mention)
                places.setdefault(place, {})[href] = Backlink(
                    where=where,
                    href=href,
                    prose=mention.sentence.text,
                    judgement=mention.sentence.judgement,
                )
        return tuple(Backlinks(name=name, sentences=tuple(found.values())) for name, found in places.items())

    def mentions(self, *codes: CodeId, but: str) -> tuple[Backlinks, ...]:
        """The sentences of the editors that link or claim one of the codes; not those of the page ``but``."""
        found = (mention for code in codes for mention in self.index.mentioning.get(code.subject, ()))
        return self.backlinks(found, but=but)

    def where(self, mention: Mention) -> tuple[str, str]:
        """The place of a sentence (page, table or facet), and the anchor in it."""
        source = mention.source
        if source.page is not None:
            return source.page.title, ""
        entry = source.entry
        assert entry is not None
        facet = self.index.facets[entry.facet]
        if not source.field:
            return facet.name, entry.name
        field = next(field.name for field in facet.fields if field.id == source.field)
        in_table = facet.table is not None and source.field in facet.table.fields
        if facet.table is not None and in_table and not entry.parent:
            return facet.table.caption, f"{entry.name}・{field}"
        return facet.name, f"{entry.name}・{field}"

    # the matrix

    def matrix(self) -> Matrix:
        """The matrix of the grid: a row for each dimension."""
        site, grid = self.project.site, self.project.grid
        return Matrix(
            caption=site.grid_caption,
            note=site.grid_note,
            poles=tuple((pole.name, pole.sign) for pole in grid.poles),
            rows=tuple(self.row(dimension) for dimension in grid.dimensions),
        )

    def row(self, dimension: Dimension) -> Row:
        """The row of a dimension in the matrix."""
        cells = {cell.pole: cell for cell in self.project.grid.cells if cell.dimension == dimension.id}
        return Row(
            dimension=dimension,
            href=addresses.dimension(dimension.id),
            boxes=tuple(self.box(cells[pole.id]) for pole in self.project.grid.poles),
        )

    def box(self, cell: Cell) -> Box:
        """A cell of the matrix."""
        return Box(
            cell=cell,
            chip=self.chip(cell.id),
            traits=tuple(map(self.trait, cell.traits if self.edition.with_text else ())),
            count=len({key for key, _ in self.index.by_cell.get(cell.id, ())}),
        )

    def trait(self, trait: Trait) -> Link:
        """A link to the passage of a trait; of several works, its title names the passage."""
        key = self.index.trait(trait)
        title = "" if self.index.single_work else self.edition.passage_label(key)
        return Link(text=nested(trait.text), href=addresses.passage(key), title=title)

    # the strip

    def mark(self, key: Key, *, reading: bool) -> Mark:
        """The mark of a passage in the coverage strip.

        :param reading: link to the reading page instead of the page of the passage.
        """
        passage = self.index.passages[key]
        cells = self.edition.cells_of(key)
        names = "、".join(
            f"{self.edition.sign(self.index.cells[c])}{self.index.cells[c].name}" for c in cells
        )
        return Mark(
            href=addresses.anchor(key) if reading else addresses.passage(key),
            number=passage.number,
            label=names,
            slugs=tuple(self.edition.slug(self.index.cells[c]) for c in cells),
        )

    def strip(self, work: Work) -> tuple[Mark, ...]:
        """The coverage strip of a work: a mark for each passage."""
        return tuple(self.mark((work.id, p.id), reading=True) for p in work.passages)

    def outline(self, work: Work) -> tuple[Section, ...]:
        """Every heading, with the marks of the passages directly under it or under the headings below it."""
        return tuple(self.section(work, heading) for heading in work.headings if heading.level > 1)

    def section(self, work: Work, heading: Heading) -> Section:
        """A line of the outline: a heading with its range of passages and their marks."""
        below = [p for p in work.passages if heading.id in p.path]
        own = [p for p in below if p.path[-1] == heading.id]
        numbers = f"{below[0].number}–{below[-1].number}" if below else ""
        return Section(
            text=heading.text,
            href=addresses.anchor((work.id, heading.id)),
            level=heading.level,
            marks=tuple(self.mark((work.id, p.id), reading=True) for p in own),
            range=numbers if len(below) != 1 else str(below[0].number),
        )

    # cells together

    def by_relation(
        self, tags: Iterable[tuple[Key, CellTag]]
    ) -> Iterator[tuple[str, list[tuple[Key, CellTag]]]]:
        """The tags of a cell under each relation, in the order of the codebook."""
        found = list(tags)
        for relation in self.edition.relations:
            group = [(key, tag) for key, tag in found if tag.relation == relation]
            if group:
                yield relation, group

    def entry_cells(self, entry: Entry) -> tuple[Chip, ...]:
        """The cells in the ranges of an entry, with their relations, each once."""
        pairs = dict.fromkeys(
            (cell.cell, cell.relation)
            for key, tag in self.index.by_entry.get((entry.facet, entry.id), ())
            for cell in self.index.within(key, tag)
        )
        return tuple(self.chip(cell, relation) for cell, relation in pairs)
