"""``CITATION.cff`` describes the data and the code of this repository, and cffconvert reads it."""

from __future__ import annotations

import tomllib
from typing import Any

import proof_tools
import pytest
import yaml
from proof_tools import ROOT

from site_builder import VERSION
from site_builder.citing import people, references
from site_builder.model import Record, Site
from site_builder.pipeline import Checked

FILE = ROOT / "CITATION.cff"


@pytest.fixture(scope="module")
def reported() -> Any:
    return yaml.safe_load(FILE.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def record(repository: Checked) -> Record:
    assert repository.project is not None
    return repository.project.works[0].record


@pytest.fixture(scope="module")
def site(repository: Checked) -> Site:
    assert repository.project is not None
    return repository.project.site


def cffconvert(*options: str) -> str:
    return proof_tools.cffconvert(FILE, *options)


def of_type(reported: Any, kind: str) -> Any:
    return next(one for one in reported["references"] if one["type"] == kind)


def test_cffconvert_finds_the_file_valid() -> None:
    assert "valid according to schema version 1.2.0" in cffconvert("--validate")


def test_cffconvert_cites_the_edition_with_its_version(reported: Any) -> None:
    apa = cffconvert("--format", "apalike").strip()
    year = reported["date-released"][:4]
    assert (
        apa
        == f"{reported['authors'][0]['name']} ({year}). {reported['title']} (version {reported['version']})."
    )
    bibtex = cffconvert("--format", "bibtex")
    assert f"title = {{{reported['title']}}}" in bibtex
    assert f"author = {{{reported['authors'][0]['name']}}}" in bibtex


def test_title_version_day_and_authors_are_those_of_the_edition(reported: Any, site: Site) -> None:
    assert reported["title"] == references.edition_title(site)
    assert reported["version"] == site.version
    assert reported["date-released"] == site.date.isoformat()
    assert tuple(one["name"] for one in reported["authors"]) == people.statement(site.publisher)
    assert reported["abstract"] == site.description


def test_the_article_is_referred_to_as_the_record_has_it(reported: Any, record: Record) -> None:
    article = of_type(reported, "article")
    authors = tuple(
        (one["family-names"], one["given-names"], one["affiliation"]) for one in article["authors"]
    )
    known = tuple((one.name.family, one.name.given, one.affiliation) for one in record.authors)
    assert authors == known
    assert (article["title"], article["journal"]) == (record.title, record.container)
    assert (str(article["year"]), article["issue"]) == (record.year, record.issue)
    assert article["languages"] == [record.language]
    assert not article.keys() & {"start", "end", "pages", "doi", "volume", "license"}


def test_the_preferred_citation_is_what_csl_says_of_the_edition(
    reported: Any, record: Record, site: Site
) -> None:
    edition, preferred = references.edition(record, site), reported["preferred-citation"]
    assert (preferred["type"], edition["type"]) == ("website", "webpage")
    assert preferred["title"] == edition["title"]
    # the format requires an author, also of an edition whose publisher is named in no citation
    assert [one["name"] for one in preferred["authors"]] == [site.publisher]
    assert "author" not in edition
    assert preferred["version"] == edition["version"]
    assert preferred["date-released"] == references.iso(edition)
    assert preferred["languages"] == [edition["language"].partition("-")[0]]


def test_the_licences_are_those_of_the_data_and_of_the_program(reported: Any, site: Site) -> None:
    program = of_type(reported, "software")
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    package = settings["project"]
    assert program["title"] == package["name"]
    assert program["version"] == VERSION
    assert settings["tool"]["setuptools"]["dynamic"]["version"]["attr"] == "site_builder.VERSION"
    assert program["license"] == package["license"]
    assert any(reported["license"].replace("-", " ") in term.name.replace("-", " ") for term in site.licences)


def test_there_is_no_address_while_the_site_has_none(site: Site) -> None:
    assert ("://" in FILE.read_text(encoding="utf-8")) == bool(site.address)
