"""The problems of a project on the pages of its preview."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

_SHOWN = 20  # problems on a page; the terminal shows all
_BODY = re.compile(rb"<body\b[^>]*>")


def missing(problems: Sequence[str]) -> bytes:
    """The page for an unknown path, as HTML in UTF-8; if there are problems, it lists them.

    Without problems it says ``No such page.``, with problems ``The project has errors:`` instead.  Each of
    the first 20 problems is an ``li``, escaped; of 25, one more ``li`` says ``and 5 more``.
    """
    words = _list(problems) if problems else "<p>No such page.</p>"
    return f"<!doctype html><meta charset=utf-8><title>site-builder</title>{words}".encode()


def above(page: bytes, problems: Sequence[str]) -> bytes:
    """A page of the last valid site, with the problems of the present sources at its top.

    The notice is put directly after the first ``<body …>``; a page without one is returned unchanged.  Each
    of the first 20 problems is an ``li``, escaped; of 25, one more ``li`` says ``and 5 more``.  Without
    problems the notice is there too, with an empty list.
    """
    words = f"{_list(problems)}<p>This page is from the last version without errors.</p>"
    notice = f'<div role="alert" lang="en" class="sheet">{words}</div>'.encode()
    return _BODY.sub(lambda body: body[0] + notice, page, count=1)


def _list(problems: Sequence[str]) -> str:
    rows = "".join(f"<li>{escape(problem)}</li>" for problem in problems[:_SHOWN])
    if len(problems) > _SHOWN:
        rows += f"<li>and {len(problems) - _SHOWN} more</li>"
    return f"<p>The project has errors:</p><ul>{rows}</ul>"
