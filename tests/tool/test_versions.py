"""The versions of a text side by side, compared with the witness, the text as edited and its conversion."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any

import lxml.html
import pytest

from site_builder.edition import witness
from site_builder.edition.edition import Edition
from site_builder.edition.locale import locales
from site_builder.language import catalogue, chinese
from site_builder.model import Work
from site_builder.pipeline import Checked
from site_builder.site.pages import versions
from site_builder.site.presenter import Presenter
from site_builder.site.views import Piece


@pytest.fixture(scope="module", params=["tiny", "repository"])
def project(request: pytest.FixtureRequest) -> Checked:
    found: Checked = request.getfixturevalue(request.param)
    return found


def work_of(project: Checked) -> tuple[Presenter, Work]:
    assert project.project is not None
    return Presenter(Edition.of(project.project)), project.project.works[0]


def test_the_rows_of_each_version_are_its_text(project: Checked) -> None:
    presenter, work = work_of(project)
    facts = facts_of(presenter, work)
    convert = locales(presenter.project)[1].convert
    languages = [column.language for column in facts["columns"]]
    assert languages == [work.record.witness_tag, work.record.tag, "zh-Hans"]
    for passage, shown in zip(work.passages, facts["passages"], strict=True):
        assert len(shown["rows"]) == max(1, len(passage.sentences))
        received, edited, simplified = (
            "".join(map(words, column)) for column in zip(*shown["rows"], strict=True)
        )
        assert received == witness.undo(work, passage.id, passage.text)
        assert edited == passage.text
        assert len(simplified) == len(passage.text)
        assert simplified == convert(passage.text)


@pytest.mark.parametrize(
    ("page", "name", "short"),
    [("zh-Hant", "簡體", "簡"), ("zh-Hans", "简体", "简"), ("en", "Simplified Chinese", "Simplified")],
)
def test_the_version_in_another_script_has_its_name_in_the_language_of_the_page(
    project: Checked, page: str, name: str, short: str
) -> None:
    column = facts_of(*work_of(project))["columns"][-1]
    assert (catalogue.of(page).text(column.name), catalogue.of(page).text(column.short)) == (name, short)


def facts_of(presenter: Presenter, work: Work) -> dict[str, Any]:
    [view] = versions.versions(presenter, work)
    return view.facts


def words(pieces: tuple[Piece, ...]) -> str:
    return "".join(piece.text for piece in pieces)


def test_the_counts_are_those_of_the_differences(project: Checked) -> None:
    presenter, work = work_of(project)
    facts = facts_of(presenter, work)
    shown = {message.id: number for _, found in facts["counts"] for message, number in found}
    names = {kind: shown.get(message.id, 0) for kind, message in versions.COUNTS.items()}
    losses = Counter(kind for p in work.passages for _, kind in chinese.conversion_losses(p.text))
    assert (names["merges"], names["lossy"]) == (losses["merges"], losses["lossy"])
    blocks = {passage.id for passage in work.passages}
    emended = [e for e in work.emendations if e.block in blocks and e.edited != e.witness]
    assert names["emended"] == len(emended)
    assert names["shape"] > 0 < names["quote"]
    kinds = Counter(
        piece.kind
        for passage in facts["passages"]
        for row in passage["rows"]
        for column in row
        for piece in column
    )
    assert kinds["wrong"] + kinds["added"] + kinds["removed"] == len(emended)
    # what an editor decided is marked in a word too
    for passage in facts["passages"]:
        for row in passage["rows"]:
            for piece in (piece for column in row for piece in column):
                assert bool(piece.label) == (piece.kind in ("wrong", "changed", "added", "removed"))


def test_the_page_says_which_text_is_in_which_language(tiny_site: dict[str, bytes]) -> None:
    for tree in ("", "hans/"):
        page = lxml.html.fromstring(tiny_site[f"{tree}canal/versions.html"])
        rows = page.xpath("//ol/li/div")
        assert rows
        for row in rows:
            texts = row.xpath("./div/p")
            assert [one.get("lang") for one in texts] == ["zh-Hant", "zh-Hant", "zh-Hans"]
            assert {one.get("translate") for one in texts} == {"no"}
    # both trees show the same words: a version is never converted by the page
    [first], [second] = (
        lxml.html.fromstring(tiny_site[f"{tree}canal/versions.html"]).xpath(
            "(//div[@data-columns]//ol/li)[1]/div/div[2]/p"
        )
        for tree in ("", "hans/")
    )
    assert first.text_content() == second.text_content()


def test_a_page_needs_two_versions_and_a_published_text(tiny: Checked) -> None:
    presenter, work = work_of(tiny)
    site = presenter.project.site
    alone = replace(presenter.project, site=replace(site, views=site.views[:1]))
    bare = replace(work, witness="")
    assert versions.address(presenter, bare)  # the converted one is left
    assert versions.address(Presenter(Edition.of(alone)), work)
    assert not versions.address(Presenter(Edition.of(alone)), bare)
    assert not versions.address(Presenter(Edition.of(presenter.project, with_text=False)), work)
    facts = facts_of(Presenter(Edition.of(alone)), work)
    assert [column.language for column in facts["columns"]] == [work.record.witness_tag, work.record.tag]


def test_a_mark_changed_by_rule_is_marked_before_and_after(project: Checked) -> None:
    presenter, work = work_of(project)
    for passage in facts_of(presenter, work)["passages"]:
        received, edited = (
            sum(len(piece.text) for row in passage["rows"] for piece in row[at] if piece.kind == "rule")
            for at in (0, 1)
        )
        assert received == edited
        numbers = {message.id: number for _, found in passage["counts"] for message, number in found}
        changed = numbers.get(versions.COUNTS["emended"].id, 0)
        assert passage["marks_only"] is (received > 0 and not changed)


def test_the_page_leads_to_each_passage_and_explains_each_count(tiny_site: dict[str, bytes]) -> None:
    page = lxml.html.fromstring(tiny_site["canal/versions.html"])
    ids = page.xpath("//div[@data-columns]/details/div/@id")
    assert ids
    assert page.xpath("//nav[@class='jump']//a/@href") == [f"#{one}" for one in ids]
    counted = [one.split()[0] for one in page.xpath("//dl[@class='differences-of']//dd/text()")]
    assert counted
    assert page.xpath("//dl[@class='legend-of']//dt/text()") == counted
    after = page.xpath("//dl[@class='differences-of']/following-sibling::*[1]")[0]
    assert after.text_content() == "各數只計段落，標題裡的改動不計。"


def test_passages_with_emended_words_are_unfolded_at_first(repository: Checked) -> None:
    presenter, work = work_of(repository)
    shown = facts_of(presenter, work)["passages"]
    emended = {one.block for one in work.emendations if one.edited != one.witness}
    assert [one["id"] for one in shown if one["opens"]] == [p.id for p in work.passages if p.id in emended]


def test_without_emended_words_the_first_passage_is_unfolded_and_each_of_a_short_text(
    repository: Checked, monkeypatch: pytest.MonkeyPatch
) -> None:
    presenter, work = work_of(repository)
    bare = replace(work, emendations=())
    shown = [one["opens"] for one in facts_of(presenter, bare)["passages"]]
    assert shown == [True] + [False] * (len(work.passages) - 1)
    monkeypatch.setattr(versions, "_FEW", len(work.passages))
    assert all(one["opens"] for one in facts_of(presenter, bare)["passages"])
