"""Messages about quotations that are not exact in their passage."""

from __future__ import annotations

import json

from site_builder.edition import quotes
from site_builder.edition.index import Index, Key
from site_builder.model import Problem, Quote


def inexact(quote: Quote, key: Key, index: Index, *, code: str) -> Problem:
    """The error of evidence that is not exact in its passage, at the evidence; whether it is exact is not
    checked.

    The hint has the quotation to write, if one is found, or the other passage of the work that has the words.

    The message is ``evidence must quote p2 exactly; WHY: WORDS``; a range has its two ends with ``…``
    between.  WHY is ``the words have changed``, ``its prefix or suffix has changed``, ``it is in the passage
    more than once`` or ``it is not in the passage``; the last is also that of a quotation that is exact.

    :param key: the passage, which must exist: else ``KeyError``.
    :param code: the code of the error.
    """
    work, passage = key
    text = index.passages[key].text
    others = {other.id: other.text for other in index.works[work].passages if other.id != passage}
    verdict = quotes.judge(quote, text, others)
    wrong, hint = "it is not in the passage", "copy the words from the passage"
    if verdict.kind == "changed":
        wrong, hint = (
            "the words have changed",
            f"if the new words are meant, write - {_quoted(verdict.found)}",
        )
    elif verdict.kind == "moved":
        wrong = "its prefix or suffix has changed"
        hint = f"if these words are meant, write - {_quoted(verdict.found)}"
    elif verdict.kind == "ambiguous":
        wrong = "it is in the passage more than once"
        hint = "write more words of its beginning or its end"
        if not quote.to:
            hint = "write " + " or ".join(_with_context(quote.text, text, at) for at in verdict.places)
    elif verdict.elsewhere:
        hint = f"the words are in {verdict.elsewhere}: move the tag there, or quote {passage}"
    shown = quote.text + (f"…{quote.to}" if quote.to else "")
    return Problem(
        place=quote.place,
        code=code,
        message=f"evidence must quote {passage} exactly; {wrong}: {shown}",
        hint=hint,
    )


def _with_context(words: str, text: str, at: int) -> str:
    """The evidence to copy that selects one of several places."""
    before, after = quotes.context(text, at, at + len(words))
    parts = (
        f"prefix: {_quoted(before)}" if before else "",
        f"suffix: {_quoted(after)}" if after else "",
    )
    return f"- {{quote: {_quoted(words)}, {', '.join(filter(None, parts))}}}"


def _quoted(words: str) -> str:
    r"""Words as YAML writes them on one line; a line end is written as ``\n``."""
    return json.dumps(words, ensure_ascii=False)
