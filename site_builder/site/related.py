"""What else touches a passage: other passages with its codes or its words, sentences that rest on it."""

from __future__ import annotations

from site_builder.edition import addresses
from site_builder.edition.codes import CodeId
from site_builder.edition.edition import nested
from site_builder.edition.index import Key
from site_builder.model import Work
from site_builder.site.backlinks import backlinks
from site_builder.site.presenter import Presenter
from site_builder.site.views import Backlinks, Repeated, Shared, Sharing

_Known = dict[str, Shared | None]


def sharing(presenter: Presenter, key: Key) -> Shared | None:
    """The passages that share two codes or more with a passage, the most similar first; ``None`` for none.

    The codes are cells, whatever their relations, and entries of all facets.  Passages that share more codes
    come first, then those that have fewer others, then the earlier one.  Passages of all works count; at most
    100 of its own work and 20 of other works are listed (:class:`.edition.sizes.Sizes`).  Only if some are
    left out, ``codes`` has links, to all codes of the passage.  An unknown passage gives ``None``.
    """
    work = presenter.index.works.get(key[0])
    if work is None:
        return None
    known = presenter.last(_sharing_of_work, work)  # for the page of the passage and for its panel
    if key[1] not in known:
        known[key[1]] = _shared(presenter, key)
    return known[key[1]]


def _sharing_of_work(presenter: Presenter, work: Work) -> _Known:
    """What :func:`sharing` found for the passages of a work, by their ids: none at first."""
    return {}


def _shared(presenter: Presenter, key: Key) -> Shared | None:
    edition = presenter.edition
    own = edition.codes_of.get(key, ())
    found = edition.comparison.of(key)
    if not found.keys:
        return None
    return Shared(
        passages=tuple(
            _sharing(presenter, key, other, _common(own, edition.codes_of[other])) for other in found.keys
        ),
        left_out=found.left_out,
        codes=tuple(map(presenter.code_link, own)) if found.left_out else (),
    )


def _common(own: tuple[CodeId, ...], theirs: tuple[CodeId, ...]) -> list[CodeId]:
    return [code for code in own if code in theirs]


def _sharing(presenter: Presenter, key: Key, other: Key, common: list[CodeId]) -> Sharing:
    edition = presenter.edition
    every = (presenter.code_chip(code).slug for code in edition.painted_codes(other))
    return Sharing(
        href=addresses.passage(other),
        label=edition.passage_label(other, key[0]),
        short=edition.passage_number(other, key[0]),
        painted=tuple(dict.fromkeys(every)),
        chips=tuple(presenter.code_chip(code) for code in common if code in edition.paints),
        links=tuple(
            presenter.entry_link(code.facet, code.id) for code in common if code not in edition.paints
        ),
    )


def repeated(presenter: Presenter, key: Key) -> tuple[Repeated, ...]:
    """The wording of a passage that other passages of its work repeat, longest first; ``()`` for none, and if
    no text may be published.

    A repetition has at least 8 characters of a script without spaces between words, or 8 words of any other;
    punctuation and white space are not counted.  Case counts.  The words are on one line, with the marks that
    they have within quotation marks.  ``passages`` are those of the work that have them too.

    :raises KeyError: if there is no such passage.
    """
    passage = presenter.index.passages[key]
    return tuple(
        Repeated(
            words=nested(passage.text[one.start : one.end], presenter.edition.language_of(passage)),
            start=one.start,
            end=one.end,
            passages=tuple(presenter.passage(other, within=key[0]) for other in one.others),
        )
        for one in presenter.edition.repetitions(key)
    )


def resting(presenter: Presenter, key: Key) -> tuple[Backlinks, ...]:
    """The sentences of the editors that cite a passage, grouped by their place; ``()`` for none, and for an
    unknown passage.

    The place with most sentences comes first; of equal ones the first that cites it.
    """
    found = backlinks(presenter, presenter.index.citing.get(key, ()))
    return tuple(sorted(found, key=lambda place: -len(place.sentences)))
