"""Answers to reviews: a review that a person has answered is not reported again.

An entry of ``annotations/reviews.yaml`` answers a review by its code, its place (``block`` or ``path``),
words, and a reason. For a review of a text, the words must include the reported characters; for any other
review, its message must contain the words, and the id of the block.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator

from site_builder.model import About, Answer, Problem
from site_builder.model.hints import near

PATH = "annotations/reviews.yaml"
_OWN = ("R001", "R002")
_AROUND = 4  # characters on each side that an answer quotes


def how(code: str, about: About) -> str:
    r"""The end of a hint: the line that answers a review.

    Its words are those of the review, with four characters on either side, without white space at the ends.
    They are a double-quoted text of YAML, with an escape for a character that is not visible.

    >>> print(how("T001", About(id="p3", text='水 "\u200b" 火', start=3, end=4)))
    add to annotations/reviews.yaml: - {code: T001, block: p3, words: "水 \"\u200b\" 火", reason: …}
    >>> how("T005", About(id="p3", text="春天,夏天", start=2, end=3))
    'add to annotations/reviews.yaml: - {code: T005, block: p3, words: "春天,夏天", reason: …}'
    """
    start, end = max(0, about.start - _AROUND), about.end + _AROUND
    words = "".join(map(_visible, json.dumps(about.text[start:end].strip(), ensure_ascii=False)))
    return f"add to {PATH}: - {{code: {code}, block: {about.id}, words: {words}, reason: …}}"


def _visible(char: str) -> str:
    """A character as a double-quoted YAML text shows it."""
    code = ord(char)
    if char.isprintable() or char == "\u3000":
        return char
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def applied(
    answers: Collection[Answer], problems: list[Problem], known: Collection[str], *, whole: bool
) -> list[Problem]:
    """The problems without the answered reviews, in their order, and with the problems of the answers at the
    end.

    An error cannot be answered. An answer matches a review of its code, in its file if it names one. If the
    review is about a part of a text (``about``), the block of the answer, if any, must be that text, and the
    words of the answer must contain that part at its place. Else block and words must both be in the message
    of the review. One answer can answer several reviews. An answer with an unknown code, with the code of a
    problem of answers, or without a place is R001 (an error; it can have two), at the answer; one without a
    match is R002 (a review), at the answer.

    :param known: every existing code.
    :param whole: whether all files could be read; if not, an answer without a match is not reported.
    """
    used: set[Answer] = set()
    left: list[Problem] = []
    for problem in problems:
        found = [answer for answer in answers if _answers(answer, problem)]
        used.update(found)
        if not found:
            left.append(problem)
    for answer in answers:
        wrong = list(_wrong(answer, known))
        left += wrong
        if whole and not wrong and answer not in used:
            left.append(_idle(answer))
    return left


def _answers(answer: Answer, problem: Problem) -> bool:
    if problem.level != "review" or problem.code != answer.code:
        return False
    if answer.path and answer.path != problem.place.path:
        return False
    about = problem.about
    if about is None:
        named = re.search(rf"(?<![\w-]){re.escape(answer.block)}(?![\w-])", problem.message)
        return named is not None and answer.words in problem.message
    if answer.block and about.id != answer.block:
        return False
    at = about.text.find(answer.words)
    while at >= 0:
        if at <= about.start and about.end <= at + len(answer.words):
            return True
        at = about.text.find(answer.words, at + 1)
    return False


def _wrong(answer: Answer, known: Collection[str]) -> Iterator[Problem]:
    if answer.code not in known:
        message = f"unknown code: {answer.code}"
        yield Problem(place=answer.place, code="R001", message=message, hint=near(answer.code, known))
    elif answer.code in _OWN:
        message = f"a problem of an answer cannot be answered: {answer.code}"
        hint = "remove this answer, and correct or remove the other"
        yield Problem(place=answer.place, code="R001", message=message, hint=hint)
    if not answer.block and not answer.path:
        hint = "add 'block: …' with the id of a passage, heading or entry, or 'path: …' with a file"
        yield Problem(place=answer.place, code="R001", message="an answer must have a place", hint=hint)


def _idle(answer: Answer) -> Problem:
    where = answer.block or answer.path
    return Problem(
        place=answer.place,
        code="R002",
        message=f"the answer matches no review: {answer.code} {where} {answer.words}",
        hint="remove the answer, or quote the words as they are now; an error cannot be answered",
        level="review",
    )
