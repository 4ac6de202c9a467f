"""What the home page says was found is what the tags and the steps of the argument say."""

from __future__ import annotations

import pytest

from site_builder.edition.edition import Edition
from site_builder.model import Sentence
from site_builder.pipeline import Checked
from site_builder.site.pictures import steps
from site_builder.site.pictures.score import silent_cells
from site_builder.site.presenter import Presenter

NUMBERS = {3: "三", 24: "二十四"}
ENGLISH = {3: "three", 24: "twenty-four"}


@pytest.fixture(scope="module")
def edition(repository: Checked) -> Edition:
    assert repository.project is not None
    return Edition.of(repository.project)


def sentences(edition: Edition, block: str) -> list[Sentence]:
    home = edition.prose_about("home")
    assert home is not None
    return [one for one in home.sentences if one.block == block]


def cells(sentence: Sentence) -> set[str]:
    return {link.id for link in sentence.links if link.kind == "cell"}


def test_the_cells_that_no_mode_answers_are_those_of_the_readings(edition: Edition) -> None:
    column = edition.project.site.silence[0]
    assert column.facet == "modes"
    silent = {name: set(silent_cells(read, column)) for name, read in edition.readings.items()}
    _, always, depending, *_ = sentences(edition, "b5")
    assert cells(always) == silent["strict"] & silent["published"] & silent["generous"]
    assert cells(depending) == silent["published"] - silent["generous"]
    assert silent["strict"] == silent["published"] == cells(always) | cells(depending)
    assert "有兩格" in sentences(edition, "b5")[0].text
    assert len(cells(always)) == 2


def test_no_recommendation_is_about_fragmentation_of_space_unless_read_generously(edition: Edition) -> None:
    column = edition.project.site.silence[1]
    assert column.facet == "recommendations"
    silent = {name: silent_cells(read, column) for name, read in edition.readings.items()}
    assert "space-" in silent["strict"]
    assert "space-" in silent["published"]
    assert "space-" not in silent["generous"]


def test_the_steps_to_measures_and_those_that_the_author_states_are_counted(edition: Edition) -> None:
    presenter = Presenter(edition)
    (facet,) = steps.facets(presenter)
    found = [step for step in steps.steps_to(presenter, facet).steps if step.measure]
    stated = [step for step in found if step.status == "stated"]
    first = sentences(edition, "b6")[0].text
    assert first == (
        f"編者列出由診斷到措施的{NUMBERS[len(found)]}步，作者明說的只有{NUMBERS[len(stated)]}步。"
    )
    assert [(step.diagnosis.code.id, step.measure.id) for step in stated if step.measure] == [
        ("organization-", measure) for measure in ("R2", "R2-1", "R2-2")
    ]
    home = edition.prose_about("home")
    assert home is not None
    english = next(one for one in home.translations["en"].sentences if one.block == "b6").text
    assert english.startswith(f"Of the {ENGLISH[len(found)]} steps")
    assert english.endswith(f"the author states {ENGLISH[len(stated)]}.")
