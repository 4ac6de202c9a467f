"""Prints the site of a project: its pages in both scripts, every format, and what tells of them.

::

    tags ─> formats of tags ──┐
    views ─> pages ─> books ──┼─> told of (sums, crate, download page) ─> archive ─> told of again ─> files

No archive can hold its own checksum.  So what tells of other files is made twice: the site inside the archive
tells of all files but that, and the site outside tells of that too.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from site_builder.edition import addresses
from site_builder.edition.conversion import simplifier
from site_builder.formats import catalogue, makers, onefile
from site_builder.formats.format import FILES, PAGES, SITE, TAGS, Files, Format, Material
from site_builder.model import Work
from site_builder.site import assets, discovery, pages
from site_builder.site.pages import citing, text
from site_builder.site.presenter import Desk
from site_builder.site.render import Renderer
from site_builder.site.script_data import previews, search, tryout
from site_builder.site.views import View

Say = Callable[[str], None]


class Press:
    """Prints one project; ``say`` is told what is being done."""

    def __init__(self, desk: Desk, say: Say) -> None:
        self.desk = desk
        self.say = say
        self.simplify = simplifier(desk.project)
        self.renderers = {
            converted: Renderer(desk, assets.TEMPLATES, convert, converted=converted)
            for converted, convert in ((False, _unchanged), (True, self.simplify))
        }

    def site(self) -> tuple[Files, Mapping[str, Format]]:
        """Every file of the site: path → bytes; and which of them are of which format."""
        self.say("匯出")
        material = self.made(replace(self.material(), files=self.scripts()), TAGS)
        material = self.printed(material)
        self.say("電子書")
        material = self.made(material, PAGES)
        self.say("壓縮")
        packed = self.made(self.told(material), SITE)
        archive, form = packed.files[makers.ZIP], packed.formats[makers.ZIP]
        whole = self.told(
            replace(
                material,
                files={**material.files, makers.ZIP: archive},
                formats={**material.formats, makers.ZIP: form},
            )
        )
        return whole.files, whole.formats

    def of(self, form: Format) -> Files:
        """The files of one format; where it rests on the tags alone, nothing else is made for it."""
        if form.rests_on == TAGS:
            return form.make(self.material())
        files, formats = self.site()
        return {name: files[name] for name, found in formats.items() if found is form}

    def material(self) -> Material:
        """What formats are made of before any file of the site stands."""
        return Material(desk=self.desk, simplify=self.simplify, reading=self.reading)

    def reading(self, work: Work) -> str:
        """The reading page of a work in Traditional."""
        return self.renderers[False].page(text.reading(self.desk, work))

    def made(self, material: Material, rests_on: str) -> Material:
        """With the files of all formats that rest on the same."""
        files, formats = catalogue.made(material, rests_on)
        return replace(material, files=files, formats=formats)

    def scripts(self) -> dict[str, bytes]:
        """Data for the scripts of pages."""
        found = {
            "previews.js": previews.previews(self.desk, _unchanged),
            "previews-hans.js": previews.previews(self.desk, self.simplify),
            "search.js": search.search(self.desk, _unchanged),
            "search-hans.js": search.search(self.desk, self.simplify),
            "try.js": tryout.tryout(self.desk, self.simplify),
        }
        return {addresses.DATA + name: content for name, content in found.items()}

    def printed(self, material: Material) -> Material:
        """With every page of each script; that of downloads offers nothing yet."""
        views = list(pages.views(self.desk))
        sheets = assets.assets(self.desk)
        found: dict[bool, dict[str, str]] = {}
        for converted, renderer in self.renderers.items():
            self.say("簡體" if converted else "正體")
            found[converted] = {view.address: renderer.page(view) for view in views}
        return replace(
            material,
            pages=found,
            alone={
                converted: self.alone(tree, sheets, views[0], converted) for converted, tree in found.items()
            },
            files={
                **material.files,
                **sheets,
                **_in_trees(found),
                **discovery.files(self.desk.project, views),
            },
        )

    def alone(self, tree: Mapping[str, str], sheets: Files, home: View, converted: bool) -> bytes:
        """The page of one script that holds all others."""
        return onefile.onefile(
            tree,
            "".join(sheets[f"assets/{name}.css"].decode() for name in ("page", "parts", "text", "frame")),
            sheets["assets/print.css"].decode(),
            head=self.renderers[converted].alone(home),
            lang="zh-Hans" if converted else "zh-Hant",
            kept=addresses.reading(self.desk.links.only_work),
            left=(addresses.SEARCH, addresses.TRYOUT),
        )

    def told(self, material: Material) -> Material:
        """With the files that tell of those that stand, and the page that offers them."""
        told = self.made(material, FILES)
        view = citing.cite(self.desk, catalogue.shelves(told))
        offering = {
            converted: {view.address: renderer.page(view)} for converted, renderer in self.renderers.items()
        }
        return replace(told, files={**told.files, **_in_trees(offering)})


def _in_trees(found: Mapping[bool, Mapping[str, str]]) -> dict[str, bytes]:
    """Pages by their paths in the site."""
    return {
        addresses.in_tree(address, converted): page.encode()
        for converted, tree in found.items()
        for address, page in tree.items()
    }


def _unchanged(text: str) -> str:
    return text
