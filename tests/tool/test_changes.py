"""What changed between two editions: the laws of the comparison, the commands ``diff`` and ``release``."""

from __future__ import annotations

import datetime as dt
import json
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import TINY, differing, on_disk, record
from conftest import change as rewrite
from hypothesis import example, given, settings
from hypothesis import strategies as st
from laws import examples

from site_builder.cli.main import CLEAN, FAULTS, USAGE, main
from site_builder.edges import load
from site_builder.edition import addressed, changes, snapshots, wording
from site_builder.edition.changes import Change
from site_builder.edition.reasons import Reasons, names
from site_builder.edition.snapshots import Release
from site_builder.model import (
    FORMAT,
    Alternative,
    CellTag,
    Decision,
    Item,
    Localized,
    Project,
    Reason,
    Tagging,
)
from site_builder.pipeline import Checked

PAGE = "annotations/pages/gates.md"
TAGS = "annotations/canal/tags/editors/1.yaml"
PROJECT = "annotations/project.yaml"

# --- wordings -------------------------------------------------------------------------------------

WORDS = st.text(alphabet="ab 堤岸，.\n", max_size=30)


@given(WORDS, WORDS)
@example("The old dike", "The dike")
@example("a 堤a", "堤 a")
@settings(max_examples=examples(300))
def test_the_pieces_make_both_wordings(old: str, new: str) -> None:
    pieces = wording.compared(old, new)
    assert "".join(piece.text for piece in pieces if piece.change != "inserted") == old
    assert "".join(piece.text for piece in pieces if piece.change != "deleted") == new


@given(WORDS, WORDS)
@settings(max_examples=examples(300))
def test_the_pieces_of_the_other_direction_mirror_them(old: str, new: str) -> None:
    other = {"same": "same", "deleted": "inserted", "inserted": "deleted"}
    forth = [(piece.change, piece.text) for piece in wording.compared(old, new)]
    back = [(other[piece.change], piece.text) for piece in wording.compared(new, old)]
    assert sorted(forth) == sorted(back)


@given(WORDS)
@settings(max_examples=examples(100))
def test_a_wording_compared_with_itself_has_no_change(text: str) -> None:
    assert {piece.change for piece in wording.compared(text, text)} <= {"same"}


@given(WORDS)
@settings(max_examples=examples(100))
def test_the_words_of_a_text_joined_are_the_text(text: str) -> None:
    assert "".join(wording.words(text)) == text


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        ("他說圳水清", "他說圳水很清", [("same", "他說圳水"), ("inserted", "很"), ("same", "清")]),
        ("two gates", "three gates", [("deleted", "two"), ("inserted", "three"), ("same", " gates")]),
        ("", "new", [("inserted", "new")]),
        ("水深而清", "岸高而穩", [("deleted", "水深而清"), ("inserted", "岸高而穩")]),
    ],
)
def test_words_are_compared_as_readers_read_them(old: str, new: str, wanted: list[tuple[str, str]]) -> None:
    assert [(piece.change, piece.text) for piece in wording.compared(old, new)] == wanted


# --- editions -------------------------------------------------------------------------------------

FIELDS = st.dictionaries(st.sampled_from(["words", "name", "name@en"]), st.sampled_from("abc"), max_size=2)
LISTS = st.dictionaries(st.just("evidence"), st.lists(st.sampled_from("xyz"), min_size=1).map(tuple))
TAG_IDS = st.sampled_from([f"editors w#p1 {cell}:{r}" for cell in ("a+", "b-") for r in ("shows", "asks")])


@st.composite
def items(draw: st.DrawFn) -> Item:
    texts, lists = draw(FIELDS), draw(LISTS)
    if draw(st.booleans()):
        id_ = draw(TAG_IDS)
        return Item(part="tags", kind="cell tag", id=id_, name=id_.split()[-1], texts=texts, lists=lists)
    return Item(part="prose", kind="paragraph", id=draw(st.sampled_from("pqrs")), texts=texts, lists=lists)


@st.composite
def releases(draw: st.DrawFn) -> Release:
    found = draw(st.lists(items(), max_size=6, unique_by=lambda item: item.key))
    return Release(edition="1", date=dt.date(2026, 1, 1), language="en", items=tuple(found))


@given(releases())
@settings(max_examples=examples(100))
def test_an_edition_compared_with_itself_has_no_change(one: Release) -> None:
    assert changes.compare(one, one).changes == ()


def mirrored(change: Change) -> Change:
    """The change from the new edition to the old one."""
    fields = tuple(
        replace(one, before=one.after, after=one.before, removed=one.added, added=one.removed)
        for one in change.fields
    )
    return Change(before=change.after, after=change.before, fields=fields)


@given(releases(), releases())
@settings(max_examples=examples(300))
def test_both_directions_mirror_each_other(one: Release, other: Release) -> None:
    forth, back = changes.compare(one, other), changes.compare(other, one)
    assert sorted(map(repr, forth.changes)) == sorted(repr(mirrored(change)) for change in back.changes)


def of_lists(*lists: tuple[str, ...]) -> Release:
    """An edition of paragraphs with the same id and different lists."""
    items = tuple(Item(part="prose", kind="paragraph", id="q", lists={"evidence": one}) for one in lists)
    return Release(edition="1", date=dt.date(2026, 1, 1), language="en", items=items)


def in_any_order(items: Sequence[Item]) -> dict[tuple[str, str], Item]:
    """The items by their keys, with sorted lists: the order of a list alone is no change."""
    lists = ({name: tuple(sorted(values)) for name, values in item.lists.items()} for item in items)
    return {item.key: replace(item, lists=own) for item, own in zip(items, lists, strict=True)}


@given(releases(), releases())
@settings(max_examples=examples(300))
@example(of_lists(("x", "x", "y")), of_lists(("x", "y", "x")))
def test_the_changes_applied_to_the_old_edition_give_the_new_one(one: Release, other: Release) -> None:
    found = changes.compare(one, other)
    items = {item.key: item for item in one.items}
    for change in found.changes:
        if change.before is not None:
            del items[change.before.key]
        if change.after is not None:
            texts = dict(change.before.texts if change.before else {})
            lists = {
                name: list(values) for name, values in (change.before.lists if change.before else {}).items()
            }
            for field in change.fields:
                key = f"{field.name}@{field.language}" if field.language else field.name
                if field.name == "code" and change.item.kind == "cell tag":
                    assert field.after == change.after.name
                elif field.is_list:
                    for value in field.removed:
                        lists[key].remove(value)
                    lists.setdefault(key, []).extend(field.added)
                else:
                    texts[key] = field.after
            assert {name: text for name, text in texts.items() if text} == dict(change.after.texts)
            made = {name: sorted(values) for name, values in lists.items() if values}
            assert made == {name: sorted(values) for name, values in change.after.lists.items()}
            items[change.after.key] = change.after
    assert in_any_order([*items.values()]) == in_any_order(other.items)


def test_a_tag_with_another_relation_is_one_change() -> None:
    old = Item(part="tags", kind="cell tag", id="me w#p1 a+:shows", name="a+:shows")
    new = Item(part="tags", kind="cell tag", id="me w#p1 a+:asks", name="a+:asks")
    [found] = changes.compare(_of(old), _of(new)).changes
    assert (found.how, found.fields[0].before, found.fields[0].after) == ("changed", "a+:shows", "a+:asks")


def _of(*items: Item) -> Release:
    return Release(edition="1", date=dt.date(2026, 1, 1), language="en", items=items)


# --- projects -------------------------------------------------------------------------------------


@pytest.fixture
def new(tmp_path: Path) -> Path:
    """The tiny project as a later edition may have it."""
    folder = tmp_path / "new"
    shutil.copytree(TINY, folder)
    rewrite(folder, PROJECT, 'version: "2.0"', 'version: "2.1"')
    return folder


def edition_of(folder: Path) -> Release:
    found = load.checked(folder).project
    assert found is not None
    return snapshots.of_project(found)


def test_every_text_of_a_project_is_in_its_snapshot(tiny: Checked) -> None:
    project = project_of(tiny)
    found = {item.key: item for item in snapshots.of_project(project).items}
    for work in project.works:
        for block in work.blocks:
            assert found["text", f"{work.id}#{block.id}"].texts["words"] == block.text
        for one in work.emendations:
            assert found["apparatus", f"{work.id}#{one.id}"].texts["reason"] == one.reason
    for tagging in project.taggings:
        about = f"{tagging.coder} {tagging.work}#{tagging.passage}"
        assert found["tags", about].texts.get("gist", "") == tagging.gist
        for tag in tagging.cells:
            item = found["tags", f"{about} {tag.cell}:{tag.relation}"]
            voices = ("evidence", "reported", "quoted")
            assert sum(len(item.lists.get(voice, ())) for voice in voices) == len(tag.evidence)
    where = addressed.sources(project)
    for address, source in where:
        for sentence in source.prose.sentences:
            assert sentence.text in found["prose", f"{address}#{sentence.block}"].texts["words"]
        for block in source.prose.blocks:
            assert block.text in found["prose", f"{address}#{block.id}"].texts["words"]
    of_codes = {item.texts.get("name", "") for item in found.values() if item.part == "codebook"}
    assert {cell.name for cell in project.grid.cells} <= of_codes
    assert {entry.name for facet in project.facets for entry in facet.entries} <= of_codes


def test_every_record_of_a_project_is_one_item_of_its_snapshot(tiny: Checked) -> None:
    project = project_of(tiny)
    grid, site = project.grid, project.site
    pages = "grid/flow-near gates grid/index index method silence ways/cover"
    wanted = {
        "page": [f"{page}.html" for page in pages.split()],
        "record": ["canal"],
        "note": [f"{note.work}#note-{note.id}" for note in project.notes],
        "edge": [edge.id for edge in project.edges],
        "coder": [coder.id for coder in project.coders],
        "project": ["project"],
        "grid": ["grid"],
        "pole": [f"pole:{pole.id}" for pole in grid.poles],
        "dimension": [f"dimension:{dimension.id}" for dimension in grid.dimensions],
        "cell": [cell.id for cell in grid.cells],
        "relation": [f"relation:{relation.id}" for relation in grid.relations],
        "function": [f"function:{function.id}" for function in grid.functions],
        "facet": [f"facet:{facet.id}" for facet in project.facets],
        "entry": [f"{facet.id}:{entry.id}" for facet in project.facets for entry in facet.entries],
        "tagging": [f"{one.coder} {one.work}#{one.passage}" for one in project.taggings],
    }
    found = snapshots.of_project(project).items
    assert {kind: [item.id for item in found if item.kind == kind] for kind in wanted} == wanted
    assert all(wanted.values())
    assert [item.texts["name"] for item in found if item.kind == "page"] == [p.title for p in project.pages]
    assert next(item.texts["title"] for item in found if item.kind == "project") == site.title


def project_of(found: Checked) -> Project:
    assert found.project is not None
    return found.project


def test_snapshots_are_read_as_they_are_written(tmp_path: Path, tiny: Checked) -> None:
    folder = tmp_path / "project"
    shutil.copytree(TINY, folder)
    assert main(["release", str(folder)]) == CLEAN
    found = project_of(load.checked(folder))
    [read] = snapshots.releases(found.snapshots)
    wanted = snapshots.of_project(project_of(tiny))
    assert changes.compare(read, wanted).changes == ()
    assert {item.key for item in read.items} == {item.key for item in wanted.items}
    assert (read.edition, read.date, read.language) == (wanted.edition, wanted.date, wanted.language)


def test_the_text_of_a_work_is_kept_in_the_folder_of_the_work(tiny: Checked) -> None:
    files = snapshots.files(project_of(tiny))
    assert sorted(files) == ["annotations/editions/2.0.yaml", "corpus/canal/editions/2.0.yaml"]
    for block in project_of(tiny).works[0].passages:
        assert block.text[:30] in files["corpus/canal/editions/2.0.yaml"]
        assert block.text[:30] not in files["annotations/editions/2.0.yaml"]


def test_a_second_release_changes_nothing_and_another_text_is_refused(
    new: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["release", str(new)]) == CLEAN
    kept = (new / "annotations/editions/2.1.yaml").read_bytes()
    assert main(["release", str(new)]) == CLEAN
    assert "is kept already" in capsys.readouterr().out
    rewrite(new, PROJECT, "title: 一條圳的遠近", "title: 一條圳的近遠")
    assert main(["release", str(new)]) == FAULTS
    assert "another snapshot of edition 2.1" in capsys.readouterr().err
    assert (new / "annotations/editions/2.1.yaml").read_bytes() == kept


def test_a_project_with_errors_is_not_released(new: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rewrite(new, PROJECT, "coder: editors", "coder: nobody")
    assert main(["release", str(new)]) == FAULTS
    assert "S001" in capsys.readouterr().err
    assert not (new / "annotations/editions").exists()


def test_two_equal_projects_have_no_difference(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", str(TINY), str(TINY)]) == CLEAN
    assert capsys.readouterr().out.splitlines()[1:] == ["nothing changed"]


def test_the_report_says_what_changed_and_where(new: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rewrite(
        new,
        TAGS,
        "cell: flow~b, relation: shows, evidence: [水從",
        "cell: flow~b, relation: harms, evidence: [水從",
    )
    page = (new / PAGE).read_text(encoding="utf-8")
    (new / PAGE).write_text(page.replace("水", "流水", 1), encoding="utf-8")
    record(new)
    assert main(["diff", str(TINY), str(new)]) == CLEAN
    out = capsys.readouterr().out
    assert out.startswith("2.0 (2026-11-24) → 2.1 (2026-11-24)\n")
    assert "prose: 1 changed\n" in out
    assert "tags: 1 changed\n" in out
    assert "tags: cell tag editors canal#p1 flow~b:harms (canal/p1.html) changed" in out
    assert "code: flow~b:[-shows-]{+harms+}" in out
    assert "{+流+}水" in out


def test_the_json_has_every_change_with_both_wordings(new: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rewrite(new, PROJECT, "publisher: 測試編者", "publisher: 試驗編者")
    assert main(["diff", str(TINY), str(new), "--json"]) == CLEAN
    found = json.loads(capsys.readouterr().out)
    assert found["counts"] == {"project": {"added": 0, "removed": 0, "changed": 1}}
    [one] = found["changes"]
    assert (one["part"], one["how"]) == ("project", "changed")
    [field] = one["fields"]
    assert (field["name"], field["before"], field["after"]) == ("publisher", "測試編者", "試驗編者")
    assert "".join(text for kind, text in field["words"] if kind != "inserted") == "測試編者"


def test_older_formats_are_compared_after_a_migration_in_memory(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old = TINY.parent / "variants" / "format-1"
    folder = tmp_path / "migrated"
    shutil.copytree(old, folder)
    before = on_disk(old)
    assert main(["migrate", str(folder)]) == CLEAN
    assert f"format: {FORMAT}" in (folder / PROJECT).read_text(encoding="utf-8")
    capsys.readouterr()
    assert main(["diff", str(old), str(folder)]) == CLEAN
    assert capsys.readouterr().out.splitlines()[1:] == ["nothing changed"]
    assert differing(on_disk(old), before) == []


def test_a_revision_of_git_is_compared(new: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def git(*words: str) -> None:
        own = ("-c", "user.name=t", "-c", "user.email=t@example.org")
        subprocess.run(["git", "-C", str(new.parent), *own, *words], check=True, capture_output=True)

    git("init", "-q")
    git("add", "-A")
    git("commit", "-qm", "first")
    rewrite(new, PROJECT, "publisher: 測試編者", "publisher: 試驗編者")
    assert main(["diff", "HEAD", str(new), "--project", str(new)]) == CLEAN
    assert "publisher: [-測試-]{+試驗+}編者" in capsys.readouterr().out
    assert main(["diff", "nothing", str(new), "--project", str(new)]) == USAGE
    assert "neither a folder nor a revision: nothing" in capsys.readouterr().err
    assert main(["diff", "--project", str(new), "--", "--output=x", str(new)]) == USAGE
    assert "neither a folder nor a revision: --output=x" in capsys.readouterr().err
    assert main(["release", str(new), "--of", "HEAD"]) == CLEAN
    assert "測試編者" in (new / "annotations/editions/2.1.yaml").read_text(encoding="utf-8")


def test_a_project_that_cannot_be_read_is_not_compared(new: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (new / TAGS).write_text("passages: [", encoding="utf-8")
    assert main(["diff", str(TINY), str(new)]) == FAULTS
    error = capsys.readouterr().err
    assert f"{TAGS}:1:" in error
    assert "cannot be read in full" in error


# --- reasons --------------------------------------------------------------------------------------


def _reasons(old: Project, new: Project, id_: str) -> list[tuple[str, str, str]]:
    """(origin, what it names, words) of every reason for the change of one item."""
    found = changes.compare(snapshots.of_project(old), snapshots.of_project(new))
    reasons = Reasons(new, found)
    [change] = [one for one in found.changes if one.item.id == id_]
    return [(one.origin, one.about, one.text) for one in reasons.of(change)]


def test_a_new_emendation_explains_the_text_of_its_passage(tiny: Checked) -> None:
    old = project_of(tiny)
    [work] = old.works
    passage = work.passages[0]
    changed = replace(passage, text=f"{passage.text}。")
    one = replace(work.emendations[0], id="e-new", block=passage.id, reason=Localized("底本脫一點。"))
    blocks = tuple(changed if block.id == passage.id else block for block in work.blocks)
    emended = replace(work, blocks=blocks, emendations=(*work.emendations, one))
    new = replace(old, works=(emended,))
    wanted = [("emendation", f"{work.id}#e-new", "底本脫一點。")]
    assert _reasons(old, new, f"{work.id}#{passage.id}") == wanted


def test_the_ledger_explains_what_ended(tiny: Checked) -> None:
    old = project_of(tiny)
    pages = tuple(page for page in old.pages if page.id != "gates")
    ended = tuple(
        replace(line, fate="withdrawn", reason="與別頁重複。") if line.id == "gates.html#b1" else line
        for line in old.anchors
    )
    new = replace(old, pages=pages, anchors=ended)
    assert _reasons(old, new, "gates.html#b1") == [("ledger", "gates.html#b1", "與別頁重複。")]


def _decided(project: Project, at: int = 0) -> tuple[Decision, Tagging, CellTag]:
    """A decision on two coders, the shown tagging of its passage, and a tag of the cell that it names."""
    [adjudication] = project.adjudications
    decision = adjudication.decisions[at]
    shown = (project.site.coder, decision.passage)
    [tagging] = [one for one in project.taggings if (one.coder, one.passage) == shown]
    cell, _, trait = decision.code.partition("/")
    traits = (trait,) if trait else ()
    return (
        decision,
        tagging,
        CellTag(cell=cell, relation="shows", traits=traits, evidence=(), place=tagging.place),
    )


def _tagged(project: Project, tagging: Tagging, **values: object) -> Project:
    """The project with other values of one tagging."""
    changed = [replace(one, **values) if one is tagging else one for one in project.taggings]
    return replace(project, taggings=tuple(changed))


@pytest.mark.parametrize("at", [0, 1])
def test_a_decision_explains_the_tag_that_it_is_about(tiny: Checked, at: int) -> None:
    old = project_of(tiny)
    decision, tagging, tag = _decided(old, at)
    before, after = _tagged(old, tagging, cells=()), _tagged(old, tagging, cells=(tag,))
    about = f"{tagging.coder} {tagging.work}#{tagging.passage}"
    found = _reasons(before, after, f"{about} {tag.cell}:{tag.relation}")
    assert ("adjudication", f"{tagging.work}#{decision.passage} {decision.code}", decision.reason) in found


def test_a_reason_for_the_tag_itself_takes_the_place_of_the_decision(tiny: Checked) -> None:
    old = project_of(tiny)
    _, tagging, tag = _decided(old)
    id_ = f"{tagging.coder} {tagging.work}#{tagging.passage} {tag.cell}:shows"
    before, after = _tagged(old, tagging, cells=()), _tagged(old, tagging, cells=(tag,))
    own = Reason(edition=after.site.version, of=id_, reason=Localized("另一個分句。"), place=tagging.place)
    wanted = [("editors", id_, "另一個分句。")]
    assert _reasons(before, replace(after, reasons=(own,)), id_) == wanted


def test_a_decision_does_not_explain_an_alternative(tiny: Checked) -> None:
    old = project_of(tiny)
    _, tagging, tag = _decided(old)
    other = Alternative(cell=tag.cell, relation="shows", reason=Localized("也可以標。"), place=tagging.place)
    before = _tagged(old, tagging, cells=(), alternatives=())
    after = _tagged(old, tagging, cells=(), alternatives=(other,))
    found = _reasons(before, after, f"{tagging.coder} {tagging.work}#{tagging.passage} >{tag.cell}:shows")
    assert [one for one in found if one[0] == "adjudication"] == []


@pytest.mark.parametrize(
    ("of", "is_about"),
    [
        ("tags", True),
        ("cell tag", True),
        ("p1", True),
        ("w#p1", True),
        ("me", True),
        ("a+", True),
        ("a+:shows", True),
        ("a+:asks", True),
        ("relation:asks", True),
        ("p2", False),
        ("b-", False),
        ("prose", False),
    ],
)
def test_a_reason_names_a_tag_or_what_it_belongs_to(of: str, is_about: bool) -> None:
    old = Item(part="tags", kind="cell tag", id="me w#p1 a+:shows", name="a+:shows")
    new = Item(part="tags", kind="cell tag", id="me w#p1 a+:asks", name="a+:asks")
    [change] = changes.compare(_of(old), _of(new)).changes
    assert (of in names(change)) == is_about


@pytest.mark.parametrize("of", ["prose", "paragraph", "grid/", "grid/a.html", "grid/a.html#b1"])
def test_a_reason_names_a_paragraph_or_what_it_belongs_to(of: str) -> None:
    one = Item(part="prose", kind="paragraph", id="grid/a.html#b1", texts={"words": "x"})
    [change] = changes.compare(_of(), _of(one)).changes
    assert of in names(change)
    assert not names(change) & {"", "grid", "a.html", "b1"}
