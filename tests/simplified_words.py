"""What a page in Simplified characters says: texts converted, the interface in the words of its catalogue."""

from __future__ import annotations

import re

from babel.messages.pofile import read_po
from proof_tools import ROOT

from site_builder.language.chinese import Simplifier

Pattern = tuple[re.Pattern[str], list[str]]
PLACEHOLDER = re.compile(r"%\((\w+)\)s")


def forms_in(locale: str) -> dict[tuple[str, str, int], str]:
    """(context, id, 0) → the words of a message as a page has them; with a higher number, the words of each
    element in it, which are a text of their own."""
    path = ROOT / "site_builder" / "catalogues" / locale / "LC_MESSAGES" / "site.po"
    with path.open("rb") as file:
        found = [message for message in read_po(file, locale=locale) if message.id]
    forms = {}
    for message in found:
        one = message.id if isinstance(message.id, str) else message.id[0]
        string = message.string if isinstance(message.string, str) else message.string[0]
        string = string.replace("%%", "%")
        texts = [re.sub("<[^>]*>", "", string), *re.findall("<[^/>]*>([^<]+)", string)]
        forms |= {(message.context or "", one, n): words for n, words in enumerate(texts)}
    return forms


def own_words(simplify: Simplifier) -> list[Pattern]:
    """The messages that are not the same in the two catalogues after conversion: pattern → words, name of a
    value, words …

    The longest come first.  A short message without a value is found between spaces, in quotation marks of
    JSON, or beside the mark between the parts of a title.
    """
    simplified = forms_in("zh_Hans")
    found = []
    for key, words in sorted(forms_in("zh_Hant").items(), key=lambda one: -len(one[1])):
        if simplify(words) != simplified[key]:
            pattern = PLACEHOLDER.sub(
                r"(?P<\1>.*?)", re.escape(words).replace(r"%\(", "%(").replace(r"\)s", ")s")
            )
            # a title ends at its own bracket
            pattern = re.sub(r"(〈\(\?P<\w+>)\.\*\?(?=\)〉)", r"\1[^〈〉]*", pattern)
            whole = (
                pattern if "(?P<" in pattern or len(words) > 3 else rf"(?<![^\s｜\"]){pattern}(?![^\s｜\"])"
            )
            found.append((re.compile(whole, re.DOTALL), PLACEHOLDER.split(simplified[key])))
    return found


def in_simplified(words: str, simplify: Simplifier, own: list[Pattern]) -> str:
    """Words of a page as the page in the other script must have them: converted, but messages in the words
    of their catalogue."""
    kept: list[str] = []

    def put(found: re.Match[str], form: list[str]) -> str:
        """The words of the catalogue, each part as one character of private use, and the values."""
        parts = []
        for n, part in enumerate(form):
            if n % 2:
                parts.append(found[part])
            elif part:
                parts.append(chr(0xE000 + len(kept)))
                kept.append(part)
        return "".join(parts)

    for pattern, form in own:
        words = pattern.sub(lambda found, form=form: put(found, form), words)
    return re.sub("[\ue000-\uf8ff]", lambda one: kept[ord(one[0]) - 0xE000], simplify(words))
