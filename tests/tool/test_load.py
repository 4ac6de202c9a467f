"""Project files in the forms that disks, systems and editors produce."""

from __future__ import annotations

import errno
import os
import shutil
import socket
import subprocess
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path

import pytest
from conftest import ROOT, TINY, differing, on_disk
from hypothesis import given
from hypothesis import strategies as st

from site_builder import pipeline
from site_builder.cli import report
from site_builder.cli.main import CLEAN, FAULTS, main
from site_builder.edges import load
from site_builder.language.characters import forbidden, is_forbidden, printable
from site_builder.model import Problem
from site_builder.model.memory import Memory
from site_builder.model.values import filenames
from site_builder.source import layout
from site_builder.source.parts import Remembered

PAGE = "---\nid: more\ntitle: 閘\ncites: false\n---\n"


def problems(folder: Path) -> tuple[Problem, ...]:
    """The problems except those of ledgers (family A) about new pages."""
    return tuple(p for p in load.checked(folder).problems if not p.code.startswith("A"))


def codes(folder: Path) -> list[tuple[str, str]]:
    return [(problem.place.path, problem.code) for problem in problems(folder)]


def texts(folder: Path) -> dict[str, str]:
    found, reported = load.sources(folder)
    assert reported == []
    return found


# --- line ends, byte order marks --------------------------------------------------------------------


@pytest.mark.parametrize("end", ["\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_every_line_end_and_a_byte_order_mark_are_read_as_one(copy: Path, end: str, mark: str) -> None:
    before = texts(copy)
    for name, data in on_disk(copy).items():
        (copy / name).write_bytes(mark.encode() + data.replace(b"\n", end.encode()))
    assert texts(copy) == before
    assert problems(copy) == ()


@pytest.mark.usefixtures("kept_results")
def test_the_bytes_of_a_witness_stay_whatever_is_read(copy: Path) -> None:
    witness = copy / "corpus/canal/witness.txt"
    data = witness.read_bytes().replace(b"\n", b"\r\n")
    witness.write_bytes(data)
    assert main(["build", str(copy)]) == CLEAN
    assert witness.read_bytes() == data


def git(*words: str | Path, cwd: Path) -> None:
    own = ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main"]
    subprocess.run(["git", *own, *words], cwd=cwd, check=True, capture_output=True)


def cloned(project: Path, folder: Path) -> Path:
    """A clone of a project as Git for Windows makes it."""
    git("init", "-q", ".", cwd=project)
    git("-c", "core.autocrlf=false", "add", ".", cwd=project)
    git("commit", "-q", "-m", "x", cwd=project)
    git("clone", "-q", "-c", "core.autocrlf=true", project, folder / "clone", cwd=folder)
    return folder / "clone"


def test_a_clone_with_the_line_ends_of_windows_has_no_fault(copy: Path, tmp_path: Path) -> None:
    clone = cloned(copy, tmp_path)
    assert b"\r\n" in (clone / "corpus/canal/witness.txt").read_bytes()
    assert b"\r\n" in (clone / "annotations/project.yaml").read_bytes()
    assert problems(clone) == ()


def test_a_clone_of_this_repository_on_windows_has_no_fault_and_the_bytes_of_the_witness(
    tmp_path: Path,
) -> None:
    project = tmp_path / "project"
    project.mkdir()
    names = [".gitattributes", "corpus", "annotations", "tests/cases/F002-not-utf-8"]
    for name, data in on_disk(ROOT / "corpus").items():
        (project / "corpus" / name).parent.mkdir(parents=True, exist_ok=True)
        (project / "corpus" / name).write_bytes(data)
    for name, data in on_disk(ROOT / "annotations").items():
        (project / "annotations" / name).parent.mkdir(parents=True, exist_ok=True)
        (project / "annotations" / name).write_bytes(data)
    binary = "tests/cases/F002-not-utf-8/annotations/pages/gates.md"
    for name in (names[0], binary):
        (project / name).parent.mkdir(parents=True, exist_ok=True)
        (project / name).write_bytes((ROOT / name).read_bytes())
    before = on_disk(project)
    clone = cloned(project, tmp_path)
    assert problems(clone) == ()
    witnesses = [name for name in before if name.endswith("witness.txt")]
    for name in (*witnesses, binary):
        assert (clone / name).read_bytes() == before[name]
    assert all(b"\r\n" not in data for name, data in on_disk(clone).items() if name.endswith(".yaml"))


# --- names ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        "annotations/canal/tags/editors/._1.yaml",
        "annotations/pages/.trash/home.md",
        "annotations/pages/.ipynb_checkpoints/home-checkpoint.md",
        "annotations/codebook/facets/.#things.yaml",
        "corpus/.DS_Store",
        "corpus/.canal/text.md",
        "annotations/__MACOSX/pages/home.md",
        "annotations/pages/Thumbs.db",
        "corpus/canal/LICENSE",
        "corpus/canal/README.md",
        "annotations/pages/README.md",
    ],
)
def test_hidden_and_harmless_files_are_ignored(copy: Path, name: str) -> None:
    before = texts(copy)
    (copy / name).parent.mkdir(parents=True, exist_ok=True)
    (copy / name).write_bytes(b"\x00\xff")
    if name.endswith("README.md"):
        (copy / name).write_text("about these files\n")
    assert texts(copy) == before


def test_a_page_may_be_called_readme(copy: Path) -> None:
    (copy / "annotations/pages/README.md").write_text(PAGE)
    assert "annotations/pages/README.md" in texts(copy)


@pytest.mark.parametrize("name", ["閘é.md", "å/more.md"])
def test_a_name_in_another_normal_form_is_the_same_name(copy: Path, name: str) -> None:
    path = copy / "annotations/pages" / unicodedata.normalize("NFD", name)
    path.parent.mkdir(exist_ok=True)
    path.write_text(PAGE)
    known = "annotations/pages/" + unicodedata.normalize("NFC", name)
    assert known in texts(copy)
    assert load.on_disk(copy, known) == path


@pytest.mark.parametrize(
    "name",
    ["nowhere.md", "nowhere/a.md", "annotations/nowhere/a.md", "annotations/project.yaml/a.md", "é/閘.md"],
)
def test_a_name_that_is_not_on_the_disk_is_used_as_it_is(copy: Path, name: str) -> None:
    assert load.on_disk(copy, name) == copy / name


def test_of_two_names_that_differ_in_their_normal_form_each_is_itself(copy: Path) -> None:
    paths = [copy / "annotations/pages" / unicodedata.normalize(form, "é.md") for form in ("NFC", "NFD")]
    for path in paths:
        path.write_text(PAGE)
    if len({path.stat().st_ino for path in paths}) < 2:
        pytest.skip("this disk takes the two names for one")
    assert [load.on_disk(copy, path.relative_to(copy).as_posix()) for path in paths] == paths


def test_a_work_in_another_normal_form_is_the_same_work(copy: Path) -> None:
    for top in ("corpus", "annotations"):
        form = "NFD" if top == "corpus" else "NFC"
        (copy / top / "canal").rename(copy / top / unicodedata.normalize(form, "é"))
    found = [problem for problem in problems(copy) if not problem.code.startswith("A")]
    assert [(problem.place.path, problem.code) for problem in found] == [("corpus/é/work.yaml", "S004")]


@pytest.mark.parametrize(
    ("one", "other"),
    [("Gates.md", "gates.md"), ("ﬁ.md", "FI.md"), ("é.md", "e\u0301.md"), ("É.md", "e\u0301.md")],
)
def test_names_that_are_one_on_some_disk_are_a_fault(copy: Path, one: str, other: str) -> None:
    pages = copy / "annotations/pages"
    (pages / "gates.md").unlink()
    for number, name in enumerate((one, other)):
        (pages / name).write_text(PAGE.replace("more", f"more{number}"))
    if len([path for path in pages.iterdir() if path.name in (one, other)]) < 2:
        pytest.skip("this disk takes the two names for one")
    assert [code for _, code in codes(copy)] == ["F008"]


@pytest.mark.parametrize(
    "name",
    [
        *("con.md", "AUX.md", "nul.x.md", "com1.md", "LPT9.md", "com¹.md", "conin$.md"),
        *("a<b.md", "a:b.md", "a?.md", "a*b.md", "a|b.md", 'a"b.md', "a\\b.md", "a\nb.md", "a\x1b.md"),
        *(" a.md", "é" * 120 + ".md"),
    ],
)
def test_a_name_that_some_disk_cannot_hold_is_a_fault(copy: Path, name: str) -> None:
    (copy / "annotations/pages" / name).write_text(PAGE)
    [problem] = problems(copy)
    assert problem.code == "F008"
    assert str(problem).isprintable()


def test_a_name_that_is_no_utf_8_is_a_fault_that_can_be_printed(copy: Path) -> None:
    (copy / "annotations/pages" / os.fsdecode(b"a\xff.md")).write_text(PAGE)
    [problem] = problems(copy)
    assert problem.code == "F008"
    assert str(problem).startswith("annotations/pages/a\\xff.md:1:1: ")
    assert main(["check", str(copy), "--format", "json"]) == FAULTS


@pytest.mark.parametrize(
    "name", ["console.md", "com10.md", "auxiliary.md", "閘.md", "a b.md", "lpt.md", "a.b.md"]
)
def test_a_name_that_every_disk_holds_is_none(name: str) -> None:
    assert filenames.fault(name) == ""


def test_the_folders_of_coders_are_names_too(copy: Path) -> None:
    tags = copy / "annotations/canal/tags"
    (tags / "reader").rename(tags / "aux")
    assert codes(copy) == [("annotations/canal/tags/aux", "F008")]


@given(st.text(min_size=1))
def test_every_name_is_a_source_or_a_folder_or_gets_a_hint(name: str) -> None:
    for top in ("corpus", "corpus/canal", "annotations", "annotations/canal", "annotations/pages"):
        assert layout.hint(f"{top}/{name}")
        assert layout.folder_hint(f"{top}/{name}", ["canal"])


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("annotations/pages/a.markdown", "rename it to a.md"),
        ("annotations/pages/A.MD", "rename it to A.md"),
        ("annotations/canal/tags/editors/1.yml", "rename it to 1.yaml"),
        ("annotations/canal/tags/editors/1.YAML", "rename it to 1.yaml"),
        ("corpus/canal/text.txt", "rename it to text.md"),
        ("corpus/canal/Text.md", "rename it to text.md"),
        ("corpus/canal/wittness.txt", "rename it to witness.txt"),
        ("annotations/Project.yml", "rename it to project.yaml"),
        ("annotations/pages/a.md.txt", "rename it to a.md"),
        ("annotations/canal/tags/editors/1.yaml.txt", "rename it to 1.yaml"),
        ("corpus/canal/text.md.orig", "remove it; it looks like a backup file of an editor"),
        ("annotations/pages/~$gates.md", "remove it; it looks like a backup file of an editor"),
        ("corpus/canal/#text.md#", "remove it; it looks like a backup file of an editor"),
    ],
)
def test_a_file_in_a_wrong_place_gets_a_hint_about_its_right_place(copy: Path, name: str, hint: str) -> None:
    path = copy / name
    (path.parent / hint.rpartition(" ")[2]).unlink(missing_ok=True)
    path.write_text("")
    [problem] = [problem for problem in problems(copy) if problem.code == "F004"]
    assert (problem.place.path, problem.level) == (name, "review")
    assert problem.hint == hint


def test_a_file_beside_one_of_the_right_name_is_not_to_be_renamed(copy: Path) -> None:
    (copy / "corpus/canal/text.txt").write_text("")
    [problem] = problems(copy)
    assert problem.hint == "remove it, or move its content to text.md"


# --- what is no file --------------------------------------------------------------------------------


def _fifo(path: Path) -> None:
    os.mkfifo(path)


def _socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as one:
        one.bind(str(path))


def _loop(path: Path) -> None:
    path.symlink_to(path.name)


def _device(path: Path) -> None:
    path.symlink_to("/dev/null")


MADE = {
    "a dangling link": lambda path: path.symlink_to("nowhere"),
    "a link to itself": _loop,
    "a FIFO": _fifo,
    "a socket": _socket,
    "a link to a device": _device,
    "a folder": Path.mkdir,
    "a link to a folder": lambda path: path.symlink_to(path.parent),
}
PLACES = (
    "annotations/pages/gates.md",
    "annotations/canal/tags/reader/1.yaml",
    "annotations/codebook/facets/things.yaml",
    "corpus/canal/anchors.yaml",
    "corpus/canal/text.md",
    "annotations/project.yaml",
)


@pytest.mark.parametrize("kind", MADE)
@pytest.mark.parametrize("name", PLACES)
def test_a_source_that_is_no_file_is_a_fault(
    copy: Path, name: str, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (copy / name).unlink()
    monkeypatch.chdir((copy / name).parent)  # the name of a socket must be short
    MADE[kind](Path(Path(name).name))
    assert (name, "F005") in codes(copy)
    assert "F001" not in {code for _, code in codes(copy)}
    assert main(["check", str(copy)]) == FAULTS


@pytest.mark.parametrize("name", ["annotations/pages/more", "corpus/other", "annotations/canal/tags/ming"])
@pytest.mark.parametrize("target", ["outside", "inside", "nowhere", "itself"])
def test_a_linked_folder_is_a_fault(copy: Path, tmp_path: Path, name: str, target: str) -> None:
    (tmp_path / "outside").mkdir()
    goals = {
        "outside": tmp_path / "outside",
        "inside": copy / "annotations/codebook",
        "nowhere": Path("nowhere"),
    }
    (copy / name).symlink_to(goals.get(target, Path(Path(name).name)))
    assert codes(copy) == [(name, "F005")]


@pytest.mark.parametrize("name", ["corpus", "annotations"])
def test_a_linked_top_folder_is_a_fault(copy: Path, name: str) -> None:
    (copy / name).rename(copy / "moved")
    (copy / name).symlink_to("moved")
    assert (name, "F005") in codes(copy)


def test_a_link_to_a_file_of_the_project_is_read(copy: Path) -> None:
    page = copy / "annotations/pages/gates.md"
    page.rename(copy / "gates.md")
    page.symlink_to(copy / "gates.md")
    assert problems(copy) == ()


def test_a_file_of_the_limit_is_read_and_one_of_a_byte_more_is_not(copy: Path) -> None:
    page = copy / "annotations/pages/more.md"
    page.write_text(PAGE + " " * (5_000_000 - len(PAGE.encode())))
    assert page.stat().st_size == 5_000_000
    assert problems(copy) == ()
    page.write_text(PAGE + " " * (5_000_001 - len(PAGE.encode())))
    assert codes(copy) == [("annotations/pages/more.md", "F003")]


# --- accidents --------------------------------------------------------------------------------------


def test_a_folder_that_may_not_be_read_is_a_fault(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = Path.iterdir

    def refusing(path: Path) -> Iterator[Path]:
        if path.name == "pages":
            raise PermissionError(errno.EACCES, "Permission denied")
        return plain(path)

    monkeypatch.setattr(Path, "iterdir", refusing)
    assert ("annotations/pages", "F002") in codes(copy)


def test_a_file_that_may_not_be_read_is_a_fault(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = os.open

    def refusing(path: Path, flags: int, *rest: int) -> int:
        if str(path).endswith("text.md"):
            raise PermissionError(errno.EACCES, "Permission denied")
        return plain(path, flags, *rest)

    monkeypatch.setattr(os, "open", refusing)
    assert codes(copy) == [("corpus/canal/text.md", "F002")]


@pytest.mark.parametrize("times", [1, 2, 50])
def test_a_file_that_vanishes_while_it_is_read_is_read_again(
    copy: Path, monkeypatch: pytest.MonkeyPatch, times: int
) -> None:
    """An editor writes a file by renaming: for a moment there is none."""
    plain, left = os.open, [times]

    def vanishing(path: Path, flags: int, *rest: int) -> int:
        if str(path).endswith("gates.md") and left[0]:
            left[0] -= 1
            raise FileNotFoundError(errno.ENOENT, "No such file")
        return plain(path, flags, *rest)

    monkeypatch.setattr(os, "open", vanishing)
    assert codes(copy) == ([] if times < 3 else [("annotations/pages/gates.md", "F002")])


def test_a_file_that_became_a_fifo_meanwhile_does_not_hang(
    copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = copy / "annotations/pages/gates.md"
    plain = os.open

    def changing(path: Path, flags: int, *rest: int) -> int:
        if path == page and not page.is_fifo():
            page.unlink()
            os.mkfifo(page)
        return plain(path, flags, *rest)

    monkeypatch.setattr(os, "open", changing)
    assert codes(copy) == [("annotations/pages/gates.md", "F002")]


def test_a_stamp_shows_an_edit_that_keeps_size_and_time(copy: Path) -> None:
    page = copy / "annotations/pages/gates.md"
    before, status = load.read_again(copy).stamps, page.stat()
    page.write_bytes(page.read_bytes().replace("閘".encode(), "門".encode()))
    os.utime(page, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert load.read_again(copy).stamps != before


# --- unfinished merges ------------------------------------------------------------------------------

CONFLICT = "<<<<<<< HEAD\n甲\n||||||| base\n乙\n=======\n丙\n>>>>>>> other\n"


@pytest.mark.parametrize("name", PLACES)
@pytest.mark.parametrize("line", CONFLICT.splitlines()[::2])
def test_every_mark_of_an_unfinished_merge_is_a_fault_in_every_source(
    copy: Path, name: str, line: str
) -> None:
    path = copy / name
    count = path.read_text().count("\n")
    path.write_text(f"{path.read_text()}{line}\n")
    found = [problem for problem in problems(copy) if problem.level == "error"]
    assert [(p.place.path, p.place.line, p.code) for p in found] == [(name, count + 1, "F007")]
    assert line[:7] in found[0].message


@pytest.mark.parametrize(
    "project",
    [TINY, *sorted(path.parent for path in (ROOT / "tests/projects").glob("*/corpus"))],
    ids=lambda path: path.name,
)
def test_an_unfinished_merge_is_reported_and_nothing_else(project: Path, tmp_path: Path) -> None:
    """What a file holds that cannot be read is not called missing in another file."""
    copy = tmp_path / project.name
    shutil.copytree(project, copy)
    read, memory = Remembered(), Memory()
    before = [problem.code for problem in checked_again(copy, read, memory)]
    for path in sorted(chain(copy.rglob("*.md"), copy.rglob("*.yaml"))):
        content = path.read_bytes()
        path.write_bytes(content + b"<<<<<<< HEAD\n")
        found = [problem for problem in checked_again(copy, read, memory) if problem.code not in before]
        assert [(problem.code, problem.place.path) for problem in found] == [
            ("F007", path.relative_to(copy).as_posix())
        ]
        path.write_bytes(content)


def checked_again(folder: Path, read: Remembered, memory: Memory) -> Sequence[Problem]:
    sources = load.sources(folder)
    return pipeline.check_sources(*sources, read, memory).problems


@pytest.mark.parametrize("line", ["<<<<<<", "========", ">>>>>>>>", " =======", "=======x"])
def test_other_lines_of_such_marks_are_none(copy: Path, line: str) -> None:
    path = copy / "corpus/canal/witness.yaml"
    path.write_text(f"{path.read_text()}# {line}\n")
    page = copy / "annotations/pages/more.md"
    page.write_text(f"{PAGE}甲\n\n\\{line}\n")
    assert "F007" not in {code for _, code in codes(copy)}


def test_a_line_of_conflict_marks_is_allowed_in_a_witness_but_a_whole_conflict_is_not(copy: Path) -> None:
    witness = copy / "corpus/canal/witness.txt"
    text = witness.read_text()
    witness.write_text(text + "=======\n")
    assert [code for _, code in codes(copy)] == ["W001"]
    witness.write_text(text + CONFLICT)
    assert codes(copy) == [("corpus/canal/witness.txt", "F007")]


@pytest.mark.parametrize("name", ["corpus/canal/anchors.yaml", "corpus/canal/text.md"])
def test_the_ledger_is_not_written_while_a_merge_is_unfinished(
    copy: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = copy / name
    path.write_text(path.read_text() + CONFLICT)
    before = on_disk(copy)
    assert main(["anchors", str(copy)]) == FAULTS
    assert "an unfinished merge" in capsys.readouterr().err
    assert differing(on_disk(copy), before) == []


# --- characters -------------------------------------------------------------------------------------


@given(st.characters())
def test_what_is_printed_is_printable_or_harmless(char: str) -> None:
    made = printable(f"a{char}b")
    assert "\n" not in made
    assert not any(map(is_forbidden, made))
    if is_forbidden(char):
        assert made == f"a<U+{ord(char):04X}>b"


@pytest.mark.parametrize(
    "char", ["\x00", "\x0b", "\x1b", "\x7f", "\x85", "\ufdd0", "\ufffe", "\uffff", "\U0010ffff"]
)
@pytest.mark.parametrize(
    "name", ["annotations/pages/gates.md", "corpus/canal/text.md", "corpus/canal/witness.txt"]
)
def test_a_control_character_is_a_fault_at_its_place(copy: Path, name: str, char: str) -> None:
    path = copy / name
    lines = path.read_text().split("\n")
    lines[2] = lines[2][:3] + char + lines[2][3:]
    path.write_text("\n".join(lines), encoding="utf-8")
    [problem] = problems(copy)
    assert (problem.place.path, problem.place.line, problem.place.column) == (name, 3, 4)
    assert problem.code == "F006"
    assert f"U+{ord(char):04X}" in problem.message


@pytest.mark.parametrize("form", report.FORMATS)
def test_no_report_controls_the_terminal_that_shows_it(copy: Path, form: str) -> None:
    page = copy / "annotations/pages/more.md"
    page.write_text('---\nid: more\n"ti\\e[2J": x\ntitle: "\\u202E"\n---\n')
    (copy / "annotations/pages/a\x1b[2J.md").write_text(PAGE)
    reported = report.FORMATS[form](problems(copy))
    assert reported.count("F008") == 1
    assert not any(is_forbidden(char) or char == "\u202e" for char in reported)


def test_a_file_full_of_control_characters_is_reported_in_few_lines(copy: Path) -> None:
    (copy / "annotations/pages/more.md").write_text(PAGE + "\x01" * 500)
    found = problems(copy)
    assert len(found) == 20
    assert "and 480 more" in found[-1].message


def test_a_file_in_utf_16_is_reported_as_such(copy: Path) -> None:
    page = copy / "annotations/pages/gates.md"
    page.write_bytes(page.read_text().encode("utf-16"))
    [problem] = problems(copy)
    assert (problem.code, problem.hint) == ("F002", "save it as UTF-8")
    assert "UTF-16" in problem.message


@pytest.mark.parametrize(
    ("before", "line", "column"),
    [
        (b"", 1, 1),
        (b"a", 1, 2),
        ("圳".encode(), 1, 2),
        ("𠮷圳".encode(), 1, 3),
        (b"\n", 2, 1),
        ("圳\n".encode(), 2, 1),
        ("a\n圳".encode(), 2, 2),
        ("a\n圳b\n\n水水".encode(), 4, 3),
        ("a\r\n水".encode(), 2, 2),
    ],
)
@pytest.mark.parametrize("byte", [b"\xff", b"\xa4", "圳".encode()[:2]])
def test_a_byte_that_is_no_utf_8_is_reported_at_its_line_and_column(
    copy: Path, before: bytes, byte: bytes, line: int, column: int
) -> None:
    """A column counts characters, as an editor does."""
    path = copy / "annotations/pages/more.md"
    path.write_bytes(before + byte + b"\n")
    [problem] = [problem for problem in load.sources(copy)[1] if problem.code == "F002"]
    assert (problem.place.line, problem.place.column) == (line, column)
    assert problem.message.endswith(f"the byte 0x{byte[0]:02X}")


def test_the_forbidden_characters_of_a_text_are_those_that_are_forbidden_alone() -> None:
    every = "".join(map(chr, range(0x110000)))
    noncharacters = {*range(0xFDD0, 0xFDF0), *(code for code in range(0x110000) if code & 0xFFFE == 0xFFFE)}
    assert forbidden(every) == [
        number
        for number, char in enumerate(every)
        if number in noncharacters or (unicodedata.category(char) in ("Cc", "Cs") and char not in "\t\n\r")
    ]
    assert forbidden(every) == [number for number, char in enumerate(every) if is_forbidden(char)]
    assert forbidden("") == []
