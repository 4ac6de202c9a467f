"""Records are frozen dataclasses; they are made and pickled in another way, and differ in nothing else."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder import records


@records.dataclass(frozen=True, kw_only=True, slots=True)
class One:
    """A record with a field of each kind."""

    name: str
    number: int = 1
    items: list[str] = dataclasses.field(default_factory=list)
    place: str = dataclasses.field(default="", compare=False)
    hidden: str = dataclasses.field(default="", repr=False)

    @property
    def twice(self) -> str:
        return self.name * 2


@dataclasses.dataclass(frozen=True, kw_only=True, slots=True)
class Usual:
    """The same record, as ``dataclasses`` makes it."""

    name: str
    number: int = 1
    items: list[str] = dataclasses.field(default_factory=list)
    place: str = dataclasses.field(default="", compare=False)
    hidden: str = dataclasses.field(default="", repr=False)


@records.dataclass(frozen=True, kw_only=True, slots=True)
class More(One):
    """A record with the fields of another one before its own."""

    last: str = "z"


@records.dataclass(frozen=True, slots=True)
class Ordered:
    """A record whose fields may be given by their order."""

    first: str
    second: str = "b"


@records.dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Itself:
    """A record that is equal only to itself."""

    name: str


@records.dataclass(frozen=True, kw_only=True, slots=True)
class Own:
    """A record with its own methods."""

    name: str

    def __repr__(self) -> str:
        return f"<{self.name}>"

    def __hash__(self) -> int:
        return 7


@records.dataclass(frozen=True, slots=True)
class Empty:
    """A record without fields."""


VALUES = st.fixed_dictionaries(
    {"name": st.text(max_size=3)},
    optional={"number": st.integers(0, 2), "place": st.text(max_size=1), "hidden": st.text(max_size=1)},
)


@given(VALUES, VALUES)
def test_a_record_behaves_like_a_dataclass(one: dict[str, Any], other: dict[str, Any]) -> None:
    made, usual = One(**one), Usual(**one)
    assert repr(made) == repr(usual).replace("Usual", "One")
    assert dataclasses.asdict(made) == dataclasses.asdict(usual)
    assert (made == One(**other)) is (usual == Usual(**other))
    for changed in (dataclasses.replace(made, **other), records.replace(made, **other)):
        assert dataclasses.asdict(changed) == dataclasses.asdict(dataclasses.replace(usual, **other))
    assert dataclasses.asdict(made) == dataclasses.asdict(usual)
    assert records.replace(usual, **other) == dataclasses.replace(usual, **other)
    assert [field.name for field in dataclasses.fields(made)] == [f.name for f in dataclasses.fields(usual)]
    for again in (pickle.loads(pickle.dumps(made)), copy.copy(made), copy.deepcopy(made)):
        assert again == made
        assert dataclasses.asdict(again) == dataclasses.asdict(made)


def test_equal_records_have_one_hash_and_records_of_two_classes_are_not_equal() -> None:
    assert len({Ordered("a"), Ordered("a", "b"), Ordered("b")}) == 2
    assert Ordered("a") != Empty()
    assert One(name="a") != More(name="a")
    assert One(name="a", place="x") == One(name="a", place="y")
    assert Empty() == Empty()
    assert hash(Empty()) == hash(Empty())
    assert Itself(name="a") != Itself(name="a")
    with pytest.raises(TypeError):
        hash(One(name="a"))  # a list has no hash


def test_a_record_cannot_be_changed() -> None:
    made = One(name="a")
    with pytest.raises(dataclasses.FrozenInstanceError):
        made.name = "b"  # type: ignore[misc]
    with pytest.raises(dataclasses.FrozenInstanceError):
        made.other = "b"  # type: ignore[attr-defined]
    with pytest.raises(dataclasses.FrozenInstanceError):
        del made.name
    assert not hasattr(made, "__dict__")


def test_defaults_are_made_for_each_record() -> None:
    one, other = One(name="a"), One(name="b")
    one.items.append("x")
    assert other.items == []
    assert (one.number, one.twice) == (1, "aa")


def test_the_fields_of_a_class_come_before_those_of_its_subclass() -> None:
    made = More(name="a", last="y")
    assert repr(made) == "More(name='a', number=1, items=[], place='', last='y')"
    assert pickle.loads(pickle.dumps(made)) == made
    assert isinstance(made, One)


def test_methods_of_the_class_itself_stay() -> None:
    assert (repr(Own(name="a")), hash(Own(name="a"))) == ("<a>", 7)
    assert Own(name="a") == Own(name="a")


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: One(),
        lambda: One("a"),
        lambda: One(name="a", other="b"),
        lambda: Ordered(),
        lambda: Ordered("a", "b", "c"),
    ],
)
def test_wrong_values_are_refused_by_name(wrong: Any) -> None:
    with pytest.raises(TypeError, match=r"(One|Ordered)\.__init__\(\) (missing|got|takes)"):
        wrong()


def test_a_field_that_a_record_does_not_have_cannot_be_replaced() -> None:
    with pytest.raises(TypeError, match="no field 'other'"):
        records.replace(One(name="a"), other="b")


def test_what_a_record_cannot_be_is_refused() -> None:
    with pytest.raises(TypeError, match="frozen"):
        records.dataclass(frozen=True, slots=False)
    with pytest.raises(TypeError, match="__post_init__"):

        @records.dataclass(frozen=True, slots=True)
        class Late:
            def __post_init__(self) -> None: ...
