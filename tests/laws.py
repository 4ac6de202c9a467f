"""How many examples a law tries, and how it draws them.

A law is a test with ``@given``.  The suite draws the same examples in every run, so that a run says
something about the code and nothing about chance.  ``make fuzz`` draws fresh ones, and many more of them; an
example that it finds is pinned with ``@example`` beside the law.
"""

from __future__ import annotations

import os

from hypothesis import settings

SUITE, FUZZ = "suite", "fuzz"
_MORE = int(os.environ.get("FUZZ_FACTOR", "1"))  # set by `make fuzz`


def examples(number: int) -> int:
    """The number of examples of a law: ``number`` in the suite, a multiple of it in ``make fuzz``."""
    return number * _MORE


def register() -> None:
    """Register both profiles and load that of the suite; ``--hypothesis-profile`` chooses the other.

    Neither has a deadline: the time that one example takes says more of the machine than of the code.
    """
    settings.register_profile(SUITE, deadline=None, derandomize=True, database=None, print_blob=True)
    settings.register_profile(
        FUZZ, deadline=None, derandomize=False, print_blob=True, max_examples=examples(100)
    )
    settings.load_profile(SUITE)
