"""The data for the scripts of pages: which files there are, and what makes each of them.

Previews and search have a file for each view, with its folder in the name: ``data/previews.js`` and
``data/search.js`` for the first view, ``data/search-hans.js`` for another.  ``data/try.js`` and
``data/texts.js`` are for all views; ``data/texts-hans.js`` has the texts as another view shows them.  A large
project also has texts and previews for each work, parts of the search, and the files of its index.  If the
text may not be published, all leave it out.  The panels of passages and the cards of works are made with the
pages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

from site_builder.edition import addresses
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
            yield Job("texts of a work", f"texts/{work.id}.js", "", work.id)
            for folder, one in self.locales.items():
                yield Job("previews of a work", f"previews{one.suffix}/{work.id}.js", folder, work.id)
        for folder, one in self.locales.items():
            if folder:
                yield Job("texts shown", f"texts{one.suffix}.js", folder)
            yield Job("previews", f"previews{one.suffix}.js", folder)
            if not in_parts:
                yield Job("search", f"search{one.suffix}.js", folder)
                continue
            yield Job("search head", f"search{one.suffix}.js", folder)
            for number in range(1, len(self.presenter.data_parts) + 1):
                yield Job("search part", f"search{one.suffix}/{number}.js", folder, str(number))
            yield Job(INDEX, f"search{one.suffix}/", folder)

    def make(self, job: Job) -> Files:
        """The files of a job, by their paths: one with the name of the job, or those of the index.

        :raises KeyError: for an unknown kind, view or work.
        :raises IndexError: for a number greater than that of the last part of the search.
        """
        locale = self.locales[job.folder]
        if job.kind == INDEX:
            return search.index_files(self.presenter, locale)
        return {job.name: _MAKERS[job.kind](self, locale, job.argument)}

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
    "texts of a work": lambda of, _, id_: texts.of_work(of.edition, of.work(id_), of.earlier),
    "texts shown": lambda of, locale, _: texts.shown(of.edition, locale),
    "previews": lambda of, locale, _: previews.previews(of.edition, locale),
    "previews of a work": lambda of, locale, id_: previews.of_work(of.edition, of.work(id_), locale),
    "search": lambda of, locale, _: search.search(of.presenter, locale),
    "search head": lambda of, locale, _: search.head(of.presenter, locale),
    "search part": lambda of, locale, number: search.part(of.presenter, locale, int(number)),
}
"""Kind of a job → what makes its file, from the view of the site and the argument of the job."""
