"""An independent reader of a project: what its pages must show, worked out a second time.

It reads the YAML and the Markdown of a project with PyYAML and regular expressions, and shares no code
with ``site_builder``.  The tests of the pages compare the built site with it, so a fault that turns a
relation round, drops a passage or leads a link elsewhere is found even where the tool agrees with itself.

Addresses are relative to the root of one script (``canal/p2.html``).  Offsets are code points.  Texts are
in the script of the source.  The reader expects a sound project: it does not check what the tool checks.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import yaml

Key = tuple[str, str]
"""(work, passage)."""

_FIXED = {
    "home": "index.html",
    "grid": "grid/index.html",
    "silence": "silence.html",
    "argument": "argument.html",
    "method": "method.html",
    "cite": "cite.html",
    "search": "search.html",
}
_KNOWN = {"function", "cells", "alternatives", "gist", "gist_en", "note", "note_en"}
_INNER = str.maketrans("「」『』", "『』「」")
_ID = r"[A-Za-z][A-Za-z0-9-]*"
_MARK = re.compile(r"\[@([^\]\n]*)\]|\[([^\]\[]*)\]\(([^)\s]*)\)|`([^`\n]+)`")


def bare(text: str) -> str:
    """A text without white space, since the layout of a template does not matter."""
    return re.sub(r"\s+", "", text)


def words_of(one: dict[str, str]) -> str:
    """The words of evidence that is a mapping without ends."""
    return one.get("text") or one["quote"]


def ends(one: Any) -> tuple[str, str]:
    """The words of evidence, or its two ends."""
    if isinstance(one, str):
        return one, ""
    return (one["from"], one["to"]) if "from" in one else (words_of(one), "")


VOICES = {"author": "", "reported": "作者轉述", "quoted": "作者引用"}
"""The words that a page has behind a quotation for its voice."""
READINGS = {"strict": "嚴讀", "published": "照標", "generous": "寬讀"}


def voice_of(one: Any) -> str:
    """The voice of evidence or of words."""
    return one.get("voice", "author") if isinstance(one, dict) else "author"


def inner(text: str) -> str:
    """Quoted words, with second-level quotation marks inside."""
    return text.translate(_INNER)


@dataclass
class Heading:
    id: str
    level: int
    text: str


@dataclass
class Passage:
    id: str
    number: int
    text: str
    label: str
    path: tuple[str, ...]
    grouped: bool


@dataclass
class Work:
    id: str
    record: dict[str, Any]
    blocks: list[Heading | Passage]
    ledger: list[dict[str, Any]]
    segments: list[dict[str, Any]]
    rules: list[dict[str, Any]]
    emendations: list[dict[str, Any]]
    witness: str

    @property
    def passages(self) -> list[Passage]:
        return [block for block in self.blocks if isinstance(block, Passage)]

    @property
    def headings(self) -> list[Heading]:
        return [block for block in self.blocks if isinstance(block, Heading)]

    def block(self, id_: str) -> Heading | Passage:
        return next(block for block in self.blocks if block.id == id_)

    def undone(self, block: Heading | Passage) -> str:
        """The words of the witness that a block represents."""
        changes = sorted(
            (start, len(e["edited"]), e["witness"])
            for e in self.emendations
            if e["block"] == block.id and "edited" in e
            for start in [place(e, block.text)]
        )
        table = {new: old for rule in self.rules for old, new in rule["map"].items()}
        out, at = "", 0
        for start, length, old in [*changes, (len(block.text), 0, "")]:
            out += "".join(table.get(char, char) for char in block.text[at:start]) + old
            at = start + length
        return out


def reading_of(emendation: dict[str, Any]) -> str:
    """The words of the edition that an emendation concerns."""
    return str(emendation.get("edited", emendation.get("reading", "")))


def place(emendation: dict[str, Any], text: str) -> int:
    """The position of an emendation in the text of its block."""
    prefix, suffix = emendation.get("prefix", ""), emendation.get("suffix", "")
    whole = prefix + reading_of(emendation) + suffix
    assert text.count(whole) == 1, emendation["id"]
    return text.index(whole) + len(prefix)


class Cell(NamedTuple):
    """A cell tag: (id of the cell, relation), its evidence, its note, and the traits it rests on."""

    cell: str
    relation: str
    evidence: list[Any]
    note: str
    traits: tuple[str, ...] = ()


class Pointer(NamedTuple):
    """A tag of a facet: an entry and its evidence."""

    facet: str
    entry: str
    evidence: list[Any]


@dataclass
class Tags:
    """The tags of one coder for one passage."""

    function: str
    cells: list[Cell]
    entries: list[Pointer]
    gist: str
    gist_en: str
    note: str
    note_en: str
    alternatives: list[dict[str, Any]]


class Cite(NamedTuple):
    work: str
    passage: str
    claims: tuple[str, ...]


@dataclass
class Sentence:
    """A sentence of the editors: its words without marks, what it cites, and what it links."""

    text: str
    cites: list[Cite]
    links: list[tuple[str, str]]
    """(target, words), as ``("cell:flow~a", "近水")``."""
    judgement: bool


@dataclass
class Source:
    """The place of sentences: a page, the definition of an entry (``field`` is empty), or a field of it."""

    sentences: list[Sentence]
    home: str
    """The address of the page that shows them."""
    title: str
    where: str
    page: str = ""
    facet: str = ""
    entry: str = ""
    field: str = ""
    words: str = ""
    """All words of the source in order, sentences and headings, without marks."""


@dataclass
class Entry:
    id: str
    facet: str
    raw: dict[str, Any]
    definition: Source
    fields: dict[str, Source] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return str(self.raw["name"])

    @property
    def parent(self) -> str:
        return str(self.raw.get("parent", ""))


class Mention(NamedTuple):
    """A sentence of the editors that a page lists: its place and its words."""

    place: str
    where: str
    judgement: bool
    text: str
    home: str


def split(text: str) -> Iterator[str]:
    """The sentences of a part of the prose: each ends after 。！？ outside of brackets and marks."""
    marks: list[str] = []

    def hide(mark: re.Match[str]) -> str:
        marks.append(mark[0])
        return chr(0xF0000 + len(marks) - 1)

    hidden = _MARK.sub(hide, text)
    depth, start, ends = 0, 0, []
    for at, char in enumerate(hidden):
        depth = max(0, depth + (char in "「『（〔《〈") - (char in "」』）〕》〉"))
        if char in "。！？" and depth == 0 and hidden[at + 1 : at + 2] not in ("。", "！", "？"):
            end = at + 1
            while end < len(hidden) and marks_cite(hidden[end], marks):
                end += 1
            ends.append(end)
    for end in [*ends, len(hidden)]:
        piece = "".join(marks[ord(c) - 0xF0000] if ord(c) >= 0xF0000 else c for c in hidden[start:end])
        if piece.strip():
            yield piece.strip()
        start = end


def marks_cite(char: str, marks: list[str]) -> bool:
    return ord(char) >= 0xF0000 and marks[ord(char) - 0xF0000].startswith("[@")


def sentence(source: str, first: str, judgement: bool) -> Sentence:
    cites, index = [], []
    for mark in _MARK.finditer(source):
        if mark[1] is not None:
            for part in mark[1].split(";"):
                name, *claims = part.strip().removeprefix("@").split()
                work, _, passage = name.rpartition(":")
                cites.append(Cite(work or first, passage, tuple(claims)))
        elif mark[3] is not None:
            index.append((mark[3], mark[2]))
    words = _MARK.sub(lambda mark: mark[2] or mark[4] or "", source)
    return Sentence(bare(words).replace("**", ""), cites, index, judgement)


class Oracle:
    """A project as its files describe it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        notes = root / "annotations"
        self.site = load(notes / "project.yaml")
        self.grid = load(notes / "codebook" / "grid.yaml")
        found = [self._work(folder) for folder in sorted((root / "corpus").iterdir()) if folder.is_dir()]
        order = self.site.get("works") or [found[0].id]
        assert sorted(order) == [work.id for work in found]
        self.works = sorted(found, key=lambda work: order.index(work.id))
        self.first = self.works[0].id
        facets = {one["id"]: one for one in map(load, sorted((notes / "codebook/facets").glob("*.yaml")))}
        self.facets = {id_: facets[id_] for id_ in self.site["facets"]}
        self.cells = {cell["id"]: cell for cell in self.grid["cells"]}
        self.dimensions = {one["id"]: one for one in self.grid["dimensions"]}
        self.poles = {one["id"]: one for one in self.grid["poles"]}
        self.relations = {one["id"]: one["name"] for one in self.grid["relations"]}
        self.functions = {one["id"]: one["name"] for one in self.grid["functions"]}
        self.passages = {(work.id, p.id): p for work in self.works for p in work.passages}
        self.coders = self._coders(notes)
        shown = self.coders[self.site["coder"]]
        self.tags: dict[Key, Tags] = {key: shown[key] for key in self.passages if key in shown}
        self.fronts = {front["id"]: front for front, _ in map(front_matter, self._page_files())}
        self.about = {front["about"]: front for front in self.fronts.values() if front.get("about")}
        edges = notes / "edges.yaml"
        self.edges: list[dict[str, Any]] = load(edges).get("edges", []) if edges.exists() else []
        readers = notes / "coders.yaml"
        self.readers: list[dict[str, Any]] = load(readers)["coders"] if readers.exists() else []
        self.remarks: dict[Key, list[dict[str, Any]]] = {}
        for path in sorted(notes.glob("*/notes.yaml")):
            for one in load(path)["notes"]:
                self.remarks.setdefault((path.parent.name, one["passage"]), []).append(one)
        for key, found_ in self.remarks.items():
            words_ = self.passages[key].text
            found_.sort(key=lambda one: words_.index(one["text"]) if one.get("text") else len(words_))
        self.entries = {
            (facet, raw["id"]): self._entry(facet, raw)
            for facet, found in self.facets.items()
            for raw in found["entries"]
        }
        self.pages = {
            front["id"]: self._page(front, body) for front, body in map(front_matter, self._page_files())
        }
        kept = {path.stem for path in (notes / "editions").glob("*.yaml")} - {str(self.site["version"])}
        published = {one["id"] for one in load(notes / "anchors.yaml")["anchors"]}
        self.has_changes = bool(kept) or "changes.html" in published
        self.sources = [
            *self.pages.values(),
            *(s for e in self.entries.values() for s in (e.definition, *e.fields.values())),
        ]

    @property
    def has_disagreements(self) -> bool:
        """Whether a passage has another reading, or two coders differ in one."""
        from agreement_oracle import compared, differing

        return any(one.alternatives for one in self.tags.values()) or any(
            differing(self, pair, key) for pair in compared(self) for key in pair.keys
        )

    # reading

    def read(self, reading: str) -> Oracle:
        """The project in another reading of the tags."""
        found = copy.copy(self)
        change = {"strict": strict, "published": lambda tags: tags.cells, "generous": generous}[reading]
        found.tags = {key: replace(one, cells=change(one)) for key, one in self.tags.items()}
        return found

    def _page_files(self) -> list[Path]:
        # NAME.LANGUAGE.md is a translation of a page
        found = (self.root / "annotations/pages").rglob("*.md")
        return sorted(path for path in found if "." not in path.stem)

    def _work(self, folder: Path) -> Work:
        def part(name: str, key: str) -> list[dict[str, Any]]:
            path = folder / name
            return list(load(path).get(key, [])) if path.exists() else []

        witness = folder / "witness.txt"
        return Work(
            id=folder.name,
            record=load(folder / "work.yaml"),
            blocks=blocks((folder / "text.md").read_text(encoding="utf-8")),
            ledger=part("anchors.yaml", "anchors"),
            segments=part("witness.yaml", "segments"),
            rules=part("emendations.yaml", "rules"),
            emendations=part("emendations.yaml", "emendations"),
            witness=witness.read_text(encoding="utf-8") if witness.exists() else "",
        )

    def _coders(self, notes: Path) -> dict[str, dict[Key, Tags]]:
        found: dict[str, dict[Key, Tags]] = {}
        for path in sorted(notes.glob("*/tags/*/*.yaml")):
            work, coder = path.parts[-4], path.parts[-2]
            for passage, raw in load(path)["passages"].items():
                found.setdefault(coder, {})[(work, passage)] = tags(raw)
        return found

    def _entry(self, facet: str, raw: dict[str, Any]) -> Entry:
        found = self.facets[facet]
        names = {one["id"]: one["name"] for one in found.get("fields", [])}
        table = found.get("table") or {"fields": []}
        home = self.entry_address(facet, raw["id"]).partition("#")[0]

        def source(text: str, field_: str) -> Source:
            in_table = field_ in table["fields"] and not raw.get("parent")
            made = [sentence(one, self.first, False) for one in split(text)]
            return Source(
                sentences=made,
                home=f"{facet}/index.html" if in_table else home,
                title=table["caption"] if in_table else found["name"],
                where=f"{raw['name']}・{names[field_]}" if field_ else raw["name"],
                facet=facet,
                entry=raw["id"],
                field=field_,
                words="".join(one.text for one in made),
            )

        # "use_en" is the translation of "use"
        own = {id_: text for id_, text in raw.get("fields", {}).items() if "_" not in id_}
        fields = {id_: source(text, id_) for id_, text in own.items()}
        return Entry(raw["id"], facet, raw, source(raw["definition"], ""), fields)

    def _page(self, front: dict[str, Any], body: str) -> Source:
        sentences: list[Sentence] = []
        words = ""
        for kind, text, judgement in prose_blocks(body):
            if kind == "phrase":
                words += bare(text)
                continue
            made = [sentence(one, self.first, judgement) for one in split(text)]
            sentences += made
            words += "".join(one.text for one in made)
        return Source(
            sentences=sentences,
            home=self.page_address(front["id"]),
            title=front["title"],
            where="",
            page=front["id"],
            words=words,
        )

    # addresses

    def slug(self, cell: str) -> str:
        found = self.cells[cell]
        return f"{found['dimension']}-{self.poles[found['pole']]['slug']}"

    def cell_address(self, cell: str) -> str:
        """The page of a cell; of a trait (``flow~a/loud``) its place on it."""
        cell, _, trait = cell.partition("/")
        return f"grid/{self.slug(cell)}.html" + (f"#trait-{trait}" if trait else "")

    def entry_address(self, facet: str, entry: str) -> str:
        found = self.facets[facet]
        parent = next(e.get("parent", "") for e in found["entries"] if e["id"] == entry)
        if found["kind"] == "index":
            return f"{facet}/index.html#{entry}"
        return f"{facet}/{parent}.html#{entry}" if parent else f"{facet}/{entry}.html"

    def page_address(self, page: str) -> str:
        about = self.fronts[page].get("about", "")
        return self.address(about) if about else f"{page}.html"

    def address(self, target: str) -> str:
        """The target of a link of the editors: ``cell:flow~a``, ``things:gate``, ``page:grid`` …"""
        kind, _, id_ = target.partition(":")
        if kind == "cell":
            return self.cell_address(id_)
        if kind == "dimension":
            return f"grid/{id_}.html"
        if kind == "facet":
            return f"{id_}/index.html"
        if kind == "page":
            return self.page_address(id_)
        if kind == "apparatus":
            return f"{self.first}/apparatus.html"
        return _FIXED[kind] if kind in _FIXED and not id_ else self.entry_address(kind, id_)

    def cells_of(self, tags: Tags) -> list[str]:
        """The cells of the tags of a passage, each once, in the order of the codebook."""
        found = {one.cell for one in tags.cells}
        return [cell for cell in self.cells if cell in found]

    # names

    def sign(self, cell: str) -> str:
        found = self.cells[cell]
        return str(self.dimensions[found["dimension"]]["name"] + self.poles[found["pole"]]["sign"])

    def chip(self, cell: str, relation: str = "", traits: Iterable[str] | None = ()) -> tuple[str, str]:
        """A cell as it is shown: (address, its sign, its name and the name of the relation).

        The names of traits replace the name of the cell.  Where it is not known which traits are meant
        (``None``), the cell has no name.
        """
        names = "".join(self.trait(cell, one) for one in traits or ())
        name = names or ("" if traits is None else self.cells[cell]["name"])
        return self.cell_address(cell), bare(self.sign(cell) + name + self.relations.get(relation, ""))

    def tag_chip(self, tag: Cell) -> tuple[str, str]:
        """A tag as it is shown."""
        return self.chip(tag.cell, tag.relation, tag.traits)

    def trait(self, cell: str, trait: str) -> str:
        """The name of a trait."""
        return next(str(one["name"]) for one in self.cells[cell]["traits"] if one["id"] == trait)

    def trait_links(self, tag: Cell) -> list[tuple[str, str]]:
        """The traits of a tag: (address of the definition, name)."""
        return self.links_of_traits(tag.cell, tag.traits)

    def links_of_traits(self, cell: str, traits: Iterable[str]) -> list[tuple[str, str]]:
        """Traits of a cell: (address of the definition, name)."""
        at = self.cell_address(cell)
        return [(f"{at}#trait-{one}", bare(self.trait(cell, one))) for one in traits]

    def quoting(self, one: dict[str, Any]) -> Key:
        """The passage that a quotation of a cell or of a step names."""
        return one.get("work") or self.first, one["passage"]

    def label(self, work: str) -> str:
        """What names a work before the number of its passage, if there are several works."""
        record = next(one.record for one in self.works if one.id == work)
        return f"〈{record.get('short') or record['title']}〉" if len(self.works) > 1 else ""

    def gist(self, key: Key) -> str:
        return self.tags[key].gist if key in self.tags else ""

    def quoted(self, evidence: Iterable[Any]) -> list[str]:
        """Evidence as it is shown, with the words for its voice."""
        shown = []
        for one in evidence:
            if isinstance(one, str):
                shown.append(inner(one))
            elif "from" not in one:
                shown.append(inner(words_of(one)) + VOICES[voice_of(one)])
            else:
                shown.append(inner(f"{one['from']}……{one['to']}") + VOICES[voice_of(one)])
        return shown

    # evidence

    def span(self, key: Key, one: Any) -> tuple[int, int]:
        """Where a piece of evidence is in its passage: (start, end)."""
        text = self.passages[key].text
        if isinstance(one, str):
            assert text.count(one) == 1
            return text.index(one), text.index(one) + len(one)
        if "from" not in one:
            prefix, words = one.get("prefix", ""), words_of(one)
            start = text.index(prefix + words + one.get("suffix", "")) + len(prefix)
            return start, start + len(words)
        start = text.index(one["from"])
        return start, text.index(one["to"], start + len(one["from"])) + len(one["to"])

    def held(self, key: Key, pointer: Pointer) -> list[Cell]:
        """The cell tags of a passage with evidence inside a range of an entry tag."""
        outer = [self.span(key, one) for one in pointer.evidence]
        return [
            cell
            for cell in self.tags[key].cells
            if any(a <= c and d <= b for a, b in outer for c, d in (self.span(key, e) for e in cell.evidence))
        ]

    def covered(self, key: Key, pointer: Pointer) -> list[Cell]:
        """The cell tags that belong to an entry: those in its evidence or in that of its parts; all for an
        entry, or a part, without evidence.
        """
        parts = [one.id for one in self.parts(self.entries[(pointer.facet, pointer.entry)])]
        own = [
            one
            for one in self.tags[key].entries
            if one is pointer or (one.facet == pointer.facet and one.entry in parts)
        ]
        if not all(one.evidence for one in own):
            return self.tags[key].cells
        held = [self.held(key, one) for one in own]
        return [cell for cell in self.tags[key].cells if any(cell in found for found in held)]

    def carried(self, key: Key, facet: str, entry: str, tag: Cell) -> list[str] | None:
        """The traits of a tag that the words of an entry and of its parts carry; ``None`` if nothing in the
        file shows which.

        A trait that an alternative names beside evidence rests on that evidence alone.
        """
        ids = [entry, *(one.id for one in self.parts(self.entries[(facet, entry)]))]
        own = [one for one in self.tags[key].entries if one.facet == facet and one.entry in ids]
        outer = [self.span(key, quote) for one in own for quote in one.evidence]
        inner = {ends(quote): self.span(key, quote) for quote in tag.evidence}
        words = {name for name, (c, d) in inner.items() if any(a <= c and d <= b for a, b in outer)}
        if len(tag.traits) < 2 or len(words) == len(inner) or not all(one.evidence for one in own):
            return list(tag.traits)
        sure, ruled_out = set(), set()
        for other in self.tags[key].alternatives:
            if other.get("traits") and doubted(other, tag):
                whole = "cell" in other or "relation" in other or not other.get("evidence")
                gone = {*inner} if whole else {ends(one) for one in other["evidence"]} & {*inner}
                rest = {*inner} - gone
                sure |= {*other["traits"]} if gone <= words else set()
                sure |= {*tag.traits} - {*other["traits"]} if rest and rest <= words else set()
                ruled_out |= {*other["traits"]} if not gone & words else set()
        left = [one for one in tag.traits if one not in ruled_out]
        return left if len(left) == 1 or sure == {*left} else None

    def chip_under(self, facet: str, entry: str, tags: list[tuple[Key, Cell]]) -> tuple[str, str]:
        """A cell in a relation as an entry shows it, with the traits of all of its tags if they are known."""
        found = [self.carried(key, facet, entry, tag) for key, tag in tags]
        _, first = tags[0]
        if None in found:
            return self.chip(first.cell, first.relation, None)
        names = [one for own in found for one in own or ()] if all(found) else []
        order = [one["id"] for one in self.cells[first.cell].get("traits", ()) if one["id"] in names]
        return self.chip(first.cell, first.relation, order)

    # what rests on what

    def carrying(self, cell: str) -> list[tuple[Key, Cell]]:
        return [(key, one) for key, tags_ in self.tags.items() for one in tags_.cells if one.cell == cell]

    def pointing(self, facet: str, entry: str) -> list[tuple[Key, Pointer]]:
        return [
            (key, one)
            for key, tags_ in self.tags.items()
            for one in tags_.entries
            if (one.facet, one.entry) == (facet, entry)
        ]

    def top(self, facet: str) -> list[Entry]:
        """The entries of a facet that are no part of another."""
        return [e for (f, _), e in self.entries.items() if f == facet and not e.parent]

    def parts(self, entry: Entry) -> list[Entry]:
        return [e for (f, _), e in self.entries.items() if f == entry.facet and e.parent == entry.id]

    def mentions(self, targets: Iterable[str], home: str) -> list[Mention]:
        """The sentences that link or claim something, except those on the page ``home``; each once."""
        found: dict[tuple[int, int], Mention] = {}
        for target in targets:
            for number, source in enumerate(self.sources):
                for index, one in enumerate(source.sentences):
                    if source.home != home and target in self._targets(one):
                        found.setdefault((number, index), self._mention(source, one))
        return in_places(found.values())

    def citing(self, key: Key) -> list[Mention]:
        """The sentences that cite a passage."""
        return in_places(
            self._mention(source, one)
            for source in self.sources
            for one in source.sentences
            if key in {(cite.work, cite.passage) for cite in one.cites}
        )

    def _mention(self, source: Source, one: Sentence) -> Mention:
        return Mention(bare(source.title), bare(source.where), one.judgement, one.text, source.home)

    def _targets(self, one: Sentence) -> set[str]:
        found = {target.partition("/")[0] for target, _ in one.links}  # a trait counts for its cell
        for claim in (claim for cite in one.cites for claim in cite.claims if not claim.startswith("!")):
            subject, _, value = claim.partition("/")[0].partition(":")
            found.add(f"cell:{subject}" if subject in self.cells else f"{subject}:{value}")
        return found

    @cached_property
    def frames(self) -> list[str]:
        return [id_ for id_, facet in self.facets.items() if facet["kind"] == "frame"]


def in_places(found: Iterable[Mention]) -> list[Mention]:
    """Mentions grouped by place, in the order of the first mention of each place."""
    places: dict[str, list[Mention]] = {}
    for one in found:
        places.setdefault(one.place, []).append(one)
    return [one for group in places.values() for one in group]


# --- files ----------------------------------------------------------------------------------------


def load(path: Path) -> dict[str, Any]:
    """A YAML file with every value as a text, a list or a mapping."""
    found: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)
    return found


def tags(raw: dict[str, Any]) -> Tags:
    def pointer(facet: str, one: Any) -> Pointer:
        return (
            Pointer(facet, one, [])
            if isinstance(one, str)
            else Pointer(facet, one["entry"], one.get("evidence", []))
        )

    return Tags(
        alternatives=raw.get("alternatives", []),
        function=raw["function"],
        cells=[
            Cell(
                one["cell"],
                one["relation"],
                one.get("evidence", []),
                one.get("note", ""),
                tuple(one.get("traits", [])),
            )
            for one in raw.get("cells", [])
        ],
        entries=[pointer(key, one) for key, found in raw.items() if key not in _KNOWN for one in found],
        gist=raw.get("gist", ""),
        gist_en=raw.get("gist_en", ""),
        note=raw.get("note", ""),
        note_en=raw.get("note_en", ""),
    )


def doubted(other: dict[str, Any], tag: Cell) -> bool:
    """Whether another reading leaves out a tag."""
    return other.get("instead_of", "") in (tag.cell, f"{tag.cell}:{tag.relation}")


def added(other: dict[str, Any], tags_: Tags) -> tuple[str, str]:
    """(cell, relation) of the tag that another reading adds, or two empty texts."""
    if "cell" not in other and "relation" not in other:
        return "", ""
    first = next((tag.relation for tag in tags_.cells if doubted(other, tag)), "")
    return other.get("cell") or other["instead_of"].partition(":")[0], other.get("relation") or first


def strict(tags_: Tags) -> list[Cell]:
    """The tags that no other reading leaves out."""
    found = []
    for tag in tags_.cells:
        others = [one for one in tags_.alternatives if doubted(one, tag)]
        if any("cell" in one or "relation" in one or not one.get("evidence") for one in others):
            continue
        gone = [ends(quote) for one in others for quote in one["evidence"]]
        left = [quote for quote in tag.evidence if ends(quote) not in gone]
        lost = [trait for one in others for trait in one.get("traits", [])]
        if left or not others:
            traits = tuple(trait for trait in tag.traits if trait not in lost)
            found.append(tag._replace(evidence=left, traits=traits))
    return found


def generous(tags_: Tags) -> list[Cell]:
    """All tags, and those that other readings add."""
    found = list(tags_.cells)
    for one in tags_.alternatives:
        cell, relation = added(one, tags_)
        if cell and (cell, relation) not in [(tag.cell, tag.relation) for tag in found]:
            doubted_ = [e for tag in tags_.cells if doubted(one, tag) for e in tag.evidence]
            found.append(Cell(cell, relation, one.get("evidence") or doubted_, one["reason"]))
    return found


def blocks(text: str) -> list[Heading | Passage]:
    """The headings and passages of an edited text."""
    found: list[Heading | Passage] = []
    path: list[tuple[int, str]] = []
    before: list[tuple[int, str]] = []
    grouped, number = False, 0
    for line in text.splitlines():
        if line.startswith(":::"):
            grouped = line != ":::"
            path, before = (path, list(path)) if grouped else (before, before)
            continue
        match = re.fullmatch(rf"(#*)\s*(.*?)\s*\{{#({_ID})(?: label=(\S+?))?\}}", line)
        if not match:
            assert not line.strip(), line
            continue
        words = re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", match[2])
        if match[1]:
            level = len(match[1])
            path = [*(one for one in path if one[0] < level), (level, match[3])]
            found.append(Heading(match[3], level, words))
        else:
            number += 1
            above = tuple(id_ for level, id_ in path if level > 1)
            found.append(Passage(match[3], number, words, match[4] or "", above, grouped))
    return found


def front_matter(path: Path) -> tuple[dict[str, Any], str]:
    _, front, body = re.split(r"^---\n", path.read_text(encoding="utf-8"), maxsplit=2, flags=re.M)
    return yaml.load(front, Loader=yaml.CBaseLoader), body


def prose_blocks(body: str) -> Iterator[tuple[str, str, bool]]:
    """(``phrase`` or ``prose``, words, in a judgement) of each block of a page, in order."""
    judgement = False
    head = True
    for block in re.split(r"\n\s*\n|\n(?=:::)|(?<=:::)\n|(?<=judgement)\n|\n(?=- |\d+\. )", body.strip()):
        text = block.strip("\n")
        if text.startswith(":::"):
            judgement = text != ":::"
            if judgement:
                yield "phrase", "編者按", True
        elif text.startswith("#"):
            yield "phrase", unnamed(text.lstrip("# ")), judgement
        elif text.startswith("|"):
            for number, row in enumerate(text.splitlines()):
                head = number == 0
                for cell in [] if number == 1 else row.strip().strip("|").split("|"):
                    yield "phrase" if head else "prose", unnamed(cell.strip()), judgement
        elif text.strip():
            yield "prose", unnamed(re.sub(r"^(?:- |\d+\. )", "", text)), judgement


def unnamed(text: str) -> str:
    """A block without the id at its end."""
    return re.sub(r"\s*\{#[^}]*\}$", "", text)
