"""The items of keys that several pictures have: the relations of tags, and whose a step is."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from site_builder.edition.edition import Edition
from site_builder.site.pictures.picture import KeyItem
from site_builder.site.pictures.steps_layout import status_meaning, status_name


def of_relation(
    edition: Edition, relation: str, shape: str, *, form: str = "", readings: tuple[str, ...] = ()
) -> KeyItem:
    """The item of a relation: its sign, its name and its definition.

    :param relation: its id.
    :param form: as in :class:`.KeyItem`.
    :param readings: as in :class:`.KeyItem`.
    :raises KeyError: for an unknown relation.
    """
    found = edition.relations[relation]
    return KeyItem(shape=shape, text=found.name, meaning=found.definition, form=form, readings=readings)


def of_statuses(statuses: Collection[str]) -> Iterator[KeyItem]:
    """An item for the steps that the author states, then one for those that the editors infer, where there
    are such.

    :param statuses: the statuses of the drawn steps; those other than ``stated`` and ``inferred`` have no
        item.
    """
    for status, shape in (("stated", "double"), ("inferred", "dashed")):
        if status in statuses:
            yield KeyItem(shape=shape, text=status_name(status), meaning=status_meaning(status))
