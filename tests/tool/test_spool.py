"""The temporary file of a large site holds the same files as the memory would."""

from __future__ import annotations

import hashlib
import zipfile
from collections import UserDict
from pathlib import Path

import page_reader
import pytest
from conftest import Files, differing
from proof_tools import checked
from works import SMALL

from site_builder import pipeline
from site_builder.edges import building, write
from site_builder.edges.spool import Spool
from site_builder.edition.edition import Edition
from site_builder.edition.sizes import Sizes
from site_builder.formats import archive, files
from site_builder.formats.files import InMemory, Inside, Joined, Sum

works_site, split_works_site = page_reader.works_site, page_reader.split_works_site


@pytest.fixture
def spool(tmp_path: Path) -> Spool:
    return Spool(tmp_path)


def test_a_file_is_read_as_it_was_put(spool: Spool) -> None:
    spool.update({"a": b"one", "b/c": b"", "d": bytes(range(256)) * 999})
    spool["a"] = b"two, longer"
    assert dict(spool) == {"a": b"two, longer", "b/c": b"", "d": bytes(range(256)) * 999}
    assert list(spool) == ["a", "b/c", "d"]
    assert "a" in spool
    assert "e" not in spool
    with pytest.raises(KeyError):
        spool["e"]
    del spool["a"]
    assert list(spool) == ["b/c", "d"]


def test_a_file_of_several_parts_has_the_sum_of_all_of_it(spool: Spool) -> None:
    large = bytes(range(256)) * 9_999
    stored = {"none": b"", "one": b"1", "large": large}
    spool.update(stored)
    more = Joined({"one": b"another", "new": b"n"}, Inside(Joined({}, spool), ""))
    stored |= {"one": b"another", "new": b"n"}
    assert list(more) == list(stored)
    assert len(more) == 4
    for name, content in stored.items():
        wanted = Sum(len(content), hashlib.sha256(content).hexdigest())
        assert more[name] == b"".join(files.chunks(more, name)) == content
        assert files.sum_of(more, name) == files.sum_of(stored, name) == wanted
        assert files.size(more, name) == files.size(stored, name) == len(content)
    assert max(map(len, files.chunks(more, "large"))) < len(large)
    for ask in (files.size, files.sum_of, files.chunks):
        with pytest.raises(KeyError):
            list(ask(more, "unknown"))  # a generator raises when it is read


def test_a_file_that_is_replaced_has_the_sum_of_the_new_one(spool: Spool) -> None:
    for content in (b"one", b"two"):
        spool["a"] = content
        assert spool.sum_of("a").sha256 == hashlib.sha256(content).hexdigest()


def test_nothing_is_left_in_the_folder(spool: Spool, tmp_path: Path) -> None:
    spool["a"] = b"one"
    assert list(tmp_path.iterdir()) == []
    spool.close()
    assert list(tmp_path.iterdir()) == []


def test_an_archive_of_its_own_files_is_that_of_the_memory(spool: Spool) -> None:
    files = {f"{number}.txt": str(number).encode() * 5_000 for number in range(20)}
    memory = InMemory(files)
    spool.update(files)
    for store in (memory, spool):
        store.write("all.zip", lambda out, store=store: archive.write(dict(store.view()), "top", out))
        store.update({"later": b"later"})
    assert spool["all.zip"] == memory["all.zip"] == archive.archive(files, "top")
    assert dict(spool) == dict(memory.view())


@pytest.fixture(scope="module")
def large(works_site: tuple[Path, Files]) -> Edition:
    """An edition of three works that is past the sizes."""
    found = checked(works_site[0]).edition(sizes=SMALL)
    assert found is not None
    return found


def test_a_large_site_is_the_same_in_the_spool_and_in_memory(
    large: Edition, split_works_site: Files, spool: Spool, tmp_path: Path
) -> None:
    assert not large.is_one_book
    in_memory = split_works_site
    spooled = pipeline.site(large, files=spool)
    assert differing(spooled, in_memory) == []
    lists = {"data/SHA256SUMS", "data/datapackage.json", "data/ro-crate-metadata.json"}
    assert {path for path in in_memory if path not in spool} == lists  # it was used, and not the memory
    out = tmp_path / "site"
    written = write.site(spooled, out)
    assert written.files == len(in_memory)
    assert {path: (out / path).read_bytes() for path in in_memory} == dict(in_memory)
    with zipfile.ZipFile(out / "data/site.zip") as packed:
        assert len(packed.namelist()) == len(in_memory) - 1


def test_only_a_large_site_is_spooled(large: Edition, tmp_path: Path) -> None:
    with building.files(large, tmp_path / "not" / "there" / "yet") as store:
        assert isinstance(store, Spool)
    small = Edition.of(large.project, sizes=Sizes())
    with building.files(small, tmp_path) as store:
        assert store is None


def test_the_files_in_a_folder_are_read_one_by_one() -> None:
    read = []

    class Noted(UserDict[str, bytes]):
        def __getitem__(self, name: str) -> bytes:
            read.append(name)
            return super().__getitem__(name)

    found = Inside(Noted({"a/b.txt": b"1", "b.txt": b"2", "a/c/d": b"3"}), "a/")
    assert (list(found), len(found)) == (["b.txt", "c/d"], 2)
    assert "b.txt" in found
    assert "d" not in found
    assert read == []
    assert found["c/d"] == b"3"
    assert read == ["a/c/d"]
