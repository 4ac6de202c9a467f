"""A page with a picture of the tags begins with what the editors say it is about."""

from __future__ import annotations

import pytest
from conftest import pages_of
from page_reader import Page

from site_builder.pipeline import Checked


@pytest.mark.parametrize("tree", ["", "hans/", "en/"])
@pytest.mark.parametrize(
    "address", ["argument.html", "silence.html", "modes/index.html", "recommendations/index.html"]
)
def test_the_opening_comes_before_the_first_picture(repository: Checked, tree: str, address: str) -> None:
    main = Page(pages_of(repository), tree, address).main
    classes = [(one.get("class") or "").split()[:1] for one in main.iter("div", "figure")]
    assert classes.index(["prose"]) < classes.index(["picture"])
    assert classes.count(["prose"]) == 2
