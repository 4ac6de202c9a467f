"""The scripts of pages show only words that a page gives them: a literal with letters is in no place that a
reader sees or hears, so that every view has the words of its catalogue.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import ROOT

SCRIPTS = sorted((ROOT / "templates").rglob("*.js"))
TOKEN = re.compile(
    r"""(?P<comment>//[^\n]*|/\*.*?\*/)|(?P<text>"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`)"""
    r"""|(?P<pattern>(?<=[(,=:\[!&|?{};\n])[ ]*/(?![/*])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n\[])+/[a-z]*)""",
    re.DOTALL,
)
SHOWING = {
    **{"append": None, "prepend": None, "replaceChildren": None, "replaceWith": None, "after": None},
    **{"alert": (0,), "confirm": (0,), "prompt": (0,), "createTextNode": (0,), "Option": (0,)},
    **{"make": (2,), "element": (1,), "link": (0,), "button": (0,), "status": (0,), "choose": (3,)},
    **{"check": (2,), "insertAdjacentText": (1,), "insertAdjacentHTML": (1,), "setCustomValidity": (0,)},
}
"""Function → the numbers of its arguments that a page shows; ``None`` for all of them."""
ATTRIBUTES = ("aria-label", "aria-description", "aria-roledescription", "title", "placeholder", "alt")
PROPERTIES = re.compile(
    r"(?<!\bdataset)\.(?:textContent|innerText|innerHTML|outerHTML|title|placeholder|label|alt|ariaLabel|ariaDescription)"
    r"\s*\+?=(?!=)"
)
NAMES = {"Markdown", "BibTeX", "RIS"}
"""Names of formats, which are the same in every language."""


def masked(script: str) -> tuple[str, dict[int, str]]:
    """The script with its comments, patterns and literals replaced by as many marks, and the literals by
    their places.
    """
    texts = {found.start(): found["text"][1:-1] for found in TOKEN.finditer(script) if found["text"]}

    def hidden(found: re.Match[str]) -> str:
        return ("§" if found["text"] else " ") * len(found[0])

    return TOKEN.sub(hidden, script), texts


def end_of(code: str, at: int, stops: str) -> int:
    """Where an expression ends: before one of the stops, or a bracket that closes what is around it."""
    depth = 0
    while at < len(code):
        if code[at] in "([{":
            depth += 1
        elif code[at] in ")]}":
            if not depth:
                return at
            depth -= 1
        elif not depth and code[at] in stops:
            return at
        at += 1
    return at


def arguments(code: str, at: int) -> list[tuple[int, int]]:
    """The arguments of a call, from the place after its bracket."""
    found = []
    while True:
        end = end_of(code, at, ",")
        found.append((at, end))
        if end >= len(code) or code[end] != ",":
            return found
        at = end + 1


def values(code: str, start: int, end: int) -> Iterator[int]:
    """The places of the literals that an expression can be: not those in calls, indexes and functions in it,
    nor those that are compared.
    """
    at = start
    while at < end:
        if code[at] in "([{":
            is_group = code[at] == "(" and not re.search(r"[\w)\]§]\s*$", code[start:at])
            close = end_of(code, at + 1, "")
            if is_group:
                yield from values(code, at + 1, close)
            at = close + 1
        elif code[at] == "§":
            after = re.compile("§+").match(code, at)
            assert after is not None
            around = (
                code[max(start, at - 4) : at].rstrip() + "|" + code[after.end() : after.end() + 4].lstrip()
            )
            if not re.search(r"[=!]==?\|$|[=!]==?\||\|[=!]==?|\|\s*in\b", around):
                yield at
            at = after.end()
        else:
            at += 1


def shown(script: str) -> Iterator[tuple[int, str]]:
    """(Line, literal) of every literal with letters that a page shows."""
    code, texts = masked(script)
    places: list[tuple[int, int]] = []
    # what is appended to a query is part of an address
    for call in re.finditer(r"(?<!\bquery\.)\b(\w+)\s*\(", code):
        found = arguments(code, call.end())
        if call[1] == "setAttribute" and texts.get(found[0][0]) in ATTRIBUTES:
            places += found[1:]
        elif call[1] in SHOWING and not code[: call.start()].rstrip().endswith("function"):
            of_call = SHOWING[call[1]]
            places += [one for n, one in enumerate(found) if of_call is None or n in of_call]
    for assigned in PROPERTIES.finditer(code):
        places.append((assigned.end(), end_of(code, assigned.end(), ";\n")))
    for at in sorted({at for start, end in places for at in values(code, start, end)}):
        if re.search(r"[^\W\d_]", re.sub(r"\\u[0-9a-fA-F]{4}|\\.|\{\w+\}|<[^>]*>", "", texts[at])):
            yield script.count("\n", 0, at) + 1, texts[at]


@pytest.mark.parametrize("path", SCRIPTS, ids=[path.name for path in SCRIPTS])
def test_a_script_shows_no_words_of_its_own(path: Path) -> None:
    found = [(line, words) for line, words in shown(path.read_text(encoding="utf-8")) if words not in NAMES]
    assert found == []


def test_no_script_is_within_a_template() -> None:
    """A script within a page is none of those that the test above reads; data are no script."""
    for path in (ROOT / "templates").rglob("*.html"):
        for attributes in re.findall(r"<script([^>]*)>", path.read_text(encoding="utf-8")):
            assert "src=" in attributes or 'type="application/' in attributes, path.name


BAD = """
node.textContent = "Close"; // "a comment"
node.append(make("p", "hint", "Nothing here"), "or here");
node.setAttribute("aria-label", done ? "Done" : words.open);
button("Keep it", function () { act("no word"); }, "go");
list.append(new Option("Choose one", "value"));
node.title = (n > 1 ? "passages" : words.one) + " " + n;
if (confirm(`Really?`)) clear();
"""
GOOD = """
node.textContent = words.close + " · " + n; // shown
node.append(make("p", "hint", words.none), button(words.keep, function () { act("x y"); }, "go"), "×");
node.setAttribute("data-of", "some value"); node.dataset.title = "Title";
node.textContent = kind === "start" ? words.here : words["gone here"];
node.querySelector("b").textContent = "how" in found ? words.a : words.b;
query.append("on", id); list.append(new Option("—", "value"), by("some id"), found.replace(/"Go on"/, "{n}"));
"""


def test_each_place_that_shows_words_is_known() -> None:
    wanted = ["Close", "Nothing here", "or here", "Done", "Keep it", "Choose one", "passages", "Really?"]
    assert [words for _, words in shown(BAD)] == wanted
    assert [line for line, _ in shown(BAD)] == [2, 3, 3, 4, 5, 6, 7, 8]
    assert list(shown(GOOD)) == []
