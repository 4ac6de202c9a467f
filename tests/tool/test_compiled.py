"""Templates that earlier processes compiled are used, and only those of this version and of the same text."""

from __future__ import annotations

import marshal
import sys
from pathlib import Path
from types import CodeType

import pytest
from conftest import TINY

from site_builder import pipeline
from site_builder.edges import building, compiled, keeping, load
from site_builder.edition.edition import Edition
from site_builder.pipeline.assemble import Assembler
from site_builder.site.templating import Compiled, Templates

TOOL = bytes(20)
"""The digest of a version of the tool."""
CODE = compile("1 + 1", "template", "eval")


@pytest.fixture(autouse=True)
def writes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As a process that writes bytecode, to a folder of the test."""
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path / "prefix"))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)


@pytest.fixture
def compiles(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the templates that were compiled."""
    names: list[str] = []
    own = Templates._compile

    def counted(self: Templates, source: str, filename: str) -> CodeType:
        names.append(Path(filename).name)
        return own(self, source, filename)

    monkeypatch.setattr(Templates, "_compile", counted)
    return names


@pytest.fixture(scope="module")
def edition() -> Edition:
    texts, problems = load.sources(TINY)
    assert not problems
    found = pipeline.check_sources(texts).preview()
    assert found is not None
    return Edition.of(found.project)


def page(edition: Edition, tool: bytes, monkeypatch: pytest.MonkeyPatch) -> str:
    """A page as a new process makes it."""
    monkeypatch.setattr(Compiled, "_code", {})
    with compiled.beside(tool):
        assembler = Assembler(edition, lambda _: None)
        return assembler.reading_page(edition.project.works[0])


def test_a_second_process_compiles_nothing(
    edition: Edition, compiles: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    first = page(edition, TOOL, monkeypatch)
    assert "reading.html" in compiles
    number = len(compiles)
    assert page(edition, TOOL, monkeypatch) == first
    assert len(compiles) == number
    assert page(edition, b"another version".ljust(20), monkeypatch) == first
    assert len(compiles) == 2 * number


def test_after_the_block_nothing_is_kept(
    edition: Edition, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(ZeroDivisionError), compiled.beside(TOOL):
        raise ZeroDivisionError
    monkeypatch.setattr(Compiled, "_code", {})
    Assembler(edition, lambda _: None).reading_page(edition.project.works[0])
    assert not (tmp_path / "prefix").exists()


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def test_a_template_is_known_by_its_name_its_text_and_the_version(tmp_path: Path) -> None:
    beside = compiled.Beside(TOOL, tmp_path)
    assert beside.get("name", "1") is None
    beside.put("name", "1", CODE)
    assert beside.get("name", "1") == CODE
    assert beside.get("other", "1") is beside.get("name", "2") is None
    assert compiled.Beside(bytes(19) + b"1", tmp_path).get("name", "1") is None
    beside.put("name", "2", compile("2", "template", "eval"))
    assert beside.get("name", "1") is None
    assert eval(beside.get("name", "2")) == 2  # type: ignore[arg-type]
    assert len(files(tmp_path)) == 1


@pytest.mark.parametrize(
    "kept", [b"", TOOL, TOOL + b"1", TOOL + b"1\xff", TOOL + b"1" + marshal.dumps("text")]
)
def test_a_damaged_file_is_as_none(kept: bytes, tmp_path: Path) -> None:
    beside = compiled.Beside(TOOL, tmp_path)
    beside.put("name", "1", CODE)
    (path,) = files(tmp_path)
    whole = path.read_bytes()
    path.write_bytes(kept)
    assert beside.get("name", "1") is None
    path.write_bytes(whole[:-1])
    assert beside.get("name", "1") is None
    path.write_bytes(whole)
    assert beside.get("name", "1") == CODE


def test_nothing_is_written_where_python_writes_no_bytecode(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    compiled.Beside(TOOL, tmp_path).put("name", "1", CODE)
    assert files(tmp_path) == []


def test_a_folder_that_cannot_be_written_to_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "prefix").write_text("a file in the place of the folder", encoding="utf-8")
    beside = compiled.Beside(TOOL, tmp_path)
    beside.put("name", "1", CODE)
    assert beside.get("name", "1") is None
    assert files(tmp_path) == [tmp_path / "prefix"]


def test_what_a_full_disk_cuts_off_is_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    beside = compiled.Beside(TOOL, tmp_path)
    beside.put("name", "1", CODE)

    def full(*_: object) -> None:
        raise OSError("no space left on the device")

    monkeypatch.setattr(Path, "replace", full)
    beside.put("name", "2", CODE)
    assert beside.get("name", "1") == CODE
    assert len(files(tmp_path)) == 1


def test_a_build_with_a_cache_keeps_templates_and_one_without_does_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "folder", lambda: tmp_path)
    with building.engine(1, {}, keep=False):
        assert Compiled.beside is None
    with building.engine(1, {}):
        assert isinstance(Compiled.beside, compiled.Beside)
    assert Compiled.beside is None
