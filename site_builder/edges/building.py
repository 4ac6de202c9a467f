"""The engine of a build: its processes, and the store of results."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from site_builder.edges import keeping, toolprint
from site_builder.edges.engines import Kept, Processes, processors
from site_builder.edges.store import Store
from site_builder.pipeline import keys
from site_builder.site.tasks import Engine


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
    folder = keeping.folder() if keep else None
    with Processes(number or processors()) as processes:
        if folder is None:
            yield processes
            return
        content = json.dumps([with_text, sorted(sources.items())]).encode("utf-8", "surrogatepass")
        yield Kept(processes, Store(folder), edition=keys.digest(content), tool=toolprint.digest())
