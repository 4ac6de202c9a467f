"""Pages of the work itself: home, reading page, passage pages, and ended ids."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from itertools import chain

from site_builder.citing import citation
from site_builder.edition import addressed, addresses, anchors, readings
from site_builder.edition.codes import of_tag
from site_builder.edition.edition import nested
from site_builder.edition.index import Key, grouped
from site_builder.language import language
from site_builder.language.message import Message, Wording, msg, nmsg, pmsg
from site_builder.model import (
    Anchor,
    CellTag,
    EntryTag,
    Heading,
    Localized,
    Passage,
    Record,
    SentenceRange,
    Tagging,
    Work,
)
from site_builder.site import backlinks, filters, outline, overview, related, welcome
from site_builder.site.pages import argument, disagreements, marks, panel, versions
from site_builder.site.pages.planned import Planned
from site_builder.site.pictures import scores
from site_builder.site.pictures.cells import replacing
from site_builder.site.presenter import Presenter
from site_builder.site.views import (
    COMMON,
    Card,
    CellNote,
    Ended,
    Link,
    Marked,
    PassageLink,
    Title,
    Unit,
    View,
)

_LINE = 80
"""The most characters of a neighbour; the style sheet cuts them to one line."""


def home(presenter: Presenter) -> View:
    """The home page (``index.html``): the matrix, every work with its outline and score, every facet.

    Its title and description are those of the site.  Its facts: ``purpose`` and ``audience`` (what the site
    is, and for whom; without a ``purpose`` the description), ``tagged_by`` (the name of the coder who made
    its tags with its translations, a message ``NAME; no person coded`` if no coder is a person, ``""``
    without a record), ``actions`` (what a reader can do, :func:`.welcome.actions`), ``lead`` and ``about``
    (the prose of the editors' page about ``home``: its opening, and the rest, each ``None`` if it is empty);
    ``matrix``, or ``None``, and ``legends`` for a grid without one; ``works``, for each work its ``record``,
    ``href`` (``lu1923/index.html``), ``outline``, ``score``, ``count`` (the number of passages) and
    ``apparatus`` (its address, ``""`` for a work without an apparatus); ``facets``, a link for each facet
    with the first sentence of its definition as the title.

    With more than 100 passages in all works (``home_passages`` of :class:`.Sizes`) or more than 8 works
    (``named_works``) an ``outline`` is ``()`` and a ``score`` is ``None``.  With more than 8 works ``every``
    is a link to the list of works, otherwise ``None``; of more than 100 works (``listed_works``) only the
    first are there.
    """
    site, edition = presenter.project.site, presenter.edition
    works = presenter.project.works
    passages = sum(len(work.passages) for work in works)
    in_full = edition.has_few_works and passages <= edition.sizes.home_passages
    lead, about = presenter.opened("home")
    return View(
        template="home.html",
        address=addresses.HOME,
        title=site.title,
        description=site.description,
        section="home",
        styles=("assets/home.css",),
        facts={
            "lead": lead,
            "about": about,
            "purpose": site.purpose or site.description,
            "audience": site.audience,
            "tagged_by": presenter.tagged_by,
            "actions": list(welcome.actions(presenter)),
            "matrix": overview.matrix(presenter),
            "legends": overview.legends(presenter),
            "works": [
                {
                    "record": work.record,
                    "href": addresses.reading(work.id),
                    "apparatus": _apparatus(presenter, work),
                    "outline": outline.outline(presenter, work) if in_full else (),
                    "score": scores.whole(presenter, work) if in_full else None,
                    "count": len(work.passages),
                }
                for work in works[: edition.sizes.listed_works]
            ],
            "every": None if edition.has_few_works else _list_of_works(presenter),
            "facets": [
                Link(
                    text=facet.name,
                    href=addresses.facet(facet.id),
                    title=presenter.first_sentence(facet.definition),
                )
                for facet in presenter.project.facets
            ],
        },
    )


def _list_of_works(presenter: Presenter) -> Link:
    count = len(presenter.project.works)
    return Link(
        text=nmsg("All %(count)s works", "All %(count)s works", count),
        href=addresses.works(),
        title=msg("with their rights, pictures and citations"),
    )


def reading(presenter: Presenter, work: Work) -> View:
    """The reading page of a work (``WORK/index.html``): its headings and passages with their tags.

    Its facts have the ``blocks`` in reading order: a :class:`.views.Title` for each heading below level 1, a
    :class:`.views.Unit` for each passage, also without tags, and a title without an id where a group ends
    without a heading.  ``title_id`` and ``heading`` are those of the heading of level 1; without one they are
    ``title`` and the title of the record.  ``strip``, ``outline``, ``matrix``, ``choices`` (the groups of the
    filter), ``rules``, ``losses``, ``apparatus`` (an address, or ``""``) and ``first_passage`` (``_main`` for
    a work without passages) are there too, and ``record``, ``work`` (its id), ``onward`` (links to the next
    work, the frame facets and the silence report), and three booleans: ``sentences`` (a passage has some),
    ``evidence`` (words of a passage are marked as evidence) and ``with_text`` (the text may be published).
    ``ended`` has the ended ids at the heading of level 1, ``withdrawn`` those without successors; the others
    are at their first successor.

    If the text may not be published, passages are shortened and without marks (:func:`.marks.passage`) and
    ``losses`` is ``{}``; headings, gists, notes and chips stay.
    """
    record = work.record
    title = next((h for h in work.headings if h.level == 1), None)
    ended = _ended_before(work)
    blocks = list(_blocks(presenter, work, ended))
    return View(
        template="reading.html",
        address=addresses.reading(work.id),
        title=record.title,
        description=_description(record),
        section="reading",
        common=(),
        styles=("assets/reading.css",),
        scripts=("assets/reading.js",),
        card=work.id,
        facts={
            "record": record,
            "work": work.id,
            "title_id": title.id if title else "title",
            "heading": marks.heading(work, title) if title else Marked(text=record.title),
            "ended": ended.get(title.id, ()) if title else (),
            "strip": outline.strip(presenter, work),
            "outline": outline.outline(presenter, work),
            "blocks": blocks,
            "first_passage": work.passages[0].id if work.passages else "_main",
            "matrix": overview.matrix(presenter),
            "choices": list(filters.groups(presenter.edition, [work])),
            "rules": marks.rules(work),
            "losses": marks.losses(presenter, work) if presenter.edition.with_text else {},
            "withdrawn": [d for d in (*_ended_blocks(work), *_ended_sentences(work)) if not d.successors],
            "sentences": any(passage.sentences for passage in work.passages),
            "apparatus": _apparatus(presenter, work),
            "with_text": presenter.edition.with_text,
            "evidence": any(
                one.evidence for block in blocks for one in block.text.ranges if isinstance(block, Unit)
            ),
            "onward": list(_onward(presenter, work)),
        },
    )


def _description(record: Record) -> Message:
    if not record.author:
        return msg("“%(title)s”: the full text, with the tags of each passage", title=record.title)
    return msg(
        "“%(title)s” by %(author)s: the full text, with the tags of each passage",
        title=record.title,
        author=record.author,
    )


def _apparatus(presenter: Presenter, work: Work) -> str:
    """The address of the apparatus of a work; ``""`` if there is none."""
    return addresses.apparatus(work.id) if addressed.has_apparatus(presenter.project, work) else ""


def card(presenter: Presenter, work: Work) -> Card:
    """The card that the number of a passage opens: the forms of citation of the work, without a passage.

    A script fills in the passage and the words; the address in the forms is ``{address}``.  The forms name a
    sentence (``{sentence}``), which the script leaves out where a whole passage is cited.  The card is the
    same for all passages of a work.  ``words`` is ``{}`` if the text may not be published.
    """
    site = presenter.project.site
    return Card(
        quotation=citation.quotation(work.record, site),
        quotation_of_sentence=citation.quotation(work.record, site, of_sentence=True),
        forms=citation.styles(
            work.record, site, citation.Locator(sentence="{sentence}", address="{address}")
        ),
        place=citation.place(site),
        place_of_sentence=citation.place(site, of_sentence=True),
        title=work.record.title,
        tag=_tag_form(presenter),
        words=_cited_words(presenter) if presenter.edition.with_text else {},
    )


def card_view(presenter: Presenter, work: Work) -> View:
    """The card of a work (:func:`card`) as a part of a page, which a script loads when it is first asked for.

    Its address is that of the reading page, its only fact ``card``.
    """
    return View(
        template="card.html",
        address=addresses.reading(work.id),
        title=work.record.title,
        description="",
        facts={"card": card(presenter, work)},
    )


def _cited_words(presenter: Presenter) -> dict[str, Message]:
    """What a page says of words that an address names, by what happened to them, and of the collection."""
    version = presenter.project.site.version
    return {
        "here": msg("Your quotation is here:"),
        "gone": msg("The words have changed here:"),
        "same": msg("“{words}”, the same as in version %(version)s.", version=version),
        "moved": msg("“{words}”. The passage has changed since, and they are now at another place in it."),
        "changed": msg("in version {edition} “{words}”, now “{now}”."),
        "kept": msg("in your collection “{words}”, now “{now}”."),
        "lost": msg("the cited words are not known; now “{now}”."),
        "saved": msg("Kept"),
        "closed": msg("This browser keeps nothing for this page."),
        "omission": pmsg("words are left out here", "…"),
    }


def _tag_form(presenter: Presenter) -> str:
    """A tag in YAML as in the files of tags, with the ids of the codes to choose from.

    A script fills in the passage (``{id}``) and the evidence (``{evidence}``).
    """
    project = presenter.project
    cells = [cell.id for cell in project.grid.cells]
    if cells:
        relations = [term.id for term in project.grid.relations]
        relation = f"        relation:  # {', '.join(relations)}\n" if relations else ""
        own = f"    cells:\n      - cell:  # {', '.join(cells)}\n{relation}        evidence: [{{evidence}}]\n"
    elif not project.facets:
        return ""
    else:
        facet = next((f for f in project.facets if f.kind == "frame"), project.facets[0])
        entries = ", ".join(entry.id for entry in facet.entries)
        own = f"    {facet.id}:\n      - entry:  # {entries}\n        evidence: [{{evidence}}]\n"
    return f"  {{id}}:\n{own}"


def _blocks(
    presenter: Presenter, work: Work, ended: Mapping[Wording, tuple[Ended, ...]]
) -> Iterator[Unit | Title]:
    """Headings and passages in order; the titles of a group open and close it.

    :param ended: block id → the ended ids before it.
    """
    group = ""
    blocks = work.blocks
    for index, block in enumerate(blocks):
        following = blocks[index + 1] if index + 1 < len(blocks) else None
        if isinstance(block, Heading):
            inner = isinstance(following, Passage) and bool(following.group)
            opens, closes = inner and not group, bool(group) and not inner
            group = following.group if inner and isinstance(following, Passage) else ""
            if block.level > 1:
                yield Title(
                    id=block.id,
                    level=block.level,
                    text=marks.heading(work, block),
                    name=block.name,
                    opens=opens,
                    closes=closes,
                    before=ended.get(block.id, ()),
                )
        else:
            if group and not block.group:
                group = ""
                yield _close()
            yield _unit(presenter, work, block, ended.get(block.id, ()))
    if group:
        yield _close()


def _close() -> Title:
    return Title(id="", level=0, text=Marked(text=""), closes=True)


def _unit(presenter: Presenter, work: Work, passage: Passage, before: tuple[Ended, ...]) -> Unit:
    key = (work.id, passage.id)
    tagging = presenter.index.taggings.get(key)
    return Unit(
        id=passage.id,
        number=passage.number,
        href=addresses.passage(key),
        label=presenter.edition.label_name(key),
        text=marks.passage(presenter, work, key),
        tags=" ".join(filters.names(presenter.edition, tagging)),
        tagged=panel.tagged(presenter, key),
        gist=tagging.gist if tagging else "",
        comments=argument.comments(presenter, key),
        before=before,
        gone=passage.also,
    )


def _onward(presenter: Presenter, work: Work) -> Iterator[Link]:
    """What to read after a work: the next one, then what is made of its tags."""
    works = presenter.project.works
    after = works.index(work) + 1
    if after < len(works):
        following = works[after].record
        yield Link(text=following.title, href=addresses.reading(works[after].id), title=following.author)
    for facet in presenter.project.facets:
        if facet.kind == "frame":
            yield Link(text=facet.name, href=addresses.facet(facet.id), title=facet.definition)
    if presenter.project.site.silence and presenter.project.grid.cells:
        page = presenter.edition.page_about("silence")
        text = page.title if page else msg("Silence report")
        title = msg("Which cells no entry covers, computed from the tags")
        yield Link(text=text, href=addresses.SILENCE, title=title)
    yield Link(text=msg("Cite"), href=addresses.CITE)


def _ended_before(work: Work) -> dict[Wording, tuple[Ended, ...]]:
    """Block id → the ended ids of blocks whose first successor it is."""
    return grouped((one.successors[0].text, one) for one in _ended_blocks(work) if one.successors)


def _ended_blocks(work: Work) -> list[Ended]:
    """The ended ids of blocks.  A passage has a page that gives the reason; a heading is in the register."""
    return [
        Ended(
            id=anchor.id,
            href=addresses.passage((work.id, anchor.id)) if anchor.kind == "passage" else addresses.CITE,
            fate=anchor.fate,
            successors=tuple(
                Link(text=id_, href=addresses.passage((work.id, id_)))
                for id_ in anchors.successors(work.ledger, anchor.id)
            ),
        )
        for anchor in work.ledger
        if anchor.fate != "live"
    ]


def _ended_sentences(work: Work) -> list[Ended]:
    """The ended sentences without successors; their block gives the reason."""
    return [
        Ended(id=one.id, href=addresses.passage((work.id, one.block)), fate=one.fate, successors=())
        for one in work.sentences
        if one.fate != "live" and not anchors.successors((*work.ledger, *work.sentences), one.id)
    ]


def passages(presenter: Presenter, work: Work) -> Iterator[Planned]:
    """A page for each passage of a work, with links to its neighbours (``WORK/p12.html``).

    The live passages come in reading order; the first has ``before=None``, the last ``after=None``.  Then
    comes a page for each ended passage id of the ledger, which says what happened to it; ended headings and
    sentences have none.  A passage without tags has a page too, with ``cells=[]``, ``function=None`` and
    ``tagging=None``.

    The description is the gist, otherwise ``“TITLE”, passage N``.  ``cells`` has each tag with a colour in
    full, grouped as :func:`.panel.by_words` does; ``joint`` says whether one of them has several traits and
    several quotations.  ``resting`` has the sentences of the editors that cite the passage, those of the
    place with most of them first, and ``backlinks`` in the order of the edition.  ``sharing`` and
    ``repeated`` have the passages with its codes and its wording, ``emendations`` those of the passage.  If
    the text may not be published, the text is shortened, the tags have no quotations, and there is no
    repeated wording; the words of emendations stay.
    """
    found = work.passages
    for index, passage in enumerate(found):
        before = found[index - 1] if index else None
        after = found[index + 1] if index + 1 < len(found) else None
        yield Planned(
            address=addresses.passage((work.id, passage.id)),
            make=partial(_passage, presenter, work, passage, before, after),
        )
    live = {p.id for p in found}
    for anchor in work.ledger:
        if anchor.fate != "live" and anchor.kind == "passage" and anchor.id not in live:
            yield Planned(
                address=addresses.passage((work.id, anchor.id)),
                make=partial(_tombstone, presenter, work, anchor),
            )


def _passage(
    presenter: Presenter, work: Work, passage: Passage, before: Passage | None, after: Passage | None
) -> View:
    key = (work.id, passage.id)
    tagging = presenter.index.taggings.get(key)
    address = addresses.passage(key)
    tags = presenter.edition.painted_tags(tagging)
    cells = [
        [_cell_note(presenter, tag, key, tagging) for tag in together]
        for together in panel.by_words(presenter, tags, lambda tag: tag)
    ]
    return View(
        template="passage.html",
        address=address,
        title=presenter.edition.passage_label(key, work.id),
        description=(tagging.gist if tagging else "")
        or msg("“%(work)s”, passage %(number)s", work=work.record.title, number=passage.number),
        section="reading",
        trail=presenter.trail(work, passage.path),
        common=tuple(sheet for sheet in COMMON if sheet != "assets/pictures.css"),
        styles=("assets/passage.css",),
        scripts=("assets/excerpt.js", "assets/references.js"),
        card=work.id,
        facts={
            "record": work.record,
            "id": passage.id,
            "number": passage.number,
            "label": presenter.edition.label_name(key),
            "text": marks.passage(presenter, work, key, notes=address),
            "anchor": addresses.anchor(key),
            "cells": cells,
            "accounts": _accounts(presenter, tags),
            "joint": any(len(one.traits) > 1 and len(one.quotes) > 1 for one in chain(*cells)),
            "function": presenter.edition.functions[tagging.function]
            if tagging and tagging.function
            else None,
            "tagging": tagging,
            "tagged_by": presenter.tagged_by,
            "others": argument.other_readings(presenter, key),
            "comments": argument.comments(presenter, key),
            "steps": argument.steps_of_passage(presenter, key),
            "also": presenter.facets_of(tagging),
            "disagreements": disagreements.of_passage(presenter, key),
            "rules": presenter.rules,
            "backlinks": backlinks.backlinks(presenter, presenter.index.citing.get(key, ())),
            "sharing": related.sharing(presenter, key),
            "repeated": related.repeated(presenter, key) if presenter.edition.with_text else (),
            "resting": related.resting(presenter, key),
            "before": _neighbour(presenter, work, before),
            "after": _neighbour(presenter, work, after),
            "before_words": _beginning(presenter, before),
            "after_words": _beginning(presenter, after),
            "work": work.id,
            "versions": versions.address(presenter, work),
            "differences": versions.counted(versions.of_passage(presenter, work, passage)),
            "quotable": presenter.edition.with_text,
            "citations": presenter.last(_citations, work).of_passage(passage),
            "sentences": [
                (sentence, _opening(presenter, passage, sentence), forms)
                for sentence, forms in presenter.last(_citations, work).of_sentences(passage)
            ],
            "history": presenter.ledger_line(key),
            "emendations": [
                {"one": e, "href": f"{addresses.apparatus(work.id)}#{e.id}"}
                for e in presenter.emendations(key)
            ],
        },
    )


def _citations(presenter: Presenter, work: Work) -> citation.Citations:
    return citation.Citations(work.record, presenter.project.site)


def _beginning(presenter: Presenter, passage: Passage | None) -> str:
    """The first words of a passage, for one line."""
    return "" if passage is None else _cut(presenter, passage, presenter.edition.shown_text(passage))


def _opening(presenter: Presenter, passage: Passage, sentence: SentenceRange) -> str:
    """The first words of a sentence; ``""`` if the text may not be published."""
    if not presenter.edition.with_text:
        return ""
    return _cut(presenter, passage, passage.text[sentence.start : sentence.end].strip())


def _cut(presenter: Presenter, passage: Passage, text: str) -> str:
    """The first words of a text of a passage, for one line."""
    tag = presenter.edition.language_of(passage)
    words = text.split("\n")[0]
    if len(words) > _LINE:
        cut = words[:_LINE].rpartition(" ")[0] if language.of(tag).spaced else words[:_LINE]
        words = cut + language.of(tag).omission
    return Localized(words, language=tag)


def _cell_note(presenter: Presenter, tag: CellTag | EntryTag, key: Key, tagging: Tagging | None) -> CellNote:
    """A tag with a colour in full; an entry has no relation and no note."""
    chip = presenter.code_chip(of_tag(tag).whole)
    relation = (
        presenter.edition.relations[tag.relation].name if isinstance(tag, CellTag) and tag.relation else ""
    )
    traits = argument.traits(presenter, tag) if isinstance(tag, CellTag) else ()
    return CellNote(
        chip=chip,
        relation=relation,
        traits=traits,
        named=replacing(traits, [traits]),
        quotes=presenter.quoted(tag.evidence, key),
        note=tag.note if isinstance(tag, CellTag) else "",
        kept=_kept(tagging, tag) if tagging is not None and isinstance(tag, CellTag) else "",
    )


def _kept(tagging: Tagging, tag: CellTag) -> str:
    """What the strict reading keeps of a tag, as :class:`.CellNote` has it."""
    if not tagging.alternatives:
        return ""
    doubting = [other for other in tagging.alternatives if other.doubts(tag)]
    if not doubting:
        return "whole"
    return "part" if readings.left(tag, doubting).evidence else "none"


def _accounts(presenter: Presenter, tags: Iterable[CellTag | EntryTag]) -> list[Link]:
    """The pages of the codes of some tags, each once, where the editors write about them."""
    found = dict.fromkeys(of_tag(tag).whole for tag in tags)
    chips = [presenter.code_chip(code) for code in found if presenter.edition.prose_about(code.subject)]
    return [Link(text=chip.name, href=chip.href) for chip in chips]


def _neighbour(presenter: Presenter, work: Work, passage: Passage | None) -> PassageLink | None:
    return presenter.passage((work.id, passage.id), within=work.id) if passage is not None else None


def _tombstone(presenter: Presenter, work: Work, anchor: Anchor) -> View:
    """The page of an ended id: what happened to it, and where its words are now."""
    ids = anchors.successors(work.ledger, anchor.id)
    tag = work.record.tag
    return View(
        template="ended.html",
        address=addresses.passage((work.id, anchor.id)),
        title=f"#{anchor.id}",
        description=Localized(anchor.opening + language.of(tag).omission, language=tag),
        section="reading",
        trail=presenter.trail(work, ()),
        facts={
            "anchor": anchor,
            "opening": nested(anchor.opening, work.record.tag),
            "successors": [
                presenter.passage((work.id, id_), within=work.id)
                for id_ in ids
                if (work.id, id_) in presenter.index.passages
            ],
            "record": work.record,
        },
    )
