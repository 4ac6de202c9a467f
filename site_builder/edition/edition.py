"""An edition: a project, its index, and what may be published of it.

Pages and exports are made from this value.  It has what they all ask of a project; how a page shows
it is in ``site``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from itertools import pairwise
from typing import TYPE_CHECKING

from site_builder.edition import (
    addressed,
    addresses,
    adjudication,
    binding,
    changes,
    codes,
    palette,
    readings,
    repetition,
    snapshots,
    tagged,
    translations,
)
from site_builder.edition.adjudication import Difference
from site_builder.edition.changes import Changes
from site_builder.edition.codes import CodeId, of_tag
from site_builder.edition.index import Index, Key, build_index, grouped
from site_builder.edition.locale import Locale, locales
from site_builder.edition.palette import Paint
from site_builder.edition.readings import Doubt, Reading
from site_builder.edition.repetition import Repetition
from site_builder.edition.sentences import Bound
from site_builder.edition.similar import Comparison, Sets
from site_builder.edition.sizes import SIZES, Sizes
from site_builder.language import catalogue, language
from site_builder.language.catalogue import Catalogue
from site_builder.language.characters import join_lines
from site_builder.language.message import Message, Wording, msg, pmsg
from site_builder.model import (
    Adjudication,
    Cell,
    CellTag,
    Coder,
    Dimension,
    EntryTag,
    Facet,
    Localized,
    Page,
    Passage,
    Pole,
    Project,
    Prose,
    Quote,
    Sentence,
    Tagging,
    Term,
    Work,
)
from site_builder.model.memory import Memory
from site_builder.model.text import joined

if TYPE_CHECKING:
    from site_builder.edition import agreement
    from site_builder.edition.agreement import ComparedCoders

_OPENING = 12
"""Characters of a passage that are shown where its text may not be published."""


def nested(words: str, tag: str) -> Localized:
    """Words as they are written within quotation marks: on one line, with their own marks exchanged.

    Outer marks are not added.  A line end between Chinese characters is left out, between Latin letters it is
    a space.  A mark without its partner stays.

    :param tag: the language of the words (BCP 47); the result has it.

    >>> nested("他說「好」", "zh-Hant")
    '他說『好』'
    """
    return Localized(language.of(tag).nested(join_lines(words)), language=tag)


def _codes(taggings: Iterable[Tagging]) -> dict[Key, tuple[CodeId, ...]]:
    found = {}
    for one in taggings:
        tags = (*map(of_tag, one.cells), *map(of_tag, one.entries))
        found[one.work, one.passage] = tuple(dict.fromkeys(code.whole for code in tags))
    return found


def _repetitions(work: Work) -> dict[Key, tuple[Repetition[Key], ...]]:
    return repetition.repetitions({(work.id, one.id): str(one.text) for one in work.passages})


@dataclass(frozen=True)
class Edition:
    """A project that was read and checked, with its index and the publishing policy.

    :param with_text: whether the text itself may be published.  If not, a passage is shown by its
        first twelve characters, and no evidence is quoted.
    :param sizes: the sizes past which a page or a file is split.
    :param memory: of earlier editions of the project, in a process that reads it many times.
    """

    project: Project
    index: Index
    with_text: bool = field(default=True, kw_only=True)
    sizes: Sizes = field(default=SIZES, kw_only=True)
    memory: Memory = field(default_factory=Memory, kw_only=True, compare=False, repr=False)

    @classmethod
    def of(cls, project: Project, *, with_text: bool = True, sizes: Sizes = SIZES) -> Edition:
        """The edition of a project, with an index made for it.  The project is not checked."""
        return cls(project, build_index(project), with_text=with_text, sizes=sizes)

    @cached_property
    def catalogue(self) -> Catalogue:
        """The words of exports: those of the language of the editors' prose."""
        return catalogue.of(self.project.site.language)

    @cached_property
    def locales(self) -> tuple[Locale, ...]:
        """The views of the site, in their order; the first is as edited."""
        return locales(self.project)

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The languages (BCP 47) of the translated views, in their order, then the others in which a name,
        title, gist or note has a translation, sorted; without that of the editors' prose.  ``()`` for none.
        """
        return translations.languages(self.project)

    @cached_property
    def agreement(self) -> tuple[agreement.Pair, ...]:
        """Every pair of coders who tagged a passage in common, sorted by name, with its coefficients; ``()``
        for one coder.

        In a work with an adjudication only its two coders are compared.
        """
        from site_builder.edition import agreement  # a check needs no coefficients

        return agreement.pairs(self.project)

    @cached_property
    def compared_coders(self) -> tuple[ComparedCoders, ...]:
        """Every pair of coders who tagged a passage in common, sorted by name, with their differences but
        without coefficients, which take long; ``()`` for one coder.
        """
        from site_builder.edition import agreement

        return agreement.compared_coders(self.project)

    def tagging_of(self, coder: str, key: Key) -> Tagging:
        """What a coder says of a passage.  Of two taggings, the first counts.

        :raises KeyError: if the coder did not tag the passage.
        """
        return self._every_tagging[(coder, *key)]

    @cached_property
    def _every_tagging(self) -> dict[tuple[str, str, str], Tagging]:
        return {(t.coder, t.work, t.passage): t for t in reversed(self.project.taggings)}

    @cached_property
    def tagged(self) -> Mapping[str, list[tuple[Tagging, Passage]]]:
        """Work id → (tags, passage) for each passage that a coder tagged; an empty list for a work without
        tags.

        The displayed coder comes first, the others by id; each in reading order.  Of two taggings of a
        passage by one coder, the first counts.
        """
        return tagged.of_works(self.project)

    def differences(self, found: Adjudication) -> tuple[Difference, ...]:
        """The differences between the two coders of an adjudication, passage by passage, in the order of the
        codebook: each code that only one of them has in a passage that both tagged.

        The codes are cells in a relation (a cell alone if its tag has none), traits of cells that both have,
        functions and entries.  ``()`` unless there are two different coders, and for an unknown work.
        """
        known = self.memory.same("codes", tuple(self.index.codes))
        inputs = (found, known, self.index.works.get(found.work), *self.tags_by_work.get(found.work, ()))
        name = ("differences", found.work)
        return self.memory.of(name, inputs, lambda: adjudication.differences(self.project, found))

    @cached_property
    def tags_by_work(self) -> Mapping[str, tuple[Tagging, ...]]:
        """Work id → the tags of all coders, in the order of the files; also of works that do not exist.

        A work without tags is no key.
        """
        return grouped((one.work, one) for one in self.project.taggings)

    @cached_property
    def readings(self) -> Mapping[Reading, Edition]:
        """``strict``, ``published`` and ``generous``, in this order → the edition with the tags of that
        reading of the coder that the site shows.

        ``published`` is the edition itself; ``strict`` lacks the cell tags that alternatives doubt, and
        ``generous`` has those that alternatives add as well.
        """
        return {
            name: self
            if name == "published"
            else Edition.of(readings.read(self.project, name), with_text=self.with_text, sizes=self.sizes)
            for name in readings.READINGS
        }

    def repetitions(self, key: Key) -> tuple[Repetition[Key], ...]:
        """The wording of a passage that other passages of its work repeat, longest first, then by its place;
        ``()`` if there is none, if the passage does not exist, or if no text may be published.

        A repetition has at least 8 units: characters of a script without spaces, or whole words of any other.

        :raises KeyError: if there is no such work, and the text may be published.
        """
        if not self.with_text:
            return ()
        work = self.index.works[key[0]]
        found = self.memory.of(("repetitions", work.id), (work,), lambda: _repetitions(work))
        return found.get(key, ())

    @cached_property
    def codes_of(self) -> dict[Key, tuple[CodeId, ...]]:
        """Tagged passage → its cells without relations, and its entries, each once, in their order.

        A passage without cells and entries has ``()``; the tags are those of the coder that the site shows.
        """
        return {key: found for own in self._codes_of_works.values() for key, found in own.items()}

    @cached_property
    def _codes_of_works(self) -> dict[str, dict[Key, tuple[CodeId, ...]]]:
        of_works = grouped((key[0], tagging) for key, tagging in self.index.taggings.items())
        return {
            work: self.memory.of(("codes", work), own, partial(_codes, own)) for work, own in of_works.items()
        }

    @cached_property
    def comparison(self) -> Comparison:
        """Which passages are similar to a passage: those that share at least two cells or entries with it,
        without regard to relations.
        """
        sets = {
            work: self.memory.of(("sets of codes", work), (own,), partial(Sets, own))
            for work, own in self._codes_of_works.items()
        }
        return Comparison(sets, self.order, self.sizes)

    @cached_property
    def order(self) -> dict[Key, int]:
        """Passage → its number in the order of the edition, from 0."""
        return {key: number for number, key in enumerate(self.index.passages)}

    @cached_property
    def doubts(self) -> dict[Key, tuple[Doubt, ...]]:
        """Passage → the alternatives of the coder that the site shows, with the tags that each doubts and
        adds, in the order of the file.  A passage without any is no key.
        """
        return grouped((one.key, one) for one in readings.doubts(self.project))

    # the codebook by id

    @cached_property
    def poles(self) -> dict[str, Pole]:
        """Pole id → pole."""
        return {pole.id: pole for pole in self.project.grid.poles}

    @cached_property
    def relations(self) -> dict[str, Term]:
        """Relation id → relation."""
        return {term.id: term for term in self.project.grid.relations}

    @cached_property
    def traits(self) -> dict[CodeId, Term]:
        """Code of a trait → the trait, cell by cell."""
        return {
            CodeId.trait_of(cell.id, trait.id): trait
            for cell in self.project.grid.cells
            for trait in cell.traits
        }

    @cached_property
    def coders(self) -> dict[str, Coder]:
        """Coder → its record, of those that ``annotations/coders.yaml`` lists."""
        return {coder.id: coder for coder in self.project.coders}

    @cached_property
    def functions(self) -> dict[str, Term]:
        """Function id → function."""
        return {term.id: term for term in self.project.grid.functions}

    def code_name(self, code: CodeId) -> Localized:
        """The name of a code of the codebook; of a cell in a relation, that of the cell.  The name of a cell
        is without its sign, that of a trait without its cell.

        :raises KeyError: if the codebook has no such code.  A voice is none of its codes: its name is not
            words of the project.
        """
        if code.kind == "trait":
            return self.traits[code].name
        if code.kind == "entry":
            return self.index.entries[(code.facet, code.id)].name
        named: dict[str, Mapping[str, Cell | Dimension | Facet | Term]] = {
            "cell": self.index.cells,
            "dimension": self.index.dimensions,
            "facet": self.index.facets,
            "relation": self.relations,
            "function": self.functions,
        }
        return named[code.kind][code.id].name

    def slug(self, cell: Cell) -> str:
        """The name of a cell in addresses and class names: ``depth-positive``, or ``depth`` for a cell
        without a pole.

        :raises KeyError: if its pole does not exist.
        """
        return addresses.cell_slug(cell, self.poles)

    def sign(self, cell: Cell) -> str:
        """What is shown before the name of a cell: its dimension and the sign of its pole, ``深度＋``.

        For a pole without a sign, its name follows after a space: ``深度 正``.  A cell without a pole gives
        ``""``, also if its dimension does not exist: its name says it all.  In a language into which only one
        of the two is translated, the other stays as it is (:func:`.joined`).

        :raises KeyError: if the cell has a pole, and this or the dimension does not exist.
        """
        if not cell.pole:
            return ""
        pole = self.poles[cell.pole]
        name = self.index.dimensions[cell.dimension].name
        return joined(name, pole.sign) if pole.sign else joined(name, " ", pole.name)

    def short_sign(self, code: CodeId) -> Localized:
        """The shortest sign of a code with colours, for small places: ``深＋`` for a cell, which is the short
        name of its dimension and the sign of its pole.

        If the dimension has no short name, or the pole no sign, it is that of :meth:`sign`.  A cell without a
        pole has the short name of its dimension, else its own name.  Any other code has its name.

        :raises KeyError: as in :meth:`sign` and :meth:`code_name`.
        """
        if code.kind != "cell":
            return self.code_name(code)
        cell = self.index.cells[code.id]
        short = self.index.dimensions[cell.dimension].short
        sign = self.poles[cell.pole].sign if cell.pole else ""
        if short and sign:
            return joined(short, sign)
        found = self.sign(cell) or short or cell.name
        return found if isinstance(found, Localized) else Localized(found)

    def signed_name(self, code: CodeId) -> Localized:
        """The name of a code; that of a cell after its sign (:meth:`sign`): ``深度＋名``, in English
        ``Depth+ Name``; for a cell without a pole ``名``.  A trait has its name alone.

        :raises KeyError: as in :meth:`code_name` and :meth:`sign`.
        """
        name = self.code_name(code)
        return joined(self.sign(self.index.cells[code.id]), name) if code.kind == "cell" else name

    def cells_of(self, key: Key) -> tuple[str, ...]:
        """The ids of the cells of a passage, each once, in the order of its tags.

        The tags are those of the coder the site shows.  ``()`` for a passage without tags, or that does not
        exist.
        """
        tagging = self.index.taggings.get(key)
        return tuple(dict.fromkeys(tag.cell for tag in tagging.cells)) if tagging else ()

    @cached_property
    def paints(self) -> dict[CodeId, Paint]:
        """Each code with colours → its colours: the cells, or without cells all entries of frame facets."""
        return {paint.code: paint for paint in palette.paints(self.project)}

    @cached_property
    def paint_order(self) -> dict[CodeId, int]:
        """Each code with colours → its place in the order of the codebook, from 0."""
        return {code: number for number, code in enumerate(self.paints)}

    def code_slug(self, code: CodeId) -> str:
        """The name of a code with colours, in attributes: a cell as ``depth-positive`` (without a pole
        ``depth``), an entry as ``methods_survey``.

        Whether an entry exists is not checked.

        A trait has the slug of its cell.

        :raises KeyError: if there is no such cell or its pole does not exist, and for a code that is neither
            cell, trait nor entry.
        """
        return f"{code.facet}_{code.id}" if code.kind == "entry" else self.slug(self.index.cells[code.id])

    def painted_tags(self, tagging: Tagging | None) -> tuple[CellTag | EntryTag, ...]:
        """The tags of a passage that pages show in colour, in their order: those of cells, or in a project
        without cells those of the entries of frame facets, also of entries that have a parent.  ``()`` for a
        passage without tags.
        """
        if tagging is None:
            return ()
        if self.index.cells:
            return tagging.cells
        return tuple(tag for tag in tagging.entries if codes.of_tag(tag) in self.paints)

    def painted_codes(self, key: Key) -> tuple[CodeId, ...]:
        """The cells of a passage, or in a project without cells its entries of frame facets (also those that
        have a parent), each once, without relations, in the order of the codebook.

        The tags are those of the coder that the site shows.  ``()`` for a passage without tags, or that does
        not exist.
        """
        found = {codes.of_tag(tag).whole for tag in self.painted_tags(self.index.taggings.get(key))}
        return tuple(sorted(found & self.paint_order.keys(), key=self.paint_order.__getitem__))

    @cached_property
    def code_addresses(self) -> dict[CodeId, str]:
        """Each code → the address where it is defined: ``grid/depth-positive.html``,
        ``method.html#relation-shows``, ``methods/survey.html``.  Cells are without relations.

        The order is cells, traits, dimensions, relations, functions, facets, entries.  A cell whose pole does
        not exist is left out.
        """
        return addressed.codes(self.project)

    # the editors' pages

    @cached_property
    def subjects(self) -> dict[str, str]:
        """What an editors' page can be about → the address that shows it: ``home``, ``grid``, ``silence``,
        ``argument``, ``method``, ``cite``, ``changes`` and ``search``, if the site has the page;
        ``apparatus`` (of the first work that has one); then cells (``cell:depth+``), traits
        (``cell:depth+/noise``), ``dimension:depth``, ``facet:methods`` and entries (``methods:survey``).
        """
        return addressed.subjects(self.project)

    def page_about(self, subject: str) -> Page | None:
        """The editors' page about a subject (``cell:depth+``); ``None`` if they wrote none.

        Of two, the first.  The empty subject gives the first page without a subject.
        """
        return next((page for page in self.project.pages if page.about == subject), None)

    def prose_about(self, subject: str) -> Prose | None:
        """The prose of the editors' page about a subject; ``None`` if there is no page.

        A page without words gives an empty prose; of several pages the first counts.
        """
        page = self.page_about(subject)
        return page.prose if page is not None else None

    @cached_property
    def bound_pages(self) -> dict[str, tuple[list[Sentence], Bound]]:
        """Address of a page with prose of the editors → its sentences, and their match with the ledger; also
        for a page without sentences.
        """
        return binding.of_pages(self.project)

    # earlier editions

    @cached_property
    def history(self) -> tuple[Changes, ...]:
        """What each edition changed, the newest first: from the edition before it to it.

        The editions are those of the snapshots, and the present one as it is now.  ``()`` without an earlier
        edition.

        An edition that changed nothing is there too.
        """
        now = snapshots.of_project(self.project, self.memory)
        earlier = snapshots.releases(self.project.snapshots)
        every = (*(one for one in earlier if one.edition != now.edition), now)
        return tuple(changes.compare(old, new, self.memory) for old, new in pairwise(every))[::-1]

    # works

    @property
    def has_few_works(self) -> bool:
        """Whether every page names all works: there are at most ``sizes.named_works`` (8) of them.

        Otherwise there is a list of works, and pages name their own.
        """
        return len(self.project.works) <= self.sizes.named_works

    @property
    def is_one_book(self) -> bool:
        """Whether all works are in one book and one file of all pages; otherwise each has its own.

        So it is if there are at most ``sizes.named_works`` (8) works and ``sizes.book_passages`` (400)
        passages in all.  A single work is never split.
        """
        passages = len(self.index.passages)
        few = self.has_few_works and passages <= self.sizes.book_passages
        return few or len(self.project.works) == 1

    @property
    def has_parts_of_data(self) -> bool:
        """Whether the data for scripts is in parts, which pages load when they need them: there are more
        than ``sizes.script_passages`` (1000) passages in all works.
        """
        return len(self.index.passages) > self.sizes.script_passages

    @cached_property
    def work_names(self) -> dict[str, Wording]:
        """Work id → its short title; works with the same one have their ids added: ``堤（lu1923）``.

        In English that is ``堤 (lu1923)``.
        A work without a short title has its title.
        """
        titles = {work.id: work.record.short or work.record.title for work in self.project.works}
        uses = Counter(titles.values())
        return {
            id_: name
            if uses[name] == 1
            else pmsg("a name and its id", "%(name)s (%(id)s)", name=name, id=id_)
            for id_, name in titles.items()
        }

    def passage_label(self, key: Key, within: str = "") -> Message:
        """A passage as other pages name it: ``第 2 段``, or ``〈堤〉第 2 段`` if there are several works.

        In English it is ``Passage 2``, or ``“TITLE”, passage 2`` with the short title of the work.  A label
        of the passage in the text is not used.

        :param within: the work that the page belongs to, if any; its own passages are named without it.
        :raises KeyError: if the passage does not exist.
        """
        number = self.index.passages[key].number
        if self._is_alone(key, within):
            return msg("Passage %(number)s", number=number)
        return msg("“%(work)s”, passage %(number)s", work=self.work_names[key[0]], number=number)

    def label_name(self, key: Key) -> Localized:
        """The label of a passage in the text, as other pages show it; ``""`` if it has none.

        A label that is the name of the function of the passage has the translations of that name.

        :raises KeyError: if the passage does not exist.
        """
        label = self.index.passages[key].label
        tagging = self.index.taggings.get(key)
        function = self.functions.get(tagging.function) if tagging and tagging.function else None
        if function is not None and function.name == label:
            return function.name
        return Localized(label, language=self.index.works[key[0]].record.tag)

    def passage_number(self, key: Key, within: str = "") -> Wording:
        """A passage in a list of passages: its number as a text, ``2``, or the message ``〈堤〉2`` if there
        are several works.

        In English the message is ``“TITLE” 2``.

        :param within: the work that the page belongs to, if any; its own passages are named without it.
        :raises KeyError: if the passage does not exist.
        """
        number = self.index.passages[key].number
        if self._is_alone(key, within):
            return str(number)
        work = self.work_names[key[0]]
        return pmsg("a passage in a list", "“%(work)s” %(number)s", work=work, number=number)

    def heading_label(self, work: str, heading: Wording) -> Wording:
        """A heading as other pages name it: as given, ``起句``, or ``〈堤〉起句`` if there are several works.

        In English it is ``“TITLE”, HEADING``.  Whether there is such a heading is not checked.

        :raises KeyError: if there is not exactly one work, and this one does not exist.
        """
        if self.index.single_work:
            return heading
        name = self.work_names[work]
        return pmsg("a heading of a work", "“%(work)s”, %(heading)s", work=name, heading=heading)

    def _is_alone(self, key: Key, within: str) -> bool:
        return bool(self.index.single_work) or key[0] == within

    def work_at(self, address: str) -> Work | None:
        """The work to whose folder an address of the site belongs; ``None`` for any other address.

        Only the first part of the address is examined, so the page need not exist.  An address in the folder
        of the converted script gives ``None``.
        """
        return self.index.works.get(address.partition("/")[0])

    @property
    def reading(self) -> str:
        """The address where reading begins: ``lu1923/index.html``, or ``index.html#_works`` if not one work
        alone.
        """
        return addresses.reading(self.index.single_work) if self.index.single_work else addresses.WORKS

    @property
    def package_name(self) -> str:
        """A name for files that hold the whole edition: the ids of its works, with hyphens between.

        One work gives its id, two ``canal-dike``, three ``canal-dike-lake``, four ``canal-and-3-more``.

        :raises ValueError: if there is no work.
        """
        first, *others = (work.id for work in self.project.works)
        return f"{first}-and-{len(others)}-more" if len(others) > 2 else "-".join((first, *others))

    # what may be published

    def shown_text(self, passage: Passage) -> str:
        """The text of a passage, or its opening where the text may not be published.

        The opening is the first twelve characters and the mark of omission of its language (``……``, ``…``).
        A passage of at most twelve characters is given whole, without the mark.
        """
        shown = self.shown_length(passage)
        if shown == len(passage.text):
            return passage.text
        tag = self.language_of(passage)
        return Localized(passage.text[:shown] + language.of(tag).omission, language=tag)

    def shown_length(self, passage: Passage) -> int:
        """How many characters of a passage may be published: all, or at most the first twelve."""
        return len(passage.text) if self.with_text else min(len(passage.text), _OPENING)

    def language_of(self, passage: Passage) -> str:
        """The language of the text of a passage (BCP 47); without one, that of the editors' prose:
        ``zh-Hant``.
        """
        own = passage.text.language if isinstance(passage.text, Localized) else ""
        return own or self.project.site.language

    def shown_quotations(self, evidence: Iterable[Quote], passage: Passage) -> tuple[Localized, ...]:
        """Evidence as quoted, a range (``to``) by its two ends; ``()`` if no text may be published.

        Each is in the order given, with its marks as in :func:`nested`: ``他說『好』``, ``甲……乙``, in
        English ``one…two``.  It is on one line: a line end is left out between Chinese characters, and is a
        space between Latin letters.  Prefixes and suffixes are left out.
        """
        return tuple(self.shown_quotation(one, passage) for one in evidence) if self.with_text else ()

    def shown_quotation(self, quote: Quote, passage: Passage) -> Localized:
        """One quotation as in :meth:`shown_quotations`, whatever may be published: ``水有聲音``, a range
        ``甲……乙``.
        """
        tag = self.language_of(passage)
        words = f"{quote.text}{language.of(tag).omission}{quote.to}" if quote.to else quote.text
        return nested(words, tag)
