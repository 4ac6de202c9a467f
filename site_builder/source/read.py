"""Source files → records: one table of fields for each kind of file.

Knows the shape of every file and nothing across files: whether an id exists elsewhere is for the
checks.  What cannot be read is left out and told; the rest goes on, so that one run shows all.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from site_builder.edition import addresses, binding, ledgers
from site_builder.model import (
    FORMAT,
    Anchor,
    Answer,
    Entry,
    EntryTag,
    Facet,
    Page,
    Place,
    Problem,
    Project,
    Prose,
    Tagging,
    Work,
)
from site_builder.model.values import naming
from site_builder.source import layout, prose, schemas, yamlio
from site_builder.source.fields import BAD, Shape

"""The ledger of the addresses outside of the texts."""


class _Reader:
    """Reads the files of one project and keeps the faults."""

    def __init__(self, sources: Mapping[str, str], unread: Collection[str] = ()) -> None:
        self.sources = sources
        self.unread = unread
        self.faults: list[Problem] = []
        self.format = 1

    def yaml(self, path: str, shape: Shape) -> Any:
        """The value of a file, or ``None`` when it is absent or cannot be read."""
        if path not in self.sources:
            self.missing(path)
            return None
        node, faults = yamlio.parse(self.sources[path], path)
        self.faults.extend(faults)
        if node is None:
            if not faults:
                self.faults.append(
                    Problem(
                        place=Place(path=path),
                        code="Y009",
                        message="the file must not be empty",
                        hint=f"a {shape.name} begins with '{next(iter(shape.fields))}:'",
                    )
                )
            return None
        value = shape.read(node, self.faults)
        return None if value is BAD else value

    def missing(self, path: str) -> None:
        if any(f"{path}/".startswith(f"{other}/") for other in self.unread):
            return  # it is there; why it was not read is reported already
        self.faults.append(
            Problem(
                place=Place(path=path),
                code="F001",
                message="the file must exist",
                hint="create it; the README shows each format",
            )
        )

    def named(self, pattern: str) -> Iterable[tuple[str, re.Match[str]]]:
        for path in self.sources:
            match = re.fullmatch(pattern, path)
            if match:
                yield path, match

    # works

    def works(self) -> tuple[Work, ...]:
        folders = {m["work"]: None for _, m in self.named(r"corpus/(?P<work>[^/]+)/[^/]+")}
        if not folders and not any(f"{path}/".startswith("corpus/") for path in self.unread):
            self.missing("corpus/WORK/work.yaml")
        for folder in folders:
            self.name(folder, "work", f"corpus/{folder}/work.yaml")
        found = [self.work(folder) for folder in folders]
        return tuple(work for work in found if work is not None)

    def name(self, name: str, what: str, path: str) -> None:
        """Report a work or coder whose name cannot be an address, or is no id."""
        reserved = {*addresses.RESERVED, *layout.RESERVED} if what == "work" else set()
        why = naming.name_fault(name)
        if not why and name.lower() in reserved:
            why = "the site uses the word for itself"
        elif not why and what == "work" and naming.is_language(name):
            why = "it is the name of a language, which a view of the site may take"
        if why:
            message, level = f"a {what} must not be called '{name}': {why}", "error"
        elif not re.fullmatch(naming.ID, name):
            message, level = f"the name of a {what} should be an id: {name}", "review"
        else:
            return
        hint = "rename its folders; a name is best a letter, then letters, digits and hyphens"
        place = Place(path=path)
        self.faults.append(Problem(place=place, code="S004", message=message, hint=hint, level=level))

    def work(self, id_: str) -> Work | None:
        folder = f"corpus/{id_}"
        record = self.yaml(f"{folder}/work.yaml", schemas.record_shape(id_))
        text = self.sources.get(f"{folder}/text.md")
        if text is None:
            self.missing(f"{folder}/text.md")
            return None
        blocks, faults = prose.edition(text, f"{folder}/text.md")
        self.faults.extend(faults)
        ledger = self.ledger(f"{folder}/anchors.yaml")
        if record is None:
            return None
        segments, rules, emendations, witness = (), (), (), ""
        if record.witness:
            witness = self.sources.get(f"{folder}/witness.txt", "")
            if not witness:
                self.missing(f"{folder}/witness.txt")
            segments = self.yaml(f"{folder}/witness.yaml", schemas.WITNESS) or ()
            rules, emendations = self.yaml(f"{folder}/emendations.yaml", schemas.EMENDATIONS) or (
                (),
                (),
            )
        return Work(
            record=record,
            blocks=blocks,
            witness=witness,
            segments=segments,
            rules=rules,
            emendations=emendations,
            ledger=tuple(anchor for anchor in ledger if anchor.kind != "sentence"),
            sentences=tuple(anchor for anchor in ledger if anchor.kind == "sentence"),
            folder=folder,
        )

    def ledger(self, path: str, shape: Shape = schemas.LEDGER) -> tuple[Anchor, ...]:
        """A work that was never published has no ledger yet: the check then asks for one."""
        if path not in self.sources:
            return ()
        return self.yaml(path, shape) or ()

    # codebook

    def facets(self) -> tuple[Facet, ...]:
        found = []
        for path, _ in self.named(r"annotations/codebook/facets/[^/]+\.yaml"):
            raw = self.yaml(path, schemas.FACET)
            if raw is not None:
                found.append(self.facet(raw))
        return tuple(found)

    def facet(self, raw: dict[str, Any]) -> Facet:
        entries = tuple(self.entry(raw["id"], raw["kind"], entry) for entry in raw.pop("entries"))
        return Facet(entries=entries, **raw)

    def entry(self, facet: str, kind: str, raw: dict[str, Any]) -> Entry:
        # on an index page all entries share one page, on a frame page an entry and its parts do:
        # so the anchor of a sentence begins with the id of its entry
        fields = {
            name: self.inline(value, f"{raw['id']}-{name}-") for name, value in raw.pop("fields").items()
        }
        definition = self.inline(raw.pop("definition"), f"{raw['id']}-is-")
        return Entry(facet=facet, definition=definition, fields=fields, **raw)

    def inline(self, raw: tuple[str, Place], prefix: str) -> Prose:
        found, faults = prose.inline(raw[0], raw[1], prefix, counted=self.format < 2)
        self.faults.extend(faults)
        return found

    # tags

    def taggings(self) -> tuple[Tagging, ...]:
        found: list[Tagging] = []
        pattern = r"annotations/(?P<work>[^/]+)/tags/(?P<coder>[^/]+)/[^/]+\.yaml"
        coders: set[str] = set()
        for path, match in self.named(pattern):
            if match["coder"] not in coders:
                self.name(match["coder"], "coder", path)
                coders.add(match["coder"])
            for passage, place, raw in self.yaml(path, schemas.TAGS) or ():
                found.append(_tagging(match["work"], match["coder"], passage, place, raw))
        return tuple(found)

    # answers to reviews

    def answers(self) -> tuple[Answer, ...]:
        """A project without answers has no file of them."""
        path = "annotations/reviews.yaml"
        return (self.yaml(path, schemas.REVIEWS) or ()) if path in self.sources else ()

    # pages

    def pages(self) -> tuple[Page, ...]:
        found = [self.page(path) for path, _ in self.named(r"annotations/pages/.+\.md")]
        return tuple(page for page in found if page is not None)

    def page(self, path: str) -> Page | None:
        front, body, line = _front_matter(self.sources[path])
        if front is None:
            self.faults.append(
                Problem(
                    place=Place(path=path),
                    code="P009",
                    message="a page must begin with front matter",
                    hint="--- / id: … / title: … / ---",
                )
            )
            return None
        node, faults = yamlio.parse("\n" + front, path)  # keeps the line numbers of the file
        self.faults.extend(faults)
        raw: Any = schemas.FRONT.read(node, self.faults) if node is not None else BAD
        text, faults = prose.page(body, path, line, counted=self.format < 2)
        self.faults.extend(faults)
        return None if raw is BAD else Page(prose=text, **raw)


def _tagging(work: str, coder: str, passage: str, place: Place, raw: dict[str, Any]) -> Tagging:
    rest = raw.pop("rest")
    entries = tuple(
        EntryTag(facet=facet, entry=entry, evidence=evidence, place=at)
        for facet, (_, tags) in rest.items()
        for entry, evidence, at in tags
    )
    raw.pop("place")
    facets = {facet: at for facet, (at, _) in rest.items()}
    return Tagging(
        work=work, coder=coder, passage=passage, entries=entries, facets=facets, place=place, **raw
    )


def _front_matter(text: str) -> tuple[str | None, str, int]:
    """The front matter, the rest, and the line on which the rest begins."""
    if not text.startswith("---\n"):
        return None, text, 1
    end = text.find("\n---\n", 3)
    if end < 0:
        return None, text, 1
    body = text[end + 5 :]
    return text[4 : end + 1], body, text[: end + 5].count("\n") + 1


def unread(problems: Collection[Problem]) -> frozenset[str]:
    """The paths of what is there and was not read, from the problems of
    :func:`site_builder.edges.load.sources`."""
    return frozenset(problem.place.path for problem in problems if problem.level == "error")


def project(sources: Mapping[str, str], unread: Collection[str] = ()) -> tuple[Project | None, list[Problem]]:
    """Read every file of a project.

    :param unread: paths of files and folders that are there and could not be read; they are not missing.
    :returns: the project, or ``None`` where a file is missing that nothing works without; and all
        faults of reading (families F, Y, T, P).
    """
    reader = _Reader(sources, unread)
    site = reader.yaml("annotations/project.yaml", schemas.SITE)
    unknown = [problem for problem in reader.faults if problem.code == "F010"]
    if unknown:  # the rules of an unknown format are not known either, so nothing else is reported
        return None, unknown
    reader.format = site.format if site is not None else FORMAT
    grid = reader.yaml("annotations/codebook/grid.yaml", schemas.GRID)
    works = reader.works()
    facets = reader.facets()
    taggings = reader.taggings()
    pages = reader.pages()
    answers = reader.answers()
    anchors = reader.ledger(ledgers.ADDRESSES, schemas.ADDRESSES)
    if site is None or grid is None or not works:
        return None, reader.faults
    found = Project(
        site=site,
        works=works,
        grid=grid,
        facets=_ordered(facets, site.facets),
        taggings=taggings,
        pages=pages,
        anchors=anchors,
        answers=answers,
    )
    return binding.bound(found), reader.faults


def _ordered(facets: tuple[Facet, ...], order: tuple[str, ...]) -> tuple[Facet, ...]:
    """The facets in the order the site names them; one that it forgets comes last."""
    place = {id_: number for number, id_ in enumerate(order)}
    return tuple(sorted(facets, key=lambda facet: place.get(facet.id, len(order))))
