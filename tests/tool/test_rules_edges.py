"""The rule that an edge with the status none contradicts no other edge (E005): what it accepts.

The folders ``tests/cases/E005-*`` show what it refuses.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import codes_of

NONE = """  - id: another
    kind: {kind}
    from: {start}
    status: none
"""


@pytest.mark.parametrize(
    ("kind", "start"),
    [
        pytest.param("cause", "flow~a/loud", id="the effect of a cause has no effect of its own"),
        pytest.param("remedy", "ways:cover", id="a measure that no remedy ends with has no diagnosis"),
        pytest.param("remedy", "edge~b:harms", id="a second edge with the status none"),
        pytest.param("cause", "flow~a:harms", id="what a remedy joins may have no effect"),
        pytest.param("remedy", "folk~b", id="what a cause ends with may have no remedy"),
    ],
)
def test_an_edge_without_another_end_may_begin_with_a_code_that_another_kind_of_step_joins(
    copy: Path, kind: str, start: str
) -> None:
    path = copy / "annotations/edges.yaml"
    path.write_text(path.read_text(encoding="utf-8") + NONE.format(kind=kind, start=start), encoding="utf-8")
    assert codes_of(copy) == []


def test_a_part_may_have_no_diagnosis_though_its_whole_has_one(copy: Path) -> None:
    path = copy / "annotations/edges.yaml"
    whole = NONE.format(kind="remedy", start="ways:share-1")
    found = whole.replace("another", "found").replace("ways:share-1", "folk~b")
    found = found.replace("none", "inferred") + "    to: ways:share\n"
    path.write_text(path.read_text(encoding="utf-8") + found + whole, encoding="utf-8")
    assert codes_of(copy) == []
