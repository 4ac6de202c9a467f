"""A picture as pages know it: its words, the table with the same content, and how it is drawn."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeAlias, TypeVar

from site_builder.edition import addresses
from site_builder.language.message import Wording, pmsg
from site_builder.records import dataclass
from site_builder.site.pictures.drawing import Drawing, Pen
from site_builder.site.views import Link

T = TypeVar("T")

Content: TypeAlias = tuple[Wording | Link, ...]
"""The content of a cell of a table: words and links, one after the other."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """The content of a picture as a table: a row for each mark, or for each row of the picture.

    The first cell of each row is its header.  All rows are as long as ``columns``.
    """

    columns: tuple[Wording, ...]
    rows: tuple[tuple[Content, ...], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class KeyItem:
    """An item of the key of a picture: a shape, and what it means.

    ``shape`` is a glyph, ``hatch``, ``hatch-contingent``, ``box`` (a box in the colours of ``code``),
    ``line``, ``double`` or ``dashed``.  ``readings`` are the readings of the tags in which the picture has
    the shape; empty for all.  ``form`` is the form that alone has it; ``""`` for all.  ``meaning`` explains
    ``text`` in a whole sentence or more; ``""`` where that needs no words.
    """

    shape: str
    text: Wording
    meaning: Wording = ""
    code: str = ""
    readings: tuple[str, ...] = ()
    form: str = ""

    @property
    def published(self) -> bool:
        """Whether the published reading has the shape, which is that of books and files."""
        return not self.readings or "published" in self.readings


@dataclass(frozen=True, kw_only=True, slots=True)
class Form:
    """A way to draw a picture: ``wide``, ``narrow`` (on narrow screens), or another one by name.

    ``how`` says how to read this form, if what the picture says does not hold of it.  ``readings`` are the
    readings of the tags in which it is drawn so; empty for all.  A picture with one form shows it on all
    screens; it scrolls sideways if it is wider than the screen.
    """

    name: str
    layout: Callable[[Pen], Drawing]
    how: Wording = ""
    readings: tuple[str, ...] = ()

    @property
    def published(self) -> bool:
        """Whether the form is drawn so in the published reading, which is that of books and files."""
        return not self.readings or "published" in self.readings


@dataclass(frozen=True, kw_only=True, slots=True)
class Picture:
    """A picture of the data.

    ``id`` names it in addresses: it is in ``pictures/ID.svg``.  ``shows`` are short sentences without their
    full stops, each computed from the data; one whose condition fails is left out, so there may be none.
    ``how`` says how to read it, ``limits`` what it cannot show, in whole sentences.  With ``has_readings``
    its marks differ in the readings of the tags, and ``shows_in`` has the clauses of each reading.  The first
    form is that of the file and of books, in the published reading; a part of another picture has no file.
    """

    id: str
    title: Wording
    shows: tuple[Wording, ...]
    how: Wording
    forms: tuple[Form, ...]
    table: Table
    key: tuple[KeyItem, ...] = ()
    limits: tuple[Wording, ...] = ()
    has_readings: bool = False
    shows_in: tuple[tuple[str, tuple[Wording, ...]], ...] = ()
    has_file: bool = True

    @property
    def href(self) -> str:
        """The address of its file.

        It is in the folder of pictures: ``pictures/score.svg``.
        """
        return f"{addresses.DRAWN}{self.id}.svg"

    @property
    def sentence(self) -> Wording:
        """What it shows in the published reading: each clause as a sentence with the full stop of the
        language; ``""`` without clauses.
        """
        return whole_sentences(self.shows)

    def sentence_of(self, form: Form) -> Wording:
        """What a form shows: :attr:`sentence`, or that of its first reading if it is not drawn so in the
        published one.
        """
        if form.published:
            return self.sentence
        return whole_sentences(dict(self.shows_in).get(form.readings[0], self.shows))

    @property
    def sentences(self) -> tuple[tuple[str, Wording], ...]:
        """The different texts (:attr:`sentence`), as (ids of readings, with spaces between; the text).

        If all readings have the same clauses, the ids are ``""``.  A reading without clauses is left out;
        ``()`` if there are no clauses at all.
        """
        found = together(self.shows_in)
        if len(found) < 2:
            return (("", self.sentence),) if self.shows else ()
        return tuple((" ".join(names), whole_sentences(clauses)) for clauses, names in found if clauses)


def together(pairs: Iterable[tuple[str, T]]) -> list[tuple[T, list[str]]]:
    """Each different value with its names, in their order; values are compared, and need no hash.

    The values are in the order in which they first occur; no pairs give ``[]``.

    >>> together([("a", [1]), ("b", [2]), ("c", [1])])
    [([1], ['a', 'c']), ([2], ['b'])]
    """
    found: list[tuple[T, list[str]]] = []
    for name, value in pairs:
        same = next((names for one, names in found if one == value), None)
        if same is None:
            found.append((value, [name]))
        else:
            same.append(name)
    return found


def whole_sentences(clauses: tuple[Wording, ...]) -> Wording:
    """Each clause as a sentence with the full stop of the language, in English ``A. B.`` with a space
    between; ``""`` without clauses.
    """
    whole: Wording = ""
    for clause in clauses:
        sentence = pmsg("a whole sentence", "%(sentence)s.", sentence=clause)
        whole = (
            pmsg("two sentences", "%(first)s %(second)s", first=whole, second=sentence) if whole else sentence
        )
    return whole
