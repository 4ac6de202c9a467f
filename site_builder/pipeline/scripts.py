"""The data for the scripts of pages: which files there are, and what makes each of them.

Previews and search have a file for each view, with its folder in the name: ``data/previews.js`` and
``data/search.js`` for the first view, ``data/search-hans.js`` for another.  ``data/try.js`` and
``data/texts.js`` are for all views; ``data/texts-hans.js`` has the texts as another view shows them.  A large
project also has texts and previews for each work, parts of the search, and the files of its index.  If the
text may not be published, all leave it out.  The panels of passages and the cards of works are made with the
pages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

from site_builder.edition import addresses
from site_builder.edition.index import Key, grouped
from site_builder.edition.locale import Locale
from site_builder.formats.files import Files
from site_builder.model import Work
from site_builder.site.presenter import Presenter
from site_builder.site.script_data import previews, search, texts, tryout


class Job(NamedTuple):
    """What makes a file, or all files of the index of the search in a view.

    :param kind: a key of :data:`_MAKERS`, or :data:`INDEX`.
    :param name: the path of the file in the site; of an index, its folder.
    :param folder: that of the view; ``""`` also for what is for all views.
    :param argument: the id of a work or the number of a part, where the kind needs one.
    """

    kind: str
    name: str
    folder: str = ""
    argument: str = ""


INDEX = "search index"
"""The kind of the jobs that make several files."""
PART = "search part"
_TEXTS, _PREVIEWS = "texts of a work", "previews of a work"
_GRAMS = "grams"
"""The name of what is no file: the grams of a part of the search, from which its index is made."""


class ScriptData:
    """The data for the scripts of the pages of an edition."""

    def __init__(self, presenter: Presenter) -> None:
        self.presenter, self.edition = presenter, presenter.edition
        self.locales = {one.folder: one for one in self.edition.locales}

    @cached_property
    def files(self) -> Mapping[str, Job]:
        """The path of each file in the site (``data/try.js``) → what makes it; all files of an index of the
        search have the same job.
        """
        return {path: job for job in self.jobs for path in self._paths(job)}

    def _paths(self, job: Job) -> Iterator[str]:
        if job.kind == INDEX:
            return search.index_names(self.locales[job.folder])
        return iter((job.name,))

    @cached_property
    def jobs(self) -> tuple[Job, ...]:
        """What makes the files, each once: ``data/try.js``, ``data/texts.js``, then for each view its
        ``texts-SUFFIX.js`` (not for the first view), ``previews.js`` and ``search.js``.

        A large project has texts and previews of each work before those of the views, and for each view the
        parts and the index of its search last.
        """
        return tuple(job._replace(name=addresses.DATA + job.name) for job in self._jobs())

    def _jobs(self) -> Iterator[Job]:
        in_parts = self.edition.has_parts_of_data
        yield Job("tryout", "try.js")
        yield Job("texts", "texts.js")
        for work in self.edition.project.works if in_parts else ():
            yield Job(_TEXTS, f"texts/{work.id}.js", "", work.id)
            for folder, one in self.locales.items():
                yield Job(_PREVIEWS, f"previews{one.suffix}/{work.id}.js", folder, work.id)
        for folder, one in self.locales.items():
            if folder:
                yield Job("texts shown", f"texts{one.suffix}.js", folder)
            yield Job("previews", f"previews{one.suffix}.js", folder)
            if not in_parts:
                yield Job("search", f"search{one.suffix}.js", folder)
                continue
            yield Job("search head", f"search{one.suffix}.js", folder)
            for number in range(1, len(self.presenter.data_parts) + 1):
                yield Job(PART, f"search{one.suffix}/{number}.js", folder, str(number))
            yield Job(INDEX, f"search{one.suffix}/", folder)

    @cached_property
    def of_works(self) -> Mapping[str, tuple[Job, ...]]:
        """The id of a work → the jobs that need this work alone; a project that is not large has none."""
        return grouped((job.argument, job) for job in self.jobs if job.kind in (_TEXTS, _PREVIEWS))

    @cached_property
    def of_several(self) -> tuple[Job, ...]:
        """The other jobs, except those of the indexes: these are made from the parts of the search."""
        return tuple(job for job in self.jobs if job.kind not in (_TEXTS, _PREVIEWS, INDEX))

    def make(self, job: Job) -> Files:
        """The files of a job, by their paths: one with the name of the job, or those of the index.

        :raises KeyError: for an unknown kind, view or work.
        :raises IndexError: for a number greater than that of the last part of the search.
        """
        locale = self.locales[job.folder]
        if job.kind == INDEX:
            return search.index_files(self.presenter, locale)
        return {job.name: _MAKERS[job.kind](self, locale, job.argument)}

    def begun(self, job: Job) -> Files:
        """What :meth:`ended` needs of a job, except of that of an index: its files, and with a part of the
        search its grams.

        :raises KeyError: as those of :meth:`make`, and ``IndexError`` too.
        """
        if job.kind != PART:
            return self.make(job)
        found, grams = search.part_with_grams(self.presenter, self.locales[job.folder], int(job.argument))
        return {job.name: found, _GRAMS: grams}

    def ended(self, begun: Iterable[tuple[Job, Files]]) -> Iterator[Files]:
        """The files of jobs, and those of the indexes of all views that have parts among them.

        :param begun: jobs of any kind but :data:`INDEX`, the parts of a view in their order, each with what
            :meth:`begun` gives.
        """
        parts: dict[str, list[bytes]] = {}
        for job, files in begun:
            if job.kind == PART:
                parts.setdefault(job.folder, []).append(files[_GRAMS])
            yield {name: content for name, content in files.items() if name != _GRAMS}
        for folder, found in parts.items():
            yield search.index_of(self.locales[folder], found)

    def works_of(self, job: Job) -> tuple[str, ...]:
        """The ids of the works that a job depends on, if it depends on no others; ``()`` if it may depend on
        all.
        """
        if job.kind in (_TEXTS, _PREVIEWS):
            return (job.argument,)
        if job.kind == PART:
            part = self.presenter.data_parts[int(job.argument) - 1]
            return tuple(dict.fromkeys(work for work, _ in self._keys[part.start : part.start + part.count]))
        return ()

    @cached_property
    def _keys(self) -> tuple[Key, ...]:
        """All passages, in the order of the edition."""
        return tuple(self.edition.index.passages)

    def work(self, id_: str) -> Work:
        """A work.

        :raises KeyError: if there is no such work.
        """
        return self.edition.index.works[id_]

    @cached_property
    def earlier(self) -> Mapping[str, list[tuple[str, str]]]:
        """The texts of passages in the other editions: ``canal#p2`` → (edition, text), the latest first, as
        :func:`.texts.earlier_texts` gives them, also where a text is that of today.
        """
        return texts.earlier_texts(self.edition.project)


_MAKERS: Mapping[str, Callable[[ScriptData, Locale, str], bytes]] = {
    "tryout": lambda of, _, __: tryout.tryout(of.edition),
    "texts": lambda of, _, __: texts.texts(of.edition),
    _TEXTS: lambda of, _, id_: texts.of_work(of.edition, of.work(id_), of.earlier),
    "texts shown": lambda of, locale, _: texts.shown(of.edition, locale),
    "previews": lambda of, locale, _: previews.previews(of.edition, locale),
    _PREVIEWS: lambda of, locale, id_: previews.of_work(of.edition, of.work(id_), locale),
    "search": lambda of, locale, _: search.search(of.presenter, locale),
    "search head": lambda of, locale, _: search.head(of.presenter, locale),
    PART: lambda of, locale, number: search.part(of.presenter, locale, int(number)),
}
"""Kind of a job → what makes its file, from the view of the site and the argument of the job."""
