"""What a command imports: each library costs every run of the command its time."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from conftest import TINY

PACKAGE = Path(__file__).parents[2]
HEAVY = (
    *("yaml", "jinja2", "markupsafe", "lxml", "opencc", "markdown_it"),
    *("http", "socket", "urllib.request", "email", "xml", "zipfile", "asyncio", "multiprocessing"),
    *("concurrent", "unittest", "tempfile", "importlib.metadata", "dask", "distributed"),
)
"""Libraries, and modules of Python that take long to import."""
READING = {"markdown_it"}
"""What a check needs of them: the Markdown of pages."""
CONVERSION = {"opencc"}
"""Needed for a project that has a view in another script."""


def imported(code: str) -> set[str]:
    """The names of :data:`HEAVY` that are imported after some code ran in a new process."""
    code = f"import sys\n{code}\nprint(*[name for name in {HEAVY!r} if name in sys.modules])"
    run = [sys.executable, "-c", code]
    found = subprocess.run(run, cwd=PACKAGE, capture_output=True, text=True, check=True)
    return set(found.stdout.splitlines()[-1].split())


def test_the_start_of_the_command_imports_none_of_them() -> None:
    assert imported("import site_builder.cli.main") == set()


@pytest.mark.parametrize("module", ["check", "edges.load", "pipeline", "source.read", "edition.edition"])
def test_what_a_check_imports(module: str) -> None:
    assert imported(f"import site_builder.{module}") == set()


def test_a_check_imports_no_library_but_those_that_the_project_needs() -> None:
    found = imported(f"from site_builder.cli.main import main\nmain(['check', {str(TINY)!r}])")
    assert found - READING - CONVERSION == set()
    assert "markdown_it" in found
