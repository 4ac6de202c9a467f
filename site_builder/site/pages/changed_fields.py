"""The fields of what changed, with the old and the new value of each in the words of the site."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from site_builder.edition.changes import Change, Changes, FieldChange
from site_builder.edition.coded_items import TagId
from site_builder.edition.index import Key
from site_builder.edition.snapshots import Release
from site_builder.edition.wording import Piece
from site_builder.language import catalogue
from site_builder.language.message import Wording, listed, pmsg
from site_builder.model import Item, Localized
from site_builder.model.snapshot import OF_WORKS
from site_builder.records import replace
from site_builder.site.pages import apparatus, change_values
from site_builder.site.pages.change_names import FIELDS
from site_builder.site.presenter import Presenter
from site_builder.site.views import Compared, Marked, MarkedRange

_PLACES = {name: number for number, name in enumerate(FIELDS)}
_OF_TEXT = ("words", "lemma", "evidence", "reported", "quoted", "witness", "edited", "forms")
"""Fields that quote a work: they are in its language, and need the right to publish its text."""
_CODES = ("code", "instead", "from", "to", "function")
"""Fields of tags and edges that hold the id of a code."""
_READINGS = ("witness", "edited", "forms")
"""Those of them that are shown also if the text may not be published, as on the page of the apparatus."""

_RECORDS: Mapping[tuple[str, str], Callable[[str], Wording]] = {
    ("record", "language"): change_values.tag_name,
    ("project", "language"): change_values.tag_name,
    ("record", "copies"): change_values.copy,
    ("record", "authors"): change_values.person,
    ("record", "editors"): change_values.person,
    ("record", "translators"): change_values.person,
    ("project", "views"): change_values.view,
    ("project", "licences"): change_values.without_id,
    ("codebook", "fields"): change_values.without_id,
}
"""(Part of an edition, field) → what gives the name of one of its values."""


class Fields:
    """What differs in the items of two editions, with codes and passages by their names."""

    def __init__(self, presenter: Presenter, found: Changes) -> None:
        self.edition = presenter.edition
        self.before, self.after = _names(found.before), _names(found.after)

    def of(self, change: Change) -> Iterator[Compared]:
        """The fields that differ, in the order of :data:`.FIELDS` (words, name, short name, definition, sign,
        summary, function …); others come last, and a translation after the words that it translates.

        Left out are the translations of an item or of a field that only one edition has, which are shown
        with its words, and quotations of a text that may not be published.  Codes, passages and kinds are
        given by their names.

        A change without fields gives nothing.
        """
        shown = [
            field
            for field in sorted(change.fields, key=_order)
            if not _is_with_its_words(change, field) and not self._is_withheld(change, field)
        ]
        translated = {field.name for field in shown if field.language}
        own = self.edition.project.site.language
        for field in shown:
            found = self._field(change, field)
            twin = field.name in translated and any(
                one.name == field.name and one.language != field.language for one in shown
            )
            yield replace(found, tongue=catalogue.language_name(field.language or own)) if twin else found

    def label(self, key: Key) -> Wording:
        """A passage or heading as pages name it, with the work if there are several; ``#p12`` for one that
        the edition does not have.

        A passage is named by its number, never by its label: ``Passage 3``, with several works
        ``“TITLE”, passage 3`` with the short title.  A heading is its text: ``Bank``, or ``“TITLE”, Bank``.
        """
        if key in self.edition.index.passages:
            return self.edition.passage_label(key)
        heading = self.edition.index.headings.get(key)
        return self.edition.heading_label(key[0], heading.text) if heading else f"#{key[1]}"

    def code(self, code: str, change: Change, *, old: bool = False) -> Wording:
        """The name of a code, of a cell with its relation, as an edition has it; its id without a name.

        A cell whose relation has no name gives the name of the cell alone.

        :param code: its id; that of a function is ``function:review``.
        :param old: as the earlier edition has it; a change that only this one has is always so.
        """
        names = self.before if old or change.after is None else self.after
        cell, _, relation = code.partition(":")
        found = names.get(code) or names.get(cell) or code
        of_relation = names.get(f"relation:{relation}")
        if code in names or not of_relation:
            return found
        return pmsg("a cell and its relation", "%(cell)s, %(relation)s", cell=found, relation=of_relation)

    def _field(self, change: Change, field: FieldChange) -> Compared:
        name = FIELDS.get(field.name, "")
        of_id = self._names_of(change, field)
        if of_id is not None:
            return Compared(
                name=name,
                removed=tuple(of_id(value, True) for value in _values(field.removed, field.before)),
                added=tuple(of_id(value, False) for value in _values(field.added, field.after)),
            )
        language = field.language or self._language(change, field)
        if field.is_list:
            return Compared(
                name=name,
                key=field.name,
                removed=tuple(Localized(value, language=language) for value in field.removed),
                added=tuple(Localized(value, language=language) for value in field.added),
            )
        if not (field.before and field.after):
            return Compared(
                name=name,
                key=field.name,
                language=field.language,
                removed=tuple(self._alone(change.before, field, language)) if field.before else (),
                added=tuple(self._alone(change.after, field, language)) if field.after else (),
            )
        before, after = Localized(field.before, language=language), Localized(field.after, language=language)
        pieces = field.pieces
        return Compared(
            name=name,
            key=field.name,
            language=field.language,
            before=Marked(text=before, ranges=_ranges(pieces, "deleted", "del")),
            after=Marked(text=after, ranges=_ranges(pieces, "inserted", "ins")),
        )

    def _names_of(self, change: Change, field: FieldChange) -> Callable[[str, bool], Wording] | None:
        """What gives a value of a field its name, as the earlier edition has it if the second argument is
        true; ``None`` for a field of words.
        """
        item = change.item
        if item.part in ("tags", "edges") and field.name in _CODES:
            kind = "function:" if field.name == "function" else ""
            return lambda value, old: self.code(kind + value, change, old=old)
        names = change_values.NAMES.get((item.part, field.name))
        if names is not None:
            return lambda value, _: names.get(value, Localized(value))
        if field.name == "cites":
            return lambda value, old: self._citation(value, change, old=old)
        if item.part == "tags" and field.name == "traits":
            cell = item.name.partition(":")[0]
            return lambda value, old: self.code(f"{cell}/{value}", change, old=old)
        if item.part == "apparatus" and field.name in ("kind", "certainty"):
            return lambda value, _: {**apparatus.CLASSES, **apparatus.CERTAINTIES}[value]
        return self._of_records(change, field)

    def _of_records(self, change: Change, field: FieldChange) -> Callable[[str, bool], Wording] | None:
        """As :meth:`_names_of`, for the records of works, the project, and lists whose values begin with an
        id.
        """
        item = change.item
        plain = _RECORDS.get((item.part, field.name))
        if plain is not None:
            return lambda value, _: plain(value)
        if item.part == "record" and field.name == "headings":
            return lambda value, _: self._after_label(value, item.id)
        if item.part in ("edges", "codebook") and field.name in ("evidence", "words"):
            return lambda value, _: self._after_label(value, self.edition.index.single_work)
        if item.part == "codebook" and field.name == "parent":
            facet = item.id.partition(":")[0]
            return lambda value, old: self.code(f"{facet}:{value}", change, old=old)
        if item.part == "project" and field.name == "facets":
            return lambda value, old: self.code(f"facet:{value}", change, old=old)
        if item.part == "project" and field.name == "works":
            return lambda value, _: self.edition.work_names.get(value, Localized(value))
        if item.part == "project" and field.name == "coder":
            coders = self.edition.coders
            return lambda value, _: coders[value].name if value in coders else Localized(value)
        if item.part == "project" and field.name == "silence":
            return lambda value, old: self._column(value, change, old=old)
        return None

    def _column(self, value: str, change: Change, *, old: bool) -> Wording:
        names = self.before if old or change.after is None else self.after
        return change_values.column(
            value,
            lambda facet: self.code(f"facet:{facet}", change, old=old),
            lambda relation: names.get(f"relation:{relation}"),
        )

    def _after_label(self, value: str, work: str) -> Wording:
        """A value after the id of a passage or a heading, ``p2: words``, with the label of it; the label
        alone for an empty value.
        """
        place, _, words = value.partition(": ")
        named, _, block = place.rpartition("#")
        label = self.label((named or work, block.removesuffix(":")))
        if not words:
            return label
        return pmsg("a place and its words", "%(place)s: %(words)s", place=label, words=Localized(words))

    def _citation(self, value: str, change: Change, *, old: bool) -> Wording:
        """A citation, as ``wu#p2 depth+:shows``, in the words of the site: the passage, then the claims."""
        cited, *claims = value.split(" ")
        work, _, passage = cited.rpartition("#")
        label = self.label((work or self.edition.index.single_work, passage))
        names = [self._claim(claim, change, old=old) for claim in claims]
        if not names:
            return label
        return pmsg(
            "a citation and its claims", "%(passage)s: %(claims)s", passage=label, claims=listed(names)
        )

    def _claim(self, claim: str, change: Change, *, old: bool) -> Wording:
        name = self.code(claim.removeprefix("!"), change, old=old)
        return pmsg("a claim that there is no such tag", "not %(tag)s", tag=name) if claim[0] == "!" else name

    def _alone(self, item: Item | None, field: FieldChange, language: str) -> Iterator[Localized]:
        """The words of a field that only one of the editions has, with the translations of that edition."""
        if item is None:
            return
        if field.language:
            yield Localized(item.texts[f"{field.name}@{field.language}"], language=language)
        else:
            yield localized(item.texts, field.name).in_(language)

    def _is_withheld(self, change: Change, field: FieldChange) -> bool:
        """Whether a field quotes a text that may not be published."""
        if self.edition.with_text or field.name not in _OF_TEXT or field.name in _READINGS:
            return False
        return change.item.part in ("text", "tags", "codebook", "notes", "edges")

    def _language(self, change: Change, field: FieldChange) -> str:
        """The language of the work that a field quotes; empty for words of the editors."""
        item = change.item
        if field.name not in _OF_TEXT or item.part not in (*OF_WORKS, "tags", "notes"):
            return ""
        work = self.edition.index.works.get(
            key_of(TagId.read(item.id).passage if item.part == "tags" else item.id)[0]
        )
        if work is None:
            return ""
        return work.record.witness_tag if field.name == "witness" else work.record.tag


def _is_with_its_words(change: Change, field: FieldChange) -> bool:
    """Whether a translation is shown with the words that it translates: only one edition has the item, or
    the words, and it is the edition that has the translation.
    """
    if not field.language or change.how != "changed":
        return bool(field.language)
    return any(
        one.name == field.name
        and not one.language
        and (bool(one.before), bool(one.after)) == (bool(field.before), bool(field.after)) != (True, True)
        for one in change.fields
    )


def _order(field: FieldChange) -> tuple[int, bool]:
    """The place of a field among those of an item: that of its name in the list; others come last."""
    return _PLACES.get(field.name, len(_PLACES)), bool(field.language)


def _values(several: tuple[str, ...], text: str) -> tuple[str, ...]:
    """The values of a list, or the one of a text that is not empty."""
    return several or ((text,) if text else ())


def _names(release: Release) -> dict[str, Localized]:
    """Each code of an edition → its name."""
    return {item.id: localized(item.texts, "name") for item in release.items if item.part == "codebook"}


def localized(texts: Mapping[str, str], name: str) -> Localized:
    """The text ``name`` of an item, with those of ``name@LANGUAGE`` as its translations; ``""`` if it has
    none.

    >>> found = localized({"name": "深度", "name@en": "Depth"}, "name")
    >>> found, found.of("en"), found.of("fr")
    ('深度', 'Depth', '')
    """
    prefix = f"{name}@"
    found = {key.removeprefix(prefix): text for key, text in texts.items() if key.startswith(prefix)}
    return Localized(texts.get(name, ""), translations=found)


def key_of(id_: str) -> Key:
    """The work and the block that an id names: ``wu#p12`` → ``("wu", "p12")``; without ``#`` the block is
    ``""``.

    The first ``#`` divides: ``a#b#c`` → ``("a", "b#c")``.  Of an address of the prose the work is the page:
    ``silence.html#b2`` → ``("silence.html", "b2")``.
    """
    work, _, block = id_.partition("#")
    return work, block


def _ranges(pieces: Sequence[Piece], own: str, element: str) -> tuple[MarkedRange, ...]:
    """The ranges of the pieces that only one wording has (``deleted`` or ``inserted``), in that wording."""
    found = []
    at = 0
    for piece in pieces:
        if piece.change in ("same", own):
            end = at + len(piece.text)
            if piece.change == own:
                found.append(MarkedRange(start=at, end=end, element=element))
            at = end
    return tuple(found)
