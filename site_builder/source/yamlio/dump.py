"""Plain values → YAML text."""

from __future__ import annotations

import yaml


def dump(value: object) -> str:
    r"""The YAML text of a mapping or list, with a line feed at its end.
    :func:`site_builder.source.yamlio.parse` reads it back.

    Lists and mappings of single values are written on one line.  Characters are not escaped, keys keep their
    order, and lines are not folded.  A tuple is written as a list.  A text alone is followed by a line
    ``...``.

    >>> dump({"a": [1, 2], "b": [{"c": "x: y"}]})
    "a: [1, 2]\nb:\n- {c: 'x: y'}\n"
    """
    text: str = yaml.dump(
        value, Dumper=_Dumper, allow_unicode=True, sort_keys=False, default_flow_style=None, width=1_000_000
    )
    return text


class _Dumper(yaml.SafeDumper):
    """Writes no aliases: a value that occurs again is written again."""

    def ignore_aliases(self, data: object) -> bool:
        return True


_Dumper.add_multi_representer(str, lambda dumper, text: dumper.represent_str(str(text)))
