"""Types of lists, mappings and records.

:mod:`site_builder.source.derive` makes the types of a file from the records of the model.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping
from typing import Any

from site_builder.model import Localized
from site_builder.model.hints import closest, near
from site_builder.model.values import naming
from site_builder.records import dataclass, replace
from site_builder.source import yamlio
from site_builder.source.reading import BAD, Reading, Schema, Type, lookalike_in
from site_builder.source.scalars import Markdown
from site_builder.source.yamlio import Node

_LANGUAGE = "[A-Za-z]{2,3}(-[A-Za-z0-9]{2,4}){0,2}"
"""The language of a translation, in the JSON Schema."""


def _list_hint(node: Node) -> str:
    """The list that a value most likely means."""
    if isinstance(node, yamlio.Scalar):
        return f"write [{json.dumps(node.text, ensure_ascii=False)}]"
    return "write '- ' before each entry"


def _a(name: str) -> str:
    """A name with its article: ``a term``, ``an anchor``."""
    return f"{'an' if name[0] in 'aeiou' else 'a'} {name}"


def _meant(key: str, known: Collection[str]) -> str:
    """The known key that another one is like, in any case; ``""`` if it is like none."""
    return closest(key.strip().lower(), known)


def _translated_key(key: str) -> tuple[str, str]:
    """The key and the language (BCP 47) of the key of a translation, ``name_en``; else two empty texts."""
    name, _, language = key.rpartition("_")
    return (name, naming.language_tag(language)) if name and naming.is_language(language) else ("", "")


def _translations(
    node: yamlio.Mapping, names: Collection[str], reading: Reading
) -> dict[str, dict[str, str]]:
    """Each translatable key → language → the key of the translation; reports a second translation into one
    language (Y004).
    """
    found: dict[str, dict[str, str]] = {name: {} for name in names}
    for key in node.keys:
        name, language = _translated_key(key)
        if name not in found:
            continue
        other = found[name].setdefault(language, key)
        if other != key:
            message = f"two keys are translations into one language: '{other}' and '{key}'"
            reading.error(node.keys[key], "Y004", message, "remove one of them")
    return found


def _joined(value: Any, translations: Mapping[str, Any]) -> Any:
    """A value with its translations; :data:`BAD` if one of them cannot be read."""
    if value is BAD or BAD in translations.values():
        return BAD
    if isinstance(value, Markdown):
        return replace(value, translations=translations)
    return Localized(value or "", translations=translations)


def alternative(schema: Schema, without: Collection[str], *required: str) -> Schema:
    """A new schema of a mapping: without the properties of some keys, and with more required keys.

    Required keys stay, also those of ``without``; the new ones follow, and one that is required already is
    there twice.  A key in ``without`` that the schema does not have is ignored.  The given schema stays.

    :param schema: the schema of an object, with ``properties`` and ``required``.
    """
    properties = {name: of for name, of in schema["properties"].items() if name not in without}
    return {**schema, "properties": properties, "required": [*schema["required"], *required]}


@dataclass(frozen=True, kw_only=True, slots=True)
class ListType:
    """A list, read to a tuple without the items that cannot be read.

    With ``or_one``, a single value is read as a list of one item; without it any other value is an error
    (Y006).  A list of fewer than ``least`` items is an error (Y009).
    """

    of: Type
    least: int = 0
    or_one: bool = False

    def read(self, node: Node, reading: Reading) -> Any:
        """A tuple of the values that can be read, in order; :data:`BAD` for too few items (Y009) and for
        another value (Y006).

        With ``or_one`` a single value gives a tuple of one, or :data:`BAD` if it cannot be read.  Items that
        cannot be read are counted for ``least``.
        """
        if not isinstance(node, yamlio.Sequence):
            if not self.or_one:
                return reading.wrong_type(node, "a list", _list_hint(node))
            value = self.of.read(node, reading)
            return BAD if value is BAD else (value,)
        if len(node.items) < self.least:
            return reading.error(node.place, "Y009", "the list must not be empty", "add an entry")
        values = (self.of.read(item, reading) for item in node.items)
        return tuple(value for value in values if value is not BAD)

    def schema(self) -> Schema:
        """``{"type": "array", "items": ITEM, "minItems": LEAST}``; with ``or_one``
        ``{"anyOf": [ITEM, ARRAY]}``.
        """
        listed = {"type": "array", "items": self.of.schema(), "minItems": self.least}
        return {"anyOf": [self.of.schema(), listed]} if self.or_one else listed


@dataclass(frozen=True, kw_only=True, slots=True)
class MappingType:
    """A mapping with free keys, read to a ``dict`` without the values that cannot be read.

    Keys are not checked.  An empty mapping gives an empty ``dict``; any other value is an error (Y006).  With
    ``translatable``, a key such as ``use_en`` is the translation of the value at ``use``, which must be there
    (Y005).
    """

    of: Type
    make: Callable[[dict[str, Any], yamlio.Mapping], Any] = lambda values, node: values
    """Makes the value from the ``dict`` and the node."""
    translatable: bool = False

    def read(self, node: Node, reading: Reading) -> Any:
        """What ``make`` returns for a ``dict`` of the values that can be read; :data:`BAD` for another value
        (Y006).
        """
        if not isinstance(node, yamlio.Mapping):
            return reading.wrong_type(node, "a mapping", "write each entry as 'key: value'")
        values = {key: self.of.read(value, reading) for key, value in node.items.items()}
        if self.translatable:
            values = self._with_translations(values, node, reading)
        return self.make({key: value for key, value in values.items() if value is not BAD}, node)

    def _with_translations(
        self, values: dict[str, Any], node: yamlio.Mapping, reading: Reading
    ) -> dict[str, Any]:
        """The values without the keys of translations, each with its translations."""
        names = {key: _translated_key(key)[0] for key in node.keys}
        found = _translations(node, set(filter(None, names.values())), reading)
        for name, languages in found.items():
            if name not in node.keys:
                key = next(iter(languages.values()))
                message = f"a translation must have its original: '{key}' without '{name}'"
                reading.error(node.keys[key], "Y005", message, f"add '{name}: …', or remove '{key}'")
        return {
            key: _joined(value, {tag: values.get(name, BAD) for tag, name in found.get(key, {}).items()})
            for key, value in values.items()
            if not names[key]
        }

    def schema(self) -> Schema:
        """The schema of an object with any keys: ``additionalProperties`` is the schema of a value.

        With ``translatable`` the keys of translations (``use_en``) are in ``patternProperties``.
        """
        of = self.of.schema()
        pattern = {"patternProperties": {f"^[^_]+_{_LANGUAGE}$": of}} if self.translatable else {}
        return {"type": "object", **pattern, "additionalProperties": of}


@dataclass(frozen=True, kw_only=True, slots=True)
class ShortForm:
    """A record that may be written as a single value: ``mapping`` reads a mapping, ``scalar`` all other
    values.
    """

    scalar: Type
    mapping: Type

    def read(self, node: Node, reading: Reading) -> Any:
        """The value that ``mapping`` reads of a mapping, and ``scalar`` of any other value."""
        chosen = self.mapping if isinstance(node, yamlio.Mapping) else self.scalar
        return chosen.read(node, reading)

    def schema(self) -> Schema:
        """``{"anyOf": […]}`` with the schema of the single value, then that of the mapping; if that is itself
        an ``anyOf``, each of its forms.
        """
        mapping = self.mapping.schema()
        return {"anyOf": [self.scalar.schema(), *mapping.get("anyOf", [mapping])]}


@dataclass(frozen=True, kw_only=True, slots=True)
class Field:
    """One key of a record: the name of its value in the record, its type, and whether it must be there."""

    name: str
    of: Type
    required: bool = True
    doc: str = ""
    translatable: bool = False
    """Whether keys such as ``name_en`` may hold translations; the value is then a ``Localized``."""
    alone: bool = False
    """Whether there are only translations, and no key for the text itself."""


@dataclass(frozen=True, kw_only=True, slots=True)
class RecordType:
    """A mapping with known keys, read to a record.

    ``name`` is what messages call the record.  ``rest`` reads keys that are not in ``fields``, if the keys
    are checked elsewhere; without it such a key is an error (Y004).  A required key that is absent is an
    error (Y005).  If one field cannot be read, the result is :data:`BAD`, and the problems of all are
    reported.
    """

    name: str
    fields: Mapping[str, Field]
    make: Callable[[dict[str, Any], yamlio.Mapping, Reading], Any]
    """Makes the record from the values by name (those of absent keys are not there), the node, the state."""
    rest: Type | None = None

    def read(self, node: Node, reading: Reading) -> Any:
        """The record; :data:`BAD` for another value, and if a field cannot be read or a required key is
        absent.

        Another value than a mapping is the error Y006, an absent required key Y005, and a key that is not
        known Y004.  An unknown key alone does not give :data:`BAD`; one that is like a key that is absent is
        read as that key, so that only the spelling is reported.  The problems are in the order of
        :meth:`values`.
        """
        if not isinstance(node, yamlio.Mapping):
            return reading.wrong_type(node, "a mapping", self._keys_hint(), _a(self.name))
        values = self.values(node, reading)
        return BAD if BAD in values.values() else self.make(values, node, reading)

    def values(self, node: yamlio.Mapping, reading: Reading) -> dict[str, Any]:
        """The values of the keys that are there, by the name of the field; reports all problems of the
        mapping.

        An optional key that is absent has no value.  A key that cannot be read, and a required one that is
        absent, has the value :data:`BAD`.  With ``rest``, the other keys are a ``dict`` under ``"rest"``.

        The problems of the known keys come first, in the order of ``fields``.  Those of translations follow,
        then those of the other keys, in the order of the file.
        """
        fields, keys = self.fields, node.keys
        extra = [key for key in keys if key not in fields]
        misspelt = self._misspelt(extra, node) if extra else {}
        read = {
            key: self._value(key, field, node, reading)
            if key not in misspelt
            else self._value_of_misspelt(field, node.items[misspelt[key]], reading)
            for key, field in fields.items()
            if field.required or key in keys or key in misspelt
        }
        translatable = [key for key, of in fields.items() if of.translatable and (extra or key in read)]
        translations = _translations(node, translatable, reading) if extra else {}
        for key in translatable:
            languages = translations.get(key, {})
            read[key] = self._localized(key, languages, read.get(key), node, reading)
        extra = [key for key in extra if _translated_key(key)[0] not in translations]
        values = {self.fields[key].name: value for key, value in read.items() if value is not None}
        if self.rest is not None:
            wrong = set(misspelt.values())
            values["rest"] = {
                k: self.rest.read(node.items[k], reading) for k in extra if k in node.items and k not in wrong
            }
            extra = [key for key in extra if key in wrong]
        self._report_unknown(extra, node, reading)
        return values

    def _misspelt(self, extra: list[str], node: yamlio.Mapping) -> dict[str, str]:
        """Key that is absent → the unknown key that is most like it: another case, other letters, or white
        space that is no space of YAML.

        With ``rest``, a key with a list is one of the others, however it is written.
        """
        found: dict[str, str] = {}
        for key in extra:
            item = node.items.get(key)
            if item is None or (self.rest is not None and isinstance(item, yamlio.Sequence)):
                continue
            if _translated_key(key)[0] in self.fields:
                continue
            absent = [
                known
                for known, field in self.fields.items()
                if known not in node.keys and known not in found and not field.alone
            ]
            if meant := _meant(key, absent):
                found[meant] = key
        return found

    def _value_of_misspelt(self, field: Field, node: Node, reading: Reading) -> Any:
        """The value of a key that another one is like; as that of an absent key if it cannot be read.

        Its problems are not reported, since another key may be meant.
        """
        value = field.of.read(node, Reading(given=reading.given))
        return None if value is BAD and not field.required else value

    def _localized(
        self, key: str, languages: Mapping[str, str], value: Any, node: yamlio.Mapping, reading: Reading
    ) -> Any:
        """The value of a translatable key with its translations; :data:`BAD` if one cannot be read."""
        of = self.fields[key].of
        found: dict[str, Any] = {
            language: of.read(node.items[name], reading) if name in node.items else BAD
            for language, name in languages.items()
        }
        return None if value is None and not found else _joined(value, found)

    def _value(self, key: str, field: Field, node: yamlio.Mapping, reading: Reading) -> Any:
        """The value of a key, or ``None`` if an optional key is absent."""
        if field.alone and key in node.keys:
            message = f"{_a(self.name)} must have only translations of '{key}'"
            hint = f"remove '{key}'; a translation is '{key}_en: …'"
            return reading.error(node.keys[key], "Y004", message, hint)
        if key in node.items:
            return field.of.read(node.items[key], reading)
        if key in node.keys:  # the YAML reader has reported its value
            return BAD
        if not field.required:
            return None
        hint = f"add '{key}: …'" + (f" ({field.doc})" if field.doc else "")
        return reading.error(node.place, "Y005", f"{_a(self.name)} must have the key '{key}'", hint)

    def _keys_hint(self) -> str:
        """The keys that the mapping must have, or may have if it must have none."""
        keys = [key for key, field in self.fields.items() if field.required] or list(self.fields)
        return f"write {{{', '.join(f'{key}: …' for key in keys)}}}"

    def _report_unknown(self, keys: list[str], node: yamlio.Mapping, reading: Reading) -> None:
        for key in keys:
            meant, beside = _meant(key, self.fields), key.replace(key.strip(), "")
            if meant and beside:
                hint = f"remove the white space (U+{ord(beside[0]):04X}) beside '{meant}'"
            else:
                close = f"did you mean '{meant}'?" if meant else near(key, self.fields)
                hint = lookalike_in(key) or close
            reading.error(node.keys[key], "Y004", f"unknown key '{key}' in {_a(self.name)}", hint)

    def schema(self) -> Schema:
        """The schema of an object: ``properties`` (each with its ``doc`` as ``description``), ``required``,
        and ``patternProperties`` for translations (``name_en``), if a field is translatable.

        ``additionalProperties`` is the schema of ``rest``, or ``False``.  A field with ``alone`` has no
        property for the text itself.
        """
        return {
            "type": "object",
            "properties": {
                key: field.of.schema() | ({"description": field.doc} if field.doc else {})
                for key, field in self.fields.items()
                if not field.alone
            },
            **self._schema_of_translations(),
            "required": [key for key, field in self.fields.items() if field.required],
            "additionalProperties": self.rest.schema() if self.rest else False,
        }

    def _schema_of_translations(self) -> Schema:
        keys = {key: field.of.schema() for key, field in self.fields.items() if field.translatable}
        return {"patternProperties": {f"^{key}_{_LANGUAGE}$": of for key, of in keys.items()}} if keys else {}
