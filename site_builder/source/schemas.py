"""The kinds of YAML files in a project: one record for each file, and the type that reads it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Annotated

from site_builder.model import (
    Adjudication,
    Anchor,
    Answer,
    Cell,
    Coder,
    Edge,
    Emendation,
    Facet,
    Grid,
    Note,
    Page,
    Reason,
    Record,
    Rule,
    Segment,
    Site,
    Snapshot,
    Tagging,
    Translation,
)
from site_builder.model.field import AtLeast, Choice
from site_builder.model.ledger import ADDRESS_KINDS
from site_builder.model.values.forms import Digest, PageAddress
from site_builder.records import dataclass
from site_builder.source.adapters import SPECIAL, codebook
from site_builder.source.derive import Special, record_type
from site_builder.source.fields import RecordType


@dataclass(frozen=True, kw_only=True, slots=True)
class Apparatus:
    """``corpus/WORK/emendations.yaml``."""

    rules: tuple[Rule, ...] = ()
    emendations: tuple[Emendation, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class WitnessMap:
    """``corpus/WORK/witness.yaml``."""

    segments: tuple[Segment, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Ledger:
    """``corpus/WORK/anchors.yaml`` and ``annotations/anchors.yaml``."""

    anchors: tuple[Anchor, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Reviews:
    """``annotations/reviews.yaml``."""

    reviews: tuple[Answer, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Reasons:
    """``annotations/changes.yaml``."""

    changes: tuple[Reason, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Coders:
    """``annotations/coders.yaml``."""

    coders: Annotated[tuple[Coder, ...], AtLeast(1)]


@dataclass(frozen=True, kw_only=True, slots=True)
class Edges:
    """``annotations/edges.yaml``."""

    edges: Annotated[tuple[Edge, ...], AtLeast(1)]


@dataclass(frozen=True, kw_only=True, slots=True)
class Notes:
    """``annotations/WORK/notes.yaml``."""

    notes: Annotated[tuple[Note, ...], AtLeast(1)]


@dataclass(frozen=True, kw_only=True, slots=True)
class Tags:
    """A file in ``annotations/WORK/tags/CODER/``."""

    passages: tuple[Tagging, ...]


def _address(special: Special) -> RecordType:
    """A line of the ledger of addresses outside of the texts."""
    return record_type(
        Anchor,
        special,
        id=PageAddress,
        kind=Annotated[str, Choice(ADDRESS_KINDS)],
        digest=Digest,
        into=Annotated[tuple[PageAddress, ...], AtLeast(1)],
    )


class _Types(Mapping[str, RecordType]):
    """Types of files by name; each is made when it is asked for."""

    def __init__(self, makers: Mapping[str, Callable[[], RecordType]]) -> None:
        self._makers = makers
        self._made: dict[str, RecordType] = {}

    def __getitem__(self, kind: str) -> RecordType:
        if kind not in self._made:
            self._made[kind] = self._makers[kind]()
        return self._made[kind]

    def __iter__(self) -> Iterator[str]:
        return iter(self._makers)

    def __len__(self) -> int:
        return len(self._makers)


FILES: Mapping[str, RecordType] = _Types(
    {
        "addresses": lambda: record_type(Ledger, {**SPECIAL, Anchor: _address}),
        "adjudication": lambda: record_type(Adjudication, SPECIAL),
        "anchors": lambda: record_type(Ledger, SPECIAL),
        "changes": lambda: record_type(Reasons, SPECIAL, name="file of changes"),
        "coders": lambda: record_type(Coders, SPECIAL, name="file of coders"),
        "edges": lambda: record_type(Edges, SPECIAL, name="file of edges"),
        "emendations": lambda: record_type(Apparatus, SPECIAL),
        "facet": lambda: SPECIAL[Facet](SPECIAL),
        "grid": lambda: record_type(Grid, SPECIAL),
        "notes": lambda: record_type(Notes, SPECIAL, name="file of notes"),
        "page": lambda: record_type(Page, SPECIAL, name="front matter"),
        "project": lambda: record_type(Site, SPECIAL, name="project"),
        "reviews": lambda: record_type(Reviews, SPECIAL, name="file of reviews"),
        "snapshot": lambda: record_type(Snapshot, SPECIAL),
        "tags": lambda: record_type(Tags, SPECIAL, name="file of tags"),
        "translation": lambda: record_type(Translation, SPECIAL, name="front matter of a translation"),
        "witness": lambda: record_type(WitnessMap, SPECIAL),
        "work": lambda: SPECIAL[Record](SPECIAL),
    }
)
"""Name of a kind of file, as in ``check --schema NAME`` → the type of its content."""
BEFORE_4: Mapping[str, RecordType] = _Types(
    {"grid": lambda: record_type(Grid, {**SPECIAL, Cell: codebook.older_cell})}
)
"""The kinds of files that are different in a project of format 1 to 3."""
PATHS: Mapping[str, str] = {
    "addresses": "annotations/anchors.yaml",
    "adjudication": "annotations/WORK/adjudication.yaml",
    "anchors": "corpus/WORK/anchors.yaml",
    "changes": "annotations/changes.yaml",
    "coders": "annotations/coders.yaml",
    "edges": "annotations/edges.yaml",
    "emendations": "corpus/WORK/emendations.yaml",
    "facet": "annotations/codebook/facets/*.yaml",
    "grid": "annotations/codebook/grid.yaml",
    "notes": "annotations/WORK/notes.yaml",
    "page": "annotations/pages/**/*.md, between the lines ---",
    "project": "annotations/project.yaml",
    "reviews": "annotations/reviews.yaml",
    "snapshot": "annotations/editions/VERSION.yaml and corpus/WORK/editions/VERSION.yaml",
    "tags": "annotations/WORK/tags/CODER/*.yaml",
    "translation": "annotations/pages/**/*.LANGUAGE.md, between the lines ---",
    "witness": "corpus/WORK/witness.yaml",
    "work": "corpus/WORK/work.yaml",
}
"""Name of a kind of file → where its files are."""
