"""Chinese characters and kana within a text in another language have an element with their language."""

from __future__ import annotations

from dataclasses import replace

import lxml.html
import pytest
from conftest import tiny_parts

from site_builder.edition import addresses
from site_builder.edition.edition import Edition
from site_builder.edition.locale import language_of_characters, locales
from site_builder.language.characters import unspaced_runs
from site_builder.model import LanguageView, Localized, Place, Project
from site_builder.site import assets, pages
from site_builder.site.presenter import Presenter
from site_builder.site.render import Renderer
from site_builder.source import prose


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("", []),
        ("No character, ＋ and Ａ", []),
        ("幹 became 干.", ["幹", "干"]),
        ("The numbers （一）, （二）, and “一、” in 「圳」邊.", ["（一）", "（二）", "一、", "「圳」邊"]),
        ("The particle は and ﾊ, and 𠮷", ["は", "ﾊ", "𠮷"]),
        ("한글 and ع", []),
    ],
)
def test_a_run_has_an_ideograph_or_kana(text: str, runs: list[str]) -> None:
    assert [text[start:end] for start, end in unspaced_runs(text)] == runs


@pytest.mark.parametrize(
    ("prose", "works", "language"),
    [
        ("zh-Hant", ["zh-Hans"], "zh"),
        ("en", ["zh-Hant", "de"], "zh"),
        ("en", ["lzh"], "zh"),
        ("de", ["ja"], "ja"),
        ("zh-Hant", ["ja"], ""),
        ("en", ["ar"], ""),
    ],
)
def test_the_language_of_characters_is_that_of_the_works_and_the_prose(
    prose: str, works: list[str], language: str
) -> None:
    project, _ = tiny_parts()
    (work,) = project.works
    found = [replace(work, record=replace(work.record, language=tag, script="")) for tag in works]
    site = replace(project.site, language=prose)
    assert language_of_characters(replace(project, works=tuple(found), site=site)) == language


def home(project: Project) -> dict[str, str]:
    """Language of a view → its home page."""
    presenter = Presenter(Edition.of(project))
    page = next(page for page in pages.views(presenter) if page.address == addresses.HOME)
    return {
        locale.language: Renderer(presenter, assets.TEMPLATES, locale).page(page).text
        for locale in locales(project)
    }


def described(note: Localized, language: str, view: str) -> Project:
    """The small project with its prose in a language, a subtitle, and a further view if that is another."""
    project, _ = tiny_parts()
    further = (LanguageView(language=view, folder="x"),) if view != language else ()
    views = (LanguageView(language=language), *further)
    return replace(project, site=replace(project.site, language=language, subtitle=note, views=views))


@pytest.mark.parametrize(
    ("note", "language", "view", "shown"),
    [
        (
            Localized("從「幹」", translations={"en": "A 幹 & <b>干</b>"}),
            "zh-Hant",
            "en",
            'A <span lang="zh">幹</span> &amp; &lt;b&gt;<span lang="zh">干</span>&lt;/b&gt;',
        ),
        (Localized("從「幹」"), "zh-Hant", "en", '<span lang="zh-Hant">從「幹」</span>'),
        (Localized("從「幹」", translations={"en": "A 幹"}), "zh-Hant", "zh-Hant", "從「幹」"),
        (Localized("A 幹."), "en", "en", 'A <span lang="zh">幹</span>.'),
        (
            Localized("A 幹."),
            "en",
            "ar",
            '<span lang="en" dir="ltr">A <span lang="zh" dir="ltr">幹</span>.</span>',
        ),
        (Localized("A word."), "en", "en", "A word."),
    ],
)
def test_a_text_marks_the_characters_of_another_script(
    note: Localized, language: str, view: str, shown: str
) -> None:
    text = home(described(note, language, view))[view]
    assert f'<p class="subtitle">{shown}</p>' in text
    (title,) = lxml.html.fromstring(text).xpath("/html/head/title/text()")
    assert (note.of(view) or note) in title  # no element can be in a title


@pytest.mark.parametrize("language", ["en", "zh-Hant"])
def test_prose_marks_characters_beside_its_forms(language: str) -> None:
    """Prose in English, and prose in Chinese with a translation into English."""
    place = Place(path="a.md")
    words, problems = prose.inline("The character 幹 & *not 干*, see `于`.", place, "x-")
    assert problems == []
    project = described(Localized("x"), language, "en")
    shown = words if language == "en" else replace(project.pages[0].prose, translations={"en": words})
    others = tuple(page for page in project.pages if page.about != "home")
    changed = tuple(replace(page, prose=shown) for page in project.pages if page.about == "home")
    assert len(changed) == 1
    page = home(replace(project, pages=(*others, *changed)))["en"]
    expected = "The character <zh>幹</span> &amp; <em>not <zh>干</span></em>, see"
    assert expected.replace("<zh>", '<span lang="zh">') in page
    of_form = {"en": "zh", "zh-Hant": "zh-Hant"}[language]
    assert f'<span lang="{of_form}" translate="no">于</span>' in page


def test_a_strip_is_named_in_the_language_of_the_page() -> None:
    """By its heading, or by its numbers where the heading is in another language."""
    project = described(Localized("x"), "zh-Hant", "en")
    (work,) = project.works
    headings = [heading.text for heading in work.headings if heading.level > 1]
    found = {
        language: lxml.html.fromstring(text).xpath("//*[@class='outline']//ol/@aria-label")
        for language, text in home(project).items()
    }
    assert found["zh-Hant"]
    assert {*found["zh-Hant"]} <= {*headings}
    numbers = [
        [passage.number for passage in work.passages if passage.path[-1:] == (heading.id,)]
        for heading in work.headings
        if heading.level > 1
    ]
    named = [f"Passage{'s' * (len(own) > 1)} {', '.join(map(str, own))}" for own in numbers if own]
    assert found["en"] == named
    assert any("s " in name for name in named)
