"""Reads a project as it is in a folder, or as it was in a revision of its git repository."""

from __future__ import annotations

import io
import subprocess
import tarfile
import tempfile
from pathlib import Path

from site_builder.edges import find, load
from site_builder.model import Problem
from site_builder.source import layout


class NotFound(Exception):
    """The words name neither a folder with a project nor a revision of one; ``hint`` says what to write."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


def sources(name: str, project: Path) -> tuple[dict[str, str], list[Problem]]:
    """The source files of a project: path → text, with LF as line end; and the problems of their names and
    bytes (F002 to F008).

    A folder comes before a revision of the same name.  Of a revision the files are those of its commit,
    relative to ``project``.

    :param name: a folder that has ``corpus`` or ``annotations``; otherwise a revision of the repository that
        has ``project``.
    :raises NotFound: if it is neither; also if there is no git, or no project in the revision.
    """
    folder = Path(name)
    if find.is_project(folder):
        return load.sources(folder)
    if folder.is_dir():
        hint = "give the folder that contains corpus/ and annotations/, or a revision of git"
        raise NotFound(f"not a project: {name}", hint)
    with tempfile.TemporaryDirectory() as temporary:
        _extract(name, project, Path(temporary))
        return load.sources(Path(temporary))


def _extract(revision: str, project: Path, folder: Path) -> None:
    """Write the source files of a revision into an empty folder."""
    # the name is resolved first, so that git reads no name as an option
    wanted = ("--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    commit = _git(project, revision, "rev-parse", *wanted).decode().strip()
    tops = [top for top in layout.TOPS if _git(project, revision, "ls-tree", commit, f"{top}/")]
    if not tops:
        raise NotFound(f"no project in revision {revision}", "name a revision in which the project exists")
    packed = _git(project, revision, "archive", "--format=tar", commit, "--", *tops)
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        archive.extractall(folder, filter="data")


def _git(project: Path, revision: str, command: str, *words: str) -> bytes:
    """The output of git in the folder of the project.

    :param revision: as the user wrote it, for the message.
    :raises NotFound: if there is no git, no repository, or no such revision.
    """
    hint = "give a folder with a project, or a revision of the git repository that has the project"
    try:
        done = subprocess.run(["git", "-C", str(project), command, *words], capture_output=True, check=False)
    except FileNotFoundError:
        raise NotFound("git is not installed", "give two folders") from None
    if done.returncode:
        lines = done.stderr.decode("utf-8", "replace").strip().splitlines()
        reason = f" ({lines[-1]})" if lines else ""
        raise NotFound(f"neither a folder nor a revision: {revision}{reason}", hint)
    return done.stdout
