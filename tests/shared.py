"""What the workers of one run make once and share.

The first worker that needs a thing makes it; the others wait for it and read it.  The folder lives as long as
the run, so nothing is kept from one run to the next.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import pickle
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")
VARIABLE = "SITE_BUILDER_TESTS_SHARED"


def begin() -> None:
    """Make the folder of the run.  The process that starts the workers makes it; they inherit its name.

    Where the environment keeps Python from writing bytecode, it is written to this folder.  Otherwise each of
    some hundred programs that the tests start compiles the whole tool.
    """
    made = os.environ[VARIABLE] = tempfile.mkdtemp(prefix="site-builder-tests-")
    if os.environ.pop("PYTHONDONTWRITEBYTECODE", ""):
        os.environ["PYTHONPYCACHEPREFIX"] = str(Path(made) / "bytecode")


def end() -> None:
    shutil.rmtree(os.environ.pop(VARIABLE), ignore_errors=True)


@contextmanager
def _alone(name: str) -> Iterator[Path]:
    """The path of a thing in the folder, while no other process makes it."""
    path = Path(os.environ[VARIABLE]) / hashlib.sha256(name.encode()).hexdigest()[:16]
    with path.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield path


def value(name: str, make: Callable[[], T]) -> T:
    """A value of a name, made by one worker; the others get an equal one.

    :param make: makes it; what fails is tried again by the next worker.
    """
    with _alone(name) as path:
        if not path.exists():
            made = make()
            new = path.with_suffix(".new")
            new.write_bytes(pickle.dumps(made))
            new.rename(path)
            return made
    found: T = pickle.loads(path.read_bytes())
    return found


def folder(name: str, fill: Callable[[Path], object]) -> Path:
    """A folder of a name, filled by one worker; no test may change it."""
    with _alone(name) as path:
        if not path.exists():
            new = path.with_suffix(".new")
            shutil.rmtree(new, ignore_errors=True)
            fill(new)
            new.rename(path)
    return path
