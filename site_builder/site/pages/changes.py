"""The page of changes: what each edition changed, with the old and the new wording at each place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from site_builder.edition import addressed, addresses
from site_builder.edition.addressed import page_of
from site_builder.edition.changes import Change, Changes
from site_builder.edition.coded_items import TagId
from site_builder.edition.reasons import Explanation, Reasons, Scope, scope
from site_builder.language.message import Wording, msg, nmsg, pmsg
from site_builder.model import Localized, Work
from site_builder.site.pages.change_names import HOW, KINDS, PARTS
from site_builder.site.pages.changed_fields import Fields, key_of, localized
from site_builder.site.presenter import Presenter
from site_builder.site.views import (
    Changed,
    ChangedGroup,
    ChangedPart,
    Chip,
    Link,
    View,
    Why,
)


def changes(presenter: Presenter) -> Iterator[View]:
    """The page of changes (``changes.html``); none in a project without an earlier edition,
    unless its address is live in the ledger.

    Its facts: ``about``, the prose of the editors' page about it, or ``None``; ``editions``, for each edition
    with an earlier one, the newest first: ``before`` and ``after`` (version and date of both), ``id``, and
    ``parts``, those with changes.  Only counted are the items of a part that the earlier edition does not
    have, those of other coders than the one that the site shows, and texts of which only a translation into
    another language than that of the view differs.
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
        self.fields = Fields(presenter, found)
        self.former = {item.address: item.name for item in found.before.items if item.kind == "page"}
        self.titles: dict[str, Wording] = {}
        self.titles |= ((one.id, one.text) for one in addressed.published(presenter.project))
        self.titles |= (
            (addresses.apparatus(work.id), self._apparatus(work)) for work in presenter.project.works
        )
        self.pages = {page_of(item.id) for item in found.before.items if item.part == "prose"}

    def parts(self) -> Iterator[ChangedPart]:
        for part, counts in self.found.counts.items():
            every = self.found.of_part(part)
            shown = [one for one in every if part != "tags" or TagId.read(one.item.id).coder == self.coder]
            is_new = all(item.part != part for item in self.found.before.items)
            listed_here = [one for one in shown if not (is_new or _is_silent(one))]
            yield ChangedPart(
                id=f"_to-{self.found.after.edition}-{part}",
                name=PARTS[part],
                counts=(counts["added"], counts["removed"], counts["changed"]),
                is_new=is_new,
                at=self._at(part) if is_new else None,
                groups=tuple(self._groups(part, listed_here)),
                translations=0 if is_new else sum(map(_is_silent, shown)),
                others=tuple(self._others(every)) if part == "tags" else (),
                reasons=self._reasons(shown, "part"),
            )

    def _apparatus(self, work: Work) -> Wording:
        """The title of the page of the apparatus of a work, with the work if there are several."""
        page = self.edition.page_about("apparatus")
        title = page.title if page else msg("Apparatus")
        if self.edition.index.single_work:
            return title
        name = self.edition.work_names[work.id]
        return pmsg("a page of a work", "%(page)s (%(work)s)", page=title, work=name)

    def _at(self, part: str) -> Link | None:
        """A page that shows all of a part: the steps of the argument, or the coders."""
        address = {"edges": addresses.ARGUMENT, "coders": addresses.METHOD}.get(part, "")
        title = self.titles.get(address)
        return Link(text=title, href=address) if title else None

    def _others(self, every: Iterable[Change]) -> Iterator[tuple[Wording, int, int, int]]:
        """The numbers of changed items of each coder that the site does not show: tags, alternatives, and
        what the coder says of a passage.
        """
        found = [(TagId.read(one.item.id).coder, one.how) for one in every]
        for coder in dict.fromkeys(coder for coder, _ in found if coder != self.coder):
            how = [how for other, how in found if other == coder]
            name = self.edition.coders[coder].name if coder in self.edition.coders else Localized(coder)
            yield name, how.count("added"), how.count("removed"), how.count("changed")

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
                key = key_of(name)
                href = addresses.passage(key)
                yield ChangedGroup(title=self.fields.label(key), href=href, changes=rows, reasons=reasons)
            else:
                title = self.titles.get(name) or self.former.get(name) or name
                yield ChangedGroup(title=title, href=name, changes=rows, reasons=reasons)

    # changes

    def _new_page(self, every: list[Change]) -> Changed:
        """A page that the earlier edition does not have, without its words: they are all on the page."""
        blocks = sum(one.item.kind != "page" for one in every)
        kind = nmsg("A new page with %(count)s paragraph", "A new page with %(count)s paragraphs", blocks)
        return Changed(how=HOW["added"], kind=kind, reasons=self._reasons(every, "item"), items=len(every))

    def _changed(self, change: Change) -> Changed:
        item = change.item
        return Changed(
            how=HOW[change.how],
            name=self._name(change),
            href=self._href(change),
            kind=KINDS.get(item.kind, ""),
            code=item.id if item.part == "codebook" else "",
            chip=self._chip(item.name) if item.kind == "cell tag" else None,
            fields=tuple(self.fields.of(change)),
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
                return self.fields.label(key_of(item.id))
            case "emendation" | "note":
                return self.fields.label((key_of(item.id)[0], item.name))
            case "alternative" | "edge" | "page" | "tagging":
                return ""
            case "rule" | "heading" | "paragraph":
                return f"#{id_}"
            case "cell tag" | "entry tag":
                return self.fields.code(item.name, change)
            case _:
                return localized(item.texts, "name") or item.name

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
        if one.origin == "emendation":
            work, id_ = key_of(one.about)
            link = Link(text=f"#{id_}", href=f"{addresses.apparatus(work)}#{id_}")
            return Why(text=one.text, links=(link,))
        return Why(
            text=one.text,
            links=tuple(Link(text=into, href=_address(into)) for into in one.into),
            of_folder=one.origin == "editors" and one.about.endswith("/"),
        )


def _address(id_: str) -> str:
    """The address of an id of a ledger: itself, or that of a block of a text (``wu#p12``)."""
    return id_ if page_of(id_).endswith(".html") else addresses.anchor(key_of(id_))


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
