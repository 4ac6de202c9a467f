"""What a command keeps for the next one: what the files of a project say, and the results of its tasks."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from site_builder import pipeline
from site_builder.edges import keeping, load, runs
from site_builder.edition.digests import digest
from site_builder.pipeline import Checked, Say
from site_builder.records import dataclass
from site_builder.source.kept import Kept as KeptParts

if TYPE_CHECKING:
    from site_builder.edges.engines import BuildEngine
    from site_builder.edges.spool import Spool
    from site_builder.edges.store import Store
    from site_builder.edition.edition import Edition


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """A project that was read and checked, and the texts that it was read from.

    ``read`` is the number of parts of files that were read, ``kept`` that of those from an earlier run.
    Without a cache ``read`` is the number of all source files, and so counts the text of a witness too, which
    is no part.
    """

    found: Checked
    texts: Mapping[str, str]
    read: int
    kept: int


def checked(folder: Path, *, keep: bool = True) -> Reading:
    """The project in a folder, read and checked.  Problems do not raise: they are in ``found``.

    ``texts`` has the text of each source by its path in the project, also of one whose content has errors; a
    file that cannot be read is not there.  Without a folder for the cache nothing is kept, and everything is
    read.

    :param keep: whether parts that are as in an earlier run are not read again.
    """
    texts, problems = load.sources(folder)
    store = _store() if keep else None
    if store is None:
        return Reading(found=pipeline.check_sources(texts, problems), texts=texts, read=len(texts), kept=0)
    tool = digest(json.dumps(runs.tool()).encode())  # a check does not read all files of the tool
    with closing(store):
        read_part = KeptParts(store, tool=tool, project=str(folder.resolve()))
        found = pipeline.check_sources(texts, problems, read_part)
        read_part.save()
    return Reading(found=found, texts=texts, read=read_part.read, kept=read_part.given)


def stats(reading: Reading, engine: BuildEngine, files: Mapping[str, bytes], changed: int) -> bytes:
    """What a build did, as JSON (UTF-8, indented by one space, with a line end): numbers that are the same on
    every machine.

    ``files`` is the number of files of the site, ``bytes`` their size together, ``changed`` the number of
    those that were written; ``parts`` are the parts of sources, and ``tasks`` those of each kind, sorted:
    each has the numbers ``made`` by this build and ``kept``.
    """
    from site_builder.formats.files import size

    made, kept = engine.counts.made, engine.counts.kept
    found = {
        "files": len(files),
        "bytes": sum(size(files, name) for name in files),
        "changed": changed,
        "parts": {"made": reading.read, "kept": reading.kept},
        "tasks": {
            kind: {"made": made.get(kind, 0), "kept": kept.get(kind, 0)} for kind in sorted({*made, *kept})
        },
    }
    return f"{json.dumps(found, indent=1)}\n".encode()


def explained(engine: BuildEngine, path: str, fresh: Collection[str] | None) -> Iterator[str]:
    """The lines to print about a file of the site: why the build made it, and what it depends on.

    Without a record of the build it is one line, ``PATH: without the cache, every file is made again``,
    whether or not the site has the file.

    :param path: in the site: ``hans/index.html``.
    :param fresh: the files that the build wrote; ``None`` if the site has no such file.
    """
    if engine.record is None:
        yield f"{path}: without the cache, every file is made again"
    else:
        yield from engine.record.lines(path, path in fresh if fresh is not None else None)


@contextmanager
def engine(
    number: int,
    sources: Mapping[str, str],
    *,
    with_text: bool = True,
    keep: bool = True,
    scheduler: str = "",
    project: str = "",
    explains: bool = False,
) -> Iterator[BuildEngine]:
    """What does the tasks of one build; its processes end at the end of the block.

    With ``keep`` and a folder for the cache it takes results from the store, and does only the other tasks.
    The build is recorded for the next one at the end of a block that raises nothing.

    :param number: of processes, 64 at most; 0 for one on each processor.  With a scheduler it does not count.
    :param sources: the texts that the edition is made from, by their paths.
    :param with_text: whether the edition has its text.
    :param keep: whether results are taken from the store and kept in it.
    :param scheduler: the address of a Dask scheduler, whose workers do the tasks; ``""`` for this machine.
    :param project: what distinguishes the project from others, such as its folder, for explanations of its
        builds; ``""`` for none.
    :param explains: whether this build is to be explained.
    :raises Unavailable: if the tasks cannot be done there.
    """
    from site_builder.edges import compiled, toolprint
    from site_builder.edges.archives import Archives
    from site_builder.edges.engines import processors  # a check needs none of them
    from site_builder.edges.explain import Record
    from site_builder.edges.kept import Kept
    from site_builder.pipeline import keys

    store = _store() if keep else None
    with _workers(scheduler, number or processors()) as workers:
        if store is None:
            yield workers
            return
        with closing(store):
            record = Record(store, project, explains=explains) if project else None
            tool = toolprint.digest()
            values = keys.Values.of(sources, with_text=with_text, tool=tool)
            kept = Kept(workers, store, keys.Keys(values), record)
            kept.archives = Archives(store, tool)
            with compiled.beside(tool):
                yield kept
            if record is not None:
                record.save()


def site(
    edition: Edition, say: Say, engine: BuildEngine, out: Path, store: Spool | None = None
) -> Mapping[str, bytes]:
    """Every file of the site, as :func:`.pipeline.site` gives them; the archive of the site is made from the
    one in the folder of the last build where that is possible.

    :param out: the folder of the site, which need not exist.
    :param store: keeps the files while they are made.
    """
    from site_builder.formats import makers
    from site_builder.formats.files import sum_of

    if engine.archives is None:
        return pipeline.site(edition, say, engine, store)
    with engine.archives.known(out / makers.ZIP) as earlier:
        found = pipeline.site(edition, say, engine, store, earlier)
    engine.archives.remember(sum_of(found, makers.ZIP).sha256)
    return found


@contextmanager
def files(edition: Edition, out: Path) -> Iterator[Spool | None]:
    """What keeps the files of a site until they are written; ``None`` for an edition of one book, whose files
    are in memory.

    The files are removed at the end of the block.

    :param out: the folder of the site, whose disk needs space for the files once more.  It need not exist.
    :raises OSError: if the disk cannot be written to.
    """
    from site_builder.edges.spool import Spool

    if edition.is_one_book:
        yield None
        return
    folder = next(one for one in out.absolute().parents if one.is_dir())
    with closing(Spool(folder)) as spool:
        yield spool


def _workers(scheduler: str, number: int) -> BuildEngine:
    if scheduler:
        from site_builder.edges.scheduler import Scheduler

        return Scheduler(scheduler)
    from site_builder.edges.engines import Processes

    return Processes(number)


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
