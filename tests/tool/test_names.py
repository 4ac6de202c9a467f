"""Names and addresses in a project: those that the site, a disk or a URL cannot contain are refused."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from conftest import TINY, differing, on_disk
from hypothesis import given
from hypothesis import strategies as st

from site_builder.cli.main import CLEAN, FAULTS, main
from site_builder.edges import load
from site_builder.edition import addresses
from site_builder.model import Problem
from site_builder.model.values import filenames, naming, webaddress

DEVICES = ("con", "prn", "AUX", "nul", "com1", "LPT9")


def problems(folder: Path) -> list[Problem]:
    """The problems except those of the ledger, which does not know the new names."""
    return [problem for problem in load.checked(folder).problems if not problem.code.startswith("A")]


def called(folder: Path, name: str) -> Path:
    """The tiny project with another name for its work."""
    shutil.copytree(TINY, folder)
    for top in ("corpus", "annotations"):
        (folder / top / "canal").rename(folder / top / name)
    return folder


# --- works --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        *sorted(addresses.RESERVED),
        *("HANS", "Data", "index.html", "a.htm", "ro-crate-metadata.json", "a.txt"),
        *("en", "zh-hans", "zh-Hant", "zh-TW", "pt-br", "sr-latn-rs"),
        *(
            "ca#nal",
            "a%41b",
            "a&b",
            "a'b",
            "a b",
            "a+b",
            "a=b",
            "a;b",
            "a,b",
            "a@b",
            "(a)",
            "~a",
            "-a",
            "_a",
            "a-.",
        ),
        *("x" * 65, "a\u00a0b", "a\u200bb", "a\u202eb"),
    ],
)
def test_a_work_cannot_have_a_name_that_the_site_cannot_hold(
    tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = called(tmp_path / "project", name)
    errors = [problem for problem in problems(folder) if problem.level == "error"]
    assert {problem.code for problem in errors} & {"S004", "F008"}
    assert all(str(problem).isprintable() or "\u200b" in name or "\u00a0" in name for problem in errors)
    ledger = folder / "corpus" / name / "anchors.yaml"
    ledger.unlink()
    assert main(["anchors", str(folder)]) == FAULTS
    assert not ledger.exists()
    assert main(["build", str(folder)]) == FAULTS
    assert not (folder / "_site").exists()
    assert "Traceback" not in capsys.readouterr().err


@pytest.mark.parametrize(
    "name", ["a?b", "a<b>", 'a"><meta http-equiv=refresh content=0>', "a:b", *DEVICES, "con.1"]
)
def test_a_work_cannot_have_a_name_that_some_disk_cannot_hold(tmp_path: Path, name: str) -> None:
    folder = called(tmp_path / "project", name)
    assert {problem.code for problem in problems(folder)} == {"F008"}
    assert main(["anchors", str(folder)]) == FAULTS


@pytest.mark.parametrize("name", ["codebook", "pages"])
def test_a_work_cannot_have_the_name_of_a_folder_without_tags(copy: Path, name: str) -> None:
    (copy / "corpus/canal").rename(copy / "corpus" / name)
    found = [problem for problem in problems(copy) if problem.code == "S004"]
    assert [problem.place.path for problem in found] == [f"corpus/{name}/work.yaml"]


@pytest.mark.parametrize("name", ["li2020", "lu-1923", "a", "silence-2", "english", "Li-2020-a"])
def test_a_plain_name_of_a_work_is_no_fault(tmp_path: Path, name: str) -> None:
    assert problems(called(tmp_path / "project", name)) == []


@pytest.mark.parametrize("name", ["圳邊", "my_work", "2020-wu", "w.v1", "é"])
def test_a_name_that_is_no_id_but_harms_nothing_is_a_review(tmp_path: Path, name: str) -> None:
    folder = called(tmp_path / "project", name)
    assert [(p.code, p.level) for p in problems(folder)] == [("S004", "review")]
    for ledger in folder.rglob("anchors.yaml"):
        ledger.unlink()
    assert main(["anchors", str(folder)]) == CLEAN
    assert [(p.code, p.level) for p in problems(folder)] == [("S004", "review")]
    if name in ("圳邊", "w.v1"):
        assert main(["build", str(folder)]) == CLEAN
        assert (folder / "_site" / name / "p1.html").is_file()


def test_two_works_whose_names_differ_by_capitals_are_a_fault(tmp_path: Path) -> None:
    folder = called(tmp_path / "project", "wu")
    (folder / "corpus" / "Wu").mkdir(exist_ok=True)
    if len(list((folder / "corpus").iterdir())) < 2:
        pytest.skip("this disk takes the two names for one")
    for path in (folder / "corpus" / "wu").iterdir():
        shutil.copy(path, folder / "corpus" / "Wu")
    assert "F008" in {problem.code for problem in problems(folder)}


# --- codes --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "about"),
    [
        ("things", "aux", ["the facet aux"]),  # a folder of pages
        ("flow", "f" * 59, []),  # the page of a cell, with its pole, has 64 characters
        ("flow", "f" * 60, [f"the cell {'f' * 60}~a"]),
    ],
)
def test_the_id_of_a_code_must_be_a_name_of_a_file(copy: Path, old: str, new: str, about: list[str]) -> None:
    for path in (copy / "annotations").rglob("*.*"):
        path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    found = [problem.message for problem in problems(copy) if problem.code == "S004"]
    assert found == [
        f"{one} has an id that is reserved on Windows, or too long for a file name" for one in about
    ]


# --- coders --------------------------------------------------------------------------------------------


def without_records_of_coders(folder: Path) -> None:
    """Remove the files that name the coders of the project."""
    (folder / "annotations/coders.yaml").unlink()
    (folder / "annotations/canal/adjudication.yaml").unlink()


@pytest.mark.parametrize(
    ("name", "code"), [("a+b", "S004"), ("a b", "S004"), ("aux", "F008"), ("x" * 65, "S004")]
)
def test_a_coder_cannot_have_an_invalid_name(copy: Path, name: str, code: str) -> None:
    tags = copy / "annotations/canal/tags"
    (tags / "reader").rename(tags / name)
    without_records_of_coders(copy)
    assert [(problem.code, problem.level) for problem in problems(copy)] == [(code, "error")]


def test_a_coder_may_have_the_name_of_a_page(copy: Path) -> None:
    tags = copy / "annotations/canal/tags"
    (tags / "reader").rename(tags / "data")
    without_records_of_coders(copy)
    assert problems(copy) == []


# --- ids --------------------------------------------------------------------------------------------------


def replaced(folder: Path, name: str, old: str, new: str) -> Path:
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    return path


@pytest.mark.parametrize("id_", [*DEVICES, "p" + "1" * 64])
@pytest.mark.parametrize("old", ["{#p9", "{#water"])
def test_an_id_of_a_text_that_no_page_may_have_never_enters_the_ledger(
    copy: Path, id_: str, old: str
) -> None:
    replaced(copy, "corpus/canal/text.md", old, f"{{#{id_}")
    assert "T002" in {problem.code for problem in problems(copy)}
    before = on_disk(copy)
    assert main(["anchors", str(copy)]) == FAULTS
    assert differing(on_disk(copy), before) == []


@pytest.mark.parametrize("id_", ["P1", "index", "apparatus", "witness", "p1"])
def test_an_id_with_the_page_of_another_id_never_enters_the_ledger(copy: Path, id_: str) -> None:
    replaced(copy, "corpus/canal/text.md", "{#p9", f"{{#{id_}")
    assert {"S003", "T003"} & {problem.code for problem in problems(copy)}
    before = on_disk(copy)
    assert main(["anchors", str(copy)]) == FAULTS
    assert main(["anchors", "--next", str(copy)]) == CLEAN
    assert differing(on_disk(copy), before) == []


@pytest.mark.parametrize("id_", DEVICES)
@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("annotations/pages/gates.md", "id: gates", "id: {}"),
        ("annotations/codebook/facets/ways.yaml", "- {id: open,", "- {{id: {},"),
        ("annotations/codebook/facets/ways.yaml", "id: ways\n", "id: {}\n"),
        ("annotations/codebook/facets/things.yaml", "id: things\n", "id: {}\n"),
    ],
)
def test_an_id_that_is_a_device_of_windows_is_refused_where_it_names_a_file(
    copy: Path, name: str, old: str, new: str, id_: str
) -> None:
    replaced(copy, name, old, new.format(id_))
    found = [problem for problem in problems(copy) if problem.code == "S004"]
    assert found
    assert {problem.place.path for problem in found} == {name}


def test_an_id_that_is_a_device_is_accepted_where_it_names_no_file(copy: Path) -> None:
    path = replaced(copy, "annotations/codebook/facets/things.yaml", "id: bamboo", "id: con")
    assert [p for p in problems(copy) if p.place.path == path.relative_to(copy).as_posix()] != []
    assert "S004" not in {problem.code for problem in problems(copy)}


@pytest.mark.parametrize("length", [64, 65])
def test_an_id_has_at_most_sixty_four_characters(copy: Path, length: int) -> None:
    replaced(copy, "annotations/pages/gates.md", "id: gates", "id: " + "g" * length)
    assert [problem.code for problem in problems(copy)] == ([] if length == 64 else ["Y008"])


@pytest.mark.parametrize("mark", [*"!\"#%&'(),/:;<>?[\\]`{|} "])
def test_an_id_of_a_cell_has_no_mark_of_a_citation_a_url_or_html(copy: Path, mark: str) -> None:
    quoted = f"near{mark}x".replace("'", "''")
    path = copy / "annotations/codebook/grid.yaml"
    text = path.read_text(encoding="utf-8")
    changed = re.sub(r"id: [^,\n]*~[^,\n]*", lambda _: f"id: '{quoted}'", text, count=1)
    assert changed != text
    path.write_text(changed, encoding="utf-8")
    assert ("annotations/codebook/grid.yaml", "Y008") in {(p.place.path, p.code) for p in problems(copy)}


@pytest.mark.parametrize("name", ["en", "zh-hant", "hans", "data", "assets", "Assets", "grid"])
def test_a_facet_cannot_have_the_name_of_a_folder_of_the_site(copy: Path, name: str) -> None:
    replaced(copy, "annotations/codebook/facets/things.yaml", "id: things\n", f"id: {name}\n")
    assert "C001" in {problem.code for problem in problems(copy)}


@given(st.text(min_size=1, max_size=70))
def test_a_name_without_fault_is_safe_in_a_url_in_html_and_on_a_disk(name: str) -> None:
    if not naming.name_fault(name):
        assert not set(name) & set("<>\"'&#?%/\\: \t\n")
        assert filenames.fault(name) == ""
        assert urlsplit(f"https://example.org/{name}/x").path == f"/{name}/x"


# --- addresses ------------------------------------------------------------------------------------------

WRITE = {
    "example.org/canal": "https://example.org/canal/",
    "example.org:8080/canal": "https://example.org:8080/canal/",
    "//example.org/canal": "https://example.org/canal/",
    "https:/example.org": "https://example.org/",
    "HTTPS://example.org/": "https://example.org/",
    "https://example.org/?v=1": "https://example.org/",
    "https://example.org/canal/#top": "https://example.org/canal/",
    "https://me:secret@example.org/": "https://example.org/",
    "https://example.org/a b/": "https://example.org/a%20b/",
    "https://example.org/index.html": "https://example.org/",
    "https://example.org//a": "https://example.org/a/",
    "https://example.org/b/../a": "https://example.org/a/",
    "https://example.org/b/%2E%2E/a/.": "https://example.org/a/",
    "localhost:8000": "https://localhost:8000/",
    "https://例子.中國/城市": "https://xn--fsqu00a.xn--fiqz9s/%E5%9F%8E%E5%B8%82/",
}
NONE = (
    "ftp://example.org/",
    "file:///x",
    "javascript:alert(1)",
    "mailto:a@example.org",
    "https://",
    "C:\\site",
    *("/canal", "canal", "a/../b", "../canal", "./a.b", "canal/index.html"),  # a path without a host
)


@pytest.mark.parametrize(
    "text", [*WRITE, *NONE, "https://example.org:99999/", "https://-a.org/", "https://a_b.org/"]
)
def test_the_address_of_a_site_is_refused_with_the_right_one(copy: Path, text: str) -> None:
    replaced(copy, "annotations/project.yaml", "address: https://example.org/canal/", f"address: '{text}'")
    [problem] = problems(copy)
    assert (problem.code, problem.place.line > 1) == ("Y008", True)
    assert (
        problem.hint == f"write {WRITE[text]}"
        if text in WRITE
        else "https://example.org/path/" in problem.hint
    )


@pytest.mark.parametrize(
    "text",
    [
        *("https://example.org", "https://example.org/", "http://localhost:8000/a", "https://[::1]:8000/"),
        *("https://example.org/~wu/c%20d/", "http://192.0.2.1/a", "https://Example.ORG/a", *WRITE.values()),
    ],
)
def test_the_address_of_a_site_is_a_host_and_a_path(text: str) -> None:
    assert webaddress.site_fault(text) is None


@given(st.text(max_size=30))
def test_no_text_makes_the_reader_of_addresses_raise(text: str) -> None:
    for one in (text, f"https://{text}", f"https://example.org/{text}"):
        found = webaddress.site_fault(one)
        if found and found[1].startswith("write http"):
            assert webaddress.site_fault(found[1].removeprefix("write ")) is None
        if found is None:
            parts = urlsplit(one)
            assert (parts.query, parts.fragment, parts.username) == ("", "", None)
        webaddress.link_fault(one)


@pytest.mark.parametrize(
    "text",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "data:text/html,x",
        "example.org/a",
        "見報紙",
        "http://",
        "vbscript:x",
    ],
)
def test_the_address_of_a_copy_is_one_that_can_be_followed(copy: Path, text: str) -> None:
    replaced(
        copy, "corpus/canal/work.yaml", "    script: Hant\n", f"    script: Hant\n    address: '{text}'\n"
    )
    assert [(p.code, p.place.path) for p in problems(copy)] == [("Y008", "corpus/canal/work.yaml")]


@pytest.mark.parametrize(
    "text",
    ["https://example.org/a?b=c#d", "https://zh.wikipedia.org/wiki/城市", "doi:10.1000/182", "urn:isbn:123"],
)
def test_an_address_with_a_query_or_of_a_doi_may_be_that_of_a_copy(text: str) -> None:
    assert webaddress.link_fault(text) is None
