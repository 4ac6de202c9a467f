"""The argument lint: what the editors' sentences cite, claim and quote (family P).

A sentence may say only what the tags of the passages it cites bear out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from site_builder.edition import anchors
from site_builder.edition.index import Index, Source
from site_builder.language.characters import join_lines
from site_builder.model import Citation, Claim, Link, Problem, Project, Sentence, Tagging
from site_builder.model.hints import near, unknown

KINDS = ("page", "facet", "dimension")


def sentences_cite(project: Project, index: Index) -> Iterator[Problem]:
    """P001 Every sentence of the editors' argument must cite the passages it rests on.  A page that
    argues nothing says so in its front matter (cites: false)."""
    for source in index.sources:
        for sentence in source.prose.sentences:
            if source.cites and not sentence.citations:
                yield Problem(
                    place=sentence.place,
                    code="P001",
                    message=f"a sentence must cite what it rests on: {_short(sentence.text)}",
                    hint="add [@p12] before its full stop",
                )


def cited_passages_exist(project: Project, index: Index) -> Iterator[Problem]:
    """P002 A citation must name a passage that stands in the text, and claim only words of the codebook."""
    known = {id_ for _, id_ in index.passages}
    for _, sentence in _sentences(index):
        for citation in sentence.citations:
            work, id_ = index.cited(citation)
            if (work, id_) not in index.passages:
                found = unknown(citation.place, "P002", "passage", id_, known, unless="corpus/")
                dead = anchors.successors(index.works[work].ledger, id_) if work in index.works else ()
                went = f"its words went to {', '.join(dead)}"
                yield replace(found, hint=went) if set(dead) - {id_} else found
            for claim in citation.claims:
                if not _known(claim, project, index):
                    yield Problem(
                        place=citation.place,
                        code="P002",
                        message=f"a claim must be of the codebook: {claim}",
                        hint="cell, cell:relation, facet:entry or function:name",
                        unless="annotations/codebook/",
                    )


def _known(claim: Claim, project: Project, index: Index) -> bool:
    if claim.subject in index.cells:
        return not claim.value or claim.value in {term.id for term in project.grid.relations}
    if claim.subject == "function":
        return claim.value in {term.id for term in project.grid.functions}
    return (claim.subject, claim.value) in index.entries


def links_lead_somewhere(project: Project, index: Index) -> Iterator[Problem]:
    """P005 A link of the prose must name a cell, an entry, a dimension, a facet or a page that exists.
    Addresses of the web belong in the record of the work, with their source."""
    for _, sentence in _sentences(index):
        for link in sentence.links:
            if not _exists(link, index):
                known = [
                    *(f"cell:{c}" for c in index.cells),
                    *(f"{f}:{e}" for f, e in index.entries),
                    *(f"page:{page}" for page in index.pages),
                    *(f"facet:{facet}" for facet in index.facets),
                    *(f"dimension:{dimension}" for dimension in index.dimensions),
                ]
                yield Problem(
                    place=link.place,
                    code="P005",
                    message=f"a link must lead to something of the project: {link.target}",
                    hint=near(link.target, known),
                    unless="annotations/pages/" if link.kind == "page" else "annotations/codebook/",
                )


def _exists(link: Link, index: Index) -> bool:
    if link.kind == "cell":
        return link.id in index.cells
    if link.kind in KINDS:
        known = {"page": index.pages, "facet": index.facets, "dimension": index.dimensions}
        return link.id in known[link.kind]
    return (link.kind, link.id) in index.entries


def claims_are_carried(project: Project, index: Index) -> Iterator[Problem]:
    """P003 A cited passage must carry what the citation claims of it: the cell in that relation, the
    entry, the function; or must not, where the claim is negated.  What has no tags or no function yet is
    reported by G002 and G007 instead."""
    for _, sentence in _sentences(index):
        for citation in sentence.citations:
            tagging = index.taggings.get(index.cited(citation))
            for claim in citation.claims if tagging is not None else ():
                assert tagging is not None
                if claim.subject == "function" and not tagging.function:
                    continue
                if _known(claim, project, index) and carries(tagging, claim) == claim.negated:
                    yield _not_carried(citation, claim, tagging)


def carries(tagging: Tagging, claim: Claim) -> bool:
    """Whether the tags of a passage bear out the positive form of a claim."""
    if claim.subject == "function":
        return tagging.function == claim.value
    return any(
        tag.cell == claim.subject and claim.value in ("", tag.relation) for tag in tagging.cells
    ) or any((tag.facet, tag.entry) == (claim.subject, claim.value) for tag in tagging.entries)


def _not_carried(citation: Citation, claim: Claim, tagging: Tagging) -> Problem:
    verb = "must not carry" if claim.negated else "must carry"
    return Problem(
        place=citation.place,
        code="P003",
        message=f"{citation.passage} {verb} what the sentence claims of it: {str(claim).lstrip('!')}",
        hint=f"it carries {_carried(claim, tagging)}; mend the sentence, or read the passage again",
        unless="annotations/codebook/",
    )


def _carried(claim: Claim, tagging: Tagging) -> str:
    """What a passage does carry of the kind that a claim is of."""
    if claim.subject == "function":
        return f"function:{tagging.function}"
    entries = [f"{tag.facet}:{tag.entry}" for tag in tagging.entries if tag.facet == claim.subject]
    cells = [f"{tag.cell}:{tag.relation}" for tag in tagging.cells]
    return ", ".join(entries or cells) or "no cell"


def links_are_carried(project: Project, index: Index) -> Iterator[Problem]:
    """P004 A cell or an entry that a citing sentence links must be carried by at least one passage
    that the sentence cites.  Where one of these has no tags yet, G002 reports it instead."""
    for _, sentence in _sentences(index):
        cited = [key for c in sentence.citations if (key := index.cited(c)) in index.passages]
        carried = [index.taggings[key] for key in cited if key in index.taggings]
        for link in sentence.links if len(carried) == len(cited) > 0 else ():
            if link.kind in KINDS or not _exists(link, index):
                continue
            claim = Claim(
                subject=link.id if link.kind == "cell" else link.kind,
                value="" if link.kind == "cell" else link.id,
                negated=False,
            )
            if not any(carries(tagging, claim) for tagging in carried):
                passages = ", ".join(tagging.passage for tagging in carried)
                yield Problem(
                    place=link.place,
                    code="P004",
                    message=f"one of the passages cited here must carry {link.target}: {passages}",
                    hint="cite a passage that carries it, or do not link it",
                )


def quotations_are_exact(project: Project, index: Index) -> Iterator[Problem]:
    """P010 What a citing sentence puts in 「」 must stand word for word in a passage it cites.  So 「」 is
    for the work's words, never for ours."""
    for _, sentence in _sentences(index):
        texts = [
            index.passages[key].text for key in map(index.cited, sentence.citations) if key in index.passages
        ]
        texts += [join_lines(text) for text in texts if "\n" in text]  # lines of verse may be quoted as one
        for words in sentence.quotations if texts else ():
            # within a quotation the inner marks change, as usage asks
            inner = words.replace("『", "「").replace("』", "」")
            if not any(words in text or inner in text for text in texts):
                yield Problem(
                    place=sentence.place,
                    code="P010",
                    message=f"a quotation must stand in a passage cited with it: 「{_short(words)}」",
                    hint="quote exactly, cite the passage it stands in, or leave the marks out",
                )


def _sentences(index: Index) -> Iterator[tuple[Source, Sentence]]:
    for source in index.sources:
        for sentence in source.prose.sentences:
            yield source, sentence


def _short(text: str) -> str:
    return text if len(text) <= 24 else text[:24] + "…"
