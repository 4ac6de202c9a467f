"""Names of notes in REFI-QDA: written in the language of the prose, read in that of every catalogue.

The name says what the note is, for a program that drops references: ``第 12 段 提要（lu1923 p12 editors）``.
The names of the catalogues must not change, since earlier exports have them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from site_builder.edition import translations
from site_builder.edition.edition import Edition
from site_builder.formats import translated
from site_builder.language import catalogue
from site_builder.language import language as languages
from site_builder.language.catalogue import Catalogue
from site_builder.language.message import Message, pmsg
from site_builder.model import Passage, Project, Tagging
from site_builder.model.values.naming import ID
from site_builder.records import dataclass, replace

Of = tuple[str, str, str]
"""Work, passage and coder."""
GIST = "gist_"
"""The beginning of the kind of a translated gist: ``gist_en``."""
NOTE = "note_"
"""The beginning of the kind of a translated note: ``note_en``."""
_NAME = pmsg("name of a note", "Passage %(number)s, %(kind)s (%(work)s %(passage)s %(coder)s)")
_GIST = pmsg("kind of a note", "gist")
_NOTE = pmsg("kind of a note", "note")
_TRANSLATED = {
    GIST: pmsg("kind of a note", "%(language)s gist"),
    NOTE: pmsg("kind of a note", "%(language)s note"),
}
_LANGUAGES = {"en": pmsg("language of a gist", "English")}
"""Languages that a name has in words; of any other language it has the tag."""
_PLACEHOLDER = re.compile(r"%\((\w+)\)s")
_PARTS = {
    "number": "[0-9]+",
    "work": r"(?P<work>\S+)",
    "passage": r"(?P<passage>\S+)",
    "coder": f"(?P<coder>{ID})",
    "language": "(?P<language>[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,4}){0,2})",
}


def kinds(project: Project) -> tuple[str, ...]:
    """The texts of a coder about a passage that are notes: ``gist``, one such as ``gist_en`` for each other
    language, ``note``, one such as ``note_en`` for each other language.

    The other languages are those of translations, in the order of :func:`.translations.languages`; a view in
    the other Chinese script is none.  A project without translations gives ``("gist", "note")``.
    """
    others = translations.languages(project)
    return ("gist", *(f"{GIST}{tag}" for tag in others), "note", *(f"{NOTE}{tag}" for tag in others))


def texts(edition: Edition, tagging: Tagging) -> dict[str, str]:
    """The gist and the note of a coder, and their translations, by their kinds: ``gist``, ``gist_en``,
    ``note``….

    Empty ones are left out, so a tagging without texts gives ``{}``.
    """
    gists = translated.values(edition, "gist", tagging.gist)
    found = gists | translated.values(edition, "note", tagging.note)
    return {kind: words for kind, words in found.items() if words}


def name(words: Catalogue, tagging: Tagging, passage: Passage, kind: str) -> str:
    """The unique name of a note: ``第 12 段 提要（lu1923 p12 editors）``.

    In English it is ``Passage 12, gist (lu1923 p12 editors)``.

    :param words: the words of the language that the name is in.
    :param kind: one of :func:`kinds`.
    """
    of = {"work": tagging.work, "passage": passage.id, "coder": tagging.coder}
    return words.text(replace(_NAME, values={"number": str(passage.number), "kind": _kind(kind), **of}))


def _kind(kind: str) -> Message:
    of, _, tag = kind.partition("_")
    if not tag:
        return _NOTE if kind == "note" else _GIST
    return replace(_TRANSLATED[f"{of}_"], values={"language": _LANGUAGES.get(tag, tag)})


def parsed(name: str) -> tuple[str, Of | None]:
    """The content of the name of a note, in the language of any catalogue: the kind, and its (work, passage,
    coder).

    The kind is ``""`` if the name has none.  A name that lost its end has a kind and no passage.

    >>> parsed("Passage 12, gist (lu1923 p12 editors)"), parsed("Passage 12, gist"), parsed("My memo")
    (('gist', ('lu1923', 'p12', 'editors')), ('gist', None), ('', None))
    """
    for names in _names():
        if found := names.whole.search(name):
            return names.kind(found), (found["work"], found["passage"], found["coder"])
    for names in _names():
        if name in names.kinds:
            return names.kinds[name], None
        if found := names.part.search(name):
            return names.kind(found), None
    return "", None


@dataclass(frozen=True, kw_only=True, slots=True)
class _Names:
    """What matches the names in one language: the whole name, its part up to the kind; word → kind."""

    whole: re.Pattern[str]
    part: re.Pattern[str]
    kinds: Mapping[str, str]

    def kind(self, found: re.Match[str]) -> str:
        return self.kinds.get(found["kind"]) or next(
            f"{of}{found[f'{of}language']}" for of in _TRANSLATED if found[f"{of}language"]
        )


@cache
def _names() -> tuple[_Names, ...]:
    return tuple(map(_of, catalogue.every()))


def _of(words: Catalogue) -> _Names:
    translated = (of + tag for of in _TRANSLATED for tag in _LANGUAGES)
    known = {words.text(_kind(kind)): kind for kind in ("gist", "note", *translated)}
    fixed = sorted(map(re.escape, known), key=len, reverse=True)
    # a language may put its name after the word for a gist, so the forms with a tag come first
    tagged = (
        _pattern(words.form(one)).replace("(?P<language>", f"(?P<{of}language>")
        for of, one in _TRANSLATED.items()
    )
    kind = f"(?P<kind>{'|'.join((*tagged, *fixed))})"
    head, _, tail = words.form(_NAME).partition("%(kind)s")
    # without spaces between words, a user's own name may have the kind anywhere
    begins, ends = (_pattern(head), r"(?!\w)") if languages.of(words.language).spaced else ("", "")
    return _Names(
        whole=re.compile(rf"{kind}{_pattern(tail)}\s*\Z"), part=re.compile(begins + kind + ends), kinds=known
    )


def _pattern(form: str) -> str:
    """A part of a message as a regular expression."""
    parts = _PLACEHOLDER.split(form)
    return "".join(_PARTS[one] if at % 2 else re.escape(one) for at, one in enumerate(parts))
