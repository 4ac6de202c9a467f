"""Projects of any size, to see that the time for them grows as they do.

Each number of :class:`Sizes` makes one thing longer or more frequent; the others stay small.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from site_builder.edition import assign, ledgers, recording
from site_builder.source import read


@dataclass(frozen=True, kw_only=True)
class Sizes:
    works: int = 1
    passages: int = 3
    """Of each work."""
    clauses: int = 3
    """Of each passage; each has some ten characters, and none is repeated in its passage."""
    tags: int = 2
    """Of the first passage, each with evidence of its own."""
    evidence: int = 1
    """Quotations of one tag of the second passage."""
    notes: int = 1
    """Of the first passage."""
    edges: int = 1
    pages: int = 1
    sentences: int = 2
    """Of a paragraph of the first page, each with a citation."""
    quotations: int = 1
    """Of one sentence of the first page."""
    rows: int = 1
    """On which one sentence of the first page is written."""
    blocks: int = 1
    """Further paragraphs of the first page."""
    entries: int = 1
    """Of a facet, each with prose."""
    emendations: int = 0
    """Passages of each work with an emendation; without any there is no witness."""
    recorded: bool = True
    """Whether the ledgers have everything."""


_COPY = """witness: copy
copies:
  - {id: copy, role: witness, name: 抄本}
"""
_DIGITS = "甲乙丙丁戊己庚辛壬癸"


def number(value: int) -> str:
    """A number in words of the text, so that each clause is another one."""
    return "".join(_DIGITS[int(digit)] for digit in str(value))


def clause(value: int, passage: int) -> str:
    return f"第{number(value)}處的水流到第{number(passage)}道閘"


def passage(sizes: Sizes, at: int) -> str:
    marks = ("，", "（見圖），", "；「便利」，")
    return "".join(clause(n, at) + marks[n % 3] for n in range(sizes.clauses))[:-1] + "。"


def sources(sizes: Sizes) -> dict[str, str]:
    """The files of a project: path → text."""
    files = dict(_files(sizes))
    return _recorded(files) if sizes.recorded else files


def _files(sizes: Sizes) -> Iterator[tuple[str, str]]:
    yield (
        "annotations/project.yaml",
        (
            "format: 4\ntitle: 水\nsubtitle: 圳\ndescription: 供測試之用。\npublisher: 測試\n"
            "coder: editors\nstatus: released\n"
            'version: "1.0"\ndate: "2026-01-01"\naddress: https://example.org/\nlanguage: zh-Hant\n'
            "licences:\n  - {id: all, name: CC0, definition: 可自由使用。}\nfacets: [things]\n"
            f"works: [{', '.join(f'w{n}' for n in range(sizes.works))}]\n"
        ),
    )
    ends = max(sizes.entries, sizes.tags, 2)
    entries = "".join(
        f"  - id: e{n}\n    name: 物{number(n)}\n    definition: 一件第{number(n)}物。\n"
        f"    fields:\n      use: 它在水邊[@w0:p0]。\n"
        for n in range(ends)
    )
    yield (
        "annotations/codebook/facets/things.yaml",
        "id: things\nname: 物\nshort: 物\nkind: index\ndefinition: 文中之物。\n"
        f"fields:\n  - {{id: use, name: 用處}}\nentries:\n{entries}",
    )
    edges = "".join(
        f"  - {{id: g{n}, kind: cause, from: 'things:e{n % ends}', to: 'things:e{(n + 1) % ends}', "
        "status: inferred, note: 同在一處。}\n"
        for n in range(sizes.edges)
    )
    yield "annotations/edges.yaml", f"edges:\n{edges}"
    yield from _pages(sizes)
    for work in range(sizes.works):
        yield from _work(sizes, f"w{work}")


def _pages(sizes: Sizes) -> Iterator[tuple[str, str]]:
    for page in range(sizes.pages):
        first = page == 0
        sentences = "".join(
            f"這裡說的是{number(n)}[@w0:p0]。" for n in range(sizes.sentences if first else 2)
        )
        quoted = "".join(f"「{clause(n, 0)}」、" for n in range(min(sizes.quotations, sizes.clauses)))
        rows = "\n".join(f"又一行{number(n)}" for n in range(sizes.rows if first else 1))
        blocks = "".join(f"\n又一段第{number(n)}[@w0:p0]。\n" for n in range(sizes.blocks if first else 1))
        yield (
            f"annotations/pages/page{page}.md",
            f"---\nid: page{page}\ntitle: 頁{number(page)}\nkind: argument\ncites: true\n---\n"
            f"{sentences}\n\n文中說{quoted if first else ''}如此[@w0:p0]。\n\n{rows}[@w0:p0]。\n{blocks}",
        )


def _work(sizes: Sizes, work: str) -> Iterator[tuple[str, str]]:
    yield (
        f"corpus/{work}/work.yaml",
        (
            f"title: 記{work}\nauthors: []\nlanguage: zh\nscript: Hant\nshort: 記{work}\n"
            "rights: 可自由使用。\n"
            'rights_short: 可自由使用。\nedition: "1.0"\ndate: "2026-01-01"\n'
            f"{_COPY if sizes.emendations else ''}"
        ),
    )
    if sizes.emendations:
        yield from _witness(sizes, work)
    text = "\n\n".join(f"{passage(sizes, n)} {{#p{n}}}" for n in range(sizes.passages))
    yield f"corpus/{work}/text.md", f"# 記 {{#top}}\n\n{text}\n"
    tags = []
    for at in range(sizes.passages):
        found = range(min(sizes.tags, sizes.clauses) if at == 0 else 1)
        count = min(sizes.evidence, sizes.clauses) if at == 1 else 1
        tags.append(
            f"  p{at}:\n    things:\n"
            + "".join(
                f"      - {{entry: e{n}, evidence: [{', '.join(clause(n + k, at) for k in range(count))}]}}\n"
                for n in found
            )
            + "    gist: 水流過閘。\n"
        )
    yield f"annotations/{work}/tags/editors/1.yaml", f"passages:\n{''.join(tags)}"
    notes = "".join(
        f"  - {{id: n{n}, passage: p0, text: {clause(n, 0)}, body: 水。}}\n"
        for n in range(min(sizes.notes, sizes.clauses))
    )
    yield f"annotations/{work}/notes.yaml", f"notes:\n{notes}"


def _witness(sizes: Sizes, work: str) -> Iterator[tuple[str, str]]:
    """The witness of a work; in some passages it has another last mark."""
    lines = [passage(sizes, at) for at in range(sizes.passages)]
    changed = range(min(sizes.emendations, sizes.passages))
    lines = [line[:-1] + ("；" if at in changed else "。") for at, line in enumerate(lines)]
    yield f"corpus/{work}/witness.txt", "記\n" + "".join(f"{line}\n" for line in lines)
    segments = "".join(f"  - {{lines: {at + 2}, is: p{at}}}\n" for at in range(sizes.passages))
    yield f"corpus/{work}/witness.yaml", f"segments:\n  - {{lines: 1, is: top}}\n{segments}"
    emendations = "".join(
        f"  - {{id: e{at}, block: p{at}, kind: punctuation, certainty: certain, witness: ；, edited: 。, "
        "reason: 句末作句號。}\n"
        for at in changed
    )
    yield f"corpus/{work}/emendations.yaml", f"rules: []\nemendations:\n{emendations}"


def _recorded(files: dict[str, str]) -> dict[str, str]:
    project, problems = read.project(files)
    assert project is not None, problems[:3]
    files = {**files, **assign.assigned(project, files)}
    project, _ = read.project(files)
    assert project is not None
    for work in project.works:
        kept = ledgers.of_work(work, with_sentences=True)
        files[kept.path] = kept.text(None, recording.updated(kept.state))
    project, _ = read.project(files)
    assert project is not None
    kept = ledgers.of_project(replace(project, anchors=()))
    files[kept.path] = kept.text(None, recording.updated(kept.state))
    return files
