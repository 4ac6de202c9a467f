"""Finds the tag that a row of a table names: by kind, facet and code, in one word, or in both ways."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from site_builder.edition.codes import CodeId, CodeKind
from site_builder.edition.index import Index
from site_builder.formats.tables.sheet import Row
from site_builder.importing.codewords import CodeWords
from site_builder.importing.problems import LISTED, NAMES, ProblemLog
from site_builder.importing.wording import short
from site_builder.model import Project
from site_builder.model.hints import near

KINDS = ("cell", "entry", "function")


@dataclass(slots=True)
class _Missing:
    """A name that is unknown: the line of its first use, the hint, and the number of its uses."""

    line: int
    hint: str
    times: int = 1


class Unusable(Exception):
    """A row names no tag that can be imported.  The reason was reported."""


class Tags:
    """Reads the tags of rows.  Each unknown name is reported once, with the number of its uses."""

    def __init__(self, project: Project, index: Index, log: ProblemLog) -> None:
        self.index = index
        self.words = CodeWords(project, index)
        self.log = log
        self.missing: dict[tuple[str, str, str], _Missing] = {}

    def of_row(self, row: Row) -> CodeId | None:
        """The tag of a row; ``None`` if the columns ``tag``, ``kind``, ``facet`` and ``code`` are empty.

        A cell must have a relation, in ``tag`` (``depth+:shows``) or in ``relation``, if the codebook has
        relations; other tags must have none.  Without a kind and a facet, ``code`` is a cell if there is one
        with this id, otherwise an entry; an id that entries of several facets have needs the facet.  A tag
        that is given in both ways must be the same.  The case of letters in a kind does not matter.  A
        function is a tag too.  The passage and the evidence of the row are not looked at.

        :raises Unusable: if the row names a tag that cannot be imported; the reason is recorded as I002 or
            I005.
        """
        found = [one for one in (self._word(row), self._columns(row)) if one is not None]
        if not found:
            return None
        self._agreeing(row, found)
        return self._related(row, found[0])

    def unknown(
        self, line: int, code: str, what: str, name: str, known: Collection[str], hint: str = ""
    ) -> None:
        """Record an unknown name; the log gets it from :meth:`report_unknown`.

        The same name again only increases the number of its uses.  After 10,000 different names, each
        further use is reported at once.

        :param line: the line of the row; that of the first use is reported.
        :param code: the code of the problem: I002 or I003.
        :param what: the kind of name, for the message: ``passage``.
        :param known: the names among which a similar one is searched for.
        :param hint: the hint to show instead of the most similar known name.
        """
        of = (code, what, name)
        if of in self.missing:
            self.missing[of].times += 1
        elif len(self.missing) < NAMES:
            few = len(self.missing) < LISTED  # a search for similar names is slow
            self.missing[of] = _Missing(line, hint or (near(short(name), known) if few else ""))
        else:
            self.log.report(line, code, f"unknown {what}: {short(name)}")

    def report_unknown(self) -> None:
        """Report each unknown name once, at the line of its first use, with the number of its uses.

        Call it once, after the last row.  Without unknown names it reports nothing.

        The message is ``unknown WHAT: NAME (used 3 times)``; for a single use it ends after the name.
        """
        for (code, what, name), one in self.missing.items():
            used = f" (used {one.times} times)" if one.times > 1 else ""
            message = f"unknown {what}: {short(name)}{used}"
            self.log.report(one.line, code, message, one.hint, times=one.times)

    # single columns

    def _word(self, row: Row) -> CodeId | None:
        """The tag in one word."""
        if not row["tag"]:
            return None
        code = self.words.find(row["tag"])
        if code is None:
            raise self._unknown(row, "tag", row["tag"], self.words.by_id)
        if code.kind == "relation":
            raise self._unusable(
                row, f"a tag must not be a relation alone: {code.id}", f"as in CELL:{code.id}"
            )
        if code.kind == "trait":
            hint = f"write {code.id} as the tag, and {code.trait} in the column 'traits'"
            raise self._unusable(row, f"a tag must not be a trait alone: {code}", hint)
        return code

    def _columns(self, row: Row) -> CodeId | None:
        """The tag in separate columns."""
        kind, facet, code = row["kind"].lower(), row["facet"], row["code"]
        if kind and kind not in KINDS:
            raise self._unusable(
                row, f"a kind must be one of {', '.join(KINDS)}: {short(kind)}", near(kind, KINDS)
            )
        if not code:
            if (kind or facet) and not row["tag"]:
                raise self._unusable(
                    row, "a row with a kind or a facet must have a code", "name it, or empty them"
                )
            return None
        if kind == "function":
            return self._one(row, "function", code, self.words.functions)
        if kind == "cell" or (not kind and not facet and code in self.index.cells):
            return self._one(row, "cell", code, self.index.cells)
        return self._entry(row, facet, code)

    def _one(self, row: Row, kind: CodeKind, code: str, known: Collection[str]) -> CodeId:
        if code not in known:
            raise self._unknown(row, kind, code, known)
        return CodeId.of(kind, code)

    def _entry(self, row: Row, facet: str, code: str) -> CodeId:
        if facet and facet not in self.index.facets:
            raise self._unknown(row, "facet", facet, self.index.facets)
        facets = [facet] if facet else list(self.index.facets)
        holding = [one for one in facets if (one, code) in self.index.entries]
        if not holding:
            known = [entry for one, entry in self.index.entries if one in facets]
            known += [] if facet or row["kind"] else self.index.cells
            raise self._unknown(row, f"entry of {facet}" if facet else "code", code, known)
        if len(holding) > 1:
            raise self._unusable(row, f"a row must name the facet of {code}", f"one of: {', '.join(holding)}")
        return CodeId.entry(holding[0], code)

    # columns together

    def _agreeing(self, row: Row, found: list[CodeId]) -> None:
        first, last = str(found[0].whole), str(found[-1].whole)
        if first != last:
            raise self._unusable(
                row, f"tag and code must say the same, not {first} and {last}", "empty one of them"
            )
        for name, value in (("kind", found[0].kind), ("facet", found[0].facet)):
            if row[name] and row[name].lower() != value.lower():
                message = f"the {name} of {first} must be {value or 'empty'}, not {short(row[name])}"
                raise self._unusable(row, message, "correct one of them")

    def _related(self, row: Row, tag: CodeId) -> CodeId:
        """The tag with its relation: a cell needs one, other tags must not have one."""
        given, needed = row["relation"], tag.kind == "cell" and bool(self.words.relations)
        if tag.kind != "cell" and given:
            raise self._unusable(row, f"only a cell must have a relation, not {tag.whole}", "empty it")
        if given and given not in self.words.relations:
            raise self._unknown(row, "relation", given, self.words.relations)
        if needed and not given and not tag.relation:
            raise self._unusable(row, f"a cell must have a relation: {tag}", near("", self.words.relations))
        if tag.relation and given not in ("", tag.relation):
            message = f"tag and relation must say the same, not {tag.relation} and {given}"
            raise self._unusable(row, message, "empty one of them")
        return tag._replace(relation=tag.relation or given)

    def _unusable(self, row: Row, message: str, hint: str) -> Unusable:
        self.log.report(row.line, "I005", message, hint)
        return Unusable()

    def _unknown(self, row: Row, what: str, name: str, known: Collection[str]) -> Unusable:
        self.unknown(row.line, "I002", what, name, known)
        return Unusable()
