"""The archive of the site is made from that of an earlier build, and has the bytes of a new one."""

from __future__ import annotations

import hashlib
import io
import shutil
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from conftest import FLAT, change, differing, on_disk
from hypothesis import given
from hypothesis import strategies as st

from site_builder.cli.main import CLEAN, main
from site_builder.edges.archives import Archives
from site_builder.edges.store import Store
from site_builder.formats import archive, makers

PAGES = {
    "index.html": "<p>石堤</p>".encode() * 500,
    "hans/index.html": "<p>石堤与水</p>".encode() * 400,
    "data/長.txt": b"",
    "data/book.epub": bytes(range(256)) * 20,
}
FILES = st.dictionaries(
    st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="/"), min_size=1, max_size=8),
    st.binary(max_size=300) | st.text("甲乙abc", max_size=300).map(str.encode),
    max_size=6,
)


def written(files: Mapping[str, bytes], folder: str, earlier: bytes | None = None) -> bytes:
    out = io.BytesIO()
    archive.write(files, folder, out, None if earlier is None else io.BytesIO(earlier))
    return out.getvalue()


@pytest.fixture
def compressed(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """The contents of the files that are compressed."""
    contents: list[bytes] = []
    real = archive._deflated

    def noted(content: bytes) -> bytes:
        contents.append(content)
        return real(content)

    monkeypatch.setattr(archive, "_deflated", noted)
    return contents


@given(FILES)
def test_the_bytes_are_those_that_the_library_writes(files: dict[str, bytes]) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as plain:
        for name in sorted(files):
            plain.writestr(archive.entry(f"s/{name}"), files[name])
    assert written(files, "s") == out.getvalue()


@pytest.mark.parametrize(
    ("changes", "again"),
    [
        ({}, []),
        ({"index.html": "<p>石隄</p>".encode() * 500}, ["index.html"]),
        ({"new.html": b"new"}, ["new.html"]),
        ({"data/book.epub": b""}, ["data/book.epub"]),
    ],
    ids=["nothing", "of the same length", "a new file", "an empty file"],
)
def test_only_files_that_have_changed_are_compressed_again(
    changes: dict[str, bytes], again: list[str], compressed: list[bytes]
) -> None:
    earlier = written(PAGES, "site-1.0")
    files = {**PAGES, **changes}
    clean = written(files, "site-1.0")
    compressed.clear()
    assert written(files, "site-1.0", earlier) == clean
    assert compressed == [files[name] for name in again]


def test_a_file_that_was_removed_is_not_in_the_archive() -> None:
    earlier, files = written(PAGES, "site"), dict(list(PAGES.items())[:2])
    found = written(files, "site", earlier)
    assert found == written(files, "site")
    with zipfile.ZipFile(io.BytesIO(found)) as opened:
        assert opened.testzip() is None
        assert sorted(opened.namelist()) == sorted(f"site/{name}" for name in files)


def test_the_folder_of_another_version_has_new_names() -> None:
    assert written(PAGES, "site-2", written(PAGES, "site-1")) == written(PAGES, "site-2")


@given(FILES, FILES)
def test_with_any_earlier_archive_the_bytes_are_those_of_a_new_one(
    before: dict[str, bytes], after: dict[str, bytes]
) -> None:
    assert written(after, "s", written(before, "s")) == written(after, "s")
    assert written({**before, **after}, "s", written(before, "s")) == written({**before, **after}, "s")


def test_more_files_than_a_plain_zip_can_list_are_copied_too() -> None:
    """Past 65,535 files a zip has another end (zip64)."""
    files = {f"{number:05}": b"" for number in range(65_600)}
    earlier = written(files, "s")
    changed = {**files, "00007": b"seven"}
    assert written(changed, "s", earlier) == written(changed, "s")


def test_an_archive_that_is_changed_while_it_is_read_gives_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    earlier = written(PAGES, "site")
    real = zipfile.ZipFile.infolist

    def then_changed(own: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
        found = real(own)
        if isinstance(own.fp, io.BytesIO) and own.mode == "r":
            own.fp.seek(0)
            own.fp.write(b"\xff" * (len(earlier) - 100))
            own.fp.truncate()
        return found

    monkeypatch.setattr(zipfile.ZipFile, "infolist", then_changed)
    assert written(PAGES, "site", earlier) == written(PAGES, "site")


def test_what_is_no_archive_is_refused() -> None:
    with pytest.raises(zipfile.BadZipFile):
        written(PAGES, "site", b"no archive")


# --- which archives are used ------------------------------------------------------------------------


def test_only_an_archive_whose_bytes_are_known_is_used(tmp_path: Path) -> None:
    path, archives = tmp_path / "site.zip", Archives(Store(tmp_path / "cache"), b"tool")
    (tmp_path / "cache").mkdir()
    archives.remember(hashlib.sha256(b"the bytes").hexdigest())

    def used(archives: Archives = archives) -> bytes | None:
        with archives.known(path) as found:
            return None if found is None else found.read() or b"read to its end"

    assert used() is None  # there is none
    path.write_bytes(b"the bytes")
    assert used() == b"read to its end"
    assert used(Archives(Store(tmp_path / "cache"), b"another tool")) is None
    assert used(Archives(Store(tmp_path / "empty"), b"tool")) is None
    path.write_bytes(b"the byte")
    assert used() is None
    path.unlink()
    path.mkdir()
    assert used() is None


def test_an_error_while_an_archive_is_open_is_not_hidden(tmp_path: Path) -> None:
    archives = Archives(Store(tmp_path), b"tool")
    archives.remember(hashlib.sha256(b"the bytes").hexdigest())
    (tmp_path / "site.zip").write_bytes(b"the bytes")

    def write_to_a_full_disk() -> None:
        with archives.known(tmp_path / "site.zip") as found:
            assert found is not None
            raise OSError("full")

    with pytest.raises(OSError, match="full"):
        write_to_a_full_disk()


def test_a_build_copies_from_its_own_archive_and_from_no_other(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    compressed: list[bytes],
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("SITE_BUILDER_CACHE", str(tmp_path / "cache"))
    project, out = tmp_path / "project", tmp_path / "site"
    shutil.copytree(FLAT, project)

    def build(*options: str) -> int:
        compressed.clear()
        assert main(["build", str(project), "--out", str(out), "--jobs", "1", *options]) == CLEAN
        return sum(b"<html" in content[:200] for content in compressed)

    assert build() > 10
    path = out / makers.ZIP
    own = path.read_bytes()
    with zipfile.ZipFile(path) as opened, zipfile.ZipFile(tmp_path / "other.zip", "w") as other:
        for one in opened.infolist():
            other.writestr(one, opened.read(one), zipfile.ZIP_DEFLATED, 1)
    assert build("--stats", str(tmp_path / "stats.json")) == 0  # everything is copied
    assert path.read_bytes() == own
    shutil.copy(tmp_path / "other.zip", path)
    assert build("--stats", str(tmp_path / "stats.json")) > 10
    assert path.read_bytes() == own
    change(project, "annotations/project.yaml", "\ntitle: ", "\ntitle: More ")
    build()
    with_cache = on_disk(out)
    build("--no-cache")
    assert differing(on_disk(out), with_cache) == []
    capsys.readouterr()
