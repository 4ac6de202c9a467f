"""Pages with holes: what a page says is rendered once, and each medium fills in its links and ids.

While a page of the site is rendered, the filters of templates write a hole in place of each link and each id
(:class:`Holes`).  The site fills them with its own; the file of all pages fills them with others.  So only a
page that says something else there is rendered for it again.

A hole is a letter and a number between two NUL characters, which no text of a project and no template has.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field

from markupsafe import escape

from site_builder.records import dataclass as record

_NUL = "\0"
HREF, LINK, ADDRESS, ID = "h", "l", "a", "i"
"""What is in a hole: the attribute of a link, or nothing where it leads nowhere; the attribute of a link that
must lead somewhere; the address of a link; an id.
"""
_IF, _END = "?", "/"
_PART = f"{_NUL}.{_NUL}"


class NoLink(Exception):
    """A link leads nowhere in a medium, where the page says something else then."""


@dataclass(kw_only=True, slots=True)
class Holes:
    """The holes of one page while it is rendered.

    :param numbers: link or id → its number.
    :param shared: whether the page says the same in other media.
    """

    numbers: dict[str, int] = field(default_factory=dict)
    shared: bool = True

    def hole(self, kind: str, value: str) -> str:
        """A mark for a link to an address of the site, or for an id of the page, which :func:`filled`
        replaces: a NUL character, the kind, the number of the value, and a NUL character.

        A value has one number, also with several kinds: its place among the values of the page, from 0.

        :param kind: :data:`HREF`, :data:`LINK`, :data:`ADDRESS` or :data:`ID`, which says what ``value`` is.
        """
        return f"{_NUL}{kind}{self.numbers.setdefault(value, len(self.numbers))}{_NUL}"

    def where_linked(self, address: str, text: str) -> str:
        """A text within two marks, which :func:`filled` leaves out where an address has no link in the
        medium.  Elsewhere it removes the marks alone.

        The first mark is that of :meth:`hole` with the kind ``?``, the second is ``/`` within NUL characters.

        :param text: can have holes of its own, but no text of this kind within it.
        """
        return f"{self.hole(_IF, address)}{text}{_NUL}{_END}{_NUL}"


@record(frozen=True, kw_only=True, slots=True)
class Content:
    """What a page says, with holes.

    :param kind: the kind of the page, as its class.
    :param text: the content with holes.
    :param values: the links and ids, by their numbers.
    """

    kind: str
    text: str
    values: tuple[str, ...]

    def filled(self, href: Callable[[str], str], name: Callable[[str], str]) -> str:
        """The content in a medium: the text with its holes filled.  What fills them is escaped.

        :data:`HREF` and :data:`LINK` give an attribute with a space before it, `` href="p2.html"``;
        :data:`ADDRESS` the link alone, and :data:`ID` the id alone.  For a link that leads nowhere
        :data:`HREF` and :data:`ADDRESS` give ``""``.

        :param href: address of the site → link from the page, or ``""`` where it leads nowhere.
        :param name: id of the page → id in the medium.
        :raises NoLink: if a link that must lead somewhere (:data:`LINK`) leads nowhere, and the page must be
            rendered for the medium.
        """
        return filled(self.text, self.values, href, name)


def part() -> str:
    """What is before and after each part of a page that other media take: ``.`` within NUL characters."""
    return _PART


def parts(text: str) -> list[str]:
    """The parts of a page, divided by the marks of :func:`part`, which are left out: those with an odd number
    (from 0) are what other media take.  A page without marks gives ``[text]``.
    """
    return text.split(_PART)


def filled(text: str, values: tuple[str, ...], href: Callable[[str], str], name: Callable[[str], str]) -> str:
    """A text with its holes filled, each as its kind says.

    :data:`HREF` and :data:`LINK` give an attribute with a space before it, `` href="p2.html"``;
    :data:`ADDRESS` the link alone, and :data:`ID` the id alone.  What ``href`` and ``name`` give is escaped;
    where ``href`` gives ``""``, :data:`HREF` and :data:`ADDRESS` give ``""``, and a text of
    :meth:`Holes.where_linked` is left out.  A text without holes stays as it is.

    :param values: the links and ids, by their numbers.
    :param href: address of the site → link, or ``""`` where it leads nowhere.
    :param name: id of the page → id in the medium.
    :raises NoLink: if ``href`` gives ``""`` for a :data:`LINK`.

    >>> holes = Holes()
    >>> text = f"<a{holes.hole(HREF, 'p2.html')}>2</a>"
    >>> filled(text, tuple(holes.numbers), "../{}".format, str), filled(text, ("p2.html",), lambda _: "", str)
    ('<a href="../p2.html">2</a>', '<a>2</a>')
    """
    pieces = text.split(_NUL)  # those with an odd number are holes
    holes = dict.fromkeys(pieces[1::2])
    conditions = {one for one in holes if one[0] == _IF}
    unlinked = {one for one in conditions if not href(values[int(one[1:])])}
    if unlinked:
        pieces = list(_linked(pieces, unlinked))
        holes = dict.fromkeys(pieces[1::2])
    known = {
        one: "" if one == _END or one in conditions else _value(one[0], values[int(one[1:])], href, name)
        for one in holes
    }
    pieces[1::2] = map(known.__getitem__, pieces[1::2])
    return "".join(pieces)


def _linked(pieces: list[str], unlinked: Collection[str]) -> Iterator[str]:
    """The pieces of a text and its holes in turn, without what is only there where a link leads somewhere.

    :param unlinked: the holes that begin a text of which the link leads nowhere.
    """
    left_out = False
    for number, one in enumerate(pieces):
        if number % 2 == 1 and one in unlinked:
            left_out = True
            yield _END
        elif not left_out:
            yield one
        elif one == _END:
            left_out = False


def _value(kind: str, value: str, href: Callable[[str], str], name: Callable[[str], str]) -> str:
    """What fills a hole."""
    if kind == ID:
        return str(escape(name(value)))
    found = str(escape(href(value)))
    if kind == LINK and not found:
        raise NoLink(value)
    return found if kind == ADDRESS or not found else f' href="{found}"'
