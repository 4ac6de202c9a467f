"""The site of an edition, made file by file as the files are asked for.

Each file has the same bytes as in :func:`site_builder.pipeline.site`.  A path says what makes its file: a
page, a panel, a card, the data of a script, a format that is made from the tags.  The files that are made
from the whole site (``edition.html``, the books, the archives, the lists of files, the download page, the
sitemap) need a build; it is made when the first of them is asked for.

Several threads can ask at once.  A file is made once; a renderer is used by one thread at a time.  So a file
that takes long holds up nobody who asks for another.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from threading import Lock
from typing import Any, TypeVar

from site_builder.edition import addresses, paths
from site_builder.edition.edition import Edition
from site_builder.formats import catalogue
from site_builder.formats.files import Files
from site_builder.formats.format import TAGS, Format
from site_builder.model import Work
from site_builder.pipeline.context import Context
from site_builder.site import assets, discovery, pages
from site_builder.site.pages import about, panel, text
from site_builder.site.pictures.picture import Picture
from site_builder.site.render import Renderer
from site_builder.site.script_data import cards, panels

_T = TypeVar("_T")


class Preview:
    """The site of one edition, file by file.

    :param edition: what is shown.
    :param build: gives every file of its site, as :func:`site_builder.pipeline.site` does.
    """

    def __init__(self, edition: Edition, build: Callable[[], Files]) -> None:
        self.edition = edition
        self._context = Context(edition)
        self._presenter = self._context.presenter
        self._trees = {locale.folder: locale for locale in self._context.locales}
        self._suffixes = {locale.suffix: locale.folder for locale in self._context.locales}
        self._renderers = {
            folder: _Pool(partial(self._context.renderer, locale)) for folder, locale in self._trees.items()
        }
        self._build = build
        self._made = _Once()

    def get(self, path: str) -> bytes | None:
        """A file of the site; ``None`` if the site has none at this path.

        Only what the file needs is made, and it is kept for the next time.

        :param path: relative, with ``/``: ``index.html``, ``hans/lu1923/p1.html``, ``data/passages.csv``.
        """
        return self._made.get(path, lambda: self._file(path))

    def _file(self, path: str) -> bytes | None:
        form = next((one for one in catalogue.FORMATS if self._may_have(one, path)), None)
        if form is not None:
            return self._of_format(form).get(path)
        if path.startswith(addresses.DATA):
            return self._data(path)
        if path.startswith(addresses.ASSETS):
            return self._once("assets", lambda: assets.assets(self.edition)).get(path)
        if path in (addresses.ROBOTS, addresses.FEED) or self._is_sitemap(path):
            return self._for_machines(path)
        folder, address = self._in_tree(path)
        if address == addresses.CITE:
            return self._whole.get(path)
        if address.startswith(addresses.DRAWN):
            return self._picture(folder, address)
        return self._page(folder, address)

    # what is made once

    def _once(self, name: Hashable, make: Callable[[], _T]) -> _T:
        """A value that several files need; it is made when the first of them is asked for."""
        return self._made.get((name,), make)

    @property
    def _whole(self) -> Files:
        """Every file of the site."""
        return self._once("site", self._build)

    def _of_format(self, form: Format) -> Files:
        if form.rests_on != TAGS:
            return self._whole
        material = replace(self._context.material(), reading=self._reading)
        return self._once(f"format {form.id}", lambda: form.make(material))

    def _reading(self, work: Work) -> str:
        with self._renderers[""].one() as renderer:
            return renderer.page(text.reading(self._presenter, work)).text

    # paths

    def _may_have(self, form: Format, path: str) -> bool:
        """Whether a format may have a file at a path."""
        found = (paths.values(one, path) for one in form.paths)
        return any(values is not None and self._are_known(values) for values in found)

    def _are_known(self, values: Mapping[str, str]) -> bool:
        """Whether there are the work, the passage and the view that a path names."""
        work, passage = values.get("work"), values.get("passage")
        return (
            (work is None or work in self.edition.index.works)
            and (passage is None or (work or "", passage) in self.edition.index.passages)
            and values.get("suffix", "") in self._suffixes
            and values.get("tree", "").removesuffix("/") in self._trees
        )

    def _in_tree(self, path: str) -> tuple[str, str]:
        """The folder of the view to which a page belongs, and the address of the page in it."""
        folder, mark, address = path.partition("/")
        return (folder, address) if mark and folder and folder in self._trees else ("", path)

    # files

    def _page(self, folder: str, address: str) -> bytes | None:
        view = pages.view_at(self._presenter, address)
        if view is None:
            return None
        with self._renderers[folder].one() as renderer:
            return renderer.page(view).text.encode()

    def _picture(self, folder: str, address: str) -> bytes | None:
        found = (one for page in self._galleries(address) for one in self._pictures(page))
        picture = next((one for one in found if one.href == address), None)
        if picture is None:
            return None
        with self._renderers[folder].one() as renderer:
            return renderer.file(picture)

    def _galleries(self, picture: str) -> Iterator[str]:
        """The addresses of the pages that can have a picture; one of a work is named for the work."""
        yield addresses.PICTURES
        for work in self.edition.index.works:
            if picture.endswith(f"-{work}.svg"):
                yield addresses.drawn(work)

    def _pictures(self, page: str) -> tuple[Picture, ...]:
        """The pictures of a page of pictures."""
        view = self._once(f"pictures {page}", lambda: pages.view_at(self._presenter, page))
        return about.drawn([view] if view is not None else [])

    def _data(self, path: str) -> bytes | None:
        """The data of a script of pages."""
        scripts = self._context.scripts
        job = scripts.files.get(path)
        if job is not None:
            return self._once(job, lambda: scripts.make(job))[path]
        values = paths.values(panels.FILE, path)
        if values is not None and self._are_known(values):
            return self._panel(**values)
        values = paths.values(cards.FILE, path)
        if values is not None and self._are_known(values):
            return self._card(**values)
        return None

    def _panel(self, work: str, passage: str, suffix: str) -> bytes:
        index = self.edition.index
        view = panel.panel(self._presenter, index.works[work], index.passages[work, passage])
        with self._renderers[self._suffixes[suffix]].one() as renderer:
            return panels.panel(passage, renderer.render(view))

    def _card(self, work: str, suffix: str) -> bytes:
        view = text.card_view(self._presenter, self.edition.index.works[work])
        with self._renderers[self._suffixes[suffix]].one() as renderer:
            return cards.card(renderer.render(view))

    @staticmethod
    def _is_sitemap(path: str) -> bool:
        return path == addresses.SITEMAP or paths.values("sitemap.{number}.xml", path) is not None

    def _for_machines(self, path: str) -> bytes | None:
        """A file for search engines or feed readers."""
        if not self._is_sitemap(path):
            return discovery.files(self.edition.project, ()).get(path)
        return self._whole.get(path) if self.edition.project.site.address else None


class _Pool:
    """Renderers of one view of the site, each used by one thread at a time; more are made when all are in
    use.
    """

    def __init__(self, make: Callable[[], Renderer]) -> None:
        self._make = make
        self._free: list[Renderer] = []

    @contextmanager
    def one(self) -> Iterator[Renderer]:
        try:
            renderer = self._free.pop()
        except IndexError:
            renderer = self._make()
        yield renderer
        self._free.append(renderer)  # one in which a page has failed is not used again


class _Once:
    """Values by their keys.  Each is made once: a thread that asks for a value which another thread makes
    waits for it.  ``None`` and exceptions are not kept.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._futures: dict[Hashable, Future[Any]] = {}

    def get(self, key: Hashable, make: Callable[[], _T]) -> _T:
        """The value of a key.  The first thread that asks makes it; another one waits for it.

        An exception in ``make`` is raised in every thread that waits.  It is not kept, nor is ``None``: the
        next call makes the value again.
        """
        with self._lock:
            known = self._futures.get(key)
            future = self._futures.setdefault(key, Future()) if known is None else known
        if known is None:
            self._begin(key, future, make)
        found: _T = future.result()
        return found

    def _begin(self, key: Hashable, future: Future[Any], make: Callable[[], object]) -> None:
        found: object = None
        try:
            found = make()
            future.set_result(found)
        except BaseException as error:
            future.set_exception(error)
        finally:
            if found is None:
                with self._lock:
                    del self._futures[key]
