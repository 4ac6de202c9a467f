"""Writing files to disk: only what changed, and completely or not at all."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from conftest import ROOT, on_disk
from hypothesis import given, settings
from hypothesis import strategies as st
from laws import examples

from site_builder.edges import claim, exchange, write
from site_builder.edges.write import MARKER, WriteRefused, Written

OLD = {"index.html": b"one", "a/b.html": b"two", "a/c.html": b"three"}
NEW = {"index.html": b"one", "a/b.html": b"2", "d.html": b"four"}


def pages(out: Path) -> dict[str, bytes]:
    return {name: data for name, data in on_disk(out).items() if name != MARKER}


def stamps(out: Path) -> dict[Path, tuple[int, int]]:
    found = {path: path.stat() for path in [out, *out.rglob("*")]}
    return {path: (status.st_ino, status.st_mtime_ns) for path, status in found.items()}


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """A folder with the files ``OLD``, alone in its parent."""
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


def test_a_file_that_a_person_added_is_removed(out: Path) -> None:
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
    with pytest.raises(WriteRefused, match="other files"):
        write.site(OLD, tmp_path)
    assert on_disk(tmp_path) == {"thesis.docx": b"years of work"}


@pytest.mark.parametrize("kind", ["repository", "work tree"])
def test_a_site_in_which_a_person_made_a_repository_is_refused(out: Path, kind: str) -> None:
    if kind == "repository":
        (out / ".git").mkdir()
    else:
        (out / ".git").write_text("gitdir: elsewhere\n")
    with pytest.raises(WriteRefused, match="must not be a Git repository"):
        write.site({**OLD, "new.html": b"new"}, out)
    assert pages(out).keys() - {".git"} == OLD.keys()
    assert (out / ".git").exists()


def test_an_empty_folder_is_accepted(tmp_path: Path) -> None:
    write.site(OLD, tmp_path)
    assert pages(tmp_path) == OLD


def test_a_file_and_a_link_are_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    for name in ("file", "link"):
        with pytest.raises(WriteRefused, match="must be a folder"):
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
    _fail_at(call, write, "_put", FAILURES[failure](), monkeypatch)
    with pytest.raises((OSError, KeyboardInterrupt)):
        write.site(NEW, out)
    assert pages(out) == OLD
    assert list(out.parent.iterdir()) == [out]


@pytest.fixture
def two_renames(monkeypatch: pytest.MonkeyPatch) -> None:
    """A system that cannot exchange two folders in one step."""
    monkeypatch.setattr(exchange, "in_one_step", lambda *_: False)


@pytest.mark.parametrize("failure", FAILURES)
@pytest.mark.parametrize("call", [1, 2])
def test_a_failure_while_renaming_leaves_the_old_site(
    failure: str, call: int, out: Path, two_renames: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    _fail_at(call, Path, "rename", FAILURES[failure](), monkeypatch)
    with pytest.raises((OSError, KeyboardInterrupt)):
        write.site(NEW, out)
    assert pages(out) == OLD
    assert list(out.parent.iterdir()) == [out]


def test_a_site_that_cannot_be_put_back_is_kept_and_put_back_later(
    out: Path, two_renames: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        real = Path.rename
        calls = iter(range(9))

        def rename(self: Path, target: Path) -> Path:
            if next(calls) >= 1:
                raise OSError("the disk is gone")
            return real(self, target)

        patch.setattr(Path, "rename", rename)
        with pytest.raises(OSError, match="gone"):
            write.site(NEW, out)
    assert not out.exists()
    kept = [path for path in out.parent.rglob("index.html") if path.read_bytes() == b"one"]
    assert kept, "the only copy of the old site must not be removed"
    assert write.recover(out)
    assert pages(out) == OLD
    assert list(out.parent.iterdir()) == [out]


@pytest.mark.parametrize("with_two_renames", [False, True])
def test_both_ways_to_exchange_give_the_new_site(
    with_two_renames: bool, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if with_two_renames:
        monkeypatch.setattr(exchange, "in_one_step", lambda *_: False)
    write.site(NEW, out)
    assert pages(out) == NEW
    assert list(out.parent.iterdir()) == [out]


@pytest.mark.skipif(sys.platform not in ("linux", "darwin"), reason="other systems have no such call")
def test_linux_and_macos_exchange_two_folders_in_one_step(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    for folder in (one, other):
        folder.mkdir()
        (folder / folder.name).touch()
    assert exchange.in_one_step(one, other)
    assert [path.name for path in (*one.iterdir(), *other.iterdir())] == ["other", "one"]
    assert not exchange.in_one_step(one, tmp_path / "missing")
    assert (one / "other").exists()


def test_a_folder_that_a_failed_write_made_is_removed_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _fail_at(1, write, "_put", OSError(28, "No space left on device"), monkeypatch)
    with pytest.raises(OSError, match="space"):
        write.site(NEW, tmp_path / "deep" / "er" / "_site")
    assert list(tmp_path.iterdir()) == []


# --- kills ------------------------------------------------------------------------------------------

KILLED = """
import os, signal, sys
from pathlib import Path
from site_builder.edges import exchange, write

step, two_renames, out = int(sys.argv[1]), sys.argv[2] == "True", Path(sys.argv[3])
files = {name: bytes.fromhex(data) for name, data in eval(sys.argv[4]).items()}
if two_renames:
    exchange.in_one_step = lambda *_: False

def audit(event, arguments):
    "Count the steps that change the disk, and be killed before the given one."
    global step
    writes = event == "open" and isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR)
    if writes or event in ("os.mkdir", "os.rename", "os.link", "os.remove", "os.rmdir", "ctypes.dlopen"):
        if step == 0:
            os.kill(os.getpid(), int(sys.argv[5]))
        step -= 1

sys.addaudithook(audit)
write.site(files, out)
"""


def killed(step: int, two_renames: bool, out: Path, number: signal.Signals) -> int:
    """Write ``NEW`` in a process that gets a signal before its ``step``-th change of the disk."""
    files = {name: data.hex() for name, data in NEW.items()}
    arguments = [str(step), str(two_renames), str(out), repr(files), str(int(number))]
    done = subprocess.run([sys.executable, "-c", KILLED, *arguments], cwd=ROOT, check=False)
    return done.returncode


@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
@pytest.mark.parametrize("two_renames", [False, True])
def test_a_kill_at_any_step_leaves_a_complete_site_and_the_next_build_removes_leftovers(
    two_renames: bool, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = set()
    for step in range(60):
        write.site(OLD, out)
        code = killed(step, two_renames, out, signal.SIGKILL)
        if code == 0:
            break
        assert code == -signal.SIGKILL
        if not two_renames:
            assert pages(out) in (OLD, NEW)
        write.recover(out)
        assert pages(out) in (OLD, NEW)
        seen.add("new" if pages(out) == NEW else "old")
        write.site(NEW, out)
        assert pages(out) == NEW
        assert list(out.parent.iterdir()) == [out]
    else:
        pytest.fail("the write never came to its end")
    assert step > 15
    assert seen == {"old", "new"}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_at_any_step_leaves_a_complete_site_and_nothing_else(
    number: signal.Signals, out: Path
) -> None:
    for step in range(0, 60, 3):
        write.site(OLD, out)
        code = killed(step, False, out, number)
        assert pages(out) in (OLD, NEW)
        assert list(out.parent.iterdir()) == [out]
        if code == 0:
            break
    assert step > 15


def test_what_a_killed_build_left_is_removed_though_nothing_changed(out: Path) -> None:
    left = claim.folder(out)
    (left / claim.NEW / "a").mkdir(parents=True)
    (left / claim.NEW / "a" / "b.html").write_bytes(b"half")
    (left / "lock").touch()
    assert write.site(OLD, out).changed == 0
    assert list(out.parent.iterdir()) == [out]


LEFT = ("._site-ab12cd_4", "._site-old-ab12cd34")


@pytest.mark.parametrize("name", LEFT)
def test_what_version_1_0_left_is_removed_when_it_is_old(name: str, out: Path) -> None:
    left = out.parent / name
    inner = left / "site" if "old" in name else left
    (inner / "a").mkdir(parents=True)
    (inner / "a" / "b.html").write_bytes(b"two")
    write.site(OLD, out)
    assert left.exists(), "a process of that version may still be writing to it"
    os.utime(left, (0, 0))
    write.site(OLD, out)
    assert list(out.parent.iterdir()) == [out]


@pytest.mark.parametrize(
    ("name", "holds"),
    [
        ("._site-ab12cd34", "thesis.docx"),
        ("._site-old-ab12cd34", "index.html"),
        ("._site-mine", "index.html"),
    ],
)
def test_a_folder_that_only_looks_like_one_of_version_1_0_stays(name: str, holds: str, out: Path) -> None:
    theirs = out.parent / name
    theirs.mkdir()
    (theirs / holds).write_bytes(b"mine")
    os.utime(theirs, (0, 0))
    write.site(NEW, out)
    assert on_disk(theirs) == {holds: b"mine"}


# --- two builds -------------------------------------------------------------------------------------

AT_ONCE = """
import sys
from pathlib import Path
from site_builder.edges import claim, exchange, write
write.site({f"{n}.html": sys.argv[2].encode() for n in range(60)}, Path(sys.argv[1]))
"""


def at_once(out: Path, pairs: int) -> None:
    """Pairs of processes that write two different sites to the same folder at the same time."""
    whole = [{f"{n}.html": which for n in range(60)} for which in (b"a", b"b")]
    for _ in range(pairs):
        both = [
            subprocess.Popen(
                [sys.executable, "-c", AT_ONCE, str(out), which], cwd=ROOT, stderr=subprocess.PIPE
            )
            for which in ("a", "b")
        ]
        for process in both:
            assert process.communicate()[1] == b""
            assert process.returncode == 0
        assert pages(out) in whole
        assert list(out.parent.iterdir()) == [out]


def test_two_builds_at_once_both_succeed_and_one_of_them_stays(out: Path) -> None:
    at_once(out, pairs=8)


def test_a_second_build_waits_and_says_so(out: Path) -> None:
    waited: list[str] = []
    with claim.work(out, lambda: None):
        with (
            pytest.raises(claim.Busy, match="another build"),
            claim.work(out, lambda: waited.append("x"), 0.2),
        ):
            pytest.fail("two processes have one work folder")
        assert write.recover(out) is False
    assert waited == ["x"]
    assert list(out.parent.iterdir()) == [out]


def test_a_disk_without_locks_is_written_to_by_one_at_a_time(
    out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: int) -> bool:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(claim, "locked", refuse)
    with (
        claim.work(out, lambda: None),
        pytest.raises(claim.Busy, match="delete"),
        claim.work(out, lambda: None, 0.1),
    ):
        pytest.fail("two processes have one work folder")
    write.site(NEW, out)
    assert list(out.parent.iterdir()) == [out]


def test_a_folder_of_others_with_the_name_of_the_work_folder_is_refused(out: Path) -> None:
    theirs = claim.folder(out)
    theirs.mkdir()
    (theirs / "notes.txt").write_bytes(b"mine")
    with pytest.raises(claim.NameTaken, match="something else"):
        write.site(NEW, out)
    assert on_disk(theirs) == {"notes.txt": b"mine"}
    assert pages(out) == OLD


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() != 0, reason="needs root")
def test_a_work_folder_of_another_user_is_refused(out: Path) -> None:
    theirs = claim.folder(out)
    theirs.mkdir()
    os.chown(theirs, 65534, 65534)
    with pytest.raises(claim.NameTaken, match="another user"):
        write.site(NEW, out)
    assert pages(out) == OLD


# --- modes ------------------------------------------------------------------------------------------


@pytest.fixture
def masked() -> Iterator[Callable[[int], int]]:
    """Sets the umask; it is as before afterwards."""
    before = os.umask(0o022)
    yield os.umask
    os.umask(before)


def modes(folder: Path) -> set[tuple[str, str]]:
    return {
        ("folder" if path.is_dir() else "file", f"{path.stat().st_mode & 0o777:o}")
        for path in [folder, *folder.rglob("*")]
    }


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no umask")
def test_files_and_folders_follow_the_umask(masked: Callable[[int], int], tmp_path: Path) -> None:
    for mask, expected in ((0o077, ("700", "600")), (0o022, ("755", "644")), (0o027, ("750", "640"))):
        masked(mask)
        write.site({**OLD, "new.html": str(mask).encode()}, tmp_path / "_site")
        assert modes(tmp_path / "_site") == {("folder", expected[0]), ("file", expected[1])}
        write.text(tmp_path / "x" / str(mask), "一\n")
        assert modes(tmp_path / "x" / str(mask)) == {("file", expected[1])}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no umask")
def test_a_file_that_is_replaced_keeps_its_mode(masked: Callable[[int], int], tmp_path: Path) -> None:
    path = tmp_path / "anchors.yaml"
    path.touch()
    path.chmod(0o664)
    write.text(path, "一\n")
    assert modes(path) == {("file", "664")}


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


def test_a_text_is_replaced_completely_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "new" / "anchors.yaml"
    write.text(path, "一\n")
    write.text(path, "二\r\n")
    assert path.read_bytes() == "二\r\n".encode()
    _fail_at(1, Path, "replace", OSError("full"), monkeypatch)
    with pytest.raises(OSError, match="full"):
        write.text(path, "三\n")
    assert on_disk(path.parent) == {"anchors.yaml": "二\r\n".encode()}


def test_several_files_are_replaced_or_none_and_no_folder_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, new = tmp_path / "old.yaml", tmp_path / "deep" / "er" / "new.yaml"
    old.write_bytes(b"old")
    for call in (1, 2):
        with monkeypatch.context() as patch:
            _fail_at(call, Path, "replace", OSError(28, "No space left on device"), patch)
            with pytest.raises(OSError, match="space"):
                write.together({old: b"x", new: b"y"})
        assert on_disk(tmp_path) == {"old.yaml": b"old"}
        assert list(tmp_path.iterdir()) == [old]
    write.together({old: b"x", new: b"y"})
    assert on_disk(tmp_path) == {"old.yaml": b"x", "deep/er/new.yaml": b"y"}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no FIFOs")
def test_a_path_that_is_no_regular_file_is_not_replaced(tmp_path: Path) -> None:
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)
    (tmp_path / "link").symlink_to(fifo)
    for name in ("fifo", "link"):
        with pytest.raises(OSError, match="no regular file"):
            write.text(tmp_path / name, "一\n")
    assert fifo.is_fifo()
    assert (tmp_path / "link").is_symlink()
    assert len(list(tmp_path.iterdir())) == 2


def test_what_a_killed_process_left_of_a_file_is_removed_and_no_file_of_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(write, "_MOMENT", -1)
    left = tmp_path / f"{claim.PREFIX}a[1].yaml-0123abcd"
    others = [tmp_path / name for name in (f"{claim.PREFIX}a1.yaml-0123abcd", ".a.yaml-0123abcd", "a.yaml~")]
    for path in (left, *others):
        path.touch()
    write.text(tmp_path / "a[1].yaml", "一\n")
    assert {*tmp_path.iterdir()} == {tmp_path / "a[1].yaml", *others}


@pytest.mark.skipif(sys.platform == "win32", reason="no sweeping there: an open file cannot be replaced")
def test_what_a_living_process_writes_is_not_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(write, "_MOMENT", -1)
    theirs = tmp_path / f"{claim.PREFIX}a.yaml-0123abcd"
    with theirs.open("wb") as stream:
        assert claim.locked(stream.fileno())
        write.text(tmp_path / "a.yaml", "一\n")
        assert theirs.exists()
    write.text(tmp_path / "a.yaml", "一\n")
    assert not theirs.exists()


# --- the law ----------------------------------------------------------------------------------------

NAMES = st.sampled_from(["a.html", "b.html", "c/a.html", "c/d/e.html", "f/a.html"])
SITES = st.dictionaries(NAMES, st.binary(max_size=3), max_size=5)


@settings(max_examples=examples(40))
@given(st.lists(SITES, min_size=1, max_size=4))
def test_a_folder_contains_the_files_that_were_written_last(
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


def test_many_who_write_one_file_at_once_all_succeed(tmp_path: Path) -> None:
    path = tmp_path / "ledger.yaml"

    def put(number: int) -> None:
        write.text(path, f"{number}\n" * 50)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(put, range(400)))
    assert len(set(path.read_text(encoding="utf-8").splitlines())) == 1
    assert [one.name for one in tmp_path.iterdir()] == [path.name]


def test_an_old_folder_is_put_back_only_where_nothing_is(tmp_path: Path) -> None:
    out, old = tmp_path / "out", tmp_path / "old"
    assert exchange.restore(out, old) is False
    old.write_bytes(b"a file")
    assert exchange.restore(out, old) is False
    old.unlink()
    (old / "deep").mkdir(parents=True)
    assert exchange.restore(out, old) is True
    assert (out / "deep").is_dir()
    old.mkdir()
    assert exchange.restore(out, old) is False
    assert (out / "deep").is_dir()
