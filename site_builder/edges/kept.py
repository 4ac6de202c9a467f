"""An engine that keeps results: it asks another one only for what it does not find in the store.

The result of a task is kept by the key of the task.  Of a group is kept which tasks it has, with their keys,
so that a group that depends on nothing that changed is not made.  A group that must be made is made by
:class:`GroupMaker`, in the process that does its tasks; it takes those results of its tasks from the store
that are still right.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from site_builder.edges import explain
from site_builder.edges.engines import BuildEngine
from site_builder.edges.store import Store
from site_builder.pipeline import keys
from site_builder.records import dataclass, replace
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
        """Begin with the tasks that the store has no right result of; the others are not done.

        Kept results are looked up at once, and all tasks are counted and recorded then.  The result of the
        call waits for the tasks that are done, keeps their results, and gives the results of all tasks in
        their order.
        """
        found = looked_up(context, tasks, self._keys, self._store, explains=self._explains)
        if self.record is not None:
            self.record.add(found)
        self.counted(found)
        missing = [one for one in found if not one.kept]
        wait = self._engine.submit(
            context, [task for task, one in zip(tasks, found, strict=True) if not one.kept]
        )

        def results() -> list[Any]:
            made = {one.key: result for one, result in zip(missing, wait(), strict=True)}
            self._put(made)
            every = [one.result if one.kept else made[one.key] for one in found]
            if self.record is not None:
                for one, result in zip(found, every, strict=True):
                    if isinstance(result, Mapping):
                        self.record.gives(one, result)
            return every

        return results

    @property
    def _explains(self) -> bool:
        return self.record is not None and self.record.explains

    def end(self) -> None:
        """Nothing ends: what made the engine that does the tasks also ends it."""

    def _put(self, made: Mapping[bytes, Any], more: Mapping[bytes, bytes] = MappingProxyType({})) -> None:
        """Keep results by the keys of their tasks, and what else has a key."""
        new = {key: data for key, one in made.items() if (data := keys.encoded(one)) is not None}
        if new or more:
            self._store.put({**new, **more})

    def unfold(self, context: TaskContext, groups: Sequence[Group]) -> Iterator[Sequence[Done]]:
        """Begin with the groups whose tasks the store does not know; the others are not made, if all their
        results were kept and are still right.

        An iterator over the tasks of each group, done, in the order of the groups.  They are counted,
        recorded and kept when the item is taken.  A build that is to be explained makes every group, and does
        only those of their tasks whose results were not kept.
        """
        keyed = [(self._keys.of_group(context, group), group) for group in groups]
        known = {} if self._explains else self._store.get(key for key, _ in keyed)
        maker = GroupMaker(folder=self._store.folder, values=self._keys.values, explains=self._explains)
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
                    self.record.add(tasks)
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


def looked_up(
    context: TaskContext, tasks: Sequence[Task], of: keys.Keys, store: Store | None, *, explains: bool
) -> list[Done]:
    """The tasks with their keys, and with those results of a store that are still right; none is done.

    One :class:`.Done` for each task, in their order.  A task without a right result has ``result=None`` and
    ``kept=False``; it is ``stale`` if the result that was kept is no longer right.

    :param store: ``None`` where there is none; then no task has a result.
    :param explains: whether the build is to be explained; only then ``sources`` is filled in.
    """
    parts = [of.parts(context, task) for task in tasks]
    kept = store.get(map(keys.key, parts)) if store is not None else {}
    return [
        _looked_up(context, task, own, kept.get(keys.key(own)), explains=explains)
        for task, own in zip(tasks, parts, strict=True)
    ]


def _looked_up(
    context: TaskContext, task: Task, parts: tuple[bytes, ...], data: bytes | None, *, explains: bool
) -> Done:
    """A task, with the result that was kept as ``data`` if it is still right."""
    result = keys.decoded(data) if data is not None else None
    right = data is not None and (task.holds is None or task.holds(context, task.first, result))
    return Done(
        kind=task.kind,
        name=task.name,
        result=result if right else None,
        first=task.first,
        scope=task.scope,
        key=keys.key(parts),
        parts=parts,
        kept=right,
        stale=data is not None and not right,
        sources=explain.sources(task) if explains else frozenset(),
    )


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
        """Make a group, and do those of its tasks whose results were not kept; all tasks of the group, done,
        in the order in which its function makes them.
        """
        of, tasks = _keys(self.values), group.tasks(context)
        store = Store(self.folder) if self.folder is not None else None
        found = looked_up(context, tasks, of, store, explains=self.explains)
        return [
            one if one.kept else replace(one, result=task.run(context))
            for task, one in zip(tasks, found, strict=True)
        ]


@lru_cache(maxsize=1)
def _keys(values: keys.Values) -> keys.Keys:
    """What gives the keys in this process: it knows the frame of the edition after the first group."""
    return keys.Keys(values)
