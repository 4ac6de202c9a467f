"""Arabic: abbreviations of one or two letters before a full stop (doctor, professor, page, volume), and the
quotation marks of printed Arabic.

CLDR has ” “ for Arabic, but books and the style guides of publishers have « », with “ ” inside.  The curly
marks are not mirrored, so texts have them in both orders: both orders quote, and neither is checked as a pair
of brackets.
"""

from __future__ import annotations

from site_builder.language.rules import Abbreviations, Pair, words

QUOTES: tuple[Pair, Pair] = (("«", "»"), ("“", "”"))
# What opens and closes in the order of CLDR.
QUOTING: tuple[Pair, ...] = (("”", "“"), ("’", "‘"))

ARABIC = Abbreviations(fixed=words("د أ أ.د م"), counted=words("ص ج ط ع هـ"), final=words("إلخ الخ"))
SEPARATOR = "، "
RIGHT_TO_LEFT = words("ar arc ckb dv fa he iw ks ku-Arab mzn nqo pnb ps rhg sd syr ug ur yi")
"""Languages that are written from right to left in their usual script (CLDR, ``characterOrder``)."""
RIGHT_TO_LEFT_SCRIPTS = words("Adlm Arab Hebr Mand Nkoo Rohg Samr Syrc Thaa")
"""Scripts (ISO 15924) that are written from right to left, as far as they are in use."""
