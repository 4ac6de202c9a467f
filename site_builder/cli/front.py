"""Where the command begins: it answers at once if nothing has changed since the same command last ran."""

from __future__ import annotations

import sys

from site_builder.edges import runs, streams


def main() -> int:
    """Answer a command from the record of its last run if nothing changed since, or run it.

    Only ``build`` and ``check`` have records.  The words of the command are those of the process.  Either way
    it prints the same.

    :returns: the exit code; 1 if that of the record is 0 and standard output cannot be written to.
    :raises SystemExit: as :func:`site_builder.cli.main.main`.
    """
    answer = runs.unchanged(sys.argv[1:])
    if answer is None:
        from site_builder.cli import main as commands  # imports what reads a project

        return commands.main()
    streams.prepare()
    code, printed = answer
    try:
        streams.show(printed)
    except BrokenPipeError:  # the reader of the output has closed it, like `| head`
        pass
    except streams.Refused as refused:
        code = 1
        streams.report_refused(refused)
    return streams.finish(code)
