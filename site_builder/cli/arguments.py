"""The commands of ``site-builder`` and their options."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from site_builder import VERSION
from site_builder.cli import report
from site_builder.records import dataclass

Run = Callable[[argparse.Namespace], int]


@dataclass(frozen=True, slots=True)
class Option:
    """An argument of a command: its name, and the settings of ``ArgumentParser.add_argument``."""

    name: str
    settings: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class Command:
    """A command on a project.  Only one of the options in ``exclusive`` can be given."""

    summary: str
    example: str
    options: Sequence[Option] = ()
    exclusive: Sequence[Option] = ()


class _ListFormats(argparse.Action):
    """Prints the names of the formats and ends the program, like ``--help``."""

    def __init__(self, option_strings: Sequence[str], dest: str, **settings: Any) -> None:
        super().__init__(option_strings, argparse.SUPPRESS, nargs=0, **settings)

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from site_builder.formats.catalogue import FORMATS

        for form in FORMATS:
            print(f"{form.id:<15}{form.description}")
        parser.exit()


def _value(name: str, metavar: str | None, text: str, **settings: Any) -> Option:
    return Option(name, {"metavar": metavar, "help": text, **settings})


def _list(name: str, metavar: str, text: str, **settings: Any) -> Option:
    """An option with several values: it can be repeated, or takes several with ``nargs``."""
    return _value(name, metavar, text, default=[], **settings)


def _count(text: str) -> int:
    """A number of at least one, as an option gives it."""
    number = int(text)
    if number < 1:
        raise ValueError(text)
    return number


def _flag(name: str, text: str) -> Option:
    return Option(name, {"action": "store_true", "help": text})


_PROJECT = _value("project", "PROJECT", "the folder of the project (.)", nargs="?", type=Path, default=Path())
_WITHOUT_TEXT = _flag("--without-text", "leave out the text of the works")
_JOBS = _value("--jobs", "N", "the number of processes that build (all processors)", type=_count, default=0)
_NO_CACHE = _flag("--no-cache", "do everything again, and keep nothing for the next run")
_FORMAT = _value(
    "--format",
    None,
    "how problems are printed (text)",
    choices=tuple(report.FORMATS),
    default="text",
)

COMMANDS: Mapping[str, Command] = {
    "build": Command(
        summary="check a project and write its site",
        example="build . --out _site",
        options=(
            _PROJECT,
            _value("--out", "DIR", "the folder to write (PROJECT/_site)", type=Path),
            _WITHOUT_TEXT,
            _JOBS,
            _value("--scheduler", "ADDRESS", "build on the workers of this Dask scheduler", default=""),
            _NO_CACHE,
            _value("--explain", "PATH", "also print why this file of the site was made or not", default=""),
            _value("--stats", "FILE", "also write what the build did to a JSON file", type=Path),
            _FORMAT,
        ),
    ),
    "check": Command(
        summary="report all problems of a project",
        example="check . --format github",
        options=(
            _PROJECT,
            _flag("--rules", "print all rules with their codes, and stop"),
            _flag("--fields", "print the fields of all YAML files as Markdown, and stop"),
            _value("--schema", "KIND", "print the JSON Schema of one kind of YAML file, and stop"),
            _NO_CACHE,
            _FORMAT,
        ),
    ),
    "serve": Command(
        summary="show the site on this machine, rebuilt when a file changes",
        example="serve . --port 8000",
        options=(
            _PROJECT,
            _value(
                "--port", None, "the port on 127.0.0.1 (8000); 0 is any free port", type=int, default=8000
            ),
            _list(
                "--allow-host",
                "NAME",
                "also answer requests for this host name, for example behind a proxy; can be repeated",
                action="append",
            ),
        ),
    ),
    "export": Command(
        summary="write one format of the edition for another program",
        example="export tei . --out edition.xml",
        options=(
            _value("form", "FORMAT", "the format to write; --list prints the formats"),
            _PROJECT,
            _value("--out", None, "the file or folder to write (.); - is standard output", default="."),
            _flag(
                "--force",
                "also replace a file that is not an unchanged export; never a file of the project",
            ),
            _flag("--guarded", "tables: write no cell that a spreadsheet reads as a formula"),
            Option("--list", {"action": _ListFormats, "help": "print the formats and stop"}),
            _WITHOUT_TEXT,
        ),
    ),
    "import-tags": Command(
        summary="import tags of another coder from Web Annotation, REFI-QDA or CSV",
        example="import-tags tags.csv . --coder ming",
        options=(
            _value("file", "FILE", "annotations.jsonld, project.qdpx, project.qde or a CSV table"),
            _PROJECT,
            _list(
                "--coder",
                "NAME",
                "the coder name for the imported tags; OLD=NEW renames one coder; can be repeated",
                action="append",
            ),
            _flag("--accept", "import quotations that moved or changed with the present words of the text"),
            _flag("--strict", "import all tags or none: a tag that would be left out is an error"),
            _flag("--replace", "replace the earlier imported tags of the same coder"),
            _flag("--dry-run", "print what would be imported and write nothing"),
            _flag("--leave-out", argparse.SUPPRESS),  # an old option: it is now the default
            _value("--report", "FILE", "write the problems to FILE, in the form of --format", type=Path),
            _FORMAT,
        ),
    ),
    "anchors": Command(
        summary="record new ids in the ledger, and what happened to old ones",
        example="anchors . --split p12 --into p38 --into p39",
        options=(
            _PROJECT,
            _value("--work", None, "the work, if the project has several"),
            _list("--into", "ID", "an id that replaces the old one; can be repeated", action="append"),
            _value("--reason", None, "why the ids were withdrawn", default=""),
        ),
        exclusive=(
            _flag("--next", "print the next free id and stop"),
            _list("--accept", "ID", "the texts of the ids were changed", nargs="+"),
            _value("--split", "ID", "the id was split into the ids of --into"),
            _list("--merge", "ID", "the ids were merged into the id of --into", nargs="+"),
            _list("--withdraw", "ID", "the ids were withdrawn; --reason is required", nargs="+"),
        ),
    ),
    "migrate": Command(
        summary="convert the files of an older project to the present format, in place",
        example="migrate . --dry-run",
        options=(
            _PROJECT,
            _flag("--dry-run", "print the changes as a unified diff and write nothing"),
            _FORMAT,
        ),
    ),
    "diff": Command(
        summary="show what changed between two editions, where and why",
        example="diff v1.0 .",
        options=(
            _value("old", "OLD", "the earlier edition: a folder, or a revision of git"),
            _value("new", "NEW", "the later edition (.)", nargs="?", default="."),
            _value(
                "--project",
                "DIR",
                "the folder of the project in its git repository (.)",
                type=Path,
                default=Path(),
            ),
            _flag("--json", "print the changes as JSON"),
        ),
    ),
    "release": Command(
        summary="keep what this edition says, for the page of changes of later editions",
        example="release .",
        options=(
            _PROJECT,
            _value("--of", "OLD", "keep an earlier edition: a folder, or a revision of git", default=""),
            _FORMAT,
        ),
    ),
}


def parser(runs: Mapping[str, Run]) -> argparse.ArgumentParser:
    """The parser of the command line.

    Without a command, its result has no ``command``; otherwise ``command`` is the function of ``runs`` and
    ``command_name`` its name.

    :param runs: name of a command → the function that runs it and returns the exit code.
    :raises KeyError: if ``runs`` lacks a command of :data:`COMMANDS`.
    """
    made = argparse.ArgumentParser(
        prog="site-builder",
        description="Checks an annotated critical edition and renders it as a static site.",
        epilog="exit codes: 0 no errors; 1 errors; 2 wrong usage; 129, 130 or 143 ended by a signal",
    )
    made.add_argument("--version", action="version", version=f"site-builder {VERSION}")
    commands = made.add_subparsers(title="commands", metavar="COMMAND")
    for name, command in COMMANDS.items():
        epilog = f"example: site-builder {command.example}"
        sub = commands.add_parser(name, help=command.summary, description=command.summary, epilog=epilog)
        for option in command.options:
            sub.add_argument(option.name, **option.settings)
        group = sub.add_mutually_exclusive_group() if command.exclusive else sub
        for option in command.exclusive:
            group.add_argument(option.name, **option.settings)
        sub.set_defaults(command=runs[name], command_name=name)
    return made
