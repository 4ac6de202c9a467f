"""The list of formats: the build, the command, the download page and the tests agree on it.

The contents of each format have their own test files.  These tests show that each format is made, offered and
described, that other programs read the archive and the checksums, and that the programs on the download page
are those of tests.
"""

from __future__ import annotations

import ast
import json
import shutil
import subprocess
import warnings
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import lxml.html
import pytest
import views
from conftest import ROOT, TINY, Files, differing, on_disk, record, site_of
from proof_tools import Element, Page, lacking, read
from test_crate import cache, unmet
from works import add_works

from site_builder.check import manual
from site_builder.cli.main import CLEAN, FAULTS, USAGE, main
from site_builder.formats import checksum
from site_builder.formats.catalogue import FORMATS, GROUPS, at
from site_builder.formats.format import Format
from site_builder.language import catalogue
from site_builder.pipeline import Checked, assemble

__all__ = ["cache"]  # a fixture

SUMS, ZIP, CRATE = "data/SHA256SUMS", "data/site.zip", "data/ro-crate-metadata.json"
ALL = pytest.mark.parametrize("form", FORMATS, ids=[form.id for form in FORMATS])


@pytest.fixture(scope="module", params=["repository", "tiny"])
def files(request: pytest.FixtureRequest) -> Files:
    found: Files = request.getfixturevalue(f"{request.param}_site")
    return found


@pytest.fixture(scope="module")
def folder(files: Files, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site on disk; no test may change it."""
    root = tmp_path_factory.mktemp("site")
    for name, content in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(content)
    return root


def program(name: str) -> str:
    return shutil.which(name) or lacking(name)


def in_each_view(files: Files, name: str) -> set[str]:
    """A page in each view of the site."""
    return {*views.twins(name, views.of_site(files))}


def offered(files: Files) -> set[str]:
    """The files for other programs: those in data/ that are no script, and the single pages."""
    data = {name for name in files if name.startswith("data/") and not name.endswith(".js")}
    return data | in_each_view(files, "edition.html")


# --- the catalogue --------------------------------------------------------------------------------


def test_a_format_that_does_not_exist_is_named_in_the_error(tiny: Checked) -> None:
    context = assemble.Assembler(tiny.edition(), lambda _: None)
    with pytest.raises(KeyError, match="no-such"):
        assemble.exported(context, None, "no-such")


def test_every_format_is_described_once_and_completely() -> None:
    assert len({form.id for form in FORMATS}) == len(FORMATS)
    for form in FORMATS:
        assert form.group in GROUPS
        assert form.read_by
        assert form.title
        assert form.description.endswith(".")
        assert form.purpose
        assert "/" in form.media_type
        assert bool(form.standard) == bool(form.conforms_to)


NAMES = {"work": "canal", "number": "12", "suffix": "-hans", "tree": "hans/"}
"""Values for the names that the form of a path can have."""
PATHS = [(form.id, path) for form in FORMATS for path in form.paths]


@pytest.mark.parametrize(("form", "path"), PATHS, ids=[path for _, path in PATHS])
@pytest.mark.parametrize("names", [NAMES, {**NAMES, "suffix": "", "tree": ""}], ids=["other", "first"])
def test_each_path_of_a_format_leads_to_that_format(form: str, path: str, names: dict[str, str]) -> None:
    found = at(path.format(**names))
    assert found is not None
    assert found.id == form


@pytest.mark.parametrize(
    "path", ["index.html", "canal/p1.html", "data/search.json", "data/text/a/b.txt", "/data/notes.csv", ""]
)
def test_other_paths_lead_to_no_format(path: str) -> None:
    assert at(path) is None


def marked() -> Iterator[tuple[str, str]]:
    """(format, program) of every ``@pytest.mark.reads`` in the suite, also of tests that are not run."""
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "pytest.mark.reads":
                form, name = map(ast.literal_eval, node.args)
                yield form, name


def test_the_programs_that_are_named_are_those_of_tests() -> None:
    assert set(marked()) == {(form.id, name) for form in FORMATS for name in form.read_by}


def test_every_file_for_others_is_of_a_format_that_the_page_lists(files: Files) -> None:
    reported = {name for name, _, _, _ in rows(page_of(files, "cite.html"))}
    assert reported == offered(files)


def test_the_same_project_gives_the_same_bytes(tiny: Checked, tiny_site: Files) -> None:
    assert differing(site_of(tiny), tiny_site) == []


# --- the download page ----------------------------------------------------------------------------


def page_of(files: Files, name: str) -> Page:
    return read(files[name].decode(), name)


def having(element: Element, name: str) -> list[Element]:
    return [one for one in element if name in one.attributes.get("class", "").split()]


def rows(page: Page) -> Iterator[tuple[str, str, str, tuple[str, ...]]]:
    """(path, size, SHA-256, programs) of every file that the page offers."""
    for shelf in having(page.root, "downloads"):
        for item in shelf.all("li"):
            programs = tuple(having(item, "read-by")[0].all("span")[-1].text.split(", "))
            for one, checked in zip(having(item, "file"), having(item, "sum"), strict=True):
                [link] = one.all("a")
                path, _ = page.resolve(link.attributes["href"])
                yield path, having(one, "count")[0].text, checked.all("code")[0].text, programs


@pytest.mark.parametrize("name", ["cite.html", "hans/cite.html"])
def test_the_first_downloads_are_the_tables_of_tags(files: Files, name: str) -> None:
    tables = [path for path in files if path.startswith("data/tags")]
    assert {"data/tags.csv", "data/tags-hans.csv"} <= {*tables}
    assert [path for path, *_ in rows(page_of(files, name))][: len(tables)] == tables


@pytest.mark.parametrize("name", ["cite.html", "hans/cite.html"])
def test_the_page_says_of_each_file_its_size_its_checksum_and_its_reader(files: Files, name: str) -> None:
    programs = {named for form in FORMATS for named in [form.read_by]}
    found = list(rows(page_of(files, name)))
    assert len({path for path, *_ in found}) == len(found)
    for path, size, digest, read_by in found:
        count = len(files[path])
        assert size == (f"{count / 1e6:.1f} MB" if count >= 1e6 else f"{count / 1000:.1f} kB")
        assert digest == checksum(files[path])
        assert read_by in programs


def test_the_page_says_of_which_language_of_the_site_a_file_is(files: Files) -> None:
    tree = lxml.html.document_fromstring(files["cite.html"].decode())
    shown = {
        line.findtext("a/code"): [(one.get("lang"), one.text) for one in line.xpath("./span[@lang]")]
        for line in tree.xpath("//p[@class='file']")
    }
    assert shown["edition.html"] == shown["data/tags.csv"] == [("zh-Hant", "繁體中文")]
    assert shown["hans/edition.html"] == shown["data/tags-hans.csv"] == [("zh-Hans", "简体中文")]
    in_english = [shown[name] for name in ("en/edition.html", "data/tags-en.csv") if name in files]
    assert in_english in ([], 2 * [[("en", "English")]])
    assert shown["data/passages.csv"] == shown["data/site.zip"] == []


def test_the_purpose_of_a_format_is_given_in_both_scripts(files: Files) -> None:
    pages = (page_of(files, name) for name in ("cite.html", "hans/cite.html"))
    hant, hans = ("".join(element.text for element in page.all("p")) for page in pages)
    several = {"agreement-csv", "disagreements"} if "data/agreement.csv" not in files else set()
    for form in FORMATS:
        if form.id not in several:  # formats of projects with several coders
            assert catalogue.of("zh-Hant").text(form.purpose) in hant
            assert catalogue.of("zh-Hans").text(form.purpose) in hans
    assert "电子书" in hans


def test_the_files_of_all_pages_offer_only_files_that_exist_beside_them(files: Files) -> None:
    for name in in_each_view(files, "edition.html"):
        assert not having(page_of(files, name).root, "downloads")


# --- archive and checksums ------------------------------------------------------------------------


@pytest.mark.reads("zip", "Info-ZIP UnZip")
def test_the_archive_unpacks_to_the_site_except_for_files_that_describe_the_archive(
    files: Files, folder: Path, tmp_path: Path
) -> None:
    command = [program("unzip"), "-q", str(folder / ZIP), "-d", str(tmp_path)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (run.returncode, run.stdout, run.stderr) == (0, "", "")
    [top] = tmp_path.iterdir()
    unpacked = on_disk(top)
    assert unpacked.keys() == files.keys() - {ZIP}
    differ = {name for name in unpacked if unpacked[name] != files[name]}
    assert differ == {*in_each_view(files, "cite.html"), SUMS, CRATE}
    reported = {name for name, *_ in rows(page_of(unpacked, "cite.html"))}
    assert reported == offered(files) - {ZIP}


@pytest.mark.reads("sums", "GNU sha256sum")
def test_the_checksums_are_those_of_the_files_in_the_site_and_in_the_archive(
    files: Files, folder: Path, tmp_path: Path
) -> None:
    subprocess.run([program("unzip"), "-q", str(folder / ZIP), "-d", str(tmp_path)], check=True)
    [top] = tmp_path.iterdir()
    for root, apart in ((folder, {SUMS, CRATE}), (top, {SUMS, CRATE, ZIP})):
        command = [program("sha256sum"), "--check", "--strict", SUMS]
        run = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
        assert run.returncode == 0, run.stdout + run.stderr
        assert {line.removesuffix(": OK") for line in run.stdout.splitlines()} == offered(files) - apart


def test_a_byte_that_was_changed_is_found(folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder, tmp_path / "site")
    data = tmp_path / "site" / "data" / "references.ris"
    data.write_bytes(data.read_bytes().replace(b"TY", b"ty"))
    command = [program("sha256sum"), "--check", "--quiet", SUMS]
    run = subprocess.run(command, cwd=tmp_path / "site", capture_output=True, text=True, check=False)
    assert run.returncode == 1
    assert "data/references.ris: FAILED" in run.stdout


# --- the crate as it is shipped -------------------------------------------------------------------


def test_the_crate_describes_every_file_beside_it(files: Files) -> None:
    graph = json.loads(files[CRATE])["@graph"]
    reported = {f"data/{unquote(one['@id'])}": one for one in graph if one["@type"] == "File"}
    assert reported.keys() == {name for name in files if name.startswith("data/")} - {CRATE}
    for name, one in reported.items():
        assert one["sha256"] == checksum(files[name])
        assert one["contentSize"] == str(len(files[name]))
    described = [reported[name] for name in reported if not name.endswith(".js")]
    assert all(one.get("description") for one in described)


def test_the_validator_finds_no_fault_in_the_data_folder(folder: Path, cache: Path) -> None:
    assert unmet(folder / "data", cache) == set()


# --- the command ----------------------------------------------------------------------------------


@ALL
def test_the_command_writes_the_files_of_a_format(
    form: Format, tmp_path: Path, tiny_site: Files, capsys: pytest.CaptureFixture[str]
) -> None:
    """They are those of the site."""
    assert main(["export", form.id, str(TINY), "--out", f"{tmp_path}/new/"]) == CLEAN
    found = on_disk(tmp_path / "new")
    assert found
    assert sorted(capsys.readouterr().out.splitlines()) == sorted(f"{tmp_path}/new/{n}" for n in found)
    for name, content in found.items():
        assert content == tiny_site[name if name.endswith("edition.html") else f"data/{name}"]


def test_one_file_takes_the_name_that_is_given(
    tmp_path: Path, tiny_site: Files, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "new" / "my.bib"
    assert main(["export", "bibtex", str(TINY), "--out", str(out)]) == CLEAN
    assert on_disk(tmp_path) == {"new/my.bib": tiny_site["data/references.bib"]}
    assert capsys.readouterr().out == f"{out}\n"


def test_without_a_name_it_is_written_here_under_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["export", "ris", str(TINY)]) == CLEAN
    assert [*on_disk(tmp_path)] == ["references.ris"]


def test_several_files_are_not_written_into_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "book.epub"
    out.write_bytes(b"another book")
    assert main(["export", "epub", str(TINY), "--out", str(out)]) == FAULTS
    assert on_disk(tmp_path) == {"book.epub": b"another book"}
    assert "must be a folder" in capsys.readouterr().err


def test_an_unknown_format_is_a_usage_error_that_names_the_formats(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["export", "word", str(TINY)]) == USAGE
    reported = capsys.readouterr().err
    assert all(form.id in reported for form in FORMATS)


def test_the_list_names_every_format_and_what_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["export", "--list"])
    assert ended.value.code == CLEAN
    lines = capsys.readouterr().out.splitlines()
    assert [line.split(maxsplit=1) for line in lines] == [[form.id, form.description] for form in FORMATS]


def test_nothing_is_exported_from_a_project_with_faults(
    copy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = copy / "annotations/pages/gates.md"
    page.write_text(page.read_text().replace("[@p1 things:gate]", "[@p1 things:bamboo]"))
    out = tmp_path / "tags.csv"
    assert main(["export", "csv", str(copy), "--out", str(out)]) == FAULTS
    assert not out.exists()
    reported = capsys.readouterr().err
    assert "P003" in reported
    assert "nothing was written" in reported


def test_a_file_that_needs_the_text_is_not_written_without_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = str(tmp_path / "x")
    assert main(["export", "refi", str(TINY), "--out", out, "--without-text"]) == FAULTS
    assert main(["export", "json", str(TINY), "--out", out, "--without-text"]) == CLEAN
    assert "without the text" in capsys.readouterr().err


def test_the_manual_lists_the_codes_of_import_tags() -> None:
    assert set(manual.IMPORTS) <= set(manual.rules())


# --- two works ------------------------------------------------------------------------------------


def test_two_works_have_a_file_each_where_a_format_is_of_one(copy: Path, tmp_path: Path) -> None:
    """A second work under another name, its anchors and tags with it."""
    add_works(copy, ("other",))
    record(copy)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        status = main(["build", str(copy), "--out", str(tmp_path / "site")])
    assert status == CLEAN
    files = on_disk(tmp_path / "site")
    assert {"data/edition.xml", "data/edition-other.xml", "data/passages-other.json"} <= files.keys()
    assert b' target="edition.xml#string-range(' in files["data/edition.xml"]
    assert b' target="edition-other.xml#string-range(' in files["data/edition-other.xml"]
    assert b' target="edition.xml#' not in files["data/edition-other.xml"]
