"""Format 1 → 2: the authors of a record become a list.

``author: 甲、乙`` becomes a list under ``authors``.  Names are not divided: only the editors know the parts
of a name.  ``author_en`` and ``affiliation`` move to the person.  If the record does not show which person
they belong to, it stays as it is, which format 2 still reads, and a review is reported.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping

from site_builder.citing import people
from site_builder.model import Person, Problem
from site_builder.source import yamlio

_RECORD = re.compile(r"corpus/[^/]+/work\.yaml")
_OLD = ("author", "author_en", "affiliation")
_PLAIN = re.compile(r"[^\W\d_][^:#\[\]{}&*!|>'\"%@`,\\]*")
_WORDS = ("null", "true", "false", "yes", "no", "on", "off", "y", "n")


def change(sources: Mapping[str, str]) -> tuple[dict[str, str], tuple[Problem, ...]]:
    """The records that change (path → text), and the reviews.  Other lines and all comments stay.

    The line of ``author`` becomes ``authors:`` and, for each name, ``  - literal: 甲``, with
    ``    latin: Jia`` and ``    affiliation: …`` if they are known; those of ``author_en`` and
    ``affiliation`` are removed.

    A record that has ``authors``, has no ``author``, or cannot be read stays as it is, without a review.
    A record stays as it is with one review (B001, at ``author``) in three cases: ``author_en`` and ``author``
    differ in the number of names; there are several authors and an ``affiliation``; or one of these values is
    no text on the line of its key.
    """
    files: dict[str, str] = {}
    problems: list[Problem] = []
    for path, text in sources.items():
        if _RECORD.fullmatch(path):
            made = _record(path, text, problems)
            if made != text:
                files[path] = made
    return files, tuple(problems)


def _record(path: str, text: str, problems: list[Problem]) -> str:
    node, errors = yamlio.parse(text, path)
    if errors or not isinstance(node, yamlio.Mapping) or "author" not in node.items or "authors" in node.keys:
        return text
    values = {key: node.items[key] for key in _OLD if key in node.items}
    lines = text.split("\n")
    found = {key: value for key, value in values.items() if _on_one_line(value, node, key, lines)}
    texts = {key: value.text for key, value in found.items() if isinstance(value, yamlio.Scalar)}
    names = people.statement(texts.get("author", ""))
    latin = people.statement(texts["author_en"]) if "author_en" in texts else names
    clear = len(latin) == len(names) and (len(names) == 1 or "affiliation" not in texts)
    if texts.keys() != values.keys() or not clear:
        problems.append(
            Problem(
                place=node.keys["author"],
                code="B001",
                message="it is not known which name in Latin letters or affiliation belongs to which author",
                hint="write authors: with an entry for each",
                level="review",
            )
        )
        return text
    authors = people.of_statement(texts["author"], texts.get("author_en", ""), texts.get("affiliation", ""))
    at = {node.keys[key].line - 1: key for key in texts}
    made: list[str] = []
    for number, line in enumerate(lines):
        key = at.get(number)
        if key is None:
            made.append(line)
            continue
        remark = _remark(line, found[key])
        if key == "author":
            made += [f"authors:{f'  {remark}' if remark else ''}", *_listed(authors)]
        elif remark:
            made.append(remark)
    return "\n".join(made)


def _on_one_line(value: yamlio.Node, node: yamlio.Mapping, key: str, lines: list[str]) -> bool:
    """Whether a value is on the line of its key and has no further lines."""
    first = node.keys[key].line
    if not isinstance(value, yamlio.Scalar) or value.place.line != first:
        return False
    after = min((place.line for place in node.keys.values() if place.line > first), default=len(lines) + 1)
    return all(not line.strip() or line.lstrip().startswith("#") for line in lines[first : after - 1])


def _remark(line: str, value: yamlio.Node) -> str:
    """The comment at the end of a line."""
    tail = line[value.place.column - 1 :]
    if isinstance(value, yamlio.Scalar) and value.quoted:
        tail = tail[tail.rfind(tail[0]) :]
    found = re.search(r"(?<=\s)#.*$", tail)
    return found[0] if found else ""


def _listed(authors: tuple[Person, ...]) -> Iterator[str]:
    for person in authors:
        yield f"  - literal: {_scalar(person.name.literal)}"
        if person.latin:
            yield f"    latin: {_scalar(person.latin.literal)}"
        if person.affiliation:
            yield f"    affiliation: {_scalar(person.affiliation)}"


def _scalar(text: str) -> str:
    plain = _PLAIN.fullmatch(text) and text.lower() not in _WORDS and text == text.strip()
    return text if plain else json.dumps(text, ensure_ascii=False)
