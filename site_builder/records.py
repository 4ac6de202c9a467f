"""Frozen dataclasses that are quick to define, to make and to pickle.

A project is some hundred thousand records of a hundred and fifty classes.  :func:`dataclasses.dataclass`
compiles six methods for each class while the program starts, and a frozen record sets each field, and is
unpickled, by slow calls.  Here only ``__init__`` is compiled, when the first record of a class is made; the
other methods are shared by all classes.  Everything else is as in a dataclass, also for
:func:`dataclasses.fields`, :func:`dataclasses.replace` and a type checker, which sees the decorator of
``dataclasses`` itself.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable
from operator import attrgetter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
    from dataclasses import replace as replace
else:

    def dataclass(*, frozen: bool, slots: bool, kw_only: bool = False, eq: bool = True) -> Callable:
        """As :func:`dataclasses.dataclass` with ``frozen`` and ``slots``, which must be ``True``.

        :raises TypeError: for another setting, and for a class with ``__post_init__``.
        """
        if not (frozen and slots):
            raise TypeError("a record is frozen and has slots; another class is a dataclass of dataclasses")
        return lambda cls: _record(cls, kw_only=kw_only, eq=eq)

    def replace(record, /, **changes: Any) -> Any:
        """As :func:`dataclasses.replace`; of a record, without calling its ``__init__``."""
        cls = type(record)
        setters = getattr(cls, "_setters", None)
        if setters is None:
            return dataclasses.replace(record, **changes)
        made = cls.__new__(cls)
        for set_field, value in zip(setters.values(), record._values(record), strict=True):
            set_field(made, value)
        for name, value in changes.items():
            if name not in setters:
                raise TypeError(f"{cls.__qualname__} has no field {name!r}")
            setters[name](made, value)
        return made


_ABSENT = object()
"""The default of a field whose value a function makes."""


def _record(cls: type, *, kw_only: bool, eq: bool) -> type:
    if hasattr(cls, "__post_init__"):
        raise TypeError(f"{cls.__name__}: a record has no __post_init__")
    own = set(vars(cls))
    made: type = dataclasses.dataclass(init=False, repr=False, eq=False, slots=True, kw_only=kw_only)(cls)
    fields = dataclasses.fields(made)
    shared: dict[str, Any] = {
        "__init__": _first_init(made),
        "__repr__": _repr,
        "__setattr__": _refuse_to_set,
        "__delattr__": _refuse_to_delete,
        "__reduce__": _reduce,
        "_values": _getter(field.name for field in fields),
        "_setters": {field.name: getattr(made, field.name).__set__ for field in fields},
    }
    if eq:
        shared["__eq__"], shared["__hash__"] = _eq, _hash
        shared["_compared"] = _getter(field.name for field in fields if field.compare)
    for name, value in shared.items():
        if name not in own:
            setattr(made, name, value)
    return made


def _getter(names: Iterable[str]) -> Callable[[Any], tuple[Any, ...]]:
    """What gives the values of some fields of a record, always as a tuple."""
    names = tuple(names)
    if len(names) > 1:
        return staticmethod(attrgetter(*names))
    return staticmethod(lambda record: tuple(getattr(record, name) for name in names))


def _first_init(cls: type) -> Callable[..., None]:
    """The ``__init__`` that compiles the real one, and takes its place."""

    def __init__(self: Any, *args: Any, **values: Any) -> None:
        compiled = _compiled_init(cls)
        setattr(cls, "__init__", compiled)  # noqa: B010
        compiled(self, *args, **values)

    return __init__


def _compiled_init(cls: Any) -> Callable[..., None]:
    """``__init__`` with the parameters of the fields; it sets each field by the descriptor of its slot."""
    known: dict[str, Any] = {"_absent": _ABSENT}
    parameters, body = ["self"], []
    for at, (field, setter) in enumerate(zip(dataclasses.fields(cls), cls._setters.values(), strict=True)):
        if field.kw_only and "*" not in parameters:
            parameters.append("*")
        known[f"_set{at}"] = setter
        value = field.name
        if field.default_factory is not dataclasses.MISSING:
            known[f"_make{at}"] = field.default_factory
            value = f"_make{at}() if {field.name} is _absent else {field.name}"
            parameters.append(f"{field.name}=_absent")
        elif field.default is not dataclasses.MISSING:
            known[f"_default{at}"] = field.default
            parameters.append(f"{field.name}=_default{at}")
        else:
            parameters.append(field.name)
        body.append(f"  _set{at}(self, {value})")
    source = f"def __init__({', '.join(parameters)}):\n" + ("\n".join(body) or "  pass")
    exec(source, known)
    made: Callable[..., None] = known["__init__"]
    made.__qualname__ = f"{cls.__qualname__}.__init__"
    return made


# --- the methods that all records share -----------------------------------------------------------------


def _repr(self: Any) -> str:
    shown = (
        f"{field.name}={getattr(self, field.name)!r}" for field in dataclasses.fields(self) if field.repr
    )
    return f"{type(self).__qualname__}({', '.join(shown)})"


def _eq(self: Any, other: Any) -> Any:
    if type(other) is not type(self):
        return NotImplemented
    return self._compared(self) == self._compared(other)


def _hash(self: Any) -> int:
    return hash(self._compared(self))


def _refuse_to_set(self: Any, name: str, value: Any) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_to_delete(self: Any, name: str) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")


def _reduce(self: Any) -> tuple[Any, ...]:
    return _restored, (type(self), *self._values(self))


def _restored(cls: Any, *values: Any) -> Any:
    """The record of a class with these values of its fields, in their order: what pickle makes again."""
    made = cls.__new__(cls)
    for set_field, value in zip(cls._setters.values(), values, strict=True):
        set_field(made, value)
    return made
