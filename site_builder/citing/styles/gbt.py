"""Entries of GB/T 7714—2015 (numeric).

The standard is Chinese, and so are its words (``版``, ``譯``, ``第3卷``).  They are data of the style: they
are the same in every view, except that a view in Simplified converts them.
"""

from __future__ import annotations

from collections.abc import Sequence

from site_builder.citing.cited import Cited
from site_builder.citing.styles.parts import abbreviated, imprint, listed, stopped
from site_builder.language import language
from site_builder.model import Name, Person

LANGUAGE = "zh-Hant"
"""The language of the words of the style."""
_GBT = {
    "article-journal": "J",
    "book": "M",
    "chapter": "M",
    "classic": "M",
    "manuscript": "Z",
    "report": "R",
    "thesis": "D",
    "webpage": "EB",
}
_BOOKS = ("book", "classic", "report", "manuscript")
"""Types that are a complete publication: volume and edition belong to the work itself."""


def gbt(cited: Cited) -> str:
    """The reference in GB/T 7714 style, without its number in the list.

    Fields that are missing are left out, also the date.  After three names it has ``等`` or ``et al``.

    :raises KeyError: for a type that :mod:`site_builder.citing.references` does not make.
    """
    online = cited.online or cited.address or cited.doi
    inside = cited.type == "chapter" or (cited.type == "classic" and cited.container)
    title = cited.title if inside else _gbt_volume(cited, cited.title)
    number = f": {cited.get('number')}" if cited.get("number") else ""
    translators = f"{_gbt_names(cited, cited.translators)}, 譯" if cited.translators else ""
    own = f"{title}{number}[{_GBT[cited.type]}{'/OL' if online else ''}]"
    first = [own, translators]
    if inside:
        host = _gbt_volume(cited, cited.container)
        book = "".join(map(stopped, (_gbt_names(cited, cited.other_editors or cited.editors), host)))
        first = [
            f"{''.join(map(stopped, filter(None, (own, translators)))).rstrip().rstrip('.')}//{book.strip()}"
        ]
    edition = cited.get("edition")
    parts = (
        _gbt_names(cited, cited.authors if inside else cited.lead),
        *first,
        f"{cited.get('version')}版" if "version" in cited.item else "",
        f"{edition}版" if edition.isdecimal() else edition,
        _gbt_online(cited) if cited.online else _gbt_print(cited),
        cited.address,
        f"DOI:{cited.doi}" if cited.doi else "",
    )
    return "".join(map(stopped, parts)).rstrip()


def _gbt_volume(cited: Cited, title: str) -> str:
    volume = "" if cited.type == "article-journal" else cited.get("volume")
    return f"{title}: 第{volume}卷" if volume.isdecimal() else ": ".join(filter(None, (title, volume)))


def _gbt_names(cited: Cited, people: Sequence[Person]) -> str:
    """The first three names; alphabetic names in capitals with initials: ``JACOBS J B``."""
    more = "等" if language.of(cited.get("language")).is_chinese else "et al"
    return ", ".join(
        [*(_gbt_name(person.name) for person in people[:3]), *([more] if len(people) > 3 else [])]
    )


def _gbt_name(name: Name) -> str:
    if not name.alphabetic:
        return name.whole
    if not name.divided:
        return name.literal.upper()
    initials = abbreviated(name.given).replace(".-", " ").replace(".", "").replace("-", " ")
    return f"{name.family.upper()} {initials}".rstrip()


def _gbt_print(cited: Cited) -> str:
    if cited.type == "article-journal":
        number = f"({cited.get('issue')})" if cited.get("issue") else ""
        year = listed(cited.year, cited.get("volume"))
        issue = f"{listed(cited.container, year)}{number}"
    else:
        issue = listed(imprint(cited), cited.year)
    place = listed(cited.get("page"), _gbt_where(cited))
    accessed = f"[{cited.read}]" if cited.address else ""
    return f"{': '.join(filter(None, [issue, place]))}{accessed}"


def _gbt_online(cited: Cited) -> str:
    """``出版者, 出版年: 引文頁碼(更新日期)[引用日期]``; the name of the site if there is no address."""
    site, where = imprint(cited) or ("" if cited.address else cited.container), _gbt_where(cited)
    year = cited.year if site or where else ""
    day = "-".join(f"{part:02}" for part in cited.date) or cited.year
    updated = f"({day})" if day and day != year else ""
    return f"{': '.join(filter(None, [listed(site, year), where]))}{updated}[{cited.read}]"


def _gbt_where(cited: Cited) -> str:
    if cited.at is None:
        return ""
    opening = f"，起首「{cited.at.opening}」" if cited.of == "edition" else ""
    return f"第{cited.at.number}段（#{cited.at.id}{opening}）"
