"""``edition.html``: every page of one script in one file, with the same anchors, and no script at all.

Pages are sections that follow each other, with everything unfolded, so that a reader can find any word and
print the whole.  The sections have the templates of the pages, so one style sheet
fits both; ``templates/onefile/section.html`` is around each of them.  :class:`Ids` says which id each part
has in the file.  A large project has a file for each work (:func:`volume`).  HTML Living Standard; the
policy that forbids all but its own style sheet is CSP Level 3.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Protocol, cast

from markupsafe import Markup

from site_builder.edition import addresses
from site_builder.edition.edition import Edition
from site_builder.formats import checksum
from site_builder.language.message import Wording, msg
from site_builder.model import Work
from site_builder.records import dataclass, replace
from site_builder.site import assets
from site_builder.site.holes import Content, NoLink
from site_builder.site.medium import Medium, PageRenderer, Rendered
from site_builder.site.views import COMMON, EVERYWHERE, MASTHEAD, View

_NEEDS_SCRIPT = (addresses.SEARCH, addresses.TRYOUT, addresses.COLLECTION)
"""Pages that are nothing without their script: they are left out."""
_PICTURE = "_picture-"
"""How the ids of pictures begin."""


def onefile(
    renderer: PageRenderer,
    views: Iterable[View],
    pages: Mapping[str, Rendered],
    sheets: Mapping[str, bytes],
    kept: str,
) -> bytes:
    """The file of one script, as HTML in UTF-8.

    It has a section for each page, in the order of ``views``, without the search page, the page for trying
    tags and that of the collection; a link to these has no address.  Its title and description are those of
    the first page.  A picture that several pages have is drawn on one of them, and the others lead to it.

    :param renderer: renders the pages of the site in this script.
    :param views: every page of the site, the home page first.
    :param pages: address → that page of the site; required for every page that is shown (else ``KeyError``).
    :param sheets: path → content; only the style sheets (``assets/page.css``…) are used.
    :param kept: the address of the page whose ids stay as they are.
    """
    shown = [view for view in views if view.address not in _NEEDS_SCRIPT]
    own = Ids.of({view.address: pages[view.address].ids for view in shown}, kept)
    return _begin(renderer, own, _whole(addresses.ONEFILE, shown[0].title, shown, False), pages, sheets)()


def shared_volumes(
    renderer: PageRenderer,
    edition: Edition,
    views: Iterable[View],
    pages: Mapping[str, Rendered],
    sheets: Mapping[str, bytes],
) -> dict[str, bytes]:
    """The files of a large project in one script, without those of its works: address → HTML in UTF-8.

    ``edition.html`` leads to the others: a file for the pages of no work, and one for each work
    (:func:`volume`).  The parts of lists (``works.2.html``) are in none of them.  The result has the keys
    ``edition.html`` and ``edition.pages.html``.  The parameters are those of :func:`onefile`, for the pages
    of no work: pages of works are left out.
    """
    own = Volumes.of(edition, pages)
    shown = [view for view in views if own.holds(view.address)]
    whole = _whole(addresses.ONEFILE_SHARED, msg("The pages of the editors"), shown, True)
    wait = _begin(renderer, own, whole, pages, sheets)
    return {
        addresses.ONEFILE: _index(renderer, own, edition, shown, sheets),
        addresses.ONEFILE_SHARED: wait(),
    }


def volume(
    renderer: PageRenderer,
    own: Volumes,
    work: Work,
    views: Iterable[View],
    pages: Mapping[str, Rendered],
    sheets: Mapping[str, bytes],
) -> bytes:
    """The file of one work of a large project in one script, as HTML in UTF-8.

    It has a section for each page of ``views``, in their order, without parts of lists.  Its title is that of
    the work, its description that of the first page.

    :param own: the names in all files.
    :param views: the pages of the work, at least one; the other parameters are those of :func:`onefile`.
    """
    shown = [view for view in views if own.holds(view.address)]
    whole = _whole(addresses.onefile(work.id), work.record.title, shown, True)
    return _begin(renderer, own, whole, pages, sheets)()


def _whole(address: str, title: Wording, shown: list[View], is_volume: bool) -> View:
    """A file of several pages, without them."""
    return View(
        template="onefile/book.html",
        address=address,
        title=title,
        description=shown[0].description,
        facts={"shown": shown, "is_volume": is_volume},
    )


def _begin(
    renderer: PageRenderer,
    own: Naming,
    whole: View,
    pages: Mapping[str, Rendered],
    sheets: Mapping[str, bytes],
) -> Callable[[], bytes]:
    """Begin to make one file; the result waits for it."""
    shown = cast("list[View]", whole.facts["shown"])
    elsewhere = _elsewhere({view.address: pages[view.address].ids for view in shown})
    book = renderer.for_medium(
        Medium(layout="onefile/section.html", href=own.href, name=own.name, key=own.digest)
    )
    values = {
        view.address: {"page_id": own.page(view.address), "name": own.second.get(view.address, "")}
        for view in shown
    }
    sections = {
        view.address: book.render(_section(view, *inside), **values[view.address]).text
        for view in shown
        if not elsewhere[view.address] and (inside := _content_in(pages[view.address].content, view, own))
    }
    others = [view for view in shown if view.address not in sections]
    rendered = book.begin(
        "section",
        ((view, {**values[view.address], "elsewhere": elsewhere[view.address]}) for view in others),
    )

    def wait() -> bytes:
        made = sections | {view.address: one.text for view, one in zip(others, rendered(), strict=True)}
        return _bound(book, whole, [_unfolded(made[view.address]) for view in shown], _style(sheets, shown))

    return wait


def _index(
    renderer: PageRenderer, own: Volumes, edition: Edition, shared: list[View], sheets: Mapping[str, bytes]
) -> bytes:
    """``edition.html`` of a large project: a line for each work and each page of no work, with the ids that
    they have in a file of all pages.

    So have the headings and passages of the work that was published first: their ids have no prefix there.
    """
    book = renderer.for_medium(
        Medium(layout="onefile/section.html", href=own.href, name=own.name, key=own.digest)
    )
    title, first = shared[0].title, edition.project.first_published
    section = View(
        template="onefile/volumes.html",
        address=addresses.ONEFILE,
        title=title,
        description="",
        facts={
            "shared": own.href(addresses.HOME, addresses.ONEFILE),
            "pages": [_line(own, view.address, view.title) for view in shared],
            "works": [
                (*_line(own, addresses.reading(work.id), work.record.title), len(work.passages))
                for work in edition.project.works
            ],
            "first": first.record,
            "blocks": [
                (block.id, own.href(addresses.anchor((first.id, block.id)), addresses.ONEFILE))
                for block in first.blocks
            ],
        },
    )
    whole = _whole(addresses.ONEFILE, title, shared, False)
    found = book.render(section, page_id="__edition", name="").text
    return _bound(book, whole, [found], _style(sheets, shared))


def _line(own: Volumes, address: str, title: Wording) -> tuple[str, str, str, Wording]:
    """A line of the index: its id, its second id, the link, and the title."""
    return own.page(address), _name(address), own.href(address, addresses.ONEFILE), title


def _bound(book: PageRenderer, whole: View, sections: list[str], style: str) -> bytes:
    """A file with its sections and its style sheet."""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    facts = {
        "sections": sections,
        "style": style,
        "digest": digest,
        "is_volume": whole.facts["is_volume"],
    }
    return book.page(replace(whole, facts=facts)).text.encode()


def _content_in(content: Content | None, view: View, own: Naming) -> tuple[str, str] | None:
    """The kind of a page, and what it says, with the links and ids of the file; ``None`` if it says something
    else in the file.
    """
    if content is None:
        return None
    try:
        return content.kind, content.filled(
            lambda address: own.href(address, view.address), lambda id_: own.name(view.address, id_)
        )
    except NoLink:
        return None


def _section(view: View, kind: str, content: str) -> View:
    """A section with what a page says."""
    return View(
        template="onefile/filled.html",
        address=view.address,
        title=view.title,
        description=view.description,
        facts={"kind": Markup(kind), "content": Markup(content)},
    )


def _elsewhere(ids: Mapping[str, Iterable[str]]) -> dict[str, dict[str, str]]:
    """Address of a page → its pictures that another page shows: the id of a picture → the address there.

    The page of all pictures shows only those that no other page has; otherwise the first page shows a
    picture.
    """
    own = {
        address: [one.removeprefix(_PICTURE) for one in found if one.startswith(_PICTURE)]
        for address, found in ids.items()
    }
    at: dict[str, str] = {}
    for address in sorted(own, key=lambda one: one == addresses.PICTURES):
        for one in own[address]:
            at.setdefault(one, f"{address}#{_PICTURE}{one}")
    return {
        address: {one: at[one] for one in found if not at[one].startswith(f"{address}#")}
        for address, found in own.items()
    }


def _unfolded(section: str) -> str:
    """A section with every ``<details>`` open.  Of those that share a name only one could be open."""
    return re.sub(r"<details\b[^>]*>", _opened, section)


def _opened(tag: re.Match[str]) -> str:
    without_name = re.sub(r' name="[^"]*"', "", tag[0])
    return without_name if re.search(r" open\b", without_name) else f"{without_name[:-1]} open>"


def _style(sheets: Mapping[str, bytes], views: Iterable[View]) -> str:
    """The style sheets of the screen, also of single kinds of pages, that of the file, and that of paper."""
    common = [*(name for name in EVERYWHERE if name != MASTHEAD), *COMMON]
    own = dict.fromkeys(style for view in views for style in view.styles)
    names = [*common, *(name for name in own if name not in common), f"{addresses.ASSETS}frame.css"]
    screen = "".join(sheets[name].decode() for name in names)
    paper = sheets[f"{addresses.ASSETS}print.css"].decode()
    return f"{screen}{assets.template('onefile/book.css')}@media print{{{paper}}}"


class Naming(Protocol):
    """Which id each page and each part of a page has in a file, and where links lead."""

    @property
    def second(self) -> Mapping[str, str]:
        """Address → the second id of the page; a page without one is left out."""
        ...

    @property
    def digest(self) -> str:
        """Differs from that of other names."""
        ...

    def page(self, address: str) -> str:
        """The id of a page."""
        ...

    def name(self, address: str, id_: str) -> str:
        """The id of a part of the page ``address``."""
        ...

    def href(self, address: str, here: str) -> str:
        """The link from a page to an address of the site; ``""`` if it leads nowhere."""
        ...


@dataclass(frozen=True, kw_only=True, slots=True)
class Volumes:
    """The names in the files of a large project, where each work has a file of its own.

    A page has the id ``__`` and its address without ``.html``.  Ids of the text of a work stay as they are
    (``p12``); an id of another page follows the id of that page (``__silence//n3``), so that it never depends
    on the ids of other pages.
    """

    works: frozenset[str]
    shared: Mapping[str, frozenset[str]]
    """Address of a page of no work → its ids."""

    @classmethod
    def of(cls, edition: Edition, pages: Mapping[str, Rendered]) -> Volumes:
        """The names of an edition: ``works`` has the ids of all works, ``shared`` the pages of no work.

        Pages of works, parts of lists, the search page, the page for trying tags and that of the collection
        are not in ``shared``.

        :param pages: address → page, at least of all pages of no work.
        """
        shared = {
            address: frozenset(page.ids)
            for address, page in pages.items()
            if edition.work_at(address) is None
            and address not in _NEEDS_SCRIPT
            and not addresses.is_part(address)
        }
        return cls(works=frozenset(work.id for work in edition.project.works), shared=shared)

    @property
    def second(self) -> Mapping[str, str]:
        """``{}``: no page has a second id, since the index of the files has them."""
        return {}

    @property
    def digest(self) -> str:
        """``volumes`` and the SHA-256 of the names, in 64 digits, with a space between.

        The order of the works and of the ids of a page makes no difference; that of the pages does.
        """
        found = {address: sorted(ids) for address, ids in self.shared.items()}
        return "volumes " + checksum(json.dumps([sorted(self.works), found]).encode())

    def holds(self, address: str) -> bool:
        """Whether a page is in one of the files: a page of a work, or a page of no work that is known.

        A part of a list, the search page, the page for trying tags and that of the collection are in none.
        Of a page of a work only the first step of the address counts, so whether it exists is not checked:
        ``canal`` is in the file of this work too.

        :param address: an address without a fragment.
        """
        return address in self.shared or (self._work(address) != "" and not addresses.is_part(address))

    def file(self, address: str) -> str:
        """The address of the file with a page: that of its work (``lu1923/work.edition.html``), or for any
        other page that of the pages of no work.

        The address of such a file itself is returned as it is.
        """
        if addresses.is_onefile(address):
            return address
        work = self._work(address)
        return addresses.onefile(work) if work else addresses.ONEFILE_SHARED

    @staticmethod
    def page(address: str) -> str:
        """The id of a page, as in :meth:`Ids.page`: ``lu1923/p12.html`` → ``__lu1923/p12``."""
        return Ids.page(address)

    def name(self, address: str, id_: str) -> str:
        """The id of a part of a page: ``__silence//n3``; on the reading page of a work its own id,
        ``p12``.  Whether the page has such a part is not checked.
        """
        work = self._work(address)
        return id_ if work and address == addresses.reading(work) else f"{self.page(address)}//{id_}"

    def href(self, address: str, here: str) -> str:
        """The link to an address of the site, in the same file or in another; ``""`` for a page in none.

        It is relative to the file with the page ``here``: from ``canal/p3.html`` to ``canal/index.html#p2``
        ``#p2``, to ``canal/p2.html`` ``#__canal/p2``, to ``method.html#b1``
        ``../edition.pages.html#__method//b1``.  The list of works (``works.1.html``) leads to
        ``edition.html``.  An id that a page of no work does not have leads to the page, and so does an empty
        one; ids of pages of works are not checked.
        """
        path, _, id_ = address.partition("#")
        file = self.file(here)
        if path == addresses.works():
            return addresses.relative(addresses.ONEFILE, file)
        if not self.holds(path):
            return ""
        known = bool(id_) and id_ in self.shared.get(path, (id_,))
        id_ = self.name(path, id_) if known else self.page(path)
        return addresses.relative(f"{self.file(path)}#{id_}", file)

    def _work(self, address: str) -> str:
        work = address.partition("/")[0]
        return work if work in self.works else ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Ids:
    """The id that each page and each part of a page has in the file.

    A page has the id ``__`` and its address without ``.html`` (``__grid/space``), which no author can write.
    The name of the page (``grid--depth``) is a second id, since readers may have cited it, where no part of a
    text has it.  Ids of ``kept``, the first text, stay as they are (``p12``).  An id of another page follows
    the name of that page (``silence--n3``); where a text has that id, it follows the id of the page and
    ``//`` (``__silence//n3``).
    """

    pages: frozenset[str]
    parts: Mapping[tuple[str, str], str]
    """(address, id there) → id here."""
    second: Mapping[str, str]
    """Address → its name, where that is free."""

    @classmethod
    def of(cls, pages: Mapping[str, Iterable[str]], kept: str) -> Ids:
        """The ids of a file that holds ``pages`` (address → ids), in their order.

        If ``kept`` is not among the pages, every id gets the name of its page as a prefix:
        ``grid--depth--b1``.  ``second`` has each page whose name no part has, also ``kept``.

        >>> ids = Ids.of({"index.html": ["a"], "lu1923/index.html": ["p1"]}, "lu1923/index.html")
        >>> ids.name("index.html", "a"), ids.name("lu1923/index.html", "p1")
        ('home--a', 'p1')
        """
        parts = {(kept, id_): id_ for id_ in pages.get(kept, ())}
        taken = set(parts.values())
        for address, ids in pages.items():
            for id_ in ids if address != kept else ():
                plain = f"{_name(address)}--{id_}"
                parts[(address, id_)] = f"{cls.page(address)}//{id_}" if plain in taken else plain
                taken.add(parts[(address, id_)])
        second: dict[str, str] = {}
        for address in pages:
            if _name(address) not in taken:
                second[address] = _name(address)
                taken.add(_name(address))
        return cls(pages=frozenset(pages), parts=parts, second=second)

    @property
    def digest(self) -> str:
        """``onefile`` and the SHA-256 of the ids, in 64 digits, with a space between; it differs for other
        ids, and for another order of them.
        """
        names = [(*of, id_) for of, id_ in self.parts.items()]
        return "onefile " + checksum(json.dumps([sorted(self.pages), names, [*self.second.items()]]).encode())

    @staticmethod
    def page(address: str) -> str:
        """The id of a page: ``grid/depth.html`` → ``__grid/depth``, ``lu1923/index.html`` → ``__lu1923``,
        ``index.html`` → ``__home``.  Whether the page exists is not checked.
        """
        return f"__{_stem(address)}"

    def name(self, address: str, id_: str) -> str:
        """The id of a part of the page ``address``: ``p12``, ``silence--n3``, or ``__silence//n3`` where the
        first text has ``silence--n3``.

        :raises KeyError: if the page has no such id, also for ``""``; the id of the page is that of
            :meth:`page`.
        """
        return self.parts[(address, id_)]

    def href(self, address: str, _here: str) -> str:
        """The link to an address of the site: ``#p12``, or ``#__grid/depth`` for a page.

        An id that the page does not have leads to the page, and so does an empty one (``grid/depth.html#``).
        A page that is not in the file gives ``""``, with any id.

        :param _here: is not used, since all links are within the file.
        """
        path, _, id_ = address.partition("#")
        return f"#{self.parts.get((path, id_), self.page(path))}" if path in self.pages else ""


def _name(address: str) -> str:
    """The name of a page: ``grid/depth.html`` → ``grid--depth``; ``lu1923/index.html`` → ``lu1923``."""
    return _stem(address).replace("/", "--")


def _stem(address: str) -> str:
    stem = address.removesuffix(".html")
    return "home" if stem == "index" else stem.removesuffix("/index")
