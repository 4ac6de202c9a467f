"""Reads the addresses and selectors of Web Annotations, without checking them against the project.

A selector is single, one of several alternatives, or a refinement of another (``refinedBy``).  Together they
make one :class:`Selection`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeGuard
from urllib.parse import unquote, urlsplit

from site_builder.formats.webannotation.values import get, many, text, types, word
from site_builder.records import dataclass, replace

_CSS_ID = re.compile(r"\s*#([A-Za-z][A-Za-z0-9-]*)\s*")
_STEPS = 200  # selectors of one target; programs write three


@dataclass(frozen=True, kw_only=True, slots=True)
class Selection:
    """The content of all selectors of a target.

    ``inside`` means that the position counts within the fragment.  ``bare`` means that one selector is a
    fragment without a refinement.
    """

    fragment: str = ""
    exact: str = ""
    prefix: str = ""
    suffix: str = ""
    start: int = -1
    end: int = -1
    inside: bool = False
    bare: bool = False
    unread: str = ""

    @property
    def whole(self) -> bool:
        """Whether no selector restricts the target to words or a position.

        Also true without any selector; false for a selector that cannot be read.
        """
        return not self.exact and self.start < 0 and not self.unread


# --- addresses ------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True, slots=True)
class Address:
    """An address in the forms that can be known here: every ending of its path, the longest first.

    Each ending comes with the step directly before it, which can be the folder of a view; ``""`` if there is
    none.
    """

    endings: tuple[tuple[str, str], ...] = ()
    fragment: str = ""


def address(iri: str) -> Address:
    """The parts of an IRI; a folder means its index, and a name without ``.html`` can lack it.

    Each ending has the step directly before it, the longest one always ``""``.  Scheme, host and query are
    ignored, as is a text fragment (``#:~:text=…``).  At most the last five steps of the path count.  An IRI
    that cannot be parsed gives an empty :class:`Address`.

    >>> address("hans/p12#p12")
    Address(endings=(('hans/p12.html', ''), ('p12.html', 'hans')), fragment='p12')
    """
    try:
        parts = urlsplit(iri)
    except ValueError:
        return Address()
    path = unquote(parts.path)
    path += "index.html" if path.endswith("/") else ""
    steps = path.split("/")[-5:]
    steps[-1] += "" if "." in steps[-1] else ".html"
    endings = (("/".join(steps[at:]), steps[at - 1] if at else "") for at in range(len(steps)))
    return Address(endings=tuple(endings), fragment=unquote(parts.fragment).partition(":~:")[0])


# --- selectors ------------------------------------------------------------------------------------


def selection(selector: object) -> Selection:
    """All selectors of a target as one; of alternatives, the first of each kind.

    No selector (``None``) gives an empty :class:`Selection`.  A position within a fragment is preferred.
    ``unread`` names a selector that cannot be read; it is ``""`` if another one can be.
    """
    found = list(_leaves(selector))
    fragment = next((one.fragment for one in found if one.fragment), "")
    quote = next((one for one in found if one.exact), Selection())
    placed = sorted((one for one in found if one.start >= 0), key=lambda one: not one.inside)
    position = placed[0] if placed else Selection()
    unread = "" if any(not one.unread for one in found) else "".join(one.unread for one in found[:1])
    return replace(
        quote,
        fragment=fragment,
        start=position.start,
        end=position.end,
        inside=position.inside,
        bare=any(one.fragment and one.whole for one in found),
        unread="" if quote.exact else unread,
    )


def _leaves(selector: object) -> Iterator[Selection]:
    """Each path through the selectors to a selector without refinement."""
    ahead = [(one, Selection()) for one in reversed(many(selector))]
    for _ in range(_STEPS):
        if not ahead:
            return
        one, outer = ahead.pop()
        here = _refined(outer, one)
        inner = many(get(one, "refinedBy"))
        ahead += [(part, here) for part in reversed(inner)]
        if not inner:
            yield here


def _refined(outer: Selection, selector: object) -> Selection:
    kind = next(iter(types(selector)), "")
    value = word(get(selector, "value"))
    css = _CSS_ID.fullmatch(value) if kind == "CssSelector" else None
    if kind == "FragmentSelector" and value:
        return replace(outer, fragment=value.lstrip("#").partition(":~:")[0])
    if css:
        return replace(outer, fragment=css[1])
    if kind == "TextQuoteSelector" and text(get(selector, "exact")):
        return _quoted(outer, selector)
    if kind == "TextPositionSelector":
        return _placed(outer, get(selector, "start"), get(selector, "end"))
    return replace(outer, unread=kind or "a selector without a type")


def _quoted(outer: Selection, selector: object) -> Selection:
    """A quotation; within another quotation, the context continues in the outer one."""
    exact, prefix, suffix = (text(get(selector, name)) for name in ("exact", "prefix", "suffix"))
    at = outer.exact.find(prefix + exact + suffix)
    if outer.exact and at >= 0:
        start, end = at + len(prefix), at + len(prefix + exact)
        prefix, suffix = outer.prefix + outer.exact[:start], outer.exact[end:] + outer.suffix
    return replace(outer, exact=exact, prefix=prefix, suffix=suffix)


def _placed(outer: Selection, start: object, end: object) -> Selection:
    """A position; within a quotation it is a shorter quotation, within a position it counts from its
    start.
    """
    if not _counts(start) or not _counts(end) or not start < end:
        return replace(outer, unread="a position that is no range of a text")
    if outer.exact and end <= len(outer.exact):
        words = outer.exact
        return replace(
            outer,
            exact=words[start:end],
            prefix=outer.prefix + words[:start],
            suffix=words[end:] + outer.suffix,
        )
    base = max(0, outer.start)
    return replace(outer, start=base + start, end=base + end, inside=bool(outer.fragment))


def _counts(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0
