"""Page view → text.

The words of a template are messages, which the catalogue of the view has.  Every text that a template prints
is shown as the view shows it (:class:`.edition.locale.Locale`): converted, translated, or as it is, and then
marked with its language.  A value of type :class:`markupsafe.Markup` stays: it is markup already, or quotes a
form (``as_is``).

A template writes each id and each link of a page with a filter (``{{ "p1" | id }}``, ``{{ address | href }}``
give whole attributes).  So a :class:`.medium.Medium` can make a book of the same records: it says which
template is around a page, and what its ids and links are.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Any

from markupsafe import Markup, escape

from site_builder.citing import references
from site_builder.edition import addressed, addresses
from site_builder.edition.index import Key
from site_builder.edition.locale import Locale, turned_language
from site_builder.language import catalogue, east_asian, tags
from site_builder.language import language as languages
from site_builder.language.message import Message, Wording
from site_builder.model import Citation, Localized, Prose, Record, Work
from site_builder.model.text import InLanguage
from site_builder.records import replace
from site_builder.site import jsonld
from site_builder.site.holes import ADDRESS, HREF, ID, LINK, Content, Holes, filled, part, parts
from site_builder.site.medium import SITE, Job, Medium, Rendered
from site_builder.site.metadata import Metadata, metadata
from site_builder.site.navigation import Menu, has_all_kinds, here, menus, menus_in, navigation
from site_builder.site.pictures.drawer import Drawer, Layouts
from site_builder.site.pictures.picture import Form, Picture
from site_builder.site.presenter import Presenter
from site_builder.site.printing import Printer, as_markup
from site_builder.site.prose_html import HtmlWriter
from site_builder.site.tasks import FRAME, Results, Task, TaskContext
from site_builder.site.templating import Templates, templates
from site_builder.site.views import Marked, Twin, View

_ID = re.compile(r"(?<![\w&#-])[A-Za-z]+\d+(?![\w-])", re.ASCII)
"""What may be the id of a passage within a text."""
_MEDIA = 3
"""Renderers for other media that are kept: each book of a large project has a medium of its own."""
_OF_EDITION = ("has_cells", "has_relations", "has_history", "has_all_kinds", "rights", "works_at")
"""The values for all templates that depend on more than the record of the site."""


_WHOLE = r'<span class="whole">\g<0></span>'
_LONGEST_WHOLE = 24
"""Characters of a sign and a word that are kept on one line: more may not fit on a phone."""


@dataclass(kw_only=True, slots=True)
class _Page:
    """The page that is rendered, and what its templates have written so far.

    Filters know the page by it and take no context, so that a template of macros is run once for all pages.

    :param holes: its holes; ``None`` in other media than the site.
    :param links: an address → the attribute of a link to it.
    :param ids: the ids that it has, in their order.
    :param cited: the passages that its prose cites, as :class:`.medium.Rendered` has them.
    """

    address: str
    holes: Holes | None
    links: dict[str, Markup] = field(default_factory=dict)
    ids: dict[str, None] = field(default_factory=dict)
    cited: dict[Key, tuple[str, str, str]] = field(default_factory=dict)


class Renderer:
    """Renders the views of a project in one script, for one medium.

    ``submit`` begins with tasks; without it each view is rendered in this process.  ``with_menus`` are the
    menus of the pages, ``layouts`` those of the pictures of the view, and ``printer`` prints its texts in the
    syntax of the medium, where they are made already.
    """

    def __init__(
        self,
        presenter: Presenter,
        folder: Path,
        locale: Locale,
        *,
        medium: Medium = SITE,
        submit: Callable[[list[Task]], Results] | None = None,
        with_menus: tuple[Menu, ...] | None = None,
        layouts: Layouts | None = None,
        printer: Printer | None = None,
    ) -> None:
        self.presenter = presenter
        self.folder = folder
        self.locale = locale
        self.medium = medium
        self._printer = printer or Printer(locale, xml=medium.xml)
        self._drawer = Drawer(
            edition=presenter.edition,
            locale=locale,
            printer=self._printer,
            styled=medium.styled,
            layouts=layouts or Layouts(),
        )
        self._page = _Page(address="", holes=None)
        self._env = self._environment(folder)
        self._submit = submit
        self._titles: dict[Key, tuple[str, str, str]] = {}
        self._writers: dict[str, HtmlWriter] = {}
        self._places: dict[str, list[dict[str, Wording]]] = {}
        self._menus = menus(presenter) if with_menus is None else with_menus
        self._menus_in: dict[str, tuple[Menu, ...]] = {}
        self._media = {medium.key: self}

    def for_medium(self, medium: Medium) -> Renderer:
        """The renderer of the same project and script for another medium; this one stays as it is.

        For the medium of this renderer it is this one.  Media are compared by ``key``.  Those of the last
        four other media are kept, and are the same objects again.
        """
        if medium.key not in self._media:
            for key in [*self._media][1:-_MEDIA]:
                del self._media[key]
            self._media[medium.key] = Renderer(
                self.presenter,
                self.folder,
                self.locale,
                medium=medium,
                submit=self._submit,
                with_menus=self._menus,
                layouts=self._drawer.layouts,
                printer=self._printer if medium.xml == self._printer.xml else None,
            )
        return self._media[medium.key]

    def _environment(self, folder: Path) -> Templates:
        env = templates(folder, self._printer)
        env.filters |= {
            "lang": self._printer.lang_of,
            "turned": self._printer.turned_of,
            "isolated": self._printer.isolated,
            "as_language": self._as_language,
            "shown_language": self._shown_language,
            "for_programs": self._for_programs,
            "direction": lambda tag: languages.of(tag).direction,
            "of": _of,
            "language_name": _language_name,
            "own_name": lambda tag: catalogue.name(tag, ""),
            "own": Localized,
            "plain": self._printer.plain,
            "glosses": self._printer.glosses,
            "number": self.locale.catalogue.number,
            "date": self.locale.catalogue.date,
            "here": self._here,
            "href": self._href,
            "id": self._id,
            "headers": self._headers,
            "where_linked": self._where_linked,
            "passages": self._passages,
            "shared": self._shared,
            "set": self._set,
            "inline": self._inline,
            "marked": self._marked,
            "as_is": self._as_is,
            "as_url": _as_url,
            "verbatim": escape,
            "json": _json,
            "words": self._words,
            "drawn": self._drawn,
            "sample": self._drawer.sample,
            "in_whole_words": self._in_whole_words,
        }
        env.globals |= {
            "on_site": self._is_on_site,
            "site": self.presenter.project.site,
            "converted": self.locale.is_converted,
            "first": self.locale.is_first,
            "translated": self.locale.is_translated,
            "lang": self.locale.page_language,
            "direction": self._printer.direction,
            "turned": turned_language(self.presenter.project),
            "gap": " " if languages.of(self.locale.page_language).spaced else "",
            "arrow": "←" if self._printer.direction == "rtl" else "→",
            "language": self.locale.language,
            "text_language": self.locale.language_of(""),
            "folder": self.locale.folder,
            "tagged_by": self.presenter.tagged_by,
            "has_cells": bool(self.presenter.index.cells),
            "has_relations": bool(self.presenter.edition.relations),
            "has_history": addressed.has_history(self.presenter.project),
            "has_all_kinds": has_all_kinds(self.presenter),
            "rights": self._rights(),
            "most_numbers": self.presenter.edition.sizes.numbered,
            "works_at": "" if self.presenter.edition.has_few_works else addresses.works(),
            "suffix": self.locale.suffix,
            "quotation_marks": "".join(chain(*languages.of(self.locale.page_language).quotes)),
        }
        return env

    def page(self, view: View) -> Rendered:
        """A whole page, with the metadata in its head.  Its layout is that of the medium.

        ``ids`` of the result are the ids that the template wrote, as in the view.  A value that a template
        needs and does not get raises ``jinja2.UndefinedError``.
        """
        whole, values = self.whole(view)
        return self.render(whole, **values)

    def whole(self, view: View) -> tuple[View, dict[str, Any]]:
        """A view and the values for its templates, by name: ``render(view, **values)`` gives the same as
        :meth:`page`.

        The view is the given one; only its description is that of the site, if only this is in the language
        of the page.

        The values are ``canonical``, the full address of the page; ``alternates``, a tuple of (language, full
        address) of the page in each view, and ``x-default`` at the end; ``twins``, a list of the page in each
        other view; ``links``, ``metas`` and ``json_ld``, the metadata of the head.  Without an address of the
        site ``canonical`` is ``""`` and ``alternates`` is ``()``; the others stay.
        """
        view = replace(view, description=self._description(view))
        found = metadata(self.presenter.edition, view, self.locale)
        return view, {
            "twins": self._twins(view),
            "canonical": found.canonical,
            "alternates": found.alternates,
            "links": found.links,
            "metas": self._metas(found),
            "json_ld": Markup(jsonld.text(found.data, self.locale.say)),
        }

    def begin(
        self, kind: str, jobs: Iterable[Job], names: Iterable[str] = ()
    ) -> Callable[[], list[Rendered]]:
        """Begin to render several views, each as :meth:`render` does; the result waits for them, and gives
        the pages in the order of ``jobs``.

        Without ``submit`` the pages are rendered when the result is called.  No views give ``[]``.

        :param kind: what they are, for the counts of the build.
        :param names: the names of their tasks, in the order of ``jobs``.  A task without one, or with ``""``,
            has the path of its page in the site (``hans/canal/p2.html``).
        """
        if self._submit is None:
            return lambda: [self.render(view, **values) for view, values in jobs]
        named = iter(names)
        return self._submit([self.task(kind, view, values, next(named, "")) for view, values in jobs])

    def task(self, kind: str, view: View, values: Mapping[str, Any], name: str = "") -> Task:
        """The task that renders a view, as :meth:`render` does.  Its scope is the frame of the edition.

        :param kind: what it is, for the counts of the build.
        :param name: the name of the task; without one it is the path of the page in the site
            (``hans/canal/p2.html``).
        """
        folder = self.locale.folder
        return Task(
            kind=kind,
            name=name or addresses.in_tree(view.address, folder),
            function=rendered,
            shared=self.medium,
            arguments=(folder, view, values),
            scope=FRAME,
            also=(
                self.medium.key,
                self._navigation(view.address),
                self._menus_at(view.address)[0] if not self.presenter.edition.has_few_works else None,
                self.presenter.ended_anchors(view.address),
                None if self.medium.styled else [*self.presenter.edition.paints.values()],
            ),
            holds=same_titles,
        )

    def _description(self, view: View) -> Wording:
        """The description of a page; that of the site, if only that is in the language of the page."""
        of_site = self.presenter.project.site.description
        if self.locale.foreign(view.description) and not self.locale.foreign(of_site):
            return of_site
        return view.description

    def _twins(self, view: View) -> list[Twin]:
        """The same page in the other views."""
        views, page = self.presenter.project.site.views, self.locale.page_language

        def called(language: str) -> Message | str:
            known = catalogue.short_name(language).isascii() or tags.same_language(language, page)
            return "" if known else catalogue.language_name(language)

        return [
            Twin(
                language=other.language,
                name=catalogue.name(other.language, page),
                short=catalogue.short_name(other.language),
                called=called(other.language),
                href=addresses.twin(view.address, self.locale.folder, other.folder),
            )
            for other in views
            if other.folder != self.locale.folder
        ]

    def render(self, view: View, **values: object) -> Rendered:
        """A view in the layout of the medium, without the metadata of :meth:`page`.

        ``ids`` of the result are the ids that the template wrote, each once, as in the view and not as the
        medium names them.  A value that a template needs and does not get raises ``jinja2.UndefinedError``.

        :param values: further values for the templates, by name; they and the facts of the view must differ
            in name.
        """
        page = self._page = _Page(address=view.address, holes=Holes() if self.medium is SITE else None)
        text = self._env.get_template(view.template).render(
            view=view,
            part=Markup(part()) if page.holes else "",
            address=view.address,
            layout=self.medium.layout,
            ended_anchors=self.presenter.ended_anchors(view.address),
            nav=self._navigation(view.address),
            menus=(found := self._menus_at(view.address)),
            current=here(found, view.address, view.section),
            own_rights=self._own_rights(view.address),
            **values,
            **view.facts,
        )
        ids, cited = tuple(page.ids), tuple(page.cited.items())
        if page.holes is None:
            return Rendered(text=text, ids=ids, cited=cited)
        named = tuple(page.holes.numbers)
        return Rendered(
            text=self._on_site(text, named, view.address),
            ids=ids,
            cited=cited,
            content=_content(text, named) if page.holes.shared else None,
        )

    def _on_site(self, text: str, values: tuple[str, ...], here: str) -> str:
        """A page of the site, with its links and ids."""
        return filled(
            "".join(parts(text)),
            values,
            lambda address: self.medium.href(address, here),
            lambda id_: self.medium.name(here, id_),
        )

    def _navigation(self, address: str) -> list[dict[str, Wording]]:
        """The places of the site, as seen from a page: in the folder of a work, the parts of that work."""
        work = self._work_at(address)
        id_ = work.id if work else ""
        if id_ not in self._places:
            self._places[id_] = navigation(self.presenter, work)
        return self._places[id_]

    def _menus_at(self, address: str) -> tuple[Menu, ...]:
        """The menus of a page; in a large project the pages of a work have its parts, too."""
        edition = self.presenter.edition
        work = None if edition.has_few_works else edition.work_at(address)
        if work is None:
            return self._menus
        if work.id not in self._menus_in:
            self._menus_in = {work.id: menus_in(self.presenter, self._menus, work)}  # pages come by work
        return self._menus_in[work.id]

    def _rights(self) -> tuple[Wording, ...]:
        """The rights that the foot of every page names: those of each work once, unless works are many."""
        edition = self.presenter.edition
        works = edition.project.works if edition.has_few_works else ()
        return tuple(dict.fromkeys(work.record.rights_short for work in works))

    def _own_rights(self, address: str) -> Wording:
        """The rights of the work of a page of a large project; ``""`` for another page, and few works."""
        edition = self.presenter.edition
        work = None if edition.has_few_works else edition.work_at(address)
        return work.record.rights_short if work else ""

    def _work_at(self, address: str) -> Work | None:
        """The work that a page belongs to: that of its folder, or the only one."""
        edition = self.presenter.edition
        return edition.work_at(address) or edition.index.works.get(edition.index.single_work)

    def _metas(self, found: Metadata) -> list[tuple[str, str, str]]:
        """(attribute, name, content) of each ``<meta>``, in the language of the view."""
        return [
            (meta.attribute, meta.name, escape(self._content(meta.content, fixed=meta.fixed)))
            for meta in found.metas
        ]

    def _content(self, content: Wording, *, fixed: bool) -> Wording:
        return content if fixed else self.locale.say(content)

    # the words of the interface

    def _as_language(self, language: str) -> Markup:
        return self._printer.lang(language)

    # filters

    def _shown_language(self, language: str) -> str:
        """The language in which the view shows a text of a language."""
        return self.locale.language_of(Localized("", language=language))

    def _for_programs(self, entry: str) -> str:
        """An entry for citation programs, which names the language in which the view shows its words."""
        return references.with_languages(entry, self._shown_language)

    def _here(self, address: str) -> Markup:
        """An address of the site, as seen from this page."""
        return escape(addresses.relative(address, self._page.address))

    def _href(self, address: str) -> Markup:
        """The attribute of a link to an address of the site; nothing where the link leads nowhere."""
        page = self._page
        known = page.links.get(address)
        if known is None:
            if page.holes is not None:
                attribute = page.holes.hole(HREF, address)
            else:
                found = self.medium.href(address, page.address)
                attribute = f' href="{escape(found)}"' if found else ""
            known = page.links[address] = as_markup(attribute)
        return known

    def _link(self, address: str) -> str:
        """A link to an address of the site as seen from this page, or ``""`` where it leads nowhere."""
        page = self._page
        return page.holes.hole(ADDRESS, address) if page.holes else self.medium.href(address, page.address)

    def _where_linked(self, text: str, address: str) -> Markup:
        """A part of a page that is only there where an address leads somewhere."""
        return Markup(self._only_linked(address, text))

    def _only_linked(self, address: str, text: str) -> str:
        page = self._page
        if page.holes is not None:
            return page.holes.where_linked(address, text)
        return text if self.medium.href(address, page.address) else ""

    def _is_on_site(self) -> bool:
        """Whether the page is rendered for the site; then it is rendered for each other medium again."""
        if self._page.holes is not None:
            self._page.holes.shared = False
        return self.medium is SITE

    def _id(self, id_: str) -> Markup:
        """The attribute of an id of this page."""
        return as_markup(f' id="{escape(self._named(id_))}"')

    def _headers(self, ids: list[str]) -> Markup:
        """The attribute of a field of a table that names its headers by their ids."""
        names = " ".join(self._name(id_) for id_ in ids)
        return Markup(f' headers="{escape(names)}"')

    def _passages(self, text: Wording) -> Markup:
        """A text in which the id of a passage of the page's work (``p29``) becomes a link with its number."""
        edition, work = self.presenter.edition, self._work_at(self._page.address)
        shown = str(escape(self._printer.printed(text)))
        known = {passage.id for passage in work.passages} if work else set()

        def linked(found: re.Match[str]) -> str:
            if work is None or found[0] not in known:
                return found[0]
            key = (work.id, found[0])
            address = addresses.passage(key)
            start = self._only_linked(address, f'<a href="{escape(self._link(address))}">')
            label = escape(self.locale.say(edition.passage_label(key, work.id)))
            return f"{start}{label}{self._only_linked(address, '</a>')}"

        return Markup(_ID.sub(linked, shown))

    def _named(self, id_: str) -> str:
        self._page.ids[id_] = None
        return self._name(id_)

    def _name(self, id_: str) -> str:
        """An id of this page in the medium."""
        page = self._page
        return page.holes.hole(ID, id_) if page.holes else self.medium.name(page.address, id_)

    def _shared(self, address: str) -> Markup:
        """The address of a file that both scripts share, as seen from this page."""
        return escape(addresses.shared(address, self._page.address, self.locale.folder))

    def _set(self, text: Prose) -> Markup:
        """The editors' prose, with an id on every sentence."""
        writer = self._writer_of(text)
        if translated := self.locale.translation(text):
            return Markup(writer.translation(translated, text))
        if self._printer.lang_of(text):
            writer = replace(writer, language_of_page=self._printer.lang(self.locale.page_language))
        return Markup(writer.prose(text))

    def _inline(self, text: Prose) -> Markup:
        """The editors' prose without ids, for its second place on a page."""
        shown = self.locale.translation(text) or text
        return Markup(self._writer_of(text).prose(shown, ids=False))

    def _writer_of(self, text: Prose) -> HtmlWriter:
        """What writes a text of the editors' prose, in the language in which the view shows it."""
        language = self.locale.language_of_prose(text)
        found = self._writers.get(language)
        if found is None:
            found = self._writers[language] = replace(
                self._writer, text=lambda words: self._printer.in_prose(InLanguage(words, language))
            )
        return found

    def _marked(self, text: Marked) -> Markup:
        """A passage or heading with its sentences and evidence marked.

        A translated view has no switch that shows what the conversion loses, and no marks of it.
        """
        if self.locale.is_translated:
            text = replace(text, ranges=tuple(one for one in text.ranges if not one.is_loss))
        return Markup(self._writer.marked(text))

    def _in_whole_words(self, sentence: Wording) -> Markup:
        """A sentence whose lines never end within the name of a cell that is one word, between the sign of a
        cell and the first word of its name, or between a number and the Han character that follows it.
        """
        shown = escape(self._printer.printed(sentence))
        return Markup(self._whole_words.sub(_WHOLE, str(shown)))

    @cached_property
    def _whole_words(self) -> re.Pattern[str]:
        """What one line holds: the first word of the name of each cell, also after its sign, in the language
        of the view; a number with a Han character, a measure word or what is counted.
        """
        found = []
        for cell in self.presenter.project.grid.cells:
            sign, name = (
                str(escape(self.locale.say(words)))
                for words in (self.presenter.edition.sign(cell), cell.name)
            )
            word = name.partition(" ")[0]
            if sign and len(sign) + len(word) <= _LONGEST_WHOLE:
                found.append(f"{re.escape(sign)} ?{re.escape(word)}")
            if 1 < len(word) <= _LONGEST_WHOLE // 2:
                found.append(re.escape(word))
        return re.compile("|".join((*found, east_asian.COUNTED)))

    def _drawn(self, picture: Picture, form: Form) -> Markup:
        """A picture in one of its forms."""
        if (holes := self._page.holes) is not None:  # a mark that leads nowhere is drawn in another way
            return self._drawer.drawn(picture, form, lambda address: holes.hole(LINK, address))
        return self._drawer.drawn(picture, form, self._href)

    def file(self, picture: Picture) -> bytes:
        """A picture as an SVG file of its own, in its first form; it has no links, since it is made to be
        taken elsewhere.
        """
        return self._drawer.file(picture, lambda _: "")

    def _words(self, words: dict[str, Wording]) -> Markup:
        """Words for a script to show, in an attribute."""
        return _json({name: self.locale.say(word) for name, word in words.items()})

    @cached_property
    def _writer(self) -> HtmlWriter:
        """What writes the prose of the page that is rendered."""
        prose = self.presenter.project.site.language
        return HtmlWriter(
            convert=self.locale.convert,
            say=self.locale.say,
            href=self._link,
            where_linked=self._only_linked,
            name=self._named,
            cited=self._cited,
            target=self._address,
            xml=self.medium.xml,
            language=prose,
            characters=self._printer.characters if languages.of(prose).spaced else "",
        )

    def _as_is(self, text: str, language: str) -> Markup:
        """A form quoted as a form, in its language: never converted, and so marked."""
        return Markup(self._writer.form(text, language))

    def _cited(self, citation: Citation) -> tuple[str, str, str]:
        """Address, number and title of the passage that is cited, as this page gives them."""
        key = self.presenter.index.cited(citation)
        found = self._page.cited[key] = self.title_of(key)
        return found

    def title_of(self, key: Key) -> tuple[str, str, str]:
        """(address, number, title) of a passage, in the language of the view, as (``canal/p2.html``, ``1``,
        ``第 1 段：…``).

        If there are several works, number and title have the title of the work: ``〈堤〉1``.

        :raises KeyError: if there is no such passage.
        """
        found = self._titles.get(key)
        if found is None:
            number = self.locale.say(self.presenter.edition.passage_number(key))
            title = self.locale.say(self.presenter.passage_title(key))
            found = self._titles[key] = (addresses.passage(key), number, title)
        return found

    @property
    def surroundings(self) -> object:
        """What is the same on all pages of the view, apart from the record of the site.

        It is a tuple: the language and the folder of the view, the menus, whether there are cells, relations,
        a history and all kinds of codes, the rights that every page names, and the address of the list of
        works (``""`` unless the project has many).
        """
        return self.locale.language, self.locale.folder, self._menus, *map(self._env.globals.get, _OF_EDITION)

    def _address(self, target: str) -> str:
        """The address of what a link of the prose names, or nothing."""
        kind, _, id_ = target.partition(":")
        if kind == "page":
            return addresses.page(self.presenter.index.pages[id_], self.presenter.edition.subjects)
        return self.presenter.edition.subjects.get(target, "")


def rendered(
    context: TaskContext, medium: Medium, folder: str, view: View, values: dict[str, Any]
) -> Rendered:
    """What :meth:`Renderer.render` gives, in the view of the site in ``folder`` and for a medium.

    :param folder: ``""`` for the first view.
    :raises KeyError: if no view has the folder.
    """
    renderer: Renderer = context.renderers[folder]
    return renderer.for_medium(medium).render(view, **values)


def same_titles(context: TaskContext, folder: str, found: Rendered) -> bool:
    """Whether the passages that a page cites still have the address, number and title that it gives them.

    False also if one of them no longer exists; true for a page that cites none.
    """
    renderer: Renderer = context.renderers[folder]
    known = context.edition.index.passages
    return all(key in known and renderer.title_of(key) == shown for key, shown in found.cited)


def _content(text: str, values: tuple[str, ...]) -> Content | None:
    """What a page says, for other media; ``None`` if it names no parts for them."""
    found = parts(text)
    if len(found) == 1:
        return None
    _, kind, _, content, _ = found
    return Content(kind=kind, text=content, values=values)


def _language_name(what: Record | InLanguage) -> Message | str:
    """The name of the language of a work, or of a text."""
    return catalogue.language_name(what.language)


def _of(text: str, record: Record) -> Localized:
    """Words of a work, which are in its language."""
    return Localized(text, language=record.tag)


def _as_url(address: str) -> Markup:
    """An address, which is never converted."""
    return escape(address)


def _json(value: object) -> Markup:
    """Data for a script, in an attribute; never converted."""
    return escape(json.dumps(value, ensure_ascii=False, separators=(",", ":")))
