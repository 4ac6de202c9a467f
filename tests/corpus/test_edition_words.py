"""What the conversion to Simplified characters does to the words of this edition."""

from __future__ import annotations

import opencc
from conftest import ROOT

from site_builder.edition import conversion
from site_builder.language.chinese import Simplifier, conversion_losses, tw2s
from site_builder.pipeline import Checked

CORPUS = (ROOT / "corpus" / "wu2020" / "text.md").read_text(encoding="utf-8")
BACK = str.maketrans("“”‘’", "「」『』")

simplify = Simplifier()


def test_these_characters_of_the_text_are_lost() -> None:
    kinds = {CORPUS[offset]: kind for offset, kind in conversion_losses(CORPUS)}
    assert {char for char, kind in kinds.items() if kind == "lossy"} == {*"係併繫捲干複里"}
    assert {*"發後於布局欲夥面"} <= {*kinds}


def test_only_known_words_come_back_otherwise() -> None:
    """Simplified → Traditional gives the corpus again, except words with two legal spellings."""
    allowed = {"欲望": "慾望", "夥伴": "伙伴", "局限": "侷限", "布局": "佈局"}
    back = opencc.OpenCC("s2tw").convert(simplify(CORPUS)).translate(BACK)
    seen = set()
    for offset in (i for i, (old, new) in enumerate(zip(CORPUS, back, strict=True)) if old != new):
        for word, other in allowed.items():
            for start in (offset, offset - 1):
                if CORPUS.startswith(word, start) and back.startswith(other, start):
                    seen.add((offset, word))
    assert {word for _, word in seen} == {*allowed}
    spans = {offset for offset, _ in seen}
    assert spans == {i for i, char in enumerate(CORPUS) if char != back[i]}


def test_the_corpus_holds_no_word_that_is_kept() -> None:
    """So that what readers see there is tw2s and nothing else."""
    assert simplify(CORPUS).translate(BACK) == tw2s(CORPUS)


def test_the_names_of_this_edition_change_none_of_its_pages(repository: Checked) -> None:
    assert repository.project is not None
    project = repository.project
    simplify, without = conversion.converter(project, "zh-Hant", "zh-Hans"), Simplifier(project.site.keep)
    assert simplify is not None
    for work in project.works:
        assert all(simplify(block.text) == without(block.text) for block in work.blocks)
