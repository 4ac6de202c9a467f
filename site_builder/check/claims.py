"""Rules for citations, claims and quotations of the editors' sentences (family P).

The tags of the cited passages must support what a sentence claims.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import partial

from site_builder.check import quotations
from site_builder.check.passages import unknown_passage
from site_builder.edition import codes
from site_builder.edition.codes import CodeId
from site_builder.edition.edition import Edition
from site_builder.edition.index import Index, Key, Source
from site_builder.language import language
from site_builder.language.language import Language, Quotation
from site_builder.model import Citation, Claim, Link, Problem, Prose, Sentence, Tagging
from site_builder.model.hints import closest, near, one_of, unknown

KINDS = ("page", "facet", "dimension")
"""The kinds of links that are not to a code that a passage can carry."""
_CLAIMED = ("cell", "trait", "entry", "function")
"""The kinds of codes that a citation can claim."""


def sentences_cite(edition: Edition) -> Iterator[Problem]:
    """P001 Each sentence of the editors must cite a passage. A page that makes no claims has 'cites: false'
    in its front matter.

    The sentences of pages and of entries are examined, also those of their translations.

    One error for each such sentence, at the sentence; its message ends with the sentence, or with its first
    24 characters and ``…``. A definition of an entry and a page of rules need not cite.
    """
    for source, sentence in _sentences(edition.index):
        if source.cites and not sentence.citations:
            yield Problem(
                place=sentence.place,
                code="P001",
                message=f"a sentence must cite a passage: {_short(sentence.text)}",
                hint="add a citation before its full stop, for example [@p12]",
            )


def citations_exist(edition: Edition) -> Iterator[Problem]:
    """P002 A citation must name a passage that exists. A claim in a citation must name a cell, a cell with a
    relation, a trait, an entry or a function of the codebook.

    One error for the passage of a citation, and one for each of its claims, at the citation:
    ``unknown work: dike``, ``unknown passage: p22`` (as :func:`.unknown_passage` writes it),
    ``unknown claim: !sky~z``, with the claim as it is written. A citation without a work in a project of
    several works is left to P013, but not its claims.
    """
    index = edition.index
    for _, sentence in _sentences(index):
        for citation in sentence.citations:
            key = index.cited(citation)
            work = key[0]
            if work and work not in index.works:
                yield unknown(citation.place, "P002", "work", work, index.works, unless="corpus/")
            elif work and key not in index.passages:
                yield unknown_passage(citation.place, key, index, code="P002", verb="cite")
            for claim in citation.claims:
                if _claimed(claim, edition.index) is None:
                    yield Problem(
                        place=citation.place,
                        code="P002",
                        message=f"unknown claim: {claim}",
                        hint=_claim_hint(claim, edition.index, key),
                        unless="annotations/codebook/",
                    )


def citations_name_their_work(edition: Edition) -> Iterator[Problem]:
    """P013 If there are several works, a citation must name the work of its passage: [@WORK:p1].

    One error for each citation, at the citation. The hint is ``use one of: [@canal:p2], [@dike:p2]``, with
    the works that have the passage, without the claims of the citation; if none has it,
    ``cite a passage that exists; no work has p2``.
    """
    index = edition.index
    for _, sentence in _sentences(index):
        for citation in sentence.citations if not index.single_work else ():
            if not citation.work:
                id_, works = citation.passage, index.holding(citation.passage)
                yield Problem(
                    place=citation.place,
                    code="P013",
                    message=f"a citation must name its work if there are several: [@{id_}]",
                    hint=one_of([f"[@{work}:{id_}]" for work in works])
                    or f"cite a passage that exists; no work has {id_}",
                )


def _claimed(claim: Claim, index: Index) -> CodeId | None:
    """The cell, trait, entry or function that a claim names, if it exists."""
    code = index.codes.get(claim.code)
    return code if code is not None and code.kind in _CLAIMED else None


def _claim_hint(claim: Claim, index: Index, key: Key) -> str:
    """The claim that was probably meant: one that the tags of the passage match, else any."""
    word = str(claim).lstrip("!")
    matching = () if claim.negated else map(str, index.carried.get(key, ()))
    close = closest(word, sorted(matching))
    return f"did you mean '{close}'?" if close else near(word, _claims(index))


def _claims(index: Index) -> list[str]:
    """Every claim that a citation may make."""
    return [name for name, code in index.codes.items() if code.kind in _CLAIMED]


def links_exist(edition: Edition) -> Iterator[Problem]:
    """P005 A link must name a cell, a trait of a cell, an entry, a dimension, a facet or a page of the
    project. Web addresses belong in the record of the work, with their source.

    One error for each link, at the link: ``unknown target of a link: cell:sky~z``.
    """
    for _, sentence in _sentences(edition.index):
        for link in sentence.links:
            if not _exists(link, edition.index):
                known = [
                    *(code.subject for code in edition.index.codes.values() if _is_linked(code)),
                    *(f"page:{page}" for page in edition.index.pages),
                ]
                yield Problem(
                    place=link.place,
                    code="P005",
                    message=f"unknown target of a link: {link.target}",
                    hint=_link_hint(link, known),
                    unless="annotations/pages/" if link.kind == "page" else "annotations/codebook/",
                )


def _linked(link: Link, index: Index) -> CodeId | None:
    """The code that a link names, if it exists."""
    code = index.codes.get(link.id if link.kind == "cell" else link.target)
    return code if code is not None and _is_linked(code) and code.subject == link.target else None


def _is_linked(code: CodeId) -> bool:
    """Whether links can name a code: it has a page, or a place on one, that is about it."""
    return code.kind not in ("relation", "function") and code == code.whole


def _link_hint(link: Link, known: list[str]) -> str:
    if link.kind in ("http", "https", "mailto"):
        return "write the address in work.yaml under 'copies:' or 'facts:', and only the words here"
    return near(link.target, known)


def _exists(link: Link, index: Index) -> bool:
    return link.id in index.pages if link.kind == "page" else _linked(link, index) is not None


def claims_match_the_tags(edition: Edition) -> Iterator[Problem]:
    """P003 A cited passage must have the tag that the citation claims, or must not have it if the claim is
    negated (!). A passage without tags or without a function is reported by G002 and G007.

    The tags are those of the coder that the site shows. One error for each claim, at its citation:
    ``the claim does not match the tags: p2 does not have flow~a``, or ``has`` for a negated claim. The hint
    lists what the passage has. A claim that P002 reports is not examined.
    """
    for _, sentence in _sentences(edition.index):
        for citation in sentence.citations:
            key = edition.index.cited(citation)
            tagging = edition.index.taggings.get(key)
            if tagging is None:
                continue
            for claim in citation.claims:
                code = _claimed(claim, edition.index)
                if code is None or (code.kind == "function" and not tagging.function):
                    continue
                if (code in edition.index.carried[key]) == claim.negated:
                    yield _not_carried(citation, claim, code, tagging)


def _not_carried(citation: Citation, claim: Claim, code: CodeId, tagging: Tagging) -> Problem:
    verb = "has" if claim.negated else "does not have"
    return Problem(
        place=citation.place,
        code="P003",
        message=f"the claim does not match the tags: {citation.passage} {verb} {code}",
        hint=f"correct the claim or the tags; {citation.passage} has {_carried(code, tagging)}",
        unless="annotations/codebook/",
    )


def _carried(code: CodeId, tagging: Tagging) -> str:
    """What a passage does carry of the kind of a code."""
    if code.kind == "function":
        return str(CodeId.of("function", tagging.function))
    entries = [str(codes.of_tag(tag)) for tag in tagging.entries if tag.facet == code.facet]
    cells = [str(codes.of_tag(tag)) for tag in tagging.cells]
    if code.kind == "trait":
        cells = [str(one) for tag in tagging.cells for one in codes.traits_of(tag)] or cells
    return ", ".join(entries or cells) or "no cell"


def links_match_the_tags(edition: Edition) -> Iterator[Problem]:
    """P004 At least one passage that a sentence cites must have the tag that the sentence links. If one of
    the passages does not exist or has no tags, P002 or G002 reports it.

    The tags are those of the coder that the site shows. One error for each link, at the link:
    ``no cited passage has the tag cell:flow~a: p2, p9``, with the passages of the sentence. A cell counts in
    any relation. A sentence without citations, and a link to a page, a facet or a dimension, are not
    examined.
    """
    for _, sentence in _sentences(edition.index):
        cited = [edition.index.cited(citation) for citation in sentence.citations]
        tagged = [key for key in cited if key in edition.index.carried]
        for link in sentence.links if len(tagged) == len(cited) > 0 else ():
            code = _linked(link, edition.index) if link.kind not in KINDS else None
            if code is not None and not any(code in edition.index.carried[key] for key in tagged):
                passages = ", ".join(passage for _, passage in tagged)
                yield Problem(
                    place=link.place,
                    code="P004",
                    message=f"no cited passage has the tag {link.target}: {passages}",
                    hint="cite a passage that has it, or remove the link",
                )


def quotations_are_exact(edition: Edition) -> Iterator[Problem]:
    """P010 A quotation in a sentence with a citation must be in a passage that it cites, and its quotation
    marks must be closed. Words in quotation marks that are no quotation are [“words”]{.not-quoted}. The
    quotations of a translated page are translated, so they are not compared.

    Each quotation has its own error, at its sentence:
    ``a quotation must be in a passage that the sentence cites: 「WORDS」``, or
    ``a quotation mark must be closed in its sentence: 「WORDS``; of a sentence, those of this kind come last.
    The first has at most 24 characters of the words, with ``…`` if there are more; the second has at most 12
    characters, with the mark. A sentence without citations, and one that cites a passage that
    does not exist, is not examined. How words are compared, :func:`.quotations.is_in` says.
    """
    # a quotation can be in any work, so all is examined again when one of them has changed
    works = edition.memory.of("works", edition.project.works, object)
    for number, source in enumerate(edition.index.sources):
        name = (quotations_are_exact, number, edition.project.site.language)
        found = partial(_inexact_quotations, edition, source.prose)
        yield from edition.memory.of(name, (source.prose, works), found)


def _inexact_quotations(edition: Edition, prose: Prose) -> tuple[Problem, ...]:
    return tuple(_quotations(edition, prose))


def _quotations(edition: Edition, prose: Prose) -> Iterator[Problem]:
    index = edition.index
    for sentence in prose.sentences:
        cited = [key for key in map(index.cited, sentence.citations) if key in index.passages]
        if not cited or len(cited) < len(sentence.citations):  # else P002 reports the citation
            continue
        texts = [index.passages[key].text for key in cited]
        own, *others = _languages(edition, [work for work, _ in cited])
        yield from _invented(sentence, own.quotations(sentence.quotable, *others), texts, index)
        for offset in own.unclosed_quotations(sentence.quotable, *others):
            yield _unclosed(sentence, sentence.quotable[offset:])


def _invented(
    sentence: Sentence, found: tuple[Quotation, ...], texts: list[str], index: Index
) -> Iterator[Problem]:
    for quotation in found:
        if not quotations.is_in(quotation.words, texts):
            shown = quotation.shown(_short(quotation.words))
            yield Problem(
                place=sentence.place,
                code="P010",
                message=f"a quotation must be in a passage that the sentence cites: {shown}",
                hint=_quotation_hint(quotation, index),
            )


def _unclosed(sentence: Sentence, words: str) -> Problem:
    """The problem of a quotation mark at the beginning of ``words``."""
    return Problem(
        place=sentence.place,
        code="P010",
        message=f"a quotation mark must be closed in its sentence: {words[:12].strip()}",
        hint=f"add the other quotation mark; if it quotes nothing, write [{words[0]}…]{{.not-quoted}}",
    )


def _languages(edition: Edition, works: list[str]) -> list[Language]:
    """The language of the prose, then those of some works."""
    tags = (edition.index.works[work].record.tag for work in works)
    return [
        language.of(edition.project.site.language),
        *map(language.of, dict.fromkeys(tags)),
    ]


def _quotation_hint(quotation: Quotation, index: Index) -> str:
    words = quotation.words
    held = (id_ for (_, id_), passage in index.passages.items() if quotations.is_in(words, [passage.text]))
    if id_ := next(held, ""):
        return f"cite [@{id_}], which has these words"
    unquoted = f"[{quotation.shown('…')}]{{.not-quoted}}"
    return f"quote the words exactly, or remove the quotation marks; if they quote nothing, write {unquoted}"


def _sentences(index: Index) -> Iterator[tuple[Source, Sentence]]:
    """Every sentence of the editors and of its translations."""
    for source in index.sources:
        for prose in source.prose.versions:
            for sentence in prose.sentences:
                yield source, sentence


def translations_have_the_blocks(edition: Edition) -> Iterator[Problem]:
    """P014 A translation of a page must name a page that exists. A text must have one translation into a
    language, and none into the language of the editors' prose. Each heading and paragraph of a
    translation must have the id of one of the original, and no id twice, so that addresses are the same
    in every view. A paragraph, a definition or a field of an entry must cite the passages that its
    original cites.

    One error for each fault: at the translation ``a translation must be in another language than the
    original: en``, and then nothing else of it; at the block ``unknown block: b9``, ``the id occurs twice in
    the translation: b1``, or ``a block of a translation must have the id of the block that it translates``;
    last ``the translation of b1 must cite the same passages as the original``. A page that does not exist,
    and a second translation into a language, are reported when the pages are read, not here.
    """
    for original in (source.prose for source in edition.index.sources):
        known = [block.id for block in original.blocks if block.id]
        for tag, prose in original.translations.items():
            if tag == edition.project.site.language:
                yield Problem(
                    place=prose.place,
                    code="P014",
                    message=f"a translation must be in another language than the original: {tag}",
                    hint="remove it, or move its text into the original",
                )
                continue
            free = list(known)
            for block in prose.blocks:
                if block.id in free:
                    free.remove(block.id)
                elif block.id in known:
                    message = f"the id occurs twice in the translation: {block.id}"
                    yield Problem(place=block.place, code="P014", message=message, hint="write another id")
                elif block.id:
                    yield unknown(block.place, "P014", "block", block.id, known)
                else:
                    message = "a block of a translation must have the id of the block that it translates"
                    hint = f"write {{#{free[0]}}}" if free else "remove the block, or add it to the page too"
                    yield Problem(place=block.place, code="P014", message=message, hint=hint)
            yield from _other_citations(original, prose)


def _other_citations(original: Prose, translation: Prose) -> Iterator[Problem]:
    """The paragraphs of a translation that do not cite what the original cites."""
    wanted, found = _cited_in(original), _cited_in(translation)
    known = {sentence.block for sentence in original.sentences} - {""}
    places = {sentence.block: translation.place for sentence in translation.sentences}
    places |= {block.id: block.place for block in translation.blocks}
    for block in [block for block in places if block in known]:
        more = found[block] - wanted[block]
        less = wanted[block] - found[block]
        if more or less:
            marks = [f"[@{work}:{id_}]" if work else f"[@{id_}]" for work, id_ in sorted(more or less)]
            verb = "remove" if more else "add"
            yield Problem(
                place=places[block],
                code="P014",
                message=f"the translation of {block} must cite the same passages as the original",
                hint=f"{verb} {', '.join(marks)}",
            )


def _cited_in(prose: Prose) -> defaultdict[str, set[tuple[str, str]]]:
    """The id of each block → the works and passages that it cites."""
    found: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    for sentence in prose.sentences:
        found[sentence.block] |= {(citation.work, citation.passage) for citation in sentence.citations}
    return found


def _short(text: str) -> str:
    return text if len(text) <= 24 else text[:24] + "…"
