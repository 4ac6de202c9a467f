"""The way back: tags that other programs made, read into records.  Nothing here writes.

One file a format; each has ``read(data, path, project, links) -> Intake``.  What is read is not believed: a
file is foreign until its codes are of the codebook and its quotations stand in the text, which
:mod:`site_builder.importing.resolve` says.  XML and zip are opened by :mod:`site_builder.importing.untrusted`
alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from site_builder.model import Place, Problem, Quote

KINDS = ("cell", "entry", "function", "gist", "gist_en", "note")


@dataclass(frozen=True, kw_only=True, slots=True)
class Mark:
    """One statement of a coder about one passage, as a foreign file makes it.

    ``kind`` is one of :data:`KINDS`.  ``value`` is the id of a cell, entry or function of the codebook, or
    the words of a gist or note.  ``quotes`` is the evidence, with as much prefix and suffix as the file
    gives; ``note`` the reason given for a cell.  Several marks may make one tag, each with a part of its
    evidence: those of the same coder, passage, kind, facet, value and relation are joined in their order.
    ``place`` is where the file says it (a line of a text file, or of the XML inside an archive).
    """

    coder: str
    work: str
    passage: str
    kind: str
    value: str
    facet: str = ""
    relation: str = ""
    quotes: tuple[Quote, ...] = ()
    note: str = ""
    place: Place


@dataclass(frozen=True, kw_only=True, slots=True)
class Intake:
    """What a file holds, what is wrong with it, and what its format cannot carry (said, not counted).

    ``left_out`` is the number of statements that cannot be taken, by the code of the fault.
    """

    marks: tuple[Mark, ...] = ()
    problems: tuple[Problem, ...] = ()
    lost: tuple[str, ...] = ()
    left_out: Mapping[str, int] = field(default_factory=dict)
