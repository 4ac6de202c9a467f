"""The home page and the head of the text say which copy the text is edited from."""

from __future__ import annotations

import lxml.html
import pytest
from conftest import Files

SAYS = {
    "": "據清華新型城鎮化研究（2020-12-17）校訂。非原刊文字。",
    "hans/": "据清华新型城镇化研究（2020-12-17）校订。非原刊文字。",
    "en/": "Edited from Tsinghua New Urbanisation Research, 2020-12-17."
    " It is not the text of the original publication.",
}


@pytest.mark.parametrize("view", SAYS)
def test_the_witness_is_named_where_a_reader_begins(view: str, repository_site: Files) -> None:
    home = lxml.html.document_fromstring(repository_site[f"{view}index.html"].decode())
    (facts,) = home.xpath("//*[@class='at-once']//dl")
    assert SAYS[view] in facts.text_content()
    assert facts.xpath(".//dd/a[@href='wu2020/apparatus.html']")
    text = lxml.html.document_fromstring(repository_site[f"{view}wu2020/index.html"].decode())
    (head,) = text.xpath("//header[@class='title']")
    assert SAYS[view] in head.text_content()
