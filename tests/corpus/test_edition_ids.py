"""Ids of edition 1.0 that have left the site keep their meaning: ``permanent-ids.json`` holds them.

The table maps an id to what it names.  New ids may come; none in it may vanish or name another thing.
"""

from __future__ import annotations

import json
from pathlib import Path

from conftest import ROOT, Files
from permanent_ids import changed, everything


def test_every_id_of_edition_1_0_still_names_the_same(repository_site: Files) -> None:
    wanted = json.loads((Path(__file__).parent / "permanent-ids.json").read_text(encoding="utf-8"))
    found = everything(repository_site, ROOT)
    assert found.keys() == wanted.keys()
    for kind, ids in wanted.items():
        assert ids, kind
        assert list(changed(ids, found[kind])) == [], kind
