"""The reasons for which a test may be skipped where ``CI`` is set.

A skipped test checks nothing, and nobody reads a list of skips.  So in CI a skip counts as a failure, unless
its reason is in this list.
"""

from __future__ import annotations

import os
import re
from collections.abc import Generator, Mapping

import pytest

LISTED: Mapping[str, str] = {
    r".* is in no registry of packages; PROOF_SCHEMAS names a folder that holds it": (
        "The owners of these schemas publish them on their own sites only."
    ),
    r"needs root.*": "Only root can run a command as another user, or give a folder to one.",
}
"""Pattern of a skip's reason → why the skip is accepted."""


def in_ci() -> bool:
    return os.environ.get("CI", "").lower() not in ("", "0", "false")


def accepted(reason: str) -> bool:
    """Whether a test may be skipped for this reason.

    A missing schema is accepted only where no folder of schemas is named: a folder that lacks one is a fault.
    """
    if os.environ.get("PROOF_SCHEMAS") and "PROOF_SCHEMAS" in reason:
        return False
    return any(re.fullmatch(pattern, reason) for pattern in LISTED)


def refuse(report: pytest.TestReport | pytest.CollectReport) -> None:
    """Turn a skip that no reason in the list accepts into a failure, where ``CI`` is set.

    An expected failure (``xfail``) is reported as a skip as well, and is left alone.
    """
    if not in_ci() or not report.skipped or hasattr(report, "wasxfail"):
        return
    found = report.longrepr
    reason = str(found[2]) if isinstance(found, tuple) else str(found)
    reason = reason.removeprefix("Skipped: ")
    if not accepted(reason):
        report.outcome = "failed"
        report.longrepr = f"skipped in CI for a reason that tests/skips.py does not list: {reason}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    refuse(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    refuse(report)
    return report
