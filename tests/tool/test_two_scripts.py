"""The site in its views: every page has its counterpart, with the same ids."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

import pytest
import views
from conftest import Files


def pages(files: Files) -> dict[str, str]:
    return {name: data.decode() for name, data in files.items() if name.endswith(".html")}


def ids_of(page: str) -> list[str]:
    """What can be linked to on a page: every id but those of controls."""
    return re.findall(r'<(?!input\b)[a-z][a-z0-9]*\b[^>]*?\sid="([^"]*)"', page)


@pytest.mark.parametrize(
    ("site", "others"), [("repository_site", views.FOLDERS), ("tiny_site", (views.HANS,))]
)
def test_the_views_have_matching_addresses_and_ids(
    site: str, others: tuple[str, ...], request: pytest.FixtureRequest
) -> None:
    files = pages(request.getfixturevalue(site))
    first = {name for name in files if views.is_first(name)}
    for view in others:
        assert {view + name for name in first} == {name for name in files if name.startswith(view)}
        for name in first:
            ids = ids_of(files[name])
            assert ids == ids_of(files[view + name]), view + name
            assert len(ids) == len(set(ids)), f"an id occurs twice in {name}"


@pytest.mark.parametrize("site", ["repository_site", "tiny_site"])
def test_no_two_addresses_differ_in_capitals_only(site: str, request: pytest.FixtureRequest) -> None:
    names = list(request.getfixturevalue(site))
    assert len({name.lower() for name in names}) == len(names)
    assert all(not PurePosixPath(name).is_absolute() for name in names)


LANGUAGE = re.compile(
    r'language = \{([^}]*)\}|LA  - ([\w-]+)|(?:&#34;|")language(?:&#34;|"): (?:&#34;|")([\w-]+)'
)


@pytest.mark.parametrize("site", ["repository_site", "tiny_site"])
def test_entries_for_programs_name_the_script_that_their_titles_are_shown_in(
    site: str, request: pytest.FixtureRequest
) -> None:
    files = request.getfixturevalue(site)
    for view, suffix, language in (("", "", "zh-Hant"), (views.HANS, "-hans", "zh-CN")):
        [card, *_] = [name for name in files if name.startswith(f"data/cards{suffix}/")]
        for name in (f"{view}cite.html", f"{view}collection.html", f"{view}edition.html", card):
            text = files[name].decode().replace('\\"', '"')
            found = {tag for tags in LANGUAGE.findall(text) for tag in tags if tag}
            assert found == {language}, name


@pytest.mark.parametrize("site", ["repository_site", "tiny_site"])
def test_quotations_beside_the_text_are_in_the_script_of_the_view(
    site: str, request: pytest.FixtureRequest
) -> None:
    files = request.getfixturevalue(site)
    for suffix, language in (("", "zh-Hant"), ("-hans", "zh-Hans")):
        panels = [data.decode() for name, data in files.items() if name.startswith(f"data/panels{suffix}/")]
        assert panels
        found = {tag for text in panels for tag in re.findall(r'<q[^>]* lang=\\"([\w-]+)', text)}
        assert found == {language}
