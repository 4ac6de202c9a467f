"""What the tasks of a build need: an edition, what renders its pages, and what makes parts of its formats.

Each process has a context of its own.  The functions at the end of this module are those of the tasks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from site_builder.edition import addresses
from site_builder.edition.edition import Edition
from site_builder.edition.locale import Locale, converted
from site_builder.formats import catalogue, makers, onefile
from site_builder.formats.files import Files
from site_builder.formats.format import TAGS, ByWork, Material
from site_builder.model import Passage, Work
from site_builder.pipeline.scripts import Job, ScriptData
from site_builder.site import assets, pages
from site_builder.site.medium import Rendered
from site_builder.site.navigation import Menu, menus
from site_builder.site.pages import about, panel, text
from site_builder.site.pages.planned import Planned
from site_builder.site.presenter import Presenter
from site_builder.site.render import Renderer
from site_builder.site.script_data import cards, panels
from site_builder.site.tasks import Engine, Results, Serial, Task, TaskContext
from site_builder.site.views import View

Plan = Mapping[str, tuple[Planned, Passage | None]]
"""The pages of a work by their addresses, each with its passage if it is that of one."""
_WORKS = 6
"""Works whose views are kept: more than those whose volumes an assembler begins before it takes the first."""


class Context:
    """The context of the tasks of one edition.  ``engine`` does the tasks that renderers begin, such as the
    sections of a file of several pages.
    """

    def __init__(self, edition: Edition, engine: Engine | None = None) -> None:
        self.edition = edition
        self.presenter = Presenter(edition)
        self.locales = edition.locales
        self._engine = engine or Serial()
        self._made: Mapping[str, View] = {}
        """The views that were made, by their addresses."""
        self._plan: tuple[str, Plan] = ("", {})
        self._made_of: dict[str, dict[str, View | None]] = {}
        """Work → the views of its pages that were made, by their addresses: of the last works, until their
        volumes are made.
        """

    @cached_property
    def renderers(self) -> dict[str, Renderer]:
        """The folder of a view, ``""`` for the first → the renderer of its pages; in their order."""
        return {locale.folder: self.renderer(locale) for locale in self.locales}

    def renderer(self, locale: Locale) -> Renderer:
        """A new renderer of the pages of a view of the site."""
        return Renderer(self.presenter, assets.TEMPLATES, locale, submit=self._submit, with_menus=self._menus)

    @cached_property
    def _menus(self) -> tuple[Menu, ...]:
        """The menus, which are the same in all views."""
        return menus(self.presenter)

    @cached_property
    def views(self) -> tuple[View, ...]:
        """The pages of the site as records, in the order of the site, those of all works too.  The download
        page lists nothing yet.
        """
        found = tuple(pages.views(self.presenter))
        self._made = {view.address: view for view in found}
        return found

    @cached_property
    def known(self) -> tuple[object, ...]:
        """The views of pages, each followed by its facts, in the order of the pages.

        ``()`` if the works are not in one book, as in a large project.
        """
        if not self.edition.is_one_book:
            return ()
        return tuple(value for view in self.views for value in (view, *view.facts.values()))

    def alone(self) -> None:
        """Do all further tasks in this process."""
        self._engine = Serial()

    def _submit(self, tasks: Sequence[Task]) -> Results:
        return self._engine.submit(self, tasks)

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
        """The reading page of a work in the first view, as HTML: the same text as on the site.

        Only this page is made.
        """
        return self.renderers[""].page(text.reading(self.presenter, work)).text

    @cached_property
    def by_work(self) -> Mapping[str, tuple[ByWork, object]]:
        """The id of each format that is made work by work → what makes it, and what its parts have in
        common.
        """
        material, forms = self.material(), catalogue.resting_on(TAGS)
        return {form.id: (form.by_work, form.by_work.common(material)) for form in forms if form.by_work}

    def part(self, form: str, work: Work, reading: str) -> Files:
        """The part of a work in a format that is made work by work.

        :param form: the id of the format.
        :param reading: the reading page of the work in the first view, as HTML, if the part quotes it.
        :raises KeyError: if no such format is made work by work.
        """
        made, common = self.by_work[form]
        material = self.material()
        return made.part(
            replace(material, reading=lambda _: reading) if made.quotes else material, work, common
        )

    @cached_property
    def scripts(self) -> ScriptData:
        """The data for the scripts of pages."""
        return ScriptData(self.presenter)

    def plan_of(self, work: Work) -> Plan:
        """The pages of a work by their addresses, before they are made, each with its passage, or ``None``
        for another page.

        Those of the last work are remembered: groups come by work.
        """
        if self._plan[0] != work.id:
            passages = {addresses.passage((work.id, one.id)): one for one in work.passages}
            planned = pages.plan_of_work(self.presenter, work)
            self._plan = work.id, {one.address: (one, passages.get(one.address)) for one in planned}
        return self._plan[1]

    def views_of(self, work: Work) -> list[View]:
        """The pages of a work as records, in their order; each is made once while the work is one of the
        last.
        """
        pages_ = (self._view(page, work) for page, _ in self.plan_of(work).values())
        return [view for view in pages_ if view is not None]

    def _view(self, page: Planned, work: Work | None) -> View | None:
        """The view of a page of a work, or of none; ``None`` if it does not apply."""
        if page.address in self._made:
            return self._made[page.address]
        if work is None:
            return page.view()
        known = self._made_of.setdefault(work.id, {})
        if len(self._made_of) > _WORKS:
            del self._made_of[next(iter(self._made_of))]
        if page.address not in known:
            known[page.address] = page.view()
        return known[page.address]

    def page_tasks(self, plan: Iterable[Planned], work: Work | None = None) -> Iterator[Task]:
        """The tasks that render pages in all views of the site, page by page, the first view first.  Each has
        the path of the page in the site as its name.

        A page for which :meth:`.Planned.view` gives ``None`` has none.

        :param work: that of the pages, if they belong to one.
        """
        for page in plan:
            view = self._view(page, work)
            if view is not None:
                for renderer in self.renderers.values():
                    yield renderer.task("page", *renderer.whole(view))

    def panel_tasks(self, work: Work, passage: Passage) -> Iterator[Task]:
        """The tasks that render the panel of a passage, one for each view of the site, with the path of its
        data file as the name.
        """
        view = panel.panel(self.presenter, work, passage)
        for renderer in self.renderers.values():
            yield renderer.task("panel", view, {}, panels.file(work.id, passage.id, renderer.locale.suffix))

    def card_tasks(self, work: Work) -> Iterator[Task]:
        """The tasks that render what pages load to cite a work, one for each view of the site, with the path
        of its data file as the name.
        """
        view = text.card_view(self.presenter, work)
        for renderer in self.renderers.values():
            yield renderer.task("card", view, {}, cards.file(work.id, renderer.locale.suffix))

    @cached_property
    def sheets(self) -> Mapping[str, bytes]:
        """The style sheets and scripts that the site is made from, each by itself."""
        return assets.sheets(self.edition)


def volumes(
    context: TaskContext,
    _: None,
    folder: str,
    id_: str,
    own: onefile.Volumes,
    rendered: Mapping[str, Rendered],
) -> Files:
    """The book, the file of all pages and the pictures of a work, in the view in ``folder``, as a task: path
    in the site → bytes.

    First ``WORK/work.edition.html`` in the folder of the view, then ``data/books/WORK.epub`` with the suffix
    of the view at ``books``, then each picture (``.svg``).

    :param id_: that of the work.
    :param rendered: the pages of the work, by their addresses.
    :raises KeyError: if there is no such work or view.
    """
    assert isinstance(context, Context)
    work, renderer = context.edition.index.works[id_], context.renderers[folder]
    views = context.views_of(work)
    return {
        **makers.of_work(context.edition, work, own, views, rendered, renderer, context.sheets),
        **{addresses.in_tree(one.href, folder): renderer.file(one) for one in about.drawn(views)},
    }


def work_tasks(context: TaskContext, id_: str, address: str) -> Iterator[Task]:
    """The tasks of a page of a work, in all views of the site: with that of a passage, its panel; with the
    reading page, the card of the work.

    :param id_: that of the work.
    :param address: of the page, in the first view.
    :raises KeyError: if there is no such work or page.
    """
    assert isinstance(context, Context)
    work = context.edition.index.works[id_]
    planned, passage = context.plan_of(work)[address]
    yield from context.page_tasks((planned,), work)
    if passage is not None:
        yield from context.panel_tasks(work, passage)
    if address == addresses.reading(id_):
        yield from context.card_tasks(work)


def shared_tasks(context: TaskContext, name: str) -> Iterator[Task]:
    """The tasks of a group of pages that belong to no work, in all views of the site.

    :param name: a key of :data:`.pages.PLANS`: ``home``, ``grid``, ``cite``…
    :raises KeyError: if there is no such group.
    """
    assert isinstance(context, Context)
    yield from context.page_tasks(pages.PLANS[name](context.presenter))


def exported(context: TaskContext, _: None, form: str) -> Files:
    """The files of a format that is made from the tags, as a task: path in the site → bytes.

    ``{}`` if the format has no file, such as one that needs a text that may not be published.

    :param form: the id of the format.
    :raises KeyError: if there is no such format.
    """
    assert isinstance(context, Context)
    return catalogue.BY_ID[form].make(context.material())


def exported_part(context: TaskContext, _: None, form: str, id_: str, reading: str) -> Files:
    """The part of a work in a format that is made work by work, as a task: :meth:`Context.part`.

    :param id_: that of the work.
    :raises KeyError: if there is no such format or work.
    """
    assert isinstance(context, Context)
    return context.part(form, context.edition.index.works[id_], reading)


def script_data(context: TaskContext, _: None, job: Job) -> Files:
    """What a job of the data for scripts makes, as a task: :meth:`.ScriptData.begun`.

    :raises KeyError: for an unknown kind, view or work.
    """
    assert isinstance(context, Context)
    return context.scripts.begun(job)
