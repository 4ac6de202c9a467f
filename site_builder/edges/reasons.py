"""What an error of the operating system means, in the words of the system."""

from __future__ import annotations


def reason(error: OSError) -> str:
    """Why the system refused, without an error number and without a path: ``Permission denied``.

    An error without ``strerror`` gives its text; one without a text gives ``unknown error``.
    """
    return error.strerror or str(error) or "unknown error"


def with_path(error: OSError) -> str:
    """The path that the error names, if any, and the reason: ``out/a.html: Permission denied``.

    Of two paths (of a rename) the first is given; an error without a path gives the reason alone.

    >>> with_path(OSError(13, "Permission denied", "a.html")), with_path(OSError("it is full"))
    ('a.html: Permission denied', 'it is full')
    """
    return ": ".join(part for part in (str(error.filename or ""), reason(error)) if part)
