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

from collections.abc import Callable, Mapping
from dataclasses import replace

from site_builder.edition import addresses
from site_builder.edition.edition import Edition
from site_builder.edition.locale import converted, locales
from site_builder.formats import catalogue, makers
from site_builder.formats.format import FILES, PAGES, SITE, TAGS, Files, Format, Material
from site_builder.model import Work
from site_builder.site import assets, discovery, pages
from site_builder.site.medium import Rendered
from site_builder.site.pages import citing, panel, text
from site_builder.site.pictures import catalogue as pictures
from site_builder.site.presenter import Presenter
from site_builder.site.render import Renderer
from site_builder.site.script_data import panels, previews, search, texts, tryout

Say = Callable[[str], None]


class Assembler:
    """Assembles one edition.  ``say`` is called with the name of each step as it begins."""

    def __init__(self, edition: Edition, say: Say) -> None:
        self.edition = edition
        self.presenter = Presenter(edition)
        self.say = say
        self.locales = locales(edition.project)
        self.renderers = {
            locale.folder: Renderer(self.presenter, assets.TEMPLATES, locale) for locale in self.locales
        }

    def site(self) -> Material:
        """Every file of the site, and which of them are of which format.

        ``files`` has pages, style sheets, data for scripts and exports; ``formats`` has only the exports.
        """
        self.say("exporting")
        material = self.with_formats(replace(self.material(), files=self.script_data()), TAGS)
        material = self.with_pages(material)
        self.say("making the books")
        material = self.with_formats(material, PAGES)
        self.say("packing")
        packed = self.with_formats(self.with_summaries(material), SITE)
        return self.with_summaries(_with_archive(material, packed))

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

    def with_formats(self, material: Material, rests_on: str) -> Material:
        """A new material, with the files of all formats that are made from ``rests_on``; existing files
        stay.

        :param rests_on: ``tags``, ``pages``, ``files`` or ``site``; another word adds nothing.
        """
        files, formats = catalogue.made(material, rests_on)
        return replace(material, files=files, formats=formats)

    def script_data(self) -> dict[str, bytes]:
        """Data for the scripts of pages: path → content.

        Previews and search have a file for each view, with its folder in the name: ``data/previews.js`` and
        ``data/search.js`` for the first view, ``data/search-hans.js`` for another; so have the panels of the
        passages.  ``data/try.js`` and ``data/texts.js`` are for all views; ``data/texts-hans.js`` has the
        texts as another view shows them.  If the text may not be published, all leave it out.
        """
        says = {locale.language: locale.say for locale in self.locales}
        found = {"try.js": tryout.tryout(self.edition, says), "texts.js": texts.texts(self.edition)}
        for locale in self.locales:
            if locale.folder:
                found[f"texts{locale.suffix}.js"] = texts.shown(self.edition, locale)
            found[f"previews{locale.suffix}.js"] = previews.previews(self.edition, locale)
            found[f"search{locale.suffix}.js"] = search.search(self.presenter, locale)
        return {addresses.DATA + name: content for name, content in found.items()} | self._panels()

    def _panels(self) -> dict[str, bytes]:
        made = [(work, tuple(panel.panels(self.presenter, work))) for work in self.edition.project.works]
        return {
            path: content
            for renderer in self.renderers.values()
            for work, views in made
            for path, content in panels.panels(work, views, renderer.render, renderer.locale.suffix)
        }

    def with_pages(self, material: Material) -> Material:
        """A new material, with the pages of every view, style sheets, and files for search engines.

        The download page lists nothing yet.  Existing files stay, except those with the same path.
        """
        views = tuple(pages.views(self.presenter))
        drawn = tuple(pictures.every(self.presenter))
        images: dict[str, bytes] = {}
        found: dict[str, dict[str, Rendered]] = {}
        for folder, renderer in self.renderers.items():
            self.say(f"rendering the pages in {renderer.locale.language}")
            found[folder] = {view.address: renderer.page(view) for view in views}
            images |= {addresses.in_tree(one.href, folder): renderer.file(one) for one in drawn}
        return replace(
            material,
            views=views,
            pages=found,
            files={
                **material.files,
                **assets.assets(self.edition),
                **_in_trees(found),
                **images,
                **discovery.files(self.edition.project, views),
            },
        )

    def with_summaries(self, material: Material) -> Material:
        """A new material, with the files that list the others, and the page that offers all for download.

        Both are made again if they exist.  The lists have the files of ``material``, not the lists
        themselves, except that each one has those made before it.
        """
        listed = self.with_formats(material, FILES)
        view = citing.cite(self.presenter, catalogue.shelves(listed))
        offering = {
            folder: {view.address: renderer.page(view)} for folder, renderer in self.renderers.items()
        }
        return replace(listed, files={**listed.files, **_in_trees(offering)})


def _with_archive(material: Material, packed: Material) -> Material:
    """The files of ``material`` with the archive that ``packed`` has, and without its summaries."""
    return replace(
        material,
        files={**material.files, makers.ZIP: packed.files[makers.ZIP]},
        formats={**material.formats, makers.ZIP: packed.formats[makers.ZIP]},
    )


def _in_trees(found: Mapping[str, Mapping[str, Rendered]]) -> dict[str, bytes]:
    """Pages by their paths in the site."""
    return {
        addresses.in_tree(address, folder): page.text.encode()
        for folder, tree in found.items()
        for address, page in tree.items()
    }
