"""The fields of all YAML files as Markdown tables, made from the JSON Schemas of the files."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.source.reading import Schema
from site_builder.source.schemas import FILES, PATHS

_INTRODUCTION = """\
# The fields of the YAML files

`site-builder check --fields` prints this page; `site-builder check --schema NAME` prints the JSON Schema
of one kind of file. `a.b` is the key `b` in the mapping `a`, `a[]` an item of the list `a`, `a.*` the value
of any other key of `a`. A text with a pattern must match it as a regular expression.
"""


def tables() -> str:
    """A Markdown page with one table for each kind of file, in the order of their names.

    A row is one key: the key with its path (``poles[].id``), ``yes`` if it is required, what its value must
    be, and its description, which may be empty.
    """
    return "\n".join([_INTRODUCTION, *(_table(name) for name in FILES)])


def _table(name: str) -> str:
    lines = [f"## {name}", "", f"`{PATHS[name]}`", ""]
    lines += ["| Key | Required | Value | Meaning |", "|---|---|---|---|"]
    for key, is_required, schema in _fields(FILES[name].schema()):
        cells = (f"`{key}`", "yes" if is_required else "", _value(schema), schema.get("description", ""))
        lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    return "\n".join([*lines, ""])


def _fields(schema: Schema, path: str = "") -> Iterator[tuple[str, bool, Schema]]:
    """Path, whether it is required, and schema of each key in a mapping and in the mappings inside of it.

    A key is required if each alternative form of the mapping requires it.
    """
    forms = [form for form in schema.get("anyOf", [schema]) if form.get("type") == "object"]
    known = {key: one for form in forms for key, one in form.get("properties", {}).items()}
    for key, one in known.items():
        yield f"{path}{key}", all(key in form["required"] for form in forms), one
        yield from _inside(one, f"{path}{key}")
        if any(name.startswith(f"^{key}_") for form in forms for name in form.get("patternProperties", {})):
            yield f"{path}{key}_LANGUAGE", False, {**one, "description": "a translation"}
    for form in forms[:1]:
        if form["additionalProperties"]:
            yield f"{path}*", False, form["additionalProperties"]
            yield from _inside(form["additionalProperties"], f"{path}*")
        for pattern, one in form.get("patternProperties", {}).items():
            name = "*" if pattern.startswith("^[") else pattern[1:].partition("_[")[0]
            if name not in known:  # a free key, or one of which there are only translations
                yield f"{path}{name}_LANGUAGE", False, {**one, "description": "a translation"}


def _inside(schema: Schema, path: str) -> Iterator[tuple[str, bool, Schema]]:
    yield from _fields(schema, f"{path}.")
    for form in schema.get("anyOf", [schema]):
        if form.get("type") == "array":
            yield from _inside(form["items"], f"{path}[]")


def _value(schema: Schema) -> str:
    """What a value must be, in words."""
    if "anyOf" in schema:
        return " or ".join(dict.fromkeys(_value(form) for form in schema["anyOf"]))
    if "enum" in schema:
        return "one of " + ", ".join(f"`{word}`" for word in schema["enum"])
    least = schema.get("minItems", 0)
    match schema["type"]:
        case "array":
            return f"list of {_value(schema['items'])}{f' ({least} or more)' if least else ''}"
        case "integer":
            return f"number from {schema['minimum']} to {schema['maximum']}"
        case "string" if "format" in schema:
            return "date"
        case "string" if schema.get("pattern", "\\S") != "\\S":
            return f"text ``{schema['pattern']}``"
        case "string":
            return "text" if "minLength" in schema else "text, may be empty"
        case "boolean":
            return "`true` or `false`"
        case kind:
            return "mapping" if kind == "object" else str(kind)
