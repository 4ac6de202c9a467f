"""Rules for pages of rules: a coder can read them without learning how a passage is tagged (family P)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from site_builder.edition.edition import Edition
from site_builder.edition.index import Index
from site_builder.language.characters import is_unspaced
from site_builder.model import Block, Page, Problem

RUN = 12
"""The number of words, or of characters of a script without spaces, that a page may not share with a text."""


def rules_cite_no_passage(edition: Edition) -> Iterator[Problem]:
    """P015 A page of rules ('kind: rules') must not cite a passage: whoever reads it must not learn how a
    passage is tagged.

    One error for each citation, at the citation: ``a page of rules must not cite a passage: [@p2]``, with the
    work if the citation has it (``[@dike:p2]``), without its claims; a passage that is cited twice gives two.
    Translations of the page are examined too. Links are no citations.
    """
    for page in _pages(edition.index):
        for prose in page.prose.versions:
            for sentence in prose.sentences:
                for citation in sentence.citations:
                    work = f"{citation.work}:" if citation.work else ""
                    yield Problem(
                        place=citation.place,
                        code="P015",
                        message=f"a page of rules must not cite a passage: [@{work}{citation.passage}]",
                        hint="remove the citation, and explain the rule with an invented example",
                    )


def rules_quote_no_text(edition: Edition) -> Iterator[Problem]:
    """P016 A page of rules ('kind: rules') must not have 12 words, or 12 characters of a script without
    spaces, that follow each other in a passage. Punctuation makes no difference.

    Capitals make no difference. The first such run of a block is reported, at the block: ``a page of rules
    must not have the words of a passage (p2): WORDS``, with the 12 words in lower case and without
    punctuation. The passages of all works are compared, and translations of the page are examined too.
    """
    pages = list(_pages(edition.index))
    runs = _runs(edition) if pages else {}
    for page in pages:
        for block in (block for prose in page.prose.versions for block in prose.blocks):
            words = _words(block.text)
            for at in range(len(words) - RUN + 1):
                if passage := runs.get(tuple(words[at : at + RUN])):
                    yield _quoted(block, words[at : at + RUN], passage)
                    break


def _pages(index: Index) -> Iterator[Page]:
    """The pages of rules."""
    return (source.page for source in index.sources if source.page is not None and source.has_rules)


def _quoted(block: Block, words: list[str], passage: str) -> Problem:
    shown = ("" if is_unspaced(words[0][0]) else " ").join(words)
    return Problem(
        place=block.place,
        code="P016",
        message=f"a page of rules must not have the words of a passage ({passage}): {shown}",
        hint="write an invented example instead",
    )


def _runs(edition: Edition) -> Mapping[tuple[str, ...], str]:
    """As :func:`_runs_of_texts`; made again only if a work has changed."""
    return edition.memory.of("runs of texts", edition.project.works, lambda: _runs_of_texts(edition.index))


def _runs_of_texts(index: Index) -> Mapping[tuple[str, ...], str]:
    """Every run of ``RUN`` words of the passages → the id of the first passage that has it."""
    found: dict[tuple[str, ...], str] = {}
    for (_, id_), passage in index.passages.items():
        words = _words(passage.text)
        for at in range(len(words) - RUN + 1):
            found.setdefault(tuple(words[at : at + RUN]), id_)
    return found


def _words(text: str) -> list[str]:
    """The words of a text without case; in a script without spaces each character is one."""
    found: list[str] = []
    within = False
    for char in text:
        if not char.isalnum():
            within = False
        elif is_unspaced(char):
            found.append(char)
            within = False
        elif within:
            found[-1] += char.casefold()
        else:
            found.append(char.casefold())
            within = True
    return found
