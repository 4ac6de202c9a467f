"""The same pages from memory, on loopback, rebuilt when a source file changes."""

from __future__ import annotations

import mimetypes
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Lock
from urllib.parse import unquote, urlsplit

from site_builder import build, load
from site_builder.model import Problem

Report = Callable[[Sequence[Problem]], None]
_PAUSE = 0.5  # seconds between two looks at the disk, at the most


class Site:
    """The pages of a project as they are now; the last good ones while it has faults."""

    def __init__(self, folder: Path, report: Report) -> None:
        self._folder = folder
        self._report = report
        self._lock = Lock()
        self._stamps: Mapping[str, tuple[int, ...]] = {}
        self._looked = 0.0
        self.files: Mapping[str, bytes] = {}
        self.problems: tuple[Problem, ...] = ()

    def refresh(self) -> None:
        """Build again if a source file has changed since the last look."""
        with self._lock:
            if time.monotonic() - self._looked < _PAUSE:
                return
            self._looked = time.monotonic()
            stamps = load.stamps(self._folder)
            if stamps == self._stamps:
                return
            self._stamps = stamps
            found = build.checked(self._folder)
            self.problems = found.problems
            self._report(found.problems)
            if found.sound and found.project is not None and found.links is not None:
                self.files = build.site(found.project, found.links)

    def answer(self, address: str) -> tuple[int, str, bytes]:
        """(status, media type, body) for a path of a request."""
        self.refresh()
        path = unquote(urlsplit(address).path).lstrip("/")
        if not path or path.endswith("/"):
            path += "index.html"
        data = self.files.get(path)
        if data is None:
            return 404, "text/html; charset=utf-8", self._missing()
        kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
        if kind.startswith("text/") or kind.endswith(("javascript", "json")):
            kind += "; charset=utf-8"
        return 200, kind, data

    def _missing(self) -> bytes:
        """No such page; or no page at all, and why."""
        rows = "".join(f"<li>{escape(str(problem))}</li>" for problem in self.problems)
        says = f"<p>The project has faults:</p><ul>{rows}</ul>" if rows else "<p>No such page.</p>"
        return f"<!doctype html><meta charset=utf-8><title>site-builder</title>{says}".encode()


def run(folder: Path, port: int, report: Report) -> int:
    """Serve until interrupted; returns the exit code."""
    site = Site(folder, report)
    site.refresh()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, kind, body = site.answer(self.path)
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Cache-Control", "no-store")
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)

        do_HEAD = do_GET

        def log_message(self, format: str, *args: object) -> None:
            pass

    try:
        server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    except (OSError, OverflowError) as error:
        print(f"site-builder: port {port}: {error} / --port 0 takes a free one", file=sys.stderr)
        return 1
    print(f"http://127.0.0.1:{server.server_port}/  (Ctrl-C ends)", flush=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        return 130
    finally:
        server.server_close()
    return 0
