"""Web addresses in a project: the address of its site, and links to other sites (RFC 3986).

The address of each page begins with the address of the site, which is therefore http(s)://host[:port]/path
without query and fragment.  Some exports allow ASCII only, so other letters in the host are written in IDNA
and other letters in the path in percent-encoding.
"""

from __future__ import annotations

import posixpath
import re
from urllib.parse import quote, unquote, urlsplit

_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_HOST = rf"(?:{_LABEL}(?:\.{_LABEL})*|\[[0-9A-Fa-f:.]+\])"
_PATH = r"(?:/(?:[A-Za-z0-9._~!$&'()*+,;=:@-]|%[0-9A-Fa-f]{2})*)*"
_SITE = re.compile(rf"https?://(?P<host>{_HOST})(?::(?P<port>[0-9]{{1,5}}))?(?P<path>{_PATH})")
_LINK = re.compile(r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*):(?P<rest>[^\s<>\"\\^`{|}]+)")
_HOST_FIRST = re.compile(
    r"(?://)?(?:localhost|[^/.:\s]+(?:\.[^/.:\s]+)+|\[[0-9A-Fa-f:.]+\])\.?(?::[0-9]+)?(?:[/?#]|$)"
)
"""An address without a scheme that begins with the name of a host, and with no step of a path."""
_SCHEMES = ("http", "https", "ftp", "doi", "hdl", "urn", "info", "ark")
_SAFE = "/:@!$&'()*+,;=~-._"

SITE_PATTERN = r"https?://[^\s?#@]+"
"""The pattern of the address of a site in the JSON Schema; :func:`site_fault` is stricter."""
LINK_PATTERN = r"[A-Za-z][A-Za-z0-9+.-]*:\S+"
"""The pattern of a link in the JSON Schema; :func:`link_fault` is stricter."""


def site_fault(text: str) -> tuple[str, str] | None:
    """Message and hint if a text cannot be the address of a site, else ``None``.

    A final ``/`` is optional.  Faults are another scheme than ``http`` and ``https`` in small letters, a
    query, a fragment, a user, letters other than ASCII (the hint has the encoded address), a port outside of
    1 to 65535, the parts ``.``, ``..`` and ``""`` in the path, and an ending ``.html`` or ``.htm``.

    The hint is ``write`` with the corrected address, if there is one: ``write http://x.org/`` for
    ``http://x.org/a.html``, ``write https://x.org/a/`` for ``x.org/a``; else
    ``write an address such as https://example.org/path/``.  The message is ``the address of a site must be
    http(s)://host/path without query and fragment, not '…'``.
    """
    if _is_site(text):
        return None
    right = _corrected(text)
    hint = f"write {right}" if right else "write an address such as https://example.org/path/"
    return f"the address of a site must be http(s)://host/path without query and fragment, not '{text}'", hint


def link_fault(text: str) -> tuple[str, str] | None:
    """Message and hint if a text cannot be a link to another site, else ``None``.

    Only the schemes http, https, ftp, doi, hdl, urn, info and ark are accepted, in any case, so ``mailto:``
    is a fault.  The first three need ``//`` and a host.  White space and ``< > " \\ ^ ` { | }`` are faults.
    The address is not requested.

    The message is ``the value must be an address with its scheme, not '…'``.  The hint for ``x.org/a`` is
    ``write https://x.org/a``, for all else ``begin the address with one of: http, https, ftp, …``, with all
    schemes.
    """
    found = _LINK.fullmatch(text)
    scheme = found["scheme"].lower() if found else ""
    web = scheme in ("http", "https", "ftp")
    if found and scheme in _SCHEMES and (not web or re.match(r"//[^/?#@\s]+", found["rest"])):
        return None
    bare = re.fullmatch(r"[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+(?:[/?#:]\S*)?", text)
    hint = f"write https://{text}" if bare else f"begin the address with one of: {', '.join(_SCHEMES)}"
    return f"the value must be an address with its scheme, not '{text}'", hint


def _is_site(text: str) -> bool:
    found = _SITE.fullmatch(text)
    if found is None or int(found["port"] or 1) not in range(1, 65536):
        return False
    parts = unquote(found["path"]).split("/")
    if any(part in (".", "..") for part in parts) or "" in parts[1:-1]:
        return False
    return not parts[-1].lower().endswith((".html", ".htm"))  # it would be a folder with the name of a page


def _corrected(text: str) -> str:
    """The address that the author probably meant, or ``""``."""
    spelled = text.strip().replace("\\", "/")
    if not re.match(r"[A-Za-z]+:/*", spelled) or re.match(r"[A-Za-z0-9.-]+:[0-9]", spelled):
        if not _HOST_FIRST.match(spelled):
            return ""
        spelled = f"https://{spelled.lstrip('/')}"
    try:
        parts = urlsplit(re.sub(r"^(https?):/*", lambda found: f"{found[1].lower()}://", spelled, flags=re.I))
        host = (parts.hostname or "").rstrip(".").encode("idna").decode()
        port = f":{parts.port}" if parts.port else ""
    except ValueError:  # the port, the IPv6 address or the host is invalid
        return ""
    path = posixpath.normpath(f"/{unquote(parts.path)}").lstrip("/")
    steps = [quote(part, safe=_SAFE) for part in path.split("/") if part]
    if steps and steps[-1].lower().endswith((".html", ".htm")):
        steps.pop()
    host = f"[{host}]" if ":" in host else host
    made = "/".join([f"{parts.scheme}://{host}{port}", *steps, ""])
    return made if _is_site(made) and made != text else ""
