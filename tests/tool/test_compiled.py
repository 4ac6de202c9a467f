"""Compiled templates are kept between processes, and are those of the templates."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import TINY
from jinja2 import Environment, FileSystemLoader

from site_builder import pipeline
from site_builder.edges import building
from site_builder.site import render


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[list[str | None]]:
    """The names of the templates that are compiled, with an empty cache and nothing compiled in advance."""
    found: list[str | None] = []
    whole = Environment.compile

    def noted(self: Environment, source: object, name: str | None = None, *more: object) -> object:
        found.append(name)
        return whole(self, source, name, *more)  # type: ignore[call-overload]

    monkeypatch.setattr(Environment, "compile", noted)
    monkeypatch.setenv("SITE_BUILDER_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(render._Compiled, "_code", {})
    yield found
    render.keep_compiled(None)


def home(sources: dict[str, str]) -> bytes:
    """The home page, as a process makes it that has compiled nothing."""
    render._Compiled._code.clear()
    edition = pipeline.check_sources(sources, ()).edition(with_text=True)
    assert edition is not None
    with building.engine(1, sources) as engine:
        return pipeline.site(edition, lambda _: None, engine)["index.html"]


def test_a_second_process_compiles_no_template(compiled: list[str | None]) -> None:
    sources = dict(building.checked(TINY, keep=False).texts)
    first = home(sources)
    assert len(compiled) > 30
    compiled.clear()
    project = sources["annotations/project.yaml"]
    changed = {**sources, "annotations/project.yaml": project.replace("圳邊", "河邊", 1)}
    assert changed != sources
    assert home(changed) != first
    assert compiled == []


def test_without_a_store_a_template_is_compiled_once_a_process(compiled: list[str | None]) -> None:
    sources = dict(building.checked(TINY, keep=False).texts)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SITE_BUILDER_CACHE", "")
        home(sources)
        first = len(compiled)
        home(sources)
    assert len(compiled) == 2 * first > 60


def test_another_version_of_the_tool_compiles_anew(compiled: list[str | None], tmp_path: Path) -> None:
    class Memory(dict[bytes, bytes]):
        def get(self, keys: list[bytes]) -> dict[bytes, bytes]:  # type: ignore[override]
            return {key: self[key] for key in keys if key in self}

        put = dict.update

    memory = Memory()
    (tmp_path / "one.html").write_text("{{ 1 }}", encoding="utf-8")
    for tool, count in ((b"a", 1), (b"a", 1), (b"b", 2)):
        render._Compiled._code.clear()
        render.keep_compiled(memory, tool)  # type: ignore[arg-type]
        environment = Environment(loader=FileSystemLoader(tmp_path), bytecode_cache=render._Compiled())
        assert environment.get_template("one.html").render() == "1"
        assert len(compiled) == count
    assert len(memory) == 2
