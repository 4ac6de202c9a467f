"""What is made again and again is kept, and what is kept is bounded."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from site_builder.language.chinese import Simplifier
from site_builder.language.recent import Recent


@given(keys=st.lists(st.integers(0, 12)), most=st.integers(1, 5))
def test_the_last_results_are_kept_and_no_more_than_twice_as_many(keys: list[int], most: int) -> None:
    made: list[int] = []

    def make(key: int) -> str:
        made.append(key)
        return f"result of {key}"

    recent: Recent[int, str] = Recent(most)
    for at, key in enumerate(keys):
        last = list(dict.fromkeys(reversed(keys[:at])))[:most]  # the last different keys
        before = len(made)
        found = recent.get(key)
        if found is None:
            found = recent.of(key, lambda key=key: make(key))  # type: ignore[misc]
        assert found == f"result of {key}"
        assert key not in last or len(made) == before
        assert len(recent) <= most
        assert len(recent._older) <= most


def test_a_conversion_of_many_texts_keeps_the_last_ones() -> None:
    simplify = Simplifier()
    for number in range(20_000):
        assert simplify(f"{number}臺") == f"{number}台"
    assert 8192 <= len(simplify._done) + len(simplify._done._older) <= 16_384
