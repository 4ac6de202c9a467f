"""The same pages made by other generators: a page for each work, passage and cell, in each view.

Hugo is the fastest generator in wide use.  Pelican is the Python program that is most like the tool: it
renders Markdown with Jinja templates, in one process.

Neither checks anything, converts the script, draws pictures, makes search data or writes exports.  The
second view has the words of the first.  Their pages have the text, the tags as links, the gist and the
neighbours, but not the citations, settings and panels of ours.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.corpus import CELLS, Heading, Passage, Work

VIEWS = ("", "hans/")
STYLE = (
    "body { max-width: 40em; margin: auto; line-height: 1.8 } .tag { border: 1px solid; padding: 0 .3em }\n"
)


@dataclass(frozen=True)
class Peer:
    name: str
    version: str
    command: tuple[str, ...]
    """Run in the folder of the project; it writes to its folder ``out``."""


def found(folder: Path) -> list[Peer]:
    """The peers that are installed in a virtual environment; their programs run in other folders."""
    folder = folder.absolute()
    peers = []
    for hugo in sorted(folder.glob("lib/python*/site-packages/hugo/binaries/hugo")):
        peers.append(
            Peer(
                "Hugo",
                _version(folder, "hugo"),
                (str(hugo), "--quiet", "--ignoreCache", "--destination", "out"),
            )
        )
    pelican = folder / "bin/pelican"
    if pelican.exists():
        command = (str(pelican), "content", "--output", "out", "--settings", "pelicanconf.py", "--quiet")
        peers.append(Peer("Pelican", _version(folder, "pelican"), command))
    return peers


def _version(folder: Path, package: str) -> str:
    names = sorted(folder.glob(f"lib/python*/site-packages/{package}-*.dist-info"))
    return names[-1].name.removesuffix(".dist-info").partition("-")[2] if names else ""


def write(peer: Peer, folder: Path, works: Iterable[Work]) -> None:
    """Write the project of a peer.  ``folder`` must not exist."""
    folder.mkdir(parents=True)
    (_hugo if peer.name == "Hugo" else _pelican)(folder, list(works))


def clean(folder: Path) -> None:
    """Remove the output and whatever the peer keeps between runs."""
    for name in ("out", "resources", "cache", "__pycache__"):
        shutil.rmtree(folder / name, ignore_errors=True)


def _put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _codes(passage: Passage) -> list[str]:
    return [tag.cell for tag in passage.tags]


# --- Hugo -------------------------------------------------------------------------------------------

_PAGES = """{{ $view := "VIEW" }}
{{ range $id, $work := hugo.Data.works }}
{{ $.AddPage (dict "path" $id "type" "work" "title" $work.title "params" (dict "work" $id "view" $view)) }}
{{ $ids := $work.order }}
{{ range $at, $passage := $ids }}
{{ $before := "" }}{{ if gt $at 0 }}{{ $before = index $ids (sub $at 1) }}{{ end }}
{{ $after := "" }}{{ if lt (add $at 1) (len $ids) }}{{ $after = index $ids (add $at 1) }}{{ end }}
{{ $params := dict "work" $id "passage" $passage "before" $before "after" $after "view" $view }}
{{ $text := dict "mediaType" "text/markdown" "value" (index $work.passages $passage).text }}
{{ $path := printf "%s/%s" $id $passage }}
{{ $.AddPage (dict "path" $path "type" "passage" "title" $passage "params" $params "content" $text) }}
{{ end }}
{{ end }}
{{ range hugo.Data.cells }}
{{ $path := printf "grid/%s" . }}
{{ $.AddPage (dict "path" $path "type" "cell" "title" . "params" (dict "cell" . "view" $view)) }}
{{ end }}
"""
_BASE = """<!doctype html><html lang="zh"><head><meta charset="utf-8"><title>{{ .Title }}</title>
<link rel="stylesheet" href="/style.css"></head><body>{{ block "main" . }}{{ end }}</body></html>
"""
_TAGS = """<p>{{ range .passage.cells }}<a class="tag" href="/{{ $.view }}grid/{{ . }}/">{{ . }}</a>{{ end }}
<span class="tag">{{ index .passage "function" }}</span> {{ .passage.gist }}</p>"""
_WORK = """{{ define "main" }}{{ $work := index hugo.Data.works .Params.work }}
{{ $view := .Params.view }}{{ $page := . }}<h1>{{ .Title }}</h1>
{{ range $work.blocks }}{{ if .level }}<h2 id="{{ .id }}">{{ .text }}</h2>{{ else }}
{{ $passage := index $work.passages .id }}<div id="{{ .id }}">{{ $page.RenderString $passage.text }}
{{ partial "tags.html" (dict "passage" $passage "view" $view) }}</div>{{ end }}{{ end }}{{ end }}
"""
_PASSAGE = """{{ define "main" }}{{ $p := .Params }}{{ $work := index hugo.Data.works $p.work }}
<p><a href="/{{ $p.view }}{{ $p.work }}/#{{ $p.passage }}">{{ $work.title }}</a></p>
<h1>{{ .Title }}</h1>{{ .Content }}
{{ partial "tags.html" (dict "passage" (index $work.passages $p.passage) "view" $p.view) }}
<nav>{{ with $p.before }}<a href="/{{ $p.view }}{{ $p.work }}/{{ . }}/">{{ . }}</a>{{ end }}
{{ with $p.after }}<a href="/{{ $p.view }}{{ $p.work }}/{{ . }}/">{{ . }}</a>{{ end }}</nav>{{ end }}
"""
_CELL = """{{ define "main" }}{{ $cell := .Params.cell }}{{ $view := .Params.view }}<h1>{{ .Title }}</h1><ol>
{{ range $id, $work := hugo.Data.works }}{{ range $work.order }}{{ $passage := index $work.passages . }}
{{ if in $passage.cells $cell }}
<li><a href="/{{ $view }}{{ $id }}/{{ . }}/">{{ $work.title }} {{ . }}</a> {{ $passage.gist }}</li>
{{ end }}{{ end }}{{ end }}</ol>{{ end }}
"""
_HOME = """{{ define "main" }}<ol>{{ range $id, $work := hugo.Data.works }}
<li><a href="/{{ $id }}/">{{ $work.title }}</a></li>
{{ end }}</ol>{{ end }}
"""


def _hugo(folder: Path, works: Sequence[Work]) -> None:
    _put(
        folder / "hugo.toml",
        'title = "charts"\nbaseURL = "https://example.org/"\n'
        'disableKinds = ["taxonomy", "term", "RSS", "sitemap", "404", "section"]\n',
    )
    _put(folder / "data/cells.json", json.dumps(CELLS))
    for work in works:
        data = {
            "title": work.title,
            "order": [passage.id for passage in work.passages],
            "blocks": [
                {"id": block.id, "level": 2, "text": block.text}
                if isinstance(block, Heading)
                else {"id": block.id}
                for block in work.blocks
            ],
            "passages": {
                passage.id: {
                    "text": passage.text,
                    "cells": _codes(passage),
                    "function": passage.function,
                    "gist": passage.gist,
                }
                for passage in work.passages
            },
        }
        _put(folder / f"data/works/{work.id}.json", json.dumps(data, ensure_ascii=False))
    for view in VIEWS:
        _put(folder / f"content/{view}_content.gotmpl", _PAGES.replace("VIEW", view))
    layouts = {
        "baseof": _BASE,
        "home": _HOME,
        "_partials/tags": _TAGS,
        "work/page": _WORK,
        "passage/page": _PASSAGE,
        "cell/page": _CELL,
    }
    for name, text in layouts.items():
        _put(folder / f"layouts/{name}.html", text)
    _put(folder / "static/style.css", STYLE)


# --- Pelican ----------------------------------------------------------------------------------------

_SETTINGS = """SITENAME = "charts"
SITEURL = ""
PATH = "content"
ARTICLE_PATHS = ["works"]
PAGE_PATHS = ["pages"]
PATH_METADATA = "(works|pages)/(?P<address>.*)\\\\.md"
ARTICLE_URL = PAGE_URL = "{address}.html"
ARTICLE_SAVE_AS = PAGE_SAVE_AS = "{address}.html"
SLUGIFY_SOURCE = "title"
TIMEZONE = "UTC"
DEFAULT_LANG = "zh"
DEFAULT_DATE = (2026, 1, 1)
THEME = "theme"
DIRECT_TEMPLATES = ["index"]
AUTHOR_SAVE_AS = CATEGORY_SAVE_AS = TAG_SAVE_AS = ""
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
MARKDOWN = {"extension_configs": {"markdown.extensions.attr_list": {}, "markdown.extensions.meta": {}}}
"""
_SHELL = """<!doctype html><html lang="zh"><head><meta charset="utf-8"><title>{{ KIND.title }}</title>
<link rel="stylesheet" href="/theme/style.css"></head>
<body><h1>{{ KIND.title }}</h1>{{ KIND.content }}</body></html>
"""
_INDEX = """<!doctype html><ol>{% for work in articles %}
<li><a href="/{{ work.url }}">{{ work.title }}</a></li>
{% endfor %}</ol>
"""


def _pelican(folder: Path, works: Sequence[Work]) -> None:
    _put(folder / "pelicanconf.py", _SETTINGS)
    for kind in ("article", "page"):
        _put(folder / f"theme/templates/{kind}.html", _SHELL.replace("KIND", kind))
    _put(folder / "theme/templates/index.html", _INDEX)
    _put(folder / "theme/static/style.css", STYLE)
    for view in VIEWS:
        _pelican_view(folder / "content", view, works)


def _pelican_view(content: Path, view: str, works: Sequence[Work]) -> None:
    cells: dict[str, list[str]] = {cell: [] for cell in CELLS}
    for work in works:
        parts = []
        for block in work.blocks[1:]:
            if isinstance(block, Heading):
                parts.append(f"## {block.text} {{: #{block.id} }}")
            else:
                parts += [f"{block.text}\n{{: #{block.id} }}", _pelican_tags(block, view)]
                for cell in _codes(block):
                    cells[cell].append(
                        f"1. [{work.title} {block.id}](/{view}{work.id}/{block.id}.html) {block.gist}"
                    )
        _document(content / f"works/{view}{work.id}.md", f"{view}{work.title}", "\n\n".join(parts))
        ids = [passage.id for passage in work.passages]
        for at, passage in enumerate(work.passages):
            near = [f"[{id_}](/{view}{work.id}/{id_}.html)" for id_ in ids[max(0, at - 1) : at + 2]]
            up = f"[{work.title}](/{view}{work.id}.html#{passage.id})"
            body = "\n\n".join((up, passage.text, _pelican_tags(passage, view), " ".join(near)))
            _document(
                content / f"pages/{view}{work.id}/{passage.id}.md", f"{view}{work.id} {passage.id}", body
            )
    for cell, listed in cells.items():
        _document(content / f"pages/{view}grid/{cell}.md", f"{view}{cell}", "\n".join(listed) or "無")


def _pelican_tags(passage: Passage, view: str) -> str:
    codes = " ".join(f"[{cell}](/{view}grid/{cell}.html){{: .tag }}" for cell in _codes(passage))
    return f"{codes} {passage.function} {passage.gist}"


def _document(path: Path, title: str, body: str) -> None:
    _put(path, f"Title: {title}\nSlug: {title.replace('/', '-').replace(' ', '-')}\n\n{body}\n")
