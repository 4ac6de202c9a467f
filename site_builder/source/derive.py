"""Records → types of values: the fields of a record are stated once, as its annotations.

:mod:`site_builder.model.field` describes the annotations.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
import types
from collections.abc import Callable, Mapping
from functools import cache
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from site_builder.model import Localized, Place
from site_builder.model.field import (
    NOT_IN_FILE,
    ONE_OR_MORE,
    REQUIRED,
    AtLeast,
    Choice,
    Doc,
    Key,
    Text,
    Translatable,
)
from site_builder.source import yamlio
from site_builder.source.fields import Field, ListType, MappingType, RecordType
from site_builder.source.reading import Reading, Type
from site_builder.source.scalars import ChoiceType, DateType, FlagType, NumberType, TextType

Special = Mapping[Any, Callable[["Special"], Any]]
"""Annotated type → a function that makes its type of value, if the annotations are not enough.  The function
gets this mapping for the fields inside."""
_TYPES = {str: TextType, Localized: TextType, bool: FlagType, dt.date: DateType}


def type_of(hint: Any, special: Special) -> Type:
    """The type of value for the annotation of a field.

    ``X | None`` has the type of ``X``.  A class in ``special`` has the type that is made there, whatever
    marks the annotation has.  A class that is not in ``special`` and is no simple type is read as a record.

    :raises TypeError: for an annotation that is neither, such as ``float``.
    """
    marks: tuple[Any, ...] = ()
    while get_origin(hint) in (Annotated, Union, types.UnionType):
        if get_origin(hint) is Annotated:
            marks += hint.__metadata__
            hint = hint.__origin__
        else:  # X | None
            hint = next(one for one in get_args(hint) if one is not type(None))
    if hint in special:
        found: Type = special[hint](special)
        return found
    for mark in marks:
        if isinstance(mark, Text):
            return TextType(spec=mark)
        if isinstance(mark, Choice):
            return ChoiceType(words=mark.words)
    least = next((mark.least for mark in marks if isinstance(mark, AtLeast)), 0)
    if hint is int:
        return NumberType(least=least)
    if get_origin(hint) is tuple:
        of = type_of(get_args(hint)[0], special)
        return ListType(of=of, least=least, or_one=ONE_OR_MORE in marks)
    if get_origin(hint) is Mapping:
        of = get_args(hint)[1]
        return MappingType(of=type_of(of, special), translatable=_is_translatable(of))
    return _TYPES[hint]() if hint in _TYPES else record_type(hint, special)


def record_type(record: type, special: Special, *, name: str = "", **changed: Any) -> RecordType:
    """The type of value for a record.  A key of the file that is no field is an error (Y004).

    :param name: what messages call the record; by default the words of the class name, ``CellTag`` as
        ``cell tag``.
    :param changed: field → the annotation that replaces the one of the record.
    """
    hints = _hints(record)
    has_place = hints.get("place") is Place
    given = [field for field, hint in hints.items() if NOT_IN_FILE in _marks(hint)]

    def make(values: dict[str, Any], node: yamlio.Mapping, reading: Reading) -> Any:
        place = {"place": node.place} if has_place else {}
        return record(**values, **{name: reading.given[name] for name in given}, **place)

    return RecordType(
        name=name or re.sub(r"(?<=[a-z])(?=[A-Z])", " ", record.__name__).lower(),
        fields=fields_of(record, special, **changed),
        make=make,
    )


def fields_of(record: type, special: Special, **changed: Any) -> dict[str, Field]:
    """The fields of a record that its file has, by key, in the order of the record.

    Fields with ``NOT_IN_FILE``, and places, are left out.  A field is required if it has no default, or has
    ``REQUIRED``.

    :param changed: field → the annotation that replaces the one of the record.
    """
    hints = {**_hints(record), **changed}
    found = {}
    for field in dataclasses.fields(record):
        hint = hints[field.name]
        marks = _marks(hint)
        if hint is Place or NOT_IN_FILE in marks:
            continue
        has_default = not (field.default is field.default_factory is dataclasses.MISSING)
        key = next((mark.name for mark in marks if isinstance(mark, Key)), field.name)
        found[key] = Field(
            name=field.name,
            of=type_of(hint, special),
            required=REQUIRED in marks or not has_default,
            doc=next((mark.text for mark in marks if isinstance(mark, Doc)), ""),
            translatable=_is_translatable(hint),
            alone=Translatable(alone=True) in marks,
        )
    return found


@cache
def _hints(record: type) -> Mapping[str, Any]:
    """The annotations of a record, which are texts in the source."""
    return get_type_hints(record, include_extras=True)


def _is_translatable(hint: Any) -> bool:
    return any(isinstance(mark, Translatable) for mark in _marks(hint))


def _marks(hint: Any) -> tuple[Any, ...]:
    return hint.__metadata__ if get_origin(hint) is Annotated else ()
