"""The responses of a static web server: conditions and ranges (RFC 9110), and allowed host names.

Each function depends only on a request and a file in memory; :mod:`site_builder.edges.serve` does the rest.
"""

from __future__ import annotations

import hashlib
import mimetypes
import re
from collections.abc import Collection, Sequence
from dataclasses import field
from datetime import UTC, datetime
from email.message import Message
from email.utils import format_datetime, parsedate_to_datetime
from urllib.parse import urlsplit

from site_builder.records import dataclass

LOOPBACK = frozenset({"localhost", "127.0.0.1", "[::1]"})
"""The host names of this machine that a request may use."""
_HOST = re.compile(r"(\[[0-9a-fA-F:.]+\]|[^\[\]:@/?#\s]+)(?::[0-9]{1,5})?")
_RANGE = re.compile(r"bytes=\s*([0-9]{0,18})-([0-9]{0,18})\s*", re.I)
_TYPES = mimetypes.MimeTypes()  # only those of Python: a system can add wrong ones
for _ending, _type in {
    ".js": "text/javascript",
    ".jsonld": "application/ld+json",
    ".epub": "application/epub+zip",
    ".bib": "application/x-bibtex",
    ".cff": "application/yaml",
    ".ris": "application/x-research-info-systems",
    ".xml": "application/xml",
    ".qdc": "application/xml",
    ".qdpx": "application/zip",
    ".csv": "text/csv",
    ".txt": "text/plain",
}.items():
    _TYPES.add_type(_type, _ending)


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """The resource at an address, before conditions and ranges are applied.

    ``kind`` is the media type, ``location`` the target of a redirect, ``modified`` the time of the last
    change of the content in seconds since 1970, or ``None``.
    """

    status: int
    kind: str = "text/html; charset=utf-8"
    body: bytes = b""
    location: str = ""
    modified: float | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Response:
    """The response to send; a response to HEAD is sent without its body."""

    status: int
    headers: Sequence[tuple[str, str]] = field(default_factory=tuple)
    body: bytes = b""


def media_type(path: str) -> str:
    """The media type of a file of the site, with ``charset=utf-8`` if it is text, JSON or XML:
    ``text/html; charset=utf-8``, ``application/zip``.

    Only the name is examined; the case of its extension does not matter.  ``.xml`` is ``application/xml``,
    ``.js`` ``text/javascript``.  Of ``a.html.gz`` the compression does not count.  An unknown file name
    extension (``.md``, ``.ttl``), or none, gives ``application/octet-stream``.
    """
    kind = _TYPES.guess_type(path)[0] or "application/octet-stream"
    return f"{kind}; charset=utf-8" if kind.startswith("text/") or kind.endswith(("json", "xml")) else kind


def host_refusal(hosts: Sequence[str], target: str, allowed: Collection[str]) -> int:
    """Check that a request is for this server: 0, or the status code of the refusal (400 for a request that
    is not valid, 403 for an unknown host name).

    Known are ``localhost``, ``127.0.0.1``, ``[::1]`` and the names in ``allowed``.

    A page of another site can point its own host name at 127.0.0.1 (DNS rebinding) and could then read the
    pages as its own.  The browser still sends that name as ``Host``, so only known names are accepted.  A
    port, the case and a final dot do not matter.

    :param hosts: the values of ``Host``; a valid request has one, any other number gives 400, and so does a
        target that cannot be parsed, also if a name is unknown.
    :param target: the target of the request; a host name in it must be known as well.
    :param allowed: further host names that are accepted, in lower case.
    """
    if len(hosts) != 1:
        return 400
    try:
        host = hosts[0] if target.startswith("/") else urlsplit(target).netloc or hosts[0]
    except ValueError:
        return 400
    for one in (hosts[0], host):
        found = _HOST.fullmatch(one.strip())
        name = found[1].lower().removesuffix(".") if found else ""
        if name not in LOOPBACK and name not in allowed:
            return 403
    return 0


def respond(answer: Answer, method: str, asked: Message, now: float) -> Response:
    """The response to GET or HEAD, with conditions and a range applied.

    An answer that is not 200 is sent as it is, without an ``ETag``.  304 (``If-None-Match`` or
    ``If-Modified-Since``, which counts only without the first) and 416 have no body, and 304 has no
    ``Content-Type``; 206 has the range, and ``Content-Range: bytes 2-4/10``.  A range that begins at the end
    of the body or after it gives 416.  304 comes before a range.  A range that is not valid, several
    ranges, and a range of a HEAD request give the whole body.  The body is there for HEAD too.

    :param asked: the headers of the request.
    :param now: the present time, in seconds since 1970.
    """
    headers = [
        ("Content-Type", answer.kind),
        ("Cache-Control", "no-cache"),  # store it, and revalidate it before each use
        ("Cross-Origin-Resource-Policy", "same-origin"),  # another site must not load data/search.js
        ("X-Content-Type-Options", "nosniff"),
    ]
    if answer.location:
        headers.append(("Location", answer.location))
    if answer.status != 200:
        return Response(status=answer.status, headers=headers, body=answer.body)
    tag, changed = f'"{hashlib.sha256(answer.body).hexdigest()[:32]}"', _last_modified(answer, now)
    headers += [("ETag", tag), ("Accept-Ranges", "bytes")]
    if changed is not None:
        headers.append(("Last-Modified", format_datetime(changed, usegmt=True)))
    if _is_unchanged(asked, tag, changed):
        return Response(status=304, headers=headers[1:])
    if method == "GET" and _range_holds(asked, tag, changed):
        return _partial(answer.body, asked.get("Range", ""), headers)
    return Response(status=200, headers=headers, body=answer.body)


def _last_modified(answer: Answer, now: float) -> datetime | None:
    """The first full second after the change, once it has passed.

    HTTP dates have no fractions of a second.  With the second of the change itself, a later version of the
    same second would look unchanged.
    """
    if answer.modified is None:
        return None
    second = int(answer.modified) + 1
    return datetime.fromtimestamp(second, UTC) if second <= now else None


def _is_unchanged(asked: Message, tag: str, changed: datetime | None) -> bool:
    tags = asked.get("If-None-Match")
    if tags is not None:
        return tags.strip() == "*" or tag in {one.strip().removeprefix("W/") for one in tags.split(",")}
    since = _date(asked.get("If-Modified-Since"))
    return since is not None and changed is not None and changed <= since


def _range_holds(asked: Message, tag: str, changed: datetime | None) -> bool:
    """Whether the request asks for a range of the present version."""
    if "Range" not in asked:
        return False
    only = asked.get("If-Range")
    if only is None or only.strip() == tag:
        return True
    return changed is not None and _date(only) == changed


def _date(value: str | None) -> datetime | None:
    try:
        found = parsedate_to_datetime(value or "")
    except (ValueError, TypeError, OverflowError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _partial(body: bytes, wanted: str, headers: Sequence[tuple[str, str]]) -> Response:
    """One range of the body; the whole body if the range is not valid, or if there are several."""
    found = _RANGE.fullmatch(wanted.strip())
    if not found or not (found[1] or found[2]):
        return Response(status=200, headers=headers, body=body)
    size = len(body)
    if found[1]:
        start, end = int(found[1]), min(int(found[2] or size), size - 1)
        if found[2] and int(found[2]) < start:
            return Response(status=200, headers=headers, body=body)
    else:
        start, end = max(size - int(found[2]), 0), size - 1
    if start >= size:
        return Response(status=416, headers=[*headers, ("Content-Range", f"bytes */{size}")])
    place = ("Content-Range", f"bytes {start}-{end}/{size}")
    return Response(status=206, headers=[*headers, place], body=body[start : end + 1])
