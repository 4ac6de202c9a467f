"""Parts that several pages share: chips, links to definitions and passages, ended addresses."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from typing import TypeVar

from site_builder.edition import addressed, addresses, anchors, sentences
from site_builder.edition.belonging import traits_of as carried_by
from site_builder.edition.codes import CodeId, of_tag, traits_of
from site_builder.edition.edition import Edition, nested
from site_builder.edition.index import Key, grouped
from site_builder.edition.readings import Reading
from site_builder.language import language
from site_builder.language.message import Message, Wording, msg, pmsg
from site_builder.model import (
    Anchor,
    CellTag,
    Emendation,
    Entry,
    EntryTag,
    Localized,
    Prose,
    Quote,
    Tagging,
    Work,
)
from site_builder.model.memory import Memory
from site_builder.records import replace
from site_builder.site.division import Slice, slices
from site_builder.site.views import (
    Chip,
    Ended,
    Facets,
    Link,
    Numbered,
    Part,
    PassageLink,
    Quoted,
)

T = TypeVar("T")


class Presenter:
    """The parts that several pages of an edition show alike."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.project = edition.project
        self.index = edition.index
        self._parts: dict[str, tuple[Slice, ...]] = {}
        self._code_chips: dict[CodeId, Chip] = {}
        self._memory = Memory()
        """Of the work that was last asked about: its pages are made one after the other."""
        self._once = Memory()

    def once(self, make: Callable[..., T], *of: object) -> T:
        """What a function makes of this presenter and some records, which does not change: the same object
        again for the same records.  Records that are equal, but not the same objects, are made again.

        It is for what several pages show, and stays in memory; what is made of one work is for :meth:`last`.
        """
        return self._once.of((make, *map(id, of)), of, lambda: make(self, *of))

    def last(self, make: Callable[..., T], work: Work) -> T:
        """What a function makes of this presenter and a work: the same object again until the function is
        asked about another work.  Other functions do not change that.
        """
        return self._memory.of(make, (work,), lambda: make(self, work))

    @cached_property
    def readings(self) -> Mapping[Reading, Presenter]:
        """Each reading of the tags (``strict``, ``published``, ``generous``, in this order) → its presenter;
        that of ``published`` is this one.  All three are there, also without alternatives.
        """
        return {
            name: self if edition is self.edition else Presenter(edition)
            for name, edition in self.edition.readings.items()
        }

    # passages of a work

    def ledger_line(self, key: Key) -> Anchor | None:
        """The line of a passage in the ledger of its work; ``None`` before it is recorded.

        :raises KeyError: if there is no such work.
        """
        ledger = self.index.works[key[0]].ledger
        lines = self._memory.of("ledger", (ledger,), lambda: {line.id: line for line in reversed(ledger)})
        return lines.get(key[1])

    def emendations(self, key: Key) -> tuple[Emendation, ...]:
        """The emendations of a passage or a heading, in the order of the file; ``()`` for none.

        :raises KeyError: if there is no such work.
        """
        listed = self.index.works[key[0]].emendations
        by_block = self._memory.of(
            "emendations", (listed,), lambda: grouped((one.block, one) for one in listed)
        )
        return by_block.get(key[1], ())

    # chips

    def chip(self, cell_id: str, relation: str = "", turn: str = "") -> Chip:
        """The chip of a cell, with the name of a relation if one is given (``""`` for none).

        ``sign`` is the name of its dimension with the sign of its pole (``空間＋``; ``空間 正`` if the pole
        has none), ``""`` in a grid without poles; ``name`` has no sign.  ``traits`` is ``()``.  ``negative``
        is false for the first pole and true for every other one.

        :param turn: the class that joins it to the evidence of its tag; ``""`` for none.
        :raises KeyError: for an unknown cell or relation.
        """
        cell = self.index.cells[cell_id]
        paint = self.edition.paints[CodeId.cell(cell_id)]
        return Chip(
            slug=self.edition.slug(cell),
            sign=self.edition.sign(cell),
            name=cell.name,
            href=addresses.cell(cell, self.edition.poles),
            relation=self.edition.relations[relation].name if relation else "",
            negative=not paint.first,
            turn=turn,
        )

    def entry_chip(self, facet: str, entry: str, turn: str = "") -> Chip:
        """The chip of an entry, in a project without cells: its name, without a sign and a relation.  The
        ``slug`` is ``FACET_ENTRY``.

        :param turn: the class that joins it to the evidence of its tag; ``""`` for none.
        :raises KeyError: for an unknown entry.
        """
        found = self.index.entries[(facet, entry)]
        return Chip(
            slug=self.edition.code_slug(CodeId.entry(facet, entry)),
            sign="",
            name=found.name,
            href=addresses.entry(found, self.index.facets),
            turn=turn,
        )

    def code_chip(self, code: CodeId) -> Chip:
        """The chip of a code: of a cell, with its relation if it has one; of a trait, that of its cell with
        the name of the trait; or of an entry, in a project without cells.

        :raises KeyError: for an unknown code.
        """
        found = self._code_chips.get(code)
        if found is None:
            found = self._code_chips[code] = self._chip_of(code)
        return found

    def _chip_of(self, code: CodeId) -> Chip:
        if code.kind == "entry":
            return self.entry_chip(code.facet, code.id)
        traits = (self.edition.code_name(code),) if code.kind == "trait" else ()
        return replace(self.chip(code.id, code.relation), traits=traits)

    def tag_chip(self, tag: CellTag | EntryTag, turn: str = "") -> Chip:
        """The chip of a tag with a colour; of a cell with its relation and the names of its traits.

        The traits are in the order of the tag, ``()`` without traits; without a relation ``relation`` is
        ``""``.

        :param turn: the class that joins it to the evidence of its tag; ``""`` for none.
        :raises KeyError: for an unknown cell, relation, trait or entry.
        """
        if isinstance(tag, EntryTag):
            return self.entry_chip(tag.facet, tag.entry, turn)
        traits = tuple(map(self.edition.code_name, traits_of(tag)))
        return replace(self.chip(tag.cell, tag.relation, turn), traits=traits)

    def chip_of_tag(self, key: Key, code: CodeId) -> Chip:
        """The chip of the tag of a passage that is a cell in a relation, with its traits; without such a tag
        (also for an unknown passage) the chip of the code, without traits.

        A tag must have the very relation of ``code``, or none if it has none; of several the first counts.

        :raises KeyError: for an unknown code.
        """
        tagging = self.index.taggings.get(key)
        tags = (tag for tag in (tagging.cells if tagging else ()) if of_tag(tag) == code)
        return next(map(self.tag_chip, tags), None) or self.code_chip(code)

    def chips(self, tagging: Tagging | None) -> tuple[Chip, ...]:
        """The chips of all tags of a passage with a colour, in the order of the tags; ``()`` if it has no
        tags.

        The same cell with two relations gives two chips.  Their ``turn`` is ``t0``, ``t1``…
        """
        return tuple(self.tag_chip(tag, f"t{n}") for n, tag in enumerate(self.edition.painted_tags(tagging)))

    # the editors' pages

    def opened(self, subject: str) -> tuple[Prose | None, Prose | None]:
        """The prose of the editors' page about a subject: what is before its first heading or judgement, and
        the rest from there on.  Each is ``None`` if it is empty or there is no page.

        Prose without a heading and a judgement is ``(prose, None)``.  The empty subject is that of the first
        page without one.
        """
        prose = self.edition.prose_about(subject)
        first, rest = prose.after_opening() if prose else (None, None)
        return first if first and first.parts else None, rest if rest and rest.parts else None

    def first_sentence(self, text: Localized) -> Localized:
        """The first sentence of a text and of each translation: of a definition, what is defined, without the
        rules for coders that follow.

        It has its stop, and no white space around it.  A blank text stays as it is; one without a stop is one
        sentence.  The language of the text and those of the translations are kept.  A text that does not say
        its language is in that of the site.
        """

        def first(words: str, tag: str) -> str:
            spans = language.of(tag).sentences(words)
            return words[slice(*spans[0])] if spans else words

        return Localized(
            first(text, text.language or self.project.site.language),
            language=text.language,
            translations={tag: first(words, tag) for tag, words in text.translations.items()},
        )

    # links to definitions

    def code_link(self, code: CodeId) -> Link:
        """A link to the definition of a code: its name, and the address of its page or its place there.

        :raises KeyError: for an unknown code, and for a cell in a relation.
        """
        return Link(text=self.edition.code_name(code), href=self.edition.code_addresses[code])

    # coders

    @cached_property
    def tagged_by(self) -> Wording:
        """Who made the tags that the site shows: the name of the displayed coder; ``""`` without a record.

        If no coder of the project is a person, it is ``NAME; no person coded``.
        """
        coder = self.edition.coders.get(self.project.site.coder)
        if coder is None:
            return ""
        if any(one.kind == "person" for one in self.project.coders):
            return coder.name
        return msg("%(name)s; no person coded", name=coder.name)

    @cached_property
    def rules(self) -> tuple[Link, ...]:
        """Links to the editors' pages of the kind ``rules``, by their titles, in the order of the pages.

        Without such pages ``()``.
        """
        return tuple(
            Link(text=page.title, href=addresses.page(page, self.edition.subjects))
            for page in self.project.pages
            if page.kind == "rules"
        )

    def coder(self, id_: str) -> str:
        """The name of a coder in ``annotations/coders.yaml``, or its id if it is not listed."""
        record = self.edition.coders.get(id_)
        return record.name if record is not None else id_

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
        """A link to the page of a passage, with its number and gist (``""`` if it has none), not its text.

        The quotations are left out if the text may not be published.

        :param evidence: quotations to show, as given: they are not looked up in the text.
        :param chips: chips to show; the chips of the passage itself are not added.
        :param note: a note to show.
        :param within: the work that the page belongs to, if any; a passage of another work is named with it.
        :raises KeyError: if there is no such passage.
        """
        found = self.index.passages[key]
        tagging = self.index.taggings.get(key)
        return PassageLink(
            number=found.number,
            label=self.edition.passage_label(key, within),
            short=self.edition.passage_number(key, within),
            title=self.passage_title(key, within),
            named=not self.index.single_work and key[0] != within,
            href=addresses.passage(key),
            anchor=addresses.anchor(key),
            gist=tagging.gist if tagging else "",
            quotes=self.quoted(evidence, key),
            chips=chips,
            note=note,
        )

    def numbered(self, keys: Iterable[Key], rest: str = "") -> Numbered:
        """Passages by their numbers, each once, in the order given: with ``rest`` at most ``sizes.numbered``
        (100), else all.

        :param rest: the address of the others; ``""`` if there is none, and no passage is left out.
        :raises KeyError: if a passage that is shown does not exist.
        """
        found = tuple(dict.fromkeys(keys))
        most = self.edition.sizes.numbered if rest else len(found)
        return Numbered(
            passages=tuple(map(self.passage, found[:most])), left_out=len(found[most:]), rest=rest
        )

    def parts(self, address: str, keys: Callable[[], Iterable[Key]], most: int) -> tuple[Slice, ...]:
        """The parts of the list of passages of a page, in its order; ``()`` if it has at most ``most``
        entries.

        A work that does not fit in the rest of a part begins another.

        :param address: of the list.  The parts of an address are found once; then the other arguments do not
            count.
        :param keys: gives the passage of each entry of the list, in the order of the edition.
        :param most: the entries that the page itself can have; a part has at most ``sizes.listed_passages``
            (200), unless one passage has more.
        """
        if address not in self._parts:
            found = tuple(keys())
            size = self.edition.sizes.listed_passages
            self._parts[address] = slices(found, size) if len(found) > most else ()
        return self._parts[address]

    def part_link(self, address: str, number: int, one: Slice) -> Part:
        """The link to a part: ``address`` with its number from 1 (``grid/depth.1.html``), its first and last
        passage, and its counts.

        Its passages are named ``第 2 段`` (``Passage 2``), with the title of their work if there are several.

        :param address: of the list.
        """
        return Part(
            href=addresses.part(address, number),
            first=self.edition.passage_label(one.first),
            last=self.edition.passage_label(one.last),
            count=one.count,
            works=one.works,
        )

    @cached_property
    def data_parts(self) -> tuple[Slice, ...]:
        """The parts of all passages in the data for the search of a large project, in reading order; ``()``
        without passages.

        A part has at most ``sizes.part_passages`` (200).  A work is divided only if it has more.
        """
        return slices(self.index.passages, self.edition.sizes.part_passages)

    def quoted(self, evidence: Iterable[Quote], key: Key) -> tuple[Quoted, ...]:
        """Quotations of a passage with their voices, in their order; ``()`` if no text may be published.

        :raises KeyError: if there is no such passage.
        """
        found, given = self.index.passages[key], tuple(evidence)
        shown = self.edition.shown_quotations(given, found)
        return tuple(
            Quoted(text=text, voice=quote.voice) for text, quote in zip(shown, given, strict=bool(shown))
        )

    def passage_title(self, key: Key, within: str = "") -> Message:
        """The label of a passage with its gist, if it has one: ``第 2 段：…``.

        In English it is ``Passage 2: GIST``, or ``“TITLE”, passage 2: GIST``.

        :param within: the work that the page belongs to, if any; its own passages are named without its
            title.
        :raises KeyError: if there is no such passage.
        """
        label = self.edition.passage_label(key, within)
        tagging = self.index.taggings.get(key)
        if tagging is None or not tagging.gist:
            return label
        return pmsg("a passage and its gist", "%(passage)s: %(gist)s", passage=label, gist=tagging.gist)

    def trail(self, work: Work, path: tuple[str, ...]) -> tuple[Link, ...]:
        """The path up from a passage: the work, then its headings, outermost first.

        The links lead to the reading page, ``lu1923/index.html`` and ``lu1923/index.html#s1``.

        :param path: ids of headings; ``()`` gives the work alone.
        :raises KeyError: if the work has no heading with such an id.
        """
        found = [Link(text=work.record.title, href=addresses.reading(work.id))]
        for id_ in path:
            heading = self.index.headings[(work.id, id_)]
            found.append(Link(text=heading.short, href=addresses.anchor((work.id, id_))))
        return tuple(found)

    def facets_of(self, tagging: Tagging | None) -> tuple[Facets, ...]:
        """The entries that a passage is tagged with, facet by facet; ``()`` if it has no tags.

        Entries of frame facets are left out in a project without cells, where they have chips.  The facets
        are in the order of the project, frame and index facets alike; those without an entry are left out.
        The entries are in the order of the tags.
        """
        found = []
        for facet in self.project.facets if tagging else ():
            assert tagging is not None
            own = [tag for tag in tagging.entries if tag.facet == facet.id]
            entries = [tag.entry for tag in own if of_tag(tag) not in self.edition.paints]
            if entries:
                links = tuple(self.entry_link(facet.id, entry) for entry in entries)
                found.append(Facets(name=facet.name, href=addresses.facet(facet.id), links=links))
        return tuple(found)

    def entry_link(self, facet: str, entry: str) -> Link:
        """A link to an entry: its name, its address, and its English name as the title (``""`` if it has
        none).

        The address is that of its page, or an anchor for a part and for an entry of an index facet.

        :raises KeyError: if there is no such entry.
        """
        found = self.index.entries[(facet, entry)]
        return Link(
            text=found.name, href=addresses.entry(found, self.index.facets), title=found.name.of("en")
        )

    # addresses that have ended

    def ended_anchors(self, address: str) -> tuple[Ended, ...]:
        """The ended anchors of a page that have no place in its prose; ``()`` for none or an unknown page.

        Only anchors in the ledger of the site count, those with ``#``; an ended page itself is not one.

        :param address: the address of the page in the site, without a fragment.
        """
        return self._ended_anchors.get(address, ())

    @cached_property
    def _ended_anchors(self) -> dict[str, tuple[Ended, ...]]:
        placed = {
            f"{address}#{id_}"
            for address, source in addressed.sources(self.project)
            for sentence in source.prose.sentences
            for id_ in sentence.also
        }
        found: dict[str, tuple[Ended, ...]] = {}
        for anchor in self.project.anchors:
            page, _, id_ = anchor.id.partition("#")
            if id_ and anchor.fate != "live" and anchor.id not in placed:
                found[page] = (*found.get(page, ()), self.ended(anchor))
        return found

    def ended(self, anchor: Anchor) -> Ended:
        """An ended address, and its successors.

        ``id`` is the part after ``#`` and ``href`` the page; for an anchor that is a page both are the
        address.  ``successors`` link to the live addresses that it leads to, with their present opening
        words; a withdrawn address has none.  That the anchor has ended is not checked.
        """
        ledger = self.project.anchors
        known = self._memory.of("addresses", (ledger,), lambda: {one.id: one for one in ledger})
        heirs = anchors.successors(ledger, anchor.id)
        return Ended(
            id=anchor.id.rpartition("#")[2],
            href=addressed.page_of(anchor.id),
            fate=anchor.fate,
            successors=tuple(Link(text=sentences.now(known[id_]), href=id_) for id_ in heirs),
            opening=nested(sentences.now(anchor), self.project.site.language),
            reason=anchor.reason,
        )

    # cells together

    def by_relation(
        self, tags: Iterable[tuple[Key, CellTag]]
    ) -> Iterator[tuple[str, list[tuple[Key, CellTag]]]]:
        """(relation id, its tags) for each relation, in the order of the codebook.

        A relation without tags is left out, and so are tags with an unknown relation or, if the codebook has
        relations, without one.  The tags of one relation keep their order.  In a codebook without relations,
        all tags are those of ``""``.
        """
        found = list(tags)
        for relation in self.edition.relations or [""]:
            group = [(key, tag) for key, tag in found if tag.relation == relation]
            if group:
                yield relation, group

    def entry_cells(self, entry: Entry) -> tuple[Chip, ...]:
        """The cells in the ranges of an entry, with their relations, each pair once, in reading order.

        A cell counts if its evidence is within the evidence of the entry; a tag of the entry without
        evidence gives none.  A chip has the traits that the words of the entry carry in all tags of the pair
        together; none if they carry none in one of the tags (:meth:`chip_with`).
        """
        pairs = grouped(
            ((cell.cell, cell.relation), carried_by(self.index, entry, key, cell))
            for key, tag in self.index.by_entry.get((entry.facet, entry.id), ())
            for cell in self.index.within(key, tag)
        )
        return tuple(self.chip_with(cell, relation, found) for (cell, relation), found in pairs.items())

    def chip_with(self, cell_id: str, relation: str, carried: Iterable[tuple[str, ...] | None]) -> Chip:
        """The chip of a cell in a relation with the traits of several tags together, in the order of the
        codebook; without traits if one of the tags has none (``()``), and if there are no tags.  If it is not
        known which traits a tag has (``None``), it is without traits, and, if the cell has a sign, without
        the name of the cell, which would say too much.

        :raises KeyError: for an unknown cell or relation.
        """
        tags = list(carried)
        every = set().union(*(own for own in tags if own)) if all(tags) else set()
        cell = self.index.cells[cell_id]
        names = (
            self.edition.code_name(CodeId.trait_of(cell_id, one.id)) for one in cell.traits if one.id in every
        )
        chip = self.chip(cell_id, relation)
        return replace(chip, traits=tuple(names), name="" if chip.sign and None in tags else chip.name)
