"""A file of tags that is imported again: the comments and the order of the file that it replaces stay."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from site_builder.source import yamlio
from site_builder.source.yamlio.comments import comments

HEADER = "# Taken in by `site-builder import-tags` from "
"""The beginning of the first line of an imported file."""


def rewritten(old: str, new: str) -> str:
    """The text of a new file of tags, in which the comments and the order of the old one are kept.

    A passage whose tags are as before stays as it is written.  The comments within a passage whose tags are
    others come before it, each on a line; those of a passage that is gone stay where it was.  A passage that
    was not in the old file follows the passage that it follows in the new one.  The first line of the new
    file replaces that of the old one.

    If the passages of the old file are not each on lines of their own, all its comments come first, and the
    new text follows.

    :param old: the old text, which must be YAML; it may have been edited since it was written.  ``""`` if
        there is none.
    :param new: the new text, as :func:`.resolve.files` gives it.
    """
    if not old:
        return new
    remarks = [comment.words for comment in comments(old).values() if not comment.words.startswith(HEADER)]
    if not remarks and list(_passages(old)) == list(_passages(new)):
        return new
    before, after = _Rows.of(old), _Rows.of(new)
    if before is not None and after is not None:
        text = "\n".join(_merged(before, after))
        if _passages(text) == _passages(new):
            return text
    first, rest = new.split("\n", 1)
    return "\n".join([first, *remarks, rest])


@dataclass(frozen=True)
class _Rows:
    """The rows of a file of tags: those before the first passage, those of each passage, and those after the
    last.  Rows of comments before a passage belong to it, if they have no deeper indentation.
    """

    head: Sequence[str]
    passages: dict[str, Sequence[str]]
    tail: Sequence[str]
    values: dict[str, object]
    remarks: dict[str, list[str]]
    """The comments of each passage, from ``#`` on, those before it too."""
    indent: int

    @classmethod
    def of(cls, text: str) -> _Rows | None:
        """``None`` if two passages, or a passage and the key ``passages``, are on one row."""
        root, _ = yamlio.parse(text, "")
        if not isinstance(root, yamlio.Mapping):
            return None
        found = root.items.get("passages")
        if not isinstance(found, yamlio.Mapping) or not found.keys:
            return None
        places = list(found.keys.values())
        starts = [place.line - 1 for place in places]
        if len({root.keys["passages"].line - 1, *starts}) <= len(starts):
            return None
        rows, remarks = text.split("\n"), comments(text)
        end = len(rows)
        while end > starts[-1] and (not rows[end - 1].strip() or _is_remark(rows[end - 1])):
            end -= 1
        starts = [_with_remarks(rows, start, starts[at - 1] if at else 0) for at, start in enumerate(starts)]
        bounds = list(zip(starts, [*starts[1:], end], strict=True))
        return cls(
            head=rows[: starts[0]],
            passages={id_: rows[a:b] for id_, (a, b) in zip(found.keys, bounds, strict=True)},
            tail=rows[end:],
            values=_passages(text),
            remarks={
                id_: [comment.words for row, comment in remarks.items() if a <= row < b]
                for id_, (a, b) in zip(found.keys, bounds, strict=True)
            },
            indent=places[0].column - 1,
        )


def _is_remark(row: str) -> bool:
    return row.lstrip().startswith("#")


def _indent(row: str) -> int:
    return len(row) - len(row.lstrip())


def _with_remarks(rows: Sequence[str], start: int, least: int) -> int:
    """The first of the rows of comments directly before a row; none of them is before ``least``."""
    indent = _indent(rows[start])
    while start - 1 > least and _is_remark(rows[start - 1]) and _indent(rows[start - 1]) <= indent:
        start -= 1
    return start


def _merged(old: _Rows, new: _Rows) -> Iterator[str]:
    yield new.head[0]
    yield from (row for row in old.head if not row.startswith(HEADER))
    following: dict[str, list[str]] = {}
    last = ""
    for id_ in new.passages:
        if id_ in old.passages:
            last = id_
        else:
            following.setdefault(last, []).append(id_)
    for id_ in ("", *old.passages):
        if id_ and new.values.get(id_) == old.values[id_]:
            yield from old.passages[id_]
        elif id_:
            yield from (f"{' ' * old.indent}{remark}" for remark in old.remarks[id_])
            yield from _indented(new, id_, old.indent)
        for other in following.get(id_, ()):
            yield from _indented(new, other, old.indent)
    yield from old.tail


def _indented(new: _Rows, id_: str, indent: int) -> Iterator[str]:
    """The rows of a passage of the new file, with the indentation of the old one."""
    for row in new.passages.get(id_, ()):
        yield f"{' ' * indent}{row[new.indent :]}" if row.strip() else row


def _passages(text: str) -> dict[str, object]:
    """Passage → its tags, as plain lists, mappings and texts, in the order of the file."""
    root, _ = yamlio.parse(text, "")
    found = root.items.get("passages") if isinstance(root, yamlio.Mapping) else None
    return (
        {id_: _plain(node) for id_, node in found.items.items()} if isinstance(found, yamlio.Mapping) else {}
    )


def _plain(node: yamlio.Node) -> object:
    if isinstance(node, yamlio.Scalar):
        return node.text, node.reads_as
    if isinstance(node, yamlio.Sequence):
        return [_plain(item) for item in node.items]
    return {key: _plain(item) for key, item in node.items.items()}
