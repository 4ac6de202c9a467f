"""The conductor: sources → project → checks → pages → files.

    load ─> read ─> link ─> check ─> pages ─> render ─> files

Nothing is written here: what comes out is either faults or the whole site as bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from site_builder import check, load, pages, read, style, urls
from site_builder.export import archive, checksum, onefile, passages, previews, search, tryout
from site_builder.links import Links, link
from site_builder.model import Problem, Project
from site_builder.pages.desk import Desk
from site_builder.render import Renderer
from site_builder.script import Simplifier

Say = Callable[[str], None]
Convert = Callable[[str], str]


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
    simplify = Simplifier(project.site.keep)
    desk = Desk(project, links, with_text=with_text)
    data = _data(desk, simplify)
    views = list(pages.views(desk, _listed(data)))
    files: dict[str, bytes] = {**data, **style.assets(desk)}
    for converted, convert in ((False, _unchanged), (True, simplify)):
        say("簡體" if converted else "正體")
        renderer = Renderer(desk, style.TEMPLATES, convert, converted=converted)
        rendered = {view.address: renderer.page(view) for view in views}
        tree = urls.CONVERTED if converted else ""
        files |= {tree + address: page.encode() for address, page in rendered.items()}
        files[tree + urls.ONEFILE] = _onefile(desk, files, rendered, converted)
    return files | _packed(project, files, say)


def _data(desk: Desk, simplify: Convert) -> dict[str, bytes]:
    project, links = desk.project, desk.links
    found = {
        **passages.passages(project, links, simplify, with_text=desk.with_text),
        "passages.schema.json": passages.schema(project),
        "previews.js": previews.previews(desk, _unchanged),
        "previews-hans.js": previews.previews(desk, simplify),
        "search.js": search.search(desk, _unchanged),
        "search-hans.js": search.search(desk, simplify),
        "try.js": tryout.tryout(desk, simplify),
    }
    return {f"data/{name}": content for name, content in found.items()}


def _onefile(desk: Desk, files: Mapping[str, bytes], rendered: Mapping[str, str], converted: bool) -> bytes:
    return onefile.onefile(
        rendered,
        "".join(files[f"assets/{name}.css"].decode() for name in ("page", "parts", "text", "frame")),
        files["assets/print.css"].decode(),
        lang="zh-Hans" if converted else "zh-Hant",
        kept=urls.reading(desk.links.only_work),
        left=(urls.SEARCH, urls.TRYOUT),
    )


def _packed(project: Project, files: Mapping[str, bytes], say: Say) -> dict[str, bytes]:
    """The site in one archive, and the checksums of what people download."""
    say("壓縮")
    packed = {"data/site.zip": archive.archive(files, f"{project.works[0].id}-{project.site.version}")}
    offered = {
        name: files[name]
        for name in files
        if name.startswith("data/passages") or name.endswith("edition.html")
    }
    digests = {name: checksum(content) for name, content in (offered | packed).items()}
    return packed | {"data/SHA256SUMS": archive.checksums(offered | packed, digests)}


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
