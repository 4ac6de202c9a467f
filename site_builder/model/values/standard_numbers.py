"""Identifiers of publications: DOI, ISSN, ISBN, and the web address of a publication.

Each check returns ``None`` for a correct text, else a message and a hint.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from site_builder.language.characters import one_line

DOI_OUTLINE = r"10\.[0-9]{4,9}(\.[0-9]+)*/\S+"
ISSN_OUTLINE = r"[0-9]{4}-[0-9]{3}[0-9Xx]"
ISBN_OUTLINE = r"(97[89][ -]?)?([0-9][ -]?){9}[0-9Xx]"
URL_OUTLINE = r"https?://\S+"

_DOI_PREFIX = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)(?=10\.)", re.IGNORECASE)
_DOI = re.compile(r"10\.[0-9]{4,9}(?:\.[0-9]+)*/[^\s\x00-\x1f\x7f<>]+")
_NOT_IN_URL = re.compile(r'[\s\x00-\x20\x7f-\x9f"<>\\^`{|}]')


def doi_fault(text: str) -> tuple[str, str] | None:
    """``None`` for a DOI without prefix, ``10.1000/182``, else message and hint.

    ``doi:`` and ``https://doi.org/`` before it, and an empty text, are faults.

    >>> doi_fault("doi:10.1000/182")
    ("the value must be a DOI, not 'doi:10.1000/182'", 'write 10.1000/182')
    """
    prefix = _DOI_PREFIX.match(text)
    if prefix:
        return _wrong("a DOI", text, f"write {text[prefix.end() :]}")
    if _DOI.fullmatch(text):
        return None
    return _wrong(
        "a DOI",
        text,
        "write '10.', the number of the registrant, '/' and the suffix, for example 10.1000/182",
    )


def issn_fault(text: str) -> tuple[str, str] | None:
    """``None`` for an ISSN with the right check digit (ISO 3297: weights 8 to 2, modulo 11), else message and
    hint.

    The hyphen is required; the check digit may be ``x`` or ``X``.

    With a wrong check digit the hint names the right one.  An empty text is a fault.

    >>> issn_fault("1234-5678")[0]
    "the value must be an ISSN, not '1234-5678'"
    >>> issn_fault("1234-5678")[1]
    'compare every digit with the source: the check digit of these digits is 9, not 8'
    """
    if not re.fullmatch(ISSN_OUTLINE, text):
        hint = "write eight digits (the last may be X) with a hyphen in the middle, for example 1234-5679"
        return _wrong("an ISSN", text, hint)
    return _digit_fault("an ISSN", text, _modulo_11(text.replace("-", "")[:7]))


def isbn_fault(text: str) -> tuple[str, str] | None:
    """``None`` for an ISBN with the right check digit, else message and hint.

    It has 13 digits (ISO 2108: weights 1 and 3, modulo 10) or 10 (weights 10 to 2, modulo 11).  Single
    hyphens and spaces may be between the digits, at any place.

    With a wrong check digit the hint names the right one, as in :func:`issn_fault`.  An empty text is a
    fault.  The message is ``the value must be an ISBN, not '…'``.
    """
    if not re.fullmatch(ISBN_OUTLINE, text):
        hint = "write 13 digits that begin with 978 or 979, or 10 digits of which the last may be X"
        return _wrong("an ISBN", text, hint)
    digits = re.sub(r"[ -]", "", text)
    if len(digits) == 10:
        return _digit_fault("an ISBN", text, _modulo_11(digits[:9]))
    total = sum(int(digit) * (1, 3)[at % 2] for at, digit in enumerate(digits[:12]))
    return _digit_fault("an ISBN", text, str(-total % 10))


def url_fault(text: str) -> tuple[str, str] | None:
    """``None`` for an http(s) address, else message and hint; a path in other letters than ASCII is accepted.

    Spaces, ``"``, ``<``, ``>`` and similar characters, and any other scheme, are faults.  The address is not
    requested.

    The hint for ``example.org/a``, without a scheme, is ``write https://example.org/a``; for all else it is
    general.  An empty text is a fault.  The message is ``the value must be a web address, not '…'``.
    """
    hint = "write the address as a browser shows it, for example https://example.org/page; a space is %20"
    if _NOT_IN_URL.search(text):
        return _wrong("a web address", text, hint)
    try:
        parts = urlsplit(text)
        if parts.scheme in ("http", "https") and parts.hostname:
            return None
    except ValueError:  # the host is not valid
        return _wrong("a web address", text, hint)
    bare = re.fullmatch(r"[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+(?:[/?#:]\S*)?", text)
    return _wrong("a web address", text, f"write https://{text}" if bare else hint)


def _modulo_11(digits: str) -> str:
    """The check digit for digits with the weights n + 1 to 2, where n is their number."""
    total = sum(int(digit) * (len(digits) + 1 - at) for at, digit in enumerate(digits))
    return "0123456789X"[-total % 11]


def _digit_fault(what: str, text: str, digit: str) -> tuple[str, str] | None:
    last = text[-1].upper()
    if last == digit:
        return None
    hint = f"compare every digit with the source: the check digit of these digits is {digit}, not {last}"
    return _wrong(what, text, hint)


def _wrong(what: str, text: str, hint: str) -> tuple[str, str]:
    return f"the value must be {what}, not '{one_line(text)}'", hint
