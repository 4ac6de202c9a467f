"""Serves the pages on the loopback address.  Each is made when it is asked for, from the present sources."""

from __future__ import annotations

import re
import signal
import sys
import time
import traceback
from collections.abc import Callable, Collection, Mapping, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Lock
from urllib.parse import quote, unquote

from site_builder import pipeline
from site_builder.edges import building, interrupts, responses, streams
from site_builder.edges.responses import Answer
from site_builder.edges.watch import Sources, Watch
from site_builder.model import Problem
from site_builder.model.memory import Memory
from site_builder.pipeline.preview import Preview
from site_builder.records import dataclass, replace
from site_builder.site import notice
from site_builder.source import parts

Report = Callable[[Sequence[Problem]], None]
_SHARE = 4  # the files are examined for at most a fifth of the time
_SHORTEST, _LONGEST = 0.05, 0.5  # seconds between two times
_ATTEMPTS = 5  # successive builds while files keep changing
_BUDGET = 5.0  # seconds after which one request starts no further build
_AGAIN = 0.05  # seconds before sources that could not be read are read again
_IDLE = 30.0  # seconds that a connection may wait for its next request
_HTML = "text/html; charset=utf-8"
_ORIGIN = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://[^/?#]*")


@dataclass(frozen=True, kw_only=True, slots=True)
class Snapshot:
    """The last valid pages, ``None`` before there are any.

    ``problems`` are the problems of the present sources, which the pages do not show.
    """

    pages: Preview | None = None
    problems: Sequence[str] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class _File:
    """A file as it was last made, and the time of its last change in seconds since 1970.

    ``problems`` say why the present file could not be made.
    """

    content: bytes
    modified: float
    problems: Sequence[str] = ()


class Site:
    """The present pages of a project; the last valid ones while it has problems or is being read."""

    def __init__(self, folder: Path, report: Report) -> None:
        self._folder = folder
        self._report = report
        self._building = Lock()
        self._read_part = parts.Remembered()  # a change of one file reads that file again
        self._memory = Memory()
        self._watch = Watch(folder)
        self._sources: Sources | None = None
        self._next = float("-inf")
        """When the files are examined again, by the monotonic clock."""
        self._files: dict[str, _File] = {}
        self.now = Snapshot()

    def refresh(self) -> None:
        """Read and check the project again if a source file has changed since the last time.

        While another thread reads, a request gets the last valid pages without waiting, if there are any.
        The files are examined again only after four times as long as examining them took, from 0.05 to 0.5
        seconds.
        The problems are reported each time, also if there are none.  With errors the last valid pages stay.
        An exception is printed, not raised.
        """
        if not self._building.acquire(blocking=self.now.pages is None):
            return
        try:
            if time.monotonic() >= self._next:
                took = self._refresh()
                self._next = time.monotonic() + min(max(took * _SHARE, _SHORTEST), _LONGEST)
        finally:
            self._building.release()

    def _refresh(self) -> float:
        """Read the project until the sources no longer change meanwhile, or the time is up.

        :returns: the seconds that it took to examine the files the last time.
        """
        took = 0.0
        until = time.monotonic() + _BUDGET
        for attempt in range(_ATTEMPTS):
            begun = time.monotonic()
            if attempt and begun > until:  # the next request continues
                break
            try:
                sources = self._watch.read()
            except OSError as error:  # a file disappeared meanwhile
                self._fail(f"the sources cannot be read: {error}")
                self._sources = None
                time.sleep(_AGAIN)
                continue
            took = time.monotonic() - begun
            if sources is self._sources:
                break
            self._sources = sources
            try:
                self._read(sources)
            except Exception as error:  # an error in the tool: it is reported, and the last valid pages stay
                streams.print_error(traceback.format_exc())
                self._fail(f"the site cannot be made: {type(error).__name__}: {error}")
        return took

    def _read(self, sources: Sources) -> None:
        found = pipeline.check_sources(sources.texts, sources.problems, self._read_part, self._memory)
        self._report(found.problems)
        edition = found.preview()
        if edition is None:
            errors = [str(problem) for problem in found.problems if problem.level == "error"]
            self.now = Snapshot(pages=self.now.pages, problems=errors)
            return

        def build() -> Mapping[str, bytes]:
            # one process: a copy of a process with several threads can hang
            with building.engine(1, sources.texts) as engine:
                return pipeline.site(edition, lambda _: None, engine)

        self.now = Snapshot(pages=Preview(edition, build))

    def _fail(self, reason: str) -> None:
        self.now = Snapshot(pages=self.now.pages, problems=[reason])

    def _file(self, pages: Preview, path: str) -> _File | None:
        """A file of the site; ``None`` if it has none at a path.

        A file that could not be made is as it was before, with the reason.

        :raises Exception: if a file could not be made now, and was not made before.
        """
        last = self._files.get(path)
        try:
            content = pages.get(path)
        except Exception as error:  # an error in the tool
            if last is None:
                raise
            streams.print_error(traceback.format_exc())
            reason = f"the page cannot be made: {type(error).__name__}: {error}"
            return replace(last, problems=[reason])
        if content is None:
            return None
        if last is None or last.content != content:
            last = self._files[path] = _File(content=content, modified=time.time())
        return last

    def answer(self, address: str) -> Answer:
        """The resource at the path of a request, from the present sources.

        A folder is its ``index.html``.  A folder without its ``/`` is redirected (301, ``/hans/?q=1``); an
        unknown path gives 404, and so does every path before there are valid pages.  Pages show the problems
        of the present sources, if there are any, and have no time of change then; other files do not show
        them.

        :param address: the target of the request, with its query, percent-encoded.  The query is ignored,
            except in a redirect.
        """
        self.refresh()
        now = self.now
        raw, mark, query = _ORIGIN.sub("", address).partition("#")[0].partition("?")
        path = unquote(raw).lstrip("/")
        is_folder = not path or path.endswith("/")
        name = f"{path}index.html" if is_folder else path
        found = self._file(now.pages, name) if now.pages else None
        if found is None:
            if now.pages and not is_folder and now.pages.get(f"{path}/index.html") is not None:
                return Answer(status=301, location=f"/{quote(path)}/{mark}{query}")
            return Answer(status=404, body=notice.missing(now.problems))
        kind, problems = responses.media_type(name), [*now.problems, *found.problems]
        if problems and kind == _HTML:
            return Answer(status=200, kind=kind, body=notice.above(found.content, problems))
        return Answer(status=200, kind=kind, body=found.content, modified=found.modified)


# --- the server -------------------------------------------------------------------------------------


class _Server(ThreadingHTTPServer):
    request_queue_size = 128  # connections that wait to be accepted; the default of 5 is too small

    def __init__(self, port: int, site: Site, allowed: Collection[str]) -> None:
        self.site = site
        self.allowed = allowed
        super().__init__(("127.0.0.1", port), _Handler)

    def handle_error(self, request: object, client_address: object) -> None:
        """Print an error, unless the client has closed the connection."""
        error = sys.exception() if sys.version_info >= (3, 12) else sys.exc_info()[1]
        if not isinstance(error, ConnectionError | TimeoutError):
            streams.print_error(traceback.format_exc())


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"
    timeout = _IDLE
    wbufsize = -1  # headers and body in one packet; separate ones cost 40 ms on a kept connection
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        hosts = self.headers.get_all("Host") or []
        refused = responses.host_refusal(hosts, self.path, self.server.allowed)
        if refused:
            self.close_connection = True
            hint = "--allow-host NAME allows another name" if refused == 403 else "name one host"
            answer = Answer(status=refused, kind="text/plain; charset=utf-8", body=f"{hint}\n".encode())
        else:
            answer = self._answer()
        response = responses.respond(answer, self.command, self.headers, time.time())
        self.send_response(response.status)
        for name, value in response.headers:
            self.send_header(name, value)
        if response.status != 304:
            self.send_header("Content-Length", str(len(response.body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(response.body)

    do_HEAD = do_GET

    def _answer(self) -> Answer:
        try:
            return self.server.site.answer(self.path)
        except Exception as error:  # every request gets a response
            streams.print_error(traceback.format_exc())
            reason = f"{type(error).__name__}: {error}"
            return Answer(status=500, kind="text/plain; charset=utf-8", body=f"{reason}\n".encode())

    def _not_allowed(self) -> None:
        self.close_connection = True  # its body is not read
        self.send_response(405)
        for name, value in (("Allow", "GET, HEAD"), ("Content-Length", "0"), ("Connection", "close")):
            self.send_header(name, value)
        self.end_headers()

    do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = _not_allowed

    def log_message(self, format: str, *args: object) -> None:
        """Print nothing: requests are not logged."""
        pass


def run(folder: Path, port: int, report: Report, allowed: Collection[str] = ()) -> int:
    """Serve on 127.0.0.1 until a signal ends the process; the address is printed when requests are accepted.

    SIGINT ends the server even if it is ignored at the start, as in a background job of a script: a server
    has nothing to finish.  The site is built before the first request; with errors the server runs all the
    same.

    :param port: 0 takes a free port.
    :param report: called with all problems when the sources have changed, and at the start.
    :param allowed: host names that are accepted in addition to those of this machine; case and a final dot do
        not matter.
    :returns: the exit code 1 if the port is not available.
    :raises interrupts.Interrupted: when a signal arrives.
    """
    with interrupts.raised(always=(signal.SIGINT,)):
        site = Site(folder, report)
        site.refresh()
        try:
            server = _Server(port, site, frozenset(name.lower().removesuffix(".") for name in allowed))
        except (OSError, OverflowError) as error:
            streams.print_error(f"site-builder: port {port}: {error} / --port 0 takes a free one")
            return 1
        with server:
            print(f"http://127.0.0.1:{server.server_port}/  (Ctrl-C ends)", flush=True)
            server.serve_forever()
    return 0
