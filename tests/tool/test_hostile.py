"""Hostile values in every field and every name of a project: a problem, or a site that shows them as text.

Each value of each YAML file of ``tests/tiny`` gets a payload at its end, one at a time; values without a
problem are kept. Parsers then read the site with all kept values and must find no element, attribute or
address that came from a value.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml
from conftest import TINY, Files
from lxml import etree

from site_builder import check, pipeline
from site_builder.edges import load
from site_builder.edition import ledgers, recording
from site_builder.edition.edition import Edition
from site_builder.edition.index import build_index
from site_builder.model import Problem, Project
from site_builder.model.memory import Memory
from site_builder.source import parts, read

SOURCES, _ = load.sources(TINY)
BREAKING_OUT = "\" hostile=\"1\" onclick='hostile()' x=' & quot; < b hostile=1 > {{7*7}} {% raw %} ]]\\x"
TAGS = (
    "&quot; hostile=&#34;1</title></script><script>hostile()</script>"
    "<meta http-equiv=refresh content='0;url=//evil.example'>"
)
PAYLOADS = {"breaking out": (BREAKING_OUT, 40), "tags": (TAGS, 6)}
"""Payload, and how many fields take it at the least: all but the openings in ledgers refuse HTML."""
# A text of Markdown says so where a sign is meant as itself.
ESCAPED = re.sub(r"([\\<>&*_\[\]{}`#!\"'])", r"\\\1", BREAKING_OUT + TAGS)

Path_ = tuple[str | int, ...]


def leaves(value: object, path: Path_ = ()) -> Iterator[Path_]:
    """The places of texts in a value."""
    if isinstance(value, str):
        yield path
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, (*path, key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from leaves(inner, (*path, number))


def fields(name: str, value: object) -> Iterator[Path_]:
    """The texts that get the payload: all of a file; a few of each field of a ledger (lines are alike)."""
    seen: Counter[Path_] = Counter()
    for path in leaves(value):
        field = tuple(step for step in path if isinstance(step, str))
        seen[field] += 1
        if not name.endswith("anchors.yaml") or seen[field] <= 3:
            yield path


def put(value: Any, path: Path_, payload: str) -> None:
    for step in path[:-1]:
        value = value[step]
    value[path[-1]] += payload


def split(name: str, text: str) -> tuple[str, str]:
    """The YAML of a file and what follows it."""
    if name.endswith(".yaml"):
        return text, ""
    front, _, body = text.removeprefix("---\n").partition("\n---\n")
    return front, f"---\n{body}"


def joined(name: str, value: object, body: str) -> str:
    made: str = yaml.dump(
        value, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=1_000_000
    )
    return made if name.endswith(".yaml") else f"---\n{made}{body}"


_READ, _MEMORY = parts.Remembered(), Memory()


def problems(sources: Mapping[str, str], *, own: bool = False) -> tuple[Project | None, list[Problem]]:
    """The project of the sources and its errors.

    Most sources are those of the call before, and are neither read nor checked again.

    :param own: whether the ledger of addresses is the one in the sources.  Else it is made for them, since a
        payload in a text changes the words on record.
    """
    project, found = read.project(sources, read_part=_READ, memory=_MEMORY)
    if project is not None and not own:
        state = recording.of_project(replace(project, anchors=()))
        project = replace(project, anchors=recording.updated(state))
    if project is not None:
        found += check.run(Edition(project, build_index(project, _MEMORY), memory=_MEMORY))
    return project, check.errors(found)


def with_hostile_words(sources: Mapping[str, str]) -> dict[str, str]:
    """Every paragraph and heading of the text and of the pages ends in the payloads, as text."""
    made = dict(sources)
    text = made["corpus/canal/text.md"]
    made["corpus/canal/text.md"] = re.sub(
        r"(?m)^(.*\S) (\{#.*\})$", lambda m: f"{m[1]}{ESCAPED} {m[2]}", text
    )
    for name in [name for name in made if name.startswith("annotations/pages/")]:
        front, body = split(name, made[name])
        body = re.sub(r"(?m)(\[@[^\]]*\]。)", lambda m: f"{ESCAPED}{m[1]}", body)
        made[name] = f"---\n{front}\n{body}"
    return made


def published(sources: Mapping[str, str]) -> dict[str, str]:
    """The project with a ledger of its present text."""
    made = {name: text for name, text in sources.items() if not name.endswith("anchors.yaml")}
    project, _ = read.project(made)
    assert project is not None
    for kept in (
        *(ledgers.of_work(w, with_sentences=True) for w in project.works),
        ledgers.of_project(project),
    ):
        made[kept.path] = kept.text(None, recording.updated(kept.state))
    return made


@pytest.fixture(scope="module", params=PAYLOADS)
def hostile(request: pytest.FixtureRequest) -> tuple[Files, list[tuple[str, Path_]]]:
    """The site with the payload in every field that accepts it; and those fields."""
    witness = re.compile(r"corpus/canal/(witness|emendations)\..*")
    base = {name: text for name, text in SOURCES.items() if not witness.fullmatch(name)}
    record = base["corpus/canal/work.yaml"]
    base["corpus/canal/work.yaml"] = re.sub(r"(?m)^witness: .*\n", "", record).replace(
        "    script: Hant\n", "    script: Hant\n    address: https://example.org/copy?a=b\n"
    )
    base = published(with_hostile_words(base))
    _, faults = problems(base)
    assert faults == []
    payload, _ = PAYLOADS[request.param]
    kept: list[tuple[str, Path_]] = []
    made = dict(base)
    names = [name for name in base if name.endswith(".yaml") or "/pages/" in name]
    for name in names:
        front, body = split(name, base[name])
        value = yaml.load(front, Loader=yaml.CBaseLoader)
        together = deepcopy(value)
        for path in fields(name, value):
            alone = deepcopy(value)
            put(alone, path, payload)
            if problems({**base, name: joined(name, alone, body)}, own=name == "annotations/anchors.yaml")[1]:
                continue
            put(together, path, payload)
            made[name] = joined(name, together, body)
            kept.append((name, path))
    project, faults = problems(made)
    assert faults == []
    assert project is not None
    return pipeline.site(Edition.of(project)), kept


class _Found(HTMLParser):
    """The parts of a page that no page may have."""

    def __init__(self) -> None:
        super().__init__()
        self.wrong: list[str] = []
        self.script: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.wrong += [f"{tag} {name}" for name in given if name.startswith("on") or "hostile" in name]
        self.wrong += [f"{tag} with {name!r}" for name in given if not re.fullmatch(r"[a-z][a-z-]*", name)]
        if (
            tag == "meta"
            and (given.get("http-equiv") or "content-security-policy").lower() != "content-security-policy"
        ):
            self.wrong.append(f"meta {given}")
        for name in ("href", "src", "action", "data"):
            scheme = urlsplit((given.get(name) or "").strip()).scheme
            if scheme not in ("", "http", "https"):
                self.wrong.append(f"{tag} {name}={given[name]}")
        if tag in ("script", "link", "img", "iframe") and urlsplit(given.get("src") or "").netloc:
            self.wrong.append(f"{tag} from {given.get('src')}")
        if tag == "script" and "src" not in given:
            assert given.get("type") == "application/ld+json"
            self.script = ""

    def handle_data(self, data: str) -> None:
        if self.script is not None:
            self.script += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "script" and self.script is not None:
            json.loads(self.script)
            self.script = None


def test_no_element_attribute_or_address_of_a_page_comes_from_a_value(
    hostile: tuple[Files, list[tuple[str, Path_]]],
) -> None:
    files, _ = hostile
    pages = {name: data.decode() for name, data in files.items() if name.endswith(".html")}
    assert len(pages) > 50
    for name, text in pages.items():
        found = _Found()
        found.feed(text)
        found.close()
        assert not found.wrong, (name, found.wrong[:3])


def test_the_words_of_the_text_are_on_its_pages_unchanged(
    hostile: tuple[Files, list[tuple[str, Path_]]],
) -> None:
    files, _ = hostile
    for name in ("canal/index.html", "canal/p1.html", "edition.html"):
        root = etree.HTML(files[name].decode())
        shown = "".join(root.xpath("//*[@id='p1']")[0].itertext())
        assert shown.endswith(BREAKING_OUT + TAGS)


def test_the_files_for_other_programs_can_be_parsed(hostile: tuple[Files, list[tuple[str, Path_]]]) -> None:
    files, _ = hostile
    for name, data in files.items():
        if name.endswith((".json", ".jsonld")):
            json.loads(data)
        elif name.endswith(".xml"):
            etree.fromstring(data)
        elif name.startswith("data/") and name.endswith(".js"):
            json.loads(data.decode().partition("=")[2].rstrip(";\n"))
        elif name.endswith((".epub", ".qdpx")):
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                for inner in archive.namelist():
                    if inner.endswith((".xhtml", ".opf", ".xml", ".qde", ".svg")):
                        root = etree.fromstring(archive.read(inner))
                        assert not root.xpath("//*[local-name()='script'] | //@hostile | //@onclick"), inner


def test_text_fields_accept_harmless_characters(
    hostile: tuple[Files, list[tuple[str, Path_]]], request: pytest.FixtureRequest
) -> None:
    """The tests above must not be empty: fields that refuse such words have a fixed form."""
    _, kept = hostile
    _, least = PAYLOADS[request.node.callspec.params["hostile"]]
    assert len(kept) >= least
