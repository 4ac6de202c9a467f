"""The words of the interface: each catalogue is complete, and no word is outside of the catalogues.

Messages are in English in the code and in the templates.  A word of another language in the code, and a word
of any language in a template outside of a message, would be shown in every view of a site.
"""

from __future__ import annotations

import datetime as dt
import re
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from functools import cache
from gettext import NullTranslations
from pathlib import Path

import jinja2
import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from code_strings import literals

import site_builder
from site_builder.language import catalogue
from site_builder.language.message import Message, msg, nmsg, pmsg
from site_builder.site import assets

ROOT = Path(__file__).parents[2]
PACKAGE = Path(site_builder.__file__).parent
PLACEHOLDER = re.compile(r"%\((\w+)\)s")
LANGUAGES = ("ar", "en", "zh-Hans", "zh-Hant")

# --- the catalogues -------------------------------------------------------------------------------


def po(language: str) -> Catalog:
    path = PACKAGE / "catalogues" / language.replace("-", "_") / "LC_MESSAGES/site.po"
    with path.open("rb") as file:
        return read_po(file, locale=language.replace("-", "_"))


def test_the_catalogues_are_complete_compiled_and_have_no_unused_message() -> None:
    found = subprocess.run(
        [sys.executable, ROOT / ".ci/catalogues.py"], capture_output=True, text=True, check=False
    )
    assert found.returncode == 0, found.stdout
    assert re.match(r"\d+ catalogues, \d+ messages", found.stdout)


def test_every_catalogue_of_the_package_is_known() -> None:
    assert tuple(words.language for words in catalogue.every()) == LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_has_the_values_of_its_message(language: str) -> None:
    for message in po(language):
        if message.id:
            ids = (message.id,) if isinstance(message.id, str) else tuple(message.id)
            strings = (message.string,) if isinstance(message.string, str) else tuple(message.string)
            named = {name for id_ in ids for name in PLACEHOLDER.findall(id_)}
            # a date names the month in one of two ways, and a singular need not name its number
            allowed = named | set(PLACEHOLDER.findall(message.context or ""))
            needed = named - allowed.intersection({"count", "num", "month", "month_name"})
            for string in strings:
                assert needed <= set(PLACEHOLDER.findall(string)) <= allowed, message.id


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant"])
def test_a_chinese_catalogue_is_in_its_own_script(language: str) -> None:
    """Characters that only the other script has; ``著`` and ``於`` can be in both."""
    other = {
        "zh-Hans": "個這為說讀標記關係檢單條給數檔電書頁",
        "zh-Hant": "个这为说读标记关系检单条给数档电书页",
    }
    wrong = set(other[language]) - set("記係系电")
    strings = [str(message.string) for message in po(language) if message.id]
    assert [string for string in strings if wrong & set(string)] == []


def test_plurals_follow_the_language() -> None:
    def words(language: str, count: int) -> str:
        return catalogue.of(language).text(nmsg("%(count)s passage", "%(count)s passages", count))

    assert [words("en", count) for count in (0, 1, 2, 1200)] == [
        "0 passages",
        "1 passage",
        "2 passages",
        "1,200 passages",
    ]
    assert [words("zh-Hant", count) for count in (1, 2)] == ["1 段", "2 段"]
    assert [words("zh-Hans", count) for count in (1, 2)] == ["1 段", "2 段"]


@pytest.mark.parametrize(
    ("language", "number", "share", "date"),
    [
        ("en", "1,234", "0.95", "5 March 2026"),
        ("zh-Hant", "1234", "0.95", "2026 年 3 月 5 日"),
        ("zh-Hans", "1234", "0.95", "2026 年 3 月 5 日"),
    ],
)
def test_numbers_and_dates_follow_the_language(language: str, number: str, share: str, date: str) -> None:
    words = catalogue.of(language)
    assert (words.number(1234), words.number(0.954, 2)) == (number, share)
    assert words.date(dt.date(2026, 3, 5)) == date


def test_a_number_that_is_rounded_to_0_has_no_sign() -> None:
    number = catalogue.of("en").number
    assert [number(value, 2) for value in (-0.001, -0.0, 0.001, -0.006)] == ["0.00", "0.00", "0.00", "−0.01"]
    assert (number(-0.4), number(-0.6)) == ("0", "−1")


@pytest.mark.parametrize(
    ("tag", "language"),
    [
        *(("zh-Hant", "zh-Hant"), ("zh-Hans", "zh-Hans"), ("zh", "zh-Hans"), ("zh-TW", "zh-Hant")),
        *(("zh-Hant-HK", "zh-Hant"), ("en-GB", "en"), ("de", "en"), ("ja", "en")),
    ],
)
def test_a_language_without_a_catalogue_has_that_of_its_main_language_or_english(
    tag: str, language: str
) -> None:
    assert catalogue.of(tag).language == language
    assert catalogue.of(tag) is catalogue.of(language)  # also of a language without a catalogue


def test_a_value_of_a_message_can_be_a_message() -> None:
    inner = pmsg("language of a gist", "English")
    words = pmsg("kind of a note", "%(language)s gist", language=inner)
    assert catalogue.of("zh-Hant").text(words) == "英文提要"
    assert catalogue.of("en").text(words) == "English gist"


class Answering(NullTranslations):
    """Answers with what it was asked for."""

    def gettext(self, message: str) -> str:
        return f"({message})"

    def pgettext(self, context: str, message: str) -> str:
        return f"({context}: {message})"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return f"({msgid1}|{msgid2}, {n})"

    def npgettext(self, context: str, msgid1: str, msgid2: str, n: int) -> str:
        return f"({context}: {msgid1}|{msgid2}, {n})"


@pytest.mark.parametrize(
    ("message", "asked"),
    [
        (Message("one"), "(one)"),
        (Message("one", context="where"), "(where: one)"),
        (Message("one", many="many", count=2), "(one|many, 2)"),
        (Message("one", many="many", count=2, context="where"), "(where: one|many, 2)"),
    ],
)
def test_a_message_is_asked_for_with_its_plural_and_its_context(message: Message, asked: str) -> None:
    assert catalogue.Catalogue("en", Answering()).form(message) == asked


def test_a_message_that_no_catalogue_has_is_shown_in_english() -> None:
    assert catalogue.of("zh-Hant").text(msg("No such message %(name)s", name="x")) == "No such message x"


# --- no word outside of the catalogues -------------------------------------------------------------

EXCEPTIONS = {
    "check/brackets.py": "reads the numbers and brackets of texts",
    "check/quotations.py": "reads the quotation marks of texts",
    "check/reviews.py": "reads the white space of texts",
    "citing/bibtex.py": "reads the kind of a thesis",
    "citing/people.py": "reads the marks between names",
    "citing/references.py": "reads the dashes of page numbers",
    "citing/styles/gbt.py": "the words of GB/T 7714, which are Chinese by its rules",
    "citing/styles/parts.py": "reads the end of a title",
    "edition/conversion.py": "reads the marks between names",
    "formats/tables/sheet.py": "reads what a spreadsheet takes for a formula",
    "formats/tables/write.py": "knows what a spreadsheet takes for a formula",
    "formats/taguette.py": "replaces a character that Taguette gives a meaning",
    "importing/codewords.py": "reads a colon",
    "model/prose.py": "knows quotation marks",
    "model/record.py": "examples of names beside English ones, in the documentation of fields",
    "source/adapters/record.py": "names the mark between authors in a file of format 1",
    "source/yamlio/lookalikes.py": "reads characters that look like marks of YAML",
}
"""Modules with characters of other scripts outside of messages, and what for."""
IN_ASSETS = {
    "page.css": "a separator, and the quotation marks of Chinese",
    "epub/book.css": "separators, and the quotation marks of Chinese",
}
"""Style sheets with such characters, and what for."""
SCRIPTS = (
    *("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO", "ARABIC", "HEBREW", "CYRILLIC", "THAI"),
    *("DEVANAGARI", "IDEOGRAPHIC", "FULLWIDTH", "HALFWIDTH"),
)


def other_script(text: str) -> str:
    """The characters of a text that belong to another script than Latin and Greek."""
    marks = "「」『』〈〉《》【】〔〕〖〗、。〃〝〞〟"
    return "".join(
        char
        for char in text
        if ord(char) > 0x24F and (char in marks or unicodedata.name(char, "").startswith(SCRIPTS))
    )


@cache
def in_code() -> dict[str, list[tuple[int, str]]]:
    """Module → its strings with characters of another script; the modules of languages are left out."""
    found: dict[str, list[tuple[int, str]]] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        name = path.relative_to(PACKAGE).as_posix()
        wrong = [(line, text) for line, text in literals(path) if other_script(text)]
        if wrong and not name.startswith("language/"):
            found[name] = wrong
    return found


def test_no_word_of_another_language_is_in_the_code() -> None:
    assert {name: found for name, found in in_code().items() if name not in EXCEPTIONS} == {}


def test_every_exception_in_the_code_is_needed() -> None:
    assert sorted(EXCEPTIONS.keys() - in_code().keys()) == []


def test_no_word_of_another_language_is_in_a_template_a_style_sheet_or_a_script() -> None:
    found = {
        path.relative_to(assets.TEMPLATES).as_posix(): wrong
        for path in sorted(assets.TEMPLATES.rglob("*"))
        if path.suffix in (".html", ".xhtml", ".xml", ".opf", ".svg", ".css", ".js", ".txt")
        if (wrong := other_script(without_comments(path)))
    }
    needed = {name for name in found for other in IN_ASSETS if name.endswith(other)}
    assert {name: wrong for name, wrong in found.items() if name not in needed} == {}
    assert all(any(name.endswith(other) for name in found) for other in IN_ASSETS)


def without_comments(path: Path) -> str:
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".css":
        return re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    if path.suffix == ".js":
        return re.sub(r"(?m)^\s*//.*$|/\*[\s\S]*?\*/", "", text)
    return re.sub(r"\{#.*?#\}|<!--.*?-->", "", text, flags=re.DOTALL)


# --- no word of a template outside of a message ------------------------------------------------------

SHOWN = re.compile(
    r"""\s(aria-label|aria-description|title|placeholder|alt|label|summary)\s*=\s*"([^"]*)\""""
)
"""Attributes that a reader sees or hears."""
NAMES = {"SHA-256", "BibTeX", "RIS", "CSL-JSON", "EPUB", "TEI", "JSON", "κ"}
"""Names that are the same in every language."""
CLASS = re.compile(r"\{% block kind %\}\w+\{% endblock %\}")
"""The class of a page, which the template of the page gives to that around it."""
MARKUP = [path for path in sorted(assets.TEMPLATES.rglob("*")) if path.suffix in (".html", ".xhtml")]


def outside_of_messages(source: str) -> str:
    """The markup of a template; what Jinja fills in is one private character, and messages are left out."""
    environment = jinja2.Environment(extensions=["jinja2.ext.i18n"])
    source = CLASS.sub("", source)
    parts, inside, name = [], False, ""
    for _, token, value in environment.lex(source):
        if token == "name" and not name:
            name = value
        elif token == "block_end":
            inside = name == "trans" or (inside and name != "endtrans")
            name = ""
            parts.append("" if inside else "\ue000")
        elif token in ("variable_end",):
            name = ""
            parts.append("\ue000")
        elif token == "data" and not inside:
            parts.append(value)
    return "".join(parts)


def words_of(markup: str) -> Iterator[str]:
    """The words of a template that are in no message: in its text, and in attributes that are shown."""
    markup = re.sub(r"<!--.*?-->|<(script|style)\b.*?</\1>|<[!?][^>]*>", " ", markup, flags=re.DOTALL)
    for _, value in SHOWN.findall(markup):
        yield from re.findall(r"[^\W\d_]{2,}[\w-]*", value)
    markup = re.sub(r'\sdata-[\w-]+="[^"]*"', " ", markup)  # a macro may write attributes without their tag
    text = re.sub(r"&\w+;|&#\w+;", " ", re.sub(r"<(?:\"[^\"]*\"|[^>\"])*>", " ", markup))
    yield from re.findall(r"[^\W\d_][\w-]*", text)


@pytest.mark.parametrize("path", MARKUP, ids=lambda path: path.relative_to(assets.TEMPLATES).as_posix())
def test_no_word_of_a_template_is_outside_of_a_message(path: Path) -> None:
    markup = outside_of_messages(path.read_text(encoding="utf-8"))
    assert [word for word in words_of(markup) if word not in NAMES] == []


@pytest.mark.parametrize(
    ("template", "found"),
    [
        ("<p>Search</p>", ["Search"]),
        ('<p>{{ _("Search") }}</p>', []),
        ("{% trans n=2 %}Passage {{ n }}{% endtrans %} and <b>more</b>", ["and", "more"]),
        ('<a title="Go there" href="there">{{ name }}</a>', ["Go", "there"]),
        ('<a title="{{ _("Go there") }}" data-x="a > b">{# a comment #}</a>', []),
        ("{% if wide %}<p>SHA-256</p>{% endif %}", []),
        ("<script>var words = 1;</script><!-- words -->", []),
    ],
)
def test_words_outside_of_messages_are_found(template: str, found: list[str]) -> None:
    assert [word for word in words_of(outside_of_messages(template)) if word not in NAMES] == found
