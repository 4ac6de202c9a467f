"""What the ids in the published files name: for tests that compare them with a table.

A table maps an id to what it names.  New ids may come; none in a table may vanish or name another thing.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import lxml.etree as ET
from conftest import Files
from oracle import Oracle

XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
DC = "{http://purl.org/dc/elements/1.1/}"
Table = dict[str, str]


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
        # the first is the code of the tag; its traits and voices may be added
        says = tags[:1] or [f"{b['purpose']} {b.get('language', '')}".strip() for b in bodies]
        work = item["target"]["source"].rsplit("/", 2)[1]
        where = f"{work}#{fragment(item['target'])}"
        pairs.append((item["id"], f"{item['creator']['name']} {where} {' '.join(says)}"))
        if item["creator"]["id"] != found["creator"]["id"]:  # notes and edges are the publisher's
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
        refs = [ref for ref in refs if "/" not in ref and not ref.startswith("voice:")]  # these may be added
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


# --- a table and what is found ---------------------------------------------------------------------


def changed(wanted: Table, found: Table) -> Iterator[str]:
    for id_, names in wanted.items():
        if found.get(id_) != names:
            yield f"{id_}: {names} is now {found.get(id_, 'gone')}"
