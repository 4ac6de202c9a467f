"""The fields of an item of an edition: texts with their translations, and lists."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass

from site_builder.model import Localized


def texts(**values: str) -> dict[str, str]:
    """Each text that is not empty → its words as a plain ``str``, and its translations as ``name@en``, by
    language; in the given order, the translations of a text behind it in the order of their tags.

    A text without words can have translations: they are kept.  Empty translations are left out.  No values
    give ``{}``.
    """
    found: dict[str, str] = {}
    for name, value in values.items():
        if value:
            found[name] = str(value)
        if isinstance(value, Localized):
            pairs = sorted(value.translations.items())
            found |= {f"{name}@{language}": text for language, text in pairs if text}
    return found


def lists(**values: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """Each list that is not empty → its values as plain texts, in their order, also empty ones; the names are
    in the given order.

    No lists give ``{}``.
    """
    return {name: tuple(map(str, value)) for name, value in values.items() if value}


def flat(record: object, but: tuple[str, ...]) -> tuple[dict[str, str], dict[str, tuple[str, ...]]]:
    """The fields of a record as (texts, lists), by name and in the order of the record.

    A text has its translations as ``name@en`` behind it; a number or another single value is a text too.  A
    tuple has one text for each item: of a record the values of its fields, without empty ones and its
    ``place``, with `` · `` between; of a tuple its items with ``, `` between.  A mapping has ``key: value``
    for each item, and a place its path, line and column.  Fields that are ``None`` or empty are left out.

    ``False`` is a value: ``"False"``, except within a record in a tuple, where it is left out.

    :param but: fields that are left out.
    """
    assert is_dataclass(record)
    of_texts: dict[str, str] = {}
    of_lists: dict[str, tuple[str, ...]] = {}
    for one in fields(record):
        value = getattr(record, one.name)
        if one.name in but or value is None:
            continue
        if isinstance(value, tuple):
            of_lists |= lists(**{one.name: tuple(map(_line, value))})
        elif isinstance(value, Mapping):
            pairs = tuple(f"{key}: {_line(inner)}" for key, inner in value.items())
            of_lists |= lists(**{one.name: pairs})
        else:
            of_texts |= texts(**{one.name: value if isinstance(value, str) else str(value)})
    return of_texts, of_lists


def _line(value: object) -> str:
    """A record within a list as one text: the values of its fields, in order, without places."""
    if isinstance(value, tuple):
        return ", ".join(map(_line, value))
    if not is_dataclass(value):
        return str(value)
    values = (getattr(value, one.name) for one in fields(value) if one.name != "place")
    return " · ".join(_line(found) for found in values if found)
