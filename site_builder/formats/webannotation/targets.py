"""Finds the passage, and the words in it, that the target of a Web Annotation means.

Programs name the same place by an address, by words or by positions, in any combination.  Addresses are
compared by their endings, since a site can have any address when it is annotated.

If words and position disagree, the words take precedence.  A position that counts UTF-16 units is also
recognized.  A quotation from the pages of a converted view becomes the words of the edition at the same
place, since both scripts have the same length.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product

from site_builder.edition import addresses, anchors, quotes
from site_builder.edition.index import Index, Key
from site_builder.edition.locale import locales
from site_builder.formats.webannotation.selectors import Address, Selection, address, selection
from site_builder.formats.webannotation.values import get, many, word
from site_builder.importing.unbroken import unbroken, unbroken_after, unbroken_before
from site_builder.importing.wording import short
from site_builder.model import Place, Problem, Project, Quote
from site_builder.model.hints import unknown
from site_builder.records import dataclass, replace


@dataclass(frozen=True, kw_only=True, slots=True)
class Aim:
    """A passage, and the words in it that are meant; no quotation means the whole passage.

    ``whole`` means that the target is the whole passage, even if its words are also quoted.  ``remarks`` are
    reviews for a person, although the target is clear.
    """

    work: str
    passage: str
    quotes: tuple[Quote, ...] = ()
    whole: bool = False
    remarks: tuple[Problem, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class _Page:
    """The page that an address names: of a work, or of one passage, in the view with the folder ``folder``.

    ``unprefixed`` is the work to which ids without a prefix belong in the file of all pages.
    """

    work: str = ""
    unprefixed: str = ""
    passage: str = ""
    folder: str = ""


class Aims:
    """Finds the passages that targets mean."""

    def __init__(self, project: Project, index: Index) -> None:
        self.index = index
        self.locales = {locale.folder: locale for locale in locales(project)}
        all_pages = _Page(work=index.single_work, unprefixed=project.first_published.id)
        self.pages: dict[str, _Page] = {addresses.ONEFILE: all_pages}
        for work in project.works:
            self.pages[addresses.reading(work.id)] = _Page(work=work.id)
            self.pages[addresses.onefile(work.id)] = _Page(work=work.id, unprefixed=work.id)
            for id_ in (*(a.id for a in work.ledger), *(p.id for p in work.passages)):
                self.pages[addresses.passage((work.id, id_))] = _Page(work=work.id, passage=id_)

    def aim(self, target: object, place: Place) -> Aim | Problem:
        """The passage and the words of one target, or the problem (I003).

        The id of the passage is that of its page, of the fragment selector, or of the fragment of the
        address, in this order.  Without a known id, quoted words are searched for in all passages of the
        work or project.  Words that are not in the passage are kept as a quotation: they are not judged
        here.

        :param target: an address or a record; any other value gives a problem.
        """
        iri = word(_source(target))
        known = address(iri)
        page = self.page(known)
        found = selection(get(target, "selector"))
        id_ = page.passage or found.fragment or known.fragment
        counted = found.inside or (not page.passage and not found.fragment and bool(known.fragment))
        key = next((k for k in self.keys(page, id_) if k in self.index.passages), None)
        if key is not None:
            return self.words_in(key, found, page, place, counted=counted)
        if not found.exact:
            return self.no_passage(page, id_, iri, place)
        return self.search(found, page, id_ or ("" if page.work else iri), place)

    def keys(self, page: _Page, id_: str) -> Iterator[Key]:
        """The passages that an id can mean, the likeliest first; the same one can occur again.  Whether they
        exist is not checked.

        In the file of all pages, an id can have the name of its page as a prefix: ``canal--p2--p2``,
        ``__canal/p2``.  A prefix begins with the id of a work of the project; any other is a part of the id.
        The likeliest is the whole id, also an empty one, in the work of the page, in the file of all pages in
        the work published first.  The last is what follows the last ``--`` or ``/``, in that work too.
        """
        own = page.work or page.unprefixed
        yield own, id_
        for work, step in product(self.index.works, _STEPS):
            before, found, rest = id_.removeprefix("__").partition(f"{work}{step}")
            if found and not before:
                yield work, rest
                yield work, rest.rpartition(step)[2]
        yield own, re.split("--|/", id_)[-1]

    def page(self, known: Address) -> _Page:
        """The page of the site with the longest matching ending; an empty page if none matches.

        Only reading pages, pages of passages (live or ended), ``edition.html`` and
        ``WORK/work.edition.html`` are known.  The last has its work also as ``unprefixed``; ``edition.html``
        has there the work published first, and as ``work`` the only one, ``""`` if there are several.  A step
        before the ending that is no folder of a view is ignored.
        """
        for ending, before in known.endings:
            if ending in self.pages:
                return replace(self.pages[ending], folder=before if before in self.locales else "")
        return _Page()

    def shown(self, key: Key, page: _Page) -> str:
        """The text of a passage on the page, which a view can convert.

        :raises KeyError: if there is no such passage.
        """
        return self.locales[page.folder].convert(self.index.passages[key].text)

    def no_passage(self, page: _Page, id_: str, iri: str, place: Place) -> Problem:
        """The problem (I003) of a target without a passage and without words to search for.

        If the id has ended, the hint names the live ids that it leads to, also in several steps; for a
        withdrawn id it is the usual one.
        """
        work = page.work or page.unprefixed
        if not work:
            return _problem(
                place,
                f"the target must be a page of the edition: {short(iri) or 'no address'}",
                f"an address such as …/{addresses.anchor(next(iter(self.index.passages)))}",
            )
        known = {passage for other, passage in self.index.passages if other == work}
        if not id_:
            return _problem(place, "the target must name a passage", "add a FragmentSelector, or the words")
        found = unknown(place, "I003", "passage", short(id_), known)
        went = anchors.successors(self.index.works[work].ledger, id_)
        if went in ((), (id_,)):  # unknown, withdrawn, or live: a heading
            return found
        return replace(found, hint=f"its words went to {', '.join(went)}")

    def search(self, found: Selection, page: _Page, named: str, place: Place) -> Aim | Problem:
        """The only passage that contains the words, for a target without a passage.

        Words in several passages, with context that does not decide, or in none give a problem (I003).  A
        target that names something else instead of a passage gets a remark.

        :param named: what the target names instead; ``""`` for nothing.
        """
        keys = [key for key in self.index.passages if page.work in ("", key[0])]
        lines = {key: _unbroken(found, self.shown(key, page)) for key in keys}
        holding = [key for key in keys if lines[key].exact in self.shown(key, page)]
        if len(holding) > 1:
            holding = [key for key in holding if _fitting(lines[key], self.shown(key, page))] or holding
        what = f"the target must name a passage{', not ' if named else ''}{short(named)}"
        if len(holding) != 1:
            where = f"are in {len(holding)} passages" if holding else "are in no passage"
            return _problem(place, what, f"its words {where}: {short(found.exact)}")
        aim = self.words_in(holding[0], found, page, place, counted=False)
        if not named or isinstance(aim, Problem):
            return aim
        remark = _problem(
            place, what, f"its words are only in {aim.passage}, which was taken", level="review"
        )
        return replace(aim, remarks=(*aim.remarks, remark))

    def words_in(
        self, key: Key, found: Selection, page: _Page, place: Place, *, counted: bool
    ) -> Aim | Problem:
        """The words of a passage that the selectors mean, or the problem (I003).

        Selectors that restrict nothing give the whole passage, without a quotation.  Words that are not in
        the passage, or are there several times without a clear place, are kept as they are given.  A
        position alone needs ``counted``, and must be within the text.

        :param counted: whether positions count within the passage.
        """
        work, id_ = key
        if found.whole:
            return Aim(work=work, passage=id_)
        stored, text = self.index.passages[key].text, self.shown(key, page)
        if found.exact:
            joined = ((_unbroken(found, shown), shown) for shown in (text, stored))
            found = next((one for one, shown in joined if one.exact in shown), found)
            quote, remarks = _judged(found, stored, text, place, counted=counted)
            whole = found.bare and found.exact == text
            return Aim(work=work, passage=id_, quotes=(quote,), whole=whole, remarks=tuple(remarks))
        if found.unread:
            return _problem(
                place,
                f"the words must be quoted, or given by a position, not by {short(found.unread)}",
                "add a TextQuoteSelector",
            )
        if not counted:
            return _problem(
                place,
                "a position by itself must count in the element of a passage",
                "put it into the refinedBy of a FragmentSelector, or add the words",
            )
        if found.end > len(stored):
            return _problem(
                place,
                f"a position must be within {id_}, 0 to {len(stored)}, not {found.start} to {found.end}",
                "the text may have changed; add the words",
            )
        return Aim(work=work, passage=id_, quotes=(quotes.placed(stored, found.start, found.end),))


_STEPS = ("--", "/")
"""The separators in the ids of the file of all pages."""


def _source(target: object) -> object:
    """The address of a target: itself, its source, or its id if it is a page without a selection."""
    if isinstance(target, str):
        return target
    source = get(target, "source", "id")
    return get(source, "id") if isinstance(source, dict) else next(iter(many(source)), "")


def _problem(place: Place, message: str, hint: str, *, level: str = "error") -> Problem:
    return Problem(place=place, code="I003", message=message, hint=hint, level=level)


def _unbroken(found: Selection, text: str) -> Selection:
    """A selection with words as the text has them, if only line ends differ."""
    return replace(
        found,
        exact=unbroken(found.exact, text),
        prefix=unbroken_before(found.prefix, text),
        suffix=unbroken_after(found.suffix, text),
    )


def _judged(
    found: Selection, stored: str, text: str, place: Place, *, counted: bool
) -> tuple[Quote, list[Problem]]:
    """The quotation, with the context that its place needs if the place is clear, otherwise unchanged for a
    verdict; and reviews.
    """
    if text != stored and found.exact not in text:
        text = stored
    starts = _fitting(found, text)
    placed = _by_position(found, text) if counted else ()
    start = next((at for at in placed if at in starts), starts[0] if len(starts) == 1 else -1)
    if start < 0:
        return Quote(text=found.exact, prefix=found.prefix, suffix=found.suffix), []
    end = start + len(found.exact)
    remarks = []
    if placed and start not in placed:
        message = f"position and words should mean the same: {short(found.exact)}"
        remarks.append(_problem(place, message, "the words were taken", level="review"))
    if text != stored:
        message = f"words should be quoted from a page of the first view: {short(found.exact)}"
        hint = f"the edition has {short(stored[start:end])} there, which was taken"
        remarks.append(_problem(place, message, hint, level="review"))
    return quotes.placed(stored, start, end), remarks


def _by_position(found: Selection, text: str) -> tuple[int, ...]:
    """The possible starts of the words by position: in code points, and in UTF-16 units."""
    if found.start < 0:
        return ()
    units = text.encode("utf-16-le")[: 2 * found.start]
    return found.start, len(units.decode("utf-16-le", "ignore"))


def _fitting(found: Selection, text: str) -> list[int]:
    """The places of the words in their context, which can extend beyond the passage (its number, the next
    one).
    """
    starts = quotes.occurrences(found.exact, text)
    whole = [at for at in starts if _fits(found, text, at, found.prefix, found.suffix)]
    return whole or [
        at
        for at in starts
        for prefix in [found.prefix[-at:] if at else ""]
        for suffix in [found.suffix[: len(text) - at - len(found.exact)]]
        if _fits(found, text, at, prefix, suffix)
    ]


def _fits(found: Selection, text: str, at: int, prefix: str, suffix: str) -> bool:
    return text.endswith(prefix, 0, at) and text.startswith(suffix, at + len(found.exact))
