"""The quotation marks of many languages.

Source: Unicode CLDR 48, ``delimiters`` (cldr-misc-full): ``quotationStart``, ``quotationEnd``,
``alternateQuotationStart``, ``alternateQuotationEnd``.  A language that is not here has “ ” and ‘ ’, as the
root of CLDR has.
"""

from __future__ import annotations

from site_builder.language.rules import Pair

_CLDR = {
    "„“‚‘": "bs-Cyrl cs de dsb et hr hsb is ksh lb luy mk nds sk sl",
    "«»“”": "ast blo br ca el es eu ewo ie it kab lij pt-AO pt-CH pt-CV pt-MO pt-MZ pt-PT sc",
    "«»‹›": "am az-Cyrl fa fr-CH gsw mzn rm wae",
    "«»„“": "bas be cv ky os ru sah uk",
    "””’’": "fi he lag rn se sv yi",
    "«»‘’": "dua ksf nb nn no rw",
    "”“’‘": "ar syr ur",
    "「」『』": "ja yue zh-Hant",
    "«»«»": "fr ht hy oc yav",
    "‘’“”": "fur ia nso ti tn",
    "„“„“": "bg lt prg",
    "„”«»": "pl ro",
    "„”‚’": "agq ff",
    "„”»«": "hu szl",
    "«»„”": "shi zgh",
    "„”‘’": "bs",
    "«»”“": "fr-CA",
    "„“«»": "ka",
    "‘’‘’": "nl",
    "„”’’": "sr",
    "“’“’": "st",
    "»«›‹": "ug",
    "“”’‘": "uz",
}
_BY_TAG = {tag: marks for marks, tags in _CLDR.items() for tag in tags.split()}


def quotes(tag: str) -> tuple[Pair, Pair]:
    """The outer and the inner quotation marks of a language; of a tag with subtags, those of the longest part
    that is known.

    An unknown language has “ ” and ‘ ’.  Case matters.

    >>> quotes("de-AT")
    (('„', '“'), ('‚', '‘'))
    """
    parts = tag.split("-")
    found = ("-".join(parts[:length]) for length in range(len(parts), 0, -1))
    marks = next((_BY_TAG[part] for part in found if part in _BY_TAG), "“”‘’")
    return (marks[0], marks[1]), (marks[2], marks[3])
