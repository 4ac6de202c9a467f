"""Pages about the edition: apparatus, witness, method, search, and the editors' own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from site_builder.edition import addressed, addresses, coefficients, witness
from site_builder.edition.codes import CodeId
from site_builder.edition.index import evidence
from site_builder.language.message import Message, Wording, listed, msg, pmsg
from site_builder.model import Emendation, Localized, Prose, Work
from site_builder.site import filters, overview
from site_builder.site.pages import agreement
from site_builder.site.presenter import Presenter
from site_builder.site.views import Link, View

CLASSES = {
    "punctuation": msg("Punctuation"),
    "conversion": msg("Errors of script conversion"),
    "misprint": msg("Misprints"),
    "supplied": msg("Supplied by the editors"),
    "label": msg("Supplied labels"),
    "metadata": msg("Moved out of the text"),
    "lost": msg("Lost"),
    "doubtful": msg("Doubtful, left unchanged"),
}
"""Kind of an emendation → its name, in the order of the page."""
CERTAINTIES = {
    "certain": pmsg("certainty of an emendation", "certain"),
    "likely": pmsg("certainty of an emendation", "likely"),
    "unsure": pmsg("certainty of an emendation", "uncertain"),
}
"""Certainty of an emendation → its name."""
_ASIDES = {
    "metadata": pmsg("lines outside of the text", "bibliographic data"),
    "ornament": pmsg("lines outside of the text", "ornament"),
    "not-text": pmsg("lines outside of the text", "not part of the text"),
}
_AROUND = 10  # characters shown on each side of a reading


def apparatus(presenter: Presenter, work: Work) -> Iterator[View]:
    """The page of the apparatus of a work (``WORK/apparatus.html``), and that of its witness if there is
    one.

    The apparatus has ``rules``, each with the number of its uses, and ``groups``: the emendations by kind in
    a fixed order, punctuation first; kinds without any are left out.  An item has ten characters of the text
    on each side.  The page is made also for a work without emendations.

    If the text may not be published, the words around a reading are ``""`` and there is no page of the
    witness; the readings themselves stay.
    """
    page = presenter.edition.page_about("apparatus")
    groups = [
        {
            "name": name,
            "items": [_reading(presenter, work, e) for e in work.emendations if e.kind == kind],
        }
        for kind, name in CLASSES.items()
    ]
    yield View(
        template="apparatus.html",
        address=addresses.apparatus(work.id),
        title=page.title if page else msg("Apparatus"),
        description=msg(
            "Apparatus of “%(title)s”: emendations, doubtful readings and losses", title=work.record.title
        ),
        section="apparatus",
        trail=presenter.steps(work, ()),
        facts={
            "about": page.prose if page else None,
            "record": work.record,
            "rules": [
                {
                    "rule": rule,
                    "count": witness.count_rule(work, rule),
                    "certainty": CERTAINTIES[rule.certainty],
                    "pairs": tuple(rule.map.items()),
                }
                for rule in work.rules
            ],
            "groups": [group for group in groups if group["items"]],
            "witness": addresses.witness(work.id) if work.witness and presenter.edition.with_text else "",
            "witness_language": work.record.witness_tag,
        },
    )
    if work.witness and presenter.edition.with_text:
        yield _witness(presenter, work)


def _has_indexes(presenter: Presenter) -> bool:
    return addresses.INDEXES in addressed.own_pages(presenter.project)


def _reading(presenter: Presenter, work: Work, one: Emendation) -> dict[str, object]:
    block = next(b for b in work.blocks if b.id == one.block)
    start = witness.locate(one, block.text)[0]
    end = start + len(one.edited)
    around = _AROUND if presenter.edition.with_text else 0
    key = (work.id, one.block)
    passage = presenter.index.passages.get(key)
    return {
        "one": one,
        "certainty": CERTAINTIES[one.certainty],
        "changed": one.edited != one.witness,
        "before": block.text[max(0, start - around) : start],
        "after": block.text[end : end + around],
        "where": presenter.edition.passage_label(key, work.id) if passage else block.text,
        "href": addresses.passage(key) if passage else addresses.anchor(key),
    }


def _witness(presenter: Presenter, work: Work) -> View:
    return View(
        template="witness.html",
        address=addresses.witness(work.id),
        title=msg("The full witness"),
        description=msg("The witness line by line, and where each line went"),
        section="apparatus",
        trail=(*presenter.steps(work, ()), Link(text=msg("Apparatus"), href=addresses.apparatus(work.id))),
        facts={
            "record": work.record,
            "copy": next((c for c in work.record.copies if c.id == work.record.witness), None),
            "lines": list(_lines(presenter, work)),
            "witness_language": work.record.witness_tag,
        },
    )


def _lines(presenter: Presenter, work: Work) -> Iterator[dict[str, object]]:
    segments = {
        line: segment
        for segment in work.segments
        for line in range(segment.lines.first, segment.lines.last + 1)
    }
    for number, text in enumerate(work.witness.split("\n"), 1):
        segment = segments.get(number)
        if not text.strip() or segment is None:
            continue
        first = number == segment.lines.first
        yield {
            "number": number,
            "text": text,
            "blocks": [Link(text=f"#{id_}", href=addresses.anchor((work.id, id_))) for id_ in segment.blocks],
            "aside": _ASIDES.get(segment.set_aside, "") if first else "",
            "is_aside": bool(segment.set_aside),
            "reason": segment.reason if first else "",
        }


def method(presenter: Presenter) -> View:
    """The page about the method (``method.html``): the codebook, its use in numbers, and the agreement.

    Its facts have ``relations`` and ``functions`` as (term, number of tags or passages), in the order of the
    codebook, also those with 0; ``facets``, with the numbers of entries and tags; ``counts``, the numbers of
    passages, tagged passages, passages with cells, cell tags, quotations and notes; ``agreement``, the
    tables of each pair of coders, with the number of ``resamples``, their ``seed`` and the ``level`` of the
    intervals.  Except for the agreement, only the displayed coder counts, in all works.

    ``tryout`` is the address of the page for trying tags, or ``""`` if the text may not be published;
    nothing else depends on that.
    """
    project, index = presenter.project, presenter.index
    taggings = list(index.taggings.values())
    page = presenter.edition.page_about("method")
    functions = Counter(t.function for t in taggings)
    relations = Counter(tag.relation for t in taggings for tag in t.cells)
    return View(
        template="method.html",
        address=addresses.METHOD,
        title=page.title if page else msg("Method"),
        description=msg("Coding manual, scope and figures"),
        section="method",
        facts={
            "about": page.prose if page else None,
            "grid": project.grid,
            "matrix": overview.matrix(presenter),
            "legends": overview.legends(presenter),
            "relations": [(term, relations[term.id]) for term in project.grid.relations],
            "functions": [(term, functions[term.id]) for term in project.grid.functions],
            "facets": [
                {
                    "facet": facet,
                    "href": addresses.facet(facet.id),
                    "entries": len(facet.entries),
                    "tags": sum(
                        len(found) for (name, _), found in index.by_entry.items() if name == facet.id
                    ),
                }
                for facet in project.facets
            ],
            "counts": {
                "passages": len(index.passages),
                "tagged": len(taggings),
                "with_cells": sum(bool(t.cells) for t in taggings),
                "cells": sum(len(t.cells) for t in taggings),
                "evidence": sum(len(index.placed(tuple(evidence(t)))) for t in taggings),
                "notes": sum(bool(t.note) for t in taggings),
            },
            "voices": Counter(q.voice for t in taggings for q in evidence(t)),
            "coders": project.coders,
            "rules": presenter.rules,
            "agreement": agreement.agreement(presenter),
            "resamples": coefficients.RESAMPLES,
            "level": coefficients.LEVEL,
            "seed": coefficients.SEED,
            "tryout": addresses.TRYOUT if presenter.edition.with_text else "",
        },
    )


def search(presenter: Presenter) -> View:
    """The search page (``search.html``): its form and filter, without the data that its script searches.

    Its facts: ``indexes`` and ``reading`` (addresses), ``matrix``, and ``choices``, the groups of the filter
    for all works (:func:`.filters.groups`).
    """
    return View(
        template="search.html",
        address=addresses.SEARCH,
        title=msg("Search"),
        description=msg("Search the text, the gists and the prose of the editors"),
        section="search",
        scripts=("assets/search.js",),
        facts={
            "indexes": addresses.INDEXES if _has_indexes(presenter) else "",
            "reading": presenter.edition.reading,
            "matrix": overview.matrix(presenter),
            "choices": list(filters.groups(presenter.edition, presenter.project.works)),
        },
    )


_WORDS = {
    "passage": msg("Passage {n}"),
    "cells": msg("Relation and evidence of each cell"),
    "take": msg("Use the selected words as evidence"),
    "select": msg("First select words in the passage above"),
    "function": msg("Function"),
    "editors": msg("Editors:"),
    "gist": msg("Gist"),
    "before": msg("Previous passage"),
    "after": msg("Next passage"),
    "show": msg("Show the tags of the editors"),
    "agreement": msg("Passages compared: {p}. Agreement on cells: {s}%. Cohen’s κ: {k}"),
    "export": msg("Export"),
    "needs": msg(
        "Only passages with a function and cells with evidence are exported. "
        "Save the file in a folder of your own in annotations/{w}/tags/."
    ),
    "copy": msg("Copy"),
    "copied": msg("Copied"),
    "save": msg("Save"),
    "clear": msg("Clear all"),
    "sure": msg("Clear all your tags?"),
    "nothing": msg("No tags to export yet."),
}
"""The words of the page that a script draws."""
_NO_CELLS = {
    "cells": msg("Evidence of each entry"),
    "agreement": msg("Passages compared: {p}. Agreement on entries: {s}%. Cohen’s κ: {k}"),
}
"""Those that differ in a project without cells."""
_NO_RELATIONS = {"cells": msg("Evidence of each cell")}
"""That which differs in a codebook without relations."""
_NO_FUNCTIONS = {
    "needs": msg(
        "Only tags with evidence are exported. "
        "Save the file in a folder of your own in annotations/{w}/tags/."
    ),
}
"""That which differs in a codebook without functions."""


def _words(presenter: Presenter) -> dict[str, Message]:
    """The words of the page for trying tags, for what the project has."""
    grid = presenter.project.grid
    return {
        **_WORDS,
        **({} if presenter.index.single_work else {"work": msg("Work")}),
        **({} if grid.relations else _NO_RELATIONS),
        **({} if grid.cells else _NO_CELLS),
        **({} if grid.functions else _NO_FUNCTIONS),
    }


def tryout(presenter: Presenter) -> Iterator[View]:
    """The page on which a reader tags passages (``try.html``); none if the text is not published.

    The view has only the words of the form; passages and codes are in ``data/try.js``.
    """
    if presenter.edition.with_text:
        yield View(
            template="try.html",
            address=addresses.TRYOUT,
            title=msg("Try tagging yourself"),
            description=msg("Tag passages yourself, then compare your tags with those of the editors"),
            section="method",
            trail=(Link(text=msg("Method"), href=addresses.METHOD),),
            scripts=("data/try.js", "assets/try.js"),
            facts={
                "method": addresses.METHOD,
                "reading": presenter.edition.reading,
                "words": _words(presenter),
            },
        )


def indexes(presenter: Presenter) -> Iterator[View]:
    """The page that lists all index facets with their entries, and the editors' own pages
    (``indexes.html``).

    Its facts: ``facets``, for each index facet the ``facet``, its ``href`` (``terms/index.html``) and links
    to its ``entries``, also those with a parent; ``pages``, a link to each editors' page that is about no
    subject.  Either can be empty.  The description is the names of the facets,
    in a list.  Without index facets and such pages there is no page.
    """
    if not _has_indexes(presenter):
        return
    found = [facet for facet in presenter.project.facets if facet.kind == "index"]
    yield View(
        template="indexes.html",
        address=addresses.INDEXES,
        title=msg("Indexes"),
        description=listed((facet.name for facet in found), _and_index),
        section="indexes",
        facts={
            "facets": [
                {
                    "facet": facet,
                    "href": addresses.facet(facet.id),
                    "entries": [presenter.entry_link(facet.id, entry.id) for entry in facet.entries],
                }
                for facet in found
            ],
            "pages": [
                Link(text=p.title, href=f"{p.id}.html") for p in presenter.project.pages if not p.about
            ],
        },
    )


def _and_index(names: Wording, name: Wording) -> Message:
    return pmsg("names of indexes", "%(names)s; %(name)s", names=names, name=name)


def own(presenter: Presenter) -> Iterator[View]:
    """The editors' pages that have an address of their own: ``ID.html``, in the order of the project.

    A page about a subject (``about``) is shown on the page of that subject and gives nothing here.  The
    description is the first 80 characters of the prose.
    """
    for page in presenter.project.pages:
        if not page.about:
            codebook = _codebook(presenter) if page.kind == "rules" else None
            yield View(
                template="page.html",
                address=f"{page.id}.html",
                title=page.title,
                description=_opening(page.prose),
                section=page.id,
                facts={"about": page.prose, "codebook": codebook},
            )


def _codebook(presenter: Presenter) -> dict[str, object]:
    """The definitions of all codes of the codebook, with links to the places where they are used."""
    grid, at = presenter.project.grid, presenter.edition.code_addresses
    return {
        "cells": [
            {
                "cell": cell,
                "chip": presenter.chip(cell.id),
                "traits": [
                    (presenter.code_link(CodeId.trait_of(cell.id, trait.id)), trait) for trait in cell.traits
                ],
            }
            for cell in grid.cells
        ],
        "relations": [(at[CodeId.of("relation", term.id)], term) for term in grid.relations],
        "functions": [(at[CodeId.of("function", term.id)], term) for term in grid.functions],
        "facets": [(addresses.facet(facet.id), facet) for facet in presenter.project.facets],
    }


def _opening(prose: Prose) -> Localized:
    """The first 80 characters of prose and of each of its translations."""
    translations = {tag: found.text[:80] for tag, found in prose.translations.items()}
    return Localized(prose.text[:80], translations=translations)


def gone(presenter: Presenter) -> Iterator[View]:
    """A page at every ended address: it says what happened to it.

    Only ended pages in the ledger of the site, in its order; an address that a page has again is left out.
    Ended passages have their pages from :func:`.text.passages`; ended parts of pages have none.
    """
    live = {one.id for one in addressed.published(presenter.project) if one.kind == "page"}
    for anchor in presenter.project.anchors:
        if anchor.kind == "page" and anchor.fate != "live" and anchor.id not in live:
            yield View(
                template="gone.html",
                address=anchor.id,
                title=anchor.opening,
                description=msg("This page has been withdrawn: %(opening)s", opening=anchor.opening),
                facts={"anchor": anchor, "page": presenter.dead(anchor)},
            )
