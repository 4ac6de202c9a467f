"""Dates in digits, as people write them, in the form of ISO 8601."""

from __future__ import annotations

import datetime as dt
import re

_DATE = re.compile(r"([0-9]{4})[-/.年 ]?([0-9]{1,2})(?:[-/.月 ]?([0-9]{1,2}))?[月日]?")


def iso_date(text: str) -> str:
    """The date that a text means, as ``2026-03-01`` or ``2026-03``; empty if it means none.

    Year, month and day are in this order: ``2026/3/1``, ``2026.3``, ``2026年3月1日``, ``20260301``.  White
    space at the ends is ignored.  A year alone, another order, words beside the date, and a day that the
    calendar does not have (``2026-02-30``) give ``""``.
    """
    found = _DATE.fullmatch(text.strip())
    if found is None:
        return ""
    year, month, day = int(found[1]), int(found[2]), int(found[3] or 1)
    try:
        date = dt.date(year, month, day).isoformat()
    except ValueError:
        return ""
    return date if found[3] else date[:7]
