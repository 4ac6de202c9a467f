"""The conductor: sources → project → checks → pages → files.

    load ─> read ─> link ─> check ─> pages ─> render ─> files

Nothing is written here: what comes out is either faults or the whole site as bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from site_builder import check, load, pages, read, style, urls
from site_builder.export import passages as passages_export
from site_builder.export import search as search_export
from site_builder.links import Links, link
from site_builder.model import Problem, Project
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
        problems += check.run(project, links)
    return Checked(project=project, links=links, problems=tuple(check.ordered(problems)))


def site(
    project: Project, links: Links, *, with_text: bool = True, say: Say = lambda _: None
) -> Mapping[str, bytes]:
    """Every file of the site of a sound project: path → bytes.  The same input gives the same bytes."""
    simplify = Simplifier(project.site.keep)
    desk = Desk(project, links, with_text=with_text)
    data = {
        f"data/{name}": content
        for name, content in {
            **passages_export.passages(project, links, simplify, with_text=with_text),
            "passages.schema.json": passages_export.schema(project),
            "search.js": search_export.search(desk, simplify),
        }.items()
    }
    views = list(pages.views(desk, _listed(data)))
    files: dict[str, bytes] = {**data, **style.assets(project, desk.poles)}
    for converted, convert in ((False, _unchanged), (True, simplify)):
        say("簡體" if converted else "正體")
        renderer = Renderer(desk, style.TEMPLATES, convert, converted=converted)
        tree = urls.CONVERTED if converted else ""
        files |= {tree + view.address: renderer.page(view).encode() for view in views}
    return files


def _unchanged(text: str) -> str:
    return text


def _listed(data: Mapping[str, bytes]) -> tuple[tuple[str, str, bytes], ...]:
    notes = {
        "passages.json": "每段的文字（兩種字體）、標記與證據；位移以碼位計",
        "passages.schema.json": "上一檔的 JSON Schema",
    }
    return tuple(
        (name, notes.get(name.removeprefix("data/"), "每段的文字、標記與證據"), content)
        for name, content in data.items()
        if not name.endswith(".js")
    )
