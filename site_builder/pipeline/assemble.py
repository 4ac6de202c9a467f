"""Assembles the site of an edition: its pages in every view, and the files of every format.

::

    data for scripts, formats of tags
      └> pages in every view ──> books and the one-page file ─> summary files ─> archive
                                                                 summary files again <─┘

The summary files (checksums, crate, download page) list all other files.  The archive of the site holds
them, and no archive can hold its own checksum.  So they are made twice: without the archive, for the
copy inside it; and with it, for the site.
"""

from __future__ import annotations

from collections import ChainMap, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from itertools import groupby
from types import MappingProxyType
from typing import cast

from site_builder.edition import addresses, paths
from site_builder.edition.edition import Edition
from site_builder.edition.locale import Locale, converted, locales
from site_builder.formats import catalogue, makers, onefile
from site_builder.formats.files import Files, FileStore, InMemory
from site_builder.formats.format import FILES, PAGES, SITE, TAGS, Format, Material
from site_builder.model import Passage, Work
from site_builder.site import assets, discovery, elsewhere, pages
from site_builder.site.medium import Rendered
from site_builder.site.navigation import Menu, menus
from site_builder.site.pages import about, citing, panel, text
from site_builder.site.pages.planned import Planned
from site_builder.site.presenter import Presenter
from site_builder.site.render import Renderer, same_titles
from site_builder.site.script_data import cards, panels, previews, search, texts, tryout
from site_builder.site.tasks import Done, Engine, Group, Results, Serial, Task, TaskContext, of_work
from site_builder.site.views import View

Say = Callable[[str], None]
_BEGUN = 4  # works whose volumes are begun and not yet taken


class Assembler:
    """Assembles one edition.  ``say`` is called with the name of each step as it begins.

    ``engine`` does what takes long: the pages, and the formats that are made from the tags.  The assembler is
    the context of its tasks.  ``files`` gets the files of the site.
    """

    def __init__(
        self, edition: Edition, say: Say, engine: Engine | None = None, files: FileStore | None = None
    ) -> None:
        self.edition = edition
        self.presenter = Presenter(edition)
        self.say = say
        self.locales = locales(edition.project)
        self.files = InMemory() if files is None else files
        self._engine = engine or Serial()
        self._made: Mapping[str, View] = {}
        """The views that were made, by their addresses."""
        self._indexes: dict[str, Mapping[int, bytes]] = {}

    @cached_property
    def renderers(self) -> dict[str, Renderer]:
        """The folder of a view → the renderer of its pages."""
        return {locale.folder: self.renderer(locale.folder) for locale in self.locales}

    def renderer(self, folder: str) -> Renderer:
        """A new renderer of the pages of the view in a folder."""
        locale = next(one for one in self.locales if one.folder == folder)
        return Renderer(self.presenter, assets.TEMPLATES, locale, submit=self._submit, with_menus=self._menus)

    @cached_property
    def _menus(self) -> tuple[Menu, ...]:
        """The menus, which are the same in all views."""
        return menus(self.presenter)

    @cached_property
    def views(self) -> tuple[View, ...]:
        """The pages of the site; the download page lists nothing yet."""
        found = tuple(pages.views(self.presenter))
        self._made = {view.address: view for view in found}
        return found

    @cached_property
    def known(self) -> tuple[object, ...]:
        """The views of pages, and what each of them shows; a large project has too many."""
        if not self.edition.is_one_book:
            return ()
        return tuple(value for view in self.views for value in (view, *view.facts.values()))

    def alone(self) -> None:
        """Do all further tasks in this process."""
        self._engine = Serial()

    def _submit(self, tasks: Sequence[Task]) -> Results:
        return self._engine.submit(self, tasks)

    def site(self) -> Material:
        """Every file of the site, and which of them are of which format.

        ``files`` has pages, style sheets, data for scripts and exports; ``formats`` has only the exports.
        """
        self.say("exporting")
        exports = self._begin_exports()
        scripts = self._begin_script_data()
        self.say("rendering the pages")
        found = self._pages()
        self.files.update({**scripts(), **found.panels, **found.cards})
        material = self._with_formats(replace(self.material(), files=self.files.view()), TAGS, exports())
        material = self._with_pages(material, found.pages)
        self.say("making the books")
        material = self._with_formats(material, PAGES, more=found.volumes)
        self.say("packing")
        return self._with_summaries(self._with_archive(material))

    def of_format(self, form: Format) -> Files:
        """The files of one format.  If it is made from the tags alone, nothing else is made.

        For any other format the whole site is made.  ``{}`` if the format has no file.
        """
        if form.rests_on == TAGS:
            return form.make(self.material())
        site = self.site()
        return {name: site.files[name] for name, found in site.formats.items() if found is form}

    def material(self) -> Material:
        """What formats are made from, before there is any file: ``views``, ``pages``, ``files`` and
        ``formats`` are empty.
        """
        return Material(
            edition=self.edition,
            converted=converted(self.locales),
            reading=self.reading_page,
            renderers=self.renderers,
        )

    def reading_page(self, work: Work) -> str:
        """The reading page of a work in the first view, as HTML: the same text as on the site."""
        return self.renderers[""].page(text.reading(self.presenter, work)).text

    def _with_formats(
        self,
        material: Material,
        rests_on: str,
        ready: Mapping[str, Files] = MappingProxyType({}),
        more: Sequence[str] = (),
    ) -> Material:
        """A new material, with the files of all formats that are made from ``rests_on``; existing files
        stay.

        :param rests_on: ``tags`` or ``pages``; another word adds nothing.
        :param ready: the files of formats that are made already, by their ids.
        :param more: the paths of further files of formats, which are among the files already.
        """
        files, formats = catalogue.made(material, rests_on, ready)
        self.files.update(files)
        others = {name: form for name in more if (form := catalogue.at(name)) is not None}
        return replace(material, formats={**material.formats, **formats, **others})

    def _begin_exports(self) -> Callable[[], dict[str, Files]]:
        """Begin with the formats that are made from the tags: the id of each → its files."""
        names = [form.id for form in catalogue.FORMATS if form.rests_on == TAGS]
        made = self._submit(
            [Task(kind="format", name=name, function=exported, arguments=(name,)) for name in names]
        )
        return lambda: dict(zip(names, made(), strict=True))

    def _begin_script_data(self) -> Callable[[], dict[str, bytes]]:
        """Begin with the data for the scripts of pages: path → content.

        Previews and search have a file for each view, with its folder in the name: ``data/previews.js`` and
        ``data/search.js`` for the first view, ``data/search-hans.js`` for another; so have the panels of the
        passages.  ``data/try.js`` and ``data/texts.js`` are for all views; ``data/texts-hans.js`` has the
        texts as another view shows them.  If the text may not be published, all leave it out.
        """
        files = self.script_files
        made = self._submit(
            [
                Task(kind="data", name=name, function=script_data, arguments=(kind, folder))
                for name, (kind, folder) in files.items()
            ]
        )
        return lambda: dict(zip(files, made(), strict=True))

    @cached_property
    def script_files(self) -> dict[str, tuple[str, str]]:
        """The files of :meth:`_begin_script_data`: path → the arguments of :func:`script_data`."""
        kinds = [("try.js", "tryout", ""), ("texts.js", "texts", "")]
        for work in self.edition.project.works if self.edition.has_parts_of_data else ():
            kinds.append((f"texts/{work.id}.js", f"texts of {work.id}", ""))
            for one in self.locales:
                name = f"previews{one.suffix}/{work.id}.js"
                kinds.append((name, f"previews of {work.id}", one.folder))
        for one in self.locales:
            if one.folder:
                kinds.append((f"texts{one.suffix}.js", "shown", one.folder))
            kinds.append((f"previews{one.suffix}.js", "previews", one.folder))
            if not self.edition.has_parts_of_data:
                kinds.append((f"search{one.suffix}.js", "search", one.folder))
                continue
            kinds.append((f"search{one.suffix}.js", "search head", one.folder))
            for number in range(1, len(search.parts(self.presenter)) + 1):
                kinds.append((f"search{one.suffix}/{number}.js", f"search part {number}", one.folder))
            for number in range(search.BUCKETS):
                name = f"search{one.suffix}/index-{number}.js"
                kinds.append((name, f"search index {number}", one.folder))
        return {addresses.DATA + name: (kind, folder) for name, kind, folder in kinds}

    @cached_property
    def earlier_texts(self) -> Mapping[str, list[tuple[str, str]]]:
        """The texts of passages in earlier editions."""
        return texts.earlier_texts(self.edition.project)

    def search_index(self, locale: Locale) -> Mapping[int, bytes]:
        """The files of the index of the search in a view of a large project, by their numbers."""
        if locale.folder not in self._indexes:
            self._indexes[locale.folder] = search.index_files(self.presenter, locale)
        return self._indexes[locale.folder]

    def _pages(self) -> _Pages:
        """The pages, and what a reading page loads on demand."""
        found = _Pages()
        if self.edition.is_one_book:
            _ = self.views  # the processes begin with them
        groups = list(self._groups())
        begun: deque[Results] = deque()
        done = zip(groups, self._engine.unfold(self, [group for _, group in groups]), strict=True)
        for work, own in groupby(done, key=lambda one: one[0][0]):
            for _, tasks in own:
                for one in tasks:
                    found.add(one)
            if work is not None and not self.edition.is_one_book:
                begun.append(self._begin_volumes(found, work))
                self.files.update(found.of_work(work))
                self._end_volumes(found, begun, left=_BEGUN)
        self._end_volumes(found, begun, left=0)
        if self.edition.is_one_book:
            found.panels = {name: found.panels[name] for name in self._panel_files()}
        return found

    def _begin_volumes(self, found: _Pages, work: Work) -> Results:
        """Begin with the books and the files of all pages of a work, in every view."""
        shared = found.pages
        tasks = []
        for folder in self.renderers:
            own = onefile.Volumes.of(self.edition, shared[folder])
            rendered = {
                address: page for address, page in shared[folder].items() if address.startswith(f"{work.id}/")
            }
            tasks.append(
                Task(
                    kind="volume",
                    name=addresses.in_tree(addresses.onefile(work.id), folder),
                    function=volumes,
                    arguments=(folder, work.id, own, rendered),
                    scope=of_work(work.id),
                    also=self._elsewhere(work),
                )
            )
        return self._submit(tasks)

    def _end_volumes(self, found: _Pages, begun: deque[Results], left: int) -> None:
        """Wait for volumes, until no more than ``left`` works are begun."""
        while len(begun) > left:
            for files in begun.popleft()():
                self.files.update(files)
                found.volumes.extend(files)

    def _panel_files(self) -> Iterator[str]:
        """The paths of all panels, by view of the site and work."""
        for renderer in self.renderers.values():
            for work in self.edition.project.works:
                for passage in work.passages:
                    yield panels.file(work.id, passage.id, renderer.locale.suffix)

    def _groups(self) -> Iterator[tuple[Work | None, Group]]:
        """The groups of pages, with their works: those of no work, then one for each page of a work, with the
        panel of its passage.

        Small groups depend on little, so that little is made again.
        """
        for name in pages.PLANS:
            yield None, Group(name=name, function=shared_tasks, arguments=(name,), holds=same_titles)
        everywhere = elsewhere.shown(self.edition)
        for work in self.edition.project.works:
            passages = {addresses.passage((work.id, one.id)): one.id for one in work.passages}
            for page in pages.plan_of_work(self.presenter, work):
                passage = passages.get(page.address)
                also = elsewhere.of_passage(self.edition, (work.id, passage)) if passage else ()
                group = Group(
                    name=page.address,
                    function=work_tasks,
                    arguments=(work.id, page.address),
                    scope=of_work(work.id),
                    also=(everywhere, also),
                    holds=same_titles,
                )
                yield work, group

    def _elsewhere(self, work: Work) -> object:
        """What all pages of a work show of other works."""
        own = tuple(elsewhere.of_passage(self.edition, (work.id, one.id)) for one in work.passages)
        return elsewhere.shown(self.edition), own

    def page_tasks(self, plan: Iterable[Planned]) -> Iterator[Task]:
        """The tasks that render pages in all views of the site."""
        for page in plan:
            view = self._made.get(page.address) or page.view()
            if view is not None:
                for renderer in self.renderers.values():
                    yield renderer.task("page", *renderer.whole(view))

    def panel_tasks(self, work: Work, passage: Passage) -> Iterator[Task]:
        """The tasks that render the panel of a passage in all views of the site."""
        view = panel.panel(self.presenter, work, passage)
        for renderer in self.renderers.values():
            yield renderer.task("panel", view, {}, panels.file(work.id, passage.id, renderer.locale.suffix))

    def card_tasks(self, work: Work) -> Iterator[Task]:
        """The tasks that render what pages load to cite a work."""
        view = text.card_view(self.presenter, work)
        for renderer in self.renderers.values():
            yield renderer.task("card", view, {}, cards.file(work.id, renderer.locale.suffix))

    def _with_pages(self, material: Material, found: Mapping[str, Mapping[str, Rendered]]) -> Material:
        """A new material, with the pages of every view, style sheets, and files for search engines.

        The download page lists nothing yet.  Existing files stay, except those with the same path.

        :param found: folder of a view → address → page; of a large project only the pages of no work.
        """
        shown = [view for view in self._shown if view.address in found[""]]
        self.files.update({**self.sheets, **_in_trees(found)})
        for folder, renderer in self.renderers.items():
            for one in about.drawn(shown):
                self.files.update({addresses.in_tree(one.href, folder): renderer.file(one)})
        self.files.update(discovery.files(self.edition.project, self._addresses(), self.edition.sizes))
        return replace(material, views=tuple(shown), pages=found)

    @cached_property
    def _shown(self) -> tuple[View, ...]:
        """The pages that formats are made from: all, or those of no work in a large project."""
        if self.edition.is_one_book:
            return self.views
        return tuple(view for make in pages.SHARED.values() for view in make(self.presenter))

    @cached_property
    def sheets(self) -> Mapping[str, bytes]:
        """The style sheets and scripts of the site."""
        return assets.assets(self.edition)

    def _addresses(self) -> Iterator[str]:
        """The addresses of all pages that are among the files, in the order of the site."""
        files = self.files.view()
        return (one.address for one in pages.plan(self.presenter) if one.address in files)

    def _with_archive(self, material: Material) -> Material:
        """A new material with the archive of all files and their summaries, but without the summaries."""
        form = next(one for one in catalogue.FORMATS if one.rests_on == SITE)
        listed = self._with_summaries(material)
        assert form.write is not None
        self.files.write(makers.ZIP, partial(form.write, listed))
        return replace(material, formats={**material.formats, makers.ZIP: form})

    def _with_summaries(self, material: Material) -> Material:
        """A new material, with the files that list the others, and the page that offers all for download.

        The lists have the files of ``material``, except that each one has those made before it.  They are
        not among the files of the assembler, since the archive has others.
        """
        files, formats = catalogue.made(material, FILES)
        listed = replace(
            material, files=_joined(material.files, files), formats={**material.formats, **formats}
        )
        view = citing.cite(self.presenter, catalogue.shelves(listed))
        offering = {
            folder: {view.address: renderer.page(view)} for folder, renderer in self.renderers.items()
        }
        return replace(listed, files=_joined(material.files, {**files, **_in_trees(offering)}))


@dataclass(kw_only=True, slots=True)
class _Pages:
    """Pages by the folder of their view and their address; panels and cards by their paths; the paths of what
    a large project has for each work.
    """

    pages: dict[str, dict[str, Rendered]] = field(default_factory=dict)
    panels: dict[str, bytes] = field(default_factory=dict)
    cards: dict[str, bytes] = field(default_factory=dict)
    volumes: list[str] = field(default_factory=list)

    def add(self, one: Done) -> None:
        """Add what a task made."""
        if one.kind == "panel":
            id_ = (paths.values(panels.FILE, one.name) or {})["passage"]
            self.panels[one.name] = panels.panel(id_, one.result)
        elif one.kind == "card":
            self.cards[one.name] = cards.card(one.result)
        else:
            address = addresses.in_first_view(one.name, one.first)
            self.pages.setdefault(one.first, {})[address] = one.result

    def of_work(self, work: Work) -> dict[str, bytes]:
        """Take out the files of a work: its pages, panels and cards, by their paths."""
        own = {
            folder: {address: page for address, page in tree.items() if address.startswith(f"{work.id}/")}
            for folder, tree in self.pages.items()
        }
        for folder, tree in own.items():
            for address in tree:
                del self.pages[folder][address]
        files = {**self.panels, **self.cards, **_in_trees(own)}
        self.panels, self.cards = {}, {}
        return files


def _joined(files: Files, more: dict[str, bytes]) -> Files:
    """The files with others, which replace those with the same path."""
    return ChainMap(more, cast("dict[str, bytes]", files))


def _in_trees(found: Mapping[str, Mapping[str, Rendered]]) -> dict[str, bytes]:
    """Pages by their paths in the site."""
    return {
        addresses.in_tree(address, folder): page.text.encode()
        for folder, tree in found.items()
        for address, page in tree.items()
    }


def volumes(
    context: TaskContext,
    _: None,
    folder: str,
    id_: str,
    own: onefile.Volumes,
    rendered: Mapping[str, Rendered],
) -> Files:
    """The book, the file of all pages and the pictures of a work, in the view in ``folder``, as a task.

    :param rendered: the pages of the work, by their addresses.
    """
    assert isinstance(context, Assembler)
    work, renderer = context.edition.index.works[id_], context.renderers[folder]
    views = list(pages.of_work(context.presenter, work))
    return {
        **makers.of_work(context.edition, work, own, views, rendered, renderer, context.sheets),
        **{addresses.in_tree(one.href, folder): renderer.file(one) for one in about.drawn(views)},
    }


def work_tasks(context: TaskContext, id_: str, address: str) -> Iterator[Task]:
    """The tasks of a page of a work, in all views of the site: with that of a passage, its panel; with the
    reading page, the card of the work.
    """
    assert isinstance(context, Assembler)
    work = context.edition.index.works[id_]
    plan = pages.plan_of_work(context.presenter, work)
    yield from context.page_tasks(page for page in plan if page.address == address)
    for passage in work.passages:
        if addresses.passage((id_, passage.id)) == address:
            yield from context.panel_tasks(work, passage)
    if address == addresses.reading(id_):
        yield from context.card_tasks(work)


def shared_tasks(context: TaskContext, name: str) -> Iterator[Task]:
    """The tasks of a group of pages that belong to no work, in all views of the site."""
    assert isinstance(context, Assembler)
    yield from context.page_tasks(pages.PLANS[name](context.presenter))


def exported(context: TaskContext, _: None, form: str) -> Files:
    """The files of a format that is made from the tags, as a task."""
    assert isinstance(context, Assembler)
    return next(one for one in catalogue.FORMATS if one.id == form).make(context.material())


def script_data(context: TaskContext, _: None, kind: str, folder: str) -> bytes:
    """The data for one kind of script in one view of the site, as a task."""
    assert isinstance(context, Assembler)
    locale = next(one for one in context.locales if one.folder == folder)
    if kind.startswith("search index "):
        return context.search_index(locale)[int(kind.rpartition(" ")[2])]
    if kind.startswith("texts of "):
        work = context.edition.index.works[kind.removeprefix("texts of ")]
        return texts.of_work(context.edition, work, context.earlier_texts)
    if kind.startswith("previews of "):
        work = context.edition.index.works[kind.removeprefix("previews of ")]
        return previews.of_work(context.edition, work, locale)
    if kind.startswith("search part "):
        return search.part(context.presenter, locale, int(kind.rpartition(" ")[2]))
    return _SCRIPT_DATA[kind](context, locale)


_SCRIPT_DATA: Mapping[str, Callable[[Assembler, Locale], bytes]] = {
    "tryout": lambda of, _: tryout.tryout(of.edition, {one.language: one.say for one in of.locales}),
    "texts": lambda of, _: texts.texts(of.edition),
    "shown": lambda of, locale: texts.shown(of.edition, locale),
    "previews": lambda of, locale: previews.previews(of.edition, locale),
    "search": lambda of, locale: search.search(of.presenter, locale),
    "search head": lambda of, locale: search.head(of.presenter, locale),
}
"""Kind of data → what makes it, from the assembler and the view of the site."""
