"""What the tests share: two projects, the sites made of them, and the option that rewrites goldens.

``tests/tiny`` is a second, faultless project with another text, grid and codebook.  What passes on
both is true of the tool and not of one article.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

import laws
import pytest
from proof_tools import checked, made
from skips import pytest_make_collect_report, pytest_runtest_makereport

from site_builder import build, write
from site_builder.build import Checked

laws.register()
__all__ = ["pytest_make_collect_report", "pytest_runtest_makereport"]  # hooks of pytest

ROOT = Path(__file__).resolve().parent.parent
TINY = ROOT / "tests" / "tiny"
Files = Mapping[str, bytes]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-goldens",
        action="store_true",
        help="write the reports of tests/cases anew; then read every one of them",
    )


def site_of(found: Checked, *, with_text: bool = True) -> Files:
    """Every file of the site of a project that must be sound."""
    assert found.sound, "\n".join(map(str, found.problems))
    assert found.project is not None
    assert found.links is not None
    return build.site(found.project, found.links, with_text=with_text)


def on_disk(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="session")
def real() -> Checked:
    """The edition of this repository, read and checked."""
    return checked(ROOT)


@pytest.fixture(scope="session")
def tiny() -> Checked:
    return checked(TINY)


@pytest.fixture(scope="session")
def real_site() -> Files:
    return made(ROOT)


@pytest.fixture(scope="session")
def tiny_site() -> Files:
    return made(TINY)


@pytest.fixture(scope="session")
def good_site(tiny_site: Files, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the site of the faultless project; no test may change it."""
    out = tmp_path_factory.mktemp("good") / "_site"
    write.site(tiny_site, out)
    return out


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the tiny project, free to be changed."""
    folder = tmp_path / "project"
    shutil.copytree(TINY, folder)
    return folder
