"""An engine that keeps results: it asks another one only for what it does not find in the store.

The result of a task is kept by the key of the task.  Of a group is kept which tasks it has, with their keys,
so that a group that depends on nothing that changed is not made.  A group that must be made is made by
:class:`GroupMaker`, in the process that does its tasks; it takes those results of its tasks from the store
that are still right.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from site_builder.edges import explain
from site_builder.edges.engines import BuildEngine
from site_builder.edges.store import Store
from site_builder.pipeline import keys
from site_builder.site.tasks import Done, Engine, Group, Results, Task, TaskContext


class Kept(BuildEngine):
    """Takes results from a store, and has another engine do what the store does not have.

    :param of: gives the keys of the tasks.
    :param record: what records the tasks, to explain the build.
    """

    def __init__(
        self, engine: Engine, store: Store, of: keys.Keys, record: explain.Record | None = None
    ) -> None:
        super().__init__()
        self._engine = engine
        self._store = store
        self._keys = of
        self.record = record

    def submit(self, context: TaskContext, tasks: Sequence[Task]) -> Results:
        """Begin with the tasks that the store has no result of."""
        parts = [self._keys.parts(context, task) for task in tasks]
        keyed = list(zip(map(keys.key, parts), tasks, strict=True))
        kept = self._store.get(key for key, _ in keyed)
        found = _still_right(context, dict(keyed), kept)
        if self.record is not None:
            for (key, task), own in zip(keyed, parts, strict=True):
                self.record.add(task, own, found=key in found, stale=key in kept and key not in found)
        missing = [(key, task) for key, task in keyed if key not in found]
        self.counts.add((task.kind for _, task in missing), kept=False)
        self.counts.add((task.kind for key, task in keyed if key in found), kept=True)
        wait = self._engine.submit(context, [task for _, task in missing])

        def results() -> list[Any]:
            made = dict(zip((key for key, _ in missing), wait(), strict=True))
            self._put(made)
            every: Mapping[bytes, Any] = {**found, **made}
            if self.record is not None:
                for key, task in keyed:
                    if isinstance(every[key], Mapping):
                        self.record.gives(task, every[key])
            return [every[key] for key, _ in keyed]

        return results

    def _put(self, made: Mapping[bytes, Any], more: Mapping[bytes, bytes] = MappingProxyType({})) -> None:
        """Keep results by the keys of their tasks, and what else has a key."""
        new = {key: data for key, one in made.items() if (data := keys.encoded(one)) is not None}
        if new or more:
            self._store.put({**new, **more})

    def unfold(self, context: TaskContext, groups: Sequence[Group]) -> Iterator[Sequence[Done]]:
        """Begin with the groups whose tasks the store does not know."""
        keyed = [(self._keys.of_group(context, group), group) for group in groups]
        explains = self.record is not None and self.record.explains
        known = {} if explains else self._store.get(key for key, _ in keyed)
        maker = GroupMaker(folder=self._store.folder, values=self._keys.values, explains=explains)
        missing = [group for key, group in keyed if key not in known]
        made = self._engine.unfolded(context, missing, maker)

        def every() -> Iterator[Sequence[Done]]:
            for key, group in keyed:
                tasks = self._whole(context, group, known[key]) if key in known else None
                if tasks is None:
                    tasks = maker(context, group) if key in known else next(made)
                    index = json.dumps([(one.kind, one.name, one.first, one.key.hex()) for one in tasks])
                    self._put({one.key: one.result for one in tasks if not one.kept}, {key: index.encode()})
                if self.record is not None:
                    self.record.add_group(tasks)
                yield self.counted(tasks)

        return every()

    def _whole(self, context: TaskContext, group: Group, index: bytes) -> list[Done] | None:
        """A group whose results were all kept and are still right."""
        tasks = [
            Done(kind=kind, name=name, result=None, first=first, key=bytes.fromhex(key), kept=True)
            for kind, name, first, key in json.loads(index)
        ]
        kept = self._store.get(one.key for one in tasks)
        found = []
        for one in tasks:
            if one.key not in kept:
                return None
            result = keys.decoded(kept[one.key])
            if group.holds is not None and not group.holds(context, one.first, result):
                return None
            found.append(replace(one, result=result))
        return found


def _still_right(
    context: TaskContext, tasks: Mapping[bytes, Task], kept: Mapping[bytes, bytes]
) -> dict[bytes, Any]:
    """The results that were kept and are still right, by the keys of their tasks."""
    found = {}
    for key, data in kept.items():
        task, result = tasks[key], keys.decoded(data)
        if task.holds is None or task.holds(context, task.arguments[0], result):
            found[key] = result
    return found


@dataclass(frozen=True, kw_only=True, slots=True)
class GroupMaker:
    """Makes groups in any process, with the results of a store.  It puts nothing into the store.

    :param folder: that of the store; ``None`` where there is none.
    :param values: what the keys are made from.
    :param explains: whether the build is to be explained.
    """

    folder: Path | None
    values: keys.Values
    explains: bool

    def __call__(self, context: TaskContext, group: Group) -> list[Done]:
        """Make a group, and do those of its tasks whose results were not kept."""
        of, tasks = _keys(self.values), group.tasks(context)
        parts = [of.parts(context, task) for task in tasks]
        keyed = list(zip(map(keys.key, parts), tasks, strict=True))
        kept = Store(self.folder).get(key for key, _ in keyed) if self.folder is not None else {}
        found = _still_right(context, dict(keyed), kept)
        of.forget()
        return [
            Done(
                kind=task.kind,
                name=task.name,
                result=found[key] if key in found else task.run(context),
                first=group.first(task),
                key=key,
                parts=own,
                kept=key in found,
                stale=key in kept and key not in found,
                sources=explain.sources(task) if self.explains else frozenset(),
            )
            for (key, task), own in zip(keyed, parts, strict=True)
        ]


@lru_cache(maxsize=1)
def _keys(values: keys.Values) -> keys.Keys:
    """What gives the keys in this process: it knows the frame of the edition after the first group."""
    return keys.Keys(values)
