"""Prose and marked texts → HTML, in one script, for a page of the site or for a book.

The ids, the addresses and the syntax of a medium are parameters of :class:`HtmlWriter`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from html import escape
from itertools import accumulate, pairwise

from site_builder.language.characters import line_break, unspaced_runs
from site_builder.language.message import Wording, msg, pmsg
from site_builder.model import Citation, Element, ElementKind, Inline, Part, Prose, Sentence, SentenceRange
from site_builder.records import replace
from site_builder.site.views import Marked, MarkedRange

_TAGS: dict[ElementKind, str] = {
    "paragraph": "p",
    "field": "span",
    "list": "ul",
    "numbered list": "ol",
    "item": "li",
    "quotation": "blockquote",
    "table": "table",
    "table head": "thead",
    "table body": "tbody",
    "row": "tr",
    "column head": "th",
    "cell": "td",
}
_HERE = "\N{OBJECT REPLACEMENT CHARACTER}"
"""What is in a message in place of mark-up."""
_EMPHASIS = {"emphasis": "em", "strong": "strong"}


def _escaped(text: str) -> str:
    return escape(text, quote=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class HtmlWriter:
    """Writes HTML for one page.

    :param convert: words → the words in the script of the page; it keeps the number of code points.
    :param say: a message, or a text of the editors → its text in the language of the page.
    :param href: address of the site → the link as seen from the page, or ``""`` where it leads nowhere.
    :param name: id in its page of the site → the id in the file.
    :param cited: citation → (address, number, title) of the passage.
    :param target: ``kind:id`` of a link → address, or ``""``.
    :param where_linked: (address, text) → the text, or ``""`` where the address leads nowhere.
    :param xml: XML syntax (EPUB), without what only the pages of the site use.
    """

    convert: Callable[[str], str]
    say: Callable[[Wording], str]
    href: Callable[[str], str]
    name: Callable[[str], str]
    cited: Callable[[Citation], tuple[str, str, str]]
    target: Callable[[str], str]
    where_linked: Callable[[str, str], str]
    xml: bool = False
    language: str = ""
    """The language of the prose (BCP 47), for the forms that it quotes."""
    characters: str = ""
    """The language of forms in Chinese characters or kana, if the prose is not written with them."""
    language_of_page: str = ""
    """The attribute of the language of the page, for its words within prose in another language."""
    text: Callable[[str], str] = _escaped
    """The words of the prose → HTML."""
    anchors: Mapping[str, tuple[str, ...]] | None = None
    """For a translation: the id of a block → the ids at its beginning.  Its sentences have no ids."""

    # prose

    def prose(self, prose: Prose, *, ids: bool = True) -> str:
        """Prose as HTML; with ``ids`` each block and each sentence has its id, also a heading:
        ``<p id="b1"><span id="b1-s1">…</span></p>``, without ``ids`` ``<p>…</p>``.

        Empty prose gives ``""``.  Without ``ids`` a sentence has no element of its own.  The words are
        converted and escaped.  A link that leads nowhere is written as its words alone.
        """
        return self._parts(prose.parts, ids)

    def translation(self, prose: Prose, original: Prose) -> str:
        """A translation as HTML; ``""`` for empty prose.  Its sentences have no elements and no ids.

        Each block has the ids of the sentences of the same block in the original at its beginning, also those
        that have ended, as empty elements, so that the addresses of sentences lead to their block.  Blocks
        are alike if they have the same id; a block of the original without one here loses the ids of its
        sentences.
        """
        anchors: dict[str, tuple[str, ...]] = {}
        for sentence in original.sentences:
            anchors[sentence.block] = (*anchors.get(sentence.block, ()), sentence.anchor, *sentence.also)
        return replace(self, anchors=anchors).prose(prose)

    def _parts(self, parts: tuple[Part, ...], ids: bool) -> str:
        made, before = [], ""
        for part in parts:
            if isinstance(part, Sentence):  # a space between two sentences, where their script has one
                made.append(line_break(before, part.text) if before else "")
                before = part.text
            made.append(self._part(part, ids))
        return "".join(made)

    def _part(self, part: Part, ids: bool) -> str:
        if isinstance(part, Element):
            return self._element(part, ids)
        if not isinstance(part, Sentence):
            return self._inlines(part.inlines)
        words = self._inlines(part.inlines, part.citations)
        return (
            f"{self._opening(part.anchor, part.also)}{words}</span>"
            if ids and self.anchors is None
            else words
        )

    def _element(self, found: Element, ids: bool) -> str:
        inner = self._parts(found.parts, ids)
        if found.kind == "rule":
            return self._void("hr")
        if found.kind == "judgement":
            label = escape(self.say(msg("Editors’ judgement")))
            byline = f'<p class="byline"{self.language_of_page}>{label}</p>'
            return f'<div class="judgement" role="note">{byline}{inner}</div>'
        tag = f"h{found.level}" if found.kind == "heading" else _TAGS[found.kind]
        own = (self.anchors or {}).get(found.id, ()) if found.id else ()
        others = "".join(f"<span{self._class('gone')}{self._id(id_)}></span>" for id_ in own if id_)
        return f"<{tag}{self._id(found.id if ids else '')}>{others}{inner}</{tag}>"

    def _inlines(self, inlines: tuple[Inline, ...], citations: tuple[Citation, ...] = ()) -> str:
        return "".join(self._written(inlines, self._converted(inlines), iter(citations)))

    def _written(
        self, inlines: tuple[Inline, ...], words: Iterator[str], citations: Iterator[Citation]
    ) -> Iterator[str]:
        for node in inlines:
            if node.kind == "text":
                yield self.text(next(words))
            elif node.kind == "form":
                yield self.form(node.content)
            elif node.kind == "break":
                yield self._void("br")
            elif node.kind == "citations":
                yield self._citations([one for _, one in zip(range(node.count), citations, strict=False)])
            else:
                inner = "".join(self._written(node.parts, words, citations))
                yield self._link(node.target, inner) if node.kind == "link" else _wrapped(node.kind, inner)

    def _converted(self, inlines: tuple[Inline, ...]) -> Iterator[str]:
        """The words of each text in the script of the page.

        They are converted together, since a word may go on in a link or in emphasis; a form, a citation
        and a line end keep words apart.
        """
        texts = [node.content if node.kind == "text" else None for node in _leaves(inlines)]
        made = self.convert("".join("\n" if text is None else text for text in texts))
        at = 0
        for text in texts:
            end = at + (1 if text is None else len(text))
            if text is not None:
                yield made[at:end]
            at = end

    def form(self, words: str, language: str = "") -> str:
        """A form quoted as a form: escaped, never converted, and so marked.  With XML, ``xml:lang`` is in
        place of ``translate``.

        :param language: its language (BCP 47); by default ``characters`` for words that are Chinese
            characters or kana alone, and the language of the prose for others.

        For ``為`` in ``zh-Hant`` it is ``<span lang="zh-Hant" translate="no">為</span>``.
        """
        foreign = self.characters if [*unspaced_runs(words)] == [(0, len(words))] else ""
        tag = escape(language or foreign or self.language)
        own = f'xml:lang="{tag}"' if self.xml else 'translate="no"'
        return f'<span lang="{tag}" {own}>{escape(words)}</span>'

    def _citations(self, citations: list[Citation]) -> str:
        shown = []
        for citation in citations:
            address, number, title = self.cited(citation)
            more = "" if self.xml else f' title="{escape(title)}"'
            shown.append(f'<a class="cite" href="{escape(self.href(address))}"{more}>{escape(number)}</a>')
        if not shown:
            return ""
        numbers = escape(self.say(pmsg("passages that a sentence cites", "[%(passages)s]", passages=_HERE)))
        separator = escape(self.say(pmsg("between items of a list", ", ")))
        return f'<span class="cites">{numbers.replace(_HERE, separator.join(shown))}</span>'

    def _link(self, target: str, inner: str) -> str:
        """A link, or its words alone where it leads nowhere."""
        address = self.target(target)
        if not address:
            return inner
        start = f'<a class="term" href="{escape(self.href(address))}">'
        return f"{self.where_linked(address, start)}{inner}{self.where_linked(address, '</a>')}"

    # marked texts

    def marked(self, text: Marked) -> str:
        """A text with its sentences and its marked ranges; in a book the ranges of evidence alone, joined
        where they touch.

        A sentence is ``<span class="s content">`` with its id and an empty link that shows its number
        (neither class nor link in a book); the last one goes to the end of the text.  Evidence is ``<mark>``
        with its classes, ``data-cell``, ``data-lower`` (the height of the lines above, if any) and at its
        last part ``data-label``; further evidence on the same words is a ``<span>`` in it.  A reading of the
        witness is ``<span class="emended" data-received="READING">`` around the words of the edition; another
        range is its ``element`` or ``<span>``.  A range over the border of sentences is divided there, and so
        is the second of two that cross: ``<ins>ab<del>c</del></ins><del>d</del>``.  After the words of a note
        comes an empty link to it.

        The text is converted, the readings of the witness are not.  A line end becomes ``<br>`` and a line
        end.  A text without sentences and ranges gives its escaped words alone, without an element around it.
        """
        words = self.convert(text.text)
        ranges = tuple(_evidence(text.ranges) if self.xml else map(self._labelled, text.ranges))
        parts = []
        bounds = _bounds(text.sentences, len(words))
        for one, before, within in zip(text.sentences, bounds, _clipped(ranges, bounds), strict=True):
            (last, start, end), (ranges_before, ranges_within) = before, within
            parts.append(self._marked_ranges(words[last:start], ranges_before, text.notes))
            parts.append(self._opening(one.id, one.also, self._number(text, one)))
            parts.append(self._marked_ranges(words[start:end], ranges_within, text.notes) + "</span>")
        if not text.sentences:
            parts.append(self._marked_ranges(words, ranges, text.notes))
        return "".join(parts)

    def _labelled(self, one: MarkedRange) -> MarkedRange:
        return replace(one, label=self.say(one.label)) if one.label else one

    def _number(self, text: Marked, one: SentenceRange) -> str:
        """The link that shows the number of a sentence.

        The link has no text: the style sheet counts the sentences and draws the number, so that neither
        positions in the text nor what is copied change.  Its label leaves out the passage, whose number is
        the link before the text.
        """
        href = escape(self.href(f"{text.home}#{one.id}"))
        label = escape(self.say(msg("Sentence %(n)s", n=one.number)))
        return f'<a class="sn" href="{href}" aria-label="{label}"></a>'

    def _marked_ranges(self, text: str, ranges: tuple[MarkedRange, ...], notes_at: str) -> str:
        """A text with its marks, one element for each, nested.  Of two that cross, the second is divided."""
        marks = [*_uncrossed([one for one in ranges if _is_shown(one)])]
        notes = [replace(one, start=one.end) for one in ranges if one.note and one.start < one.end]
        return self._nested(text, sorted((*marks, *notes), key=_outer_first), notes_at)

    def _nested(self, text: str, marks: list[MarkedRange], notes_at: str) -> str:
        """A text with its marks, outer ones first."""
        parts: list[str] = []
        at = 0
        inner = [_Opened(marks=deque(marks), end=len(text))]
        while inner:
            within = inner[-1]
            if not within.marks:
                parts += [self._plain(text[at : within.end]), within.closing]
                at = within.end
                inner.pop()
                continue
            first = within.marks.popleft()
            parts.append(self._plain(text[at : first.start]))
            at = first.start
            if first.note:
                parts.append(self._note(f"{notes_at}#{first.note}"))
                continue
            same = [first]
            while within.marks and _is_same(first, within.marks[0]):
                same.append(within.marks.popleft())
            inside, cut = _divided(within, first)
            lower, closing = within.lower, ""
            for number, one in enumerate(same):
                start, close = _opening_of(one, same if number == 0 else [], lower, inner=number > 0)
                parts.append(start)
                closing = close + closing
                lower += one.depth
            inner.append(_Opened(marks=inside, end=first.end, closing=closing, lower=lower, in_order=not cut))
        return "".join(parts)

    def _plain(self, text: str) -> str:
        # The line end stays in the text of the page, so that positions in it are those of the stored text.
        return escape(text, quote=False).replace("\n", f"{self._void('br')}\n")

    def _note(self, address: str) -> str:
        """The link to a note.  It has no text, as that of :meth:`_number`."""
        label = escape(self.say(msg("Note")))
        return f'<a class="nm" href="{escape(self.href(address))}" aria-label="{label}"></a>'

    # syntax

    def _opening(self, id_: str, also: tuple[str, ...], number: str | None = None) -> str:
        """The start of a sentence, with the ids that have ended and lead to it; ``number`` in a text."""
        kind = "" if number is None else self._class("s content")
        own = self._id(id_)
        ended = "".join(f"<span{self._class('gone')}{self._id(old)}></span>" for old in also)
        shown = "" if number is None or self.xml else number
        return f"<span{kind}{own}>{ended}{shown}"

    def _class(self, names: str) -> str:
        return "" if self.xml else f' class="{names}"'

    def _id(self, id_: str) -> str:
        return f' id="{escape(self.name(id_))}"' if id_ else ""

    def _void(self, tag: str) -> str:
        return f"<{tag}/>" if self.xml else f"<{tag}>"


def _wrapped(kind: str, inner: str) -> str:
    """Words in their element; words that are no quotation have none."""
    tag = _EMPHASIS.get(kind)
    return f"<{tag}>{inner}</{tag}>" if tag else inner


def _leaves(inlines: tuple[Inline, ...]) -> Iterator[Inline]:
    for node in inlines:
        if node.parts:
            yield from _leaves(node.parts)
        else:
            yield node


def _evidence(ranges: tuple[MarkedRange, ...]) -> Iterator[MarkedRange]:
    """Only the evidence; overlapping and adjacent ranges are joined."""
    last: tuple[int, int] | None = None
    for start, end in sorted((one.start, one.end) for one in ranges if one.evidence):
        if last is not None and start <= last[1]:
            last = (last[0], max(last[1], end))
            continue
        if last is not None:
            yield MarkedRange(start=last[0], end=last[1], evidence=True)
        last = (start, end)
    if last is not None:
        yield MarkedRange(start=last[0], end=last[1], evidence=True)


def _is_shown(one: MarkedRange) -> bool:
    """Whether a range has an element.  Only a reading of the witness can be empty."""
    if one.received is not None:
        return True
    return one.start < one.end and bool(one.classes or one.evidence or one.element)


def _is_same(one: MarkedRange, other: MarkedRange) -> bool:
    """Whether two are evidence on the same words."""
    return one.evidence and other.evidence and (one.start, one.end) == (other.start, other.end)


def _outer_first(one: MarkedRange) -> tuple[int, bool, int, bool]:
    """The order of nested ranges: an empty one before those that begin with it, then the longest; evidence
    before other marks of the same words.
    """
    return one.start, one.start < one.end, -one.end, not one.evidence


def _uncrossed(ranges: list[MarkedRange]) -> Iterator[MarkedRange]:
    """The ranges, those that cross a reading of the witness divided at its ends: it stays whole."""
    whole = [one for one in ranges if one.received is not None]
    yield from whole
    around = _Around(whole)
    for one in ranges:
        if one.received is None:
            ends = {other.start for other in around.at(one.end) if one.start < other.start}
            ends |= {other.end for other in around.at(one.start) if other.end < one.end}
            if not ends:
                yield one
                continue
            for start, end in pairwise((one.start, *sorted(ends), one.end)):
                yield replace(one, start=start, end=end, label=one.label if end == one.end else "")


class _Around:
    """Which of some ranges are around a position; ranges that do not overlap are found by their order."""

    def __init__(self, ranges: list[MarkedRange]) -> None:
        self._ranges = sorted(ranges, key=lambda one: one.start)
        self._starts = [one.start for one in self._ranges]
        self._furthest = [*accumulate((one.end for one in self._ranges), max)]

    def at(self, position: int) -> Iterator[MarkedRange]:
        """The ranges that begin before a position and end after it."""
        number = bisect_left(self._starts, position) - 1
        while number >= 0 and self._furthest[number] > position:
            if self._ranges[number].end > position:
                yield self._ranges[number]
            number -= 1


@dataclass(kw_only=True, slots=True)
class _Opened:
    """An element that is open while a text is written, and the marks that are still to be written within it.

    :param end: where it ends in the text.
    :param closing: its end tags.
    :param lower: the height of the lines of evidence around its marks.
    :param in_order: whether its marks are sorted by :func:`_outer_first`; marks that were cut may not be.
    """

    marks: deque[MarkedRange]
    end: int
    closing: str = ""
    lower: int = 0
    in_order: bool = True


def _divided(within: _Opened, around: MarkedRange) -> tuple[deque[MarkedRange], bool]:
    """Take the marks within one out of those of the element; one that goes over its end is divided.

    The second value is whether any of them was.
    """
    inside: deque[MarkedRange] = deque()
    after: list[MarkedRange] = []
    while within.marks and within.marks[0].start < around.end:
        one = within.marks.popleft()
        if one.end <= around.end:
            inside.append(one)
        else:
            inside.append(replace(one, end=around.end, label=""))
            after.append(replace(one, start=around.end))
    cut = bool(after)
    while within.marks and (not within.in_order or (cut and within.marks[0].start == around.end)):
        after.append(within.marks.popleft())
    within.marks.extendleft(sorted(after, key=_outer_first)[::-1])
    within.in_order = True
    return inside, cut


def _opening_of(one: MarkedRange, same: list[MarkedRange], lower: int, *, inner: bool) -> tuple[str, str]:
    """The start and the end of the element of a range.

    :param same: all evidence on the same words, whose labels are at its end; none within the first of them.
    """
    if one.received is not None:
        return f'<span class="emended" data-received="{escape(one.received)}">', "</span>"
    name = one.element or ("mark" if one.evidence and not inner else "span")
    labels = "\N{NO-BREAK SPACE}".join(dict.fromkeys(str(other.label) for other in same if other.label))
    values = {
        "class": one.classes,
        "data-cell": one.cell,
        "data-lower": str(lower) if lower and one.evidence else "",
        "data-label": labels,
    }
    shown = "".join(f' {key}="{escape(value)}"' for key, value in values.items() if value)
    return f"<{name}{shown}>", f"</{name}>"


def _bounds(sentences: tuple[SentenceRange, ...], length: int) -> list[tuple[int, int, int]]:
    """(end of the one before, start, end) of each sentence; the last one goes to the end of the text."""
    ends = [*(one.end for one in sentences[:-1]), length]
    return [(last, one.start, end) for last, one, end in zip((0, *ends), sentences, ends, strict=False)]


def _clipped(
    ranges: tuple[MarkedRange, ...], bounds: list[tuple[int, int, int]]
) -> Iterator[tuple[tuple[MarkedRange, ...], tuple[MarkedRange, ...]]]:
    """The ranges before each sentence, and those within it, counted from the beginning of that part."""
    by_start = sorted(enumerate(ranges), key=lambda one: one[1].start)
    begun = 0
    near: list[tuple[int, MarkedRange]] = []
    for last, start, end in bounds:
        # those before it have ended; the others have not begun
        near = [(number, one) for number, one in near if one.end >= last]
        while begun < len(by_start) and by_start[begun][1].start < end:
            near.append(by_start[begun])
            begun += 1
        near.sort(key=lambda one: one[0])
        found = [one for _, one in near]
        yield _part_of(found, last, start), _part_of(found, start, end)


def _part_of(ranges: list[MarkedRange], start: int, end: int) -> tuple[MarkedRange, ...]:
    """The ranges within a part of a text, counted from its beginning.

    A reading of the witness that goes over the border is whole in the part in which it begins, and
    empty in the next; the link to a note is in the part in which its words end.
    """
    found = []
    for one in ranges:
        first, last = max(one.start, start), min(one.end, end)
        if first < last or (one.start == one.end and start <= one.start < end):
            received = "" if one.received is not None and one.start < start else one.received
            note, label = (one.note, one.label) if one.end <= end else ("", "")
            place = (first - start, max(first, last) - start)
            found.append(
                replace(one, start=place[0], end=place[1], received=received, note=note, label=label)
            )
    return tuple(found)
