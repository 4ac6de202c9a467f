"""The command ``export``: the files of one format."""

from __future__ import annotations

import argparse
from collections.abc import Mapping

from site_builder import pipeline
from site_builder.cli.report import Outcome, Refused
from site_builder.edges import guard, load, streams, write
from site_builder.edges.reasons import with_path
from site_builder.edition import addresses
from site_builder.formats.catalogue import BY_ID
from site_builder.formats.tables import write as tables
from site_builder.model import Problem


def run(options: argparse.Namespace) -> Outcome:
    """Write the files of a format to a folder, to one file, or to standard output (``--out -``).

    The lines are the paths of the files; none for standard output.  A project with errors is refused.

    :raises Refused: for wrong usage, a format without a file, or a place that cannot be written to; nothing
        is written then.
    """
    form = BY_ID.get(options.form)
    if form is None:
        raise Refused(f"no format is called {options.form}", f"one of: {', '.join(BY_ID)}", usage=True)
    if options.guarded and form.media_type != "text/csv":
        raise Refused(f"{form.id} is no table, and cannot be guarded", "leave --guarded out", usage=True)
    found = load.checked(options.project)
    problems = tuple(found.problems)
    edition = found.edition(with_text=not options.without_text)
    if edition is None:
        return Outcome(problems=problems, refused=True)
    with streams.progress() as say:
        files = pipeline.export(edition, form, say)
    if not files:
        message, hint = f"{form.id} is nothing without the text", "leave --without-text out"
        raise Refused(message, hint, problems=problems)
    named = {name.removeprefix(addresses.DATA): content for name, content in files.items()}
    if options.guarded:
        named = _guarded(named)
    to = _to_output if options.out == "-" else _to_files
    return Outcome(problems=problems, refused=False, lines=to(named, options, problems))


def _guarded(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The tables in the form for spreadsheets, with ``-guarded`` in their names."""
    return {f"{name.removesuffix('.csv')}-guarded.csv": tables.guarded(data) for name, data in files.items()}


def _to_output(
    files: Mapping[str, bytes], _: argparse.Namespace, problems: tuple[Problem, ...]
) -> tuple[str, ...]:
    if len(files) > 1:
        message = f"--out - takes one file, and there are {len(files)}: {', '.join(files)}"
        raise Refused(message, "name a folder with --out", usage=True, problems=problems)
    out = streams.binary()
    out.write(*files.values())
    out.flush()
    return ()


def _to_files(
    files: Mapping[str, bytes], options: argparse.Namespace, problems: tuple[Problem, ...]
) -> tuple[str, ...]:
    try:
        placed = write.placed(files, options.out)
        guard.exports(placed.items(), options.project, force=options.force)
        write.together(placed, guard.seal)
    except write.WriteRefused as error:
        raise Refused(str(error), "name another place with --out", problems=problems) from error
    except OSError as error:
        message = f"{with_path(error)}; nothing was written"
        hint = "free some space, or name another place with --out"
        raise Refused(message, hint, problems=problems) from error
    return tuple(map(str, placed))
