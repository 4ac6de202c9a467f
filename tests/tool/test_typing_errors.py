"""Typing errors: for any change of a source file the check reports problems and never raises."""

from __future__ import annotations

from conftest import TINY
from hypothesis import example, given, settings
from hypothesis import strategies as st
from laws import examples

from site_builder import check
from site_builder.edges import load
from site_builder.edition.edition import Edition
from site_builder.model import Problem
from site_builder.source import read

SOURCES, _ = load.sources(TINY)
MARKS = (
    *("", "\n", "\n\n", " ", "\t", "\r", "\x00", "\u200b", "\u2028", "，", ",", "。", "「", "」"),
    *("[@p1]", "[@]", "[@p1 !x:y]", "[水](cell:flow~a)", "[水](", "`", "**", "|", "<b>", "\\"),
    *("{#p1}", "{#x}", "{#}", "# ", "## ", "- ", "> ", "::: judgement\n", ":::\n", "---\n"),
    *("no", "012", "~", "{", "}", "[", "]", ": ", " #", '"', "'", "&a ", "*a", "!t ", ">-\n"),
    *("p3", "p99", "coda", "flow~a", "share-1", "things", "editors", "1-9", "0", "的", "字"),
)


def checked(sources: dict[str, str]) -> list[Problem]:
    project, faults = read.project(sources)
    if project is None:
        assert faults, "a project that cannot be read must say why"
        return faults
    return check.ordered([*faults, *check.run(Edition.of(project))])


@st.composite
def slips(draw: st.DrawFn) -> tuple[str, int, int, str]:
    """A file, a position in it, the number of removed characters, and the inserted text."""
    path = draw(st.sampled_from(list(SOURCES)))
    at = draw(st.integers(0, len(SOURCES[path])))
    return path, at, draw(st.sampled_from([0, 1, 2, 5, 30])), draw(st.sampled_from(MARKS))


def at(path: str, words: str, gone: int, new: str) -> tuple[str, int, int, str]:
    return path, SOURCES[path].index(words), gone, new


@settings(max_examples=examples(150))
@given(st.lists(slips(), min_size=1, max_size=3))
@example([at("corpus/canal/emendations.yaml", '裡"}', 1, "裡面")])
@example([at("corpus/canal/emendations.yaml", '裡"}', 1, "")])
@example([at("corpus/canal/witness.yaml", "29-30", 5, "29-9999999")])
def test_no_typing_error_makes_the_check_raise(made: list[tuple[str, int, int, str]]) -> None:
    sources = dict(SOURCES)
    for path, at, gone, new in made:
        text = sources[path]
        sources[path] = text[:at] + new + text[at + gone :]
    for problem in checked(sources):
        assert problem.place.line >= 1
        assert problem.place.column >= 1
        assert "\n" not in str(problem)


@settings(max_examples=examples(40))
@given(st.sets(st.sampled_from(list(SOURCES)), min_size=1, max_size=4))
@example({"annotations/coders.yaml"})
def test_no_missing_file_makes_the_check_raise(gone: set[str]) -> None:
    left = {path: text for path, text in SOURCES.items() if path not in gone}
    found = checked(left)
    optional = ("/reader/", "/pages/", "edges.yaml", "notes.yaml", "adjudication.yaml", "coders.yaml")
    assert found or all(any(part in path for part in optional) for path in gone)
