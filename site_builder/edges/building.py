"""What a command keeps for the next one: what the files of a project say, and the results of its tasks."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from site_builder import pipeline
from site_builder.edges import keeping, load, runs
from site_builder.pipeline import Checked
from site_builder.source.kept import Kept as KeptParts

if TYPE_CHECKING:
    from site_builder.edges.store import Store
    from site_builder.site.tasks import Engine


def checked(folder: Path, *, keep: bool = True) -> tuple[Checked, Mapping[str, str]]:
    """The project in a folder, read and checked, and the texts that it was read from.

    :param keep: whether files that are as in an earlier run are not read again.
    """
    texts, problems = load.sources(folder)
    store = _store() if keep else None
    if store is None:
        return pipeline.check_sources(texts, problems), texts
    tool = hashlib.sha256(json.dumps(runs.tool()).encode()).digest()
    read_part = KeptParts(store, tool=tool, project=str(folder.resolve()))
    found = pipeline.check_sources(texts, problems, read_part)
    read_part.save()
    return found, texts


@contextmanager
def engine(
    number: int, sources: Mapping[str, str], *, with_text: bool = True, keep: bool = True
) -> Iterator[Engine]:
    """What does the tasks of one build; its processes end at the end of the block.

    :param number: of processes; 0 for one on each processor.
    :param sources: the texts that the edition is made from, by their paths.
    :param with_text: whether the edition has its text.
    :param keep: whether results are taken from the store and kept in it.
    """
    from site_builder.edges import toolprint
    from site_builder.edges.engines import Kept, Processes, processors  # a check needs none of them
    from site_builder.pipeline import keys

    store = _store() if keep else None
    with Processes(number or processors()) as processes:
        if store is None:
            yield processes
            return
        content = json.dumps([with_text, sorted(sources.items())]).encode("utf-8", "surrogatepass")
        yield Kept(processes, store, edition=keys.digest(content), tool=toolprint.digest())


def _store() -> Store | None:
    """The store of results; ``None`` without a folder for it, and in a Python without SQLite."""
    folder = keeping.folder()
    if folder is None:
        return None
    try:
        from site_builder.edges.store import Store
    except ImportError:
        return None
    return Store(folder)
