"""The columns of the tables: name, meaning, type and limits, in terms of Table Schema (version 1).

The tables are written and described from these records, so the schema always matches the files.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import field
from typing import Any

from site_builder.edition.edition import Edition
from site_builder.edition.locale import Locale
from site_builder.formats import translated
from site_builder.formats.codings import coders, codings, taggings
from site_builder.language import language
from site_builder.model import VOICES
from site_builder.model.values import naming
from site_builder.model.values.forms import COLOR
from site_builder.records import dataclass

KINDS = ("dimension", "cell", "trait", "relation", "function", "facet", "entry")
"""The kinds of codes; passages are tagged with cells and entries."""

Row = dict[str, str | int]
"""Column → the value of one row; a column without a value is left out."""

_ID = f"^{naming.ID}$"


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """One column; ``limits`` are constraints of Table Schema, which an empty cell satisfies unless it is
    required.
    """

    name: str
    says: str
    type: str = "string"
    limits: Mapping[str, Any] = field(default_factory=dict)

    @property
    def described(self) -> dict[str, Any]:
        """The column as a field descriptor of Table Schema; ``constraints`` is left out if there are no
        limits.

        >>> Column(name="passage", says="Its id.", limits={"required": True}).described
        {'name': 'passage', 'type': 'string', 'description': 'Its id.', 'constraints': {'required': True}}
        """
        limits = {"constraints": dict(self.limits)} if self.limits else {}
        return {"name": self.name, "type": self.type, "description": self.says, **limits}


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """A table: its file, title and description, its columns, its rows, and the names of its key columns.

    ``adds`` gives what the edition itself says of the table, for its description.  The key columns together
    identify a row; ``key`` is empty for a table without such columns.  ``has_words`` is true if cells can
    have words of the project, which a spreadsheet can take for a formula.
    """

    file: str
    title: str
    says: str
    columns: Callable[[Edition], Iterable[Column]]
    rows: Callable[[Edition], Iterator[Row]]
    key: tuple[str, ...] = ()
    has_words: bool = True
    adds: Callable[[Edition], Iterable[str]] = lambda _: ()


def groups(number: int) -> tuple[str, str, str]:
    """The columns of the ``number``-th quotation of a tag, counted from 1: ``quote_1``, ``start_1``,
    ``end_1``.

    The number is not checked.
    """
    return f"quote_{number}", f"start_{number}", f"end_{number}"


def voice(number: int) -> str:
    """The column of the voice of the ``number``-th quotation of a tag: ``voice_1``."""
    return f"voice_{number}"


def passage_fields(edition: Edition, converted: Locale | None) -> tuple[Column, ...]:
    """The columns of ``passages.csv``, in their order.

    They are ``work``, ``passage``, ``number``, ``label``, ``headings``, ``text``, ``text_hans``, ``coder``,
    ``function``, ``gist``, ``note``, ``tag``, ``kind``, ``facet``, ``code``, ``name``, ``relation``,
    ``traits``, ``quote_1``, ``start_1``, ``end_1``, ``voice_1``, …, ``tag_note``; translations follow their
    text (``gist_en``).

    There are as many groups of quotation, start and end as the codebook allows for a tag, or more if a tag
    of any coder has more.  A constraint ``enum`` is left out if the project has no such values.  The columns
    do not depend on whether the text may be published.

    :param converted: the view in the other script, if there is one: its text has a column too.
    """
    project, grid = edition.project, edition.project.grid
    return (
        column("work", "The text: its id.", required=True, enum=[work.id for work in project.works]),
        column("passage", "The passage: its id, which lasts.", required=True, pattern=_ID),
        column(
            "number",
            "Its number as shown, which may change between editions.",
            "integer",
            required=True,
            minimum=1,
        ),
        column("label", "The label that the editors gave it."),
        column("headings", "The headings above it, outermost first."),
        column("text", f"Its text{_script(edition)}.", required=True),
        *(_conversion(edition, converted) if converted else ()),
        column("coder", "Who says what follows; empty where nobody speaks of it.", enum=[*coders(project)]),
        column("function", "What the passage does in the text.", enum=_ids(grid.functions)),
        *in_languages(
            edition, "gist", "What the passage says, in the coder's words.", maxLength=grid.limits.gist
        ),
        *in_languages(edition, "note", "The coder's note on the passage."),
        column("tag", "The code it is tagged with: the id of it in the codebook."),
        column("kind", "Whether that is a cell of the grid or an entry of a facet.", enum=["cell", "entry"]),
        column("facet", "The facet of an entry.", enum=_ids(project.facets)),
        column("code", "The cell or the entry."),
        column("name", "Its name."),
        column("relation", "How the passage stands to a cell.", enum=_ids(grid.relations)),
        column("traits", "The traits of the cell that the tag rests on: their ids, with spaces between."),
        *_evidence(edition),
        *in_languages(edition, "tag_note", "The coder's reason for a cell."),
    )


def conversion_column(view: Locale) -> str:
    """The column of ``passages.csv`` with the text in the script of a converted view: ``text_hans``."""
    return f"text_{view.script}"


def _conversion(edition: Edition, view: Locale) -> Iterable[Column]:
    """The column of the converted text; a work in another language has an empty cell there."""
    limits = {"required": True} if all(view.converts(w.record.tag) for w in edition.project.works) else {}
    yield Column(name=conversion_column(view), says="The same, converted, of the same length.", limits=limits)


def _script(edition: Edition) -> str:
    """The script of the texts in a description, if all are in the same script of Chinese."""
    scripts = {language.of(work.record.tag).script for work in edition.project.works}
    named = {"Hant": " in Traditional characters", "Hans": " in Simplified characters"}
    return named.get(scripts.pop(), "") if len(scripts) == 1 else ""


def _evidence(edition: Edition) -> Iterable[Column]:
    longest = edition.project.grid.limits.evidence
    for tagging, passage in taggings(edition.project):
        for coding in codings(edition.index, tagging, passage):
            longest = max(longest, len(coding.evidence))
    for number in range(1, longest + 1):
        quote, start, end = groups(number)
        yield column(quote, f"Quotation {number} that the tag rests on.")
        yield column(start, "Where it begins: characters of text before it.", "integer", minimum=0)
        yield column(end, "Where it ends: characters of text up to its end.", "integer", minimum=1)
        yield column(voice(number), "Whose words they are.", enum=[*VOICES])


def codebook_fields(edition: Edition) -> tuple[Column, ...]:
    """The columns of ``codebook.csv``, in their order: ``id``, ``code``, ``kind``, ``facet``, ``parent``,
    ``pole``, ``name``, ``definition``, ``color``, ``address``; translations follow their text (``name_en``).

    ``id`` is the primary key.  A constraint ``enum`` is left out if the project has no such values.
    """
    color = f"^{COLOR}$"
    poles = [pole.slug for pole in edition.project.grid.poles]
    return (
        column("id", "The code as it is told from all others.", required=True, unique=True),
        column("code", "Its own id, which others of another kind or facet may have.", required=True),
        column("kind", "What kind of code it is.", required=True, enum=[*KINDS]),
        column("facet", "The facet of an entry.", enum=_ids(edition.project.facets)),
        column(
            "parent", "The dimension of a cell; the cell of a trait; the entry that an entry is a part of."
        ),
        column("pole", "The pole of a cell, as addresses name it.", enum=poles),
        column("name", "Its name.", required=True),
        *(column(f"name_{tag}", f"Its name in {_named(tag)}.") for tag in edition.languages),
        *in_languages(edition, "definition", "What it means, without markup."),
        column("color", "Its colour on the site; of a dimension the tint of the light theme.", pattern=color),
        column("address", "Its page, relative to the root of the site.", required=True),
    )


def _named(tag: str) -> str:
    """A language in a description, which is in English."""
    return {"en": "English"}.get(tag, f"the language {tag}")


def column(name: str, says: str, type_: str = "string", **limits: Any) -> Column:
    """A column with limits of Table Schema; an empty enumeration is left out, since it would refuse every
    value.

    >>> column("kind", "Its kind.", required=True, enum=[]).limits
    {'required': True}
    """
    kept = {limit: value for limit, value in limits.items() if value != []}
    return Column(name=name, says=says, type=type_, limits=kept)


def in_languages(edition: Edition, name: str, says: str, **limits: Any) -> Iterator[Column]:
    """The column of a text, then one for each of its translations (``gist``, ``gist_en``).

    ``limits`` are those of the first column; the others have none, and say ``The same in LANGUAGE.``
    """
    own, *others = translated.names(edition, name)
    yield column(own, says, **limits)
    for other, tag in zip(others, edition.languages, strict=True):
        yield column(other, f"The same in {_named(tag)}.")


def _ids(terms: Iterable[Any]) -> list[str]:
    return [term.id for term in terms]
