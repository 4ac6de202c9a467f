"""The page about the method, and the page for trying tags."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from site_builder.edition import addresses, coefficients
from site_builder.edition.index import evidence
from site_builder.language import catalogue
from site_builder.language.message import Message, msg
from site_builder.model import Element, Localized, Page
from site_builder.site import overview
from site_builder.site.pages import agreement, disagreements
from site_builder.site.pictures import agreements
from site_builder.site.presenter import Presenter
from site_builder.site.views import Link, View

_WORDS = {
    "passage": msg("Passage {n}"),
    "cells": msg("Relation and evidence of each cell"),
    "take": msg("Use the selected words as evidence"),
    "drop": msg("Remove “{words}”"),
    "select": msg("First select words in the passage above"),
    "function": msg("Function"),
    "editors": msg("Editors:"),
    "reported": msg("reported by the author"),
    "quoted": msg("quoted by the author"),
    "definitions": msg("Definitions"),
    "codes": msg("Cells"),
    "relations": msg("Relations"),
    "functions": msg("Functions"),
    "gist": msg("Summary"),
    "before": msg("Previous passage"),
    "after": msg("Next passage"),
    "show": msg("Show the tags of the editors"),
    "agreement": msg("Passages compared: {p}. Agreement on cells: {s}%. Cohen’s κ: {k}"),
    "decimal": catalogue.DECIMAL,
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
    "codes": msg("Codes"),
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


def method(presenter: Presenter) -> View:
    """The page about the method (``method.html``): the codebook, its use in numbers, and the agreement.

    Its facts have ``contents``, links to the sections of the editors' page; ``relations`` and ``functions``
    as (term, number of tags or passages), in the order of the codebook, also those with 0; ``facets``, with
    the numbers of entries and tags; ``counts``, the numbers of passages, tagged passages, passages with
    cells, cell tags, quotations and notes; ``voices``, the number of quotations of each voice that occurs (a
    voice without quotations is no key, so it is empty without quotations), and ``voices_of_cells``, those of
    tags of cells; ``coders``, the records of the coders; ``rules``, links to the pages of rules;
    ``agreement``, the tables of each pair of coders, and ``agreement_pictures``, a picture or ``None`` for
    each of them, with the number of ``resamples``, their ``seed`` and the ``level`` of the intervals;
    ``disagreements``, a link to the page of disagreements, or ``None``.  Except for the agreement, only the
    displayed coder counts, in all works.

    ``tryout`` is the address of the page for trying tags, or ``""`` if the text may not be published; nothing
    else depends on that.
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
            "contents": list(_contents(page)) if page else [],
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
            "voices_of_cells": Counter(q.voice for t in taggings for tag in t.cells for q in tag.evidence),
            "coders": project.coders,
            "rules": presenter.rules,
            "agreement": agreement.agreement(presenter),
            "agreement_pictures": [
                agreements.of_pair(presenter, pair) for pair in presenter.edition.agreement
            ],
            "disagreements": Link(text=disagreements.TITLE, href=addresses.DISAGREEMENTS)
            if disagreements.has_page(presenter.edition)
            else None,
            "resamples": coefficients.RESAMPLES,
            "level": coefficients.LEVEL,
            "seed": coefficients.SEED,
            "tryout": addresses.TRYOUT if presenter.edition.with_text else "",
        },
    )


def _contents(page: Page) -> Iterator[Link]:
    """Links to the sections of the editors' page: its headings of the second level that have an id."""
    texts = [{block.id: block.text for block in one.blocks} for one in page.prose.versions]
    for node in page.prose.nodes():
        if isinstance(node, Element) and node.kind == "heading" and node.level == 2 and node.id:
            own, *others = (found.get(node.id, "") for found in texts)
            translations = dict(zip(page.prose.translations, others, strict=True))
            text = Localized(own, translations={name: words for name, words in translations.items() if words})
            yield Link(text=text, href=f"{addresses.METHOD}#{node.id}")


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

    Its facts are ``method`` (an address), ``rules`` (links to the pages of rules), ``reading`` (the address
    of the text), ``words``, those of the form, and ``languages``, the language of each work (``{"lu1923":
    "zh-Hant"}``); passages and codes are in ``data/try.js``.
    """
    if presenter.edition.with_text:
        yield View(
            template="try.html",
            address=addresses.TRYOUT,
            title=msg("Try tagging yourself"),
            description=msg("Tag passages yourself, then compare your tags with those of the editors"),
            section="method",
            trail=(Link(text=msg("Method"), href=addresses.METHOD),),
            scripts=("data/try.js", "assets/excerpt.js", "assets/try.js"),
            facts={
                "method": addresses.METHOD,
                "rules": presenter.rules,
                "reading": presenter.edition.reading,
                "words": _words(presenter),
                "languages": {work.id: work.record.tag for work in presenter.project.works},
            },
        )
