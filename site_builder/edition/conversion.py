"""The conversion to the other script of Chinese, and the words that a project keeps from it: those of its own
list, and the names in its data.

A name can contain a character that Simplified replaces in words but not in names: 乾安, a county, is not
干安.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder.language import chinese, language
from site_builder.language.chinese import ALSO_SIMPLIFIED, Convert
from site_builder.model import Project

_APART = re.compile(r"[\s、，；,;：（）()〔〕《》〈〉「」・·/]+")
_LEAST = 2  # characters; a name of one character would match everywhere


def converter(project: Project, source: str, target: str) -> Convert | None:
    """The conversion of texts in one language for a view in another; ``None`` if there is nothing to convert.

    There is something to convert only from Traditional to Simplified Chinese (``zh-Hant`` → ``zh-Hans``) and
    from Simplified to Traditional; not within one script, and not if a script is not known.  The result has
    as many characters as the text.  The project's own words to keep and to convert, and its :func:`names`,
    are in its script; they hold for the conversion from that script alone.

    :param source: the language of the texts (BCP 47).
    :param target: the language of the view.
    :raises ValueError: if the project has an empty word to keep or to convert, or one whose form is not
        equally long.
    """
    if language.of(source).script != language.of(project.site.language).script:
        return chinese.converter(source, target)
    given = {one.word: one.form for one in project.site.conversions}
    return chinese.converter(source, target, (*project.site.keep, *names(project)), given)


def names(project: Project) -> tuple[str, ...]:
    """The names that conversion could corrupt, each once, in the order of the works, then of the facets.

    These are the people, containers, series and publishers of the records, and the names and other forms of
    the entries of facets, except those with ``keep: false``.  Each is divided at white space,
    ``、，；,;：·/`` and brackets; only parts of two characters or more are given, and of these only parts
    with a character that has two forms (乾).  Titles are not among them.  A project without such names gives
    ``()``.
    """
    return tuple(dict.fromkeys(part for found in _found(project) for part in parts(found)))


def parts(name: str) -> Iterator[str]:
    """The parts of a name that conversion could corrupt, as :func:`names` says, in their order."""
    for part in _APART.split(name):
        if len(part) >= _LEAST and any(char in ALSO_SIMPLIFIED for char in part):
            yield part


def _found(project: Project) -> Iterator[str]:
    for work in project.works:
        record = work.record
        yield from (one.name.whole for one in (*record.authors, *record.editors, *record.translators))
        yield from (record.container, record.series, record.publisher)
    for facet in project.facets:
        for entry in facet.entries if facet.keep is not False else ():
            yield from (entry.name, *entry.also)
