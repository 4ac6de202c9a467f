"""The commands and their exit codes.

0: success; 1: errors, or the system refuses an operation; 2: wrong usage, also a folder that is no project;
129, 130 and 143: ended by SIGHUP, SIGINT (Ctrl-C) and SIGTERM.
"""

from __future__ import annotations

import argparse
import atexit
import gc
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TextIO

from site_builder.cli import arguments, report
from site_builder.edges import find, interrupts, streams
from site_builder.edges.reasons import with_path
from site_builder.model import Problem

CLEAN, FAULTS, USAGE, INTERRUPTED = 0, 1, 2, 130
_COLLECT = (50_000, 20, 100)
"""How many new objects start a collection of garbage.  A project is many objects that all stay until the end;
with the defaults of Python a third of the time of reading is a search for garbage among them.
"""
_DISK = "check the permissions and the free space of the disk"


def main(words: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code.

    The code is 0 for success, also with reviews; 1 for errors in the project, and if the command cannot do
    its work; 2 for wrong usage.  Wrong usage is also a folder that does not exist or is no project, an
    unknown format or kind of file, a file to import that cannot be read, and an edition that is neither a
    folder nor a revision.  Errors of the operating system and signals do not raise: any other error gives 1,
    a signal 129, 130 or 143, and a reader that closes its pipe 0.  Without a command the help is printed and
    the code is 2.

    :param words: the arguments; those of the process by default.
    :raises SystemExit: with the code 0 after ``--help``, ``--version`` and ``export --list``, with 2 for
        arguments that are not valid, also an unknown command.
    """
    gc.set_threshold(*_COLLECT)
    atexit.register(gc.freeze)  # Python looks for garbage once more before it ends; nothing needs that
    streams.prepare()
    try:
        with interrupts.raised():
            code = _run(words)
    except interrupts.Interrupted as interrupted:
        code = interrupted.exit_code
    except KeyboardInterrupt:
        code = INTERRUPTED
    except BrokenPipeError:  # the reader of the output has closed it, like `| head`
        code = CLEAN
    except streams.Refused as error:
        code = FAULTS
        streams.report_refused(error)
    except OSError as error:
        code = FAULTS
        streams.complain(with_path(error), _DISK)
    except SystemExit as ended:  # argparse: --help, --version, usage
        raise SystemExit(streams.finish(ended.code if isinstance(ended.code, int) else FAULTS)) from None
    return streams.finish(code)


def _run(words: Sequence[str] | None) -> int:
    parser = arguments.parser(_RUNS)
    options = parser.parse_args(words)
    options.words = sys.argv[1:] if words is None else list(words)
    command: Callable[[argparse.Namespace], int] | None = getattr(options, "command", None)
    if command is None:
        parser.print_help(sys.stderr)
        return USAGE
    if not _needs_no_project(options) and not _is_project(options.project, options.command_name):
        return USAGE
    return command(options)


def _needs_no_project(options: argparse.Namespace) -> bool:
    """Whether the command prints rules, fields or a schema, which are the same for every project, or compares
    two projects that it looks for itself.
    """
    asked = vars(options)
    if asked["command_name"] == "diff":
        return True
    return bool(asked.get("rules") or asked.get("fields")) or asked.get("schema") is not None


def _is_project(folder: Path, command: str) -> bool:
    """Whether a folder is a project; reports what it is and where the project is, if it is none."""
    if folder.is_file():
        streams.complain(f"not a folder: {folder}", "give the folder that contains corpus/ and annotations/")
        return False
    if not folder.is_dir():
        streams.complain(
            f"no such folder: {folder}", "give the folder that contains corpus/ and annotations/"
        )
        return False
    if find.is_project(folder):
        return True
    near = find.project_near(folder)
    hint = f"run 'site-builder {command} {near}'" if near else "give the folder that contains them"
    streams.complain(f"not a project: {folder} contains no corpus/ and no annotations/", hint)
    return False


# --- commands ---------------------------------------------------------------------------------------


def _build(options: argparse.Namespace) -> int:
    from site_builder.edges import building, claim, guard, runs, write
    from site_builder.site.tasks import Unavailable

    out = options.out or options.project / "_site"
    # these options ask for something else than to print what is known
    must_run = options.no_cache or options.stats is not None or options.explain
    run = None if must_run else runs.begin(options.words, options.project)
    try:
        guard.site(out, options.project)
        if options.stats is not None:
            guard.sources(options.stats, options.project)
        if write.recover(out):
            streams.print_error(
                f"site-builder: {out}: an interrupted build had moved the site away; it is back"
            )
    except (write.WriteRefused, claim.NameTaken) as error:
        streams.complain(str(error), "name another folder with --out")
        return FAULTS
    with streams.progress() as say:
        say("reading")
        reading = building.checked(options.project, keep=not options.no_cache)
    found = reading.found
    _report(found.problems, options.format, sys.stderr)
    edition = found.edition(with_text=not options.without_text)
    if edition is None:
        streams.complain("nothing was written", "fix the errors above; the last valid site is unchanged")
        return FAULTS
    try:
        with building.files(edition, out) as store:
            with (
                building.engine(
                    options.jobs,
                    reading.texts,
                    with_text=edition.with_text,
                    keep=not options.no_cache,
                    scheduler=options.scheduler,
                    project=str(options.project.resolve()),
                    explains=bool(options.explain),
                ) as engine,
                streams.progress() as say,
            ):
                files = building.site(edition, say, engine, out, store)
            with streams.progress() as say:
                say("writing")
                written = write.site(files, out, _waiting(out, say))
            if options.stats is not None:
                write.file(options.stats, building.stats(reading, engine, files, written.changed))
    except Unavailable as error:
        streams.complain(f"{error}; nothing was written", "see docs/cache.md, or leave --scheduler out")
        return FAULTS
    except (write.WriteRefused, claim.Busy, claim.NameTaken) as error:
        streams.complain(str(error), "name another folder with --out")
        return FAULTS
    except OSError as error:
        streams.complain(
            f"{with_path(error)}; the last valid site is unchanged", "free some space, or name another folder"
        )
        return FAULTS
    print(f"{out}: {written.files} files, {written.changed} changed, {written.removed} removed")
    if options.explain:
        for line in building.explained(
            engine, options.explain, written.fresh if options.explain in files else None
        ):
            print(line)
    again = (streams.OUT, f"{out}: {written.files} files, 0 changed, 0 removed")
    reported = (streams.ERROR, report.FORMATS[options.format](found.problems))
    runs.end(run, CLEAN, [printed for printed in (reported, again) if printed[1]], out)
    return CLEAN


def _check(options: argparse.Namespace) -> int:
    from site_builder.check import manual
    from site_builder.edges import building, runs

    if options.rules:
        print(manual.manual())
        return CLEAN
    if options.fields:
        from site_builder.source import fieldtable

        print(fieldtable.tables(), end="")
        return CLEAN
    if options.schema is not None:
        return _schema(options.schema)
    run = None if options.no_cache else runs.begin(options.words, options.project)
    found = building.checked(options.project, keep=not options.no_cache).found
    printed = [(streams.OUT, report.FORMATS[options.format](found.problems))]
    if options.format == "text":
        errors = sum(problem.level == "error" for problem in found.problems)
        reviews = len(found.problems) - errors
        printed.append((streams.ERROR, f"{errors} error{'s' * (errors != 1)}, {reviews} to review"))
    printed = [one for one in printed if one[1]]
    streams.show(printed)
    code = CLEAN if found.sound else FAULTS
    runs.end(run, code, printed)
    return code


def _schema(kind: str) -> int:
    from site_builder.source.schemas import FILES

    if kind not in FILES:
        streams.complain(f"no kind of file is called {kind}", f"one of: {', '.join(FILES)}")
        return USAGE
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **FILES[kind].schema()}
    print(json.dumps(schema, ensure_ascii=False, indent=1))
    return CLEAN


def _serve(options: argparse.Namespace) -> int:
    from site_builder.edges import serve

    return serve.run(options.project, options.port, _report_text, options.allow_host)


def _export(options: argparse.Namespace) -> int:
    from site_builder.cli import export

    try:
        found = export.run(options)
    except report.Refused as refused:
        return _refused(refused)
    return _finish(found, "fix the errors above")


def _import_tags(options: argparse.Namespace) -> int:
    from site_builder.cli import import_tags

    try:
        found = import_tags.take(options.project, options)
    except report.Refused as refused:
        return _refused(refused)
    return _finish(found, "fix the errors above, or see site-builder import-tags --help", options.format)


def _anchors(options: argparse.Namespace) -> int:
    from site_builder.cli import anchors
    from site_builder.edges import load

    if (options.split or options.merge) and not options.into:
        streams.complain("--split and --merge need --into", "name the successors: --into p38 --into p39")
        return USAGE
    unfit = [] if options.next else load.naming_errors(options.project)
    if unfit:
        _report(unfit, "text", sys.stderr)
        streams.complain(
            "nothing was recorded", "a ledger keeps an id permanently; rename what is reported above"
        )
        return FAULTS
    try:
        print(anchors.change(options.project, options))
    except OSError as error:
        streams.complain(f"nothing was written: {with_path(error)}", _DISK)
        return FAULTS
    except ValueError as error:
        streams.complain(str(error), "see site-builder anchors --help")
        return FAULTS
    return CLEAN


def _migrate(options: argparse.Namespace) -> int:
    from site_builder.cli import migrate

    try:
        found = migrate.run(options.project, dry_run=options.dry_run)
    except OSError as error:
        streams.complain(f"nothing was written: {with_path(error)}", _DISK)
        return FAULTS
    return _finish(found, "correct the errors above", options.format)


def _diff(options: argparse.Namespace) -> int:
    from site_builder.cli import diff

    try:
        print(diff.run(options.old, options.new, options.project, as_json=options.json))
    except report.Refused as refused:
        return _refused(refused)
    return CLEAN


def _release(options: argparse.Namespace) -> int:
    from site_builder.cli import diff
    from site_builder.edges import write

    try:
        found = diff.release(options.project, options.of)
    except report.Refused as refused:
        return _refused(refused)
    except (OSError, write.WriteRefused) as error:
        why = with_path(error) if isinstance(error, OSError) else str(error)
        streams.complain(f"nothing was written: {why}", _DISK)
        return FAULTS
    return _finish(found, "correct the errors above", options.format)


def _refused(refused: report.Refused) -> int:
    """Print why a command cannot do its work, and return its exit code."""
    _report(refused.problems, "text", sys.stderr)
    streams.complain(str(refused), refused.hint)
    return USAGE if refused.usage else FAULTS


def _finish(found: report.Outcome, hint: str, how: str = "text") -> int:
    """Print what a command that writes found and did.

    :param hint: what to do if it was refused.
    :param how: the form in which problems are printed.
    """
    _report(found.problems, how, sys.stderr)
    for line in found.lines:
        print(line)
    if found.refused:
        streams.complain("nothing was written", hint)
        return FAULTS
    return CLEAN


_RUNS: Mapping[str, arguments.Run] = {
    "build": _build,
    "check": _check,
    "serve": _serve,
    "export": _export,
    "import-tags": _import_tags,
    "anchors": _anchors,
    "migrate": _migrate,
    "diff": _diff,
    "release": _release,
}


# --- output -------------------------------------------------------------------------------------------


def _waiting(out: Path, say: Callable[[str], None]) -> Callable[[], None]:
    def waiting() -> None:
        say("")
        streams.print_error(f"site-builder: another build is writing to {out}; waiting for it")

    return waiting


def _report_text(problems: Sequence[Problem]) -> None:
    _report(problems, "text", sys.stderr)


def _report(problems: Sequence[Problem], how: str, out: TextIO) -> None:
    text = report.FORMATS[how](problems)
    if text and out is sys.stderr:
        streams.print_error(text)
    elif text:
        print(text, file=out)
