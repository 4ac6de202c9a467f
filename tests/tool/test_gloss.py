"""The name of a thing in other languages, beside its name on a page."""

from __future__ import annotations

import pytest

from site_builder.model import Localized
from site_builder.site.gloss import glosses

NAME = Localized("空間", translations={"en": "Space", "de": "Raum"})


@pytest.mark.parametrize("view", ["zh-Hant", "zh-Hans"])
def test_a_view_in_the_language_of_the_project_shows_the_translations(view: str) -> None:
    assert glosses(NAME, view, "zh-Hant") == (("Space", "en"), ("Raum", "de"))


@pytest.mark.parametrize("view", ["en", "en-GB", "de"])
def test_a_translated_view_shows_the_name_in_the_language_of_the_project(view: str) -> None:
    assert glosses(NAME, view, "zh-Hant") == (("空間", "zh-Hant"),)


def test_a_name_without_a_translation_has_no_gloss() -> None:
    assert glosses(NAME, "fr", "zh-Hant") == ()
    assert glosses(Localized("空間"), "zh-Hant", "zh-Hant") == ()


def test_the_language_of_the_name_itself_comes_first() -> None:
    assert glosses(NAME.in_("lzh"), "en", "zh-Hant") == (("空間", "lzh"),)
