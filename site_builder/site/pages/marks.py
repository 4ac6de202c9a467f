"""The marks in a text: evidence, readings of the witness, and losses of the conversion."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import groupby

from site_builder.edition import addresses, witness
from site_builder.edition.codes import CodeId, of_tag
from site_builder.edition.index import Key, Span
from site_builder.language import chinese, language
from site_builder.model import Heading, SentenceRange, Work
from site_builder.records import replace
from site_builder.site.presenter import Presenter
from site_builder.site.views import Marked, MarkedRange

LINE = 5
"""How far below a line of evidence, single or double, the next one is, in pixels."""


def passage(presenter: Presenter, work: Work, key: Key, notes: str = "") -> Marked:
    """The text of a passage with all marks that a page can show.

    The ranges are first the evidence of the displayed coder, one for each code on the same words: those of
    the first pole, then all others, both in the order of the codebook.  Then come the readings of the witness
    that differ (as in :func:`heading`), the losses of the conversion (class ``l-merges`` or ``l-lossy``), and
    the words of notes.  The ranges of one code, and those of each other kind, are in the order of the text.

    The class of evidence does not follow this order.  It is the place of the tag in the tagging: ``t0`` for
    the first tag with a colour (:meth:`.Edition.painted_tags`), ``t1`` for the second; two tags of one code
    on the same words give ``t0 t1``.  Evidence without a place is left out.  If the text may not be
    published, the text is that of :meth:`.Edition.shown_text` (the first 12 characters and the mark of
    omission of its language), without ranges; every sentence keeps its id.

    :param notes: the address of the page that has the notes on the words; otherwise the reading page.
    :raises KeyError: if there is no such passage.
    """
    found = presenter.index.passages[key]
    home = addresses.reading(work.id)
    if not presenter.edition.with_text:
        shown = presenter.edition.shown_text(found)
        return Marked(text=shown, sentences=tuple(_within(found.sentences, len(shown))), home=home)
    ranges = (
        *_evidence(presenter, key),
        *_readings(work, found.id, found.text),
        *_losses(presenter, work, found.text),
        *_notes(presenter, key),
    )
    return Marked(
        text=found.text,
        ranges=ranges,
        sentences=found.sentences,
        home=home,
        notes=notes or home,
    )


def _notes(presenter: Presenter, key: Key) -> Iterator[MarkedRange]:
    """A range without marks for the words of each note; behind it is the link to the note."""
    for note in presenter.index.notes.get(key, ()):
        if note in presenter.index.note_spans:
            start, end = presenter.index.note_spans[note]
            yield MarkedRange(start=start, end=end, note=note.anchor)


def _within(sentences: tuple[SentenceRange, ...], length: int) -> Iterator[SentenceRange]:
    """The sentences within the shown part of a text; a sentence outside keeps its id, without words."""
    for one in sentences:
        yield replace(one, start=min(one.start, length), end=min(one.end, length))


def heading(work: Work, found: Heading) -> Marked:
    """A heading with the readings of the witness that differ, in the order of the text; without ranges if
    none does.

    ``received`` of a range is the reading: ``""`` for words that the edition supplies.  For words that it
    takes out the range is empty.  It has no sentences and no other marks, and is shown in full also if the
    text may not be published.
    """
    return Marked(text=found.text, ranges=tuple(_readings(work, found.id, found.text)))


def rules(work: Work) -> dict[str, str]:
    """Edited character → character of the witness, for the changes that apply everywhere; ``{}`` without
    rules.

    For a rule that writes ``,`` as ``，``: ``{"，": ","}``.  Only changes of one character into one are
    included; of several witness characters with the same edited one, the last rule wins.
    """
    return {chr(new): old for new, old in witness.reversal(work.rules).items()}


def losses(presenter: Presenter, work: Work) -> dict[str, int]:
    """How many characters of the passages of a work lose something in the conversion, by kind.

    Both kinds are given: ``{"merges": 3, "lossy": 0}``.  Headings are not counted.  ``{}`` for a text that no
    view of the site converts.
    """
    if not _is_converted(presenter, work):
        return {}
    count: Counter[str] = Counter()
    for passage in work.passages:
        for one in _losses(presenter, work, passage.text):
            count[one.classes] += one.end - one.start
    return {kind: count[f"l-{kind}"] for kind in ("merges", "lossy")}


def _evidence(presenter: Presenter, key: Key) -> Iterator[MarkedRange]:
    tagging = presenter.index.taggings.get(key)
    turns: dict[tuple[CodeId, Span], list[str]] = {}
    for turn, tag in enumerate(presenter.edition.painted_tags(tagging)):
        for span in presenter.index.placed(tag.evidence):
            turns.setdefault((of_tag(tag).whole, span), []).append(f"t{turn}")
    order = {code: (not paint.first, n) for n, (code, paint) in enumerate(presenter.edition.paints.items())}
    for (code, (start, end)), names in sorted(turns.items(), key=lambda one: (order[one[0][0]], one[0][1])):
        yield MarkedRange(
            start=start,
            end=end,
            classes=" ".join(names),
            cell=presenter.edition.code_slug(code),
            label=presenter.edition.short_sign(code),
            depth=LINE,
            evidence=True,
        )


def _readings(work: Work, block: str, text: str) -> Iterator[MarkedRange]:
    for one in witness.located(work, block, text):
        if one.emendation.edited != one.emendation.witness:
            yield MarkedRange(start=one.start, end=one.end, received=one.emendation.witness)


def _losses(presenter: Presenter, work: Work, text: str) -> Iterator[MarkedRange]:
    if not _is_converted(presenter, work):
        return
    losses = chinese.conversion_losses(text)
    for (kind, _), run in groupby(enumerate(losses), key=lambda one: (one[1][1], one[1][0] - one[0])):
        offsets = [offset for _, (offset, _) in run]  # of neighbours that lose the same way
        yield MarkedRange(start=offsets[0], end=offsets[-1] + 1, classes=f"l-{kind}")


def _is_converted(presenter: Presenter, work: Work) -> bool:
    """Whether the text is in Traditional Chinese, and a view of the site has it in Simplified Chinese."""
    text = language.of(work.record.tag)
    views = (language.of(view.language) for view in presenter.project.site.views)
    return text.script == "Hant" and any(view.is_chinese and view.script == "Hans" for view in views)
