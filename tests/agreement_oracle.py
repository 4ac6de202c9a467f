"""The agreement of coders and their disagreements, worked out a second time, in the plainest way.

It shares no code with ``site_builder``: α is computed from the coincidences of values, κ from the table of
counts, and each resample from the units that it draws.
"""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any, NamedTuple

from oracle import Key, Oracle, Tags, bare, load

RESAMPLES, SEED = 1000, 1
Units = Sequence[tuple[Hashable, Hashable]]


class Figure(NamedTuple):
    """A coefficient, its interval, the number of resamples that have one, and what was compared."""

    units: int
    same: int
    value: float | None
    low: float | None
    high: float | None
    resamples: int


def masi(one: frozenset[str], other: frozenset[str]) -> float:
    common, either = len(one & other), len(one | other)
    if one == other:
        return 0
    if not common:
        return 1
    return 1 - common / either * (2 if common in (len(one), len(other)) else 1) / 3


def unequal(one: object, other: object) -> float:
    return float(one != other)


def alpha_of(units: Units, distance: Callable[..., float]) -> Callable[[Sequence[int]], float | None]:
    """α as a function of the units that a sample has."""
    values = sorted({value for unit in units for value in unit}, key=str)
    between = {(a, b): distance(a, b) for a in values for b in values}

    def alpha(sample: Sequence[int]) -> float | None:
        count = Counter(value for unit in sample for value in units[unit])
        n = count.total()
        expected = sum(count[a] * count[b] * between[a, b] for a in count for b in count) / (n * (n - 1))
        observed = sum(between[units[unit]] for unit in sample) / len(sample)
        return None if len(count) == 1 else 1 - observed / expected

    return alpha


def kappa_of(units: Sequence[Sequence[tuple[bool, bool]]]) -> Callable[[Sequence[int]], float | None]:
    """κ as a function of the units that a sample has: 2(ad − bc) / ((a + b)(b + d) + (a + c)(c + d))."""

    def kappa(sample: Sequence[int]) -> float | None:
        votes = Counter(vote for unit in sample for vote in units[unit])
        a, b, c, d = (votes[one, other] for one in (True, False) for other in (True, False))
        under = (a + b) * (b + d) + (a + c) * (c + d)
        return 2 * (a * d - b * c) / under if under else None

    return kappa


def interval(of: Callable[[Sequence[int]], float | None], units: int, same: int, count: int) -> Figure:
    value, pick = of(range(units)), random.Random(SEED)
    drawn = [[int(pick.random() * units) for _ in range(units)] for _ in range(RESAMPLES)]
    found = sorted(one for sample in drawn if (one := of(sample)) is not None)
    if value is None or not found:
        return Figure(count, same, value, None, None, len(found))
    low, high = (found[math.ceil(len(found) * tail / 1000) - 1] for tail in (25, 975))
    if low == high:  # an interval without a width says nothing
        return Figure(count, same, value, None, None, len(found))
    return Figure(count, same, value, low, high, len(found))


def figures(oracle: Oracle, pair: Compared) -> dict[str, Figure]:
    """Every figure of two coders, by its subject: ``cells``, ``facet:ways``, ``codes``, ``flow~a``."""
    one, other = (oracle.coders[coder] for coder in pair.coders)
    keys = pair.keys
    found: dict[str, Figure] = {}

    def sets(name: str, value: Callable[[Tags], Hashable], distance: Callable[..., float] = masi) -> None:
        units = [(value(one[key]), value(other[key])) for key in keys]
        units = [unit for unit in units if "" not in unit]
        if units:
            same = sum(a == b for a, b in units)
            found[name] = interval(alpha_of(units, distance), len(units), same, len(units))

    sets("cells", lambda tags: frozenset(c.cell for c in tags.cells))
    if oracle.relations:
        sets("relations", lambda tags: frozenset(f"{c.cell}:{c.relation}" for c in tags.cells))
    if any("id" in trait for cell in oracle.cells.values() for trait in cell.get("traits", [])):
        first, second = (raw(oracle)[coder] for coder in pair.coders)
        parts = [(trait_set(first[key]), trait_set(second[key])) for key in keys]
        found["traits"] = interval(alpha_of(parts, masi), len(keys), sum(a == b for a, b in parts), len(keys))
    sets("function", lambda tags: tags.function, unequal)
    for facet in oracle.facets:
        sets(f"facet:{facet}", lambda tags, f=facet: frozenset(e.entry for e in tags.entries if e.facet == f))  # type: ignore[misc]

    def votes(cells: Sequence[str]) -> list[list[tuple[bool, bool]]]:
        return [[(has(one[key], cell), has(other[key], cell)) for cell in cells] for key in keys]

    for name, cells in (("codes", list(oracle.cells)), *((cell, [cell]) for cell in oracle.cells)):
        units = votes(cells)
        flat = [vote for unit in units for vote in unit]
        found[name] = interval(kappa_of(units), len(keys), sum(a == b for a, b in flat), len(flat))
    return found


def trait_set(tags: Raw) -> frozenset[str]:
    return frozenset(
        part
        for one in tags.get("cells", [])
        for part in [f"{one['cell']}/{trait}" for trait in one.get("traits", [])] or [one["cell"]]
    )


def has(tags: Tags, cell: str) -> bool:
    return any(one.cell == cell for one in tags.cells)


# --- who is compared ------------------------------------------------------------------------------

Raw = dict[str, Any]


class Compared(NamedTuple):
    """Two coders, the passages that both tagged, and the works in which the editors decide."""

    coders: tuple[str, str]
    keys: list[Key]
    decided_works: tuple[str, ...]

    def adjudicated(self, work: str) -> bool:
        return work in self.decided_works


@cache
def _raw(root: Path) -> dict[str, dict[Key, Raw]]:
    found: dict[str, dict[Key, Raw]] = {}
    for path in sorted(root.glob("annotations/*/tags/*/*.yaml")):
        work, coder = path.parts[-4], path.parts[-2]
        for passage, tags in load(path)["passages"].items():
            found.setdefault(coder, {})[(work, passage)] = tags
    return found


def raw(oracle: Oracle) -> dict[str, dict[Key, Raw]]:
    """Coder → passage → its tags as the file has them."""
    return _raw(oracle.root)


def adjudications(oracle: Oracle) -> dict[str, Raw]:
    found = {path.parts[-2]: load(path) for path in oracle.root.glob("annotations/*/adjudication.yaml")}
    return {work: one for work, one in found.items() if work in {work.id for work in oracle.works}}


def compared(oracle: Oracle) -> list[Compared]:
    """The pairs of coders: those of the adjudication of a work, else each pair, by name."""
    decided = adjudications(oracle)
    works: dict[tuple[str, str], list[str]] = {}
    for work in oracle.works:
        coders = sorted({coder for coder, tags in raw(oracle).items() for one, _ in tags if one == work.id})
        between = decided.get(work.id, {}).get("between")
        for first, second in [between] if between else combinations(coders, 2):
            works.setdefault((first, second), []).append(work.id)
    found = []
    for pair, ids in sorted(works.items()):
        one, other = (raw(oracle).get(coder, {}) for coder in pair)
        keys = [key for key in oracle.passages if key in one and key in other and key[0] in ids]
        if keys:
            found.append(Compared(pair, keys, tuple(id_ for id_ in ids if id_ in decided)))
    return found


def coder_names(oracle: Oracle) -> dict[str, str]:
    path = oracle.root / "annotations/coders.yaml"
    return {one["id"]: one["name"] for one in load(path)["coders"]} if path.exists() else {}


# --- disagreements --------------------------------------------------------------------------------


class Statement(NamedTuple):
    """What one coder says of a subject: the names of its codes, and the evidence."""

    names: list[str]
    evidence: list[Any]


def entry_of(one: Any) -> str:
    return str(one["entry"] if isinstance(one, dict) else one)


def codes_of(tags: Raw, subject: str) -> set[str]:
    """The codes of one coder for a subject: ``flow~a`` (a cell), ``function``, ``facet:ways``."""
    if subject == "function":
        return {f"function:{tags['function']}"} if tags.get("function") else set()
    if subject.startswith("facet:"):
        facet = subject.removeprefix("facet:")
        return {f"{facet}:{entry_of(one)}" for one in tags.get(facet, [])}
    cells = [one for one in tags.get("cells", []) if one["cell"] == subject]
    traits = {f"{subject}/{trait}" for one in cells for trait in one.get("traits", [])}
    return {f"{subject}:{one['relation']}" if one.get("relation") else subject for one in cells} | traits


def subjects(oracle: Oracle) -> list[str]:
    return [*oracle.cells, "function", *(f"facet:{facet}" for facet in oracle.facets)]


def codes_of_one(oracle: Oracle, pair: Compared, key: Key, subject: str) -> list[tuple[str, str]]:
    """The codes that only one coder has, with the coder; no trait of a cell that only one has."""
    first, second = (codes_of(raw(oracle)[coder][key], subject) for coder in pair.coders)
    alone = not first or not second
    found = [(code, pair.coders[0]) for code in first - second]
    found += [(code, pair.coders[1]) for code in second - first]
    return [(code, coder) for code, coder in found if not (alone and "/" in code)]


def differing(oracle: Oracle, pair: Compared, key: Key) -> list[str]:
    """The subjects about which two coders differ in a passage, in the order of the codebook."""
    return [one for one in subjects(oracle) if codes_of_one(oracle, pair, key, one)]


def decision_on(oracle: Oracle, key: Key, code: str) -> Raw | None:
    """The decision that names a code, else that on its cell alone."""
    own = [one for one in adjudications(oracle)[key[0]]["decisions"] if one["passage"] == key[1]]
    for wanted in (code, code.partition("/")[0] if "/" in code else code.partition(":")[0]):
        for one in own:
            if one["code"] == wanted:
                return dict(one)
    return None


def decided(oracle: Oracle, pair: Compared, key: Key, subject: str) -> list[Raw]:
    """Each decision on the differences of a subject once, in the order of the codebook."""
    if not pair.adjudicated(key[0]):
        return []
    order = list(codes_in_order(oracle))
    codes = sorted((code for code, _ in codes_of_one(oracle, pair, key, subject)), key=order.index)
    found = [one for code in codes if (one := decision_on(oracle, key, code)) is not None]
    return [one for number, one in enumerate(found) if one not in found[:number]]


def undecided(oracle: Oracle, pair: Compared, key: Key, subject: str) -> bool:
    return any(decision_on(oracle, key, code) is None for code, _ in codes_of_one(oracle, pair, key, subject))


def codes_in_order(oracle: Oracle) -> Iterator[str]:
    for id_, cell in oracle.cells.items():
        yield id_
        yield from (f"{id_}:{relation}" for relation in oracle.relations)
        yield from (f"{id_}/{trait['id']}" for trait in cell.get("traits", []) if "id" in trait)
    yield from (f"function:{id_}" for id_ in oracle.functions)
    yield from (f"{facet}:{one['id']}" for facet, found in oracle.facets.items() for one in found["entries"])


def title(oracle: Oracle, subject: str) -> str:
    if subject == "function":
        return "功能"
    facet = oracle.facets.get(subject.removeprefix("facet:"))
    return bare(facet["name"]) if facet and subject.startswith("facet:") else bare(oracle.chip(subject)[1])


def name_of(oracle: Oracle, code: str) -> str:
    """The name of a code; of a cell in a relation, that of the relation."""
    cell, slash, trait = code.partition("/")
    if slash:
        return oracle.trait(cell, trait)
    kind, _, id_ = code.rpartition(":")
    if not kind:
        return str(oracle.cells[id_]["name"])
    if kind in oracle.cells:
        return str(oracle.relations[id_])
    return str(oracle.functions[id_] if kind == "function" else oracle.entries[kind, id_].name)


def reading(oracle: Oracle, pair: Compared, key: Key, coder: str, subject: str) -> Statement:
    tags = raw(oracle)[coder][key]
    if subject == "function":
        function = tags.get("function")
        return Statement([bare(oracle.functions[function])] if function else [], [])
    if subject.startswith("facet:"):
        facet = subject.removeprefix("facet:")
        own = {code for code, one in codes_of_one(oracle, pair, key, subject) if one == coder}
        found = [one for one in tags.get(facet, []) if f"{facet}:{entry_of(one)}" in own]
        names = [bare(oracle.entries[facet, entry_of(one)].name) for one in found]
        return Statement(
            names, [e for one in found if isinstance(one, dict) for e in one.get("evidence", [])]
        )
    cells = [one for one in tags.get("cells", []) if one["cell"] == subject]
    traits = {one["id"]: one["name"] for one in oracle.cells[subject].get("traits", []) if "id" in one}
    names = [
        bare(name)
        for one in cells
        for name in (oracle.relations[one["relation"]], *(traits[trait] for trait in one.get("traits", [])))
    ]
    return Statement(names, [e for one in cells for e in one["evidence"]])
