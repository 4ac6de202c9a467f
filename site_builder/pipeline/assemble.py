"""Assembles the site of an edition: its pages in every view, and the files of every format.

::

    data for scripts, formats of tags
      └> pages in every view ─┬> books and the one-page file ─┬> summary files ─> archive
                              └> formats made work by work ───┘  summary files again <─┘

The summary files (checksums, crate, download page) list all other files.  The archive of the site holds
them, and no archive can hold its own checksum.  So they are made twice: without the archive, for the
copy inside it; and with it, for the site.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from itertools import groupby
from types import MappingProxyType
from typing import BinaryIO

from site_builder.edition import addresses, paths
from site_builder.edition.digests import digest
from site_builder.edition.edition import Edition
from site_builder.formats import catalogue, makers, onefile
from site_builder.formats.files import Files, FileStore, InMemory, Joined
from site_builder.formats.format import FILES, PAGES, SITE, TAGS, Format, Material
from site_builder.model import Work
from site_builder.pipeline.context import (
    Context,
    exported,
    exported_part,
    script_data,
    shared_tasks,
    volumes,
    work_tasks,
)
from site_builder.pipeline.scripts import Job
from site_builder.site import assets, discovery, elsewhere, pages
from site_builder.site.medium import Rendered
from site_builder.site.pages import about, citing
from site_builder.site.render import same_titles
from site_builder.site.script_data import cards, panels
from site_builder.site.tasks import EDITION, Done, Engine, Group, Task, of_work
from site_builder.site.views import View

Say = Callable[[str], None]
_BEGUN = 8
"""How many volumes and parts of works are begun and not yet taken; a work has one of each."""


class Assembler(Context):
    """Assembles one edition.  ``say`` is called with the name of each step as it begins.

    ``engine`` does what takes long: the pages, and the formats that are made from the tags.  The assembler is
    the context of its tasks.  ``files`` gets the files of the site; ``earlier`` is the archive of an earlier
    site (:func:`.archive.write`).
    """

    def __init__(
        self,
        edition: Edition,
        say: Say,
        engine: Engine | None = None,
        files: FileStore | None = None,
        earlier: BinaryIO | None = None,
    ) -> None:
        super().__init__(edition, engine)
        self.say = say
        self.files = InMemory() if files is None else files
        self._earlier = earlier
        self._parts: dict[str, list[Files]] = {}
        """Format that is made from parts → these, in the order of the works."""
        self._listed: dict[str, list[str]] = {}
        """Format whose parts are its files → the paths of those that are made, in the order of the works."""
        self._volumes: list[str] = []
        """The paths of what a large project has for each work."""

    def site(self) -> Material:
        """Every file of the site, and which of them are of which format.

        ``files`` has pages, style sheets, data for scripts and exports; ``formats`` has only the exports.
        """
        self.say("exporting")
        pages_ = self._begin_pages()  # first, since only many tasks start other processes
        scripts = self._begin_script_data()
        exports = self._begin_exports()
        for files in scripts():
            self.files.update(files)
        self.say("rendering the pages")
        found = self._pages(pages_)
        for files in (found.panels, found.cards):
            self.files.update(files)
        material = self._with_formats(replace(self.material(), files=self.files.view()), TAGS, exports())
        material = self._with_pages(material, found.pages)
        self.say("making the books")
        material = self._with_formats(material, PAGES, more=self._volumes)
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

    def _with_formats(
        self,
        material: Material,
        rests_on: str,
        ready: Mapping[str, Files] = MappingProxyType({}),
        more: Sequence[str] = (),
    ) -> Material:
        """A new material, with the files of all formats that are made from ``rests_on``; existing files
        stay.

        The files of a format are kept before those of the next are made, so that no others are in memory.

        :param rests_on: ``tags`` or ``pages``; another word adds nothing.
        :param ready: the files of formats that are made already, by their ids.
        :param more: the paths of further files of formats, which are among the files already.
        """
        formats = dict(material.formats)
        material = replace(material, formats=formats)
        for form in catalogue.resting_on(rests_on):
            names: Iterable[str] | None = self._listed.get(form.id)
            if names is None:
                names = files = ready[form.id] if form.id in ready else self._of_parts(form, material)
                self.files.update(files)
            formats |= dict.fromkeys(names, form)
        formats |= {name: found for name in more if (found := catalogue.at(name)) is not None}
        return material

    def _of_parts(self, form: Format, material: Material) -> Files:
        """The files of a format, from its parts if it is made work by work; these are then given up."""
        if form.by_work is None or form.by_work.whole is None:
            return form.make(material)
        return form.by_work.whole(material, self._parts.pop(form.id))

    def _begin_exports(self) -> Callable[[], Mapping[str, Files]]:
        """Begin with the formats that are made from the tags: the id of each → its files.

        Those that are made work by work are left out: :meth:`_begin_parts` begins with them.
        """
        whole = [form.id for form in catalogue.resting_on(TAGS) if form.by_work is None]
        made = self._submit(
            [Task(kind="format", name=name, function=exported, arguments=(name,)) for name in whole]
        )
        self._parts = {id_: [] for id_, (form, _) in self.by_work.items() if form.whole is not None}
        self._listed = {id_: [] for id_, (form, _) in self.by_work.items() if form.whole is None}
        return lambda: dict(zip(whole, made(), strict=True))

    def _begin_parts(self, work: Work, made: _Pages) -> Callable[[], None]:
        """Begin with the parts of a work in the formats that are made work by work, and with the data for
        scripts that need this work alone.  The result waits for them, and keeps them.

        :param made: the pages of the work: parts quote the reading page, which is not made twice.
        """
        reading = made.pages[""][addresses.reading(work.id)].text
        wait = self._submit(
            [
                *(
                    Task(
                        kind="format",
                        name=f"{id_} of {work.id}",
                        function=exported_part,
                        arguments=(id_, work.id, reading if form.quotes else ""),
                        scope=of_work(work.id),
                        also=(self._of_others, common),
                    )
                    for id_, (form, common) in self.by_work.items()
                ),
                *map(self._of_job, self.scripts.of_works.get(work.id, ())),
            ]
        )

        def end() -> None:
            every = iter(wait())
            for id_, part in zip(self.by_work, every, strict=False):
                if id_ in self._parts:
                    self._parts[id_].append(part)
                else:
                    self.files.update(part)
                    self._listed[id_] += part
            for files in every:
                self.files.update(files)

        return end

    @cached_property
    def _of_others(self) -> tuple[object, ...]:
        """What a task with the scope of a work can depend on besides: what every page can show of other
        works, and the languages of the edition, which are those of the translations in all works.
        """
        return self._everywhere, self.edition.languages

    def _of_job(self, job: Job) -> Task:
        """The task of a job of the data for scripts."""
        works = self.scripts.works_of(job)
        return Task(
            kind="data",
            name=job.name,
            function=script_data,
            arguments=(job,),
            scope=tuple(map(of_work, works)) or EDITION,
            also=self._of_others,
        )

    def _begin_script_data(self) -> Callable[[], Iterable[Files]]:
        """Begin with the data for the scripts of pages, except those of a work alone: the files of each
        job.
        """
        jobs = self.scripts.of_several
        wait = self._submit([*map(self._of_job, jobs)])
        return lambda: self.scripts.ended(zip(jobs, wait(), strict=True))

    def _begin_pages(self) -> Iterator[tuple[tuple[Work | None, Group], Sequence[Done]]]:
        """Begin with the groups of pages, in their order; each comes with its work and its tasks, done."""
        _ = self.by_work  # the processes begin with what is made before them
        if self.edition.is_one_book:
            _ = self.views
        groups = list(self._groups())
        return zip(groups, self._engine.unfold(self, [group for _, group in groups]), strict=True)

    def _pages(self, done: Iterable[tuple[tuple[Work | None, Group], Sequence[Done]]]) -> _Pages:
        """The pages, and what a reading page loads on demand; of a large project only the pages of no work,
        since the files of each work are kept as soon as they are made.

        :param done: what :meth:`_begin_pages` gives.
        """
        found = _Pages()
        begun: deque[Callable[[], None]] = deque()
        names: dict[str, onefile.Volumes] = {}
        for work, made in groupby(done, key=lambda one: one[0][0]):
            if work is None or self.edition.is_one_book:
                for _, tasks in made:
                    found.add(tasks)
                if work is not None:
                    begun.append(self._begin_parts(work, found))
            else:
                if not names:
                    names = {tree: onefile.Volumes.of(self.edition, own) for tree, own in found.pages.items()}
                own = _Pages()
                also: list[object] = []
                for (_, group), tasks in made:
                    own.add(tasks)
                    also.append(group.also)
                begun.append(self._begin_parts(work, own))
                begun.append(self._begin_volumes(work, names, own, also))
                self.files.update(own.files())
            _end(begun, left=_BEGUN)
        _end(begun, left=0)
        if self.edition.is_one_book:
            found.panels = {name: found.panels[name] for name in self._panel_files()}
        return found

    def _begin_volumes(
        self, work: Work, names: Mapping[str, onefile.Volumes], own: _Pages, also: object
    ) -> Callable[[], None]:
        """Begin with the books and the files of all pages of a work, in every view.  The result waits for
        them, and keeps them.

        :param names: folder of a view → the names in its files.
        :param own: the pages of the work, and ``also`` what they depend on besides the work.
        """
        wait = self._submit(
            [
                Task(
                    kind="volume",
                    name=addresses.in_tree(addresses.onefile(work.id), folder),
                    function=volumes,
                    arguments=(folder, work.id, names[folder], own.pages[folder]),
                    scope=of_work(work.id),
                    also=(also, self._styles),
                    known_by=own.made_from and (folder, work.id, names[folder], own.made_from),
                )
                for folder in self.renderers
            ]
        )

        def end() -> None:
            for files in wait():
                self.files.update(files)
                self._volumes.extend(files)

        return end

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
        for work in self.edition.project.works:
            for address, (_, passage) in self.plan_of(work).items():
                also = elsewhere.of_passage(self.edition, (work.id, passage.id)) if passage else ()
                group = Group(
                    name=address,
                    function=work_tasks,
                    arguments=(work.id, address),
                    scope=of_work(work.id),
                    also=(self._everywhere, also),
                    holds=same_titles,
                )
                yield work, group

    @cached_property
    def _everywhere(self) -> tuple[object, ...]:
        """What every page of a work can show of other works (:func:`.elsewhere.shown`)."""
        return elsewhere.shown(self.edition)

    def _with_pages(self, material: Material, found: Mapping[str, Mapping[str, Rendered]]) -> Material:
        """A new material, with the pages of every view, style sheets, and files for search engines.

        The download page lists nothing yet.  Existing files stay, except those with the same path.

        :param found: folder of a view → address → page; of a large project only the pages of no work.
        """
        shown = [view for view in self._shown if view.address in found[""]]
        self.files.update({**assets.joined(self.sheets), **_in_trees(found)})
        for folder, renderer in self.renderers.items():
            for one in about.drawn(shown):
                self.files.update({addresses.in_tree(one.href, folder): renderer.file(one)})
        self.files.update(discovery.files(self.edition.project, self._addresses(), self.edition.sizes))
        return replace(material, views=tuple(shown), pages=found, sheets=self.sheets)

    @cached_property
    def _shown(self) -> tuple[View, ...]:
        """The pages that formats are made from: all, or those of no work in a large project."""
        if self.edition.is_one_book:
            return self.views
        return tuple(view for make in pages.SHARED.values() for view in make(self.presenter))

    @cached_property
    def _styles(self) -> bytes:
        """A digest of the style sheets, which depend on the codes of all works."""
        return digest(*self.sheets.values())

    def _addresses(self) -> Iterator[str]:
        """The addresses of all pages that are among the files, in the order of the site."""
        files = self.files.view()
        return (one.address for one in pages.plan(self.presenter) if one.address in files)

    def _with_archive(self, material: Material) -> Material:
        """A new material with the archive of all files and their summaries, but without the summaries."""
        form = next(one for one in catalogue.FORMATS if one.rests_on == SITE)
        listed = self._with_summaries(material)
        assert form.write is not None
        self.files.write(makers.ZIP, partial(form.write, replace(listed, earlier=self._earlier)))
        return replace(material, formats={**material.formats, makers.ZIP: form})

    def _with_summaries(self, material: Material) -> Material:
        """A new material, with the files that list the others, and the page that offers all for download.

        The lists have the files of ``material``, except that each one has those made before it.  They are
        not among the files of the assembler, since the archive has others.
        """
        files: dict[str, bytes] = {}
        formats = dict(material.formats)
        listed = replace(material, files=Joined(files, material.files), formats=formats)
        for form in catalogue.resting_on(FILES):
            found = form.make(listed)
            files |= found
            formats |= dict.fromkeys(found, form)
        view = citing.cite(self.presenter, catalogue.shelves(listed))
        offering = {
            folder: {view.address: renderer.page(view)} for folder, renderer in self.renderers.items()
        }
        return replace(listed, files=Joined({**files, **_in_trees(offering)}, material.files))


def _end(begun: deque[Callable[[], None]], left: int) -> None:
    """End what was begun first, until no more than ``left`` are begun."""
    while len(begun) > left:
        begun.popleft()()


@dataclass(kw_only=True, slots=True)
class _Pages:
    """Pages by the folder of their view and their address; panels and cards by their paths.

    ``made_from`` says what the pages are made from: for each its name, the key of its task and the passages
    that it names, since the titles of these are not in the key.  It is ``None`` if a page has no key.
    """

    pages: dict[str, dict[str, Rendered]] = field(default_factory=dict)
    panels: dict[str, bytes] = field(default_factory=dict)
    cards: dict[str, bytes] = field(default_factory=dict)
    made_from: list[tuple[str, bytes, object]] | None = field(default_factory=list)

    def add(self, tasks: Iterable[Done]) -> None:
        """Add what tasks made: by their kind, a panel or a card as its data file, anything else as a page."""
        for one in tasks:
            if one.kind == "panel":
                id_ = (paths.values(panels.FILE, one.name) or {})["passage"]
                self.panels[one.name] = panels.panel(id_, one.result)
            elif one.kind == "card":
                self.cards[one.name] = cards.card(one.result)
            else:
                address = addresses.in_first_view(one.name, one.first)
                self.pages.setdefault(one.first, {})[address] = one.result
                if not one.key:
                    self.made_from = None
                elif self.made_from is not None:
                    self.made_from.append((one.name, one.key, one.result.cited))

    def files(self) -> Files:
        """All of them by their paths in the site."""
        return {**self.panels, **self.cards, **_in_trees(self.pages)}


def _in_trees(found: Mapping[str, Mapping[str, Rendered]]) -> dict[str, bytes]:
    """Pages by their paths in the site."""
    return {
        addresses.in_tree(address, folder): page.text.encode()
        for folder, tree in found.items()
        for address, page in tree.items()
    }
