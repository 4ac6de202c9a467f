"""Texts of files → the project, and the problems of reading.

A reader knows what each file may hold, and nothing of the other files: whether an id exists elsewhere is a
question for the checks.  What cannot be read is left out and reported, and reading goes on, so that one run
reports all problems.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import partial
from typing import TypeVar

from site_builder.edition import addresses, anchors, binding, palette
from site_builder.model import (
    Adjudication,
    Anchor,
    Answer,
    Coder,
    Edge,
    Facet,
    Grid,
    Heading,
    LanguageView,
    Localized,
    Note,
    Passage,
    Problem,
    Project,
    Reason,
    Record,
    Site,
    Snapshot,
    Tagging,
    Work,
)
from site_builder.model.memory import Memory
from site_builder.model.values import naming
from site_builder.records import replace
from site_builder.source import layout, parts
from site_builder.source.pages import read_pages
from site_builder.source.parts import Part, ReadPart
from site_builder.source.prose.escape import unescaped
from site_builder.source.reader import Reader
from site_builder.source.schemas import (
    Apparatus,
    Coders,
    Edges,
    Ledger,
    Notes,
    Reasons,
    Reviews,
    Tags,
    WitnessMap,
)

_NO_GRID = Grid()


class _Reader(Reader):
    """Reads every kind of file of one project, except the editors' pages."""

    # works

    def works(self) -> tuple[Work, ...]:
        folders = dict.fromkeys(match["work"] for _, match in self.named(r"corpus/(?P<work>[^/]+)/[^/]+"))
        if not folders and not any(f"{path}/".startswith("corpus/") for path in self.unread):
            self.missing("corpus/WORK/work.yaml")
        for folder in folders:
            self.name(folder, "work", f"corpus/{folder}/work.yaml")
        works = [self.work(folder) for folder in folders]
        return tuple(work for work in works if work is not None)

    def name(self, name: str, what: str, path: str) -> None:
        """Report a work or coder whose name cannot be an address, or is not an id."""
        reserved = {*addresses.RESERVED, *layout.RESERVED} if what == "work" else set()
        why = naming.name_fault(name)
        if not why and name.lower() in reserved:
            why = "the site uses this name for its own pages"
        elif not why and what == "work" and naming.is_language(name):
            why = "it is a language tag, which a view of the site may use"
        if why:
            message, level = f"invalid name of a {what} '{name}': {why}", "error"
        elif not re.fullmatch(naming.ID, name):
            message, level = f"the name of a {what} should be an id, not '{name}'", "review"
        else:
            return
        hint = "rename its folders; use a letter followed by letters, digits and hyphens"
        self.report(path, "S004", message, hint, level)

    def work(self, id_: str) -> Work | None:
        folder = f"corpus/{id_}"
        record = self.yaml(f"{folder}/work.yaml", "work", Record, id=id_)
        text = self.sources.get(f"{folder}/text.md")
        if text is None:
            self.missing(f"{folder}/text.md")
            return None
        blocks, problems = self.read_part(Part(parts.TEXT, f"{folder}/text.md", text))
        ledger = self.ledger("anchors", f"{folder}/anchors.yaml")
        self.problems.extend(_with_ids(problems, text, blocks, ledger))
        if record is None:
            return None
        witness, segments, apparatus = "", None, None
        if record.witness:
            witness = self.sources.get(f"{folder}/witness.txt", "")
            if not witness:
                self.missing(f"{folder}/witness.txt")
            segments = self.yaml(f"{folder}/witness.yaml", "witness", WitnessMap)
            apparatus = self.yaml(f"{folder}/emendations.yaml", "emendations", Apparatus)
        return self.memory.of(
            ("work", id_),
            (record, blocks, witness, segments, apparatus, ledger),
            lambda: Work(
                record=record,
                blocks=tuple(_named(block, record) for block in blocks),
                witness=witness,
                segments=segments.segments if segments else (),
                rules=apparatus.rules if apparatus else (),
                emendations=apparatus.emendations if apparatus else (),
                ledger=tuple(anchor for anchor in ledger if anchor.kind != "sentence"),
                sentences=tuple(anchor for anchor in ledger if anchor.kind == "sentence"),
                folder=folder,
            ),
        )

    def ledger(self, kind: str, path: str = "") -> tuple[Anchor, ...]:
        """A project that was never published has no ledgers; the checks then ask for them."""
        found = self.optional(kind, Ledger, path)
        return found.anchors if found else ()

    # annotations

    def grid(self, taggings: Iterable[Tagging]) -> Grid | None:
        """The grid, an empty one if the project has no such file and its tags need none.

        ``None`` if the file cannot be read, or is missing although a tag has a cell or a function.
        """
        needed = any(tagging.cells or tagging.function for tagging in taggings)
        if layout.GRID in self.sources or self.is_unread(layout.GRID) or needed:
            return self.yaml(layout.GRID, "grid", Grid)
        return _NO_GRID

    def facets(self) -> tuple[Facet, ...]:
        paths = [path for path, _ in self.named(r"annotations/codebook/facets/[^/]+\.yaml")]
        facets = [
            self.yaml(path, "facet", Facet, counted=self.counted, language=self.language) for path in paths
        ]
        return tuple(facet for facet in facets if facet is not None)

    def taggings(self) -> tuple[Tagging, ...]:
        found: list[Tagging] = []
        pattern = r"annotations/(?P<work>[^/]+)/tags/(?P<coder>[^/]+)/[^/]+\.yaml"
        coders: set[str] = set()
        for path, match in self.named(pattern):
            if match["coder"] not in coders:
                self.name(match["coder"], "coder", path)
                coders.add(match["coder"])
            tags = self.yaml(path, "tags", Tags, work=match["work"], coder=match["coder"])
            found += tags.passages if tags else ()
        return tuple(found)

    def edges(self) -> tuple[Edge, ...]:
        """The edges; a project may do without the file."""
        found = self.optional("edges", Edges)
        return found.edges if found else ()

    def coders(self) -> tuple[Coder, ...]:
        """The records of the coders; a project may do without the file."""
        found = self.optional("coders", Coders)
        return found.coders if found else ()

    def notes(self) -> tuple[Note, ...]:
        """The notes of all works."""
        found: list[Note] = []
        for path, match in self.named(r"annotations/(?P<work>[^/]+)/notes\.yaml"):
            file = self.yaml(path, "notes", Notes, work=match["work"])
            found += file.notes if file else ()
        return tuple(found)

    def adjudications(self) -> tuple[Adjudication, ...]:
        """The decisions on differences of coders, one record for each work that has any."""
        pattern = r"annotations/(?P<work>[^/]+)/adjudication\.yaml"
        found = [
            self.yaml(path, "adjudication", Adjudication, work=match["work"])
            for path, match in self.named(pattern)
        ]
        return tuple(filter(None, found))

    def answers(self) -> tuple[Answer, ...]:
        """A project without answers to reviews has no file of them."""
        found = self.optional("reviews", Reviews)
        return found.reviews if found else ()

    def reasons(self) -> tuple[Reason, ...]:
        """A project that explains no change has no file of reasons."""
        found = self.optional("changes", Reasons)
        return found.changes if found else ()

    def snapshots(self) -> tuple[Snapshot, ...]:
        """What earlier editions say: first all that is outside of the works, then each work."""
        found = []
        for path, match in self.named(r"(?:annotations|corpus/(?P<work>[^/]+))/editions/[^/]+\.yaml"):
            found.append(self.yaml(path, "snapshot", Snapshot, work=match["work"] or ""))
        return tuple(sorted(filter(None, found), key=lambda one: (bool(one.work), one.work)))


def _named(block: Heading | Passage, record: Record) -> Heading | Passage:
    """A block with its language; a heading with the names that the record gives it."""
    text = Localized(block.text, language=record.tag)
    if isinstance(block, Heading) and block.id in record.headings:
        return replace(block, text=text, names=record.headings[block.id])
    return replace(block, text=text)


def _with_ids(
    problems: Collection[Problem],
    text: str,
    blocks: tuple[Heading | Passage, ...],
    ledger: tuple[Anchor, ...],
) -> Iterator[Problem]:
    """The problems of a text; that of a block without a valid id (T001, T002) gets the id to write.

    It is the id under which the text of the block was published, else the next free one.
    """
    if not any(problem.code in ("T001", "T002") for problem in problems):
        yield from problems
        return
    lines = text.split("\n")
    free = int(anchors.next_id(ledger, blocks)[1:])
    for problem in problems:
        if problem.code not in ("T001", "T002"):
            yield problem
            continue
        words = re.sub(r"\s*\{#[^}]*\}$", "", lines[problem.place.line - 1].lstrip("# ").rstrip())
        own = anchors.own_id(ledger, blocks, unescaped(words))
        if own:
            yield replace(problem, hint=f"write {{#{own}}} at the end of the line; its text was published so")
        elif problem.code == "T001":
            yield replace(problem, hint=f"add an id at the end of the line, for example {{#p{free}}}")
            free += 1
        else:
            yield problem


def unread(problems: Collection[Problem]) -> frozenset[str]:
    """The paths of what is there and was not read, from the problems of
    :func:`site_builder.edges.load.sources`: those of all errors, not of reviews.

    They are paths of files and of folders.
    """
    return frozenset(problem.place.path for problem in problems if problem.level == "error")


def project(
    sources: Mapping[str, str],
    unread: Collection[str] = (),
    read_part: ReadPart = parts.read,
    memory: Memory | None = None,
) -> tuple[Project | None, list[Problem]]:
    """Read every file of a project.  The rules of :mod:`site_builder.check` are not applied.

    A record, block or file that cannot be read is left out.  Works and facets are in the order of the project
    file; those that it does not list come last.

    :param sources: path → text, as :func:`site_builder.edges.load.sources` gives them.
    :param unread: paths of files and folders that are there and could not be read; they are not missing.
    :param read_part: reads each file; a function that gives what it gave before makes the rest quick.
    :param memory: of earlier readings; a work whose files have not changed is then the same object.
    :returns: the project, or ``None`` if ``project.yaml`` or every work is missing or cannot be read, or
        ``grid.yaml`` cannot be read; and all problems of reading (families F, S, Y, T, P).  An unknown
        format gives ``None`` and F010 alone.
    """
    reader = _Reader(sources, unread, read_part, memory)
    parsed = site = reader.yaml("annotations/project.yaml", "project", Site)
    newer = [problem for problem in reader.problems if problem.code == "F010"]
    if newer:  # the rules of an unknown format are not known either, so nothing else is reported
        return None, newer
    if site is not None and site.format < 3:
        site = _in_two_scripts(site)
    reader.counted = site is not None and site.format < 2
    reader.older = site is not None and site.format < 4
    works = _ordered(reader.works(), site.works if site else ())
    if site is not None and works:
        tag = works[0].record.tag
        site = reader.memory.of(("site", tag), (parsed,), partial(_with_views, site, tag))
        reader.language = site.language
    facets = reader.facets()
    taggings = reader.taggings()
    grid = reader.grid(taggings)
    pages = read_pages(reader)
    answers = reader.answers()
    snapshots = reader.snapshots()
    reasons = reader.reasons()
    anchors = reader.ledger("addresses")
    edges, notes, coders = reader.edges(), reader.notes(), reader.coders()
    adjudications = reader.adjudications()
    if site is None or grid is None or not works:
        return None, reader.problems
    found = Project(
        site=site,
        works=works,
        grid=grid,
        facets=_ordered(facets, site.facets),
        taggings=taggings,
        pages=pages,
        anchors=anchors,
        answers=answers,
        snapshots=snapshots,
        reasons=reasons,
        edges=edges,
        notes=notes,
        coders=coders,
        adjudications=adjudications,
    )
    grid, facets = reader.memory.of("colours", (grid, *found.facets), partial(_completed, found))
    return binding.bound(replace(found, grid=grid, facets=facets), reader.memory), reader.problems


def _completed(project: Project) -> tuple[Grid, tuple[Facet, ...]]:
    """The grid and the facets of a project, with all cells and colours."""
    found = palette.completed(project)
    return found.grid, found.facets


def _in_two_scripts(site: Site) -> Site:
    """The site of a project of format 1 or 2, which always has Traditional Chinese and its conversion."""
    views = (LanguageView(language="zh-Hant"), LanguageView(language="zh-Hans", folder="hans"))
    return replace(site, language=site.language or "zh-Hant", views=site.views or views)


def _with_views(site: Site, language: str) -> Site:
    """The site with its language, its views and their folders, where the file leaves them out.

    :param language: the language of the first work.
    """
    own = site.language or language
    first, *others = site.views or (LanguageView(language=own, place=site.place),)
    others = [replace(view, folder=view.folder or view.language.lower()) for view in others]
    return replace(site, language=own, views=(first, *others))


_Named = TypeVar("_Named", Facet, Work)


def _ordered(found: tuple[_Named, ...], order: tuple[str, ...]) -> tuple[_Named, ...]:
    """Facets or works in the order the project file names them; one that it does not name comes last."""
    place = {id_: number for number, id_ in enumerate(order)}
    return tuple(sorted(found, key=lambda one: place.get(one.id, len(order))))
