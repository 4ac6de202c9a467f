"""Edition 1.0 can still be read: at its addresses, or on the page of changes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import anchor_words
import pytest
from conftest import Files
from test_published_addresses import PINNED

from site_builder.edition import anchors, snapshots
from site_builder.edition.addressed import page_of
from site_builder.edition.changes import Change, Changes
from site_builder.edition.edition import Edition
from site_builder.edition.reasons import Reasons
from site_builder.edition.snapshots import Release
from site_builder.model import Item, Project
from site_builder.pipeline import Checked
from site_builder.site.pages import changes as page
from site_builder.site.presenter import Presenter
from site_builder.site.views import Changed, ChangedPart

OLD = "1.0"
SHARED = 0.03
"""The part of the shorter wording that a paragraph must share with its old wording, or have a reason."""


@pytest.fixture(scope="module")
def project(repository: Checked) -> Project:
    """The edition as it is now; before its version is set, as the edition after 1.0."""
    found = repository.project
    assert found is not None
    if found.site.version == OLD:
        found = replace(found, site=replace(found.site, version="1.1"))
    return found


@pytest.fixture(scope="module")
def old(project: Project) -> Release:
    [found] = [one for one in snapshots.releases(project.snapshots) if one.edition == OLD]
    return found


@pytest.fixture(scope="module")
def since(project: Project) -> Changes:
    """What changed since 1.0, whatever editions came after it."""
    [found] = [one for one in Edition.of(project).history if one.before.edition == OLD]
    return found


def test_the_snapshot_has_the_words_that_the_ledgers_record(project: Project, old: Release) -> None:
    items = {item.key: item for item in old.items}
    for work in project.works:
        for line in work.ledger:
            if line.edition == OLD:
                words = items["text", f"{work.id}#{line.id}"].texts["words"]
                assert anchors.digest(words) == line.digest, line.id
    by_page: dict[str, str] = {}
    for item in old.items:
        if item.part == "prose":
            by_page[page_of(item.id)] = by_page.get(page_of(item.id), "") + item.texts.get("words", "")
    sentences = [
        line
        for line in project.anchors
        if line.kind == "sentence" and line.id.partition("#")[2] in PINNED.get(page_of(line.id), {})
    ]
    assert len(sentences) > 500
    missing = [line.id for line in sentences if line.opening not in by_page.get(page_of(line.id), "")]
    assert missing == []


def test_every_address_of_the_snapshot_is_on_the_site(old: Release, repository_site: Files) -> None:
    now = anchor_words.anchors(repository_site)
    addresses = {item.address for item in old.items} - {""}
    assert len(addresses) > 500
    missing = [
        address
        for address in sorted(addresses)
        if page_of(address) not in now
        or ("#" in address and address.split("#")[1] not in now[page_of(address)])
    ]
    assert missing == []


def _shown(parts: list[ChangedPart]) -> Iterator[Changed]:
    for part in parts:
        for group in part.groups:
            yield from group.changes


def _old_words(project: Project) -> set[str]:
    """Every wording that the page of changes shows of the earlier edition."""
    [view] = page.changes(Presenter(Edition.of(project)))
    editions = view.facts["editions"]
    assert isinstance(editions, list)
    [parts] = [one["parts"] for one in editions if one["before"].edition == OLD]
    fields = [field for changed in _shown(parts) for field in changed.fields]
    return {str(field.before.text) for field in fields if field.before} | {
        str(one) for field in fields for one in field.removed
    }


def test_every_word_of_1_0_is_at_its_place_or_on_the_page_of_changes(project: Project, old: Release) -> None:
    now = {item.key: item for item in snapshots.of_project(project).items}
    shown = _old_words(project)
    lost = []
    for item in old.items:
        if item.part == "tags" and not item.id.startswith(f"{project.site.coder} "):
            continue
        present = now.get(item.key, Item(part=item.part, kind=item.kind, id=item.id))
        for name in ("words", "name", "gist", "note", "definition", "reason"):
            words = item.texts.get(name, "")
            if words and present.texts.get(name, "") != words and words not in shown:
                lost.append((item.id, name))
    assert lost == []


def test_an_address_means_the_same_paragraph_or_a_reason_is_given(project: Project, since: Changes) -> None:
    reasons = Reasons(project, since)
    other = [
        change.item.id
        for change in since.of_part("prose")
        if change.item.kind == "paragraph" and _shares_little(change) and not reasons.of(change)
    ]
    assert other == [], "state the reason in annotations/changes.yaml, or give the new paragraph a new id"


def _shares_little(change: Change) -> bool:
    for field in change.fields:
        if field.name == "words" and not field.language and field.before and field.after:
            same = sum(len(piece.text) for piece in field.pieces if piece.change == "same")
            return same < SHARED * min(len(field.before), len(field.after))
    return False


def test_what_ended_says_where_it_went(project: Project, since: Changes) -> None:
    reasons = Reasons(project, since)
    silent = [
        change.item.id
        for change in since.changes
        if change.how == "removed" and change.item.part in ("text", "prose") and not reasons.of(change)
    ]
    assert silent == []
