"""The commands.  Exit codes: 0 clean, 1 faults, 2 usage, 130 interrupted."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TextIO

from site_builder import VERSION, report
from site_builder.model import Problem

CLEAN, FAULTS, USAGE, INTERRUPTED = 0, 1, 2, 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    parser = _parser()
    options = parser.parse_args(arguments)
    command: Callable[[argparse.Namespace], int] | None = getattr(options, "command", None)
    if command is None:
        parser.print_help(sys.stderr)
        return USAGE
    if not options.project.is_dir():
        _complain(f"no such folder: {options.project}", "give the folder that holds corpus/")
        return USAGE
    try:
        return command(options)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:  # the reader of our output has gone, as `| head` does
        sys.stderr.close()
        return CLEAN


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="site-builder",
        description="Checks an annotated critical edition and renders it as a static site.",
        epilog="exit codes: 0 clean, 1 faults, 2 usage, 130 interrupted",
    )
    parser.add_argument("--version", action="version", version=f"site-builder {VERSION}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")

    build = _command(
        commands,
        "build",
        _build,
        "check a project and write its site",
        "site-builder build . --out _site",
    )
    build.add_argument("--out", type=Path, help="the folder to write (PROJECT/_site)")
    build.add_argument(
        "--without-text", action="store_true", help="publish everything but the text of the work"
    )
    _formatted(build)

    check = _command(
        commands,
        "check",
        _check,
        "report every fault of a project",
        "site-builder check . --format github",
    )
    check.add_argument("--rules", action="store_true", help="print the manual of the rules and stop")
    check.add_argument(
        "--schema",
        metavar="KIND",
        help="print the JSON Schema of a kind of YAML file, for an editor of the files, and stop",
    )
    _formatted(check)

    serve = _command(
        commands,
        "serve",
        _serve,
        "show the site on this machine, rebuilt on change",
        "site-builder serve . --port 8000",
    )
    serve.add_argument(
        "--port", type=int, default=8000, help="the port on 127.0.0.1 (8000; 0 takes a free one)"
    )

    export = _command(
        commands,
        "export",
        _export,
        "write one format of the edition for another program",
        "site-builder export tei . --out edition.xml",
        first=("format_id", "FORMAT", "what to write; --list names the formats"),
    )
    export.add_argument("--out", default=".", help="the file to write, or the folder to write to (.)")
    export.add_argument("--list", action=_List, help="name the formats and stop")
    export.add_argument(
        "--without-text", action="store_true", help="write everything but the text of the work"
    )

    taking = _command(
        commands,
        "import-tags",
        _import_tags,
        "take tags in from Web Annotation, REFI-QDA or CSV, as another coder's",
        "site-builder import-tags tags.csv . --coder ming",
        first=("file", "FILE", "annotations.jsonld, project.qdpx, project.qde or a table as CSV"),
    )
    taking.add_argument(
        "--coder",
        action="append",
        metavar="NAME",
        default=[],
        help="whose the tags shall be; THEIRS=NAME for one of several coders of the file, may be repeated",
    )
    taking.add_argument(
        "--accept",
        action="store_true",
        help="take quotations that have moved or changed by the words that stand in the text now",
    )
    taking.add_argument(
        "--leave-out",
        action="store_true",
        help="go on without quotations that are ambiguous or lost, and without tags that rest on them alone",
    )
    taking.add_argument(
        "--replace", action="store_true", help="write over what was taken in of the same coder before"
    )
    taking.add_argument("--dry-run", action="store_true", help="say what would be taken in and write nothing")
    _formatted(taking)

    anchors = _command(
        commands,
        "anchors",
        _anchors,
        "record new ids in the ledger, and what became of old ones",
        "site-builder anchors . --split p12 --into p38 --into p39",
    )
    anchors.add_argument("--work", help="the work, where the project has several")
    fate = anchors.add_mutually_exclusive_group()
    fate.add_argument("--next", action="store_true", help="print the next free id and stop")
    fate.add_argument(
        "--accept",
        nargs="+",
        metavar="ID",
        default=[],
        help="record that the text behind an id was changed",
    )
    fate.add_argument("--split", metavar="ID", help="the id was split into the ids of --into")
    fate.add_argument(
        "--merge",
        nargs="+",
        metavar="ID",
        default=[],
        help="the ids were merged into the id of --into",
    )
    fate.add_argument("--withdraw", metavar="ID", help="the id was withdrawn; say why with --reason")
    anchors.add_argument("--into", action="append", metavar="ID", default=[], help="a successor")
    anchors.add_argument("--reason", default="", help="why an id was withdrawn")
    return parser


def _command(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    run: Callable[[argparse.Namespace], int],
    help: str,
    example: str,
    first: tuple[str, str, str] | None = None,
) -> argparse.ArgumentParser:
    """A command on a project; ``first`` is what it asks for before that: name, word, help."""
    parser: argparse.ArgumentParser = commands.add_parser(
        name, help=help, description=help, epilog=f"example: {example}"
    )
    if first is not None:
        parser.add_argument(first[0], metavar=first[1], help=first[2])
    parser.add_argument(
        "project",
        nargs="?",
        type=Path,
        default=Path(),
        metavar="PROJECT",
        help="the folder of the project (.)",
    )
    parser.set_defaults(command=run)
    return parser


def _formatted(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--format", choices=tuple(report.FORMATS), default="text", help="how faults are printed (text)"
    )


# --- commands ---------------------------------------------------------------------------------------


def _build(options: argparse.Namespace) -> int:
    from site_builder import build, write

    say = _progress()
    say("reading")
    found = build.checked(options.project)
    _report(found.problems, options.format, sys.stderr)
    if not found.sound or found.project is None or found.links is None:
        say("")
        _complain("nothing was written", "mend the faults above; the last good site stands as it was")
        return FAULTS
    files = build.site(found.project, found.links, with_text=not options.without_text, say=say)
    out = options.out or options.project / "_site"
    say("writing")
    try:
        written = write.site(files, out)
    except (write.NotOurs, OSError) as error:
        say("")
        _complain(str(error), "name another folder with --out")
        return FAULTS
    say("")
    print(f"{out}: {written.files} files, {written.changed} changed, {written.removed} removed")
    return CLEAN


def _check(options: argparse.Namespace) -> int:
    from site_builder import build, codes

    if options.rules:
        print(codes.manual())
        return CLEAN
    if options.schema is not None:
        return _schema(options.schema)
    found = build.checked(options.project)
    _report(found.problems, options.format, sys.stdout)
    if options.format == "text":
        errors = sum(problem.level == "error" for problem in found.problems)
        reviews = len(found.problems) - errors
        print(f"{errors} error{'s' * (errors != 1)}, {reviews} to review", file=sys.stderr)
    return CLEAN if found.sound else FAULTS


def _schema(kind: str) -> int:
    from site_builder.shapes import SHAPES

    if kind not in SHAPES:
        _complain(f"no kind of file is called {kind}", f"one of: {', '.join(SHAPES)}")
        return USAGE
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **SHAPES[kind].schema()}
    print(json.dumps(schema, ensure_ascii=False, indent=1))
    return CLEAN


def _serve(options: argparse.Namespace) -> int:
    from site_builder import serve

    return serve.run(options.project, options.port, _report_text)


class _List(argparse.Action):
    """Prints the formats, whatever else is asked."""

    def __init__(self, option_strings: Sequence[str], dest: str, **more: Any) -> None:
        super().__init__(option_strings, argparse.SUPPRESS, nargs=0, **more)

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from site_builder.export.catalogue import FORMATS

        for form in FORMATS:
            print(f"{form.id:<15}{form.description}")
        parser.exit()


def _export(options: argparse.Namespace) -> int:
    from site_builder import build, write
    from site_builder.export.catalogue import FORMATS

    form = next((one for one in FORMATS if one.id == options.format_id), None)
    if form is None:
        known = ", ".join(one.id for one in FORMATS)
        _complain(f"no format is called {options.format_id}", f"one of: {known}")
        return USAGE
    found = build.checked(options.project)
    _report(found.problems, "text", sys.stderr)
    if not found.sound or found.project is None or found.links is None:
        _complain("nothing was written", "mend the faults above")
        return FAULTS
    say = _progress()
    files = build.export(found.project, found.links, form, with_text=not options.without_text, say=say)
    say("")
    if not files:
        _complain(f"{form.id} is nothing without the text", "leave --without-text out")
        return FAULTS
    named = {name.removeprefix("data/"): content for name, content in files.items()}
    try:
        for path in write.exported(named, options.out):
            print(path)
    except (write.NotOurs, OSError) as error:
        _complain(str(error), "name another place with --out")
        return FAULTS
    return CLEAN


def _import_tags(options: argparse.Namespace) -> int:
    from site_builder import taking

    try:
        found = taking.take(options.project, options)
    except taking.Refused as refused:
        _complain(str(refused), refused.hint)
        return USAGE if refused.usage else FAULTS
    _report(found.problems, options.format, sys.stderr)
    for line in found.told:
        print(line)
    if found.refused:
        _complain("nothing was written", "mend the faults above, or see site-builder import-tags --help")
        return FAULTS
    return CLEAN


def _anchors(options: argparse.Namespace) -> int:
    from site_builder import ledger

    if (options.split or options.merge) and not options.into:
        _complain("--split and --merge need --into", "name the successors: --into p38 --into p39")
        return USAGE
    try:
        print(ledger.change(options.project, options))
    except ValueError as error:
        _complain(str(error), "see site-builder anchors --help")
        return FAULTS
    return CLEAN


# --- words to the outside ---------------------------------------------------------------------------


def _complain(message: str, hint: str) -> None:
    print(f"site-builder: {message} / {hint}", file=sys.stderr)


def _progress() -> Callable[[str], None]:
    """Says on one line of a terminal what is being done; says nothing where nobody looks."""
    if not sys.stderr.isatty():
        return lambda _: None

    def say(what: str) -> None:
        print(f"\r\033[K{what}{'…' if what else ''}", end="", file=sys.stderr, flush=True)

    return say


def _report_text(problems: Sequence[Problem]) -> None:
    _report(problems, "text", sys.stderr)


def _report(problems: Sequence[Problem], how: str, out: TextIO) -> None:
    text = report.FORMATS[how](problems)
    if text:
        print(text, file=out)
