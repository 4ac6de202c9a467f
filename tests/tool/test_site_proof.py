"""The built site, examined from outside: valid, complete in itself, the same in all its views."""

from __future__ import annotations

import base64
import json
import re
import subprocess
import warnings
import zipfile
from collections import Counter
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import proof_tools
import pytest
from lxml import etree
from proof_tools import PROJECTS, ROOT, Built, Element, Page, external, read, resolve, words
from simplified_words import Pattern, in_simplified, own_words
from views import ENGLISH, HANS, LANGUAGES, own, view_of

from site_builder.edition import addresses
from site_builder.language.chinese import ALSO_SIMPLIFIED, Simplifier

ADDRESS = re.compile(r"(?:https?:)?//[^\s\"')]+")
CSS_URL = re.compile(r"url\(\s*[\"']?([^\"')]+)|@import\s+[\"']([^\"']+)")
# What no script of the site may call; a word in a comment is no call.
REACHES_OUT = re.compile(
    r"\b(?:fetch|import|importScripts|sendBeacon)\s*\(|\bnew\s+(?:XMLHttpRequest|WebSocket|EventSource)\b"
)


@pytest.fixture(
    scope="module", params=PROJECTS, ids=lambda folder: "repository" if folder == ROOT else folder.name
)
def site(request: pytest.FixtureRequest) -> Built:
    return proof_tools.on_disk_once(request.param)


# --- valid ----------------------------------------------------------------------------------------

# Checked from disk a page has no origin, so that 'self' seems to forbid its own files, and JSON-LD is taken
# for a script, which no policy on scripts concerns (the browser's word on the policy is in
# test_browser.py); and citations in Latin letters are no English page.
NOT_FAULTS = ".*(violates Content Security Policy|This document appears to be written in).*"


HIGHLIGHT = "::highlight("
"""A pseudo-element that the checker does not know (CSS Custom Highlight API Module Level 1)."""


def line_of(path: Path, message: dict[str, Any]) -> str:
    """The line of a file that a message is about."""
    return path.read_text(encoding="utf-8").splitlines()[message["lastLine"] - 1]


@pytest.mark.reads("html", "Nu Html Checker")
@pytest.mark.nu
def test_the_nu_html_checker_finds_no_error_in_pages_styles_and_pictures(site: Built) -> None:
    options = ("--also-check-css", "--also-check-svg", "--skip-non-html", "--exit-zero-always")
    command = [*proof_tools.java("-Xss4m"), "-jar", str(proof_tools.nu_checker()), *options]
    command += ["--format", "json", "--stdout", "--filterpattern", NOT_FAULTS, str(site.root)]
    run = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert run.returncode == 0, run.stderr
    places: dict[tuple[bool, str], list[str]] = {}
    for message in json.loads(run.stdout)["messages"]:
        name = message.get("url", "").partition(f"/{site.root.name}/")[2]
        if message["message"] == "CSS: Parse Error." and HIGHLIGHT in line_of(site.root / name, message):
            continue
        key = message["type"] != "info", message["message"]
        places.setdefault(key, []).append(f"{name}:{message.get('lastLine', '?')}")
    reports = {
        level: [
            f"{found[0]} ({len(found)} in all): {what}"
            for (bad, what), found in places.items()
            if bad == level
        ]
        for level in (True, False)
    }
    for warning in reports[False]:
        warnings.warn(f"Nu Html Checker: {warning}", stacklevel=1)
    assert not reports[True], "\n".join(reports[True])


# --- complete in itself ---------------------------------------------------------------------------


def dead_links(page: Page, pages: dict[str, Page], files: frozenset[str]) -> Iterator[str]:
    for element, name, address in page.links():
        if external(address):
            continue
        path, fragment = page.resolve(address)
        if path not in files:
            yield f"{page.address}: <{element.tag} {name}={address!r}>: no such file"
        elif fragment and path in pages and fragment not in pages[path].fragments:
            yield f"{page.address}: <{element.tag} {name}={address!r}>: no such id"


def test_every_link_ends_at_a_file_and_every_fragment_at_an_id(site: Built) -> None:
    dead = [line for page in site.pages.values() for line in dead_links(page, site.pages, site.files)]
    assert not dead, "\n".join(dead)


def test_a_heading_that_has_ended_still_answers(copy: Path, tmp_path: Path) -> None:
    """Its id is at the heading that took its place, or in the list of the ids that were withdrawn."""
    ledger = copy / "corpus/canal/anchors.yaml"
    ended = {
        "old-title": 'fate: "merged", into: ["top"]',
        "old-north": 'fate: "merged", into: ["bank-n"]',
        "old-west": 'fate: "withdrawn", reason: "沒有這一節了。"',
    }
    with ledger.open("a", encoding="utf-8") as lines:
        for id_, fate in ended.items():
            known = 'kind: "heading", edition: "1.0", digest: "sha256:88ebaf4150482cee", opening: "北岸"'
            lines.write(f'  - {{id: "{id_}", {known}, {fate}, ended: "2.0"}}\n')
    site = proof_tools.built(copy, tmp_path / "_site")
    dead = [line for page in site.pages.values() for line in dead_links(page, site.pages, site.files)]
    assert not dead, "\n".join(dead)
    with zipfile.ZipFile(site.root / "data/edition.epub") as book:
        chapter = etree.fromstring(book.read("EPUB/canal/index.xhtml")).xpath("//@id")
    for found in (site.pages["canal/index.html"].ids, site.alone[addresses.ONEFILE].ids, chapter):
        assert ended.keys() <= {*found}


def test_every_address_that_the_search_knows_exists_in_every_view(site: Built) -> None:
    text = (site.root / "data" / "search.js").read_text(encoding="utf-8")
    records = json.loads(text.partition("=")[2].rstrip(";\n"))["records"]
    dead = [
        f"{tree}{record['u']}"
        for tree in site.views
        for record in records
        for path, fragment in [resolve(f"{tree}search.html", record["u"])]
        if path not in site.pages or (fragment and fragment not in site.pages[path].ids)
    ]
    assert records
    assert not dead, "\n".join(dead)


def test_every_page_can_be_reached_from_the_home_page(site: Built) -> None:
    reached: set[str] = set()
    ahead = ["index.html"]
    while ahead:
        page = site.pages[ahead.pop()]
        reached.add(page.address)
        found = {page.resolve(address)[0] for _, _, address in page.links() if not external(address)}
        ahead += (found & site.pages.keys()) - reached - set(ahead)
    assert not site.pages.keys() - reached


def test_no_id_occurs_twice_on_a_page(site: Built) -> None:
    twice = [
        f"{page.address}#{id_}"
        for page in site.pages.values()
        for id_, count in Counter(e.attributes["id"] for e in page.elements if "id" in e.attributes).items()
        if count > 1
    ]
    assert not twice, "\n".join(twice)


FOR_PROGRAMS = ("canonical", "alternate", "cite-as", "describedby", "item", "license", "type")
"""Relations of a ``<link>`` that tell a program something and load nothing."""


def is_for_programs(element: Element) -> bool:
    rel = element.attributes.get("rel", "")
    return element.tag == "link" and (rel in FOR_PROGRAMS or rel.startswith("schema."))


def reaches_out(page: Page) -> Iterator[str]:
    """Everything that a page would load from elsewhere; links that a person follows are not included."""
    for element, name, address in page.links():
        if external(address) and element.tag != "a" and not is_for_programs(element):
            yield f"{page.address}: <{element.tag} {name}={address!r}>"


def test_nothing_is_loaded_from_anywhere_else(site: Built) -> None:
    found = [line for page in site.pages.values() for line in reaches_out(page)]
    for name in sorted(site.files):
        text = (
            (site.root / name).read_text(encoding="utf-8") if name.endswith((".css", ".js", ".svg")) else ""
        )
        if name.endswith(".css"):
            wanted = [one or other for one, other in CSS_URL.findall(text)]
            found += [f"{name}: {a}" for a in wanted if external(a) or resolve(name, a)[0] not in site.files]
        elif name.endswith(".svg"):
            without_names = re.sub(r'\bxmlns(:\w+)?="[^"]*"', "", text)  # a namespace is a name, not a file
            without_words = re.sub(
                r">[^<]*<", "><", without_names
            )  # an address that is printed loads nothing
            found += [f"{name}: {a}" for a in ADDRESS.findall(without_words)]
        elif name.endswith(".js") and name.startswith("assets/"):
            found += [f"{name}: {match[0]}" for match in REACHES_OUT.finditer(text)]
    assert not found, "\n".join(found)


def test_a_link_that_leaves_the_site_comes_from_the_record_of_a_work_or_a_note(site: Built) -> None:
    records = {copy.address for work in site.project.works for copy in work.record.copies}
    records |= {source.address for note in site.project.notes for source in note.sources}
    strangers = {
        f"{page.address}: {address}"
        for page in site.pages.values()
        for element, _, address in page.links()
        if element.tag == "a" and external(address) and address not in records
    }
    assert not strangers, "\n".join(sorted(strangers))


# --- each page ------------------------------------------------------------------------------------


def policy_faults(page: Page) -> Iterator[str]:
    policies = page.meta("Content-Security-Policy")
    if len(policies) != 1:
        yield f"{len(policies)} policies"
        return
    parts = [part.split() for part in policies[0].split(";") if part.strip()]
    rules = {name: sources for name, *sources in parts}
    if rules.get("default-src") != ["'none'"]:
        yield "default-src must be 'none'"
    if rules.get("base-uri") != ["'none'"]:
        yield "base-uri must be 'none'"
    if "form-action" not in rules:
        yield "form-action must be there: default-src says nothing about it"
    for name, sources in rules.items():
        if not set(sources) <= {"'self'", "'none'"}:
            yield f"{name} must admit the site's own files at most"
    head = [e for e in page.elements if e.tag in ("meta", "link", "script")]
    first = next(i for i, e in enumerate(head) if e.attributes.get("http-equiv") == "Content-Security-Policy")
    if any(e.tag != "meta" for e in head[:first]):
        yield "the policy must precede the elements that it governs"


def head_faults(page: Page) -> Iterator[str]:
    html = page.all("html")[0]
    language = LANGUAGES[view_of(page.address)]
    if (html.attributes.get("lang"), html.attributes.get("dir", "ltr")) != (language, "ltr"):
        yield f"lang must be {language}, written from left to right"
    for name, found in (
        ("title", [e.text for e in page.all("head")[0].all("title")]),
        ("description", page.meta("description")),
        ("h1", [e.text for e in page.all("h1")]),
        ("main", [e.text for e in page.all("main")]),
        ("viewport", page.meta("viewport")),
    ):
        if len(found) != 1 or not found[0].strip():
            yield f"there must be one {name}, and not an empty one: {found!r:.80}"


def inline_faults(page: Page) -> Iterator[str]:
    for element in page.elements:
        if element.tag == "style" or "style" in element.attributes:
            yield f"<{element.tag}>: style must be in a style sheet"
        kind = element.attributes.get("type") if element.tag == "script" else None
        if element.tag == "script" and not element.attributes.get("src") and kind != "application/ld+json":
            yield "a script must be in a file"
        if kind == "module":
            yield "a module does not load from disk"
        yield from (f"<{element.tag} {n}>" for n in element.attributes if n.startswith("on"))
        if any(address.strip().lower().startswith("javascript:") for address in element.attributes.values()):
            yield f"<{element.tag}>: javascript:"


@pytest.mark.parametrize(
    "faults", [policy_faults, head_faults, inline_faults], ids=lambda rule: rule.__name__
)
def test_every_page_has_the_required_structure(site: Built, faults: object) -> None:
    assert callable(faults)
    found = [f"{page.address}: {fault}" for page in site.pages.values() for fault in faults(page)]
    assert not found, "\n".join(found)


def test_no_two_pages_of_a_view_have_one_title(site: Built) -> None:
    titles: dict[tuple[str, str], list[str]] = {}
    for page in site.pages.values():
        key = view_of(page.address), page.all("title")[0].text
        titles.setdefault(key, []).append(page.address)
    shared = [f"{title}: {found}" for (_, title), found in titles.items() if len(found) > 1]
    assert not shared, "\n".join(shared)


# --- the views ------------------------------------------------------------------------------------


def pairs(site: Built) -> list[tuple[Page, Page]]:
    """Each page in the two scripts."""
    return [(page, site.pages[HANS + name]) for name, page in site.in_view("").items()]


def test_every_view_has_the_same_addresses(site: Built) -> None:
    assert site.views[:2] == ["", HANS]
    assert (site.source == ROOT) == (ENGLISH in site.views)
    for view in site.views:
        assert site.in_view(view).keys() == site.in_view("").keys()
    assert len(site.in_view("")) > 10


def test_every_view_has_the_same_ids_in_the_same_order(site: Built) -> None:
    differ = [page.address for page in site.pages.values() if page.ids != site.pages[own(page.address)].ids]
    assert not differ


def test_a_page_and_its_twins_point_at_each_other(site: Built) -> None:
    for page in site.pages.values():
        others = [view for view in site.views if view != view_of(page.address)]
        wanted = [((view + own(page.address), ""), LANGUAGES[view]) for view in others]
        switches = [e.attributes for e in page.all("a") if "hreflang" in e.attributes]
        assert [(page.resolve(a["href"]), a["hreflang"]) for a in switches] == wanted, page.address
        assert [a["lang"] for a in switches] == [language for _, language in wanted], page.address
        reported = [e.attributes for e in page.all("link") if "hreflang" in e.attributes]
        near = [a for a in reported if not external(a["href"])]
        assert [(page.resolve(a["href"]), a["hreflang"]) for a in near] == wanted, page.address
        languages = [a["hreflang"] for a in reported if external(a["href"])]
        every = [*(LANGUAGES[view] for view in site.views), "x-default"]
        assert languages == (every if site.project.site.address else []), page.address


def forms_of(text: str, once: Simplifier, own: list[Pattern]) -> set[str]:
    """What a converted page may say for a text: an entry for programs names their script."""
    found = {once(text), in_simplified(text, once, own)}
    return found | {form.replace("zh-Hant", "zh-CN") for form in found}


def test_a_converted_page_says_what_its_other_script_says_converted_and_no_more(site: Built) -> None:
    once = Simplifier(site.project.site.keep)
    note = once(site.project.site.conversion_note)
    own = own_words(once)
    forms = cache(lambda text: forms_of(text, once, own))  # most words are on every page
    strange = []
    for hant, hans in pairs(site):
        ahead = iter([forms(text) for text in words(hant)])
        # In the same order; a control that makes sense in one script alone may be left out.
        missing = [t for t in words(hans) if t != note and not any(t in known for known in ahead)][:1]
        strange += [f"{hans.address}: {text!r} is not the conversion of the original" for text in missing]
    assert not strange, "\n".join(strange)


def test_a_converted_page_has_no_character_left_in_the_other_script(site: Built) -> None:
    once = Simplifier(site.project.site.keep)
    made = {once(char) for hant, _ in pairs(site) for text in words(hant) for char in text}
    left = {
        f"{hans.address}: {text[max(0, at - 8) : at + 8]!r} has {char}"
        for _, hans in pairs(site)
        for text in words(hans)
        for at, char in enumerate(text)
        if once(char) != char and char not in made and char not in ALSO_SIMPLIFIED
    }
    assert not left, "\n".join(sorted(left))


def test_a_passage_says_the_same_on_its_page_on_the_reading_page_and_in_the_data(site: Built) -> None:
    compared = 0
    for file in sorted((site.root / "data").glob("passages*.json")):
        data = json.loads(file.read_text(encoding="utf-8"))
        if "passages" not in data:  # its schema
            continue
        work = data["work"]["id"]
        for passage in data["passages"]:
            for tree, script in (("", "hant"), (HANS, "hans")):
                text = passage["text"][script]
                own = site.pages[f"{tree}{work}/{passage['id']}.html"].by_id(passage["id"])
                unit = site.pages[f"{tree}{work}/index.html"].by_id(passage["id"])
                assert own.text == text  # so that positions count in the element that an address names
                assert unit.text == text
                compared += 1
    assert compared


# --- the file that holds all pages ----------------------------------------------------------------


def test_the_file_of_all_pages_needs_no_other(site: Built) -> None:
    faults = {name: found for name, page in site.alone.items() if (found := needs(page))}
    assert faults == {}
    assert len(site.alone) == len(site.views)


def needs(page: Page) -> list[str]:
    """What a page loads, the links that lead out of it or nowhere, and its scripts."""
    found = [
        f"loads <{e.tag} {a}={v!r}>" for e, a, v in page.links() if e.tag != "a" and not is_for_programs(e)
    ]
    for _, _, goal in page.links():
        if not goal.startswith("#") and not external(goal):
            found.append(f"leads out of the file: {goal}")
        elif goal.startswith("#") and goal[1:] not in page.fragments:
            found.append(f"leads nowhere: {goal}")
    found += [f"has the id {id_} twice" for id_, count in Counter(page.ids).items() if count > 1]
    found += [f"has <{e.tag}>" for e in page.elements if e.tag == "script" or "style" in e.attributes]
    return found + [f"has {n}" for e in page.elements for n in e.attributes if n.startswith("on")]


def test_the_file_of_all_pages_allows_only_its_own_style(site: Built) -> None:
    for page in site.alone.values():
        rules = dict(part.split(maxsplit=1) for part in page.meta("Content-Security-Policy")[0].split("; "))
        digests = [base64.b64encode(sha256(e.text.encode()).digest()).decode() for e in page.all("style")]
        assert rules.pop("style-src") == " ".join(f"'sha256-{digest}'" for digest in digests)
        assert rules["default-src"] == rules["base-uri"] == rules["form-action"] == "'none'"
        assert {*rules.values()} == {"'none'"}
        assert not [a for style in page.all("style") for a in CSS_URL.findall(style.text)]


def test_the_file_of_all_pages_has_the_head_of_a_page_and_all_passages(site: Built) -> None:
    for name, page in site.alone.items():
        assert not [fault for fault in head_faults(page) if " h1" not in fault], name
        for work in site.project.works[:1]:
            for passage in work.passages:
                own_page = site.pages[f"{view_of(name)}{work.id}/{passage.id}.html"]
                assert page.by_id(passage.id).text == own_page.by_id(passage.id).text, name


# --- the tests themselves -------------------------------------------------------------------------

GOOD = """<!doctype html><html lang="zh-Hant"><head><meta http-equiv="Content-Security-Policy"
content="default-src 'none'; base-uri 'none'; form-action 'self'; style-src 'self'"><meta name="viewport"
content="width=device-width"><meta name="description" content="d"><title>t</title></head>
<body><main><h1 id="a">h</h1><a href="#a">x</a><a href="b.html">y</a></main></body></html>"""


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("default-src 'none'", "default-src 'self'", "default-src"),
        ("style-src 'self'", "style-src 'unsafe-inline'", "style-src"),
        ("form-action 'self';", "", "form-action"),
        ("<meta http-equiv", '<link rel="icon" href="b.html"><meta http-equiv', "precede"),
        ('lang="zh-Hant"', 'lang="zh"', "lang"),
        ('content="d"', 'content=""', "description"),
        ("</main>", "<h1>i</h1></main>", "h1"),
        ("<main>", '<main style="color:red">', "style"),
        ("<main>", "<main><script>x()</script>", "script"),
        ("<main>", '<main onclick="x()">', "onclick"),
        ('href="#a"', 'href="#c"', "no such id"),
        ('href="b.html"', 'href="c.html"', "no such file"),
        ('href="b.html"', 'href="../b.html"', "no such file"),
        ("<main>", '<main><img src="https://example.org/x.png">', "img"),
        ("<main>", '<main><img srcset="//example.org/x.png 2x">', "img"),
    ],
)
def test_a_fault_is_found(old: str, new: str, fault: str) -> None:
    def faults(text: str) -> list[str]:
        page = read(text)
        files = frozenset({"index.html", "b.html"})
        found = [*policy_faults(page), *head_faults(page), *inline_faults(page), *reaches_out(page)]
        return [*found, *dead_links(page, {"index.html": page}, files)]

    assert not faults(GOOD)
    assert any(fault in line for line in faults(GOOD.replace(old, new, 1)))


def test_words_are_read_across_marks_and_not_where_a_form_is_quoted() -> None:
    page = read('<p title="甲">編<mark>著</mark>者<span lang="zh-Hant" translate="no">說</span>乙</p>')
    assert words(page) == ["編著者", "乙", "甲"]
