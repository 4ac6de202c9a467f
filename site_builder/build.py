"""The conductor: sources → project → checks → pages → files.

    load ─> read ─> link ─> check ─> pages ─> render ─> files

Nothing is written here: what comes out is either faults or the whole site as bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from site_builder import check, load, pages, read, style, urls
from site_builder.export import catalogue, makers, onefile, previews, search, tryout
from site_builder.export.format import FILES, PAGES, SITE, TAGS, Files, Format, Material
from site_builder.links import Links, link
from site_builder.model import Problem, Project
from site_builder.pages import citing
from site_builder.pages.desk import Desk
from site_builder.render import Renderer
from site_builder.script import Simplifier

Say = Callable[[str], None]


@dataclass(frozen=True, kw_only=True, slots=True)
class Checked:
    """A project that was read and checked, with every problem found, in order of place."""

    project: Project | None
    links: Links | None
    problems: tuple[Problem, ...]

    @property
    def sound(self) -> bool:
        return self.project is not None and not check.errors(list(self.problems))


def checked(folder: Path) -> Checked:
    """Read a project and run every rule over it."""
    sources, problems = load.sources(folder)
    project, faults = read.project(sources)
    problems = [*problems, *faults]
    links = link(project) if project is not None else None
    if project is not None and links is not None:
        unread = frozenset(p.place.path for p in problems if p.level == "error")
        problems += check.run(project, links, unread)
    return Checked(project=project, links=links, problems=tuple(check.ordered(problems)))


def site(
    project: Project, links: Links, *, with_text: bool = True, say: Say = lambda _: None
) -> Mapping[str, bytes]:
    """Every file of the site of a sound project: path → bytes.

    The same input gives the same bytes.
    """
    return _Press(Desk(project, links, with_text=with_text), say).site()[0]


def export(
    project: Project, links: Links, form: Format, *, with_text: bool = True, say: Say = lambda _: None
) -> Mapping[str, bytes]:
    """The files of one format, by their paths in the site; the same bytes as there."""
    desk = Desk(project, links, with_text=with_text)
    if form.rests_on == TAGS:
        return form.make(Material(desk=desk, simplify=Simplifier(project.site.keep)))
    files, formats = _Press(desk, say).site()
    return {name: files[name] for name, found in formats.items() if found is form}


class _Press:
    """Prints the site of a project.

    Files that tell of other files come last, and twice: no archive can hold its own checksum, so the site
    inside the archive tells of all files but that, and the site outside tells of that too.
    """

    def __init__(self, desk: Desk, say: Say) -> None:
        self.desk = desk
        self.say = say
        self.simplify = Simplifier(desk.project.site.keep)
        self.renderers = {
            converted: Renderer(desk, style.TEMPLATES, convert, converted=converted)
            for converted, convert in ((False, _unchanged), (True, self.simplify))
        }

    def site(self) -> tuple[Files, Mapping[str, Format]]:
        """The files, and which of them are of which format."""
        material = Material(desk=self.desk, simplify=self.simplify, files=self.scripts())
        self.say("匯出")
        material = self.with_all(material, TAGS)
        material = replace(material, pages=self.pages())
        sheets = style.assets(self.desk)
        material = replace(
            material,
            files={**material.files, **sheets, **_in_trees(material.pages)},
            alone={converted: self.alone(p, sheets, converted) for converted, p in material.pages.items()},
        )
        self.say("電子書")
        material = self.with_all(material, PAGES)
        inside = self.finished(material)
        self.say("壓縮")
        packed, formats = catalogue.made(inside, SITE)
        files = {**material.files, makers.ZIP: packed[makers.ZIP]}
        finished = self.finished(
            replace(material, files=files, formats={**material.formats, makers.ZIP: formats[makers.ZIP]})
        )
        return finished.files, finished.formats

    def with_all(self, material: Material, rests_on: str) -> Material:
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
        return {f"{makers.DATA}{name}": content for name, content in found.items()}

    def pages(self) -> dict[bool, dict[str, str]]:
        """Every page of each script: address → page.  Nothing is there yet to be downloaded."""
        views = list(pages.views(self.desk))
        found: dict[bool, dict[str, str]] = {}
        for converted, renderer in self.renderers.items():
            self.say("簡體" if converted else "正體")
            found[converted] = {view.address: renderer.page(view) for view in views}
        return found

    def alone(self, found: Mapping[str, str], sheets: Files, converted: bool) -> bytes:
        return onefile.onefile(
            found,
            "".join(sheets[f"assets/{name}.css"].decode() for name in ("page", "parts", "text", "frame")),
            sheets["assets/print.css"].decode(),
            lang="zh-Hans" if converted else "zh-Hant",
            kept=urls.reading(self.desk.links.only_work),
            left=(urls.SEARCH, urls.TRYOUT),
        )

    def finished(self, material: Material) -> Material:
        """With the files that tell of the others, and the page that offers them."""
        told = self.with_all(material, FILES)
        view = citing.cite(self.desk, catalogue.shelves(told))
        told_of = {converted: {view.address: r.page(view)} for converted, r in self.renderers.items()}
        return replace(told, files={**told.files, **_in_trees(told_of)})


def _in_trees(found: Mapping[bool, Mapping[str, str]]) -> dict[str, bytes]:
    """Pages by their paths in the site."""
    return {
        (urls.CONVERTED if converted else "") + address: page.encode()
        for converted, tree in found.items()
        for address, page in tree.items()
    }


def _unchanged(text: str) -> str:
    return text
