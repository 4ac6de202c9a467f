"""Ids of edition 1.0 that have left the site keep their meaning: ``permanent-ids.json`` holds them.

The table maps an id to what it names.  New ids may come.  A later edition may withdraw a tag or a note, whose
id then ends; every other id stays.  No id names another thing than before.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

from conftest import ROOT, Files
from permanent_ids import everything

TAG = re.compile(r"editors wu2020#p\d+ |(?:PlainTextSelection|Coding|Note) editors |annotation$")
"""What the id of a tag or a note of the editors names, in Web Annotation, REFI and TEI."""


def test_every_id_of_edition_1_0_still_names_the_same(repository_site: Files) -> None:
    wanted = json.loads((Path(__file__).parent / "permanent-ids.json").read_text(encoding="utf-8"))
    found = everything(repository_site, ROOT)
    assert found.keys() == wanted.keys()
    for kind, ids in wanted.items():
        gone = {id_ for id_ in ids if id_ not in found[kind]}
        assert [ids[id_] for id_ in gone if not TAG.match(ids[id_])] == [], kind
        assert len(gone) * 3 < len(ids), kind
        for id_ in ids.keys() - gone:
            assert meaning(found[kind][id_]) == meaning(ids[id_]), (kind, id_)


def meaning(names: str) -> str:
    """What an id names, without its number among ids that name the same.

    A text and a place in it are named by themselves, whatever they are tagged with.
    """
    place = re.match(r"TextSource|PlainTextSelection", names)
    return place[0] if place else re.sub(r" \d+$", "", names)
