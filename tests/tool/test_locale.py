"""The views of a project: which language each of them has, where its pages are, and how it shows a text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import change
from samples import on_site

from site_builder import migrations
from site_builder.edges import load
from site_builder.edition import addresses
from site_builder.edition.locale import Locale, locales
from site_builder.model import LanguageView, Localized, Project
from site_builder.model.record import language_of
from site_builder.model.text import InLanguage, joined
from site_builder.pipeline import Checked

PROJECT = "annotations/project.yaml"
VIEWS = "views:\n  - {language: zh-Hant}\n  - {language: zh-Hans, folder: hans}\n"
HANT = LanguageView(language="zh-Hant")
HANS = LanguageView(language="zh-Hans", folder="hans")
ENGLISH = LanguageView(language="en", folder="en")


@pytest.fixture
def project(tiny: Checked) -> Project:
    assert tiny.project is not None
    return tiny.project


def with_views(folder: Path, views: str) -> Path:
    """The project in a folder with other lines for its views."""
    change(folder, PROJECT, VIEWS, views)
    return folder


def faults(folder: Path) -> list[str]:
    return [f"{problem.place} {problem.code} {problem.message}" for problem in load.checked(folder).problems]


def site_views(folder: Path) -> list[tuple[str, str]]:
    """(language, folder) of each view."""
    found = load.checked(folder)
    assert found.sound, faults(folder)
    assert found.project is not None
    return [(view.language, view.folder) for view in found.project.site.views]


# --- how a view shows a text ----------------------------------------------------------------------


def text(words: str, language: str = "", **translations: str) -> Localized:
    """A text; ``zh_Hans="…"`` is its translation into zh-Hans."""
    return Localized(
        words,
        language=language,
        translations={tag.replace("_", "-"): one for tag, one in translations.items()},
    )


SHOWN: Mapping[str, tuple[LanguageView, str, tuple[str, str]]] = {
    # the first view is as edited
    "a text in the first view": (HANT, "憶圳", ("憶圳", "zh-Hant")),
    "a translated text in the first view": (HANT, text("圳", en="Channel"), ("圳", "zh-Hant")),
    "a text in another language in the first view": (HANT, text("Rust", "en"), ("Rust", "en")),
    "a text in the other script in the first view": (HANT, text("忆圳", "zh-Hans"), ("忆圳", "zh-Hans")),
    "a text with a translation into the language of the first view": (
        HANT,
        text("channel", "en", zh_Hant="圳"),
        ("channel", "en"),
    ),
    # a converted view
    "a text": (HANS, "憶圳", ("忆圳", "zh-Hans")),
    "a text with a translation into English": (HANS, text("憶", en="Memory"), ("忆", "zh-Hans")),
    "a text with words for this view": (HANS, text("軟體", zh_Hans="软件"), ("软件", "zh-Hans")),
    "a text with the same characters in both scripts": (HANS, "水", ("水", "zh-Hans")),
    "a text in this script already": (HANS, text("什么", "zh-Hans"), ("什么", "zh-Hans")),
    "a text in another language": (HANS, text("Rust", "en"), ("Rust", "en")),
    "Han characters of another language": (HANS, text("憶", "ja"), ("憶", "ja")),
    "no text": (HANS, "", ("", "zh-Hans")),
    # a translated view
    "a text without a translation": (ENGLISH, text("憶"), ("憶", "zh-Hant")),
    "a text of no known language": (ENGLISH, "憶", ("憶", "zh-Hant")),
    "a text with a translation": (ENGLISH, text("圳", en="Channel"), ("Channel", "en")),
    "a text with an empty translation": (ENGLISH, text("圳", en=""), ("圳", "zh-Hant")),
    "a text with a translation into another language": (ENGLISH, text("圳", de="Kanal"), ("圳", "zh-Hant")),
    "a text in English": (ENGLISH, text("Rust", "en"), ("Rust", "en")),
    "a text in English is not translated": (ENGLISH, text("Rust", "en", en="Dust"), ("Rust", "en")),
    "a text in a third language": (ENGLISH, text("Kanal", "de"), ("Kanal", "de")),
    # translations are found by the tag of the view, then without its subtags
    "the exact tag": (
        LanguageView(language="en-GB", folder="gb"),
        text("色", en="color", en_GB="colour"),
        ("colour", "en-GB"),
    ),
    "without subtags": (
        LanguageView(language="en-GB", folder="gb"),
        text("色", en="color"),
        ("color", "en-GB"),
    ),
    "never with other subtags": (ENGLISH, text("色", en_GB="colour"), ("色", "zh-Hant")),
}


@pytest.mark.parametrize("name", SHOWN)
def test_a_view_shows_a_text_and_says_in_which_language(project: Project, name: str) -> None:
    view, words, shown = SHOWN[name]
    locale = Locale(project, view)
    assert locale.show(words) == InLanguage(*shown)
    assert locale.convert(words) == shown[0]


@pytest.mark.parametrize("view", [HANT, HANS, ENGLISH], ids=lambda view: view.language)
def test_a_text_in_the_language_of_the_view_stays_as_it_is(project: Project, view: LanguageView) -> None:
    """The source of a project in Simplified characters has 什么, which conversion would damage."""
    own = on_site(project, language=view.language)
    words = {"zh-Hant": "憶", "zh-Hans": "什么", "en": "remember"}[view.language]
    assert Locale(own, view).show(words) == InLanguage(words, view.language)


@pytest.mark.parametrize("own", ["en", "ja", "ar", "zh-Hans"])
def test_only_traditional_chinese_is_converted_to_simplified(project: Project, own: str) -> None:
    locale = Locale(on_site(project, language=own), HANS)
    assert locale.show("憶什么") == InLanguage("憶什么", own)
    assert locale.show(text("憶", "zh-Hant")) == InLanguage("忆", "zh-Hans")


def test_a_view_is_as_edited_converted_or_translated(project: Project) -> None:
    views = (HANT, HANS, ENGLISH)
    found = locales(on_site(project, views=views))
    assert [one.language for one in found] == ["zh-Hant", "zh-Hans", "en"]
    assert [one.folder for one in found] == ["", "hans", "en"]
    assert [one.is_first for one in found] == [True, False, False]
    assert [one.is_converted for one in found] == [False, True, False]
    assert [one.is_translated for one in found] == [False, False, True]
    assert [one.suffix for one in found] == ["", "-hans", "-en"]


def test_a_first_view_in_another_language_than_the_prose_is_translated(project: Project) -> None:
    first = Locale(project, replace(ENGLISH, folder=""))
    assert (first.is_first, first.is_converted, first.is_translated) == (True, False, True)
    assert first.show(text("圳", en="Channel")) == InLanguage("Channel", "en")
    assert first.show(text("圳")) == InLanguage("圳", "zh-Hant")


@pytest.mark.parametrize(
    ("language", "page"),
    [
        ("zh-Hant", "zh-Hant"),
        ("zh-Hans", "zh-Hans"),
        ("en", "en"),
        ("en-GB", "en-GB"),
        ("zh-Hant-HK", "zh-Hant-HK"),
        ("xx", "en"),
    ],
)
def test_a_page_has_the_language_of_its_view_or_that_of_its_words(
    project: Project, language: str, page: str
) -> None:
    """``xx`` has no catalogue, so the words of its interface are in English, and the page says so."""
    assert Locale(project, LanguageView(language=language, folder="x")).page_language == page


def test_a_text_is_a_string_with_a_language() -> None:
    words = text("憶", "zh-Hant", en="Memory")
    assert (words, words.language, words.of("en"), words.of("en-GB"), words.of("fr")) == (
        "憶",
        "zh-Hant",
        "Memory",
        "Memory",
        "",
    )
    other = words.in_("zh-Hans")
    assert (other, other.language, other.of("en")) == ("憶", "zh-Hans", "Memory")
    assert type(words + "") is str


# --- where the pages of a view are ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "folder", "path"),
    [
        ("index.html", "", "index.html"),
        ("index.html", "hans", "hans/index.html"),
        ("a/y.html#p1", "en", "en/a/y.html#p1"),
    ],
)
def test_a_page_is_in_the_folder_of_its_view(address: str, folder: str, path: str) -> None:
    assert addresses.in_tree(address, folder) == path


@pytest.mark.parametrize(
    ("here", "folder", "relative"),
    [
        ("index.html", "", "assets/site.css"),
        ("a/y.html", "", "../assets/site.css"),
        ("index.html", "hans", "../assets/site.css"),
        ("a/y.html", "hans", "../../assets/site.css"),
    ],
)
def test_all_views_share_the_files_at_the_top(here: str, folder: str, relative: str) -> None:
    assert addresses.shared("assets/site.css", here, folder) == relative


@pytest.mark.parametrize(
    ("here", "folder", "other", "relative"),
    [
        ("index.html", "", "hans", "hans/index.html"),
        ("index.html", "hans", "", "../index.html"),
        ("index.html", "hans", "en", "../en/index.html"),
        ("a/y.html", "", "en", "../en/a/y.html"),
        ("a/y.html", "en", "", "../../a/y.html"),
        ("a/y.html", "en", "hans", "../../hans/a/y.html"),
    ],
)
def test_a_twin_is_the_same_page_in_another_view(here: str, folder: str, other: str, relative: str) -> None:
    assert addresses.twin(here, folder, other) == relative


# --- what a project says of its views -------------------------------------------------------------


def test_without_views_there_is_one_in_the_language_of_the_prose(copy: Path) -> None:
    assert site_views(with_views(copy, "")) == [("zh-Hant", "")]


def test_without_a_language_it_is_that_of_the_first_work(copy: Path) -> None:
    change(copy, PROJECT, "language: zh-Hant\n" + VIEWS, "")
    assert site_views(copy) == [("zh-Hant", "")]


def test_a_view_without_a_folder_has_its_tag_in_lower_case(copy: Path) -> None:
    views = "views:\n  - {language: zh-Hant}\n  - {language: zh-Hans}\n  - {language: en-GB}\n"
    assert site_views(with_views(copy, views)) == [
        ("zh-Hant", ""),
        ("zh-Hans", "zh-hans"),
        ("en-GB", "en-gb"),
    ]


S008: Mapping[str, tuple[str, str]] = {
    "a folder of the first view": (
        "  - {language: zh-Hant, folder: hant}\n",
        "the first view must not have a folder: hant",
    ),
    "a language twice": (
        "  - {language: zh-Hant}\n  - {language: en}\n  - {language: en, folder: english}\n",
        "two views have the language en",
    ),
    "the language of the first view again": (
        "  - {language: zh-Hant}\n  - {language: zh-Hant, folder: again}\n",
        "two views have the language zh-Hant",
    ),
    "a folder twice": (
        "  - {language: zh-Hant}\n  - {language: zh-Hans, folder: one}\n  - {language: en, folder: one}\n",
        "the site already uses the folder one",
    ),
    **{
        f"the folder {name}": (
            f"  - {{language: zh-Hant}}\n  - {{language: en, folder: {name}}}\n",
            f"the site already uses the folder {name}",
        )
        for name in ("data", "assets", "grid", "canal", "ways", "things")
    },
}
"""Lines for the views → the message."""


@pytest.mark.parametrize("name", S008)
def test_a_view_needs_a_language_and_a_folder_of_its_own(copy: Path, name: str) -> None:
    lines, message = S008[name]
    found = load.checked(with_views(copy, f"views:\n{lines}")).problems
    assert [(one.code, one.level, one.message) for one in found if one.code == "S008"] == [
        ("S008", "error", message)
    ]
    place = next(one.place for one in found if one.code == "S008")
    last = (copy / PROJECT).read_text(encoding="utf-8").count("\n")
    assert (place.path, place.line) == (PROJECT, last), "the view that is wrong is the last one"


@pytest.mark.parametrize("language", ["English", "zh_Hans", "e", "", "zh-Hans-"])
def test_what_is_not_a_language_tag_is_refused(copy: Path, language: str) -> None:
    views = f'views:\n  - {{language: zh-Hant}}\n  - {{language: "{language}", folder: x}}\n'
    found = load.checked(with_views(copy, views))
    assert not found.sound
    assert {one.place.path for one in found.problems} == {PROJECT}


@pytest.mark.parametrize("name", ["en", "de", "zh-Hans", "pt-BR"])
def test_a_work_cannot_have_the_name_of_a_language(copy: Path, name: str) -> None:
    """A view may take this folder later, and no address of the work may then end."""
    for top in ("corpus", "annotations"):
        (copy / top / "canal").rename(copy / top / name)
    assert any(f"S004 invalid name of a work '{name}'" in one for one in faults(copy))


# --- format 3 -------------------------------------------------------------------------------------

BOTH = f"language: zh-Hant\n{VIEWS}"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("format: 2\ntitle: a\n", f"format: 2\n{BOTH}title: a\n"),
        ("title: a\n", f"{BOTH}title: a\n"),
        ("# c\n---\nformat: 2\n\n# d\ntitle: a\n", f"# c\n---\nformat: 2\n\n# d\n{BOTH}title: a\n"),
        ("format: 2\nlanguage: zh-Hant\n", f"format: 2\n{VIEWS}language: zh-Hant\n"),
        (f"format: 2\n{VIEWS}title: a\n", f"format: 2\nlanguage: zh-Hant\n{VIEWS}title: a\n"),
        (f"format: 2\n{BOTH}", None),
    ],
)
def test_the_step_to_format_3_writes_the_keys_that_are_absent(before: str, after: str | None) -> None:
    step = next(one for one in migrations.STEPS if one.to == 3)
    found = step.change({PROJECT: before}).files
    assert found == ({} if after is None else {PROJECT: after})


@pytest.mark.parametrize("number", ["1", "2"])
def test_an_older_project_keeps_its_two_views(copy: Path, number: str) -> None:
    change(copy, PROJECT, "language: zh-Hant\n" + VIEWS, "")
    change(copy, PROJECT, "format: 4\n", f"format: {number}\n")
    found = load.checked(copy).project
    assert found is not None
    assert [(view.language, view.folder) for view in found.site.views] == [
        ("zh-Hant", ""),
        ("zh-Hans", "hans"),
    ]
    assert found.site.language == "zh-Hant"


@pytest.mark.parametrize(
    ("language", "script", "tag"),
    [
        ("zh", "Hant", "zh-Hant"),
        ("zh-Hans", "Hant", "zh-Hans"),
        ("ja", "Jpan", "ja"),
        ("en", "Latn", "en"),
        ("sr", "Latn", "sr-Latn"),
        ("ar", "", "ar"),
    ],
)
def test_the_tag_of_a_work_has_its_script_only_where_it_is_not_the_usual_one(
    language: str, script: str, tag: str
) -> None:
    assert language_of(language, script) == tag


@pytest.mark.parametrize(
    ("parts", "whole"),
    [
        (("Space", "+"), "Space+"),
        (("Space+", "Scale"), "Space+ Scale"),
        (("Space−", "Scale"), "Space− Scale"),
        (("Space", "far"), "Space far"),
        (("空間", "＋", "規模"), "空間＋規模"),
        (("空間＋", "PPP"), "空間＋PPP"),
        (("深度", "遠", "線"), "深度遠線"),
        (("", "Scale"), "Scale"),
    ],
)
def test_parts_have_a_space_between_them_where_the_script_has_spaces(
    parts: tuple[str, ...], whole: str
) -> None:
    assert joined(*parts) == whole
