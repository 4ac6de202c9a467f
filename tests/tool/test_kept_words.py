"""Names and words that the conversion to Simplified keeps, and words with a given form."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from conftest import pages_of

from site_builder import pipeline
from site_builder.edges import load
from site_builder.edition import conversion
from site_builder.edition.locale import Locale
from site_builder.language.chinese import Simplifier, tw2s
from site_builder.language.folding import fold
from site_builder.model import LanguageView, Localized
from site_builder.pipeline import Checked

NAMES = {
    "乾安": ("松原市乾安縣的水", "松原市乾安县的水"),
    "李乾": ("李乾說要乾杯", "李乾说要干杯"),
    "朱乾": ("朱乾與乾隆", "朱乾与乾隆"),
    "魏徵": ("魏徵徵稅", "魏徵征税"),
    "甚夥": ("甚夥的夥伴", "甚夥的伙伴"),
    "徐乾學": ("徐乾學乾淨", "徐乾学干净"),
}


@pytest.mark.parametrize("name", NAMES)
def test_a_name_keeps_its_character_and_the_rest_is_converted(name: str) -> None:
    text, simplified = NAMES[name]
    assert Simplifier((name,))(text) == simplified
    assert tw2s(name) != Simplifier((name,))(name)


@pytest.mark.parametrize(
    ("word", "form"),
    [("不穀", "不穀"), ("甚麼", "什么"), ("拚命", "拼命"), ("當舖", "当铺"), ("乾安", "乾安")],
)
def test_a_word_becomes_what_the_project_says(word: str, form: str) -> None:
    simplify = Simplifier((), {word: form})
    assert simplify(f"說{word}，{word}。") == f"说{form}，{form}。"
    assert len(simplify(word)) == len(word)


def test_what_the_project_says_wins_over_a_kept_word() -> None:
    assert Simplifier(("乾安",), {"乾安": "干安"})("乾安") == "干安"


@pytest.mark.parametrize("conversions", [{"水": ""}, {"": ""}, {"水": "水岸"}])
def test_a_form_of_another_length_is_refused(conversions: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="equally long"):
        Simplifier((), conversions)


# --- of a project -----------------------------------------------------------------------------------


def _found(folder: Path) -> Checked:
    found = load.checked(folder)
    assert found.project is not None
    return found


def test_names_are_those_of_records_and_of_facets_unless_these_have_words(copy: Path) -> None:
    facet = copy / "annotations/codebook/facets/things.yaml"
    text = facet.read_text("utf-8").replace("also: [閘口]", "also: [閘口, 李乾（朱乾）, 乾]")
    facet.write_text(text.replace("kind: index", "kind: index\nkeep: false"), "utf-8")
    assert conversion.names(_project(copy)) == ()
    for keep in ("", "keep: true"):
        facet.write_text(text.replace("kind: index", f"kind: index\n{keep}"), "utf-8")
        assert conversion.names(_project(copy)) == ("李乾", "朱乾")
    work = copy / "corpus/canal/work.yaml"
    work.write_text(work.read_text("utf-8") + "publisher: 乾元書局\n", "utf-8")
    assert conversion.names(_project(copy)) == ("乾元書局", "李乾", "朱乾")


def _project(folder: Path) -> pipeline.Project:
    project = _found(folder).project
    assert project is not None
    return project


def test_pages_keep_the_names_and_use_the_forms_of_the_project(copy: Path) -> None:
    facet = copy / "annotations/codebook/facets/things.yaml"
    text = facet.read_text("utf-8").replace("kind: index", "kind: index\nkeep: true")
    facet.write_text(text.replace("name: 竹", "name: 李乾竹"), "utf-8")
    site = copy / "annotations/project.yaml"
    given = site.read_text("utf-8") + "keep: [乾安]\nconversions: {不穀: 不穀}\n"
    site.write_text(given.replace("供測試之用", "李乾竹在乾安說不穀，乾了"), "utf-8")
    files = pages_of(_found(copy))
    assert "李乾竹在乾安说不穀，干了" in files["hans/index.html"].decode()
    assert "李乾竹在乾安說不穀，乾了" in files["index.html"].decode()


@pytest.mark.parametrize(
    ("keep", "of_project", "expected"),
    [
        ("", "", ["the name 李乾 is 李乾 in zh-Hans, not 李干"]),
        ("keep: true", "", []),
        ("keep: false", "", []),
        ("", "keep: [李乾, 乾旱]\n", []),
        ("", "conversions: {李乾: 李乾}\n", ["the name 乾旱 is 乾旱 in zh-Hans, not 干旱"]),
    ],
)
def test_a_facet_is_asked_once_whether_its_entries_are_names(
    keep: str, of_project: str, expected: list[str], copy: Path
) -> None:
    facet = copy / "annotations/codebook/facets/things.yaml"
    text = facet.read_text("utf-8").replace("also: [閘口]", "also: [閘口, 李乾, 乾旱, 徐乾隆]")
    facet.write_text(text.replace("kind: index", f"kind: index\n{keep}"), "utf-8")
    site = copy / "annotations/project.yaml"
    site.write_text(site.read_text("utf-8") + of_project, "utf-8")
    found = load.checked(copy)
    assert [problem.message for problem in found.problems if problem.code == "C008"] == expected


# --- search -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", [0x20000, 0x2A6DE, 0x2EBF0, 0x31350, 0x323B0])
def test_an_ideograph_of_every_extension_is_in_the_key_of_the_search(code: int) -> None:
    assert fold(f"水{chr(code)}，岸")[0].count(chr(code)) == 1


# --- the scripts of a project -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("own", "view", "text", "shown"),
    [
        ("zh-Hant", "zh-Hans", Localized("「什麼」"), "“什么”"),
        ("zh-Hant", "zh-Hans", Localized("什么", language="zh-Hans"), "什么"),
        ("zh-Hant", "zh-Hans", Localized("今日は什麼", language="ja"), "今日は什麼"),
        ("zh-Hans", "zh-Hant", Localized("“什么软件”"), "「什麼軟件」"),
        ("zh-Hans", "zh-Hant", Localized("乾坤", language="zh-Hant"), "乾坤"),
    ],
)
def test_a_view_converts_a_text_from_the_script_that_it_has(
    tiny: Checked, own: str, view: str, text: Localized, shown: str
) -> None:
    project = tiny.project
    assert project is not None
    project = replace(project, site=replace(project.site, language=own))
    assert Locale(project, LanguageView(language=view, folder="other")).convert(text) == shown
