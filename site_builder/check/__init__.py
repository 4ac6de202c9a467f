"""The rules: one function each, told apart by code; the registry below is written out.

A rule takes the whole project and yields problems.  Its docstring is its entry in the manual
(``site-builder check --rules`` prints them).  A rule mends nothing and never stops at the first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from site_builder.check import claims, codebook, edition, ledger, record, site, tags, witness
from site_builder.edition.index import Index, build_index
from site_builder.model import Problem, Project

Rule = Callable[[Project, Index], Iterator[Problem]]

RULES: tuple[Rule, ...] = (
    edition.ids_stand_once,
    edition.marks_are_full_width,
    edition.brackets_close,
    edition.characters_are_visible,
    witness.lines_are_accounted_for,
    witness.segments_name_what_exists,
    witness.undoing_gives_the_witness,
    witness.emendations_have_one_place,
    witness.blocks_have_a_witness,
    ledger.anchors_live,
    ledger.sentences_are_recorded,
    ledger.blocks_have_ids,
    ledger.blocks_stand_once,
    codebook.ids_stand_once,
    codebook.names_are_visible,
    codebook.grid_is_whole,
    codebook.references_exist,
    codebook.traits_are_quotations,
    codebook.entries_are_used,
    tags.passages_exist,
    tags.passages_are_tagged_once,
    tags.vocabulary_is_known,
    tags.evidence_is_exact,
    tags.gists_are_short,
    tags.gists_stand,
    tags.evidence_is_short,
    record.people_are_listed,
    record.kinds_have_their_container,
    record.fields_fit_the_kind,
    site.format_is_current,
    site.references_exist,
    site.conversions_keep_the_length,
    site.page_ids_stand_once,
    site.addresses_are_one_page_each,
    site.addresses_fit_every_disk,
    site.ids_stand_once_on_a_page,
    claims.sentences_cite,
    claims.cited_passages_exist,
    claims.links_lead_somewhere,
    claims.claims_are_carried,
    claims.links_are_carried,
    claims.quotations_are_exact,
)

NAMING: tuple[Rule, ...] = (
    edition.ids_stand_once,
    codebook.ids_stand_once,
    site.page_ids_stand_once,
    site.addresses_are_one_page_each,
    site.addresses_fit_every_disk,
    site.ids_stand_once_on_a_page,
)
"""Rules for names and ids.  What breaks one of them must not enter a ledger, which keeps it for ever."""


def naming(project: Project) -> list[Problem]:
    """The errors of names and ids that no ledger may record, in order of place."""
    index = build_index(project)
    return ordered(errors([problem for rule in NAMING for problem in rule(project, index)]))


def run(project: Project, index: Index, unread: frozenset[str] = frozenset()) -> list[Problem]:
    """Every problem that any rule finds.

    :param unread: the paths of files that could not be read whole; what would only follow from
        their faults is held back.
    """
    return [
        problem
        for rule in RULES
        for problem in rule(project, index)
        if not problem.unless or not any(path.startswith(problem.unless) for path in unread)
    ]


def ordered(problems: list[Problem]) -> list[Problem]:
    """Problems by place, each once."""
    return sorted(dict.fromkeys(problems), key=lambda p: (p.place, p.code, p.message))


def errors(problems: list[Problem]) -> list[Problem]:
    """Those that stop a build."""
    return [problem for problem in problems if problem.level == "error"]
