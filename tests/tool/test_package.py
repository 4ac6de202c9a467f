"""The tool as a package: built, installed without this checkout, and run from another folder.

The bare environment holds the wheel and what the wheel says that it needs, and nothing else.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tarfile
import venv
import zipfile
from collections.abc import Iterator
from email import message_from_string
from email.message import Message
from importlib.metadata import Distribution, distribution
from pathlib import Path

import pytest
from conftest import ROOT, TINY, Files, differing, on_disk

from site_builder import VERSION

NAME = "citable-edition"
NEEDED_TO_BUILD = ("pyproject.toml", "LICENSE", "docs/package.md", "site_builder", "templates")


def run(*command: str | Path, cwd: Path, **variables: str) -> str:
    """The output of a program, which must succeed.  ``PYTHONPATH`` is not set."""
    env = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "COV_", "PIP_"))}
    found = subprocess.run(
        command, cwd=cwd, env={**env, **variables}, capture_output=True, text=True, check=False, timeout=300
    )
    assert found.returncode == 0, found.stdout + found.stderr
    return found.stdout


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sdist, and the wheel that is made of the sdist."""
    folder = tmp_path_factory.mktemp("package")
    source, out = folder / "source", folder / "dist"
    for name in NEEDED_TO_BUILD:
        path, target = ROOT / name, source / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if path.is_dir():
            shutil.copytree(path, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(path, target)
    build = "import sys; from setuptools import build_meta; getattr(build_meta, sys.argv[1])(sys.argv[2])"
    run(sys.executable, "-c", build, "build_sdist", out, cwd=source)
    with tarfile.open(next(out.glob("*.tar.gz"))) as archive:
        archive.extractall(folder / "unpacked", filter="data")
    run(sys.executable, "-c", build, "build_wheel", out, cwd=next((folder / "unpacked").iterdir()))
    return out


@pytest.fixture(scope="module")
def wheel(built: Path) -> Path:
    return next(built.glob("*.whl"))


@pytest.fixture(scope="module")
def metadata(wheel: Path) -> Message:
    with zipfile.ZipFile(wheel) as archive:
        [name] = [name for name in archive.namelist() if name.endswith(".dist-info/METADATA")]
        return message_from_string(archive.read(name).decode("utf-8"))


def requirements(of: Message) -> set[str]:
    """The names of the packages that are needed to run, not those of extras."""
    lines = of.get_all("Requires-Dist") or []
    return {re.split(r"[^\w.-]", line)[0] for line in lines if "extra ==" not in line}


def all_needed(names: set[str]) -> Iterator[Distribution]:
    """The packages of these names, and those that they need in turn."""
    ahead, seen = list(names), set[str]()
    while ahead:
        name = ahead.pop()
        if name not in seen:
            seen.add(name)
            found = distribution(name)
            yield found
            ahead += requirements(message_from_string(found.read_text("METADATA") or ""))


@pytest.fixture(scope="module")
def bare(wheel: Path, metadata: Message, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program folder of an environment with the wheel and its requirements."""
    home = tmp_path_factory.mktemp("bare")
    venv.create(home, symlinks=True)
    programs = home / ("Scripts" if os.name == "nt" else "bin")
    where = "import sysconfig; print(sysconfig.get_paths()['purelib'])"
    library = Path(run(programs / "python", "-c", where, cwd=home).strip())
    for needed in all_needed(requirements(metadata)):
        assert needed.files
        for top in {file.parts[0] for file in needed.files} - {"..", "__pycache__"}:
            (library / top).symlink_to(Path(str(needed.locate_file(top))))
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", programs / "python"]
    run(*pip, "install", "--quiet", "--no-deps", "--no-index", wheel, cwd=home)
    return programs


def test_the_wheel_holds_the_package_and_its_templates_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if ".dist-info/" not in name}
    modules = {path.relative_to(ROOT).as_posix() for path in (ROOT / "site_builder").rglob("*.py")}
    templates = {
        f"site_builder/templates/{path.relative_to(ROOT / 'templates').as_posix()}"
        for path in (ROOT / "templates").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    catalogues = {
        path.relative_to(ROOT).as_posix() for path in (ROOT / "site_builder" / "catalogues").rglob("site.*")
    }
    assert names == modules | templates | catalogues | {"site_builder/py.typed"}


def test_the_sdist_holds_what_the_wheel_is_made_of_and_its_licence(built: Path) -> None:
    with tarfile.open(next(built.glob("*.tar.gz"))) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {"pyproject.toml", "LICENSE", "docs/package.md", "templates/base.html"} <= names


def test_the_metadata_describe_the_tool(metadata: Message) -> None:
    """The version is that of the tool; that of an edition is in its ``project.yaml``."""
    assert (metadata["Name"], metadata["Version"]) == (NAME, VERSION)
    assert metadata["License-Expression"] == "MIT"
    words = f"{metadata['Summary']}\n{metadata.get_payload()}"
    assert len(words) > 500
    assert not re.search(r"[\u3400-\u9fff]", words), "no word of the article or of its editors"


def test_the_installed_tool_builds_the_same_site_from_another_folder(
    bare: Path, tiny_site: Files, tmp_path: Path
) -> None:
    shutil.copytree(TINY, tmp_path / "project")
    assert run(bare / "site-builder", "--version", cwd=tmp_path).strip() == f"site-builder {VERSION}"
    assert run(bare / "site-builder", "check", "project", cwd=tmp_path) == ""
    run(bare / "site-builder", "build", "project", "--out", "out", cwd=tmp_path)
    found = on_disk(tmp_path / "out")
    found.pop(".site-builder")  # the mark of a folder that a build may write over
    assert differing(found, tiny_site) == []


@pytest.mark.parametrize(
    "command", [("export", "--list"), ("check", "--rules"), ("check", "--schema", "grid")]
)
def test_the_installed_tool_has_all_that_its_other_commands_need(
    bare: Path, command: tuple[str, ...], tmp_path: Path
) -> None:
    assert len(run(bare / "site-builder", *command, cwd=tmp_path)) > 200


def test_nothing_of_the_checkout_is_found_by_the_installed_tool(bare: Path, tmp_path: Path) -> None:
    code = "import site_builder, sys; print(site_builder.__file__); print(*sys.path, sep='\\n')"
    found = run(bare / "python", "-c", code, cwd=tmp_path)
    assert str(ROOT / "site_builder") not in found
