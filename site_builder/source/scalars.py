"""Types of single values: texts, words of a list, numbers, dates, true and false."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import field
from typing import Any

from site_builder.language import hidden
from site_builder.language.dates import iso_date
from site_builder.model import Place, Problem
from site_builder.model.field import Text
from site_builder.model.hints import near
from site_builder.records import dataclass
from site_builder.source import yamlio
from site_builder.source.prose import html_in, markdown_in
from site_builder.source.prose.marks import unseen
from site_builder.source.reading import Reading, Schema, shown
from site_builder.source.yamlio import Node

PLAIN = Text()


@dataclass(frozen=True, kw_only=True, slots=True)
class Markdown:
    """A text that an adapter parses as Markdown: the place of its first character, and its translations by
    language (BCP 47).
    """

    text: str
    place: Place
    translations: Mapping[str, Markdown] = field(default_factory=dict)


_EMPTY = "write a value; an optional key can be removed"
_ONE_TEXT = "write one text, without [ ], { } and '- '"
_FLAGS = dict.fromkeys(("yes", "on", "y", "1", "true"), "true") | dict.fromkeys(
    ("no", "off", "n", "0", "false"), "false"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class TextType:
    """A text, without white space at its ends.

    A plain value that YAML reads as a number, a date or similar must be quoted (Y007).  An empty text is an
    error (Y009) unless the type allows it.  Only the first error of pattern and check is reported (Y008);
    HTML, Markdown and invisible characters are reported, and the value is read all the same.
    """

    spec: Text = PLAIN
    make: Callable[[str, Place], Any] | None = None
    """Makes the value from the text and the place of its first character."""

    def read(self, node: Node, reading: Reading) -> Any:
        """The text, or what ``make`` makes of it; :data:`BAD` after an error, also for a list or a mapping
        (Y006).

        An empty value is Y009, if the text may not be empty; an unquoted value that YAML reads as another
        thing, such as a number, a date, ``yes`` or ``null``, Y007; a value of another form Y008.  Unless the
        text is verbatim, each tag, comment and entity of HTML is P006, Markdown one P012 (a review), and each
        lost or invisible character T008 (:func:`.hidden.in_words`); the value is returned with these.

        White space at its ends is removed.  A number in quotation marks is a text.
        """
        if not isinstance(node, yamlio.Scalar):
            return reading.wrong_type(node, "text", _ONE_TEXT)
        spec, text = self.spec, node.text.strip()
        if not text and not spec.empty:
            return reading.error(node.place, "Y009", "the value must not be empty", _EMPTY)
        if text and node.reads_as and not node.quoted:
            message = f"YAML reads this text as {node.reads_as}: {node.text}"
            return reading.error(node.place, "Y007", message, f'write "{node.text}"')
        if spec.pattern and not re.fullmatch(spec.pattern, text):
            message = f"the value must be {spec.expected}, not '{text}'"
            return reading.error(node.place, "Y008", message, f"for example {spec.example}")
        wrong = spec.check(text) if spec.check else None
        if wrong:
            return reading.error(node.place, "Y008", *wrong)
        if not spec.verbatim:
            _report_markup(node, reading)
            for offset, found in hidden.in_words(node.text, "copy the character from the source"):
                reading.problems.append(unseen(_within(node, offset), node.text, offset, found))
        value = spec.normalize(text) if spec.normalize else text
        return self.make(value, node.text_place) if self.make else value

    def schema(self) -> Schema:
        r"""The schema of a string, with ``"minLength": 1`` unless it may be empty.

        ``pattern`` is that of ``spec``, else its ``outline``, between ``^`` and ``$``; a text without either
        that may not be empty has ``\S``.
        """
        found: Schema = {"type": "string"}
        outline = self.spec.pattern or self.spec.outline
        if outline:
            found["pattern"] = f"^{outline}$"
        elif not self.spec.empty:
            found["pattern"] = "\\S"
        if not self.spec.empty:
            found["minLength"] = 1
        return found


_MARKUP = re.compile(r"[<&*_\\\[\]`]")
"""The characters without which a text has no HTML and no Markdown."""


def _report_markup(node: yamlio.Scalar, reading: Reading) -> None:
    """Report HTML and Markdown in a text that pages show unchanged."""
    if not _MARKUP.search(node.text):
        return
    for offset, what in html_in(node.text, escapes=False, entities=True):
        message = f"a plain text must not contain HTML: {'a comment' if what == '<!--' else what}"
        hint = "write a comment for the editors as a YAML comment ('# …'); remove a tag"
        if what.startswith("&"):
            hint = "write the character itself"
        reading.error(_within(node, offset), "P006", message, hint)
    found = markdown_in(node.text)
    if found:
        message = f"a plain text should contain no Markdown, because it is published unchanged: {found}"
        hint = "remove the marks; if they are meant, add an answer to annotations/reviews.yaml"
        reading.problems.append(
            Problem(place=node.text_place, code="P012", message=message, hint=hint, level="review")
        )


def _within(node: yamlio.Scalar, offset: int) -> Place:
    """The place of a character of a value; the place of the value if it has several lines."""
    place = node.text_place
    if "\n" in node.text:
        return place
    return Place(path=place.path, line=place.line, column=place.column + offset)


@dataclass(frozen=True, kw_only=True, slots=True)
class ChoiceType:
    """A word of a fixed list, in the same case; any other value is an error (Y008)."""

    words: tuple[str, ...]

    def read(self, node: Node, reading: Reading) -> Any:
        """The word; :data:`BAD` after an error: Y008 for another word, Y006 for a list or a mapping.

        Case and white space count: ``Book`` is not ``book``.  The hint is that of :func:`.hints.near`: for
        ``Book`` it is ``did you mean 'book'?``, for a word that is like none, and for a list or a mapping,
        ``use one of: article, book``.
        """
        if not isinstance(node, yamlio.Scalar):
            return reading.wrong_type(node, "a word", near("", self.words))
        if node.text not in self.words:
            message = f"the value must be one of a fixed list of words, not '{node.text}'"
            return reading.error(node.place, "Y008", message, near(node.text, self.words))
        return node.text

    def schema(self) -> Schema:
        """``{"enum": [WORD, …]}``, in the order of ``words``; it has no ``type``."""
        return {"enum": list(self.words)}


@dataclass(frozen=True, kw_only=True, slots=True)
class NumberType:
    """A whole number, ``least`` or more, with at most nine digits and without a sign.  It may be quoted."""

    least: int = 0

    def read(self, node: Node, reading: Reading) -> Any:
        """The number as an ``int``; :data:`BAD` for any other value, which is reported (Y006).

        A leading zero, a sign and a decimal point are errors.

        It has nine digits at most.  Quotation marks around the digits are allowed.
        """
        if isinstance(node, yamlio.Scalar) and re.fullmatch(r"0|[1-9][0-9]{0,8}", node.text):
            value = int(node.text)
            if value >= self.least:
                return value
        message = f"the value must be a whole number, {self.least} or more, not {shown(node)}"
        hint = f"write digits only, for example {self.least or 1}"
        return reading.error(node.place, "Y006", message, hint)

    def schema(self) -> Schema:
        """The schema of an ``integer`` with ``minimum``, which is ``least``, and ``maximum``, 999,999,999.

        Digits in quotation marks, which :meth:`read` accepts, are not valid by it.
        """
        return {"type": "integer", "minimum": self.least, "maximum": 999_999_999}


class FlagType:
    """``true`` or ``false``, in no other spelling: ``True`` and ``yes`` are errors (Y006).  It may be
    quoted.
    """

    def read(self, node: Node, reading: Reading) -> Any:
        """``True`` or ``False``; :data:`BAD` for any other value, which is reported (Y006).

        Only ``true`` and ``false`` in lower case are read, also in quotation marks; ``yes`` is an error with
        the hint ``write true``.
        """
        if isinstance(node, yamlio.Scalar) and node.text in ("true", "false"):
            return node.text == "true"
        message = f"the value must be true or false, not {shown(node)}"
        word = node.text.lower() if isinstance(node, yamlio.Scalar) else ""
        return reading.error(node.place, "Y006", message, f"write {_FLAGS.get(word, 'true or false')}")

    def schema(self) -> Schema:
        """``{"type": "boolean"}``; a ``true`` in quotation marks, which :meth:`read` accepts, is not valid by
        it.
        """
        return {"type": "boolean"}


def _date_in(node: Node) -> str:
    """The day that a value most likely means, as YYYY-MM-DD; empty if it means none."""
    date = iso_date(node.text) if isinstance(node, yamlio.Scalar) else ""
    return date if date.count("-") == 2 else ""


class DateType:
    """A date as YYYY-MM-DD, which must be in the calendar.  No other form is read; the hint has the right
    form.
    """

    def read(self, node: Node, reading: Reading) -> Any:
        # fromisoformat also accepts 20260131 and 2026-W05-6, which the schema does not
        """The day as a ``date``; :data:`BAD` for any other value, which is reported (Y006).

        Only the form ``2026-01-31`` is read, and only a day of the calendar; quotation marks are allowed.
        The hint of a day in another form that :func:`.iso_date` reads (``2026-1-5``, ``20260105``) is
        ``write 2026-01-05``.  That of any other value (``31.1.2026``, ``2026-02-30``, a list) is
        ``write a day of the calendar as 2026-01-31``.
        """
        if isinstance(node, yamlio.Scalar) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", node.text):
            try:
                return dt.date.fromisoformat(node.text)
            except ValueError:
                pass
        hint = f"write {_date_in(node)}" if _date_in(node) else "write a day of the calendar as 2026-01-31"
        return reading.error(node.place, "Y006", f"the value must be a date, not {shown(node)}", hint)

    def schema(self) -> Schema:
        """``{"type": "string", "format": "date"}``."""
        return {"type": "string", "format": "date"}
