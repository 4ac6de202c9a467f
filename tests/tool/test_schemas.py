"""The JSON Schemas for editors of the files: made from the tables that read them, and true of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from conftest import ROOT, TINY
from jsonschema import Draft202012Validator

from site_builder.cli.main import CLEAN, USAGE, main

FILES = {
    "addresses": "annotations/anchors.yaml",
    "adjudication": "annotations/*/adjudication.yaml",
    "anchors": "corpus/*/anchors.yaml",
    "coders": "annotations/coders.yaml",
    "edges": "annotations/edges.yaml",
    "emendations": "corpus/*/emendations.yaml",
    "facet": "annotations/codebook/facets/*.yaml",
    "grid": "annotations/codebook/grid.yaml",
    "notes": "annotations/*/notes.yaml",
    "project": "annotations/project.yaml",
    "tags": "annotations/*/tags/*/*.yaml",
    "witness": "corpus/*/witness.yaml",
    "work": "corpus/*/work.yaml",
}
OPTIONAL = ("adjudication", "coders", "edges", "notes")
"""Files that the article may do without."""


def schema(kind: str, capsys: pytest.CaptureFixture[str]) -> Draft202012Validator:
    assert main(["check", "--schema", kind]) == CLEAN
    found = json.loads(capsys.readouterr().out)
    Draft202012Validator.check_schema(found)
    return Draft202012Validator(found)


@pytest.mark.parametrize("folder", [ROOT, TINY], ids=["article", "essay"])
@pytest.mark.parametrize("kind", FILES)
def test_every_file_of_a_sound_project_is_valid(
    kind: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    validator = schema(kind, capsys)
    found = list(folder.glob(FILES[kind]))
    assert found or (folder == ROOT and kind in OPTIONAL)
    for path in found:
        # as an editor reads it: every plain value by the rules of YAML
        value = json.loads(
            json.dumps(yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader), default=str)
        )
        assert not list(validator.iter_errors(value)), path


@pytest.mark.parametrize("kind", FILES)
def test_a_key_that_is_missing_and_one_that_is_unknown_are_refused(
    kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    validator = schema(kind, capsys)
    assert not validator.is_valid({"nothing": []})


def test_a_kind_that_does_not_exist_is_reported(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--schema", "tag"]) == USAGE
    assert "tags" in capsys.readouterr().err
