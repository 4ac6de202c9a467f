"""XML and zip of other programs: any bytes are opened or refused, within limits."""

from __future__ import annotations

import io
import os
import random
import re
import zipfile
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from laws import examples

from site_builder.importing import untrusted
from site_builder.importing.untrusted import Archive, Unsafe


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


def members(data: bytes) -> dict[str, bytes]:
    """All files of an archive, read one after the other."""
    return dict(Archive(io.BytesIO(data)))


METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)


@pytest.mark.parametrize("method", METHODS)
def test_an_archive_is_a_mapping_of_its_files(method: int) -> None:
    files = {"project.qde": b"<a/>", "sources/a.txt": "圳".encode() * 1000, "sources/b/c.txt": b""}
    data = packed([("sources/", b""), *files.items()], method)
    assert members(data) == files


def test_names_are_written_with_slashes() -> None:
    data = packed([("sources+a.txt", b"1")]).replace(b"sources+a", b"sources\\a")
    assert list(members(data)) == ["sources/a.txt"]


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
            members(bytes(data[: chance.choice((None, None, chance.randrange(len(data))))]))
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
        members(data)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"PK", "the archive must be a whole zip file / export it again"),
        (
            packed([("a/../../b", b"")]),
            "no name in the archive may lead out of it: 'a/../../b' / do not trust it",
        ),
        (link(), "the archive must hold no links: 'sources/a.txt' / do not trust it"),
        (
            packed([("a", b"1"), ("b", b"2")]).replace(b"b", b"a"),
            "every name must occur in the archive once: 'a' / export it again",
        ),
        (
            packed([("a", bytes(2_000_000))]),
            "a file of the archive is packed more than 200 times: 'a' / do not trust it",
        ),
        (
            packed([("a", b"water")], zipfile.ZIP_STORED).replace(b"water", b"waves"),
            "a file of the archive is damaged, or packed in an unknown way: 'a' / export it again",
        ),
    ],
    ids=["broken", "out", "link", "twice", "ratio", "damaged"],
)
def test_a_refusal_names_the_file_of_the_archive_and_the_next_step(data: bytes, message: str) -> None:
    with pytest.raises(Unsafe) as raised:
        members(data)
    assert f"{raised.value} / {raised.value.hint}" == message


@pytest.mark.parametrize("comment", [b"", b"x" * 1_000])
def test_no_read_of_an_archive_asks_for_more_than_the_limit_of_a_directory(
    comment: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not even the read that the library does without a size, to find the end of an archive."""
    sizes: list[int] = []

    class Recorded(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            sizes.append(-1 if size is None else size)
            return super().read(size)

    monkeypatch.setattr(untrusted, "DIRECTORY", 2_000)
    assert dict(Archive(Recorded(packed([("a", b"water")]) + comment))) == {"a": b"water"}
    assert sizes
    assert all(0 <= size <= 2_001 for size in sizes)


def test_the_texts_of_an_archive_are_read_up_to_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(untrusted, "UNPACKED", 12_000)
    archive = Archive(io.BytesIO(packed([("a", bytes(6_000)), ("b", bytes(6_000)), ("c", b"1")])))
    assert [len(archive[name]) for name in ("a", "b")] == [6_000, 6_000]
    with pytest.raises(Unsafe, match="texts of the archive must have at most"):
        archive["c"]


def test_a_text_of_an_archive_has_the_size_limit_of_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(untrusted, "LARGEST", 6_000)
    data = packed([("a", bytes(6_000)), ("b", bytes(6_001))])
    assert len(Archive(io.BytesIO(data))["a"]) == 6_000
    lying = data.replace((6_001).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    for one in (data, lying):
        with pytest.raises(Unsafe):
            Archive(io.BytesIO(one))["b"]


def test_a_member_that_is_not_requested_is_not_read_at_any_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(untrusted, "LARGEST", 1_000)
    archive = Archive(io.BytesIO(packed([("sources/sound.wav", bytes(50_000)), ("project.qde", b"<a/>")])))
    assert archive["project.qde"] == b"<a/>"


def test_a_text_with_too_high_a_compression_ratio_is_refused() -> None:
    bomb = packed([("a", bytes(2_000_000))])
    with pytest.raises(Unsafe, match="packed more than 200 times"):
        Archive(io.BytesIO(bomb))["a"]


def test_an_encrypted_text_is_refused_with_a_message() -> None:
    data = bytearray(packed([("a", b"water")]))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + offset] |= 1
    with pytest.raises(Unsafe, match="must not be encrypted"):
        members(bytes(data))


def test_a_directory_that_is_too_large_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(untrusted, "DIRECTORY", 100)
    with pytest.raises(Unsafe, match="at most 5000 files"):
        members(packed((f"file-{n}", b"") for n in range(4)))


def test_only_a_regular_file_is_opened(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for path in (pipe, tmp_path, Path(os.devnull)):
        with pytest.raises(Unsafe, match="not a regular file"):
            untrusted.regular(path)
    file = tmp_path / "file"
    file.write_bytes(b"water")
    with untrusted.regular(file) as opened:
        assert opened.read() == b"water"


def test_an_archive_of_too_many_files_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(untrusted, "MEMBERS", 3)
    with pytest.raises(Unsafe, match="at most 3 files"):
        members(packed((f"f{n}", b"") for n in range(4)))


def test_a_file_that_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(untrusted, "LARGEST", 100)
    for read in (untrusted.sized, untrusted.xml):
        with pytest.raises(Unsafe, match="at most"):
            read(bytes(101))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("declared", ["", "<?xml version='1.0' encoding='{}'?>\n"])
def test_a_document_is_read_whatever_its_encoding(encoding: str, declared: str) -> None:
    text = declared.format(encoding.removesuffix("-sig").upper()) + "<a>\n<b c='𠮷'>圳</b></a>"
    root = untrusted.xml(text.encode(encoding))
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
        untrusted.xml(text.encode())
    assert raised.value.line == line


@pytest.mark.parametrize("data", [b"<a>\xe9</a>", b"\xff\xfe<", b"\xfe\xff\xd8\x00"])
def test_a_document_in_another_encoding_is_refused(data: bytes) -> None:
    with pytest.raises(Unsafe):
        untrusted.xml(data)


@pytest.mark.parametrize("text", ["<a>" + "<b/>" * 50 + "</a>", "<a b='" + "' c='" * 50 + "'/>"])
def test_a_document_of_too_many_elements_or_attributes_is_refused(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(untrusted, "NODES", 40)
    for encoding in ("utf-8", "utf-16"):
        with pytest.raises(Unsafe, match="at most 40"):
            untrusted.xml(text.encode(encoding))


BROKEN = (
    *(b"", b"x", b"<a>", b"<a", b"<a/><b/>", b"<a></b>", b"<a>&x;</a>", b"<a b='1' b='2'/>", b"<a b=c/>"),
    *(b"<a>\x01</a>", b"<a>\xe9</a>", b"<a xmlns:b='&#1;'/>", b"<?xml v?><a/>"),
    *(b"<a>" * 1000, b"<a>" + b"x" * 7_000_000),
)


@pytest.mark.parametrize("data", BROKEN, ids=range(len(BROKEN)))
def test_a_message_does_not_name_the_parser(data: bytes) -> None:
    with pytest.raises(Unsafe) as raised:
        untrusted.xml(data)
    message = str(raised.value)
    assert message.startswith("the file must be well-formed XML: ")
    assert not re.search(r"(?i)libxml|xml_|parse|option|line \d|column|sax|pcdata|attvalue|huge", message)


def test_what_is_counted_is_what_is_parsed() -> None:
    """A document cannot hide its elements from the count by another encoding."""
    with pytest.raises(Unsafe):
        untrusted.xml(b"<?xml version='1.0' encoding='utf-7'?>+ADw-a/+AD4-")
    with pytest.raises(Unsafe):
        untrusted.xml("<?xml version='1.0' encoding='cp037'?><a/>".encode("cp037"))


@settings(max_examples=examples(300))
@given(st.binary(max_size=200) | st.text("<>/a ='\"&;![]?-\n", max_size=60).map(str.encode))
@example(b"<?xml version='1.0' encoding='x'?><a/>")
def test_any_bytes_are_opened_or_refused(data: bytes) -> None:
    refused = []
    for read in (members, untrusted.xml):
        try:
            read(data)
        except Unsafe as error:
            refused.append(error)
    assert refused  # nothing is both
    assert all(error.hint and error.line >= 1 for error in refused)
