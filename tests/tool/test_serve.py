"""Pages from memory: only for this machine, rebuilt after a change; the last valid ones stay."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from email.message import Message
from pathlib import Path
from threading import Event, Thread
from typing import Any
from urllib.parse import urlsplit

import pytest
from conftest import TINY
from proof_tools import made

from site_builder import pipeline
from site_builder.cli.main import INTERRUPTED
from site_builder.edges import load, serve, write
from site_builder.edges.responses import Answer, host_refusal, media_type, respond
from site_builder.edges.serve import Site
from site_builder.model import Problem
from site_builder.pipeline import Checked
from site_builder.pipeline.preview import Preview
from site_builder.site import notice
from site_builder.site.medium import Rendered
from site_builder.site.render import Renderer
from site_builder.site.views import View
from site_builder.source import parts

GATES = "annotations/pages/gates.md"
reported: list[list[Problem]] = []


@pytest.fixture
def site(copy: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    """A site that checks the disk on every request."""
    monkeypatch.setattr("site_builder.edges.serve._LONGEST", 0)
    reported.clear()

    def report(problems: Sequence[Problem]) -> None:
        reported.append(list(problems))

    return Site(copy, report)


@pytest.fixture(scope="module")
def still() -> Site:
    """A site whose sources do not change."""
    return Site(TINY, lambda _: None)


def change(folder: Path, old: str, new: str) -> None:
    path = folder / GATES
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


@pytest.mark.parametrize(
    ("address", "kind", "holds"),
    [
        ("/", "text/html; charset=utf-8", "一條圳的遠近"),
        ("/index.html", "text/html; charset=utf-8", "一條圳的遠近"),
        ("/canal/", "text/html; charset=utf-8", "圳邊記"),
        ("/hans/canal/p1.html?x=1#p1", "text/html; charset=utf-8", 'lang="zh-Hans"'),
        ("/data/passages.json", "application/json; charset=utf-8", '"passages"'),
        ("/assets/frame.css", "text/css; charset=utf-8", "flow-near"),
        ("/canal/p%31.html", "text/html; charset=utf-8", "圳是人挖出來的"),
    ],
)
def test_an_address_is_answered_from_memory(address: str, kind: str, holds: str, still: Site) -> None:
    found = still.answer(address)
    assert (found.status, found.kind) == (200, kind)
    assert holds in found.body.decode()


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("data/project.qdpx", "application/zip"),
        ("data/codebook.qdc", "application/xml; charset=utf-8"),
        ("data/edition.xml", "application/xml; charset=utf-8"),
        ("data/edition.epub", "application/epub+zip"),
        ("data/references.bib", "application/x-bibtex"),
        ("data/site.ZIP", "application/zip"),
        ("data/SHA256SUMS", "application/octet-stream"),
    ],
)
def test_a_file_has_the_type_of_its_ending(path: str, kind: str) -> None:
    assert media_type(path) == kind


def test_a_script_is_sent_as_a_script(still: Site) -> None:
    assert "javascript" in still.answer("/data/search.js").kind


@pytest.mark.parametrize(
    "address", ["/nothing.html", "/../pyproject.toml", "/%2e%2e/%2e%2e/etc/passwd", "//etc/passwd"]
)
def test_an_unknown_page_is_not_found(address: str, still: Site) -> None:
    assert still.answer(address).status == 404


def test_the_pages_are_those_of_a_build(site: Site, copy: Path) -> None:
    assert [path for path, content in made(copy).items() if site.answer(f"/{path}").body != content] == []


def test_nothing_is_read_or_made_again_while_nothing_changes(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = {path: site.answer(path) for path in ("/", "/gates.html", "/data/passages.json")}
    monkeypatch.setattr(Preview, "_file", lambda *_: 1 // 0)
    assert {path: site.answer(path) for path in first} == first
    assert reported == [[]]


def test_only_what_is_asked_for_is_made(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    rendered: list[str] = []
    real = Renderer.render

    def noted(renderer: Renderer, view: View, **values: object) -> Rendered:
        rendered.append(view.address)
        return real(renderer, view, **values)

    monkeypatch.setattr(Renderer, "render", noted)
    site.answer("/canal/p1.html")
    site.answer("/assets/site.css")
    site.answer("/data/passages.json")
    site.answer("/nothing.html")
    assert rendered == ["canal/p1.html"]


def test_a_change_is_seen_at_the_next_request(site: Site, copy: Path) -> None:
    site.answer("/")
    change(copy, "才到田", "纔能到田")
    assert "纔能到田" in site.answer("/gates.html").body.decode()


def test_only_the_file_that_changes_is_read_again(site: Site, copy: Path) -> None:
    read: list[str] = []

    def noted(part: parts.Part) -> parts.Parsed:
        read.append(part.path)
        return parts.read(part)

    site._read_part = parts.Remembered(noted)
    site.answer("/")
    assert len(read) > 10
    read.clear()
    change(copy, "才到田", "纔能到田")
    site.answer("/")
    assert len(read) == 1


def test_a_new_page_and_one_that_is_gone_are_seen(site: Site, copy: Path) -> None:
    site.answer("/")
    (copy / "annotations/pages/new.md").write_text("---\nid: new\ntitle: 新\n---\n\n水[@p1]。\n")
    assert site.answer("/new.html").status == 200
    (copy / "annotations/pages/new.md").unlink()
    assert site.answer("/new.html").status == 404


def test_a_fault_is_reported_and_the_last_valid_pages_stay(site: Site, copy: Path) -> None:
    good = site.answer("/gates.html")
    change(copy, "[@p1 things:gate]", "[@p99 <b>]")
    shown = site.answer("/gates.html")
    assert shown.status == 200
    assert good.body.decode() == shown.body.decode().replace(note_of(shown), "")
    assert "P002" in note_of(shown)
    assert f"{GATES}:7:" in note_of(shown)
    assert "<b>" not in note_of(shown)
    assert note_of(site.answer("/data/passages.json")) == ""
    assert site.answer("/canal/p3.html").status == 200, "a page that was not made before the fault"
    assert "P002" in site.answer("/nothing.html").body.decode()
    assert {problem.code for problem in reported[-1]} >= {"P002"}
    change(copy, "，才到田[@p99 <b>]", "[@p1]")
    assert site.answer("/gates.html").body != good.body
    assert note_of(site.answer("/gates.html")) == ""
    assert [problem.code for problem in reported[-1]] == ["A008"], "the changed words are not recorded yet"


@pytest.mark.parametrize("folders", [(), ("corpus", "annotations")], ids=["no folder", "empty folders"])
def test_a_project_without_files_is_reported_and_is_built_when_it_has_them(
    folders: tuple[str, ...], tmp_path: Path, site: Site
) -> None:
    folder = tmp_path / "new"
    folder.mkdir()
    for name in folders:
        (folder / name).mkdir()
    new = Site(folder, lambda problems: reported.append(list(problems)))
    assert new.answer("/").status == 404
    assert "F001" in new.answer("/").body.decode()
    assert {problem.code for found in reported for problem in found} == {"F001"}
    shutil.copytree(TINY, folder, dirs_exist_ok=True)
    assert "一條圳的遠近" in new.answer("/").body.decode()


@pytest.mark.parametrize(
    ("page", "shown"),
    [
        (b"<body>a", b"<body>|a"),
        (b'<html><body class="x">\n<p>a', b'<html><body class="x">|\n<p>a'),
        (b"<body>a<!-- <body> -->b", b"<body>|a<!-- <body> -->b"),
        (b"<body>a<body x>b<body>", b"<body>|a<body x>b<body>"),
        (b"<bodyguard>a", b"<bodyguard>a"),
        (b"a", b"a"),
        (b"", b""),
    ],
)
def test_the_note_is_put_once_directly_after_the_first_beginning_of_a_body(page: bytes, shown: bytes) -> None:
    note = notice.above(b"<body>", ["a < b"]).removeprefix(b"<body>")
    assert note.startswith(b'<div role="alert"')
    assert b"<li>a &lt; b</li>" in note
    assert notice.above(page, ["a < b"]) == shown.replace(b"|", note)


@pytest.mark.parametrize("count", [0, 1, 19, 20, 21, 22])
def test_a_page_shows_twenty_problems_and_the_number_of_the_others(count: int) -> None:
    problems = [f"problem {n}." for n in range(count)]
    for page in (notice.missing(problems), notice.above(b"<body>", problems)) if count else ():
        rows = re.findall("<li>(.*?)</li>", page.decode())
        assert rows == problems[:20] + ([f"and {count - 20} more"] if count > 20 else [])
    assert (b"No such page." in notice.missing(problems)) is (count == 0)


def note_of(answer: Answer) -> str:
    """The note about problems at the top of a page."""
    found = re.search(r'<div role="alert".*?</div>', answer.body.decode(), re.S)
    return found[0] if found else ""


def test_a_project_that_was_never_valid_shows_its_faults(site: Site, copy: Path) -> None:
    change(copy, "[@p1 things:gate]", "[@p99 <b>]")
    found = site.answer("/")
    assert found.status == 404
    assert "P002" in found.body.decode()
    assert "<b>" not in found.body.decode()


# --- changes that are easily missed -----------------------------------------------------------------


def test_an_edit_that_keeps_size_and_times_is_seen(
    site: Site, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where the system's clock is so coarse that nothing of the file's status differs."""
    page = copy / GATES
    page.write_text(page.read_text(encoding="utf-8").replace("才到田", "方到田"), encoding="utf-8")
    stamp = load.stamp(page.stat())
    monkeypatch.setattr(load, "stamp", lambda _: stamp)
    # on a busy machine it takes longer than the time after which an unchanged status is trusted
    monkeypatch.setattr("site_builder.edges.watch._SETTLED", 3600.0)
    assert "方到田" in site.answer("/gates.html").body.decode()
    page.write_text(page.read_text(encoding="utf-8").replace("方到田", "乃到田"), encoding="utf-8")
    assert "乃到田" in site.answer("/gates.html").body.decode()


def test_an_old_file_with_its_old_size_and_time_is_seen(site: Site, copy: Path) -> None:
    page = copy / GATES
    for path in (copy / "corpus").rglob("*"), (copy / "annotations").rglob("*"):
        for one in path:
            os.utime(one, ns=(10**18, 10**18))
    assert "才到田" in site.answer("/gates.html").body.decode()
    page.write_text(page.read_text(encoding="utf-8").replace("才到田", "方到田"), encoding="utf-8")
    os.utime(page, ns=(10**18, 10**18))
    assert "方到田" in site.answer("/gates.html").body.decode()


def test_a_touched_file_causes_no_build(site: Site, copy: Path) -> None:
    site.answer("/")
    (copy / GATES).touch()
    site.answer("/")
    assert reported == [[]]


def test_an_edit_that_arrives_during_a_build_is_in_the_same_answer(
    site: Site, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, edits = pipeline.check_sources, iter(["方到田", "乃到田"])
    monkeypatch.setattr("site_builder.edges.serve._BUDGET", 3600.0)  # three builds, on a busy machine too

    def reading(*arguments: Any) -> Checked:
        new = next(edits, None)
        if new is not None:
            text = (copy / GATES).read_text(encoding="utf-8")
            (copy / GATES).write_text(re.sub("[才方]到田", new, text), encoding="utf-8")
        return real(*arguments)

    monkeypatch.setattr(pipeline, "check_sources", reading)
    assert "乃到田" in site.answer("/gates.html").body.decode()


def test_sources_that_keep_changing_do_not_block_a_request_and_are_seen_at_the_next(
    site: Site, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, edits = pipeline.check_sources, iter(range(6))

    def reading(*arguments: Any) -> Checked:
        text = (copy / GATES).read_text(encoding="utf-8")
        new = next(edits, "")
        if new != "":
            (copy / GATES).write_text(re.sub("[才0-9]到田", f"{new}到田", text), encoding="utf-8")
        return real(*arguments)

    monkeypatch.setattr(pipeline, "check_sources", reading)
    assert site.answer("/gates.html").status == 200
    shown = [site.answer("/gates.html").body.decode() for _ in range(9)]
    assert "5到田" in shown[-1]


def test_a_request_does_not_wait_for_sources_that_keep_changing(
    site: Site, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("site_builder.edges.serve._BUDGET", 0)
    real, times = pipeline.check_sources, []

    def reading(*arguments: Any) -> Checked:
        times.append(1)
        change(copy, "才到田", "方到田")
        return real(*arguments)

    monkeypatch.setattr(pipeline, "check_sources", reading)
    assert "才到田" in site.answer("/gates.html").body.decode()
    assert len(times) == 1
    assert "方到田" in site.answer("/gates.html").body.decode()


def test_sources_that_vanish_leave_the_last_valid_pages_and_are_read_again(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = site.answer("/gates.html")
    with monkeypatch.context() as patch:

        def vanish(*_: object) -> None:
            raise FileNotFoundError(2, "No such file or directory", "gone.md")

        patch.setattr(load, "read_again", vanish)
        shown = site.answer("/gates.html")
    assert shown.status == 200
    assert "gone.md" in note_of(shown)
    assert site.answer("/gates.html") == good


def test_an_error_of_the_tool_is_shown_and_the_last_valid_pages_stay(
    site: Site, copy: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    site.answer("/")
    change(copy, "才到田", "方到田")
    with monkeypatch.context() as patch:
        patch.setattr(pipeline, "check_sources", lambda *_: 1 // 0)
        shown = site.answer("/gates.html")
    assert shown.status == 200
    assert "ZeroDivisionError" in note_of(shown)
    assert "ZeroDivisionError" in capsys.readouterr().err
    change(copy, "方到田", "乃到田")
    assert "乃到田" in site.answer("/gates.html").body.decode()


def test_a_page_that_cannot_be_made_is_as_it_was_and_shows_the_reason(
    site: Site, copy: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    good = site.answer("/gates.html")
    change(copy, "才到田", "方到田")
    with monkeypatch.context() as patch:
        patch.setattr(Renderer, "render", lambda *_, **__: 1 // 0)
        shown = site.answer("/gates.html")
        with pytest.raises(ZeroDivisionError):
            site.answer("/canal/p1.html")
    assert shown.status == 200
    assert "ZeroDivisionError" in note_of(shown)
    assert good.body.decode() == shown.body.decode().replace(note_of(shown), "")
    assert "ZeroDivisionError" in capsys.readouterr().err
    assert "方到田" in site.answer("/gates.html").body.decode()
    assert site.answer("/canal/p1.html").status == 200


def test_a_request_gets_the_last_valid_pages_while_the_sources_are_read(
    site: Site, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = site.answer("/gates.html")
    change(copy, "才到田", "方到田")
    real, started, go_on = pipeline.check_sources, Event(), Event()

    def slow(*arguments: Any) -> Checked:
        started.set()
        assert go_on.wait(20)
        return real(*arguments)

    monkeypatch.setattr(pipeline, "check_sources", slow)
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(site.answer, "/gates.html")
        assert started.wait(20)
        assert site.answer("/gates.html") == good
        go_on.set()
        assert "方到田" in first.result(20).body.decode()


def test_every_request_of_many_is_answered_while_the_sources_change(site: Site, copy: Path) -> None:
    """The last valid pages or the new ones, never an error and never a mixture."""
    words = ["才到田", "方到田", "乃到田"]
    page = copy / GATES
    text = page.read_text(encoding="utf-8")
    site.answer("/")

    def ask(number: int) -> str:
        if number % 20 == 10:
            write.text(page, text.replace(words[0], words[number // 20]))
        found = site.answer("/gates.html")
        assert found.status == 200
        return next(word for word in words if word in found.body.decode())

    with ThreadPoolExecutor(8) as pool:
        shown = list(pool.map(ask, range(60)))
    assert len(shown) == 60
    last = next(word for word in words if word in page.read_text(encoding="utf-8"))
    assert last in site.answer("/gates.html").body.decode()


# --- as static hosts do -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "location"),
    [
        ("/canal", "/canal/"),
        ("/hans/canal", "/hans/canal/"),
        ("/hans", "/hans/"),
        ("/canal?q=1&x=%2F", "/canal/?q=1&x=%2F"),
        ("/can%61l", "/canal/"),
        ("http://localhost:8000/canal", "/canal/"),
        ("//canal", "/canal/"),
    ],
)
def test_a_folder_without_its_slash_leads_there(address: str, location: str, still: Site) -> None:
    found = still.answer(address)
    assert (found.status, found.location) == (301, location)


@pytest.mark.parametrize("address", ["/data", "/assets", "/canal/p1", "//evil.example", "/gates.html/"])
def test_only_a_folder_with_a_page_is_redirected(address: str, still: Site) -> None:
    found = still.answer(address)
    assert (found.status, found.location) == (404, "")


def asked(**headers: str) -> Message:
    found = Message()
    for name, value in headers.items():
        found[name.replace("_", "-")] = value
    return found


NOW = 1_000_000_000.0
TEN = Answer(status=200, kind="text/plain", body=b"0123456789", modified=NOW - 60.5)
TAG = dict(respond(TEN, "GET", asked(), NOW).headers)["ETag"]
CHANGED = "Sun, 09 Sep 2001 01:45:40 GMT"  # the second after NOW - 60.5


@pytest.mark.parametrize(
    ("wanted", "status", "body", "place"),
    [
        ("bytes=0-0", 206, b"0", "bytes 0-0/10"),
        ("bytes=3-5", 206, b"345", "bytes 3-5/10"),
        ("bytes=3-", 206, b"3456789", "bytes 3-9/10"),
        ("bytes=-3", 206, b"789", "bytes 7-9/10"),
        ("bytes=-99", 206, b"0123456789", "bytes 0-9/10"),
        ("bytes=9-99", 206, b"9", "bytes 9-9/10"),
        ("bytes=10-", 416, b"", "bytes */10"),
        ("bytes=-0", 416, b"", "bytes */10"),
        ("bytes=5-3", 200, b"0123456789", None),
        ("bytes=-", 200, b"0123456789", None),
        ("bytes=0-1,3-4", 200, b"0123456789", None),
        ("lines=0-1", 200, b"0123456789", None),
        ("bytes=" + "9" * 5000 + "-", 200, b"0123456789", None),
    ],
)
def test_a_range_is_sent_alone(wanted: str, status: int, body: bytes, place: str | None) -> None:
    found = respond(TEN, "GET", asked(Range=wanted), NOW)
    assert (found.status, found.body, dict(found.headers).get("Content-Range")) == (status, body, place)
    assert respond(TEN, "HEAD", asked(Range=wanted), NOW).status == 200


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"If_None_Match": TAG}, 304),
        ({"If_None_Match": f'"x", W/{TAG}'}, 304),
        ({"If_None_Match": "*"}, 304),
        ({"If_None_Match": '"x"'}, 200),
        ({"If_None_Match": '"x"', "If_Modified_Since": CHANGED}, 200),
        ({"If_Modified_Since": CHANGED}, 304),
        ({"If_Modified_Since": "Sun, 09 Sep 2001 01:45:39 GMT"}, 200),
        ({"If_Modified_Since": "yesterday"}, 200),
        ({"If_Modified_Since": "Sun, 99 Sep 99999 01:45:40 GMT"}, 200),
        ({"Range": "bytes=0-1", "If_Range": TAG}, 206),
        ({"Range": "bytes=0-1", "If_Range": CHANGED}, 206),
        ({"Range": "bytes=0-1", "If_Range": '"x"'}, 200),
        ({"Range": "bytes=0-1", "If_Range": "Sun, 09 Sep 2001 01:45:41 GMT"}, 200),
        ({"Range": "bytes=0-1", "If_None_Match": TAG}, 304),
    ],
)
def test_a_condition_decides_what_is_sent(headers: dict[str, str], status: int) -> None:
    found = respond(TEN, "GET", asked(**headers), NOW)
    assert found.status == status
    assert bool(found.body) == (status != 304)
    assert dict(found.headers)["Last-Modified"] == CHANGED


@pytest.mark.parametrize(
    ("answer", "more"),
    [
        (TEN, {"ETag": TAG, "Accept-Ranges": "bytes", "Last-Modified": CHANGED}),
        (Answer(status=404, kind="text/plain", body=b"no"), {}),
        (Answer(status=301, kind="text/plain", location="/a/"), {"Location": "/a/"}),
    ],
)
def test_every_answer_has_the_headers_that_protect_it(answer: Answer, more: dict[str, str]) -> None:
    assert dict(respond(answer, "GET", asked(), NOW).headers) == {
        "Content-Type": "text/plain",
        "Cache-Control": "no-cache",
        "Cross-Origin-Resource-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
        **more,
    }


def test_two_versions_of_one_second_never_have_the_same_date() -> None:
    first = Answer(status=200, body=b"1", modified=NOW + 0.2)
    assert "Last-Modified" not in dict(respond(first, "GET", asked(), NOW + 0.7).headers)
    assert "Last-Modified" in dict(respond(first, "GET", asked(), NOW + 1).headers)


def test_the_date_of_a_file_is_that_of_its_own_last_change(site: Site, copy: Path) -> None:
    before = {path: site.answer(path) for path in ("/gates.html", "/assets/site.css")}
    change(copy, "才到田", "方到田")
    after = {path: site.answer(path) for path in before}
    times = {path: (before[path].modified, after[path].modified) for path in before}
    old, new = times["/gates.html"]
    assert old is not None
    assert new is not None
    assert old < new
    assert times["/assets/site.css"][0] == times["/assets/site.css"][1]


# --- who may ask ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("hosts", "target", "status"),
    [
        (["127.0.0.1:8000"], "/", 0),
        (["localhost"], "/", 0),
        (["LOCALHOST.:9999"], "/", 0),
        (["[::1]:8000"], "/", 0),
        (["mine.example:8000"], "/", 0),
        (["localhost"], "http://127.0.0.1:8000/", 0),
        (["evil.example"], "/", 403),
        (["evil.example:8000"], "/", 403),
        (["127.0.0.1.evil.example"], "/", 403),
        (["localhost.evil.example"], "/", 403),
        (["evil.example@localhost"], "/", 403),
        (["localhost@evil.example"], "/", 403),
        (["[::1].evil.example"], "/", 403),
        (["localhost/x"], "/", 403),
        (["[::2]"], "/", 403),
        (["0.0.0.0:8000"], "/", 403),
        ([""], "/", 403),
        (["localhost"], "http://evil.example/", 403),
        (["evil.example"], "http://localhost/", 403),
        (["localhost"], "http://[/", 400),
        ([], "/", 400),
        (["localhost", "evil.example"], "/", 400),
    ],
)
def test_only_names_of_this_machine_and_those_asked_for_are_answered(
    hosts: list[str], target: str, status: int
) -> None:
    assert host_refusal(hosts, target, {"mine.example"}) == status


# --- the command ------------------------------------------------------------------------------------


@pytest.fixture
def server(copy: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """``site-builder serve`` on a free port, and the address that it prints."""
    yield from serving(copy, "--allow-host", "Mine.Example")


def serving(copy: Path, *more: str, ignored: str = "") -> Iterator[tuple[subprocess.Popen[str], str]]:
    command = [sys.executable, "-m", "site_builder", "serve", str(copy), "--port", "0", *more]
    if ignored:
        command = ["sh", "-c", f"trap '' {ignored}; exec \"$@\"", "sh", *command]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield process, process.stdout.readline().split()[0]
        finally:
            process.kill()


def raw(address: str, request: bytes) -> bytes:
    """The response of the server to the bytes of a request, until it closes."""
    split = urlsplit(address)
    with socket.create_connection((split.hostname, split.port), timeout=20) as connection:
        connection.sendall(request)
        return b"".join(iter(lambda: connection.recv(65536), b""))


def test_the_command_serves_this_machine_until_it_is_interrupted(
    server: tuple[subprocess.Popen[str], str],
) -> None:
    process, address = server
    assert address.startswith("http://127.0.0.1:")
    with urllib.request.urlopen(f"{address}canal/p1.html") as answer:
        assert answer.headers["Cache-Control"] == "no-cache"
        assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
        tag = answer.headers["ETag"]
        body = answer.read()
        assert "圳是人挖出來的" in body.decode()
    with urllib.request.urlopen(f"{address}canal") as answer:
        assert answer.url == f"{address}canal/"
    head = urllib.request.Request(f"{address}canal/p1.html", method="HEAD")
    with urllib.request.urlopen(head) as answer:
        assert answer.read() == b""
        assert int(answer.headers["Content-Length"]) == len(body)
    part = urllib.request.Request(f"{address}canal/p1.html", headers={"Range": "bytes=1-4"})
    with urllib.request.urlopen(part) as answer:
        assert (answer.status, answer.read()) == (206, body[1:5])
    for headers, status in (
        ({"If-None-Match": tag}, 304),
        ({"Range": "bytes=99999999-"}, 416),
        ({"Host": "evil.example"}, 403),
    ):
        with pytest.raises(urllib.error.HTTPError) as error:
            urllib.request.urlopen(urllib.request.Request(f"{address}canal/p1.html", headers=headers))
        assert error.value.code == status
        assert error.value.read() != body
    named = urllib.request.Request(f"{address}canal/p1.html", headers={"Host": "mine.example"})
    with urllib.request.urlopen(named) as answer:
        assert answer.read() == body
    with pytest.raises(urllib.error.HTTPError, match="404"):
        urllib.request.urlopen(f"{address}nothing.html")
    with pytest.raises(urllib.error.HTTPError, match="405"):
        urllib.request.urlopen(urllib.request.Request(address, data=b"x", method="POST"))
    old = raw(address, b"GET / HTTP/1.0\r\nHost: localhost\r\n\r\n")
    assert old.startswith(b"HTTP/1.1 200")
    many = b"GET /canal/p1.html HTTP/1.1\r\nHost: localhost\r\n\r\n" * 3
    last = b"HEAD / HTTP/1.1\r\nHost: [::1]:1\r\nConnection: close\r\n\r\n"
    assert raw(address, many + last).count(b"HTTP/1.1 200") == 4
    for wrong in (
        b"GET / HTTP/1.1\r\nConnection: close\r\n\r\n",
        b"GET http://[/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
    ):
        assert raw(address, wrong).startswith(b"HTTP/1.1 400")
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=10) == INTERRUPTED
    assert process.stderr is not None
    assert process.stderr.read() == ""


def test_each_answer_has_the_length_of_its_body_except_one_that_has_none(still: Site) -> None:
    """A length of 0 with 304 would be that of the page, which is known to the asking program."""
    sent = still.answer("/gates.html")
    tag = dict(respond(sent, "GET", asked(), NOW).headers)["ETag"]
    for method, header, status, length in (
        ("GET", "", 200, len(sent.body)),
        ("HEAD", "", 200, len(sent.body)),
        ("GET", "Range: bytes=1-4", 206, 4),
        ("GET", "Range: bytes=99999999-", 416, 0),
        ("GET", f"If-None-Match: {tag}", 304, None),
        ("HEAD", f"If-None-Match: {tag}", 304, None),
    ):
        lines = [f"{method} /gates.html HTTP/1.1", "Host: localhost", "Connection: close", header]
        head, _, body = over_a_connection(still, "\r\n".join(filter(None, lines)).encode()).partition(
            b"\r\n\r\n"
        )
        assert head.startswith(f"HTTP/1.1 {status} ".encode())
        found = re.search(rb"(?i)\r\ncontent-length: (\d+)", head)
        assert (int(found[1]) if found else None) == length, (method, header)
        assert len(body) == (length or 0 if method == "GET" else 0)


def over_a_connection(site: Site, request: bytes) -> bytes:
    """The response of the server of a site to a request, over a real connection."""
    with serve._Server(0, site, frozenset()) as server:
        Thread(target=server.handle_request).start()
        return raw(f"http://127.0.0.1:{server.server_port}/", request + b"\r\n\r\n")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
@pytest.mark.parametrize(
    ("number", "code", "ignored"),
    [(signal.SIGINT, 130, "INT"), (signal.SIGTERM, 143, "HUP"), (signal.SIGHUP, 129, "INT")],
)
def test_a_signal_ends_the_server_though_the_shell_ignores_interrupts(
    number: signal.Signals, code: int, ignored: str, copy: Path
) -> None:
    for process, _ in serving(copy, ignored=ignored):
        process.send_signal(number)
        assert process.wait(timeout=10) == code
        assert process.stderr is not None
        assert process.stderr.read() == ""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
def test_a_server_that_was_started_to_survive_its_terminal_does(copy: Path) -> None:
    """``nohup`` ignores SIGHUP, and that holds."""
    for process, address in serving(copy, ignored="HUP"):
        process.send_signal(signal.SIGHUP)
        with urllib.request.urlopen(f"{address}canal/p1.html") as answer:
            assert answer.status == 200


def test_many_requests_at_once_are_all_answered(server: tuple[subprocess.Popen[str], str]) -> None:
    _, address = server
    names = ["canal/p1.html", "gates.html", "data/passages.json", "assets/site.css"]
    with ThreadPoolExecutor(40) as pool:
        lengths = list(pool.map(lambda n: length(f"{address}{names[n % 4]}"), range(400)))
    assert [len({*lengths[n::4]}) for n in range(4)] == [1, 1, 1, 1]
    assert min(lengths) > 1000


def length(address: str) -> int:
    with urllib.request.urlopen(address, timeout=30) as answer:
        assert answer.status == 200
        return len(answer.read())


def test_a_port_in_use_is_reported(server: tuple[subprocess.Popen[str], str], copy: Path) -> None:
    port = server[1].rstrip("/").rpartition(":")[2]
    command = [sys.executable, "-m", "site_builder", "serve", str(copy), "--port", port]
    done = subprocess.run(command, capture_output=True, text=True, timeout=20, check=False)
    assert done.returncode == 1
    assert f"port {port}" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("port", ["99999", "-1"])
def test_an_invalid_port_is_reported(port: str, copy: Path) -> None:
    command = [sys.executable, "-m", "site_builder", "serve", str(copy), "--port", port]
    done = subprocess.run(command, capture_output=True, text=True, timeout=20, check=False)
    assert done.returncode in (1, 2)
    assert "Traceback" not in done.stderr
