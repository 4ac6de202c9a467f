"""The rules of an edition: each is a function that takes an edition and yields problems.

The docstring of a rule is its entry in the manual (``site-builder check --rules``).  What it states is an
error; what follows the word ``(review)`` is a review.  A rule reports every problem that it finds, and
changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from functools import partial

from site_builder.check import (
    alternatives,
    claims,
    codebook,
    coders,
    edges,
    editions,
    ledger,
    notes,
    record,
    rulebook,
    site,
    tags,
    text,
    witness,
)
from site_builder.edition.edition import Edition
from site_builder.model import Problem, Project

Rule = Callable[[Edition], Iterator[Problem]]

RULES: tuple[Rule, ...] = (
    text.ids_are_unique,
    text.named_headings_exist,
    text.punctuation_is_full_width,
    text.brackets_match,
    text.characters_are_visible,
    witness.lines_are_in_one_segment,
    witness.segments_are_valid,
    witness.emendations_explain_each_difference,
    witness.emendations_are_valid,
    witness.blocks_are_in_the_witness,
    ledger.ids_are_permanent,
    ledger.sentences_are_recorded,
    ledger.blocks_have_ids,
    ledger.block_ids_are_unique,
    codebook.ids_are_unique,
    codebook.grid_is_complete,
    codebook.colors_have_contrast,
    codebook.references_exist,
    codebook.words_are_quotations,
    codebook.entries_are_used,
    codebook.names_are_decided,
    tags.passages_exist,
    tags.passages_are_tagged_once,
    tags.codes_are_known,
    tags.evidence_is_exact,
    tags.gists_are_short,
    tags.gists_are_complete,
    tags.evidence_is_short,
    alternatives.traits_are_of_the_cell,
    alternatives.alternatives_are_possible,
    edges.ids_are_unique,
    edges.codes_are_known,
    edges.status_fits,
    edges.none_is_not_denied,
    edges.evidence_is_exact,
    notes.passages_exist,
    notes.words_are_exact,
    notes.ids_are_unique,
    notes.doubts_can_be_settled,
    coders.coders_have_tags,
    coders.coders_are_recorded,
    coders.decisions_are_valid,
    coders.differences_are_decided,
    editions.snapshots_are_of_their_edition,
    editions.reasons_name_a_change,
    record.people_are_listed,
    record.containers_fit_the_kind,
    record.fields_fit_the_kind,
    site.format_is_current,
    site.views_are_valid,
    site.references_exist,
    site.works_are_listed,
    site.conversions_keep_the_length,
    site.page_ids_are_unique,
    site.addresses_are_unique,
    site.addresses_are_valid_file_names,
    site.ids_are_unique_on_a_page,
    claims.sentences_cite,
    claims.translations_have_the_blocks,
    claims.citations_exist,
    claims.citations_name_their_work,
    claims.links_exist,
    claims.claims_match_the_tags,
    claims.links_match_the_tags,
    claims.quotations_are_exact,
    rulebook.rules_cite_no_passage,
    rulebook.rules_quote_no_text,
)

OF_NO_TAGS: frozenset[Rule] = frozenset(RULES) - {
    codebook.words_are_quotations,
    codebook.entries_are_used,
    tags.passages_exist,
    tags.passages_are_tagged_once,
    tags.codes_are_known,
    tags.evidence_is_exact,
    tags.gists_are_short,
    tags.gists_are_complete,
    tags.evidence_is_short,
    alternatives.traits_are_of_the_cell,
    alternatives.alternatives_are_possible,
    coders.coders_have_tags,
    coders.coders_are_recorded,
    coders.decisions_are_valid,
    coders.differences_are_decided,
    editions.reasons_name_a_change,
    site.references_exist,
    claims.citations_exist,
    claims.claims_match_the_tags,
    claims.links_match_the_tags,
}
"""Rules whose problems do not depend on any tag.  They are not applied again if only tags have changed."""

NAMING: tuple[Rule, ...] = (
    text.ids_are_unique,
    codebook.ids_are_unique,
    notes.ids_are_unique,
    site.page_ids_are_unique,
    site.addresses_are_unique,
    site.addresses_are_valid_file_names,
    site.ids_are_unique_on_a_page,
)
"""Rules for names and ids.  A ledger keeps each id that it records, so a wrong one must not enter it."""


def naming(project: Project) -> list[Problem]:
    """The errors of names and ids, in order of place; ``[]`` if there is none.

    While there are any, no ledger may be written.  Reviews, and the rules that are not in :data:`NAMING`, are
    left out.
    """
    edition = Edition.of(project)
    return ordered(errors([problem for rule in NAMING for problem in rule(edition)]))


def run(edition: Edition, unread: Collection[str] = ()) -> list[Problem]:
    """Run every rule and return its errors and reviews, in the order of :data:`RULES`.

    Answers to reviews are not applied, and problems can be repeated: see :func:`ordered`.

    ``[]`` if no rule finds anything.

    :param unread: the paths of files that have errors of reading.  A problem that may be caused by one of
        them (``Problem.unless``) is not reported.
    """
    besides = edition.project.besides_tags()
    return [
        problem
        for rule in RULES
        for problem in (
            edition.memory.of(rule, besides, partial(_found, rule, edition))
            if rule in OF_NO_TAGS
            else rule(edition)
        )
        if not problem.unless or not any(path.startswith(problem.unless) for path in unread)
    ]


def _found(rule: Rule, edition: Edition) -> tuple[Problem, ...]:
    return tuple(rule(edition))


def ordered(problems: list[Problem]) -> list[Problem]:
    """A new list of the problems in order of path, line and column, each once; at one place by code, then by
    message. Problems are equal if all their fields are.
    """
    return sorted(dict.fromkeys(problems), key=lambda p: (p.place, p.code, p.message))


def errors(problems: list[Problem]) -> list[Problem]:
    """The problems that stop a build, in their order: reviews are left out."""
    return [problem for problem in problems if problem.level == "error"]
