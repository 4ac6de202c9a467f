"""Files onto disk: only what changed, whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import on_disk
from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder import write
from site_builder.write import MARKER, NotOurs, Written

OLD = {"index.html": b"one", "a/b.html": b"two", "a/c.html": b"three"}
NEW = {"index.html": b"one", "a/b.html": b"2", "d.html": b"four"}


def pages(out: Path) -> dict[str, bytes]:
    return {name: data for name, data in on_disk(out).items() if name != MARKER}


def stamps(out: Path) -> dict[Path, tuple[int, int]]:
    found = {path: path.stat() for path in [out, *out.rglob("*")]}
    return {path: (status.st_ino, status.st_mtime_ns) for path, status in found.items()}


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """A folder that holds ``OLD``, alone in its parent."""
    folder = tmp_path / "parent" / "_site"
    write.site(OLD, folder)
    return folder


def test_a_new_folder_holds_the_files_and_the_marker(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "_site"
    assert write.site(OLD, folder) == Written(files=3, changed=3, removed=0)
    assert pages(folder) == OLD
    assert (folder / MARKER).is_file()


def test_a_second_write_of_the_same_touches_nothing(out: Path) -> None:
    before = stamps(out)
    assert write.site(OLD, out) == Written(files=3, changed=0, removed=0)
    assert stamps(out) == before


def test_what_changed_is_written_and_what_is_gone_is_removed(out: Path) -> None:
    assert write.site(NEW, out) == Written(files=3, changed=2, removed=1)
    assert pages(out) == NEW


def test_what_did_not_change_is_the_same_file_as_before(out: Path) -> None:
    before = (out / "index.html").stat()
    write.site(NEW, out)
    after = (out / "index.html").stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_a_disk_without_hard_links_gets_copies(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError("no links here")

    monkeypatch.setattr(os, "link", refuse)
    write.site(NEW, out)
    assert pages(out) == NEW


def test_a_file_put_in_by_hand_is_removed(out: Path) -> None:
    (out / "a" / "mine.html").write_bytes(b"mine")
    assert write.site(OLD, out).removed == 1
    assert pages(out) == OLD


def test_a_file_may_become_a_folder_and_a_folder_a_file(out: Path) -> None:
    turned = {"a": b"file now", "index.html/x.html": b"folder now"}
    write.site(turned, out)
    assert pages(out) == turned


# --- folders of others ------------------------------------------------------------------------------


def test_a_folder_that_holds_something_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "thesis.docx").write_bytes(b"years of work")
    with pytest.raises(NotOurs, match="other files"):
        write.site(OLD, tmp_path)
    assert on_disk(tmp_path) == {"thesis.docx": b"years of work"}


def test_an_empty_folder_is_taken(tmp_path: Path) -> None:
    write.site(OLD, tmp_path)
    assert pages(tmp_path) == OLD


def test_a_file_and_a_link_are_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    for name in ("file", "link"):
        with pytest.raises(NotOurs, match="must be a folder"):
            write.site(OLD, tmp_path / name)
    assert on_disk(tmp_path) == {"file": b""}


# --- failures ---------------------------------------------------------------------------------------

Fail = Callable[[], BaseException]
FAILURES: dict[str, Fail] = {
    "a full disk": lambda: OSError(28, "No space left on device"),
    "an interrupt": KeyboardInterrupt,
}


@pytest.mark.parametrize("failure", FAILURES)
@pytest.mark.parametrize("call", [1, 2])
def test_a_failure_while_writing_leaves_the_old_site(
    failure: str, call: int, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _fail_at(call, Path, "write_bytes", FAILURES[failure](), monkeypatch)
    with pytest.raises((OSError, KeyboardInterrupt)):
        write.site(NEW, out)
    assert pages(out) == OLD
    assert list(out.parent.iterdir()) == [out]


@pytest.mark.parametrize("failure", FAILURES)
@pytest.mark.parametrize("call", [1, 2])
def test_a_failure_while_renaming_leaves_the_old_site(
    failure: str, call: int, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _fail_at(call, Path, "rename", FAILURES[failure](), monkeypatch)
    with pytest.raises((OSError, KeyboardInterrupt)):
        write.site(NEW, out)
    assert pages(out) == OLD
    assert list(out.parent.iterdir()) == [out]


def test_a_site_that_cannot_be_put_back_is_kept_beside(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = Path.rename
    calls = iter(range(9))

    def rename(self: Path, target: Path) -> Path:
        if next(calls) >= 1:
            raise OSError("the disk is gone")
        return real(self, target)

    monkeypatch.setattr(Path, "rename", rename)
    with pytest.raises(OSError, match="gone"):
        write.site(NEW, out)
    kept = [path for path in out.parent.rglob("index.html") if path.read_bytes() == b"one"]
    assert kept, "the only copy of the old site must not be removed"


def _fail_at(
    call: int, owner: type, name: str, error: BaseException, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = getattr(owner, name)
    calls = iter(range(1, 99))

    def failing(*arguments: object) -> object:
        if next(calls) == call:
            raise error
        return real(*arguments)

    monkeypatch.setattr(owner, name, failing)


# --- one text file ----------------------------------------------------------------------------------


def test_a_text_is_replaced_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "new" / "anchors.yaml"
    write.text(path, "一\n")
    write.text(path, "二\r\n")
    assert path.read_bytes() == "二\r\n".encode()
    _fail_at(1, Path, "replace", OSError("full"), monkeypatch)
    with pytest.raises(OSError, match="full"):
        write.text(path, "三\n")
    assert on_disk(path.parent) == {"anchors.yaml": "二\r\n".encode()}


# --- the law ----------------------------------------------------------------------------------------

NAMES = st.sampled_from(["a.html", "b.html", "c/a.html", "c/d/e.html", "f/a.html"])
SITES = st.dictionaries(NAMES, st.binary(max_size=3), max_size=5)


@settings(max_examples=40, deadline=None)
@given(st.lists(SITES, min_size=1, max_size=4))
def test_a_folder_holds_what_was_written_last(
    tmp_path_factory: pytest.TempPathFactory, sites: list[dict[str, bytes]]
) -> None:
    folder = tmp_path_factory.mktemp("law") / "_site"
    before: dict[str, bytes] = {}
    for files in sites:
        written = write.site(files, folder)
        assert pages(folder) == files
        assert written.files == len(files)
        assert written.removed == len(before.keys() - files.keys())
        before = files
