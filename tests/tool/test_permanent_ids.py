"""Ids that have left the site keep their meaning: ``permanent-ids-tiny.json`` holds those of ``tests/tiny``.

The table maps an id to what it names.  New ids may come; none in it may vanish or name another thing.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from pathlib import Path

import lxml.etree as ET
import pytest
from conftest import ROOT, TINY, Files
from oracle import Oracle
from permanent_ids import XML_ID, changed, everything, refi_tree

SITES = pytest.mark.parametrize("site", ["repository_site", "tiny_site"], ids=["repository", "tiny"])


def test_every_id_of_the_table_still_names_the_same(tiny_site: Files) -> None:
    wanted = json.loads((Path(__file__).parent / "permanent-ids-tiny.json").read_text(encoding="utf-8"))
    found = everything(tiny_site, TINY)
    assert found.keys() == wanted.keys()
    for kind, ids in wanted.items():
        assert ids, kind
        assert list(changed(ids, found[kind])) == [], kind


@SITES
def test_every_reference_of_the_qda_project_resolves(site: str, request: pytest.FixtureRequest) -> None:
    root = refi_tree(request.getfixturevalue(site))
    guids = {one.get("guid") for one in root.iter(ET.Element)}
    users = {one.get("guid") for one in root.iter("{*}User")}
    targets = {"CodeRef": "Code", "NoteRef": "Note", "SourceRef": "TextSource", "MemberCode": "Code"}
    targets["Link"] = "Code"
    count = 0
    for one in root.iter(ET.Element):
        kind = ET.QName(one).localname
        for name, value in one.attrib.items():
            if str(name) in ("creatingUser", "modifyingUser", "creatingUserGUID"):
                assert value in users
            elif str(name) in ("targetGUID", "originGUID"):
                assert value in {found.get("guid") for found in root.iter(f"{{*}}{targets[kind]}")}
                count += 1
    assert count
    assert len(guids) > count / 2


@SITES
def test_every_pointer_of_the_tei_resolves(site: str, request: pytest.FixtureRequest) -> None:
    root = ET.fromstring(request.getfixturevalue(site)["data/edition.xml"])
    ids = {one.get(XML_ID) for one in root.xpath("//*[@xml:id]")}
    pointers = [
        word.removeprefix("#")
        for one in root.iter(ET.Element)
        for value in one.attrib.values()
        for word in str(value).split()
        if re.fullmatch(r"#[A-Za-z_][\w.-]*", word) and not str(value).startswith("#fff")
    ]
    colours = re.compile(r"[0-9A-Fa-f]{6}")
    missing = [name for name in pointers if name not in ids and not colours.fullmatch(name)]
    assert missing == []
    assert pointers


@pytest.mark.parametrize("folder", [ROOT, TINY], ids=["repository", "tiny"])
def test_a_digest_is_the_sha_256_of_the_text(folder: Path) -> None:
    """The first 16 digits, of the text in NFC, as a person can compute them with ``sha256sum``."""
    for work in Oracle(folder).works:
        own = {one["id"]: one for one in work.ledger}
        for block in work.blocks:
            one = own[block.id]
            current = one["revisions"][-1]["digest"] if one.get("revisions") else one["digest"]
            text = unicodedata.normalize("NFC", block.text).encode()
            assert current == f"sha256:{hashlib.sha256(text).hexdigest()[:16]}", block.id
