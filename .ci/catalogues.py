"""Compares the catalogues with the messages of the code and of the templates.

``python .ci/catalogues.py`` is a part of ``make check``.  It prints each message that a catalogue lacks or
does not translate, each that nothing uses, each whose translation names other values than the message, and
each catalogue whose ``.mo`` is not compiled from its ``.po``; the exit code is then 1.

``python .ci/catalogues.py --write`` (``make catalogues``) adds the new messages without a translation,
removes the unused ones, and compiles.  The English catalogue gets the message itself.  A new catalogue is a
new empty file ``site_builder/catalogues/LOCALE/LC_MESSAGES/site.po``.
"""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
CATALOGUES = ROOT / "site_builder" / "catalogues"
IN_PYTHON = {"msg": None, "nmsg": (1, 2), "pmsg": ((1, "c"), 2)}
IN_TEMPLATES = {
    "_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
OPTIONS = {"extensions": "jinja2.ext.i18n", "trimmed": "true", "newstyle_gettext": "true", "silent": "false"}
OPTIONS |= {"trim_blocks": "true", "lstrip_blocks": "true"}
PLACEHOLDER = re.compile(r"%\((\w+)\)s")

Key = tuple[str, str]
"""The context and the id of a message; of one with a plural, the id is the singular."""


class Plain(Catalog):
    """A catalogue whose header has only what programs need: no date and no version."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        return [
            ("Language", str(self.locale)),
            ("Plural-Forms", self.plural_forms),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit"),
        ]


@cache
def used() -> dict[Key, tuple[str | tuple[str, str], str]]:
    """The messages of the code and of the templates: key → id (or both forms), and the first place."""
    found: dict[Key, tuple[str | tuple[str, str], str]] = {}
    for path in (*sorted((ROOT / "site_builder").rglob("*.py")), *sorted((ROOT / "templates").rglob("*"))):
        if not path.is_file() or path.suffix in (".css", ".js", ".pyc"):
            continue
        python = path.suffix == ".py"
        method, words = ("python", IN_PYTHON) if python else ("jinja2.ext:babel_extract", IN_TEMPLATES)
        with path.open("rb") as file:
            for line, ids, _, context in extract(
                method, file, keywords=words, options={} if python else OPTIONS
            ):
                one = ids if isinstance(ids, str) else ids[0]
                found.setdefault((context or "", one), (ids, f"{path.relative_to(ROOT)}:{line}"))
    return found


def key_of(message: Message) -> Key:
    """The key of a message of a catalogue."""
    return message.context or "", message.id if isinstance(message.id, str) else message.id[0]


def load(path: Path) -> Catalog:
    """A catalogue; its language is the name of its folder."""
    with path.open("rb") as file:
        return read_po(file, locale=path.parent.parent.name, domain="site")


def serialized(catalog: Catalog) -> tuple[bytes, bytes]:
    """The bytes of the ``.po`` and of the ``.mo`` of a catalogue."""
    name = catalog.locale.english_name if catalog.locale else ""
    fresh = Plain(locale=catalog.locale, header_comment=f"# The interface in {name}.", fuzzy=False)
    for message in sorted((one for one in catalog if one.id), key=key_of):
        fresh.add(message.id, message.string, context=message.context, auto_comments=(), flags=message.flags)
    po, mo = io.BytesIO(), io.BytesIO()
    write_po(po, fresh, width=110, no_location=True)
    write_mo(mo, fresh)
    return po.getvalue(), mo.getvalue()


def updated(path: Path) -> Catalog:
    """A catalogue with exactly the messages that are used; its translations stay."""
    old = load(path)
    known = {key_of(message): message for message in old if message.id}
    new = Catalog(locale=old.locale, domain="site")
    for key, (ids, _) in used().items():
        found = known.get(key)
        string = found.string if found is not None and same_kind(found, ids) else ""
        if path.parent.parent.name == "en" and not is_translated(string):
            string = ids
        new.add(ids, string, context=key[0] or None)
    return new


def same_kind(message: Message, ids: str | tuple[str, str]) -> bool:
    """Whether a message of a catalogue has a plural if the message in the code has one."""
    return isinstance(message.id, str) == isinstance(ids, str)


def is_translated(string: str | tuple[str, ...] | list[str]) -> bool:
    """Whether a translation has all its forms."""
    return bool(string) if isinstance(string, str) else bool(string) and all(string)


def problems(path: Path) -> Iterator[str]:
    """What is wrong with a catalogue, one line each."""
    name = path.relative_to(ROOT)
    catalog = load(path)
    known = {key_of(message): message for message in catalog if message.id}
    wanted = used()
    for key, (ids, place) in wanted.items():
        message = known.get(key)
        if message is None or not same_kind(message, ids) or not is_translated(message.string):
            yield f"{name}: no translation of {key[1]!r} ({place})"
        elif message.fuzzy:
            yield f"{name}: the translation of {key[1]!r} is marked fuzzy"
        else:
            forms = [ids] if isinstance(ids, str) else list(ids)
            strings = [message.string] if isinstance(message.string, str) else list(message.string)
            allowed = {value for form in (*forms, key[0]) for value in PLACEHOLDER.findall(form)}
            for string in strings:
                if extra := set(PLACEHOLDER.findall(string)) - allowed:
                    yield f"{name}: {key[1]!r} has no value {', '.join(sorted(extra))}"
                if "%" in PLACEHOLDER.sub("", string).replace("%%", "") and allowed:
                    yield f"{name}: write %% for a percent sign in the translation of {key[1]!r}"
    for key in known.keys() - wanted.keys():
        yield f"{name}: nothing uses {key[1]!r}"
    po, mo = serialized(catalog)
    compiled = path.with_suffix(".mo")
    if path.read_bytes() != po:
        yield f"{name}: the file is not in its normal form; run 'make catalogues'"
    if not compiled.is_file() or compiled.read_bytes() != mo:
        yield f"{name}: the compiled catalogue is not up to date; run 'make catalogues'"


def main(arguments: list[str]) -> int:
    """Check the catalogues, or write them; the exit code."""
    paths = sorted(CATALOGUES.glob("*/LC_MESSAGES/site.po"))
    if "--write" in arguments:
        for path in paths:
            po, mo = serialized(updated(path))
            path.write_bytes(po)
            path.with_suffix(".mo").write_bytes(mo)
    found = [line for path in paths for line in problems(path)]
    print("\n".join(found) if found else f"{len(paths)} catalogues, {len(used())} messages")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
