"""The RO-Crate of ``data/``: read by ro-crate-py, and found sound by rocrate-validator without the network.

The context that the validator wants comes from the folder that ``PROOF_SCHEMAS`` names, else that of RO-Crate
1.3, which holds all terms of 1.2 and comes with ro-crate-py, is used instead.
"""

from __future__ import annotations

import datetime as dt
import functools
import hashlib
import importlib.util
import io
import json
import os
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import proof_tools
import pytest
import requests
import requests_cache
import samples
from conftest import on_disk
from rdflib.plugins.sparql import algebra, parser, processor
from rdflib.plugins.sparql.sparql import Query
from rocrate.rocrate import ROCrate
from rocrate_validator import models, services
from test_webannotation import edition_of
from urllib3 import HTTPResponse

from site_builder.citing import people
from site_builder.edition import identifiers
from site_builder.edition.edition import Edition
from site_builder.formats import crate
from site_builder.formats.crate import About
from site_builder.formats.tables import write as tables
from site_builder.model import Localized, Record, Term
from site_builder.pipeline import Checked

Entity = dict[str, Any]
CONTEXT = "https://w3id.org/ro/crate/1.2/context"
CSV = "https://www.rfc-editor.org/rfc/rfc4180"
ABOUT = {
    "passages.csv": About(
        title="Passages",
        description="One row a tag.",
        media_type="text/csv",
        conforms_to=CSV,
        standard="CSV (RFC 4180)",
    ),
    "codebook.csv": About(
        title="Codebook", description="One row a code.", media_type="text/csv", conforms_to=CSV
    ),
    "datapackage.json": About(
        title="Data package", description="Describes the tables.", media_type="application/json"
    ),
    "notes/甲 乙.txt": About(
        title="Notes", description="A name that is none in ASCII.", media_type="text/plain"
    ),
}


def files_of(edition: Edition) -> dict[str, bytes]:
    """Files that the folder can contain, one of them with a name that needs escaping in an address."""
    found = {
        tables.PASSAGES: tables.passages_csv(edition, None),
        tables.CODEBOOK: tables.codebook_csv(edition),
        "notes/甲 乙.txt": "註".encode(),
    }
    return found | {"datapackage.json": tables.datapackage(edition, dict(list(found.items())[:2]), None)}


@pytest.fixture(scope="module", params=["repository", "tiny"])
def edition(request: pytest.FixtureRequest) -> Edition:
    return edition_of(request.getfixturevalue(request.param))


@pytest.fixture(scope="module")
def files(edition: Edition) -> dict[str, bytes]:
    return files_of(edition)


def graph_of(
    edition: Edition, files: Mapping[str, bytes], about: Mapping[str, About] = ABOUT
) -> dict[str, Entity]:
    """The entities by their ids, of which none may occur twice."""
    found = json.loads(crate.crate(edition, files, about))
    assert found["@context"] == CONTEXT
    ids = Counter(entity["@id"] for entity in found["@graph"])
    assert set(ids.values()) == {1}
    return {entity["@id"]: entity for entity in found["@graph"]}


@pytest.fixture(scope="module")
def graph(edition: Edition, files: dict[str, bytes]) -> dict[str, Entity]:
    return graph_of(edition, files)


@pytest.fixture(scope="module")
def folder(edition: Edition, files: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with its crate; no test may change it."""
    root = tmp_path_factory.mktemp("crate")
    for name, data in (files | {crate.NAME: crate.crate(edition, files, ABOUT)}).items():
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_bytes(data)
    return root


def of_tiny(tiny: Checked, *, record: Mapping[str, Any] | None = None, **site: Any) -> Edition:
    assert tiny.project is not None
    [work] = tiny.project.works
    works = (replace(work, record=proof_tools.localized(work.record, **(record or {}))),)
    project = replace(tiny.project, works=works, site=proof_tools.localized(tiny.project.site, **site))
    return Edition.of(project)


def ids(value: object) -> list[str]:
    """The ids that a value of an entity refers to."""
    listed = value if isinstance(value, list) else [value]
    return [one["@id"] for one in listed if isinstance(one, dict)]


# --- readers of others ----------------------------------------------------------------------------


class _Local(requests.adapters.BaseAdapter):
    """Responds for the only existing address."""

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self.content = content

    def send(self, request: requests.PreparedRequest, **_: Any) -> requests.Response:
        response = requests.Response()
        response.request, response.url, response.status_code = request, str(request.url), 200
        response.headers["Content-Type"] = "application/ld+json"
        response.raw = HTTPResponse(
            body=io.BytesIO(self.content), headers=dict(response.headers), status=200, preload_content=False
        )
        return response

    def close(self) -> None:
        pass


def _context() -> bytes:
    given = Path(os.environ.get("PROOF_SCHEMAS", "")) / "contexts" / "ro-crate-1.2.jsonld"
    package = importlib.util.find_spec("rocrate")
    assert package is not None
    assert package.origin is not None
    own = Path(package.origin).parent / "data" / "ro-crate.jsonld"
    return (given if given.is_file() else own).read_bytes()


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache in which the validator finds the context."""
    path = tmp_path_factory.mktemp("http") / "cache"
    with requests_cache.CachedSession(str(path), backend="sqlite", expire_after=-1) as session:
        session.mount("https://", _Local(_context()))
        assert session.get(CONTEXT).json()["@context"]
    return path


@functools.cache
def _translated(query: str, base: str | None, prefixes: tuple[tuple[str, str], ...]) -> Query:
    return algebra.translateQuery(parser.parseQuery(query), base, dict(prefixes))


def _translated_once(query: str, base: str | None, prefixes: Mapping[str, str]) -> Query:
    """What rdflib makes of a query before it is evaluated, which may be done any number of times.

    The validator asks the same few queries for every entity, and reading them each time is most of its work.
    """
    return _translated(query, base, tuple(sorted(prefixes.items())))


def issues(folder: Path, cache: Path, severity: models.Severity) -> set[tuple[str, str]]:
    """(severity, message) of each finding of the validator."""
    settings = services.ValidationSettings(
        rocrate_uri=str(folder),
        profile_identifier="ro-crate-1.2",
        requirement_severity=severity,
        offline=True,
        cache_path=cache,
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(processor, "parseQuery", lambda query: query)
        patch.setattr(processor, "translateQuery", _translated_once)
        result = services.validate(settings)
    return {(issue.severity.name, issue.message or "") for issue in result.get_issues()}


UNMET = (
    # no record holds them, and none is invented
    "ORCID",
    "ROR identifier",
    "contactPoint",
    "The organization SHOULD have a URL",
    "organizational affiliation",
    "organizational `affiliation`",
    # the rights in a text are no licence that has an address
    "License entity SHOULD have an absolute HTTP(S) URL",
    # its rule lets pass no entity that has a type beside the one that is asked for, which all have
    "Encoding format entities SHOULD include WebPage and/or Standard types",
)
"""Recommendations that cannot be followed, by words of theirs."""


def unmet(folder: Path, cache: Path) -> set[str]:
    """The unmet requirements, except recommendations that cannot be followed."""
    found = issues(folder, cache, models.Severity.RECOMMENDED)
    optional = {m for level, m in found if level == "RECOMMENDED" and any(words in m for words in UNMET)}
    return {message for _, message in found} - optional


@pytest.mark.reads("rocrate", "roc-validator")
def test_the_validator_finds_all_required_and_known_recommended_properties(folder: Path, cache: Path) -> None:
    assert unmet(folder, cache) == set()


def test_the_validator_accepts_the_day_of_access_which_has_its_own_vocabulary(
    tiny: Checked, cache: Path, tmp_path: Path
) -> None:
    assert tiny.project is not None
    work = tiny.project.works[0]
    facts = {"kind": "webpage", "url": "https://example.net/"}
    found = []
    (tmp_path / "a.csv").write_bytes(b"a\r\n")
    for more in ({}, {"accessed": dt.date(2021, 2, 3)}):
        record = proof_tools.localized(work.record, **facts, **more)
        edition = Edition.of(replace(tiny.project, works=(replace(work, record=record),)))
        (tmp_path / crate.NAME).write_bytes(crate.crate(edition, {"a.csv": b"a\r\n"}, {}))
        found.append(issues(tmp_path, cache, models.Severity.RECOMMENDED))
    assert found[0] == found[1]
    assert ROCrate(str(tmp_path)).get(f"#work-{work.id}")["hasAccessDate"] == "2021-02-03"


@pytest.mark.parametrize(
    ("entity", "field"),
    [("./", "license"), ("./", "datePublished"), ("./", "hasPart"), (crate.NAME, "about")],
)
def test_the_validator_would_find_a_fault(
    tiny: Checked, cache: Path, tmp_path: Path, entity: str, field: str
) -> None:
    edition = edition_of(tiny)
    files = {"a.csv": b"a\r\n"}
    found = json.loads(crate.crate(edition, files, {}))
    next(one for one in found["@graph"] if one["@id"] == entity).pop(field)
    (tmp_path / "a.csv").write_bytes(files["a.csv"])
    (tmp_path / crate.NAME).write_text(json.dumps(found), encoding="utf-8")
    assert issues(tmp_path, cache, models.Severity.REQUIRED)


@pytest.mark.reads("rocrate", "ro-crate-py")
def test_ro_crate_py_reads_it_and_every_file_is_there(folder: Path, files: dict[str, bytes]) -> None:
    found = ROCrate(str(folder))
    named = {unquote(entity.id) for entity in found.data_entities}
    assert named == set(files) == set(on_disk(folder)) - {crate.NAME}
    for entity in found.data_entities:
        data = (folder / unquote(entity.id)).read_bytes()
        assert entity["sha256"] == hashlib.sha256(data).hexdigest()
    assert found.root_dataset["publisher"]["name"]


# --- the graph ------------------------------------------------------------------------------------


def test_the_crate_lists_exactly_the_files_of_the_folder(folder: Path, graph: dict[str, Entity]) -> None:
    parts = [unquote(id_) for id_ in ids(graph["./"]["hasPart"])]
    assert parts == sorted(set(on_disk(folder)) - {crate.NAME})


def test_every_file_is_described_as_it_is(files: dict[str, bytes], graph: dict[str, Entity]) -> None:
    reported = {unquote(id_): entity for id_, entity in graph.items() if entity["@type"] == "File"}
    assert set(reported) == set(files)
    for name, entity in reported.items():
        assert entity["contentSize"] == str(len(files[name]))
        assert entity["sha256"] == hashlib.sha256(files[name]).hexdigest()
        assert (entity["name"], entity["description"]) == (ABOUT[name].title, ABOUT[name].description)
    assert reported["passages.csv"]["encodingFormat"] == ["text/csv", {"@id": CSV}]
    assert reported["datapackage.json"]["encodingFormat"] == "application/json"
    assert graph[CSV]["name"] == "CSV (RFC 4180)" or graph[CSV]["name"] == CSV


def _values(value: object) -> Iterator[object]:
    yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _values(inner)


def test_the_graph_is_flat_and_describes_all_that_it_names(graph: dict[str, Entity]) -> None:
    referred = set()
    for entity in graph.values():
        for value in entity.values():
            for inner in _values(value):
                if isinstance(inner, dict):
                    assert set(inner) == {"@id"}
                    referred.add(inner["@id"])
        assert all(entity.values()), entity
    assert referred - set(graph) == {crate.PROFILE}
    assert set(graph) - referred == {crate.NAME}


def test_the_description_of_the_edition_is_that_of_the_project(
    edition: Edition, graph: dict[str, Entity]
) -> None:
    root, site = graph["./"], edition.project.site
    assert root["@type"] == "Dataset"
    assert root["name"] == f"{site.title}：{site.subtitle}"
    assert (root["description"], root["version"]) == (site.description, site.version)
    assert root["datePublished"] == site.date.isoformat()
    assert graph["#publisher"]["name"] == site.publisher
    [identifier] = ids(root["identifier"])
    assert graph[identifier]["value"] == identifier == identifiers.urn(edition.project, "crate")


def test_the_article_is_part_of_its_issue_of_its_periodical(tiny: Checked) -> None:
    assert tiny.project is not None
    edition = Edition.of(samples.article(tiny.project))
    graph = graph_of(edition, {})
    record: Record = edition.project.works[0].record
    [article] = ids(graph["./"]["about"])
    issue = graph[ids(graph[article]["isPartOf"])[0]]
    assert graph[article]["@type"] == "ScholarlyArticle"
    assert (graph[article]["name"], graph[article]["datePublished"]) == (record.title, record.year)
    assert graph[ids(graph[article]["author"])[0]]["name"] == record.author
    assert (issue["@type"], issue["issueNumber"]) == ("PublicationIssue", record.issue)
    assert graph[ids(issue["isPartOf"])[0]]["name"] == record.container
    assert graph[ids(graph["./"]["isBasedOn"])[0]]["@type"] == "CreativeWork"


def test_the_rights_in_the_text_are_separate_from_the_licences(
    edition: Edition, graph: dict[str, Entity]
) -> None:
    for work in edition.project.works:
        rights = graph[f"#rights-{work.id}"]
        assert rights["description"] == work.record.rights
        assert rights["@id"] in ids(graph["./"]["license"])
        assert ids(graph[f"#work-{work.id}"]["license"]) == [rights["@id"]]
    assert len(ids(graph["./"]["license"])) == len(edition.project.site.licences) + len(edition.project.works)


@pytest.mark.parametrize(
    ("name", "id_"),
    [
        ("標記：CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"),
        ("CC0", "https://creativecommons.org/publicdomain/zero/1.0/"),
        ("MIT 授權", "https://spdx.org/licenses/MIT"),
        ("另行商定", "#licence-own"),
    ],
)
def test_a_well_known_licence_has_an_address(tiny: Checked, name: str, id_: str) -> None:
    place = edition_of(tiny).project.site.place
    term = Term(id="own", name=Localized(name), definition=Localized("可以。"), place=place)
    graph = graph_of(of_tiny(tiny, licences=(term,)), {})
    assert id_ in ids(graph["./"]["license"])
    assert (graph[id_]["name"], graph[id_]["description"]) == (name, "可以。")


def test_several_authors_are_separate_persons(tiny: Checked) -> None:
    record = {"authors": people.of_statement("甲、乙 丙", "A; B", "某校")}
    graph = graph_of(of_tiny(tiny, record=record), {})
    authors = ids(graph["#work-canal"]["author"])
    assert [graph[id_]["name"] for id_ in authors] == ["甲", "乙 丙"]
    assert authors == ["#author-甲", "#author-乙%20丙"]
    assert not [id_ for id_ in graph if id_.startswith("#affiliation")]
    assert [graph[id_]["alternateName"] for id_ in authors] == ["A", "B"]


def test_two_works_of_one_author_in_one_periodical_share_them(tiny: Checked) -> None:
    edition = of_tiny(tiny, record={"kind": "article", "container": "學報", "issue": "2"})
    [work] = edition.project.works
    other = replace(work, record=proof_tools.localized(work.record, id="brook", issue="3"))
    project = replace(edition.project, works=(work, other))
    graph = graph_of(Edition.of(project), {})
    people = [e for e in graph.values() if e["@type"] == "Person" and not e["@id"].startswith("#coder-")]
    assert len(people) == 1
    assert len([e for e in graph.values() if e["@type"] == "Periodical"]) == 1
    assert ids(graph["./"]["about"]) == ["#work-canal", "#work-brook"]


# --- files that nothing is reported of, order, addresses ----------------------------------------------


def test_a_file_without_a_description_has_its_name_and_media_type(tiny: Checked) -> None:
    files = {"a.jsonld": b"1", "b/c.CSV": b"22", "SHA256SUMS": b""}
    graph = graph_of(edition_of(tiny), files, {})
    reported = {id_: (graph[id_]["name"], graph[id_]["encodingFormat"]) for id_ in files}
    assert reported == {
        "a.jsonld": ("a.jsonld", "application/ld+json"),
        "b/c.CSV": ("c.CSV", "text/csv"),
        "SHA256SUMS": ("SHA256SUMS", "application/octet-stream"),
    }
    assert graph["SHA256SUMS"]["contentSize"] == "0"


def test_the_order_of_the_files_has_no_effect_and_the_crate_is_not_one_of_them(tiny: Checked) -> None:
    edition = edition_of(tiny)
    files = files_of(edition)
    turned = dict(reversed((files | {crate.NAME: b"{}"}).items()))
    assert crate.crate(edition, files, ABOUT) == crate.crate(edition, turned, ABOUT)


def test_without_an_address_none_is_invented(tiny: Checked) -> None:
    edition = of_tiny(tiny, address="", licences=())
    data = crate.crate(edition, files_of(edition), {}).decode()
    found = set(re.findall(r'"(https?://[^"]*)"', data))
    assert found == {CONTEXT, crate.PROFILE, "https://www.rfc-editor.org/rfc/rfc9562"}


def test_with_an_address_the_folder_and_its_files_have_theirs(tiny: Checked) -> None:
    graph = graph_of(edition_of(tiny), files_of(edition_of(tiny)))
    assert graph["./"]["url"] == "https://example.org/canal/"
    assert graph["codebook.csv"]["url"] == "https://example.org/canal/data/codebook.csv"
    assert graph["notes/甲%20乙.txt"]["url"] == "https://example.org/canal/data/notes/甲%20乙.txt"
