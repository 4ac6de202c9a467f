"""``build --without-text``: everything but the text of the work.

What may be seen of a passage are its first twelve characters.  A range of seven characters that
reaches beyond them counts as published text; no word of the editors of the tiny project is
that long and the same.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from pathlib import Path

import pytest
from conftest import TINY, Files, differing, on_disk

from site_builder.cli.main import CLEAN, main
from site_builder.edition.index import evidence
from site_builder.language.chinese import Simplifier
from site_builder.model import Passage
from site_builder.pipeline import Checked

SHOWN, LONG = 12, 7


@pytest.fixture(scope="module")
def files(tiny_site_without_text: Files) -> Files:
    return tiny_site_without_text


def passages(tiny: Checked) -> tuple[Passage, ...]:
    assert tiny.project is not None
    return tiny.project.works[0].passages


def stretches(text: str) -> set[str]:
    """Every range of the text that reaches beyond what may be shown."""
    return {text[at : at + LONG] for at in range(SHOWN - LONG + 1, len(text) - LONG + 1)}


def unpacked(files: Files) -> dict[str, str]:
    """Every file as text, those of an archive too."""
    found: dict[str, str] = {}
    for name, data in files.items():
        if name.endswith((".zip", ".epub", ".qdpx")):
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                inner = {f"{name}/{one}": archive.read(one) for one in archive.namelist()}
            found |= unpacked(inner)
        else:
            found[name] = data.decode()
    return found


def bare(text: str) -> str:
    """The words of a page: no tags, so that a mark in the middle of a range hides nothing."""
    return re.sub(r"<[^>]*>", "", text)


def leaks(files: Files, texts: list[str]) -> dict[str, list[str]]:
    forbidden = set().union(*map(stretches, texts))
    letters = re.escape("".join(sorted(set().union(*forbidden))))
    possible = re.compile(f"[{letters}]{{{LONG},}}")

    def windows(text: str) -> set[str]:
        """Every range of a text that is as long as those that are looked for and has only letters of them."""
        return {one[at : at + LONG] for one in possible.findall(text) for at in range(len(one) - LONG + 1)}

    found = {
        name: sorted(forbidden & (windows(text) | windows(bare(text))))
        for name, text in unpacked(files).items()
    }
    return {name: stretches for name, stretches in found.items() if stretches}


def test_the_test_finds_the_text_if_it_is_published(tiny: Checked, tiny_site: Files) -> None:
    found = leaks(tiny_site, [p.text for p in passages(tiny)])
    assert {"canal/index.html", "canal/p2.html", "data/passages.json", "data/search.js"} <= set(found)


def test_no_text_is_published_in_either_script(tiny: Checked, files: Files) -> None:
    assert tiny.project is not None
    simplify = Simplifier(tiny.project.site.keep)
    texts = [p.text for p in passages(tiny)]
    assert leaks(files, texts + [simplify(text) for text in texts]) == {}


def test_no_evidence_is_published(tiny: Checked, files: Files) -> None:
    assert tiny.project is not None
    texts = {p.id: p.text for p in passages(tiny)}
    quoted = {
        quote.text
        for tagging in tiny.project.taggings
        for quote in evidence(tagging)
        if len(quote.text) > 4 and quote.text not in texts[tagging.passage][:SHOWN]
    }
    assert len(quoted) > 5
    everything = "\n".join(bare(text) for text in unpacked(files).values())
    assert [quote for quote in sorted(quoted) if quote in everything] == []
    assert "<mark" not in files["canal/index.html"].decode()


def test_every_passage_keeps_its_page_its_gist_and_its_opening(tiny: Checked, files: Files) -> None:
    assert tiny.index is not None
    for passage in passages(tiny):
        page = bare(files[f"canal/{passage.id}.html"].decode())
        assert passage.text[:SHOWN] in page
        assert tiny.index.taggings[("canal", passage.id)].gist in page


def test_the_data_hold_the_opening_in_both_scripts_and_no_evidence(files: Files) -> None:
    for passage in json.loads(files["data/passages.json"])["passages"]:
        assert len(passage["text"]["hant"]) == len(passage["text"]["hans"]) == SHOWN
        assert all(cell["evidence"] == [] for cell in passage["cells"])


def test_the_same_pages_exist_except_those_made_of_the_text(files: Files, tiny_site: Files) -> None:
    gone = tiny_site.keys() - files.keys()
    assert {"canal/witness.html", "hans/canal/witness.html"} <= gone
    assert {Path(name).stem for name in gone} == {
        *("witness", "versions", "try", "collection", "project", "canal"),
    }
    assert files.keys() <= tiny_site.keys()


@pytest.mark.usefixtures("kept_results")
def test_the_command_publishes_without_the_text(tmp_path: Path, files: Files) -> None:
    assert main(["build", str(TINY), "--out", str(tmp_path), "--without-text"]) == CLEAN
    assert differing({k: v for k, v in on_disk(tmp_path).items() if k in files}, files) == []


@pytest.mark.usefixtures("kept_results")
def test_it_removes_the_text_from_a_site_that_had_it(tmp_path: Path) -> None:
    assert main(["build", str(TINY), "--out", str(tmp_path)]) == CLEAN
    assert main(["build", str(TINY), "--out", str(tmp_path), "--without-text"]) == CLEAN
    assert not (tmp_path / "canal" / "witness.html").exists()
