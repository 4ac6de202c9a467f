"""What exports and pages say of this edition, and that it has what the tests of the tool compare."""

from __future__ import annotations

import json
import re

from conftest import ROOT, Files
from oracle import Oracle
from page_reader import Book
from test_pages_frame import measures

from site_builder.citing import citation
from site_builder.edition import witness
from site_builder.language import chinese
from site_builder.pipeline import Checked


def test_the_article_is_read_by_the_oracle() -> None:
    found = Oracle(ROOT)
    assert len(found.passages) == 37
    assert len(found.sources) > 200, "the editors' pages and entries; their number grows with the edition"


def test_a_passage_of_the_article_says_what_its_tags_say(repository_site: Files) -> None:
    found = json.loads(repository_site["data/passages.json"])["passages"][10]
    assert (found["id"], found["number"], found["function"]) == ("p11", 11, "pole")
    assert [h["id"] for h in found["headings"]] == ["s2", "s2-1"]
    assert found["cells"][0]["cell"] == "space+"
    assert found["cells"][0]["relation"] == "describes"


def test_the_edition_has_what_the_tests_of_pages_compare(repository_site: Files) -> None:
    """Otherwise they compare nothing with nothing: ``tests/tiny`` has neither."""
    book = Book("repository", Oracle(ROOT), repository_site)
    assert any(measures(book, cell) for cell in book.oracle.cells)
    losses = {
        kind
        for work in book.oracle.works
        for passage in work.passages
        for _, kind in chinese.conversion_losses(passage.text)
    }
    assert losses == {"merges", "lossy"}


def test_the_edition_has_what_the_tests_of_quotations_compare(repository: Checked) -> None:
    """Otherwise they never turn a quotation mark, and never find the witness unlike the edition."""
    assert repository.project is not None
    work = repository.project.works[0]
    assert any(re.match("[^。！？]*「", passage.text) for passage in work.passages)
    assert sum(witness.undo(work, p.id, p.text) != p.text for p in work.passages) > 5


def test_a_passage_of_the_article_is_cited_by_the_article_and_by_the_edition(repository: Checked) -> None:
    assert repository.project is not None
    record, site = repository.project.works[0].record, repository.project.site
    forms = [form.entry for form in citation.styles(record, site, citation.Locator())]
    assert len(forms) == 18
    # GB/T alone asks for the day on which the edition was read; it and the note name the passage
    assert sum("{date}" in form for form in forms) == 2
    assert sum("{id}" in form for form in forms) == 4
    passage = [
        form.entry for form in citation.styles(record, site, citation.Locator()) if form.of == "passage"
    ]
    assert all(
        (record.title in form or record.title_latin in form) and site.version in form for form in passage
    )
