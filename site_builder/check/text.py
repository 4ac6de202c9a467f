"""Rules for the edited text (family T)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from site_builder.check import reviews
from site_builder.check.brackets import runs, unbalanced
from site_builder.check.works import each
from site_builder.edition import anchors
from site_builder.edition.edition import Edition
from site_builder.language import hidden, language
from site_builder.language.characters import is_han, is_unspaced
from site_builder.model import About, Heading, Passage, Place, Problem, Work, within
from site_builder.model.hints import unknown


def ids_are_unique(edition: Edition) -> Iterator[Problem]:
    """T003 An id must be unique in a text. An address with an id that two blocks share leads only to the
    first.

    The error is at each later block: ``an id must be unique in the text; p2 is already on line 5``. Its hint
    has a free id: ``write {#p9}``. Case counts; the same id in two works is allowed.
    """
    return each(edition, _repeated_ids)


def _repeated_ids(work: Work) -> Iterator[Problem]:
    seen: dict[str, Place] = {}
    for block in work.blocks:
        if block.id in seen:
            line = seen[block.id].line
            own = anchors.own_id(work.ledger, work.blocks, block.text)
            free = own or anchors.next_id(work.ledger, work.blocks)
            yield Problem(
                place=block.place,
                code="T003",
                message=f"an id must be unique in the text; {block.id} is already on line {line}",
                hint=f"write {{#{free}}}",
            )
        seen.setdefault(block.id, block.place)


def named_headings_exist(edition: Edition) -> Iterator[Problem]:
    """T011 A key of 'headings' in the record of a work must be the id of a heading of its text.

    One error for each key, at the key: ``unknown heading: s9``.
    """
    return each(edition, _unknown_headings)


def _unknown_headings(work: Work) -> Iterator[Problem]:
    known = [heading.id for heading in work.headings]
    for id_, names in work.record.headings.items():
        if id_ not in known:
            yield unknown(names.place, "T011", "heading", id_, known)


def punctuation_is_full_width(edition: Edition) -> Iterator[Problem]:
    """T005 (review) In a Chinese text, punctuation between Chinese characters should be full-width. A
    half-width mark there often comes from a conversion. Marks in Western words, in numbers and in
    texts of other languages are not reported.

    One review for each mark, at the mark: ``punctuation between Chinese characters should be full-width: ,``.
    Which marks these are, :func:`half_width` says.
    """
    return each(edition, _half_width_marks)


def _half_width_marks(work: Work) -> Iterator[Problem]:
    full_width = language.of(work.record.tag).rules.full_width
    for block in work.blocks if full_width else ():
        for offset in half_width(block.text, full_width):
            char = block.text[offset]
            yield review(
                block,
                offset,
                "T005",
                f"punctuation between Chinese characters should be full-width: {char}",
                f"write {full_width[char]}, and add the change to emendations.yaml if there is a witness",
            )


def half_width(text: str, full_width: Mapping[str, str]) -> list[int]:
    """The offsets of half-width marks with Chinese on both sides, in order; ``[]`` for none, and without
    ``full_width``.

    The edge of a line and a full-width mark count as Chinese if the other side is a Chinese character.  Of a
    pair of brackets both halves are reported, or neither.

    :param full_width: half-width mark → full-width mark, as :class:`site_builder.language.rules.Rules` says.

    >>> half_width("春天,夏天,a,b", {",": "，"})
    [2]
    """
    marks = re.compile(f"[{re.escape(''.join(full_width))}]") if full_width else re.compile("(?!)")
    meant = {mark.start() for mark in marks.finditer(text) if _in_chinese(text, mark.start())}
    opened: list[int] = []
    for bracket in re.finditer(r"[()]", text):
        if bracket[0] == "(":
            opened.append(bracket.start())
        elif opened:
            pair = {opened.pop(), bracket.start()}
            if not pair <= meant:
                meant -= pair
    return sorted(meant)


def _in_chinese(text: str, at: int) -> bool:
    before, after = text[at - 1 : at] if at else "", text[at + 1 : at + 2]
    sides = [not side or side == "\n" or is_unspaced(side) for side in (before, after)]
    return all(sides) and any(map(is_han, before + after))


def brackets_match(edition: Edition) -> Iterator[Problem]:
    """T006 (review) A bracket should have a matching bracket. A quotation of several paragraphs may open
    in each paragraph and close only in the last (GB/T 15834—2011, 4.8.3.5). A number before ） needs
    no （.

    One review for each bracket without its other half, at the bracket: ``a bracket should have a matching
    bracket: （``. The brackets are those of the language of the work. A quotation cannot continue after a
    heading.
    """
    return each(edition, _unmatched_brackets)


def _unmatched_brackets(work: Work) -> Iterator[Problem]:
    rules = language.of(work.record.tag).rules
    for run in runs(work.blocks):
        texts = [block.text for block in run]
        for number, offset in unbalanced(texts, rules.balanced):
            block = run[number]
            yield review(
                block,
                offset,
                "T006",
                f"a bracket should have a matching bracket: {block.text[offset]}",
                "compare the source, and add the missing bracket or remove this one",
            )


def characters_are_visible(edition: Edition) -> Iterator[Problem]:
    """T008 A text must not contain a tab, a line separator or U+FFFD, which shows that a character was
    lost. (review) It should contain no other invisible character and no private-use character, and
    should be in Unicode normal form C. Joiners, direction marks and variation selectors are not
    reported where their scripts need them. The words of the editors are examined too, also names in the
    codebook; there only U+FFFD is an error.

    One problem for each such character, at its place: ``a text must not contain a tab: U+0009``. Of normal
    form C there is one review for each compatibility ideograph, and one for the first other place of a block.
    """
    return each(edition, _hidden_characters)


def _hidden_characters(work: Work) -> Iterator[Problem]:
    for block in work.blocks:
        for offset, found in hidden.verdicts(block.text):
            if found.error:
                yield Problem(place=at(block, offset), code="T008", message=found.message, hint=found.hint)
            else:
                yield review(block, offset, "T008", found.message, found.hint)
        for offset, message, hint in hidden.not_normal(block.text):
            yield review(block, offset, "T008", message, hint)


def review(block: Heading | Passage, offset: int, code: str, message: str, hint: str) -> Problem:
    """A review of one character of a block.  The line that answers it is added to the hint.

    Its place is that of the character, as :func:`at` gives it: in the second line of a block, the column
    counts from the beginning of that line.  ``about`` is the text of the block from ``offset`` to
    ``offset + 1``.

    The hint is ``HINT; if it is correct, add to annotations/reviews.yaml: - {code: …}``, as
    :func:`.reviews.how` writes it.
    """
    about = About(id=block.id, text=block.text, start=offset, end=offset + 1)
    return Problem(
        place=at(block, offset),
        code=code,
        message=message,
        hint=f"{hint}; if it is correct, {reviews.how(code, about)}",
        level="review",
        about=about,
    )


def at(block: Heading | Passage, offset: int) -> Place:
    """The place of a character of a block, by its offset in the text of the block.

    It can be too far left in a block whose source has backslashes, which the text lacks.

    Lines count from 1, and so do columns.
    """
    return within(block.place, block.text, offset)
