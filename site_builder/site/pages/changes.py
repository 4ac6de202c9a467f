"""The page of changes: what each edition changed, with the old and the new wording at each place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from site_builder.edition import addressed, addresses
from site_builder.edition.addressed import page_of
from site_builder.edition.changes import Change, Changes, FieldChange
from site_builder.edition.coded_items import TagId
from site_builder.edition.index import Key
from site_builder.edition.reasons import Explanation, Reasons, Scope, scope
from site_builder.edition.snapshots import Release
from site_builder.edition.wording import Piece
from site_builder.language.message import Wording, listed, msg, nmsg, pmsg
from site_builder.model import Item, Localized
from site_builder.model.snapshot import OF_WORKS
from site_builder.site.pages import about
from site_builder.site.presenter import Presenter
from site_builder.site.views import (
    Changed,
    ChangedGroup,
    ChangedPart,
    Chip,
    Compared,
    Link,
    Marked,
    MarkedRange,
    View,
    Why,
)

_HOW = {
    "added": pmsg("a change between editions", "Added"),
    "removed": pmsg("a change between editions", "Removed"),
    "changed": pmsg("a change between editions", "Changed"),
}
_PARTS = {
    "text": msg("Text"),
    "apparatus": msg("Apparatus"),
    "record": pmsg("a part of an edition", "Bibliographic record"),
    "prose": pmsg("a part of an edition", "Pages of the editors"),
    "tags": pmsg("a part of an edition", "Tags"),
    "codebook": pmsg("a part of an edition", "Codebook"),
    "notes": pmsg("a part of an edition", "Notes"),
    "edges": pmsg("a part of an edition", "Causes and remedies"),
    "coders": pmsg("a part of an edition", "Coders"),
    "project": pmsg("a part of an edition", "The edition itself"),
}
_KINDS = {
    "heading": pmsg("what changed", "Heading"),
    "paragraph": pmsg("what changed", "Paragraph"),
    "page": pmsg("what changed", "Title of the page"),
    "rule": pmsg("what changed", "General rule"),
    "emendation": pmsg("what changed", "Reading"),
    "tagging": pmsg("what changed", "Function, gist and note"),
    "grid": pmsg("what changed", "Grid"),
    "pole": pmsg("what changed", "Pole"),
    "dimension": pmsg("what changed", "Dimension"),
    "cell": pmsg("what changed", "Cell"),
    "relation": pmsg("what changed", "Relation"),
    "function": pmsg("what changed", "Function"),
    "facet": pmsg("what changed", "Facet"),
    "entry": pmsg("what changed", "Entry"),
    "trait": pmsg("what changed", "Trait"),
    "alternative": pmsg("what changed", "Alternative reading"),
    "note": pmsg("what changed", "Note"),
    "edge": pmsg("what changed", "Cause or remedy"),
    "coder": pmsg("what changed", "Coder"),
}
_FIELDS: Mapping[str, Wording] = {
    "words": "",
    "name": pmsg("a field of something that changed", "Name"),
    "short": pmsg("a field of something that changed", "Short name"),
    "definition": pmsg("a field of something that changed", "Definition"),
    "sign": pmsg("a field of something that changed", "Sign"),
    "gist": pmsg("a field of something that changed", "Gist"),
    "function": pmsg("a field of something that changed", "Function"),
    "note": pmsg("a field of something that changed", "Note"),
    "evidence": pmsg("a field of something that changed", "Evidence"),
    "reported": pmsg("a field of something that changed", "Evidence that the author reports"),
    "quoted": pmsg("a field of something that changed", "Evidence that the author quotes"),
    "traits": pmsg("a field of something that changed", "Traits"),
    "instead": pmsg("a field of something that changed", "Instead of"),
    "code": pmsg("a field of something that changed", "Code"),
    "lemma": pmsg("a field of something that changed", "Words"),
    "body": "",
    "from": pmsg("a field of something that changed", "From"),
    "to": pmsg("a field of something that changed", "To"),
    "status": pmsg("a field of something that changed", "Status"),
    "sources": pmsg("a field of something that changed", "Sources"),
    "settles": pmsg("a field of something that changed", "What would settle it"),
    "saw": pmsg("a field of something that changed", "What the coder had"),
    "passage": pmsg("a field of something that changed", "Passage"),
    "cites": pmsg("a field of something that changed", "Citations"),
    "also": pmsg("a field of something that changed", "Other names"),
    "label": pmsg("a field of something that changed", "Label"),
    "kind": pmsg("a field of something that changed", "Kind"),
    "certainty": pmsg("a field of something that changed", "Certainty"),
    "witness": pmsg("a field of something that changed", "Witness"),
    "edited": pmsg("a field of something that changed", "Edition"),
    "reason": pmsg("a field of something that changed", "Reason"),
    "authors": pmsg("a field of something that changed", "Authors"),
    "title_latin": pmsg("a field of something that changed", "Title in Latin letters"),
    "title_gloss": pmsg("a field of something that changed", "Title in translation"),
    "container_latin": pmsg("a field of something that changed", "Journal in Latin letters"),
    "copies": pmsg("a field of something that changed", "Copies"),
    "facts": pmsg("a field of something that changed", "Bibliographic facts"),
    "rights": pmsg("a field of something that changed", "Rights"),
    "headings": pmsg("a field of something that changed", "Headings"),
    "fields": pmsg("a field of something that changed", "Fields"),
    "licences": pmsg("a field of something that changed", "Licences"),
    "views": pmsg("a field of something that changed", "Languages and scripts"),
    "grid_caption": pmsg("a field of something that changed", "Caption of the grid"),
}
_OF_TEXT = ("words", "lemma", "evidence", "reported", "quoted", "witness", "edited", "forms")
"""Fields that quote a work: they are in its language, and need the right to publish its text."""
_CODES = ("code", "instead", "from", "to", "function")
"""Fields of tags and edges that hold the id of a code."""
_READINGS = ("witness", "edited", "forms")
"""Those of them that are shown also if the text may not be published, as on the page of the apparatus."""


def changes(presenter: Presenter) -> Iterator[View]:
    """The page of changes (``changes.html``); none in a project without an earlier edition.

    Its facts: ``about``, the prose of the editors' page about it, or ``None``; ``editions``, for each edition
    with an earlier one, the newest first: ``before`` and ``after`` (version and date of both), ``id``, and
    ``parts``, those with changes.  Tags of other coders than the one that the site shows are only counted.
    """
    if not addressed.has_history(presenter.project):
        return
    page = presenter.edition.page_about("changes")
    yield View(
        template="changes.html",
        address=addresses.CHANGES,
        title=page.title if page else msg("Changes between editions"),
        description=msg("What each edition changed, with the old and the new wording"),
        section="cite",
        trail=(Link(text=msg("Cite"), href=addresses.CITE),),
        facts={
            "about": page.prose if page else None,
            "editions": [
                {
                    "before": found.before,
                    "after": found.after,
                    "id": f"_to-{found.after.edition}",
                    "parts": list(_Page(presenter, found).parts()),
                }
                for found in presenter.edition.history
            ],
        },
    )


class _Page:
    """The changes from one edition to the next, as the page shows them."""

    def __init__(self, presenter: Presenter, found: Changes) -> None:
        self.presenter = presenter
        self.edition = presenter.edition
        self.coder = presenter.project.site.coder
        self.found = found
        self.reasons = Reasons(presenter.project, found)
        self.before, self.after = _names(found.before), _names(found.after)
        self.former = {item.address: item.name for item in found.before.items if item.kind == "page"}
        self.titles = {one.id: one.text for one in addressed.published(presenter.project)}
        self.pages = {page_of(item.id) for item in found.before.items if item.part == "prose"}

    def parts(self) -> Iterator[ChangedPart]:
        for part, counts in self.found.counts.items():
            every = self.found.of_part(part)
            shown = [one for one in every if part != "tags" or TagId.read(one.item.id).coder == self.coder]
            is_new = all(item.part != part for item in self.found.before.items)
            listed_here = [one for one in shown if not (is_new or _is_silent(one))]
            yield ChangedPart(
                id=f"_to-{self.found.after.edition}-{part}",
                name=_PARTS[part],
                counts=(counts["added"], counts["removed"], counts["changed"]),
                is_new=is_new,
                groups=tuple(self._groups(part, listed_here)),
                translated=sum(map(_is_silent, shown)),
                others=tuple(self._others(every)) if part == "tags" else (),
                reasons=self._reasons(shown, "part"),
            )

    def _others(self, every: Iterable[Change]) -> Iterator[tuple[str, int, int, int]]:
        """The numbers of changed tags of each coder that the site does not show."""
        found = [(TagId.read(one.item.id).coder, one.how) for one in every if one.item.kind != "tagging"]
        for coder in dict.fromkeys(coder for coder, _ in found if coder != self.coder):
            how = [how for other, how in found if other == coder]
            yield coder, how.count("added"), how.count("removed"), how.count("changed")

    # groups

    def _groups(self, part: str, every: list[Change]) -> Iterator[ChangedGroup]:
        """The changes by page or passage, in the order in which each of these comes first."""
        order = {name: number for number, name in enumerate(dict.fromkeys(map(_place, every)))}
        for name, ones in groupby(sorted(every, key=lambda one: order[_place(one)]), _place):
            found = list(ones)
            is_new = part == "prose" and name not in self.pages
            rows = (self._new_page(found),) if is_new else tuple(map(self._changed, found))
            reasons = self._reasons(found, "page")
            if part == "tags":
                key = _key(name)
                href = addresses.passage(key)
                yield ChangedGroup(title=self._label(key), href=href, changes=rows, reasons=reasons)
            else:
                title = self.titles.get(name) or self.former.get(name) or name
                yield ChangedGroup(title=title, href=name, changes=rows, reasons=reasons)

    def _label(self, key: Key) -> Wording:
        """A passage or heading as pages name it; one that has ended by its id."""
        if key in self.edition.index.passages:
            return self.edition.passage_label(key)
        heading = self.edition.index.headings.get(key)
        return self.edition.heading_label(key[0], heading.text) if heading else f"#{key[1]}"

    # changes

    def _new_page(self, every: list[Change]) -> Changed:
        """A page that the earlier edition does not have, without its words: they are all on the page."""
        blocks = sum(one.item.kind != "page" for one in every)
        kind = nmsg("A new page with %(count)s paragraph", "A new page with %(count)s paragraphs", blocks)
        return Changed(how=_HOW["added"], kind=kind, reasons=self._reasons(every, "item"))

    def _changed(self, change: Change) -> Changed:
        item = change.item
        return Changed(
            how=_HOW[change.how],
            name=self._name(change),
            href=self._href(change),
            kind=_KINDS.get(item.kind, ""),
            code=item.id if item.part == "codebook" else "",
            chip=self._chip(item.name) if item.kind == "cell tag" else None,
            fields=tuple(self._fields(change)),
            reasons=self._reasons((change,), "item"),
        )

    def _href(self, change: Change) -> str:
        """Where it is.  An address of the text or the prose is permanent, any other ends with its thing."""
        permanent = change.item.part in ("prose", "text")
        return change.item.address if permanent or change.after is not None else ""

    def _name(self, change: Change) -> Wording:
        item = change.item
        id_ = item.id.partition("#")[2]
        match item.kind:
            case "passage" | "heading" if item.part == "text":
                return self._label(_key(item.id))
            case "emendation" | "note":
                return self._label((_key(item.id)[0], item.name))
            case "alternative" | "edge":
                return ""
            case "rule" | "heading" | "paragraph":
                return f"#{id_}"
            case "page" | "tagging":
                return ""
            case "cell tag" | "entry tag":
                return self._code(item.name, change)
            case _:
                return _localized(item.texts, "name") or item.name

    def _code(self, code: str, change: Change, *, old: bool = False) -> Wording:
        """The name of a code, of a cell with its relation, as an edition has it; its id without a name.

        :param old: as the earlier edition has it; a change that only this one has is always so.
        """
        names = self.before if old or change.after is None else self.after
        cell, _, relation = code.partition(":")
        found = names.get(code) or names.get(cell) or code
        of_relation = names.get(f"relation:{relation}")
        if code in names or not of_relation:
            return found
        return pmsg("a cell and its relation", "%(cell)s, %(relation)s", cell=found, relation=of_relation)

    def _chip(self, code: str) -> Chip | None:
        """The chip of a cell that the codebook has, with its relation; ``None`` for any other code."""
        cell, _, relation = code.partition(":")
        if cell in self.edition.index.cells and relation in ("", *self.edition.relations):
            return self.presenter.chip(cell, relation)
        return None

    def _reasons(self, every: Iterable[Change], of: Scope) -> tuple[Why, ...]:
        """The reasons of one scope for changes, each once."""
        found = (one for change in every for one in self.reasons.of(change) if scope(one, change) == of)
        return tuple(dict.fromkeys(map(self._why, found)))

    def _why(self, one: Explanation) -> Why:
        if one.origin == "adjudication":
            return Why(text=one.text)
        if one.origin == "emendation":
            work, id_ = _key(one.about)
            link = Link(text=f"#{id_}", href=f"{addresses.apparatus(work)}#{id_}")
            return Why(text=one.text, links=(link,))
        return Why(text=one.text, links=tuple(Link(text=into, href=_address(into)) for into in one.into))

    # fields

    def _fields(self, change: Change) -> Iterator[Compared]:
        for field in sorted(change.fields, key=_order):
            is_shown_with_text = field.language and change.how != "changed"
            if not is_shown_with_text and not self._is_withheld(change, field):
                yield self._field(change, field)

    def _field(self, change: Change, field: FieldChange) -> Compared:
        name = _FIELDS.get(field.name, "")
        language = field.language or self._language(change, field)
        if field.name in _CODES and change.item.part in ("tags", "edges"):
            return self._of_code(change, field, name)
        if field.name == "cites":
            return Compared(
                name=name,
                removed=tuple(self._citation(value, change, old=True) for value in field.removed),
                added=tuple(self._citation(value, change) for value in field.added),
            )
        if field.name == "traits" and change.item.part == "tags":
            cell = change.item.name.partition(":")[0]
            return Compared(
                name=name,
                removed=tuple(self._code(f"{cell}/{one}", change, old=True) for one in field.removed),
                added=tuple(self._code(f"{cell}/{one}", change) for one in field.added),
            )
        if field.name in ("kind", "certainty") and change.item.part == "apparatus":
            words = {**about.CLASSES, **about.CERTAINTIES}
            return Compared(
                name=name,
                removed=tuple(words[value] for value in (field.before,) if value),
                added=tuple(words[value] for value in (field.after,) if value),
            )
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

    def _of_code(self, change: Change, field: FieldChange, name: Wording) -> Compared:
        """A field that holds a code: the name that each edition gives it."""
        kind = "function:" if field.name == "function" else ""
        old, new = field.before, field.after
        return Compared(
            name=name,
            removed=(self._code(kind + old, change, old=True),) if old else (),
            added=(self._code(kind + new, change),) if new else (),
        )

    def _citation(self, value: str, change: Change, *, old: bool = False) -> Wording:
        """A citation, as ``wu#p2 depth+:shows``, in the words of the site: the passage, then the claims."""
        cited, *claims = value.split(" ")
        work, _, passage = cited.rpartition("#")
        label = self._label((work or self.edition.index.single_work, passage))
        names = [self._claim(claim, change, old=old) for claim in claims]
        if not names:
            return label
        return pmsg(
            "a citation and its claims", "%(passage)s: %(claims)s", passage=label, claims=listed(names)
        )

    def _claim(self, claim: str, change: Change, *, old: bool) -> Wording:
        name = self._code(claim.removeprefix("!"), change, old=old)
        return pmsg("a claim that there is no such tag", "not %(tag)s", tag=name) if claim[0] == "!" else name

    def _alone(self, item: Item | None, field: FieldChange, language: str) -> Iterator[Localized]:
        """The words of a field that only one of the editions has, with the translations of that edition."""
        if item is None:
            return
        if field.language:
            yield Localized(item.texts[f"{field.name}@{field.language}"], language=language)
        else:
            yield _localized(item.texts, field.name).in_(language)

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
        work = self.edition.index.works.get(_key(_place(change) if item.part == "tags" else item.id)[0])
        if work is None:
            return ""
        return work.record.witness_tag if field.name == "witness" else work.record.tag


def _order(field: FieldChange) -> tuple[int, bool]:
    """The place of a field among those of an item: that of its name in the list; others come last."""
    names = list(_FIELDS)
    return names.index(field.name) if field.name in names else len(names), bool(field.language)


def _names(release: Release) -> dict[str, Localized]:
    """Each code of an edition → its name."""
    return {item.id: _localized(item.texts, "name") for item in release.items if item.part == "codebook"}


def _localized(texts: Mapping[str, str], name: str) -> Localized:
    """A text of an item with its translations."""
    prefix = f"{name}@"
    found = {key.removeprefix(prefix): text for key, text in texts.items() if key.startswith(prefix)}
    return Localized(texts.get(name, ""), translations=found)


def _key(id_: str) -> Key:
    """The work and the block that an id names: ``wu#p12``."""
    work, _, block = id_.partition("#")
    return work, block


def _address(id_: str) -> str:
    """The address of an id of a ledger: itself, or that of a block of a text (``wu#p12``)."""
    return id_ if page_of(id_).endswith(".html") else addresses.anchor(_key(id_))


def _place(change: Change) -> str:
    """The page or the passage (``wu#p12``) under which a change is shown; empty in a part without them."""
    match change.item.part:
        case "prose":
            return page_of(change.item.id)
        case "tags":
            return TagId.read(change.item.id).passage
        case _:
            return ""


def _is_silent(change: Change) -> bool:
    """Whether nothing changed except that a text got a translation, or lost one."""
    return change.is_translation and not any(one.before and one.after for one in change.fields)


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
