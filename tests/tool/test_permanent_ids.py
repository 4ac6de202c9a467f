"""Ids that have left the site keep their meaning: the tables in ``tests/corpus`` hold those of edition 1.0.

``permanent-ids.json`` is of the edition of this repository and ``permanent-ids-tiny.json`` of ``tests/tiny``.
Each maps an id to what it names.  New ids may come; none in a table may vanish or name another thing.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import lxml.etree as ET
import pytest
from conftest import ROOT, TINY, Files
from oracle import Oracle

TABLES = ROOT / "tests" / "corpus"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
DC = "{http://purl.org/dc/elements/1.1/}"
Table = dict[str, str]

SITES = pytest.mark.parametrize(
    ("site", "table"),
    [("repository_site", "permanent-ids.json"), ("tiny_site", "permanent-ids-tiny.json")],
    ids=["repository", "tiny"],
)


def numbered(pairs: list[tuple[str, str]]) -> Table:
    """(id, what it names): of several ids that name the same, each has its number in order."""
    seen: Counter[str] = Counter()
    found = {}
    for id_, names in pairs:
        seen[names] += 1
        assert id_ not in found, f"{id_} names two things"
        found[id_] = f"{names} {seen[names]}" if seen[names] > 1 else names
    return found


# --- what each format names -------------------------------------------------------------------------


def fragment(value: Any) -> str:
    """The id of the passage that a selector names, wherever it occurs in the selector."""
    if isinstance(value, dict):
        if value.get("type") == "FragmentSelector":
            return str(value["value"])
        value = [*value.values()]
    if isinstance(value, list):
        return next(filter(None, map(fragment, value)), "")
    return ""


def annotations(files: Files) -> Table:
    found = json.loads(files["data/annotations.jsonld"])
    page = found["first"]
    pairs = [(found["id"], "collection"), (page["id"], "page"), (found["creator"]["id"], "publisher")]
    coders = {}
    for item in page["items"]:
        bodies = item["body"] if isinstance(item["body"], list) else [item["body"]]
        tags = [b["value"] for b in bodies if b.get("purpose") == "tagging"]
        says = tags or [f"{b['purpose']} {b['language']}" for b in bodies]
        work = item["target"]["source"].rsplit("/", 2)[1]
        where = f"{work}#{fragment(item['target'])}"
        pairs.append((item["id"], f"{item['creator']['name']} {where} {' '.join(says)}"))
        coders[item["creator"]["id"]] = item["creator"]["name"]
    return numbered([*pairs, *((id_, f"coder {name}") for id_, name in coders.items())])


def refi_tree(files: Files) -> ET._Element:
    with zipfile.ZipFile(io.BytesIO(files["data/project.qdpx"])) as archive:
        return ET.fromstring(archive.read("project.qde"))


def code_of(element: ET._Element) -> str:
    """The id of a code, as it is in brackets at the end of its description."""
    match = re.search(r"\[([^\]\n]+)\]\s*$", element.findtext("{*}Description") or "")
    return match[1] if match else (element.get("name") or "")


def refi(files: Files) -> Table:
    root = refi_tree(files)
    codes = {one.get("guid"): code_of(one) for one in root.iter("{*}Code")}
    users = {one.get("guid"): one.get("name") for one in root.iter("{*}User")}
    pairs = []
    for one in root.iter(ET.Element):
        if one.get("guid") is None:
            continue
        kind = ET.QName(one).localname
        refs = [codes[ref.get("targetGUID")] for ref in one.iter("{*}CodeRef")]
        who = users.get(one.get("creatingUser") or one.get("modifyingUser"), "")
        says = code_of(one) if kind == "Code" else " ".join(refs) or (one.get("name") or "")
        pairs.append((one.get("guid") or "", " ".join(filter(None, (kind, who, says)))))
    return numbered(pairs)


def tei(files: Files) -> Table:
    root = ET.fromstring(files["data/edition.xml"])
    return {one.get(XML_ID) or "": ET.QName(one).localname for one in root.xpath("//*[@xml:id]")}


def references(files: Files) -> Table:
    csl = json.loads(files["data/references.csl.json"])
    keys = re.findall(r"^@\w+\{([^,]+),", files["data/references.bib"].decode(), re.M)
    ids = re.findall(r"^ID  - (.+?)\r?$", files["data/references.ris"].decode(), re.M)
    assert [one["id"] for one in csl] == keys
    return {one["id"]: "csl bibtex" + (" ris" if one["id"] in ids else "") for one in csl}


def books(files: Files) -> Table:
    found = {}
    for name in ("edition", "edition-hans"):
        with zipfile.ZipFile(io.BytesIO(files[f"data/{name}.epub"])) as archive:
            path = next(n for n in archive.namelist() if n.endswith(".opf"))
            root = ET.fromstring(archive.read(path))
        unique = root.get("unique-identifier")
        [own] = [one for one in root.iter(f"{DC}identifier") if one.get("id") == unique]
        found[own.text or ""] = name
    return found


def ledger(folder: Path) -> Table:
    return {
        f"{work.id} {one['id']}": f"{one['kind']} {one['digest']}"
        for work in Oracle(folder).works
        for one in work.ledger
    }


def everything(files: Files, folder: Path) -> dict[str, Table]:
    return {
        "annotations": annotations(files),
        "refi": refi(files),
        "tei": tei(files),
        "references": references(files),
        "books": books(files),
        "ledger": ledger(folder),
    }


# --- the tests --------------------------------------------------------------------------------------


def changed(wanted: Table, found: Table) -> Iterator[str]:
    for id_, names in wanted.items():
        if found.get(id_) != names:
            yield f"{id_}: {names} is now {found.get(id_, 'gone')}"


@SITES
def test_every_id_of_the_table_still_names_the_same(
    site: str, table: str, request: pytest.FixtureRequest
) -> None:
    wanted = json.loads((TABLES / table).read_text(encoding="utf-8"))
    found = everything(request.getfixturevalue(site), ROOT if site == "repository_site" else TINY)
    assert found.keys() == wanted.keys()
    for kind, ids in wanted.items():
        assert ids, kind
        assert list(changed(ids, found[kind])) == [], kind


@SITES
def test_every_reference_of_the_qda_project_resolves(
    site: str, table: str, request: pytest.FixtureRequest
) -> None:
    root = refi_tree(request.getfixturevalue(site))
    guids = {one.get("guid") for one in root.iter(ET.Element)}
    users = {one.get("guid") for one in root.iter("{*}User")}
    targets = {"CodeRef": "Code", "NoteRef": "Note", "SourceRef": "TextSource", "MemberCode": "Code"}
    count = 0
    for one in root.iter(ET.Element):
        kind = ET.QName(one).localname
        for name, value in one.attrib.items():
            if str(name) in ("creatingUser", "modifyingUser", "creatingUserGUID"):
                assert value in users
            elif str(name) == "targetGUID":
                assert value in {found.get("guid") for found in root.iter(f"{{*}}{targets[kind]}")}
                count += 1
    assert count
    assert len(guids) > count / 2


@SITES
def test_every_pointer_of_the_tei_resolves(site: str, table: str, request: pytest.FixtureRequest) -> None:
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
