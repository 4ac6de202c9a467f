"""Engines give the same results as doing each task here: other processes, and a store of results."""

from __future__ import annotations

import json
import os
import pickle
import random
import re
import shutil
import signal
import sqlite3
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, nullcontext
from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from typing import Any

import pytest
import shared
from conftest import FLAT, TINY, differing
from hypothesis import given, settings
from hypothesis import strategies as st
from laws import examples
from works import add_works

from site_builder import pipeline
from site_builder.cli.main import CLEAN, FAULTS, main
from site_builder.edges import building, engines, keeping, load, store, toolprint
from site_builder.edges.engines import Processes, processors
from site_builder.edges.kept import Kept
from site_builder.edges.store import Store
from site_builder.edition.digests import SIZE, digest
from site_builder.edition.edition import Edition
from site_builder.edition.sizes import SIZES, Sizes
from site_builder.model import Localized, Place
from site_builder.pipeline import keys
from site_builder.pipeline.assemble import Assembler
from site_builder.site import elsewhere
from site_builder.site.holes import Content
from site_builder.site.medium import Rendered
from site_builder.site.tasks import Done, Results, Serial, Task, TaskContext
from site_builder.source import kept as parts_of_sources

Texts = Mapping[str, str]


def sources(project: Path) -> dict[str, str]:
    texts, problems = load.sources(project)
    assert not problems
    return texts


def edition_of(texts: Texts, sizes: Sizes = SIZES) -> Edition | None:
    """What a preview shows: words that no ledger has yet are no error."""
    found = pipeline.check_sources(texts).preview()
    return found and Edition.of(found.project, sizes=sizes)


@pytest.fixture(scope="module")
def tiny() -> Edition:
    found = edition_of(sources(TINY))
    assert found is not None
    return found


@pytest.fixture(scope="module")
def clean() -> Mapping[str, bytes]:
    """The site of the small project without an engine."""
    return clean_site("the small project")


def kept(place: Path, texts: Texts, tool: bytes = b"tool") -> Kept:
    values = keys.Values.of(texts, with_text=True, tool=tool)
    return Kept(Serial(), Store(place), keys.Keys(values))


# --- other processes --------------------------------------------------------------------------------


@pytest.mark.parametrize("may_fork", [True, False])
def test_other_processes_make_the_same_site(
    may_fork: bool, tiny: Edition, clean: Mapping[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    if not may_fork:
        monkeypatch.setattr(engines, "_may_fork", lambda: False)
    with Processes(2) as processes:
        assert differing(pipeline.site(tiny, engine=processes), clean) == []


def name_of_process(_: TaskContext, kind: object, number: int) -> tuple[int, int]:
    if kind == "lost" and number == 7:
        os.kill(os.getpid(), signal.SIGKILL) if engines_in_child() else None
    if kind == "wrong" and number == 7:
        raise ZeroDivisionError("seven")
    return number, os.getpid()


def engines_in_child() -> bool:
    return os.getpid() != PARENT


PARENT = os.getpid()


def numbered(kind: str, number: int = 40) -> list[Task]:
    return [
        Task(kind="number", name=str(n), function=name_of_process, shared=kind, arguments=(n,))
        for n in range(number)
    ]


@pytest.fixture
def context(tiny: Edition) -> Assembler:
    return Assembler(tiny, lambda _: None)


def test_results_are_in_the_order_of_the_tasks_and_from_other_processes(context: Assembler) -> None:
    with Processes(2) as processes:
        found = processes.submit(context, numbered("plain"))()
    assert [number for number, _ in found] == list(range(40))
    assert os.getpid() not in {process for _, process in found}


def test_few_tasks_are_done_here(context: Assembler) -> None:
    with Processes(2) as processes:
        found = processes.submit(context, numbered("plain", 3))()
    assert {process for _, process in found} == {os.getpid()}


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="a process is lost by a signal of Unix")
def test_the_tasks_of_a_process_that_is_lost_are_done_here(context: Assembler) -> None:
    with Processes(2) as processes:
        found = processes.submit(context, numbered("lost"))()
        again = processes.submit(context, numbered("plain"))()
    assert [number for number, _ in found] == [number for number, _ in again] == list(range(40))
    assert os.getpid() in {process for _, process in found}


def test_an_exception_in_a_task_is_raised_where_its_result_is_asked_for(context: Assembler) -> None:
    with Processes(2) as processes:
        wait = processes.submit(context, numbered("wrong"))
        with pytest.raises(ZeroDivisionError, match="seven"):
            wait()


def test_no_process_is_left(context: Assembler) -> None:
    with Processes(2) as processes:
        found = processes.submit(context, numbered("plain"))()
    for process in {process for _, process in found}:
        with pytest.raises(ProcessLookupError):
            os.kill(process, 0)


# --- the store --------------------------------------------------------------------------------------


@pytest.fixture
def values(tmp_path: Path) -> Store:
    return Store(tmp_path)


def test_a_value_is_found_by_its_key(values: Store) -> None:
    values.put({b"a": b"one", b"b": b""})
    values.put({b"a": b"two"})
    assert values.get([b"b", b"a", b"c", b"a"]) == {b"a": b"two", b"b": b""}
    assert values.get([]) == {}


def test_many_values_are_found_at_once(values: Store) -> None:
    many = {str(number).encode(): bytes([number % 256]) * 9 for number in range(2_001)}
    values.put(many)
    assert values.get(many) == many


def test_a_value_that_was_changed_on_the_disk_is_not_found(values: Store, tmp_path: Path) -> None:
    values.put({b"a": b"one", b"b": b"two"})
    database = sqlite3.connect(tmp_path / store.NAME)
    with database:
        database.execute("UPDATE result SET value = ? WHERE key = ?", (b"own", b"a"))
    database.close()
    assert values.get([b"a", b"b"]) == {b"b": b"two"}


@pytest.mark.parametrize("content", [b"no database at all, but long enough for its head" * 9, b""])
def test_a_damaged_database_is_replaced(values: Store, tmp_path: Path, content: bytes) -> None:
    (tmp_path / store.NAME).write_bytes(content)
    assert values.get([b"a"]) == {}
    values.put({b"a": b"one"})
    assert values.get([b"a"]) == {b"a": b"one"}


def test_a_database_cut_in_two_gives_no_wrong_value(values: Store, tmp_path: Path) -> None:
    many = {str(number).encode(): os.urandom(3_000) for number in range(50)}
    values.put(many)
    path = tmp_path / store.NAME
    whole = path.read_bytes()
    for size in range(0, len(whole), 9_999):
        path.write_bytes(whole[:size])
        assert values.get(many).items() <= many.items()
        values.put(many)


def test_a_store_that_cannot_be_written_to_keeps_nothing(tmp_path: Path) -> None:
    (tmp_path / store.NAME).mkdir()
    values = Store(tmp_path)
    values.put({b"a": b"one"})
    assert values.get([b"a"]) == {}


def rows(folder: Path) -> int:
    """The number of values in a store, and a check that their sizes are those that it has noted."""
    with closing(sqlite3.connect(folder / store.NAME)) as database:
        assert database.execute("SELECT * FROM result WHERE size != length(value)").fetchall() == []
        [(number,)] = database.execute("SELECT count(*) FROM result")
    return int(number)


def test_what_was_not_used_for_the_most_days_is_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    values = Store(tmp_path, limit=2_000)
    now, days = time.time(), {}
    for number in range(30):
        ago = days[digest(bytes([number]))] = 2 - number // 10
        monkeypatch.setattr(store.time, "time", partial(float, now - 86_400 * ago))
        values.put({digest(bytes([number])): os.urandom(100)})
    found = values.get(days)
    assert 0 < sum(map(len, found.values())) <= 2_000
    left = Counter(days[key] for key in found)
    assert left[0] == 10
    assert left[2] == 0


def test_of_more_values_than_the_limit_the_same_part_is_found_each_time(tmp_path: Path) -> None:
    """If those that were used first were removed first, none would be found."""
    many = {digest(bytes([number])): os.urandom(100) for number in range(60)}
    values = Store(tmp_path, limit=3_000)
    for time_ in range(4):
        found = values.get(many)
        assert time_ == 0 or len(found) > 10
        for key in many.keys() - found.keys():
            values.put({key: many[key]})
    assert rows(tmp_path) < 30


def test_values_are_compressed(values: Store, tmp_path: Path) -> None:
    page = "".join(f"<p>{number}</p>" for number in range(20_000)).encode()
    values.put({b"page": page})
    assert values.get([b"page"]) == {b"page": page}
    assert (tmp_path / store.NAME).stat().st_size < len(page) / 3


def test_the_size_of_all_values_is_not_added_up_for_each_value(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It takes a time that grows with the number of values."""
    store.close()
    pruned = []
    real = Store._prune
    monkeypatch.setattr(Store, "_prune", lambda own, database: pruned.append(real(own, database)))
    values = Store(tmp_path, limit=1_000_000)
    for number in range(300):
        values.put({digest(str(number).encode()): os.urandom(400)})
    assert 1 + 300 * 400 // 10_000 - 2 <= len(pruned) <= 1 + 300 * 420 // 10_000
    assert rows(tmp_path) == 300


def test_a_database_of_an_earlier_layout_is_removed(values: Store, tmp_path: Path) -> None:
    store.close()
    for name in store._EARLIER:
        (tmp_path / name).write_bytes(b"old")
    values.put({b"a": b"one"})
    assert [path.name for path in tmp_path.iterdir()] == [store.NAME]


def test_two_builds_use_one_store_at_once(values: Store, tmp_path: Path) -> None:
    def write(first: int) -> None:
        for number in range(first, first + 20):
            Store(tmp_path).put({str(number).encode(): str(number).encode() * 50})

    threads = [Thread(target=write, args=(first,)) for first in (0, 10, 20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    wanted = {str(number).encode(): str(number).encode() * 50 for number in range(40)}
    assert values.get(wanted) == wanted


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Path]]:
    """The databases that this process opens."""
    store.close()
    found: list[Path] = []
    connect = sqlite3.connect

    def noted(path: Path, **options: Any) -> sqlite3.Connection:
        found.append(path)
        return connect(path, **options)

    monkeypatch.setattr(store.sqlite3, "connect", noted)
    yield found
    store.close()


def test_the_database_is_opened_once_for_all_stores(tmp_path: Path, opened: list[Path]) -> None:
    for number in range(5):
        Store(tmp_path).put({bytes([number]): b"one"})
        assert len(Store(tmp_path).get(map(bytes, ([0], [number])))) == min(number + 1, 2)
    assert opened == [tmp_path / store.NAME]
    Store(tmp_path / "none").get([b"a"])
    assert Store(tmp_path).get([b"\0"]) == {b"\0": b"one"}
    assert opened == [tmp_path / store.NAME, tmp_path / "none" / store.NAME, tmp_path / store.NAME]


def test_a_database_that_was_removed_or_replaced_is_used_no_longer(
    values: Store, tmp_path: Path, opened: list[Path]
) -> None:
    values.put({b"a": b"one"})
    (tmp_path / store.NAME).unlink()
    assert values.get([b"a"]) == {}
    values.put({b"b": b"two"})
    other = Store(tmp_path / "other")
    other.folder.mkdir()
    other.put({b"c": b"three"})
    (other.folder / store.NAME).replace(tmp_path / store.NAME)
    assert values.get([b"b", b"c"]) == {b"c": b"three"}


def state_of_store(_: TaskContext, folder: str, number: int) -> tuple[int, bool, bool]:
    """The process, whether it has the database open, and whether it finds a value in it."""
    is_open = store._opened.database is not None
    return os.getpid(), is_open, Store(Path(folder)).get([b"a"]) == {b"a": b"one"}


def test_each_process_opens_the_database_itself_and_once(
    values: Store, tmp_path: Path, context: Assembler
) -> None:
    values.put({b"a": b"one"})
    assert store._opened.database is not None
    tasks = [replace(one, function=state_of_store, shared=str(tmp_path)) for one in numbered("plain")]
    with Processes(2) as processes:
        found = processes.submit(context, tasks)()
    assert all(finds for *_, finds in found)
    by_process: dict[int, list[bool]] = {}
    for process, is_open, _ in found:
        by_process.setdefault(process, []).append(is_open)
    assert PARENT not in by_process
    assert all(states == [False, *[True] * (len(states) - 1)] for states in by_process.values())
    assert values.get([b"a"]) == {b"a": b"one"}


def test_a_build_opens_the_database_once(tmp_path: Path, opened: list[Path]) -> None:
    texts = sources(FLAT)
    edition = edition_of(texts)
    assert edition is not None
    pipeline.site(edition, engine=kept(tmp_path, texts))
    assert opened == [tmp_path / store.NAME]


@pytest.mark.parametrize(
    "result",
    [
        b"",
        b"file\nx",
        {},
        {"data/ä.csv": b"\n\n", "b": b""},
        Rendered(text="甲\n乙", ids=("p1", "ä"), cited=((("w", "p1"), ("a", "b", "「c」")),)),
        Rendered(text="", ids=()),
        Rendered(text="甲", ids=(), content=Content(kind="ä", text="乙\n\0", values=("a", "p1"))),
        Rendered(text="甲", ids=(), content=Content(kind="", text="", values=())),
    ],
)
def test_a_result_is_the_same_after_it_was_kept(result: object) -> None:
    data = keys.encoded(result)
    assert data is not None
    assert keys.decoded(data) == result


# --- results kept from other builds -----------------------------------------------------------------


def test_a_second_build_renders_nothing(tmp_path: Path, clean: Mapping[str, bytes]) -> None:
    texts = sources(TINY)
    edition = edition_of(texts)
    assert edition is not None
    engine = kept(first_results("the small project", tmp_path / "store"), texts)
    assert differing(pipeline.site(edition, engine=engine), clean) == []
    assert not engine.counts.made
    assert {"page", "section", "chapter", "panel", "format", "data"} <= engine.counts.kept.keys()


def test_equal_values_of_different_objects_have_one_digest() -> None:
    one, two = (
        [
            "".join(["ab", "c"]),
            Localized("d", language="en", translations={"de": "e"}),
            {"k": (1, True, None, 2.5)},
            frozenset({"x", "y", "z"}),
            Place(path="a", line=line, column=1),
            digest,
        ]
        for line in (1, 2)
    )
    shared = [*one[:2], one[2], frozenset(sorted(one[3], reverse=True)), *one[4:]]
    assert keys.Digests().of(one) == keys.Digests().of(two) == keys.Digests().of(shared)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("a", ["a"]),
        ("a", b"a"),
        ("a", Localized("a")),
        (Localized("a", language="en"), Localized("a", language="de")),
        (Localized("a", translations={"en": "b"}), Localized("a", translations={"en": "c"})),
        (["ab", "c"], ["a", "bc"]),
        ([["a"], "b"], [["a", "b"]]),
        ({"a": "b"}, ["a", "b"]),
        (1, "1"),
        (1, True),
        (None, "None"),
        (Rendered(text="a", ids=()), Rendered(text="b", ids=())),
        (partial(digest, b"a"), partial(digest, b"b")),
        (digest, keys.encoded),
        (frozenset("a"), frozenset("b")),
    ],
)
def test_different_values_have_different_digests(one: object, two: object) -> None:
    assert keys.Digests().of(one) != keys.Digests().of(two)


def test_a_value_without_a_digest_is_refused() -> None:
    with pytest.raises(TypeError, match="object"):
        keys.Digests().of([object()])


def test_a_line_more_in_a_source_makes_no_page_again(tmp_path: Path) -> None:
    place = first_results("the small project", tmp_path / "store")
    texts = sources(TINY)
    more = {name: "# a line\n" + text if name.endswith(".yaml") else text for name, text in texts.items()}
    second = edition_of(more)
    assert second is not None
    engine = kept(place, more)
    with each_task_once():
        clean = pipeline.site(second)
        assert differing(pipeline.site(second, engine=engine), clean) == []
    assert set(engine.counts.made) == {"format", "data"}


def test_a_gist_makes_only_the_pages_again_that_show_it(tmp_path: Path, clean: Mapping[str, bytes]) -> None:
    place = first_results("the small project", tmp_path / "store")
    texts = sources(TINY)
    name = next(name for name in texts if "/tags/editors/" in name and "gist:" in texts[name])
    changed = {**texts, name: re.sub(r"(gist: \S+?)(。?)\n", r"\1也\2\n", texts[name], count=1)}
    second = edition_of(changed)
    assert second is not None
    engine = kept(place, changed)
    with each_task_once():
        after = pipeline.site(second)
        found = pipeline.site(second, engine=engine)
    assert differing(found, after) == []
    other = {path for path in found if path.endswith(".html") and found[path] != clean.get(path)}
    pages = other - {"edition.html", "hans/edition.html", "cite.html", "hans/cite.html"}
    assert 0 < len(pages) <= engine.counts.made["page"] <= len(pages) + 4
    assert engine.counts.kept["page"] > engine.counts.made["page"]


def test_a_colour_makes_only_what_has_it_besides_the_style_sheets(
    tmp_path: Path, clean: Mapping[str, bytes]
) -> None:
    """Pages have their colours from style sheets; the pictures in a book have their own."""
    place = first_results("the small project", tmp_path / "store")
    texts = sources(TINY)
    _color(texts, random.Random(1))
    after = edition_of(texts)
    assert after is not None
    engine = kept(place, texts)
    found = pipeline.site(after, engine=engine)
    assert differing(found, pipeline.site(after)) == []
    changed = {path.rpartition(".")[2] for path in found if found[path] != clean[path]}
    assert {"css", "csv", "epub", "svg"} < changed
    assert "page" not in engine.counts.made
    assert engine.counts.made["chapter"] > 0


def test_a_gist_makes_no_page_or_book_of_a_similar_passage_in_another_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pages of similar passages name them by their numbers."""
    place = first_results("a large project", tmp_path / "store")
    texts, before = first_state("a large project")
    work = before.project.works[0].id
    key = next(
        key
        for key, tagging in before.index.taggings.items()
        if key[0] == work
        and tagging.gist
        and any(other[0] != work for other in before.comparison.of(key).keys)
    )
    name = next(
        name
        for name, text in texts.items()
        if name.startswith(f"annotations/{work}/tags/") and f"\n  {key[1]}:" in text
    )
    at = texts[name].index("gist: ", texts[name].index(f"\n  {key[1]}:")) + len("gist: ")
    texts[name] = f"{texts[name][:at]}另{texts[name][at:]}"
    after = edition_of(texts, PROJECTS["a large project"][1])
    assert after is not None
    assert after.index.taggings[key].gist != before.index.taggings[key].gist
    engine, made = kept(place, texts), []
    count = engine.counted

    def counted(tasks: Sequence[Done]) -> Sequence[Done]:
        made.extend(one.name for one in tasks if not one.kept)
        return count(tasks)

    monkeypatch.setattr(engine, "counted", counted)
    with each_task_once():
        pipeline.site(after, engine=engine)
    assert f"{work}/work.edition.html" in made
    others = {one.id for one in before.project.works} - {work}
    assert [name for name in made if set(name.split("/")) & others] == []


def test_another_version_of_the_tool_takes_no_result(tmp_path: Path, tiny: Edition) -> None:
    texts = sources(TINY)
    engine = kept(first_results("the small project", tmp_path / "store"), texts, b"another tool")
    pipeline.site(tiny, engine=engine)
    assert not engine.counts.kept


def test_the_digest_of_the_tool_covers_code_templates_catalogues_and_libraries(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = toolprint.digest()
    assert toolprint.digest() == before
    package = tmp_path / "package"
    package.mkdir()
    monkeypatch.setattr(toolprint, "_PACKAGE", package)
    seen = [before, toolprint.digest()]
    for name in ("a.py", "site.mo", "page.html", "page.css", "page.js"):
        (package / name).write_text("1", encoding="utf-8")
        seen.append(toolprint.digest())
    (package / "a.py").write_text("2", encoding="utf-8")
    seen.append(toolprint.digest())
    (package / "a.py").rename(package / "b.py")
    seen.append(toolprint.digest())
    monkeypatch.setattr(toolprint, "_libraries", lambda: iter([b"jinja2-9.9.9.dist-info"]))
    seen.append(toolprint.digest())
    monkeypatch.setattr(toolprint.sys, "version", "4.0")
    seen.append(toolprint.digest())
    assert len(set(seen)) == len(seen)


def test_every_kind_of_file_of_the_templates_is_covered() -> None:
    from site_builder.site import assets

    suffixes = {path.suffix for path in assets.TEMPLATES.rglob("*") if path.is_file()}
    assert suffixes <= set(toolprint._KINDS)


def test_the_engine_of_a_build_keeps_results_unless_it_must_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(keeping.VARIABLE, str(tmp_path / "cache"))
    texts = sources(FLAT)
    edition = edition_of(texts)
    assert edition is not None
    with building.engine(1, texts, keep=False) as engine:
        assert isinstance(engine, Processes)
    assert not (tmp_path / "cache").exists()
    with building.engine(1, texts) as engine:
        assert isinstance(engine, Kept)
        pipeline.site(edition, engine=engine)
    with building.engine(1, texts, with_text=False) as engine:
        assert isinstance(engine, Kept)
        pipeline.site(Edition.of(edition.project, with_text=False), engine=engine)
        assert "format" not in engine.counts.kept


def test_a_python_without_sqlite_keeps_no_result(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(keeping.VARIABLE, str(tmp_path / "cache"))
    monkeypatch.setitem(sys.modules, "sqlite3", None)
    monkeypatch.delitem(sys.modules, "site_builder.edges.store", raising=False)
    with building.engine(1, {}) as engine:
        assert isinstance(engine, Processes)
    reading = building.checked(TINY)
    assert reading.found.sound
    assert reading.texts == sources(TINY)
    assert reading.kept == 0


def test_the_stats_of_a_build_are_not_written_over_a_source(tmp_path: Path) -> None:
    shutil.copytree(FLAT, tmp_path / "project")
    source = tmp_path / "project/annotations/project.yaml"
    before = source.read_bytes()
    assert main(["build", str(tmp_path / "project"), "--stats", str(source)]) == FAULTS
    assert source.read_bytes() == before
    assert not (tmp_path / "project/_site").exists()


def test_what_a_build_keeps_makes_only_texts_and_records(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(keeping.VARIABLE, str(tmp_path / "cache"))
    shutil.copytree(FLAT, tmp_path / "project")
    assert main(["build", str(tmp_path / "project")]) == CLEAN
    [path] = (tmp_path / "cache").rglob(store.NAME)
    with closing(sqlite3.connect(path)) as database:
        values = Store(path.parent).get(key for (key,) in database.execute("SELECT key FROM result"))

    def kind(value: bytes) -> str:
        if not value:
            return "an archive that is known"
        if value.startswith((b"page\n", b"file\n", b"files\n")):
            return type(keys.decoded(value)).__name__
        # a key is a digest, which can begin with any byte, so this comes before what a bracket tells
        if value and len(value) % SIZE == 0 and {*batched(value)} <= values.keys():
            return "keys"
        if value[:1] in (b"[", b"{"):
            return f"JSON {type(json.loads(value)).__name__}"
        return "record" if parts_of_sources._unpickled(value) is not None else "something else"

    found = {*map(kind, values.values())}
    made = {"Rendered", "dict", "JSON list", "JSON dict", "keys", "record"}
    assert found == {*made, "an archive that is known"}


def batched(value: bytes) -> Iterator[bytes]:
    """A value in parts of the size of a digest."""
    return (value[at : at + SIZE] for at in range(0, len(value), SIZE))


def test_the_stats_of_a_build_count_what_was_made_and_what_was_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(keeping.VARIABLE, str(tmp_path / "cache"))
    shutil.copytree(FLAT, tmp_path / "project")
    words = ["build", str(tmp_path / "project"), "--stats", str(tmp_path / "stats.json"), "--jobs", "1"]
    found = []
    for _ in range(2):
        assert main(words) == CLEAN
        found.append(json.loads((tmp_path / "stats.json").read_bytes()))
    first, second = found
    assert first["files"] == first["changed"] == second["files"]
    assert (
        first["bytes"]
        == second["bytes"]
        == sum(
            path.stat().st_size
            for path in (tmp_path / "project/_site").rglob("*")
            if path.is_file() and path.name != ".site-builder"
        )
    )
    assert second["changed"] == 0
    assert first["parts"] == {"made": second["parts"]["kept"], "kept": 0}
    assert {kind: one["made"] for kind, one in first["tasks"].items()} == {
        kind: one["kept"] for kind, one in second["tasks"].items()
    }
    assert not any(one["made"] for one in second["tasks"].values())


# --- a law ------------------------------------------------------------------------------------------

Edit = Callable[[dict[str, str], random.Random], None]


def _pick(texts: Texts, chance: random.Random, ending: str, inside: str = "") -> str:
    return chance.choice([name for name in sorted(texts) if name.endswith(ending) and inside in texts[name]])


def _line(texts: dict[str, str], chance: random.Random) -> None:
    name = _pick(texts, chance, ".yaml")
    texts[name] = f"# {chance.random()}\n{texts[name]}"


def _value(field: str) -> Edit:
    def edit(texts: dict[str, str], chance: random.Random) -> None:
        name = _pick(texts, chance, ".yaml", f"{field}: ")
        found = list(re.finditer(rf"\b{field}: \W*([^\W\d_][\w ]*)", texts[name]))
        if found:
            one = chance.choice(found)
            texts[name] = f"{texts[name][: one.end()]}{chance.choice('abc')}{texts[name][one.end() :]}"

    return edit


def _word(ending: str) -> Edit:
    """Repeat a letter of a text, and of its witness, which changes a word."""

    def edit(texts: dict[str, str], chance: random.Random) -> None:
        name = _pick(texts, chance, ending)
        letters = [found.end() for found in re.finditer(r"[^\W\d_]{4}", texts[name])]
        at = chance.choice(letters)
        word = texts[name][at - 4 : at]
        texts[name] = f"{texts[name][:at]}{word[-1]}{texts[name][at:]}"
        witness = name.replace("text.md", "witness.txt")
        if witness != name and texts.get(witness, "").count(word) == 1:
            texts[witness] = texts[witness].replace(word, word + word[-1])

    return edit


def _color(texts: dict[str, str], chance: random.Random) -> None:
    name = _pick(texts, chance, ".yaml", "color: ")
    texts[name] = re.sub(
        r"color: .*", f'color: "#{chance.choice(("8460B9", "8460C8", "7A58B0"))}"', texts[name], count=1
    )


def _removed(texts: dict[str, str], chance: random.Random) -> None:
    del texts[_pick(texts, chance, ".md")]


def _renamed(texts: dict[str, str], chance: random.Random) -> None:
    names = [name for name in sorted(texts) if "/tags/" in name]
    if names:
        name = chance.choice(names)
        texts[name.replace(".yaml", f"-{chance.randrange(9)}.yaml")] = texts.pop(name)


EDITS: dict[str, Edit] = {
    "a line more": _line,
    "a gist": _value("gist"),
    "a name": _value("name"),
    "a title": _value("title"),
    "a note": _value("note"),
    "a definition": _value("definition"),
    "a word of the text": _word("text.md"),
    "a word of a page": _word(".md"),
    "a colour": _color,
    "a file removed": _removed,
    "a file renamed": _renamed,
}


@cache
def three_works() -> dict[str, str]:
    """The small project with three works, whose pages show passages of each other."""
    with TemporaryDirectory() as folder:
        shutil.copytree(TINY, folder, dirs_exist_ok=True)
        add_works(Path(folder), ("dike", "weir"))
        return load.sources(Path(folder))[0]


PROJECTS: Mapping[str, tuple[Callable[[], Mapping[str, str]], Sizes]] = {
    "the small project": (lambda: sources(TINY), SIZES),
    "one work": (lambda: sources(FLAT), SIZES),
    "three works": (three_works, SIZES),
    "a large project": (
        three_works,
        Sizes(named_works=1, book_passages=1, script_passages=1, part_passages=18),  # a part of two works
    ),
}


def first_state(project: str) -> tuple[dict[str, str], Edition]:
    """The texts of a project before any edit, and its edition."""
    make, sizes = PROJECTS[project]
    texts = dict(make())
    edition = edition_of(texts, sizes)
    assert edition is not None
    return texts, edition


@contextmanager
def each_task_once() -> Iterator[None]:
    """Within the block, a task with the arguments that it had in an earlier build is not done again.

    It is for several builds of one edition: a build without an engine, and one that looks results up.  What
    the second build takes from the store is not affected, nor a task that gets a result that was looked up
    and is wrong: its arguments are others.  That the results of a task do not depend on the tasks done before
    it is not seen here; the law of one work and test_preview.py do every task again.
    """
    known: dict[tuple[str, str], tuple[Task, object]] = {}
    real = Task.run

    def run(task: Task, context: TaskContext) -> Any:
        before, result = known.get((task.kind, task.name), (None, None))
        if before is None or (before.function, before.shared, before.arguments) != (
            task.function,
            task.shared,
            task.arguments,
        ):
            result = real(task, context)
            known[task.kind, task.name] = task, result
        return result

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Task, "run", run)
        yield


def first_build(project: str) -> Path:
    """A folder with the results that the first build of a project keeps, and in a file the site of a build
    without an engine; both are made once in a run.
    """

    def fill(folder: Path) -> None:
        (folder / "store").mkdir(parents=True)
        texts, edition = first_state(project)
        engine = kept(folder / "store", texts)
        with each_task_once():
            clean = dict(pipeline.site(edition))
            assert differing(pipeline.site(edition, engine=engine), clean) == []
        assert engine.counts.made
        store.close()
        (folder / "site").write_bytes(pickle.dumps(clean))

    return shared.folder(f"first build of {project}", fill)


@cache
def clean_site(project: str) -> Mapping[str, bytes]:
    """The site of a project before any edit, made without an engine, once in a run."""
    found: dict[str, bytes] = pickle.loads((first_build(project) / "site").read_bytes())
    return found


def first_results(project: str, place: Path) -> Path:
    """Put the results that the first build of a project keeps into a new folder.

    :returns: ``place``.
    """
    shutil.copytree(first_build(project) / "store", place)
    return place


def same_after(
    project: str, edits: list[str], chance: random.Random, place: Path, *, each_once: bool = False
) -> None:
    """Build after each edit with the results of the builds before it, and without any.

    The first build is the same in every example, and so is made once.

    :param each_once: whether both builds after an edit share the results of the tasks that they do.
    """
    first_results(project, place)
    states = [(first_state(project)[0], clean_site(project))]
    for edit in edits:
        texts, clean = dict(states[-1][0]), None
        if edit == "undo":
            texts, clean = chance.choice(states)
        else:
            EDITS[edit](texts, chance)
        edition = edition_of(texts, PROJECTS[project][1])
        if edition is None:  # the edit made an error, and nothing is built
            continue
        with each_task_once() if each_once else nullcontext():
            clean = clean or pipeline.site(edition)
            states.append((texts, clean))
            assert differing(pipeline.site(edition, engine=kept(place, texts)), clean) == []


def test_a_new_name_of_a_coder_is_on_every_page_that_names_a_coder(tmp_path: Path) -> None:
    texts, before = first_state("three works")
    place = first_results("three works", tmp_path / "store")
    texts["annotations/coders.yaml"] = texts["annotations/coders.yaml"].replace("name: ", "name: 新", 1)
    after = edition_of(texts)
    assert after is not None
    assert after.project.coders != before.project.coders
    with each_task_once():
        clean = pipeline.site(after)
        assert differing(pipeline.site(after, engine=kept(place, texts)), clean) == []


def turned_ledger(texts: dict[str, str]) -> None:
    """The first line of the ledger of the first work decides the permanent ids of all works."""
    path = "corpus/canal/anchors.yaml"
    lines = texts[path].split("\n")
    first = next(number for number, line in enumerate(lines) if line.startswith("  - "))
    lines[first : first + 2] = lines[first + 1], lines[first]
    texts[path] = "\n".join(lines)


def new_relation(texts: dict[str, str]) -> None:
    """A relation to a cell that no tag had is in the style sheet of every ``work.edition.html``."""
    path = "annotations/canal/tags/editors/2.yaml"
    assert texts[path].count("cell: edge~a, relation: shows") == 1
    texts[path] = texts[path].replace("cell: edge~a, relation: shows", "cell: edge~a, relation: harms")


def new_language(texts: dict[str, str]) -> None:
    """The tables and the JSON of all works have a column or a field for each language of a tag."""
    path = "annotations/canal/tags/editors/1.yaml"
    texts[path] = texts[path].replace("    gist_en: ", "    gist_de: Wasser\n    gist_en: ", 1)


def no_other_coder(texts: dict[str, str]) -> None:
    """The JSON of all works has ``codings`` if a second coder tagged any work."""
    del texts["annotations/canal/tags/reader/1.yaml"], texts["annotations/canal/adjudication.yaml"]
    coders = texts["annotations/coders.yaml"]
    texts["annotations/coders.yaml"] = coders[: coders.index("  - id: reader")]


def moved_words(texts: dict[str, str]) -> None:
    """The JSON of all works has the places of the words in which a work shows a step of the argument."""
    assert "{passage: p8, work: canal, text: 近處的人少了一條水}" in texts["annotations/edges.yaml"]
    for path in ("corpus/canal/text.md", "corpus/canal/witness.txt"):
        before, after = texts[path].split("可以停車")
        texts[path] = f"{before}也可以停車{after}"


@pytest.mark.parametrize(
    ("edit", "project"),
    [
        (turned_ledger, "three works"),
        (turned_ledger, "a large project"),
        (new_relation, "a large project"),  # the pages of a small one have the style sheet in a file
        *((edit, "a large project") for edit in (new_language, no_other_coder, moved_words)),
    ],
)
def test_a_change_in_one_work_is_in_the_files_of_the_others(
    edit: Callable[[dict[str, str]], None], project: str, tmp_path: Path
) -> None:
    texts, _ = first_state(project)
    edit(texts)
    place = first_results(project, tmp_path / "store")
    after = edition_of(texts, PROJECTS[project][1])
    assert after is not None
    with each_task_once():
        clean = pipeline.site(after)
        assert differing(pipeline.site(after, engine=kept(place, texts)), clean) == []
    changed = differing(clean, clean_site(project))
    assert any("dike" in name for name in changed)


def test_the_order_of_two_coders_in_another_work_is_among_what_a_work_depends_on(tiny: Edition) -> None:
    """In a work without an adjudication, two coders are in the order of another one."""
    [one] = tiny.project.adjudications
    turned = replace(tiny.project, adjudications=(replace(one, between=one.between[::-1]),))
    assert elsewhere.shown(Edition.of(turned)) != elsewhere.shown(tiny)


SEQUENCES = {
    "edits": st.lists(st.sampled_from(["undo", *EDITS]), min_size=1, max_size=4),
    "chance": st.randoms(use_true_random=False),
}


@settings(max_examples=examples(8))
@given(**SEQUENCES)
def test_after_any_edits_the_site_is_that_of_a_clean_build(
    edits: list[str], chance: random.Random, tmp_path_factory: pytest.TempPathFactory
) -> None:
    same_after("one work", edits, chance, tmp_path_factory.mktemp("law") / "store")


@pytest.mark.parametrize("project", ["a large project", "three works"])
@settings(max_examples=examples(2))
@given(**SEQUENCES)
def test_after_any_edits_a_site_of_several_works_is_that_of_a_clean_build(
    project: str, edits: list[str], chance: random.Random, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """A build of several works takes ten times as long, so the examples of one run are few."""
    same_after(project, edits, chance, tmp_path_factory.mktemp("law") / "store", each_once=True)


SAME_SITE = {"a line more", "a file removed", "a file renamed"}
"""The edits that mostly make an error, or change no page."""


@pytest.mark.parametrize("name", sorted(EDITS.keys() - SAME_SITE))
def test_every_edit_of_the_law_changes_some_sites(name: str) -> None:
    """A law that never changes a site would hold of anything."""
    for seed in range(6):
        changed = sources(FLAT)
        EDITS[name](changed, random.Random(seed))
        edition = edition_of(changed)
        if edition is not None and pipeline.site(edition) != clean_site("one work"):
            return
    pytest.fail("six times nothing changed")


@pytest.mark.parametrize("name", sorted(SAME_SITE))
def test_an_edit_that_changes_no_page_changes_the_sources(name: str) -> None:
    changed = sources(FLAT)
    EDITS[name](changed, random.Random(0))
    assert changed != sources(FLAT)


def test_a_result_of_no_known_kind_is_not_kept(tmp_path: Path, context: Assembler) -> None:
    engine = kept(tmp_path, {})
    for _ in range(2):
        wait: Results = engine.submit(context, numbered("plain", 2))
        assert [number for number, _ in wait()] == [0, 1]
    assert not engine.counts.kept


def test_the_processors_are_those_of_the_process_and_else_those_of_the_machine(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 3, 5}, raising=False)
    assert processors() == 3
    monkeypatch.delattr(os, "sched_getaffinity")
    monkeypatch.setattr(os, "cpu_count", lambda: 7)
    assert processors() == 7
    monkeypatch.setattr(os, "cpu_count", lambda: None)
    assert processors() == 1
