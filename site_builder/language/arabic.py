"""Arabic: abbreviations of one or two letters before a full stop (doctor, professor, page, volume)."""

from __future__ import annotations

from site_builder.language.rules import Abbreviations, words

ARABIC = Abbreviations(fixed=words("د أ أ.د م"), counted=words("ص ج ط ع م هـ"), final=words("إلخ الخ"))
SEPARATOR = "، "
RIGHT_TO_LEFT = words("ar arc ckb dv fa he iw ks ku-Arab mzn nqo pnb ps rhg sd syr ug ur yi")
"""Languages that are written from right to left in their usual script (CLDR, ``characterOrder``)."""
RIGHT_TO_LEFT_SCRIPTS = words("Adlm Arab Hebr Mand Nkoo Rohg Samr Syrc Thaa")
"""Scripts (ISO 15924) that are written from right to left, as far as they are in use."""
