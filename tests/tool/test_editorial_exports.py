"""What is no tag is in every export: alternatives, notes of the editors, edges between codes, and coders.

The expected values are read from the YAML files of the tiny project, not from the tool.
"""

from __future__ import annotations

import csv
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import TINY, Files, change, pages_of, record
from jsonschema import Draft202012Validator
from lxml import etree

from site_builder.edges import load

TEI = {"t": "http://www.tei-c.org/ns/1.0"}
ANNOTATIONS = TINY / "annotations"


def source(name: str) -> Any:
    return yaml.load((ANNOTATIONS / name).read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


EDGES = source("edges.yaml")["edges"]
NOTES = source("canal/notes.yaml")["notes"]
CODERS = source("coders.yaml")["coders"]
PASSAGES: dict[str, Any] = {}
for path in sorted((ANNOTATIONS / "canal/tags/editors").glob("*.yaml")):
    PASSAGES |= yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)["passages"]
ALTERNATIVES = [(id_, one) for id_, tags in PASSAGES.items() for one in tags.get("alternatives", ())]


@pytest.fixture(scope="module")
def files(tiny_site: Files) -> Files:
    return tiny_site


def data(files: Files, name: str) -> bytes:
    return files[f"data/{name}"]


def rows(files: Files, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data(files, name).decode("utf-8-sig"), newline="")))


def test_the_json_file_has_all_of_them(files: Files) -> None:
    found = json.loads(data(files, "passages.json"))
    assert [(one["id"], one["from"], one["to"], one["status"]) for one in found["edges"]] == [
        (one["id"], one["from"], one.get("to", ""), one["status"]) for one in EDGES
    ]
    assert [(one["id"], one["kind"], one["saw"], one["saw_en"]) for one in found["coders"]] == [
        (one["id"], one["kind"], one["saw"], one["saw_en"]) for one in CODERS
    ]
    alternatives = [
        (passage["id"], one["instead_of"], one["reason"], one["reason_en"])
        for passage in found["passages"]
        for one in passage["alternatives"]
    ]
    assert sorted(alternatives) == sorted(
        (id_, one.get("instead_of", ""), one["reason"], one["reason_en"]) for id_, one in ALTERNATIVES
    )
    notes = {one["id"]: (passage, one) for passage in found["passages"] for one in passage["notes"]}
    assert notes.keys() == {note["id"] for note in NOTES}
    for note in NOTES:
        passage, one = notes[note["id"]]
        assert passage["id"] == note["passage"]
        assert (one["body"], one["doubt"]) == (note["body"], note.get("doubt", False))
        quoted = passage["text"]["hant"][one["start"] : one["end"]]
        assert quoted == note.get("text", passage["text"]["hant"])


def test_an_evidence_has_its_voice_and_a_tag_its_traits(files: Files) -> None:
    found = json.loads(data(files, "passages.json"))
    for passage in found["passages"]:
        for cell, tag in zip(passage["cells"], PASSAGES[passage["id"]].get("cells", ()), strict=True):
            assert cell["traits"] == tag.get("traits", [])
            wanted = [
                one.get("voice", "author") if isinstance(one, dict) else "author" for one in tag["evidence"]
            ]
            assert [one["voice"] for one in cell["evidence"]] == wanted


def test_each_has_a_table(files: Files) -> None:
    assert {row["edge"] for row in rows(files, "edges.csv")} == {edge["id"] for edge in EDGES}
    assert [row["coder"] for row in rows(files, "coders.csv")] == [coder["id"] for coder in CODERS]
    assert [(row["passage"], row["reason"]) for row in rows(files, "alternatives.csv")] == [
        (id_, one["reason"])
        for id_ in ("p2", "p9", "p4", "p6", "p8")
        for other, one in ALTERNATIVES
        if other == id_
    ]
    sources = [
        (note["id"], one.get("reference", ""))
        for note in sorted(NOTES, key=lambda note: note["passage"])
        for one in note.get("sources", [{}])
    ]
    assert [(row["note"], row["reference"]) for row in rows(files, "notes.csv")] == sources
    described = {one["path"] for one in json.loads(data(files, "datapackage.json"))["resources"]}
    assert {"edges.csv", "coders.csv", "alternatives.csv", "notes.csv"} <= described


def test_each_is_a_web_annotation_that_is_no_tag(files: Files) -> None:
    items = json.loads(data(files, "annotations.jsonld"))["first"]["items"]

    def texts(purpose: str) -> list[str]:
        bodies = (one["body"] if isinstance(one["body"], list) else [one["body"]] for one in items)
        return [
            body["value"] for own in bodies for body in own if body["purpose"] == purpose and "value" in body
        ]

    assert {one["reason"] for _, one in ALTERNATIVES} <= set(texts("questioning"))
    assert {note["body"] for note in NOTES} <= set(texts("commenting"))
    assert {note["settles"] for note in NOTES if "settles" in note} <= set(texts("questioning"))
    linking = texts("linking")
    for edge in EDGES:
        assert sum(text.startswith(f"{edge['kind']}: {edge['from']} ") for text in linking) >= bool(
            edge.get("evidence")
        )
    types = {one["creator"]["name"]: one["creator"].get("type") for one in items}
    assert (types["editors"], types["reader"]) == ("Software", "Person")


def test_the_tei_file_has_all_of_them(files: Files) -> None:
    root = etree.fromstring(data(files, "edition.xml"))

    def find(path: str) -> list[Any]:
        return list(root.xpath(path, namespaces=TEI))

    ids = set(find("//@xml:id"))
    relations = {
        str(one.get("{http://www.w3.org/XML/1998/namespace}id")): one for one in find("//t:relation")
    }
    assert relations.keys() == {f"edge.{edge['id']}" for edge in EDGES}
    for edge in EDGES:
        one = relations[f"edge.{edge['id']}"]
        assert (one.get("name"), one.get("subtype")) == (edge["kind"], edge["status"])
        assert bool(one.get("passive")) == ("to" in edge)
        pointers = f"{one.get('active')} {one.get('passive') or ''}".split()
        assert {pointer.removeprefix("#") for pointer in pointers} <= ids
    notes = find("//t:note[@type='editorial']")
    assert {one.findtext("t:p", namespaces=TEI) for one in notes} == {note["body"] for note in NOTES}
    assert len(find("//t:note[@type='editorial'][@cert='low']")) == sum(bool(n.get("doubt")) for n in NOTES)
    questioned = find("//t:annotation[@motivation='questioning']/t:note[1]")
    assert {one.text for one in questioned} == {one["reason"] for _, one in ALTERNATIVES}
    recorded = {one.text for one in find("//t:respStmt/t:note[@type='saw']")}
    assert {coder["saw"] for coder in CODERS} <= recorded
    voices = [one.get("ana") for one in find("//t:annotation[@ana]")]
    assert sorted(voices) == ["#voice.quoted", "#voice.reported", "#voice.reported"]


def test_the_project_of_qualitative_analysis_has_all_of_them(files: Files) -> None:
    archive = zipfile.ZipFile(io.BytesIO(data(files, "project.qdpx")))
    root = etree.fromstring(archive.read("project.qde"))
    names = {one.get("guid"): one.get("name") for one in root.iter("{*}Code")}
    paths = {one.get("name"): one.get("plainTextPath") for one in root.iter("{*}Note")}
    texts = {
        name: archive.read(f"sources/{path.removeprefix('internal://')}").decode()
        for name, path in paths.items()
    }
    for note in NOTES:
        assert texts[f"note-{note['id']} (canal {note['passage']})"].startswith(note["body"])
    for id_, one in ALTERNATIVES:
        assert one["reason"] in texts[f"alternatives (canal {id_} editors)"]
    for edge in EDGES:
        assert f"{edge['id']}: {edge['kind']}, {edge['from']} → " in texts["edges"]
    links = list(root.iter("{*}Link"))
    assert len(links) == sum("to" in edge for edge in EDGES)
    assert all({one.get("originGUID"), one.get("targetGUID")} <= names.keys() for one in links)
    [about] = [one for one in root if one.tag.endswith("}Description")]
    assert all(coder["saw"] in about.text for coder in CODERS)


def test_the_codebooks_have_the_traits(files: Files) -> None:
    codes = {row["id"]: row for row in rows(files, "codebook.csv")}
    assert codes["flow~a/loud"]["parent"] == "flow~a"
    assert codes["flow~a/loud"]["address"] == "grid/flow-near.html#trait-loud"
    assert b'id="trait-loud"' in files["grid/flow-near.html"]
    assert "水.水聲.有聲" in data(files, "taguette.csv").decode("utf-8-sig")


def test_the_crate_names_who_read_and_when(files: Files) -> None:
    graph = {one["@id"]: one for one in json.loads(data(files, "ro-crate-metadata.json"))["@graph"]}
    for coder in CODERS:
        action = graph[f"#reading-{coder['id']}"]
        assert action["endTime"] == coder["date"]
        role = "agent" if coder["kind"] == "person" else "instrument"
        assert action[role] == {"@id": f"#coder-{coder['id']}"}
        assert graph[f"#coder-{coder['id']}"]["name"] == coder["name"]


def test_without_the_text_no_words_of_it_are_in_them(tiny_site_without_text: Files) -> None:
    found = tiny_site_without_text
    secret = ("都站在閘邊", "再走回來", "近處的人少了一條水")
    for name in (
        "passages.json",
        "alternatives.csv",
        "edges.csv",
        "notes.csv",
        "annotations.jsonld",
        "edition.xml",
    ):
        content = found[f"data/{name}"].decode("utf-8-sig")
        assert not [words for words in secret if words in content], name
    assert "data/project.qdpx" not in found


# --- traits of an alternative -----------------------------------------------------------------------

START = """    note: 也可只標水聲。
    alternatives:
"""
MORE = (
    START
    + """\
      - instead_of: "flow~a:shows"
        evidence: [{from: 過石頭時急, to: 打一個轉再走}]
        traits: [swift]
        reason: 急緩可以不是聲音。
"""
)


def test_each_export_has_the_traits_that_an_alternative_doubts(copy: Path) -> None:
    change(copy, "annotations/canal/tags/editors/1.yaml", START, MORE)
    files = pages_of(load.checked(record(copy)))
    found = json.loads(data(files, "passages.json"))
    [passage] = [one for one in found["passages"] if one["id"] == "p2"]
    assert [one["traits"] for one in passage["alternatives"]] == [["swift"], []]
    schema = json.loads(data(files, "passages.schema.json"))
    Draft202012Validator(schema).validate(found)
    rows_of = [row for row in rows(files, "alternatives.csv") if row["passage"] == "p2"]
    assert [row["traits"] for row in rows_of] == ["swift", ""]
    root = etree.fromstring(data(files, "edition.xml"))
    pointers = root.xpath("//t:ptr[@type='doubted-trait']/@target", namespaces=TEI)
    assert pointers == ["#trait.flow-near.swift"]
    assert root.xpath(f"//t:category[@xml:id='{pointers[0][1:]}']", namespaces=TEI)
    items = json.loads(data(files, "annotations.jsonld"))["first"]["items"]
    bodies = (one["body"] if isinstance(one["body"], list) else [one["body"]] for one in items)
    texts = [body.get("value") for own in bodies for body in own]
    assert texts.count("without flow~a/swift") == 1
    with zipfile.ZipFile(io.BytesIO(data(files, "project.qdpx"))) as archive:
        sources = [archive.read(name).decode("utf-8-sig") for name in archive.namelist()]
    assert sum("− flow~a/swift" in source for source in sources) == 1
    page = files["canal/p2.html"].decode()
    assert "同時不計有急緩" in page
