"""The metadata of pages, read by html-metadata, the scraper of Wikipedia's Citoid.

The vocabulary of schema.org, from the package ``rocrate``, defines the types, their properties and the values
of these.
"""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import proof_tools
import pytest
from conftest import Files
from lxml import etree
from proof_tools import Page, read
from samples import article, on_record, on_site
from views import HANS, LANGUAGES, SCRIPTS, is_first, of_site, own, twins, view_of

from site_builder import pipeline
from site_builder.citing import people, references, schemaorg
from site_builder.edition import addresses, identifiers
from site_builder.edition.edition import Edition
from site_builder.language import catalogue
from site_builder.model import Localized, Passage, Place, Project, Record, Site, Term
from site_builder.pipeline import Checked
from site_builder.site import jsonld, pages
from site_builder.site.metadata import Metadata, metadata
from site_builder.site.presenter import Presenter
from site_builder.site.views import View

ADDRESS = re.compile(r"[a-z]+://[^\s\"]+")


@pytest.fixture(scope="module", params=["repository", "tiny"])
def which(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def project(which: str, request: pytest.FixtureRequest) -> Project:
    checked: Checked = request.getfixturevalue(which)
    assert checked.project is not None
    return checked.project


@pytest.fixture(scope="module")
def built(which: str, request: pytest.FixtureRequest) -> Mapping[str, Page]:
    """Address → page, of every view; not the files that contain all pages."""
    files: Files = request.getfixturevalue(f"{which}_site")
    return {
        name: read(data.decode(), name)
        for name, data in files.items()
        if name.endswith(".html") and not name.endswith(addresses.ONEFILE)
    }


def edition_of(project: Project, *, with_text: bool = True) -> Edition:
    return Edition.of(project, with_text=with_text)


def every(project: Project, *, converted: bool = False, with_text: bool = True) -> dict[str, Metadata]:
    """Address → metadata, for every page."""
    edition = edition_of(project, with_text=with_text)
    proof_tools.locale_of(project, converted=converted)
    return {
        view.address: metadata(edition, view, proof_tools.locale_of(edition.project, converted=converted))
        for view in pages.views(Presenter(edition))
    }


def content(found: Metadata, name: str) -> list[str]:
    words = catalogue.of("zh-Hant")
    return [words.text(meta.content) for meta in found.metas if meta.name == name]


def data_of(page: Page) -> Any:
    scripts = [e for e in page.all("script") if e.attributes.get("type") == "application/ld+json"]
    assert len(scripts) == 1
    return json.loads(scripts[0].text)


def nodes(value: Any) -> Iterator[dict[str, Any]]:
    """Every node of a piece of JSON-LD."""
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    for inner in value if isinstance(value, list) else []:
        yield from nodes(inner)


# --- what a scraper reads -------------------------------------------------------------------------


@pytest.fixture(scope="module")
def scraped(which: str, project: Project, request: pytest.FixtureRequest) -> Mapping[str, Any]:
    """Kind of page → the metadata that html-metadata reads from it."""
    files: Files = request.getfixturevalue(f"{which}_site")
    work = project.works[0]
    passage = addresses.passage((work.id, work.passages[2].id))
    kinds = {
        "reading": addresses.reading(work.id),
        "home": addresses.HOME,
        "passage": passage,
        "cite": addresses.CITE,
    }
    kinds |= {f"{name}, converted": HANS + address for name, address in kinds.items()}
    folder = request.getfixturevalue("tmp_path_factory").mktemp("scraped")
    paths = []
    for number, address in enumerate(kinds.values()):
        paths.append(folder / f"{number}.html")
        paths[-1].write_bytes(files[address])
    script = proof_tools.ROOT / "tests" / "html_metadata.cjs"
    found = json.loads(proof_tools.node(script, *paths, needs="html-metadata"))
    return dict(zip(kinds, found, strict=True))


def wanted_of_article(record: Record) -> dict[str, str]:
    wanted = {
        "title": record.title,
        "author": record.author,
        "author_institution": record.authors[0].affiliation,
        "journal_title": record.container,
        "issue": record.issue,
        "publication_date": record.year,
    }
    return {name: value for name, value in wanted.items() if value}


def test_the_reading_page_is_the_article(scraped: Mapping[str, Any], project: Project) -> None:
    record, site = project.works[0].record, project.site
    found = scraped["reading"]
    address = f"{site.address}{addresses.reading(record.id)}" if site.address else None
    highwire = found["highwirePress"]
    language = references.article(record)["language"]
    assert highwire.pop("language") == language
    assert highwire.pop("public_url", None) == highwire.pop("fulltext_html_url", None) == address
    abstract = [p.text for p in project.works[0].passages if p.label == "摘要"]
    assert [highwire.pop("abstract")] * len(abstract) == abstract if abstract else "abstract" not in highwire
    assert highwire == wanted_of_article(record)
    core = found["dublinCore"]
    assert (core["title"], core["creator"], core["date"]) == (record.title, record.author, record.year)
    assert core["language"] == language
    assert core["rights"] == record.rights_short
    urn = identifiers.urn(project, "page", addresses.reading(record.id))
    assert core["identifier"] == ([address, urn] if address else urn)
    assert found["openGraph"].get("url") == address
    graph = found["openGraph"]
    assert (graph["title"], graph["site_name"]) == (record.title, site.title)
    assert graph["type"] == ("article" if record.container else "book")
    assert found["jsonLd"]["@type"] == ("ScholarlyArticle" if record.container else "Book")
    assert found["jsonLd"]["name"] == record.title
    assert found["jsonLd"]["author"][0]["name"] == record.author


@pytest.mark.parametrize("kind", ["home", "passage", "cite"])
def test_every_other_page_is_the_edition(scraped: Mapping[str, Any], project: Project, kind: str) -> None:
    site, found = project.site, scraped[kind]
    title = references.edition_title(site)
    assert "highwirePress" not in found
    core = found["dublinCore"]
    graph = found["openGraph"]
    assert core["title"] == graph["title"]
    assert (core["title"] == title) == (kind == "home")
    assert (core["creator"], core["publisher"]) == (site.publisher, site.publisher)
    assert core["date"] == site.date.isoformat()
    software = [term.name for term in site.licences if "MIT" in term.name]
    own = [term.name for term in site.licences if term.name not in software]
    assert own
    assert core["rights"] == [*own, project.works[0].record.rights_short, *software]
    assert f"Version {site.version}." in core["bibliographiccitation"]
    assert "urn:uuid:" in str(core["identifier"])
    assert found["openGraph"]["type"] == "website"
    data = found["jsonLd"]
    edition = data if kind == "home" else data["isPartOf"]
    assert (edition["@type"], edition["name"], edition["version"]) == ("WebSite", title, site.version)
    assert edition["datePublished"] == site.date.isoformat()
    assert data["about"][0]["name"] == project.works[0].record.title


def test_the_article_is_part_of_an_issue_of_its_journal(tiny: Checked) -> None:
    assert tiny.project is not None
    project = article(tiny.project)
    record = project.works[0].record
    presenter = Presenter(edition_of(project))
    view = next(v for v in pages.views(presenter) if v.address == addresses.reading(record.id))
    renderer = proof_tools.renderer(presenter.edition)
    data = data_of(read(renderer.page(view).text))
    issue = data["isPartOf"]
    assert (issue["@type"], issue["issueNumber"]) == ("PublicationIssue", record.issue)
    assert issue["datePublished"] == data["datePublished"] == record.year
    assert issue["isPartOf"] == {"@type": "Periodical", "name": record.container}
    assert data["headline"] == record.title
    assert data["author"][0]["affiliation"]["name"] == record.authors[0].affiliation
    assert data["mainEntityOfPage"]["isPartOf"]["@type"] == "WebSite"


def test_the_home_page_names_the_sources_of_the_edition(built: Mapping[str, Page], project: Project) -> None:
    data = data_of(built[addresses.HOME])
    record = project.works[0].record
    witness = next(copy for copy in record.copies if copy.role == "witness")
    assert [one["isPartOf"]["name"] for one in data["isBasedOn"]] == [witness.name]
    assert [one["datePublished"] for one in data["isBasedOn"]] == [witness.date]


@pytest.mark.parametrize("kind", ["reading", "home", "passage", "cite"])
def test_a_converted_page_says_the_same_in_its_script(
    scraped: Mapping[str, Any], project: Project, kind: str
) -> None:
    hant, hans = scraped[kind], scraped[f"{kind}, converted"]
    simplify = proof_tools.locale_of(project, converted=True).convert
    for name in ("highwirePress", "dublinCore"):
        for key, value in hant.get(name, {}).items():
            if "://" in str(value) or "urn:" in str(value) or key == "language":
                continue
            once = [simplify(one) for one in value] if isinstance(value, list) else simplify(value)
            assert hans[name][key] == once
    language = {"dublinCore": hans["dublinCore"]["language"], "general": hans["general"]["lang"]}
    assert language["general"] == "zh-Hans"
    of_article = references.article(project.works[0].record)["language"]
    assert language["dublinCore"] == (of_article if kind == "reading" else "zh-Hans")
    assert (hant["openGraph"]["locale"], hans["openGraph"]["locale"]) == ("zh_TW", "zh_CN")


# --- every page -----------------------------------------------------------------------------------


def test_only_a_reading_page_is_cited_as_an_article(built: Mapping[str, Page], project: Project) -> None:
    reading = {name for work in project.works for name in twins(addresses.reading(work.id), of_site(built))}
    cited = {
        name
        for name, page in built.items()
        if any(e.attributes.get("name", "").startswith("citation_") for e in page.all("meta"))
    }
    assert cited == reading


@pytest.mark.parametrize("tree", SCRIPTS)
def test_the_file_of_all_pages_has_the_metadata_of_the_home_page_except_for_its_address(
    which: str, tree: str, request: pytest.FixtureRequest
) -> None:
    files: Files = request.getfixturevalue(f"{which}_site")
    home, alone = (read(files[tree + name].decode()) for name in (addresses.HOME, addresses.ONEFILE))

    def metas(page: Page) -> list[tuple[str, str]]:
        named = [(e.attributes.get("name") or e.attributes.get("property", ""), e) for e in page.all("meta")]
        return [(name, e.attributes["content"]) for name, e in named if name.startswith(("DC", "og:"))]

    own = ("DC.identifier", "og:url")
    assert [one for one in metas(alone) if one[0] not in own] == [
        one for one in metas(home) if one[0] not in own
    ]
    assert len(metas(alone)) > 12
    checked: Checked = request.getfixturevalue(which)
    assert checked.project is not None
    site = checked.project.site
    canonical = [e.attributes["href"] for e in alone.all("link") if e.attributes["rel"] == "canonical"]
    assert canonical == ([full(site, addresses.ONEFILE, tree)] if site.address else [])
    assert alone.meta("DC.identifier")[-1] == identifiers.urn(
        checked.project, "page", tree + addresses.ONEFILE
    )


def test_no_metadata_is_empty_or_given_twice(built: Mapping[str, Page]) -> None:
    for page in built.values():
        metas = [
            (e.attributes.get("name") or e.attributes.get("property"), e.attributes["content"])
            for e in page.all("meta")
            if "content" in e.attributes
        ]
        assert all(content.strip() for _, content in metas), page.address
        assert len(set(metas)) == len(metas), page.address


def schema_org() -> dict[str, dict[str, Any]]:
    """Name → term of schema.org, as in its own JSON-LD."""
    spec = find_spec("rocrate")
    assert spec is not None
    assert spec.origin is not None
    path = Path(spec.origin).parent / "data" / "schema.jsonld"
    graph = json.loads(path.read_text(encoding="utf-8"))["@graph"]
    return {term["@id"].removeprefix("schema:"): term for term in graph}


def ids(term: Mapping[str, Any], name: str) -> set[str]:
    found = term.get(name, [])
    return {one["@id"].removeprefix("schema:") for one in (found if isinstance(found, list) else [found])}


def kinds(terms: Mapping[str, Any], name: str) -> set[str]:
    """A type and all that it is a kind of."""
    above = ids(terms[name], "rdfs:subClassOf") & terms.keys()
    return {name}.union(*(kinds(terms, one) for one in above))


def test_types_and_properties_are_those_of_schema_org_and_used_as_it_says(
    built: Mapping[str, Page],
) -> None:
    terms = schema_org()
    seen = set()
    for page in built.values():
        data = data_of(page)
        assert data.pop("@context") == "https://schema.org"
        for node in nodes(data):
            types = node["@type"] if isinstance(node["@type"], list) else [node["@type"]]
            above = set[str]().union(*(kinds(terms, one) for one in types))
            for key, value in node.items():
                if key.startswith("@"):
                    continue
                assert above & ids(terms[key], "schema:domainIncludes"), f"{node['@type']} has no {key}"
                held = ids(terms[key], "schema:rangeIncludes")
                for inner in value if isinstance(value, list) else [value]:
                    if isinstance(inner, dict):
                        assert kinds(terms, inner["@type"]) & held, f"{key} holds no {inner['@type']}"
                    else:
                        assert held & {"Text", "URL", "Date", "Number", "Language"}
                seen.add((types[0], key))
    assert len(seen) > 20


# --- addresses ------------------------------------------------------------------------------------


def full(site: Site, address: str, tree: str) -> str:
    return f"{site.address.rstrip('/')}/{tree}{address}"


def test_canonical_and_alternates_are_given_if_the_site_has_an_address(
    built: Mapping[str, Page], project: Project
) -> None:
    for name, page in built.items():
        links = [e.attributes for e in page.all("link") if e.attributes["rel"] in ("canonical", "alternate")]
        canonical = [a["href"] for a in links if a["rel"] == "canonical"]
        reported = [(a["hreflang"], a["href"]) for a in links if "hreflang" in a and "data-other" not in a]
        others = [(a["type"], a["hreflang"]) for a in links if "data-other" in a]
        languages = [LANGUAGES[view] for view in of_site(built) if view != view_of(name)]
        assert others == [("text/html", language) for language in languages]
        if not project.site.address:
            assert not canonical
            assert not reported
            continue
        every = {LANGUAGES[view]: full(project.site, own(name), view) for view in of_site(built)}
        assert canonical == [every[LANGUAGES[view_of(name)]]]
        assert reported == [*every.items(), ("x-default", every["zh-Hant"])]


def test_no_address_is_invented(built: Mapping[str, Page], project: Project) -> None:
    licences = {jsonld.licence(term) for term in project.site.licences}
    namespaces = {"http://purl.org/dc/elements/1.1/", "http://purl.org/dc/terms/", "https://schema.org"}
    namespaces |= {
        e.attributes["href"] for e in built[addresses.HOME].all("link") if e.attributes["rel"] == "type"
    }
    namespaces |= {
        f"https://schema.org/{name}" for name in ("AboutPage", "WebPage", *schemaorg.TYPES.values())
    }
    known = licences | namespaces | {copy.address for work in project.works for copy in work.record.copies}
    for page in built.values():
        head = page.all("head")[0]
        values = [value for e in head for value in e.attributes.values()]
        values += [e.text for e in head.all("script")]
        found = {address.rstrip(".") for value in values for address in ADDRESS.findall(value)} - known
        site = project.site.address or "arcp://"
        assert all(address.startswith(site) for address in found), page.address


def test_an_address_is_converted_in_no_script(tiny: Checked) -> None:
    assert tiny.project is not None
    project = on_site(tiny.project, address="https://example.org/圖書/", title="圖書")
    edition = edition_of(project)
    renderer = proof_tools.renderer(edition, converted=True)
    for view in (
        view
        for view in pages.views(Presenter(edition))
        if view.address in (addresses.HOME, addresses.reading("canal"))
    ):
        page = read(renderer.page(view).text)
        reported = [value for e in page.all("head")[0] for value in e.attributes.values()]
        own = [value for value in reported if value.startswith("https://example.org/")]
        assert len(own) >= 6
        assert all(value.startswith("https://example.org/圖書/") for value in own)
        data = data_of(page)
        assert {node["url"] for node in nodes(data) if "url" in node} <= set(own) | {project.site.address}
        assert any("图书" in node.get("name", "") for node in nodes(data))
        assert "图书" in page.meta("DC.title")[0] or view.address != addresses.HOME


# --- one page -------------------------------------------------------------------------------------


def test_nothing_ends_the_script_of_the_data_early(tiny: Checked) -> None:
    assert tiny.project is not None
    evil = '</script><b>"&\u2028</b><!--'
    edition = edition_of(on_record(on_site(tiny.project, title=evil, subtitle=evil), title=evil))
    renderer = proof_tools.renderer(edition)
    checked = 0
    for view in pages.views(Presenter(edition)):
        page = read(renderer.page(view).text, view.address)
        assert not page.all("head")[0].all("b")
        reported = [node.get("name") for node in nodes(data_of(page))]
        assert evil in reported or f"{evil}：{evil}" in reported
        checked += 1
    assert checked > 10


def test_several_authors_are_each_named_and_none_is_given_the_institution(tiny: Checked) -> None:
    assert tiny.project is not None
    authors = people.of_statement("甲子、乙丑", affiliation="某校")
    project = on_record(article(tiny.project), authors=authors)
    found = every(project)[addresses.reading(project.works[0].id)]
    assert content(found, "citation_author") == content(found, "DC.creator") == ["甲子", "乙丑"]
    assert not content(found, "citation_author_institution")
    assert [one["name"] for one in found.data["author"]] == ["甲子", "乙丑"]
    assert not any("affiliation" in one for one in found.data["author"])


@pytest.mark.parametrize(
    ("facts", "absent", "kept"),
    [
        ({"issue": ""}, "citation_issue", "Periodical"),
        ({"container": "", "kind": "book"}, "citation_journal_title", "Book"),
        ({"year": ""}, "citation_publication_date", "PublicationIssue"),
        ({"year": "民國初年"}, "citation_publication_date", "PublicationIssue"),
        ({"authors": people.of_statement("甲")}, "citation_author_institution", "Person"),
    ],
)
def test_the_metadata_contain_only_fields_of_the_record(
    tiny: Checked, facts: dict[str, Any], absent: str, kept: str
) -> None:
    assert tiny.project is not None
    project = article(tiny.project)
    address = addresses.reading(project.works[0].id)
    assert content(every(project)[address], absent)
    found = every(on_record(project, **facts))[address]
    assert not content(found, absent)
    assert kept in {node["@type"] for node in nodes(dict(found.data)) if "@type" in node}
    assert all(value for node in nodes(dict(found.data)) for value in node.values())


def test_a_book_is_no_article_in_a_journal(tiny: Checked) -> None:
    assert tiny.project is not None
    found = every(tiny.project)[addresses.reading(tiny.project.works[0].id)]
    assert content(found, "DC.type") == ["Book"]
    assert content(found, "og:type") == ["book"]
    assert found.data["@type"] == "Book"
    assert "headline" not in found.data


def test_without_the_text_no_page_claims_to_contain_it(tiny: Checked) -> None:
    assert tiny.project is not None
    address = addresses.reading(tiny.project.works[0].id)
    assert content(every(tiny.project)[address], "citation_fulltext_html_url")
    found = every(tiny.project, with_text=False)
    assert not content(found[address], "citation_fulltext_html_url")
    assert content(found[address], "citation_public_url")
    for passage in tiny.project.works[0].passages:
        if len(passage.text) > 12:
            assert all(passage.text[:13] not in str(one) for one in found.values())


def test_a_page_of_a_work_is_about_that_work_alone(tiny: Checked) -> None:
    assert tiny.project is not None
    work = tiny.project.works[0]
    other = replace(work, record=proof_tools.localized(work.record, id="other", title="別篇"))
    project = replace(tiny.project, works=(work, other))
    edition = edition_of(project)
    for address, titles in (
        ("other/p1.html", ["別篇"]),
        ("canal/p1.html", [work.record.title]),
        (addresses.HOME, [work.record.title, "別篇"]),
        (addresses.CITE, [work.record.title, "別篇"]),
    ):
        view = View(template="page.html", address=address, title="頁", description="")
        found = metadata(edition, view, proof_tools.locale_of(edition.project))
        assert [one["name"] for one in found.data["about"]] == titles


@pytest.mark.parametrize(
    ("name", "iri"),
    [
        ("創用 CC 姓名標示 4.0 國際（CC BY 4.0）", "https://creativecommons.org/licenses/by/4.0/"),
        ("CC-BY-NC-SA 3.0", "https://creativecommons.org/licenses/by-nc-sa/3.0/"),
        ("CC BY-ND 4.0", "https://creativecommons.org/licenses/by-nd/4.0/"),
        ("全部文字：CC0", "https://creativecommons.org/publicdomain/zero/1.0/"),
        ("程式與版式：MIT 授權", "https://spdx.org/licenses/MIT"),
        ("以CC BY 4.0釋出", "https://creativecommons.org/licenses/by/4.0/"),
        ("採MIT授權", "https://spdx.org/licenses/MIT"),
        ("CC BY", ""),
        ("LIMIT", ""),
        ("自由使用", ""),
    ],
)
def test_a_licence_has_the_iri_of_its_short_name_or_none(name: str, iri: str) -> None:
    where = Place(path="project.yaml")
    assert jsonld.licence(Term(id="x", name=Localized(name), place=where)) == iri
    translated = Localized("可自由使用", translations={"en": name})
    assert jsonld.licence(Term(id="x", name=translated, place=where)) == iri


# --- what lasts, and what a program may follow ----------------------------------------------------


def links_of(page: Page, rel: str) -> list[str]:
    return [e.attributes["href"] for e in page.all("link") if e.attributes["rel"] == rel]


def test_every_page_has_an_identifier_that_does_not_depend_on_the_address(
    built: Mapping[str, Page], project: Project
) -> None:
    edition = identifiers.urn(project, "edition")
    found = {name: page.meta("DC.identifier")[-1] for name, page in built.items()}
    assert len(set(found.values())) == len(found)
    assert all(one.startswith("urn:uuid:") for one in found.values())
    assert all(page.meta("DC.relation.isPartOf") == [edition] for page in built.values())
    for address in ("", "https://example.net/elsewhere/"):
        moved = every(on_site(project, address=address))
        assert {name: content(one, "DC.identifier")[-1] for name, one in moved.items()} == {
            name: urn for name, urn in found.items() if is_first(name)
        }


def test_a_program_may_follow_the_links_of_signposting(
    built: Mapping[str, Page], project: Project, which: str, request: pytest.FixtureRequest
) -> None:
    files: Files = request.getfixturevalue(f"{which}_site")
    site = project.site
    for name, page in built.items():
        for e in page.all("link"):
            if e.attributes["rel"] in ("describedby", "item"):
                target = posixpath.normpath(posixpath.join(posixpath.dirname(name), e.attributes["href"]))
                assert target in files, (name, target)
                assert "/" in e.attributes["type"]
        address = full(site, name, "") if site.address else ""
        home = own(name) == addresses.HOME
        cited = [f"{site.address.rstrip('/')}/" if home else address] if site.address else []
        assert links_of(page, "cite-as") == cited, name
        assert links_of(page, "type")
    licences = {jsonld.licence(term) for term in site.licences} - jsonld.OF_SOFTWARE - {""}
    assert set(links_of(built[addresses.CITE], "license")) == licences
    assert not links_of(built[addresses.reading(project.works[0].id)], "license")


def test_the_page_of_downloads_describes_each_file_once(built: Mapping[str, Page], project: Project) -> None:
    page = built[addresses.CITE]
    data = data_of(page)["mainEntity"]
    offered = {
        e.attributes["href"] for e in page.all("a") if e.within("p") and "data/" in e.attributes["href"]
    }
    base = project.site.address
    reported = {one["contentUrl"].removeprefix(base): one for one in data["distribution"]}
    assert len(reported) == len(data["distribution"]) > 10
    assert offered <= reported.keys()
    assert reported.keys() == set(links_of(page, "item"))
    assert all(re.fullmatch("[0-9a-f]{64}", one["sha256"]) for one in reported.values())


def test_an_article_with_a_doi_is_cited_by_it(tiny: Checked) -> None:
    assert tiny.project is not None
    project = on_record(article(tiny.project), doi="10.1000/a b<c>")
    found = every(project)[addresses.reading(project.works[0].id)]
    assert [link.href for link in found.links if link.rel == "cite-as"] == [
        "https://doi.org/10.1000/a%20b%3Cc%3E"
    ]
    assert content(found, "citation_doi") == ["10.1000/a b<c>"]
    assert content(found, "DC.identifier")[0] == "doi:10.1000/a b<c>"


def test_an_abstract_is_given_if_a_passage_is_one_and_the_text_may_be_published(tiny: Checked) -> None:
    assert tiny.project is not None
    work = tiny.project.works[0]
    abstract = next(block for block in work.blocks if isinstance(block, Passage))
    labelled = replace(abstract, label="摘要")
    blocks = tuple(labelled if block.id == abstract.id else block for block in work.blocks)
    project = replace(tiny.project, works=(replace(work, blocks=blocks), *tiny.project.works[1:]))
    address = addresses.reading(work.id)
    assert content(every(tiny.project)[address], "citation_abstract") == []
    assert content(every(project)[address], "citation_abstract") == [abstract.text]
    assert content(every(project, with_text=False)[address], "citation_abstract") == []


def test_sitemap_robots_and_feed_are_written_for_a_site_with_an_address_alone(
    tiny: Checked, tiny_site: Files
) -> None:
    assert tiny.project is not None
    three = {addresses.SITEMAP, addresses.ROBOTS, addresses.FEED}
    assert not three & pipeline.site(edition_of(on_site(tiny.project, address=""))).keys()
    assert three <= tiny_site.keys()
    base = tiny.project.site.address
    space = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "a": "http://www.w3.org/2005/Atom"}
    sitemap = etree.fromstring(tiny_site[addresses.SITEMAP])
    reported = sitemap.xpath("//s:loc/text()", namespaces=space)
    alone = (addresses.SEARCH, addresses.TRYOUT, addresses.COLLECTION, addresses.ONEFILE)
    left = {tree + name for tree in SCRIPTS for name in alone}
    assert {one.removeprefix(base) for one in reported} == {
        name for name in tiny_site if name.endswith(".html") and name not in left
    }
    assert f"Sitemap: {base}{addresses.SITEMAP}" in tiny_site[addresses.ROBOTS].decode()
    feed = etree.fromstring(tiny_site[addresses.FEED])
    for path in ("a:id", "a:title", "a:updated", "a:author/a:name", "a:entry/a:id", "a:entry/a:updated"):
        assert len(feed.xpath(path, namespaces=space)) == 1, path
    assert feed.xpath("a:entry/a:title/text()", namespaces=space) == [f"版本 {tiny.project.site.version}"]
    assert (
        "新增編號 2，改動 1，撤銷、拆分或合併 3"
        in feed.xpath("a:entry/a:summary/text()", namespaces=space)[0]
    )
    assert addresses.FEED in links_of(read(tiny_site[addresses.HOME].decode()), "alternate")


def test_a_reading_page_has_only_the_date_of_the_work(repository: Checked, repository_site: Files) -> None:
    assert repository.project is not None
    work = repository.project.works[0]
    page = read(repository_site[addresses.reading(work.id)].decode())
    head = page.all("head")[0]
    reported = [value for e in head for value in e.attributes.values()] + [e.text for e in head.all("script")]
    day = repository.project.site.date.isoformat()
    assert not [value for value in reported if day in value]
    assert day not in page.all("footer")[0].text
    assert page.meta("author") == [person.name.whole for person in work.record.authors]
    other = read(repository_site[addresses.SILENCE].decode())
    assert other.meta("author") == [repository.project.site.publisher]
    assert other.meta("DC.date") == [day]
