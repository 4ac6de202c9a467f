"""The grammar of the command line: every command, what it asks for, and an example of it."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from site_builder import VERSION
from site_builder.cli import report

Command = Callable[[argparse.Namespace], int]


def parser(runs: Mapping[str, Command]) -> argparse.ArgumentParser:
    """The parser of all commands; ``runs`` maps the name of each to what it does."""
    found = argparse.ArgumentParser(
        prog="site-builder",
        description="Checks an annotated critical edition and renders it as a static site.",
        epilog="exit codes: 0 clean, 1 faults, 2 usage, 129, 130 or 143 ended by a signal",
    )
    found.add_argument("--version", action="version", version=f"site-builder {VERSION}")
    commands = found.add_subparsers(title="commands", metavar="COMMAND")
    for name, make in _COMMANDS.items():
        make(commands).set_defaults(command=runs[name])
    return found


# --- each command ---------------------------------------------------------------------------------


def _build(commands: Any) -> argparse.ArgumentParser:
    made = _command(commands, "build", "check a project and write its site", "build . --out _site")
    made.add_argument("--out", type=Path, help="the folder to write (PROJECT/_site)")
    made.add_argument(
        "--without-text", action="store_true", help="publish everything but the text of the work"
    )
    return _formatted(made)


def _check(commands: Any) -> argparse.ArgumentParser:
    made = _command(commands, "check", "report every fault of a project", "check . --format github")
    made.add_argument("--rules", action="store_true", help="print the manual of the rules and stop")
    made.add_argument(
        "--fields",
        action="store_true",
        help="print the fields of all kinds of YAML files as Markdown and stop",
    )
    made.add_argument(
        "--schema",
        metavar="KIND",
        help="print the JSON Schema of a kind of YAML file, for an editor of the files, and stop",
    )
    return _formatted(made)


def _serve(commands: Any) -> argparse.ArgumentParser:
    made = _command(
        commands, "serve", "show the site on this machine, rebuilt on change", "serve . --port 8000"
    )
    made.add_argument(
        "--port", type=int, default=8000, help="the port on 127.0.0.1 (8000; 0 takes a free one)"
    )
    made.add_argument(
        "--allow-host",
        action="append",
        metavar="NAME",
        default=[],
        help="answer requests for this host name too, behind a proxy for instance; may be repeated",
    )
    return made


def _export(commands: Any) -> argparse.ArgumentParser:
    made = _command(
        commands,
        "export",
        "write one format of the edition for another program",
        "export tei . --out edition.xml",
        first=("form", "FORMAT", "what to write; --list names the formats"),
    )
    made.add_argument(
        "--out", default=".", help="the file to write, or the folder to write to (.); - is standard output"
    )
    made.add_argument(
        "--force",
        action="store_true",
        help="replace a file that is not an unchanged export of this command; sources are never replaced",
    )
    made.add_argument(
        "--guarded",
        action="store_true",
        help="of csv and codebook-csv: a form for spreadsheets, in which no cell is taken for a formula",
    )
    made.add_argument("--list", action=_List, help="name the formats and stop")
    made.add_argument("--without-text", action="store_true", help="write everything but the text of the work")
    return made


def _import_tags(commands: Any) -> argparse.ArgumentParser:
    made = _command(
        commands,
        "import-tags",
        "take tags in from Web Annotation, REFI-QDA or CSV, as another coder's",
        "import-tags tags.csv . --coder ming",
        first=("file", "FILE", "annotations.jsonld, project.qdpx, project.qde or a table as CSV"),
    )
    made.add_argument(
        "--coder",
        action="append",
        metavar="NAME",
        default=[],
        help="whose the tags shall be; THEIRS=NAME for one of several coders of the file, may be repeated",
    )
    for name, says in (
        ("--accept", "take quotations that moved or changed by the words that stand in the text now"),
        ("--strict", "take all or nothing: what would be left out is an error"),
        ("--replace", "write over what was taken in of the same coder before"),
        ("--dry-run", "say what would be taken in and write nothing"),
    ):
        made.add_argument(name, action="store_true", help=says)
    made.add_argument("--leave-out", action="store_true", help=argparse.SUPPRESS)  # what is done anyway
    made.add_argument(
        "--report", type=Path, metavar="FILE", help="save the faults and reviews to FILE, as --format says"
    )
    return _formatted(made)


def _anchors(commands: Any) -> argparse.ArgumentParser:
    made = _command(
        commands,
        "anchors",
        "record new ids in the ledger, and what became of old ones",
        "anchors . --split p12 --into p38 --into p39",
    )
    made.add_argument("--work", help="the work, where the project has several")
    fate = made.add_mutually_exclusive_group()
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
        "--merge", nargs="+", metavar="ID", default=[], help="the ids were merged into the id of --into"
    )
    fate.add_argument(
        "--withdraw",
        nargs="+",
        metavar="ID",
        default=[],
        help="the ids were withdrawn; say why with --reason",
    )
    made.add_argument("--into", action="append", metavar="ID", default=[], help="a successor")
    made.add_argument("--reason", default="", help="why an id was withdrawn")
    return made


def _migrate(commands: Any) -> argparse.ArgumentParser:
    made = _command(
        commands,
        "migrate",
        "bring the files of an older project to the present format, in place",
        "migrate . --dry-run",
    )
    made.add_argument(
        "--dry-run", action="store_true", help="show the changes as a unified diff and write nothing"
    )
    return _formatted(made)


_COMMANDS: Mapping[str, Callable[[Any], argparse.ArgumentParser]] = {
    "build": _build,
    "check": _check,
    "serve": _serve,
    "export": _export,
    "import-tags": _import_tags,
    "anchors": _anchors,
    "migrate": _migrate,
}


# --- what they share ------------------------------------------------------------------------------


def _command(
    commands: Any, name: str, says: str, example: str, first: tuple[str, str, str] | None = None
) -> argparse.ArgumentParser:
    """A command on a project; ``first`` is what it asks for before that: name, word, help."""
    made: argparse.ArgumentParser = commands.add_parser(
        name, help=says, description=says, epilog=f"example: site-builder {example}"
    )
    if first is not None:
        made.add_argument(first[0], metavar=first[1], help=first[2])
    made.add_argument(
        "project",
        nargs="?",
        type=Path,
        default=Path(),
        metavar="PROJECT",
        help="the folder of the project (.)",
    )
    return made


def _formatted(made: argparse.ArgumentParser) -> argparse.ArgumentParser:
    made.add_argument(
        "--format", choices=tuple(report.FORMATS), default="text", help="how faults are printed (text)"
    )
    return made


class _List(argparse.Action):
    """Prints the formats, whatever else is asked."""

    def __init__(self, option_strings: Sequence[str], dest: str, **more: Any) -> None:
        super().__init__(option_strings, argparse.SUPPRESS, nargs=0, **more)

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from site_builder.formats.catalogue import FORMATS

        for form in FORMATS:
            print(f"{form.id:<15}{form.description}")
        parser.exit()
