"""``data/annotations.jsonld``, checked with W3C's own schemas, an RDF library and real clients.

The tests use two projects that share nothing, and one whose text has a character beyond the BMP.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Any

import proof_tools
import pytest
import test_browser
from conftest import Files
from jsonschema import Draft4Validator
from playwright.sync_api import Browser, Page
from rdflib import RDF, Graph, Namespace
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT4
from samples import on_site

from site_builder.edges import write
from site_builder.edition import addresses, identifiers
from site_builder.edition.edition import Edition
from site_builder.edition.index import build_index
from site_builder.formats import codings, makers
from site_builder.formats.webannotation import write as webannotation
from site_builder.formats.webannotation.scribe import AROUND, FRAGMENTS
from site_builder.model import Localized, Passage, Project, Quote, Work
from site_builder.pipeline import Checked
from site_builder.pipeline.assemble import Assembler
from site_builder.site import assets

chromium = test_browser.chromium
Record = dict[str, Any]
OA = Namespace("http://www.w3.org/ns/oa#")
RARE = "𠮷"


# --- projects -------------------------------------------------------------------------------------


def with_rare_characters(project: Project) -> Project:
    """The project with such a character before every comma, and so before most quotations."""

    def text(block: Any) -> Any:
        return replace(block, text=re.sub("([，。])", rf"\1{RARE}", block.text))

    def work(one: Work) -> Work:
        return replace(one, blocks=tuple(text(b) if isinstance(b, Passage) else b for b in one.blocks))

    return replace(project, works=tuple(map(work, project.works)))


@pytest.fixture(scope="module", params=["repository", "tiny", "rare"])
def checked(request: pytest.FixtureRequest) -> Checked:
    if request.param != "rare":
        found: Checked = request.getfixturevalue(request.param)
        return found
    tiny: Checked = request.getfixturevalue("tiny")
    assert tiny.project is not None
    project = with_rare_characters(tiny.project)
    return Checked(project=project, index=build_index(project), problems=())


def edition_of(checked: Checked, *, with_text: bool = True) -> Edition:
    assert checked.project is not None
    assert checked.index is not None
    return Edition(checked.project, checked.index, with_text=with_text)


@pytest.fixture(scope="module")
def edition(checked: Checked) -> Edition:
    return edition_of(checked)


def exported(edition: Edition) -> bytes:
    """The file, made with the reading pages of the same edition."""
    return makers.web_annotations(assembler_of(edition).material())["data/annotations.jsonld"]


def assembler_of(edition: Edition) -> Assembler:
    return Assembler(edition, lambda _: None)


def collection_of(edition: Edition) -> Record:
    found: Record = json.loads(exported(edition))
    return found


@pytest.fixture(scope="module")
def collection(edition: Edition) -> Record:
    return collection_of(edition)


@pytest.fixture(scope="module")
def items(collection: Record) -> list[Record]:
    found: list[Record] = collection["first"]["items"]
    return found


def bodies(item: Record) -> list[Record]:
    body = item["body"]
    return body if isinstance(body, list) else [body]


def refined(item: Record) -> dict[str, Record]:
    """The FragmentSelector of an annotation and those that refine it, by type."""
    fragment = item["target"]["selector"][0]
    return {one["type"]: one for one in (fragment, *fragment.get("refinedBy", ()))}


def on_page(item: Record) -> dict[str, Record]:
    """The selectors of an annotation that count in the whole page, by type."""
    return {one["type"]: one for one in item["target"]["selector"][1:]}


def passage_of(edition: Edition, item: Record) -> Passage:
    source = item["target"]["source"].removeprefix(identifiers.base(edition.project))
    work, _, page = source.partition("/")
    assert page == "index.html"
    return edition.index.passages[(work, refined(item)["FragmentSelector"]["value"])]


# --- what it holds --------------------------------------------------------------------------------


def statements(edition: Edition) -> Iterator[tuple[str, ...]]:
    """(coder, passage, tag, words) of everything that the coders say."""
    for tagging, passage in codings.taggings(edition.project):
        where = (tagging.coder, passage.id)
        if tagging.function:
            yield (*where, f"function:{tagging.function}", "")
        for words in filter(None, (tagging.gist, tagging.gist.of("en"), tagging.note, tagging.note.of("en"))):
            yield (*where, words, "")
        for coding in codings.codings(edition.index, tagging, passage):
            tag = f"{coding.facet or coding.code}:{coding.code if coding.facet else coding.relation}"
            for quotation in coding.quotations or ("",):
                yield (*where, tag, quotation)


def is_statement(item: Record) -> bool:
    """Whether an annotation is a coder's statement: no alternative, no note of the editors and no edge."""
    purposes = {body["purpose"] for body in bodies(item)}
    return not purposes & {"questioning", "linking", "identifying"}


def test_the_file_has_the_tags_of_every_coder(edition: Edition, items: list[Record]) -> None:
    found = []
    for item in filter(is_statement, items):
        tags = [body["value"] for body in bodies(item) if body["purpose"] == "tagging"]
        words = refined(item).get("TextQuoteSelector", {"exact": ""})["exact"]
        tag = tags[0] if tags else bodies(item)[0]["value"]
        found.append((item["creator"]["name"], passage_of(edition, item).id, tag, words))
    assert Counter(found) == Counter(statements(edition))
    assert len(found) > 50


def test_every_position_gives_its_quotation(edition: Edition, items: list[Record]) -> None:
    quoted = [item for item in items if "refinedBy" in refined(item)["FragmentSelector"]]
    assert len(quoted) > 10
    for item in quoted:
        quote, position = refined(item)["TextQuoteSelector"], refined(item)["TextPositionSelector"]
        text = passage_of(edition, item).text
        start, end = position["start"], position["end"]
        assert text[start:end] == quote["exact"]
        assert text[:start].endswith(quote["prefix"])
        assert text[end:].startswith(quote["suffix"])


def test_a_quotation_has_its_context_and_occurs_once_in_its_work(
    edition: Edition, items: list[Record]
) -> None:
    whole = {work.id: "\n".join(p.text for p in work.passages) for work in edition.project.works}
    for item in items:
        quote = refined(item).get("TextQuoteSelector")
        if quote is None:
            continue
        position, text = refined(item)["TextPositionSelector"], passage_of(edition, item).text
        assert len(quote["prefix"]) >= min(AROUND, position["start"])
        assert len(quote["suffix"]) >= min(AROUND, len(text) - position["end"])
        work = item["target"]["source"].removeprefix(identifiers.base(edition.project)).partition("/")[0]
        assert whole[work].count(quote["prefix"] + quote["exact"] + quote["suffix"]) == 1


def body_texts(edition: Edition) -> dict[str, str]:
    """Work → the text of the body of its reading page, by the tests' own reader of pages."""
    found = {}
    for work in edition.project.works:
        [body] = proof_tools.read(assembler_of(edition).reading_page(work)).all("body")
        found[work.id] = "".join(part for part in texts(body))
    return found


def texts(element: proof_tools.Element) -> Iterator[str]:
    for child in element.children:
        if isinstance(child, str):
            yield child
        elif child.tag != "template":
            yield from texts(child)


def test_every_selector_of_the_page_means_what_the_fragment_means(
    edition: Edition, items: list[Record]
) -> None:
    bodies_ = body_texts(edition)
    for item in items:
        assert [*on_page(item)] == ["TextQuoteSelector", "TextPositionSelector"]
        work = item["target"]["source"].removeprefix(identifiers.base(edition.project)).partition("/")[0]
        page, passage = bodies_[work], passage_of(edition, item)
        quote, position = on_page(item)["TextQuoteSelector"], on_page(item)["TextPositionSelector"]
        words = refined(item).get("TextQuoteSelector", {"exact": passage.text})["exact"]
        assert page[position["start"] : position["end"]] == quote["exact"] == words
        # the words in their context are on the page once, at that position
        context = quote["prefix"] + quote["exact"] + quote["suffix"]
        assert page.count(context) == 1
        assert page.index(context) + len(quote["prefix"]) == position["start"]
        # and that is the place in the passage which the fragment means
        within = refined(item).get("TextPositionSelector", {"start": 0})["start"]
        start = position["start"] - within
        assert page[start : start + len(passage.text)] == passage.text


def test_words_that_are_on_the_page_twice_get_the_words_around_their_passage(tiny: Checked) -> None:
    """Two passages of the same words: the context goes on beyond the passage."""
    assert tiny.project is not None
    [work] = tiny.project.works
    twin = next(p.text for p in work.passages if p.id == "p2")
    blocks = tuple(replace(b, text=twin) if b.id == "p10" else b for b in work.blocks)
    taggings = tuple(replace(t, cells=(), entries=()) for t in tiny.project.taggings)
    project = replace(tiny.project, works=(replace(work, blocks=blocks),), taggings=taggings)
    edition = Edition.of(project)
    found = collection_of(edition)["first"]["items"]
    starts = {}
    page = body_texts(edition)[work.id]
    for item in found:
        quote, position = on_page(item)["TextQuoteSelector"], on_page(item)["TextPositionSelector"]
        context = quote["prefix"] + quote["exact"] + quote["suffix"]
        assert page.count(context) == 1
        assert page.index(context) + len(quote["prefix"]) == position["start"]
        starts.setdefault(refined(item)["FragmentSelector"]["value"], set()).add(position["start"])
    assert len(starts["p2"]) == len(starts["p10"]) == 1
    assert starts["p2"] != starts["p10"]


def test_words_that_recur_in_the_same_context_get_more_of_it(tiny: Checked) -> None:
    assert tiny.project is not None
    [work] = tiny.project.works
    twice = "甲" * 60 + "水" + "乙" * 40
    blocks = tuple(replace(b, text=f"{twice}丙{twice}") if b.id == "p2" else b for b in work.blocks)
    tagging = next(t for t in tiny.project.taggings if (t.coder, t.passage) == ("editors", "p2"))
    evidence = (Quote(text="水", suffix="乙" * 40 + "丙"), Quote(text="水", prefix="丙" + "甲" * 60))
    cells = (replace(tagging.cells[0], evidence=evidence),)
    tagging = replace(tagging, cells=cells, alternatives=(), entries=())
    project = replace(
        tiny.project, works=(replace(work, blocks=blocks),), taggings=(tagging,), notes=(), edges=()
    )
    found = collection_of(Edition.of(project))["first"]["items"]
    selectors = [refined(item) for item in found if "TextQuoteSelector" in refined(item)]
    starts = [one["TextPositionSelector"]["start"] for one in selectors]
    assert starts == [60, 162]
    for start, one in zip(starts, selectors, strict=True):
        quote = one["TextQuoteSelector"]
        whole = quote["prefix"] + quote["exact"] + quote["suffix"]
        assert f"{twice}丙{twice}".count(whole) == 1
        assert f"{twice}丙{twice}".index(whole) == start - len(quote["prefix"])


def test_the_whole_is_one_page_of_one_collection(collection: Record, items: list[Record]) -> None:
    page = collection["first"]
    assert collection["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert (collection["type"], page["type"]) == ("AnnotationCollection", "AnnotationPage")
    assert collection["total"] == len(items)
    assert page["partOf"] == collection["id"]
    assert page["startIndex"] == 0
    assert "next" not in page
    assert collection["last"] == page["id"]


def test_two_works_are_in_one_page(tiny: Checked) -> None:
    assert tiny.project is not None
    [work] = tiny.project.works
    other = replace(work, record=proof_tools.localized(work.record, id="brook"))
    theirs = tuple(replace(t, work="brook") for t in tiny.project.taggings)
    grid = tiny.project.grid
    cells = tuple(
        replace(cell, words=tuple(replace(one, work=work.id) for one in cell.words)) for cell in grid.cells
    )
    project = replace(
        tiny.project,
        works=(work, other),
        grid=replace(grid, cells=cells),
        taggings=(*tiny.project.taggings, *theirs),
        notes=(),
        edges=(),
    )
    collection = collection_of(Edition.of(project))
    sources = Counter(item["target"]["source"] for item in collection["first"]["items"])
    assert [source.split("/")[-2] for source in sources] == ["canal", "brook"]
    assert len({*sources.values()}) == 1
    assert collection["total"] == sum(sources.values())
    assert len({item["id"] for item in collection["first"]["items"]}) == collection["total"]


def test_motivations_are_the_purposes_of_the_bodies(items: list[Record]) -> None:
    for item in items:
        motivation = item["motivation"]
        motives = motivation if isinstance(motivation, list) else [motivation]
        assert motives == list(dict.fromkeys(body["purpose"] for body in bodies(item)))
    assert {"classifying", "tagging", "describing"} <= {b["purpose"] for i in items for b in bodies(i)}


def test_dates_are_whole_and_none_is_invented(
    edition: Edition, collection: Record, items: list[Record]
) -> None:
    """The reading of a coder with a record has its own date."""
    day = f"{edition.project.site.date.isoformat()}T00:00:00Z"
    read = {coder.id: f"{coder.date.isoformat()}T00:00:00Z" for coder in edition.project.coders}
    for one in (collection, *items):
        created = read.get(one["creator"]["name"], day)
        assert [one[name] for name in ("created", "modified", "generated")] == [created, day, day]


@pytest.mark.parametrize(
    ("licences", "rights"),
    [
        (
            [("annotations", "標記：CC BY 4.0"), ("software", "MIT")],
            "https://creativecommons.org/licenses/by/4.0/",
        ),
        ([("all", "CC0")], "https://creativecommons.org/publicdomain/zero/1.0/"),
        ([("annotations", "另行商定"), ("software", "MIT")], None),
        ([("text", "CC BY 4.0"), ("software", "MIT")], None),
        ([], None),
    ],
)
def test_the_licence_is_that_of_the_annotations_or_none(
    tiny: Checked, licences: list[tuple[str, str]], rights: str | None
) -> None:
    assert tiny.project is not None
    term = tiny.project.grid.relations[0]
    terms = tuple(replace(term, id=id_, name=Localized(name)) for id_, name in licences)
    project = replace(tiny.project, site=proof_tools.localized(tiny.project.site, licences=terms))
    found = collection_of(Edition.of(project))
    assert {one.get("rights") for one in (found, *found["first"]["items"])} == {rights}


# --- ids and addresses ----------------------------------------------------------------------------


def test_ids_are_unique_and_do_not_change_with_the_address_or_the_title(
    checked: Checked, collection: Record, items: list[Record]
) -> None:
    ids = [item["id"] for item in items]
    assert len({*ids}) == len(ids)
    assert all(re.fullmatch(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", id_) for id_ in ids)
    assert checked.project is not None
    site = proof_tools.localized(
        checked.project.site, address="https://elsewhere.example/x/", title="別名", version="9"
    )
    moved = replace(checked.project, site=site)
    later = collection_of(Edition.of(moved))
    assert [item["id"] for item in later["first"]["items"]] == ids
    assert (later["id"], later["first"]["id"]) == (collection["id"], collection["first"]["id"])
    assert later["first"]["items"][0]["target"]["source"].startswith("https://elsewhere.example/x/")


def test_an_id_stays_while_the_words_move_in_their_passage(tiny: Checked) -> None:
    assert tiny.project is not None
    moved = with_rare_characters(tiny.project)
    ids = [
        {item["id"] for item in collection_of(Edition.of(p))["first"]["items"]} for p in (tiny.project, moved)
    ]
    kept = ids[0] & ids[1]
    assert len(kept) > len(ids[0]) - 4  # a quotation that reaches over a comma is not there any more


def test_without_an_address_none_is_invented(tiny: Checked) -> None:
    assert tiny.project is not None
    edition = Edition.of(on_site(tiny.project, address=""))
    text = exported(edition).decode()
    named = {*re.findall(r'"(https?://[^"]*)"', text)}
    licence = "https://creativecommons.org/publicdomain/zero/1.0/"
    assert named == {webannotation.CONTEXT, FRAGMENTS, licence}


@pytest.mark.parametrize("name", ["repository", "tiny"])
def test_every_address_leads_to_a_page_of_the_site_and_an_element_of_it(
    name: str, request: pytest.FixtureRequest
) -> None:
    edition = edition_of(request.getfixturevalue(name))
    files = request.getfixturevalue(f"{name}_site")
    found = collection_of(edition)["first"]["items"]
    sources = {body["source"] for item in found for body in bodies(item) if "source" in body}
    for item in found:
        sources.add(f"{item['target']['source']}#{refined(item)['FragmentSelector']['value']}")
    ids: dict[str, set[str]] = {}
    for source in sources:
        path, _, fragment = source.removeprefix(identifiers.base(edition.project)).partition("#")
        assert path in files, source
        if path not in ids:
            ids[path] = {*proof_tools.read(files[path].decode()).ids}
        assert not fragment or fragment in ids[path], source
    assert any("#relation-" in source for source in sources)
    assert any("#function-" in source for source in sources)


def test_an_element_that_is_named_contains_the_text_and_nothing_else(
    repository: Checked, repository_site: Files
) -> None:
    edition = edition_of(repository)
    files = repository_site
    for (work, id_), passage in edition.index.passages.items():
        for address in (f"{work}/index.html", f"{work}/{id_}.html"):
            assert proof_tools.read(files[address].decode()).by_id(id_).text == passage.text


# --- the text that may not be published -----------------------------------------------------------


def test_without_the_text_nothing_is_quoted_and_all_else_is_the_same(
    checked: Checked, items: list[Record]
) -> None:
    bare = collection_of(edition_of(checked, with_text=False))["first"]["items"]
    assert {"exact", "prefix", "suffix"} & {*re.findall(r'"(\w+)":', json.dumps(items))}
    assert not {"exact", "prefix", "suffix"} & {*re.findall(r'"(\w+)":', json.dumps(bare))}
    wanted = deepcopy(items)
    for item in wanted:
        [selector, *_] = item["target"]["selector"]
        if "refinedBy" in selector:
            selector["refinedBy"] = [refined(item)["TextPositionSelector"]]
        item["target"]["selector"] = [selector]  # no page has the words
    assert bare == wanted


# --- programs of others ---------------------------------------------------------------------------


FINER = ("minLength", "maxLength", "maximum", "multipleOf", "uniqueItems")
"""Keywords of JSON Schema that would see more of a value than :class:`Seen` keeps."""


class Seen:
    """What schemas can see of a value, so that values that look the same to them are validated once.

    Of a string, it is the string itself if a schema names it, else which patterns and formats it has; of a
    number, its type and sign.
    """

    def __init__(self, schemas: Iterable[Any]) -> None:
        self.words: set[str] = set()
        self.patterns: set[str] = set()
        self.formats: set[str] = set()
        for schema in schemas:
            self._collect(schema)

    def _collect(self, part: Any) -> None:
        if isinstance(part, str):
            self.words.add(part)
        for key, value in part.items() if isinstance(part, dict) else ():
            assert key not in FINER, key
            assert key != "minimum" or value == 0, value
            self.words.add(key)
            if isinstance(value, str):
                self.patterns |= {value} if key == "pattern" else set()
                self.formats |= {value} if key == "format" else set()
            self._collect(value)
        for each in part if isinstance(part, list) else ():
            self._collect(each)

    def of(self, value: Any) -> Hashable:
        if isinstance(value, dict):
            return tuple((key, self.of(value[key])) for key in sorted(value))
        if isinstance(value, list):
            return tuple(map(self.of, value))
        if isinstance(value, str):
            return self._of_string(value)
        return type(value), value >= 0 if isinstance(value, int | float) else value

    def _of_string(self, value: str) -> Hashable:
        if value in self.words:
            return value
        checker = Draft4Validator.FORMAT_CHECKER
        matched = tuple(bool(re.search(pattern, value)) for pattern in sorted(self.patterns))
        return str, matched, tuple(checker.conforms(value, name) for name in sorted(self.formats))


def schemas_of(tree: Path, group: str) -> Iterator[Any]:
    """The schemas that a group of assertions uses."""
    for path in ((tree / "definitions").glob("*.json"), map(tree.joinpath, names_of(tree, group))):
        for one in path:
            yield json.loads(one.read_text())


def names_of(tree: Path, group: str) -> list[str]:
    names: list[str] = json.loads((tree / group).read_text())["assertions"]
    return names


def assertions(tree: Path, group: str) -> Iterator[tuple[str, Draft4Validator, bool]]:
    """(name, schema, whether it must hold) of a group of the assertions of W3C's test suite."""
    registry: Registry[Any] = Registry()
    for path in (tree / "definitions").glob("*.json"):
        resource = Resource(contents=json.loads(path.read_text()), specification=DRAFT4)
        for uri in (path.name, f"definitions/{path.name}"):
            registry = registry.with_resource(uri, resource)
    for name in names_of(tree, group):
        schema = json.loads((tree / name).read_text())
        schema.pop("id", None)
        yield (
            name,
            Draft4Validator(schema, registry=registry, format_checker=Draft4Validator.FORMAT_CHECKER),
            schema.get("expectedResult", "valid") == "valid",
        )


@pytest.mark.parametrize("whole", [True, False], ids=["collection", "annotations"])
def test_the_file_is_valid_by_the_schemas_of_w3c(
    collection: Record, items: list[Record], whole: bool
) -> None:
    tree = proof_tools.schemas("webanno")
    group = "collections/collectionMusts.test" if whole else "annotations/annotationMusts.test"
    records = [collection] if whole else [{"@context": collection["@context"], **item} for item in items]
    rules = list(assertions(tree, group))
    assert len(rules) > 9
    seen = Seen(schemas_of(tree, group))
    distinct = {seen.of(record): record for record in records}
    for name, validator, wanted in rules:
        for record in distinct.values():
            assert validator.is_valid(record) == wanted, (name, record["id"])


def test_a_fault_in_one_of_many_annotations_is_seen(collection: Record, items: list[Record]) -> None:
    """Records count as the same only if no schema can distinguish them."""
    tree = proof_tools.schemas("webanno")
    group = "annotations/annotationMusts.test"
    seen, rules = Seen(schemas_of(tree, group)), list(assertions(tree, group))
    good = {"@context": collection["@context"], **items[0]}
    target = good["target"]
    bad: list[Record] = [
        {**good, "type": "annotation"},
        {**good, "body": 1},
        {**good, "target": {**target, "source": ["a", "b"]}},
        {**good, "target": {**target, "selector": {"type": "TextPositionSelector", "start": -1, "end": 2}}},
        *({key: value for key, value in good.items() if key != name} for name in ("id", "target")),
    ]

    def verdicts(record: Record) -> list[bool]:
        return [validator.is_valid(record) for _, validator, _ in rules]

    for record in bad:
        assert verdicts(record) != verdicts(good), record
        assert seen.of(record) != seen.of(good), record


def test_the_schemas_of_w3c_find_a_fault(collection: Record, items: list[Record]) -> None:
    tree = proof_tools.schemas("webanno")
    rules = list(assertions(tree, "annotations/annotationMusts.test"))
    good = {"@context": collection["@context"], **items[0]}
    for name in ("id", "type", "target", "@context"):
        bad = {key: value for key, value in good.items() if key != name}
        assert any(validator.is_valid(bad) != wanted for _, validator, wanted in rules), name


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph")
def test_an_rdf_library_reads_every_annotation_with_its_parts(
    collection: Record, items: list[Record]
) -> None:
    context = json.loads(proof_tools.schemas("contexts/anno.jsonld").read_text())
    graph = Graph().parse(data=json.dumps({**collection, "@context": context["@context"]}), format="json-ld")
    found = {str(subject) for subject in graph.subjects(RDF.type, OA.Annotation)}
    assert found == {item["id"] for item in items}
    quotes = [one.get("TextQuoteSelector") for item in items for one in (refined(item), on_page(item))]
    exact = Counter(str(words) for words in graph.objects(None, OA.exact))
    assert exact == Counter(quote["exact"] for quote in quotes if quote)
    sources = {str(source) for source in graph.objects(None, OA.hasSource)}
    assert {item["target"]["source"] for item in items} <= sources
    assert len(list(graph.triples((None, OA.hasBody, None)))) == sum(len(bodies(item)) for item in items)


CLIENT = """import {createTextQuoteSelectorMatcher, createTextPositionSelectorMatcher}
    from "@apache-annotator/dom";
import {createTextAnnotator, W3CTextFormat} from "@recogito/text-annotator";
import {toRange as quoteToRange} from "dom-anchor-text-quote";
import {toRange as positionToRange} from "dom-anchor-text-position";
import {anchor} from "./src/annotator/anchoring/html.ts";

const matchers = {TextQuoteSelector: createTextQuoteSelectorMatcher,
    TextPositionSelector: createTextPositionSelectorMatcher};

// Where a range is: how many code points of an element before it, and its words.
function described(range, element) {
    const before = document.createRange();
    before.selectNodeContents(element);
    before.setEnd(range.startContainer, range.startOffset);
    return [Array.from(before.toString()).length, range.toString()];
}

async function apache(element, selector) {
    const scope = document.createRange(), found = [];
    scope.selectNodeContents(element);
    for await (const match of matchers[selector.type](selector)(scope)) found.push(described(match, element));
    return found;
}

window.clients = {
    async within(wanted) {
        const found = [];
        for (const [id, selector] of wanted) found.push(await apache(document.getElementById(id), selector));
        return found;
    },
    async apacheQuote(items) {
        return Promise.all(items.map(item => apache(document.body, item.target.selector[1])));
    },
    async apachePosition(items) {
        return Promise.all(items.map(item => apache(document.body, item.target.selector[2])));
    },
    async domAnchor(items) {
        return items.map(item => {
            const [, quote, position] = item.target.selector;
            return [described(quoteToRange(document.body, quote, {hint: position.start}), document.body)];
        });
    },
    async domAnchorPosition(items) {
        return items.map(item =>
            [described(positionToRange(document.body, item.target.selector[2]), document.body)]);
    },
    async hypothesis(items) {
        return Promise.all(items.map(async item =>
            [described(await anchor(document.body, item.target.selector), document.body)]));
    },
    async hypothesisQuote(items) {
        return Promise.all(items.map(async item =>
            [described(await anchor(document.body, item.target.selector.slice(0, 2)), document.body)]));
    },
    async recogito(items) {
        const annotator = createTextAnnotator(document.body, {adapter: W3CTextFormat(location.href)});
        items.forEach(item => annotator.addAnnotation(item));
        return items.map(item => {
            const found = annotator.state.store.getAnnotation(item.id);
            return (found ? found.target.selector : []).map(one => described(one.range, document.body));
        });
    },
};
"""
HYPOTHESIS = ("src/annotator/", "node_modules/approx-string-match/")


def unpack_hypothesis(folder: Path) -> None:
    """Write the client's own code that anchors annotations, as its package holds it in a source map."""
    package = proof_tools.node_modules() / "hypothesis"
    if not package.is_dir():
        proof_tools.lacking("hypothesis (npm)")
    found = json.loads((package / "build" / "scripts" / "annotator.bundle.js.map").read_text())
    for name, content in zip(found["sources"], found["sourcesContent"], strict=True):
        path = name.removeprefix("app:///")
        if path.startswith(HYPOTHESIS) and ".." not in path:
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(content)
    package_json = {"main": "build/src/index.js", "type": "module"}
    (folder / "node_modules/approx-string-match/package.json").write_text(json.dumps(package_json))


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The clients as one script."""
    folder = tmp_path_factory.mktemp("client")
    entry, script = folder / "entry.mjs", folder / "client.js"
    entry.write_text(CLIENT)
    unpack_hypothesis(folder)
    bundler = proof_tools.node_modules() / "esbuild" / "bin" / "esbuild"
    for name in ("@apache-annotator/selector", "@recogito/text-annotator", "dom-anchor-text-quote"):
        if not (proof_tools.node_modules() / name).is_dir():
            proof_tools.lacking(f"{name} (npm)")
    options = ("--bundle", "--format=iife", "--log-level=error", f"--outfile={script}")
    proof_tools.node(bundler, entry, *options, needs="@apache-annotator/dom")
    return script


@pytest.fixture(scope="module")
def reading(edition: Edition, chromium: Browser, client: Path, tmp_path_factory: Any) -> Iterator[Page]:
    """The reading page, from disk, after its scripts have run, with the clients in it."""
    folder = tmp_path_factory.mktemp("read")
    work = edition.project.works[0]
    address = folder / addresses.reading(work.id)
    address.parent.mkdir()
    address.write_text(assembler_of(edition).reading_page(work))
    write.site(assets.assets(edition), folder / "sheets")
    (folder / "sheets" / "assets").rename(folder / "assets")
    page = chromium.new_context(bypass_csp=True).new_page()
    page.goto(address.as_uri())
    page.add_script_tag(path=client)
    yield page
    page.context.close()


def wanted(edition: Edition, page: Page, items: list[Record]) -> list[list[list[Any]]]:
    """The place of each annotation on the page, by the element of its passage and the project files alone."""
    starts: dict[str, int] = page.evaluate(
        """ids => Object.fromEntries(ids.map(id => {
            const range = document.createRange();
            range.setStart(document.body, 0);
            range.setEndBefore(document.getElementById(id).firstChild);
            return [id, Array.from(range.toString()).length];
        }))""",
        [passage.id for passage in edition.project.works[0].passages],
    )
    found = []
    for item in items:
        passage = passage_of(edition, item)
        position = refined(item).get("TextPositionSelector", {"start": 0, "end": len(passage.text)})
        words = passage.text[position["start"] : position["end"]]
        found.append([[starts[passage.id] + position["start"], words]])
    return found


def in_units(edition: Edition, items: list[Record]) -> list[Record]:
    """The annotations with positions on the page in units of UTF-16 instead of code points."""
    page = body_texts(edition)[edition.project.works[0].id]
    found = deepcopy(items)
    for item in found:
        position = on_page(item)["TextPositionSelector"]
        for name in ("start", "end"):
            position[name] = len(page[: position[name]].encode("utf-16-le")) // 2
    return found


CLIENTS = [
    pytest.param("apacheQuote", marks=pytest.mark.reads("webannotation", "Apache Annotator")),
    "apachePosition",
    pytest.param("domAnchor", marks=pytest.mark.reads("webannotation", "dom-anchor-text-quote")),
    pytest.param("hypothesis", marks=pytest.mark.reads("webannotation", "Hypothesis (anchoring)")),
    "hypothesisQuote",
]
UTF16 = [
    pytest.param("recogito", marks=pytest.mark.reads("webannotation", "Recogito Text Annotator")),
    "domAnchorPosition",
]
"""Clients that count positions in units of UTF-16, and not in code points as the standard asks.

The two are the same in a text without characters beyond U+FFFF.
"""


@pytest.mark.browser
@pytest.mark.parametrize("client_name", [*CLIENTS, *UTF16])
def test_each_client_finds_every_annotation_at_its_place_in_our_page(
    edition: Edition, items: list[Record], reading: Page, client_name: str
) -> None:
    counts_units = client_name in ("recogito", "domAnchorPosition")
    given = in_units(edition, items) if counts_units else items
    # What is looked up is the selector alone, and many annotations share one.
    distinct = {json.dumps(item["target"]["selector"]): item for item in given}
    looked_up = reading.evaluate(f"items => clients.{client_name}(items)", [*distinct.values()])
    found = dict(zip(distinct, looked_up, strict=True))
    expected = wanted(edition, reading, items)
    assert len(given) == len(items) > 50
    missed = [
        item["id"]
        for item, right in zip(given, expected, strict=True)
        if found[json.dumps(item["target"]["selector"])] != right
    ]
    assert missed == []


@pytest.mark.browser
@pytest.mark.parametrize("width", [390, 1440])
def test_the_text_before_a_passage_stays_while_the_reader_goes_through_the_page(
    edition: Edition, reading: Page, width: int
) -> None:
    """Positions count in the text of the page, also in what the scripts show for the reader's place."""
    written = body_texts(edition)[edition.project.works[0].id]
    last = edition.project.works[0].passages[-1].id
    reading.set_viewport_size({"width": width, "height": 800})
    for id_ in (last, edition.project.works[0].passages[0].id):
        reading.evaluate("id => document.getElementById(id).scrollIntoView({behavior: 'instant'})", id_)
        reading.wait_for_function(
            "id => document.querySelector('.overview [aria-current]')?.hash === '#' + id", arg=id_
        )
        shown = reading.evaluate(
            """id => {
                const range = document.createRange();
                range.setStart(document.body, 0);
                range.setEndAfter(document.getElementById(id));
                return range.toString();
            }""",
            last,
        )
        assert Counter(shown) == Counter(written[: len(shown)])


@pytest.mark.browser
@pytest.mark.parametrize("kind", ["TextQuoteSelector", "TextPositionSelector"])
def test_a_client_that_reads_refinements_finds_every_quotation_in_its_element(
    edition: Edition, items: list[Record], reading: Page, kind: str
) -> None:
    quoted = [item for item in items if kind in refined(item)]
    asked = [[passage_of(edition, item).id, refined(item)[kind]] for item in quoted]
    found = reading.evaluate("asked => clients.within(asked)", asked)
    assert len(found) == len(quoted) > 10
    for item, matches in zip(quoted, found, strict=True):
        start, end = (refined(item)["TextPositionSelector"][name] for name in ("start", "end"))
        assert matches == [[start, passage_of(edition, item).text[start:end]]], item["id"]


@pytest.mark.browser
def test_it_would_not_find_what_is_not_there(edition: Edition, items: list[Record], reading: Page) -> None:
    item = next(item for item in items if "TextQuoteSelector" in refined(item))
    id_, quote = passage_of(edition, item).id, refined(item)["TextQuoteSelector"]
    wrong = [{**quote, name: "不在"} for name in ("exact", "prefix", "suffix")]
    assert reading.evaluate("asked => clients.within(asked)", [[id_, one] for one in wrong]) == [[], [], []]
