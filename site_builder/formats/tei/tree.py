"""Elements of a TEI document as values, and the parts of their ids.

An id that the tool makes contains a period (``cell.depth-positive``).  No id of a project does, so they never
collide.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from site_builder.edition.edition import Edition
from site_builder.language import catalogue
from site_builder.language.catalogue import Catalogue
from site_builder.language.message import Message
from site_builder.model import Work
from site_builder.model.text import Localized
from site_builder.records import dataclass

EDITORS = "resp.edition"
"""The id of the persons responsible for the text."""
CERT = {"certain": "high", "likely": "medium", "unsure": "low"}
"""Certainty of an emendation → TEI's ``@cert``."""
_XML = {"base", "id", "lang", "space"}  # attributes of XML, which TEI uses
_PLACEHOLDER = re.compile(r"(%\(\w+\)s)")
_UNSAFE = re.compile(r"[^A-Za-z0-9-]")


@dataclass(frozen=True, slots=True)
class Element:
    """An element of the TEI namespace.  Text in ``children`` is written unchanged."""

    name: str
    attributes: tuple[tuple[str, str], ...]
    children: tuple[Element | str, ...]


Content = Element | str | Iterable[Element | str]


def e(name: str, /, *content: Content, **attributes: str) -> Element:
    """An element.  ``base``, ``id``, ``lang``, ``space`` become ``xml:`` attributes.

    An empty attribute is left out; ``xml:id`` comes first, the others in the given order.  Content is a
    text, an element, or an iterable of both; an empty text that is given by itself and an empty iterable add
    nothing.  An iterable must not contain another one.  Names are not checked.

    >>> e("p", "a", [], n="", id="p1")
    Element(name='p', attributes=(('xml:id', 'p1'),), children=('a',))
    """
    names = sorted(attributes, key=lambda key: key != "id")
    given = ((f"xml:{key}" if key in _XML else key, attributes[key]) for key in names if attributes[key])
    return Element(name, tuple(given), tuple(_flat(content)))


def _flat(content: Iterable[Content]) -> Iterator[Element | str]:
    for one in content:
        if isinstance(one, Element):
            yield one
        elif isinstance(one, str):
            yield from (one,) if one else ()
        else:
            yield from one


def own(edition: Edition, name: str, *content: Content, **attributes: str) -> Iterator[Element]:
    """An element with content, with ``lang`` for the language of the editors' prose; nothing if the content
    is empty.
    """
    children = tuple(_flat(content))
    if children:
        yield e(name, children, lang=edition.project.site.language, **attributes)


def translated(edition: Edition, name: str, text: Localized, **attributes: str) -> Iterator[Element]:
    """An element for each translation of a text, in the order of the languages of the edition, each with
    ``lang``.

    The text itself has none, and neither has a translation that is empty or missing, or into a language that
    the edition does not have.
    """
    for language in edition.languages:
        if words := text.of(language):
            yield e(name, words, lang=language, **attributes)


def texts(edition: Edition, name: str, text: Localized, **attributes: str) -> Iterator[Element]:
    """An element for a text of the editors, then one for each of its translations, in the order of the
    languages of the edition, each with its language as ``xml:lang``.

    An empty text or translation gives no element, and neither does a translation into a language that the
    edition does not have.  The other attributes are the same for all.
    """
    yield from own(edition, name, text, **attributes)
    yield from translated(edition, name, text, **attributes)


def worded(edition: Edition, name: str, message: Message, **attributes: str) -> Iterator[Element]:
    """An element with a message in the language of the editors' prose, then one with it in English, each with
    ``lang``.

    If both are the same language, there is one element, so it is never nothing.
    """
    for words in dict.fromkeys((edition.catalogue, catalogue.of(catalogue.ENGLISH))):
        yield e(name, words.text(message), lang=words.language, **attributes)


def mixed(words: Catalogue, message: Message) -> Iterator[Element | str]:
    """A message whose values can be elements, as content in which texts and elements alternate.

    An empty value adds nothing.

    >>> from site_builder.language.message import msg
    >>> words = msg("%(label)s: %(value)s", label=e("label"), value="a")
    >>> list(mixed(catalogue.of("en"), words))
    [Element(name='label', attributes=(), children=()), ': ', 'a']
    """
    for part in _PLACEHOLDER.split(words.form(message)):
        name = _PLACEHOLDER.fullmatch(part)
        value = message.values[name[0][2:-2]] if name else part
        yield from (value,) if isinstance(value, Element) else filter(None, (words.text(value),))


def dated(name: str, when: str, **attributes: str) -> Element:
    """A date; ``@when`` is given if the words are a date in the form of XML Schema.

    ``1923``, ``1923-05`` and ``1923-05-04`` are; other words, such as ``1923 年春``, are only the content.
    The form is checked, not whether the day exists.

    An empty ``when`` gives an element without content and ``@when``.
    """
    exact = re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", when)
    return e(name, when, when=when if exact else "", **attributes)


def to(ids: Iterable[str]) -> str:
    """Pointers to elements of this file, separated by spaces: ``["a", "b"]`` → ``#a #b``; ``""`` for no
    ids.
    """
    return " ".join(f"#{id_}" for id_ in ids)


def file(edition: Edition, work: Work) -> str:
    """The name of the file of a work, without a folder: ``edition.xml`` for the work published first,
    ``edition-WORK.xml`` for the others.
    """
    return "edition.xml" if work == edition.project.first_published else f"edition-{work.id}.xml"


def coder(name: str) -> str:
    """The id of a coder; characters that an id cannot contain are escaped: ``ming li`` →
    ``coder.ming_20_li``.

    Letters, digits and hyphens of ASCII stay; any other character is its code point in hexadecimal.
    """
    return "coder." + _UNSAFE.sub(lambda found: f"_{ord(found[0]):x}_", name)


def copy(id_: str) -> str:
    """The id of a known copy of the work: ``copy.`` and the id in the record.  ``web`` → ``copy.web``;
    whether there is such a copy is not checked.
    """
    return f"copy.{id_}"


def emendation(id_: str) -> str:
    """The id of the place of an emendation: ``emendation.`` and the id of the emendation."""
    return f"emendation.{id_}"
