"""Entries of GB/T 7714—2025 (numeric).

The entry is in the language of the work (5.1): a work in Chinese has Chinese words (``版``, ``譯``,
``第3卷``), any other has English ones.  The Chinese words are data of the style: they are the same in every
view, except that a view in Simplified converts those in Traditional characters.
"""

from __future__ import annotations

from collections.abc import Sequence

from site_builder.citing.cited import Cited
from site_builder.citing.styles.parts import abbreviated, joined, ordinal, stopped, whole_range
from site_builder.model import Name, Person

_SIMPLIFIED = "zh-CN"
"""The language of a work in Simplified characters, as :mod:`site_builder.citing.references` has it."""
_GBT = {
    "article-journal": "J",
    "book": "M",
    "chapter": "M",
    "classic": "M",
    "manuscript": "A",
    "report": "R",
    "thesis": "D",
    "webpage": "EB",
}


def language_of(cited: Cited) -> str:
    """The language of the words of an entry (BCP 47): that of the work, as its item has it; ``""`` if it has
    none.

    A work in Chinese has ``zh-Hans`` (for ``zh-CN`` alone) or ``zh-Hant``, also one in ``lzh`` or ``yue``.
    """
    if not cited.is_chinese:
        return cited.get("language")
    return "zh-Hans" if cited.get("language") == _SIMPLIFIED else "zh-Hant"


def gbt(cited: Cited) -> str:
    """The reference in GB/T 7714 style, without its number in the list, as plain text.

    A place is in it (``第12段（#p12）``; of a work in another language than Chinese ``para. 12 (#p12)``).
    Fields that are missing are left out, also the dates; the date of the first publication is never in it.
    After three names it has ``等`` or ``et al``.

    A book is ``Jacobs J. The Canal[M]. London：Dike Press，2012：para. 12 (#p12).``, an article
    ``Jacobs J. On Water[J]. Waterways，2012，3（2）：10-20.``, a web page
    ``Lee A. Notes[EB/OL]. （2026-11-24）[2027-03-05]. ADDRESS.``; colon, comma and the parentheses of issue
    and date are full-width, also in a reference in English.

    :raises KeyError: for a type that :mod:`site_builder.citing.references` does not make.
    """
    edition = cited.get("edition")
    if edition.isascii() and edition.isdecimal():
        edition = f"{edition}版" if cited.is_chinese else ordinal(edition)
    version = cited.get("version")
    parts = (
        _names(cited, cited.authors if cited.inside else cited.lead),
        *_titles(cited),
        f"V{version.removeprefix('V').removeprefix('v')}" if version else "",
        edition,
        _source(cited),
        cited.address,
        f"DOI:{cited.doi}" if cited.doi else "",
    )
    return "".join(map(stopped, parts)).rstrip()


def _titles(cited: Cited) -> list[str]:
    """The title with its type, the translators, and after ``//`` the book of a chapter."""
    online = cited.online or cited.address or cited.doi
    title = cited.title if cited.inside else _with_volume(cited, cited.title)
    own = f"{joined('：', title, cited.get('number'))}[{_GBT[cited.type]}{'/OL' if online else ''}]"
    role = {"zh-Hans": "译", "zh-Hant": "譯"}.get(language_of(cited), "trans")
    translators = f"{_names(cited, cited.translators)}，{role}" if cited.translators else ""
    if not cited.inside:
        return [own, translators]
    people = _names(cited, cited.other_editors or cited.editors)
    book = joined(". ", people, _with_volume(cited, cited.container))
    return [f"{joined('. ', own, translators)}//{book}"]


def _with_volume(cited: Cited, title: str) -> str:
    volume = "" if cited.type == "article-journal" else cited.get("volume")
    if volume.isdecimal():
        volume = f"第{volume}卷" if cited.is_chinese else f"Vol. {volume}"
    return joined("：", title, volume)


def _names(cited: Cited, people: Sequence[Person]) -> str:
    """The first three names; alphabetic names with initials: ``Jacobs J B``."""
    more = ["等" if cited.is_chinese else "et al"] if len(people) > 3 else []
    return "，".join([*(_name(person.name) for person in people[:3]), *more])


def _name(name: Name) -> str:
    if not name.alphabetic or not name.divided:
        return name.whole
    return f"{name.family} {abbreviated(name.given).replace('.', '')}".rstrip()


def _source(cited: Cited) -> str:
    """Where and when the work was published, and the place in it."""
    if cited.type == "article-journal":
        return joined("：", _issue(cited), _pages(cited), _place(cited))
    if not cited.online:
        imprint = joined("：", cited.get("publisher-place"), cited.get("publisher"))
        whole = cited.type == "manuscript" or (cited.type == "report" and not cited.get("publisher"))
        date = cited.day if whole else cited.year
        return joined("：", joined("，", imprint, date), _pages(cited), _place(cited))
    updated = f"（{cited.day}）" if cited.day else ""
    read = f"[{cited.read}]" if cited.read else ""
    # a page without an address can only be found by the name of its site
    site = "" if cited.address else cited.container
    return joined("：", f"{site}{updated}{read}", _place(cited))


def _issue(cited: Cited) -> str:
    """``水利，2012，12（3）``; an article without volume and issue has its full date (8.5.1.1)."""
    volume, issue = cited.get("volume"), cited.get("issue")
    date = cited.year if volume or issue else cited.day
    return f"{joined('，', cited.container, date, volume)}{f'（{issue}）' if issue else ''}"


def _pages(cited: Cited) -> str:
    return whole_range(cited.pages).replace("–", "-")


def _place(cited: Cited) -> str:
    if cited.at is None:
        return ""
    if not cited.is_chinese:
        return cited.where("para.")
    sentence = f"第{cited.at.sentence}句" if cited.at.sentence else ""
    return f"第{cited.at.number}段{sentence}（#{cited.at.id}）"
