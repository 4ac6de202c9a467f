"""The pages from memory: on this machine only, rebuilt after a change, the last good ones kept."""

from __future__ import annotations

import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from site_builder import build
from site_builder.cli import INTERRUPTED
from site_builder.model import Problem
from site_builder.serve import Site

GATES = "annotations/pages/gates.md"
told: list[list[Problem]] = []


@pytest.fixture
def site(copy: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    """A site that looks at the disk on every request."""
    monkeypatch.setattr("site_builder.serve._PAUSE", 0)
    told.clear()

    def report(problems: Sequence[Problem]) -> None:
        told.append(list(problems))

    return Site(copy, report)


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
def test_an_address_is_answered_from_memory(address: str, kind: str, holds: str, site: Site) -> None:
    status, found, body = site.answer(address)
    assert (status, found) == (200, kind)
    assert holds in body.decode()


def test_a_script_is_sent_as_a_script(site: Site) -> None:
    assert "javascript" in site.answer("/data/search.js")[1]


@pytest.mark.parametrize(
    "address", ["/nothing.html", "/../pyproject.toml", "/%2e%2e/%2e%2e/etc/passwd", "//etc/passwd"]
)
def test_what_is_no_page_is_not_found(address: str, site: Site) -> None:
    assert site.answer(address)[0] == 404


def test_the_pages_are_those_of_a_build(site: Site, copy: Path) -> None:
    site.answer("/")
    found = build.checked(copy)
    assert found.project is not None
    assert found.links is not None
    assert site.files == build.site(found.project, found.links)


def test_nothing_is_built_again_while_nothing_changes(site: Site) -> None:
    site.answer("/")
    first = site.files
    site.answer("/gates.html")
    assert site.files is first
    assert told == [[]]


def test_a_change_is_seen_at_the_next_request(site: Site, copy: Path) -> None:
    site.answer("/")
    change(copy, "才到田", "纔能到田")
    assert "纔能到田" in site.answer("/gates.html")[2].decode()


def test_a_new_page_and_one_that_is_gone_are_seen(site: Site, copy: Path) -> None:
    site.answer("/")
    (copy / "annotations/pages/new.md").write_text("---\nid: new\ntitle: 新\n---\n\n水[@p1]。\n")
    assert site.answer("/new.html")[0] == 200
    (copy / "annotations/pages/new.md").unlink()
    assert site.answer("/new.html")[0] == 404


def test_a_fault_is_reported_and_the_last_good_pages_stay(site: Site, copy: Path) -> None:
    good = site.answer("/gates.html")
    change(copy, "[@p1 things:gate]", "[@p99]")
    assert site.answer("/gates.html") == good
    assert [problem.code for problem in told[-1]] == ["P002"]
    change(copy, "，才到田[@p99]", "[@p1]")
    assert site.answer("/gates.html")[2] != good[2]
    assert told[-1] == []


def test_a_project_that_was_never_sound_says_what_is_wrong(site: Site, copy: Path) -> None:
    change(copy, "[@p1 things:gate]", "[@p99 <b>]")
    status, _, body = site.answer("/")
    assert status == 404
    assert "P002" in body.decode()
    assert "<b>" not in body.decode()


# --- the command ------------------------------------------------------------------------------------


@pytest.fixture
def server(copy: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """``site-builder serve`` on a free port, and the address that it prints."""
    command = [sys.executable, "-m", "site_builder", "serve", str(copy), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout is not None
        yield process, process.stdout.readline().split()[0]
        process.kill()


def test_the_command_serves_this_machine_until_it_is_interrupted(
    server: tuple[subprocess.Popen[str], str],
) -> None:
    process, address = server
    assert address.startswith("http://127.0.0.1:")
    with urllib.request.urlopen(f"{address}canal/p1.html") as answer:
        assert answer.headers["Cache-Control"] == "no-store"
        assert "圳是人挖出來的" in answer.read().decode()
    head = urllib.request.Request(f"{address}canal/p1.html", method="HEAD")
    with urllib.request.urlopen(head) as answer:
        assert answer.read() == b""
        assert int(answer.headers["Content-Length"]) > 1000
    with pytest.raises(urllib.error.HTTPError, match="404"):
        urllib.request.urlopen(f"{address}nothing.html")
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=10) == INTERRUPTED


def test_a_port_that_is_taken_is_told(server: tuple[subprocess.Popen[str], str], copy: Path) -> None:
    port = server[1].rstrip("/").rpartition(":")[2]
    command = [sys.executable, "-m", "site_builder", "serve", str(copy), "--port", port]
    done = subprocess.run(command, capture_output=True, text=True, timeout=20, check=False)
    assert done.returncode == 1
    assert f"port {port}" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("port", ["99999", "-1"])
def test_a_port_that_cannot_be_is_told(port: str, copy: Path) -> None:
    command = [sys.executable, "-m", "site_builder", "serve", str(copy), "--port", port]
    done = subprocess.run(command, capture_output=True, text=True, timeout=20, check=False)
    assert done.returncode in (1, 2)
    assert "Traceback" not in done.stderr
