"""Exports and imports of a project with translations into several languages, English not being special."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import lxml.html
import pytest
from conftest import tiny_parts
from lxml import etree
from proof_tools import localized

from site_builder import check
from site_builder.citing import citation, references
from site_builder.edition import addresses, codetree, translations
from site_builder.edition.edition import Edition
from site_builder.edition.locale import converted, locales
from site_builder.formats import crate, passages, tei
from site_builder.formats.refi import read as refi_read
from site_builder.formats.refi import write as refi_write
from site_builder.formats.tables import read as table_read
from site_builder.formats.tables import write as table_write
from site_builder.formats.webannotation import bodies
from site_builder.importing import resolve
from site_builder.language import catalogue
from site_builder.language.characters import is_han
from site_builder.model import NOWHERE, Entry, LanguageView, Localized, Place, Project, Tagging, Term
from site_builder.site import assets, pages
from site_builder.site.presenter import Presenter
from site_builder.site.render import Renderer
from site_builder.source import prose

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def translated(*languages: str) -> Project:
    """The tiny project with texts of each kind in some languages, and in no other."""

    def words(text: str) -> Localized:
        return Localized(text, translations={language: f"{language}: {text}" for language in languages})

    def own(text: Localized) -> Localized:
        return words(text) if text else text

    def annotated(tagging: Tagging) -> Tagging:
        cells = tuple(replace(cell, note=own(cell.note)) for cell in tagging.cells)
        return replace(tagging, gist=own(tagging.gist), note=own(tagging.note), cells=cells)

    def defined(entry: Entry) -> Entry:
        text = entry.definition.text
        others = {tag: prose.inline(f"{tag}: {text}", NOWHERE, "x-")[0] for tag in languages}
        definition = replace(entry.definition, translations=others)
        return replace(entry, name=words(entry.name), definition=definition)

    def named(trait: Term) -> Term:
        return replace(trait, name=words(trait.name), definition=own(trait.definition))

    project, _ = tiny_parts()
    edges = tuple(replace(edge, note=own(edge.note)) for edge in project.edges)
    project = replace(project, notes=(), coders=(), edges=edges)
    cells = tuple(replace(cell, traits=tuple(map(named, cell.traits))) for cell in project.grid.cells)
    grid = replace(project.grid, cells=cells)
    works = tuple(
        replace(
            work,
            record=replace(
                work.record,
                title=words(work.record.title),
                short=Localized(work.record.short),
                container=Localized(work.record.container),
            ),
        )
        for work in project.works
    )
    return replace(
        project,
        site=replace(project.site, title=words(project.site.title), views=project.site.views[:1]),
        works=works,
        taggings=tuple(map(annotated, project.taggings)),
        grid=replace(
            grid,
            name=Localized(grid.name),
            **{
                name: tuple(replace(one, name=words(one.name)) for one in getattr(grid, name))
                for name in ("dimensions", "poles", "cells", "relations", "functions")
            },
        ),
        facets=tuple(
            replace(
                facet,
                name=words(facet.name),
                entries=tuple(map(defined, facet.entries)),
            )
            for facet in project.facets
        ),
    )


def table(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


SETS = pytest.mark.parametrize("languages", [(), ("de",), ("de", "en", "pt-BR")])


@SETS
def test_the_languages_of_a_project_are_those_of_its_translations(languages: tuple[str, ...]) -> None:
    assert translations.languages(translated(*languages)) == languages


@SETS
def test_tables_and_json_have_a_column_for_each_language(languages: tuple[str, ...]) -> None:
    project = translated(*languages)
    edition = Edition.of(project)
    rows = table(table_write.passages_csv(edition, converted(locales(project))))
    assert {name for name in rows[0] if name.startswith("gist_")} == {f"gist_{one}" for one in languages}
    assert any(row["gist"] for row in rows)
    for row in rows:
        for column in ("gist", "note", "tag_note"):
            wanted = [row[column] and f"{one}: {row[column]}" for one in languages]
            assert [row[f"{column}_{one}"] for one in languages] == wanted
    assert any(row["note"] for row in rows)
    assert any(row["tag_note"] for row in rows)
    codes = table(table_write.codebook_csv(edition))
    assert {name for name in codes[0] if name.startswith("name_")} == {f"name_{one}" for one in languages}
    assert all(row[f"name_{one}"] == f"{one}: {row['name']}" for row in codes for one in languages)
    entries = [row for row in codes if row["kind"] == "entry"]
    assert all(
        row[f"definition_{one}"] == f"{one}: {row['definition']}" for row in entries for one in languages
    )
    found = json.loads(passages.passages(edition, converted(locales(project)))["passages.json"])
    schema = json.loads(passages.schema(edition, converted(locales(project))))
    allowed = schema["properties"]["passages"]["items"]["required"]
    for passage in found["passages"]:
        assert list(passage) == allowed
        assert {name for name in passage if name.startswith("gist_")} == {f"gist_{one}" for one in languages}
        for noted in (passage, *passage["cells"]):
            for one in languages:
                assert noted[f"note_{one}"] == (noted["note"] and f"{one}: {noted['note']}")


@SETS
def test_tei_has_each_language(languages: tuple[str, ...]) -> None:
    project = translated(*languages)
    root = etree.fromstring(tei.document(Edition.of(project), project.works[0]))
    gists = root.xpath("//*[local-name()='note'][@type='gist']")
    assert {one.get(XML_LANG) for one in gists} == {project.site.language, *languages}
    glosses = root.xpath(
        "//*[local-name()='catDesc'][*[local-name()='term'] and ../@*[.='entry.ways.cover']]"
    )
    texts = {one.get(XML_LANG): one.xpath("string(*[local-name()='gloss'])") for one in glosses}
    own = texts[project.site.language]
    assert own
    assert {tag: texts[tag] for tag in languages} == {tag: f"{tag}: {own}" for tag in languages}
    listed = root.xpath("//*[local-name()='language']/@ident")
    assert {project.works[0].record.tag, "en", *languages} <= {*listed}
    assert len({*listed}) == len(listed)


@SETS
def test_gists_and_notes_in_each_language_come_back(languages: tuple[str, ...]) -> None:
    """From a table and from REFI-QDA; the reasons of cells from a table."""
    project = translated(*languages)
    edition = Edition.of(project)
    wanted = {
        (t.coder, t.passage, kind, words)
        for t in project.taggings
        for name, text in (("gist", t.gist), ("note", t.note))
        for kind, words in ((name, text), *((f"{name}_{one}", text.of(one)) for one in languages))
        if words
    }
    assert {kind for *_, kind, _ in wanted} >= {"gist", "note", *(f"note_{one}" for one in languages)}
    data = table_write.passages_csv(edition, converted(locales(project)))
    for found in (
        table_read.read(data, "t.csv", project, edition.index),
        refi_read.read(refi_write.project(edition), "p.qdpx", project, edition.index),
    ):
        kinds = {
            (s.coder, s.passage, s.kind, s.value)
            for s in found.statements
            if s.kind.startswith(("gist", "note"))
        }
        assert kinds == wanted
    reasons = {
        (one.passage, one.value, one.note, one.translations)
        for one in table_read.read(data, "t.csv", project, edition.index).statements
        if one.note
    }
    noted = {
        (t.passage, cell.cell, str(cell.note), tuple((one, cell.note.of(one)) for one in languages))
        for t in project.taggings
        for cell in t.cells
        if cell.note
    }
    assert reasons == noted
    assert noted


def test_the_notes_of_imported_tags_keep_their_translations() -> None:
    project = translated("de", "en")
    edition = Edition.of(project)
    data = table_write.passages_csv(edition, converted(locales(project)))
    found = resolve.resolve(table_read.read(data, "t.csv", project, edition.index).statements, edition.index)
    for tagging in project.taggings:
        row = found.tags[(tagging.coder, tagging.work)][tagging.passage]
        assert [row.get(f"note_{tag}", "") for tag in ("de", "en")] == [
            tagging.note.of(t) for t in ("de", "en")
        ]
        written = {(one["cell"], one.get("relation", "")): one for one in row.get("cells", [])}
        for cell in tagging.cells:
            one = written[(cell.cell, cell.relation)]
            assert (one.get("note", ""), one.get("note_en", "")) == (cell.note, cell.note.of("en"))


def test_the_hint_for_a_misspelt_gist_is_one_in_a_language_of_the_edition() -> None:
    project = translated("de")
    first = project.taggings[0]
    wrong = replace(first, facets={**first.facets, "gits_de": first.place})
    found = check.run(Edition.of(replace(project, taggings=(wrong, *project.taggings[1:]))))
    assert [(one.message, one.hint) for one in found if one.code == "G003"] == [
        ("unknown facet: gits_de", "did you mean 'gist_de'?")
    ]


def test_a_column_of_a_translation_is_known_by_any_tag_of_a_language() -> None:
    names = ("gist_en", "Gist DE", "gist-pt-br", "note_zh_hans", "tag note en", "gist_x", "gist_")
    assert [table_read.column(name) for name in names] == [
        *("gist_en", "gist_de", "gist_pt-BR", "note_zh-Hans", "tag_note_en", "", "")
    ]


@pytest.mark.parametrize(
    ("language", "kind"),
    [
        *(("de", "gist_de"), ("de-AT", "gist_de"), ("fr", "gist_fr"), ("en-GB", "gist_en-GB")),
        *(("zh-Hans", "gist"), ("zh", "gist"), ("", "gist"), ("nonsense", "gist")),
    ],
)
def test_a_body_in_another_language_is_a_translation_of_the_gist(language: str, kind: str) -> None:
    project = translated("de")
    body = {"type": "TextualBody", "purpose": "describing", "value": "Kern", "language": language}
    codebook = bodies.Codebook(project, Edition.of(project).index)
    assert codebook.content({"body": body}, NOWHERE).gists == [(kind, "Kern")]


@pytest.mark.parametrize(("language", "found"), [("de", {"de": ["Notiz"]}), ("zh-Hans", {}), ("", {})])
def test_a_comment_in_another_language_is_a_translation_of_the_note(
    language: str, found: dict[str, list[str]]
) -> None:
    project = translated("de")
    body = {"type": "TextualBody", "purpose": "commenting", "value": "Notiz", "language": language}
    content = bodies.Codebook(project, Edition.of(project).index).content({"body": body}, NOWHERE)
    assert content.translations == found
    assert content.comments == ([] if found else ["Notiz"])
    assert content.has_comments


@SETS
def test_a_code_is_described_in_each_language(languages: tuple[str, ...]) -> None:
    found = next(code for code in codetree.codes(translated(*languages)) if code.above == "")
    assert found.translations == tuple(f"{one}: {found.name}" for one in languages)


@pytest.mark.parametrize(
    ("languages", "names"), [((), None), (("de",), "de: X"), (("de", "fr"), ["de: X", "fr: X"])]
)
def test_the_crate_has_the_title_in_each_language(
    languages: tuple[str, ...], names: str | list[str] | None
) -> None:
    project = translated(*languages)
    title = Localized("X", translations={one: f"{one}: X" for one in languages})
    edition = Edition.of(replace(project, site=replace(project.site, title=title)))
    graph = {one["@id"]: one for one in json.loads(crate.crate(edition, {}, {}))["@graph"]}
    assert graph["./"].get("alternateName") == names


def titled(**subtitles: str) -> Project:
    """The tiny project with a title in German and English, and a subtitle in some languages."""
    project, _ = tiny_parts()
    site = replace(
        project.site,
        title=Localized("題", translations={"de": "Titel", "en": "Title"}),
        subtitle=Localized("副題", translations=subtitles),
        views=(*project.site.views[:1], LanguageView(language="en", folder="en")),
    )
    return replace(project, site=site)


TITLES = pytest.mark.parametrize(
    ("subtitles", "english", "german"),
    [
        ({}, "Title", "Titel"),
        ({"en": "Subtitle"}, "Title: Subtitle", "Titel"),
        ({"en": "Subtitle", "de": "Untertitel"}, "Title: Subtitle", "Titel: Untertitel"),
    ],
)


@TITLES
def test_a_translated_title_of_the_edition_has_the_translated_subtitle(
    subtitles: dict[str, str], english: str, german: str
) -> None:
    project = titled(**subtitles)
    edition, record = Edition.of(project), project.works[0].record
    title = references.edition_title(project.site)
    assert (title, title.of("en"), title.of("de"), title.of("fr")) == ("題：副題", english, german, "")
    latin = [one.entry for one in citation.styles(record, project.site) if one.of == "edition" and one.latin]
    assert len(latin) == 5
    assert all(f"題：副題 [{english}]" in entry for entry in latin)
    root = etree.fromstring(tei.document(edition, project.works[0]))
    for path in ("titleStmt']/*[@type='sub']", "projectDesc']/*[@xml:lang!='zh-Hant']"):
        found = root.xpath(f"//*[local-name()='{path}", namespaces={"xml": XML_LANG[1:].partition("}")[0]})
        words = {one.get(XML_LANG): one.text for one in found}
        assert words == {"en": english, "de": german} | ({"zh-Hant": "題：副題"} if "title" in path else {})
    graph = {one["@id"]: one for one in json.loads(crate.crate(edition, {}, {}))["@graph"]}
    assert (graph["./"]["name"], graph["./"]["alternateName"]) == ("題：副題", [english, german])


@TITLES
def test_a_page_describes_the_edition_by_its_title_in_the_language_of_the_view(
    subtitles: dict[str, str], english: str, german: str
) -> None:
    edition = Edition.of(titled(**subtitles))
    presenter = Presenter(edition)
    home = next(view for view in pages.views(presenter) if view.address == addresses.HOME)
    found = {}
    for locale in locales(edition.project):
        text = Renderer(presenter, assets.TEMPLATES, locale).page(home).text
        (data,) = lxml.html.fromstring(text).xpath("//script[@type='application/ld+json']/text()")
        found[locale.language] = json.loads(data)
    assert {language: data["name"] for language, data in found.items()} == {
        "zh-Hant": "題：副題",
        "en": english,
    }
    assert {language: data["alternateName"] for language, data in found.items()} == {
        "zh-Hant": [english, german],
        "en": ["題：副題", german],
    }


def descriptions(project: Project) -> dict[str, dict[str, str]]:
    """Language of a view → address → the description in the head of the page."""
    presenter = Presenter(Edition.of(project))
    found: dict[str, dict[str, str]] = {}
    for locale in locales(project):
        renderer = Renderer(presenter, assets.TEMPLATES, locale)
        for view in pages.views(presenter):
            root = lxml.html.fromstring(renderer.page(view).text)
            (words,) = root.xpath("//meta[@name='description']/@content")
            (shared,) = root.xpath("//meta[@property='og:description']/@content") or [""]
            assert words == shared
            found.setdefault(locale.language, {})[view.address] = words
    return found


def test_a_page_is_described_in_the_language_of_the_view_if_the_site_is() -> None:
    """Only a text that has a translation, or that of the site, describes a page of a translated view."""
    project = titled(en="Subtitle")
    site = replace(project.site, description=Localized("述", translations={"en": "The site."}))
    page = next(page for page in project.pages if not page.about)
    opening, _ = prose.inline("An opening.", Place(path="a.md"), "x-")
    of_page = replace(page, prose=replace(page.prose, translations={"en": opening}))
    others = tuple(one for one in project.pages if one.id != page.id)
    found = descriptions(replace(project, site=site, pages=(*others, of_page)))
    assert found["en"][f"{page.id}.html"] == "An opening."
    assert found["zh-Hant"][f"{page.id}.html"] == page.prose.text[:80]
    entry = next(entry for facet in project.facets for entry in facet.entries if entry.definition.text)
    address = addresses.entry(entry, Edition.of(project).index.facets)
    assert found["zh-Hant"][address] == entry.definition.text
    assert found["en"][address] == "The site."
    assert not [address for address, words in found["en"].items() if any(map(is_han, words))]
    untranslated = descriptions(replace(project, site=replace(site, description=Localized("述"))))
    assert untranslated["en"][address] == entry.definition.text
    assert untranslated["zh-Hant"] == found["zh-Hant"]


def test_a_citation_knows_the_language_of_its_style() -> None:
    project, _ = tiny_parts()
    forms = citation.styles(project.works[0].record, project.site)
    found = {form.style: form.language for form in forms}
    assert found == {
        "GB/T 7714—2025": "zh-Hant",
        **dict.fromkeys(("APA 7", "MLA 9"), "en"),
        **{f"Chicago 18, {form}": "en" for form in ("note", "bibliography", "author–date")},
        **dict.fromkeys(("BibTeX", "RIS", "CSL-JSON"), ""),
    }


def test_a_reference_of_gbt_is_in_the_language_of_the_work() -> None:
    project, _ = tiny_parts()
    record = localized(project.works[0].record, language="en", script="")
    found = {(form.of, form.style): form.language for form in citation.styles(record, project.site)}
    assert found["article", "GB/T 7714—2025"] == "en"
    simplified = localized(record, language="zh", script="Hans", translators=record.authors)
    styled = citation.styles(simplified, project.site)[0]
    assert (styled.language, "，译. " in styled.entry) == ("zh-Hans", True)
    assert found["edition", "GB/T 7714—2025"] == "zh-Hant"


STYLES_IN_A_VIEW = (
    ("zh-Hant", "芝加哥格式第 18 版，註"),
    ("zh-Hans", "芝加哥格式第 18 版，注释"),
    ("en", "Chicago 18, note"),
)


@pytest.mark.parametrize(("view", "name"), STYLES_IN_A_VIEW)
def test_a_style_has_its_name_in_the_language_of_the_view(view: str, name: str) -> None:
    project, _ = tiny_parts()
    names = {one.style: one.name for one in citation.styles(project.works[0].record, project.site)}
    assert catalogue.of(view).text(names["Chicago 18, note"]) == name
    assert names["APA 7"] == "APA 7"
