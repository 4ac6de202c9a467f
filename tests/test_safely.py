"""XML and zip from elsewhere: whatever the bytes are, they open or are refused, and within limits."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Iterable

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from laws import examples

from site_builder.intake import safely
from site_builder.intake.safely import Unsafe


def packed(members: Iterable[tuple[str, bytes]], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return out.getvalue()


def link() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        entry = zipfile.ZipInfo("sources/a.txt")
        entry.external_attr = 0o120777 << 16
        archive.writestr(entry, "elsewhere")
    return out.getvalue()


METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)


@pytest.mark.parametrize("method", METHODS)
def test_an_archive_is_a_mapping_of_its_files(method: int) -> None:
    members = {"project.qde": b"<a/>", "sources/a.txt": "圳".encode() * 1000, "sources/b/c.txt": b""}
    data = packed([("sources/", b""), *members.items()], method)
    assert safely.members(data) == members


def test_names_are_written_with_slashes() -> None:
    data = packed([("sources+a.txt", b"1")]).replace(b"sources+a", b"sources\\a")
    assert list(safely.members(data)) == ["sources/a.txt"]


@pytest.mark.parametrize("method", METHODS)
def test_a_damaged_archive_is_refused_and_raises_nothing_else(method: int) -> None:
    whole = packed([("project.qde", bytes(range(256)) * 20), ("sources/a.txt", b"water" * 50)], method)
    chance = random.Random(method)
    refused = 0
    for _ in range(500):
        data = bytearray(whole)
        for _ in range(chance.randint(1, 3)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        try:
            safely.members(bytes(data[: chance.choice((None, None, chance.randrange(len(data))))]))
        except Unsafe:
            refused += 1
    assert refused > 100


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK",
        packed([("../outside", b"x")]),
        packed([("/absolute", b"x")]),
        packed([("C:/windows", b"x")]),
        packed([("a/../../outside", b"x")]),
        packed([("..+outside", b"x")]).replace(b"..+", b"..\\"),
        packed([("a", b"1"), ("b", b"2")]).replace(b"b", b"a"),
        link(),
    ],
    ids=["empty", "stump", "out", "absolute", "drive", "through", "backslash", "twice", "link"],
)
def test_an_archive_that_would_do_harm_is_refused(data: bytes) -> None:
    with pytest.raises(Unsafe):
        safely.members(data)


def test_an_archive_that_grows_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(safely, "UNPACKED", 10_000)
    data = packed([("a", bytes(6_000)), ("b", bytes(6_000))])
    with pytest.raises(Unsafe, match="unpack"):
        safely.members(data)
    lying = data.replace((6_000).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    with pytest.raises(Unsafe):
        safely.members(lying)


def test_an_archive_of_too_many_files_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(safely, "MEMBERS", 3)
    with pytest.raises(Unsafe, match="at most 3 files"):
        safely.members(packed((f"f{n}", b"") for n in range(4)))


def test_a_file_that_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(safely, "LARGEST", 100)
    for read in (safely.sized, safely.members, safely.xml):
        with pytest.raises(Unsafe, match="at most"):
            read(bytes(101))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("declared", ["", "<?xml version='1.0' encoding='{}'?>\n"])
def test_a_document_is_read_whatever_its_encoding(encoding: str, declared: str) -> None:
    text = declared.format(encoding.removesuffix("-sig").upper()) + "<a>\n<b c='𠮷'>圳</b></a>"
    root = safely.xml(text.encode(encoding))
    (child,) = root
    assert (root.tag, child.get("c"), child.text) == ("a", "𠮷", "圳")
    assert child.sourceline == 2 + bool(declared)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", 1),
        ("<a>\n<b>\n</a>", 3),
        ("<a/>\n<b/>", 2),
        ("<a>\n&x;</a>", 2),
        ("<a>" * 1000, 1),
        ('<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', 1),
        ('<!DOCTYPE a SYSTEM "http://example.org/a.dtd"><a/>', 1),
        ('<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a>&x;</a>', 1),
    ],
)
def test_a_document_that_is_broken_or_declares_a_type_is_refused(text: str, line: int) -> None:
    with pytest.raises(Unsafe) as raised:
        safely.xml(text.encode())
    assert raised.value.line == line


@pytest.mark.parametrize("data", [b"<a>\xe9</a>", b"\xff\xfe<", b"\xfe\xff\xd8\x00"])
def test_a_document_in_another_encoding_is_refused(data: bytes) -> None:
    with pytest.raises(Unsafe):
        safely.xml(data)


@pytest.mark.parametrize("text", ["<a>" + "<b/>" * 50 + "</a>", "<a b='" + "' c='" * 50 + "'/>"])
def test_a_document_of_too_many_elements_or_attributes_is_refused(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(safely, "NODES", 40)
    for encoding in ("utf-8", "utf-16"):
        with pytest.raises(Unsafe, match="at most 40"):
            safely.xml(text.encode(encoding))


def test_what_is_counted_is_what_is_parsed() -> None:
    """A document cannot hide its elements from the count by another encoding."""
    with pytest.raises(Unsafe):
        safely.xml(b"<?xml version='1.0' encoding='utf-7'?>+ADw-a/+AD4-")
    with pytest.raises(Unsafe):
        safely.xml("<?xml version='1.0' encoding='cp037'?><a/>".encode("cp037"))


@settings(max_examples=examples(300))
@given(st.binary(max_size=200) | st.text("<>/a ='\"&;![]?-\n", max_size=60).map(str.encode))
@example(b"<?xml version='1.0' encoding='x'?><a/>")
def test_any_bytes_are_opened_or_refused(data: bytes) -> None:
    refused = []
    for read in (safely.members, safely.xml):
        try:
            read(data)
        except Unsafe as error:
            refused.append(error)
    assert refused  # nothing is both
    assert all(error.hint and error.line >= 1 for error in refused)
