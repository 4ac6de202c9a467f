"""Invented corpora: N works of 40 passages, each passage with tags, and prose that cites them.

``python -m benchmarks.corpus OUT --works N`` writes a project.  Work k is the same for every N, and two runs
write the same bytes.  The words are combined at random from the lists of this module and mean nothing.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

PASSAGES = 40
CHARACTERS = 230
"""Of a passage, about."""
DIMENSIONS = {"tide": "潮", "sand": "沙", "boat": "船", "rope": "繩"}
POLES = {"up": "起", "down": "落"}
CELLS = tuple(f"{dimension}-{pole}" for dimension in DIMENSIONS for pole in POLES)
COLORS = ("#9CC6E6", "#1F5F8B", "#E6D29C", "#8B6B1F", "#BFDDA0", "#3F5F1F", "#F0BFA0", "#7A3B1B")
RELATIONS = {"shows": "寫出", "lacks": "缺少", "wants": "願有"}
FUNCTIONS = {"opens": "起", "scene": "記", "turns": "轉", "closes": "收"}
ENTRIES = 12
"""Of each facet; every twelve passages use each of them."""
FACETS = {"tools": "器", "deeds": "事"}

_PLACES = "北南東西上下前後內外"
_THINGS = ("燈塔", "石堤", "沙洲", "木樁", "漁網", "鹽田", "渡口", "帆索", "浮標", "岬角", "礁石", "船塢")
_ACTS = ("望著", "繞過", "記下", "數過", "修好", "留住", "借來", "量出", "放開", "守住")
_TIMES = ("清晨", "入夜", "雨後", "霜降", "退潮時", "起風前", "月圓夜", "收網時")
_MARKS = "，，，，；"
_DIGITS = "零一二三四五六七八九"
_REST = str.maketrans("，；", ",;")
"""Marks of the text → marks of its witness."""


@dataclass(frozen=True)
class Tag:
    cell: str
    relation: str
    evidence: str


@dataclass(frozen=True)
class Passage:
    id: str
    text: str
    function: str
    tags: tuple[Tag, ...]
    entries: tuple[tuple[str, str, str], ...]
    """Facet, entry and the words that show it."""
    gist: str
    misread: str = ""
    """A clause that the witness has in another form; empty if there is none."""


@dataclass(frozen=True)
class Heading:
    id: str
    level: int
    text: str


@dataclass(frozen=True)
class Work:
    number: int
    seed: int = 1
    length: int = PASSAGES

    @property
    def id(self) -> str:
        return f"w{self.number:05d}"

    @property
    def title(self) -> str:
        return f"{number(self.number)}號海圖記"

    @cached_property
    def blocks(self) -> tuple[Heading | Passage, ...]:
        words = random.Random(f"{self.seed}:{self.number}")
        return tuple(self._blocks(words))

    @property
    def passages(self) -> list[Passage]:
        return [block for block in self.blocks if isinstance(block, Passage)]

    def _blocks(self, words: random.Random) -> Iterator[Heading | Passage]:
        yield Heading("top", 1, self.title)
        for at in range(self.length):
            if at % 8 == 0:
                yield Heading(f"s{at // 8 + 1}", 2, f"{number(at // 8 + 1)}、{words.choice(_THINGS)}")
            yield _passage(words, at)


def number(value: int) -> str:
    return "".join(_DIGITS[int(digit)] for digit in str(value))


def works(count: int, *, seed: int = 1, length: int = PASSAGES) -> Iterator[Work]:
    for at in range(1, count + 1):
        yield Work(at, seed, length)


def _clause(words: random.Random) -> str:
    place, thing = words.choice(_PLACES), words.choice(_THINGS)
    return f"{words.choice(_TIMES)}{words.choice(_ACTS)}{place}面的{thing}"


def _passage(words: random.Random, at: int) -> Passage:
    clauses: dict[str, None] = {}
    while sum(len(clause) + 1 for clause in clauses) < CHARACTERS:
        clauses[_clause(words)] = None
    listed = list(clauses)
    text = ""
    for place, clause in enumerate(listed):
        text += clause + ("。" if place % 5 == 4 or place == len(listed) - 1 else words.choice(_MARKS))
    shown = iter(words.sample(listed, 8))
    cells = words.sample(CELLS, words.choice((1, 1, 2)))
    tags = tuple(Tag(cell, words.choice(list(RELATIONS)), next(shown)) for cell in cells)
    entries = tuple((facet, f"{facet}{at % ENTRIES}", next(shown)) for facet in FACETS)
    gist = f"{_clause(words)}。"
    misread = next(shown) if words.random() < 0.5 else ""
    return Passage(f"p{at + 1}", text, words.choice(list(FUNCTIONS)), tags, entries, gist, misread)


def sources(count: int, *, seed: int = 1, length: int = PASSAGES) -> Iterator[tuple[str, str]]:
    """The files of a project, each path with its text.  The ledgers are not among them."""
    yield "annotations/project.yaml", _project(count)
    yield (
        "annotations/coders.yaml",
        'coders:\n  - {id: editors, name: 編者, kind: machine, date: "2026-01-01", saw: 詞表。}\n',
    )
    yield "annotations/codebook/grid.yaml", _grid()
    first: dict[str, str] = {}
    for work in works(count, seed=seed, length=length):
        yield from _files(work)
        for passage in work.passages:
            for tag in passage.tags:
                first.setdefault(tag.cell, f"{work.id}:{passage.id} {tag.cell}:{tag.relation}")
            for facet, entry, _ in passage.entries:
                first.setdefault(entry, f"{work.id}:{passage.id} {facet}:{entry}")
    for facet in FACETS:
        yield f"annotations/codebook/facets/{facet}.yaml", _facet(facet, first)
    yield from _prose(first)


def _project(count: int) -> str:
    ids = "".join(f"  - {work.id}\n" for work in works(count))
    return (
        "format: 4\ntitle: 海圖集\ntitle_en: A book of charts\nsubtitle: 測量用的語料\n"
        "description: 字句由程式隨機組成，沒有意義。\npublisher: 測量\ncoder: editors\nstatus: released\n"
        'version: "1.0"\ndate: "2026-01-01"\naddress: https://example.org/charts/\nlanguage: zh-Hant\n'
        "views:\n  - {language: zh-Hant}\n  - {language: zh-Hans, folder: hans}\n"
        "licences:\n  - {id: all, name: CC0, definition: 可自由使用。}\n"
        f"facets: [{', '.join(FACETS)}]\nworks:\n{ids}"
    )


def _grid() -> str:
    dimensions = "".join(
        f"  - {{id: {id_}, name: {name}, short: {name}, definition: 與{name}有關的。}}\n"
        for id_, name in DIMENSIONS.items()
    )
    poles = "".join(
        f"  - {{id: {id_}, slug: {id_}, sign: {name}, name: {name}}}\n" for id_, name in POLES.items()
    )
    cells = "".join(
        f"  - id: {cell}\n    dimension: {cell.split('-')[0]}\n    pole: {cell.split('-')[1]}\n"
        f"    name: {DIMENSIONS[cell.split('-')[0]]}{POLES[cell.split('-')[1]]}\n"
        f'    definition: 這一格。\n    color: "{color}"\n'
        for cell, color in zip(CELLS, COLORS, strict=True)
    )
    relations = "".join(f"  - {{id: {i}, name: {n}, definition: 文中{n}。}}\n" for i, n in RELATIONS.items())
    functions = "".join(f"  - {{id: {i}, name: {n}, definition: 這一種。}}\n" for i, n in FUNCTIONS.items())
    return (
        f"name: 四物起落\ndefinition: 四物各有起落。\ndimensions:\n{dimensions}poles:\n{poles}cells:\n{cells}"
        f"relations:\n{relations}functions:\n{functions}"
    )


def _facet(facet: str, first: dict[str, str]) -> str:
    entries = ""
    for at in range(ENTRIES):
        cited = first.get(f"{facet}{at}")
        if cited is None:  # a short work
            continue
        entries += f"  - id: {facet}{at}\n    name: {FACETS[facet]}{number(at)}\n"
        entries += f"    definition: 第{number(at)}種。\n"
        entries += f"    fields:\n      use: 它在文中出現[@{cited}]。\n"
    return (
        f"id: {facet}\nname: {FACETS[facet]}\nshort: {FACETS[facet]}\nkind: index\ndefinition: 文中所見。\n"
        f"fields:\n  - {{id: use, name: 用處}}\nentries:\n{entries}"
    )


def _prose(first: dict[str, str]) -> Iterator[tuple[str, str]]:
    cited = [first[cell] for cell in CELLS if cell in first]
    yield (
        "annotations/pages/home.md",
        f"---\nid: home\ntitle: 從這裡讀起\nabout: home\n---\n\n先看這一段[@{cited[0]}]。\n",
    )
    yield (
        "annotations/pages/method.md",
        "---\nid: method\ntitle: 方法\nabout: method\ncites: false\n---\n\n隨機組成。\n",
    )
    for at, cell in enumerate(CELLS):
        if cell in first:
            sentences = "".join(f"此處可見[@{cited[(at + k) % len(cited)]}]。" for k in range(5))
            yield (
                f"annotations/pages/essay-{cell}.md",
                f"---\nid: essay-{cell}\ntitle: 說{number(at)}\nkind: argument\n---\n\n"
                f"這一格見於此[@{first[cell]}]。{sentences}\n",
            )


def _files(work: Work) -> Iterator[tuple[str, str]]:
    folder = f"corpus/{work.id}"
    yield (
        f"{folder}/work.yaml",
        f'title: {work.title}\nauthor: 程式\nyear: "2026"\nlanguage: zh\nscript: Hant\n'
        f"short: 海圖{work.number}\nwitness: copy\n"
        'edition: "1.0"\ndate: "2026-01-01"\nrights: 可自由使用。\nrights_short: 可自由使用。\n'
        "copies:\n  - {id: copy, role: witness, name: 抄本, script: Hant}\n",
    )
    text, lines, segments, emendations = [], [], [], []
    for at, block in enumerate(work.blocks):
        mark = "#" * block.level + " " if isinstance(block, Heading) else ""
        text.append(f"{mark}{block.text} {{#{block.id}}}\n")
        line = block.text
        if isinstance(block, Passage) and block.misread:
            was = f"{block.misread[0]}誤{block.misread[2:]}"
            line = line.replace(block.misread, was)
            emendations.append(
                f"  - {{id: e-{block.id}, block: {block.id}, kind: misprint, certainty: certain, "
                f"witness: {was}, edited: {block.misread}, reason: 依文義改。}}\n"
            )
        lines.append(line.translate(_REST) + "\n")
        segments.append(f"  - {{lines: {at + 1}, is: {block.id}}}\n")
    yield f"{folder}/text.md", "\n".join(text)
    yield f"{folder}/witness.txt", "".join(lines)
    yield f"{folder}/witness.yaml", f"segments:\n{''.join(segments)}"
    rule = 'map: {",": "，", ";": "；"}'
    yield (
        f"{folder}/emendations.yaml",
        f"rules:\n  - id: e-marks\n    kind: punctuation\n    certainty: certain\n    {rule}\n"
        f"    reason: 抄本作半形。\nemendations:{'' if emendations else ' []'}\n{''.join(emendations)}",
    )
    for part in range(0, len(work.passages), 10):
        tags = "".join(_tags(passage) for passage in work.passages[part : part + 10])
        yield f"annotations/{work.id}/tags/editors/{part // 10 + 1}.yaml", f"passages:\n{tags}"


def _tags(passage: Passage) -> str:
    cells = "".join(
        f"      - {{cell: {tag.cell}, relation: {tag.relation}, evidence: [{tag.evidence}]}}\n"
        for tag in passage.tags
    )
    entries = "".join(
        f"    {facet}:\n      - {{entry: {entry}, evidence: [{evidence}]}}\n"
        for facet, entry, evidence in passage.entries
    )
    return (
        f"  {passage.id}:\n    function: {passage.function}\n    cells:\n{cells}{entries}"
        f"    gist: {passage.gist}\n"
    )


def write(out: Path, count: int, *, seed: int = 1, length: int = PASSAGES) -> None:
    """Write a project into ``out``, which must not exist.  ``site-builder anchors`` then records its ids."""
    out.mkdir(parents=True)
    for path, text in sources(count, seed=seed, length=length):
        target = out / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8", newline="")


def main() -> None:
    parser = argparse.ArgumentParser(description="write an invented corpus")
    parser.add_argument("out", type=Path, help="a folder that does not exist")
    parser.add_argument("--works", type=int, default=1)
    parser.add_argument("--passages", type=int, default=PASSAGES)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    write(options.out, options.works, seed=options.seed, length=options.passages)


if __name__ == "__main__":
    main()
