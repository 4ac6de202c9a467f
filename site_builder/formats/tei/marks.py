"""The text of a block with its emendations, and pointers into it.

A changed reading is ``choice`` (``sic`` and ``corr``), ``supplied`` or ``surplus``; a doubtful one is a
single ``sic``; a ``gap`` marks lost text.  The readings of the witness (``choice/sic``, ``surplus``) are text
in the file too, so an offset of the stored text is not an offset of the file.  A pointer skips them
(Guidelines, "TEI XPointer Schemes", ``string-range()``: characters of the text stream are counted from zero;
a range in several pieces is several pairs of offset and length).
"""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.edition import witness
from site_builder.edition.edition import Edition
from site_builder.edition.index import Span
from site_builder.edition.witness import Located
from site_builder.formats.tei.tree import CERT, EDITORS, Element, copy, e, emendation, file, to
from site_builder.model import Emendation, Heading, Passage, Work
from site_builder.records import dataclass

Block = Heading | Passage


@dataclass(frozen=True, kw_only=True, slots=True)
class Piece:
    """A range of the stored text, [start, end), and the emendation at it, if any.

    ``received`` is text of the witness before it that the edition does not have.
    """

    start: int
    end: int
    received: str = ""
    emendation: Emendation | None = None


def pieces(work: Work, block: Block) -> tuple[Piece, ...]:
    """The whole text of a block, divided where emendations begin and end; an empty text gives ``()``.

    An emendation that is not found in the text is left out, and so is one that overlaps another; those that
    change the text come first.  A piece is empty (``start == end``) where the edition left out words or
    something is lost.

    They are in the order of the text; one without an emendation has ``None``.
    """
    found: list[Piece] = []
    at = 0
    for one in _standing(work, block):
        if at < one.start:
            found.append(Piece(start=at, end=one.start))
        found.append(one)
        at = one.end
    if at < len(block.text):
        found.append(Piece(start=at, end=len(block.text)))
    return tuple(found)


def _standing(work: Work, block: Block) -> list[Piece]:
    """The emendations that can be marked; one without a change gives way if it overlaps another."""
    places = witness.located(work, block.id, block.text)
    noted = [one for one in places if not _changes(one) and one.emendation.kind != "label"]
    taken: list[Piece] = []
    for one in (*filter(_changes, places), *noted):
        piece = _piece(one)
        if all(piece.end <= other.start or other.end <= piece.start for other in taken):
            taken.append(piece)
    return sorted(taken, key=lambda one: (one.start, one.end))


def _changes(one: Located) -> bool:
    return one.emendation.edited != one.emendation.witness


def _piece(one: Located) -> Piece:
    received = one.emendation.witness if _changes(one) else ""
    lost = not _changes(one) and one.emendation.kind == "lost"
    start = one.end if lost else one.start  # lost text follows the words that mention it
    return Piece(start=start, end=one.end, received=received, emendation=one.emendation)


# --- marks ----------------------------------------------------------------------------------------


def content(work: Work, block: Block) -> Iterator[Element | str]:
    """The text of a block with its marks, as strings and elements in turn.

    All text is given, whether or not it may be published.  A block without emendations gives its lines
    alone.
    """
    for one in pieces(work, block):
        words = block.text[one.start : one.end]
        yield from lines(words) if one.emendation is None else [_mark(work, one.emendation, words)]


def lines(words: str) -> Iterator[Element | str]:
    r"""Words with a ``lb`` at the beginning of each line of verse.  The line end stays, since positions count
    it.

    ``"a\nb"`` gives ``"a"``, ``"\n"``, ``<lb/>``, ``"b"``; words on one line are given as they are.
    """
    for number, line in enumerate(words.split("\n")):
        if number:
            yield "\n"
            yield e("lb")
        yield line


def _mark(work: Work, found: Emendation, words: str) -> Element:
    id_, cert, resp = emendation(found.id), CERT[found.certainty], to([EDITORS])
    known = any(one.id == work.record.witness for one in work.record.copies)
    source = to([copy(work.record.witness)]) if known else ""
    if found.edited == found.witness:
        name = "gap" if found.kind == "lost" else "sic" if words else "anchor"
        return e(name, lines(words), id=id_, reason="lost" if name == "gap" else "", resp=resp, cert=cert)
    if not found.witness:
        return e("supplied", lines(words), id=id_, resp=resp, cert=cert)
    if not found.edited:
        return e("surplus", found.witness, id=id_, reason=found.kind, source=source, resp=resp, cert=cert)
    corrected = e("corr", lines(words), type=found.kind, resp=resp, cert=cert)
    return e("choice", e("sic", found.witness, source=source), corrected, id=id_)


# --- pointers -------------------------------------------------------------------------------------


def pointer(edition: Edition, work: Work, block: Block, span: Span) -> str:
    """A pointer to [start, end) of the stored text: ``edition.xml#string-range(p12,OFFSET,LENGTH…)``.

    Offsets count the readings of the witness in the file too; a range with such a reading inside has several
    pairs.  A range outside of the text gives no pair: ``string-range(p12)``.  It names its file, which is
    the base of all addresses in it, since programs read an address that begins with ``#`` as an id.
    """
    numbers = (str(number) for piece in _pieces(work, block, span) for number in piece)
    return f"{file(edition, work)}#string-range({','.join((block.id, *numbers))})"


def pointers(edition: Edition, work: Work, passage: Passage, spans: tuple[Span, ...]) -> str:
    """Pointers to the ranges of a passage (:func:`pointer`), separated by spaces.

    If there are none, or if the text may not be published, it is a pointer to the passage: ``#p12``.
    """
    if not spans or not edition.with_text:
        return to([passage.id])
    return " ".join(pointer(edition, work, passage, span) for span in spans)


def _pieces(work: Work, block: Block, span: Span) -> list[tuple[int, int]]:
    """(offset, length) in the text of the file; adjacent pieces are joined."""
    found: list[tuple[int, int]] = []
    stream = 0
    for one in pieces(work, block):
        stream += len(one.received)
        first, last = max(one.start, span[0]), min(one.end, span[1])
        if first < last:
            offset = stream + first - one.start
            before = found.pop() if found and sum(found[-1]) == offset else (offset, 0)
            found.append((before[0], before[1] + last - first))
        stream += one.end - one.start
    return found
