"""English: abbreviations, and the words that begin a sentence.

Sources: the abbreviations of The Chicago Manual of Style, 17th edition, chapter 10; the starters are the
pronouns, articles, prepositions and conjunctions that often begin a sentence and are no part of a name.
"""

from __future__ import annotations

from site_builder.language.rules import Abbreviations, words

FIXED = words(
    "dr mr mrs ms messrs mme mlle prof rev hon gen col capt lt lieut maj sgt cpl adm gov sen rep pres fr"
    " e.g eg i.e ie cf cp sc viz vs v ca c intro approx esp resp incl"
)
"""Abbreviations of titles and of notes, which texts in other languages have as well."""
NAMED = words("st ste mt ft al ed eds trans")
COUNTED = words(
    "no nos vol vols p pp ch chs chap chaps fig figs sec secs sect par para paras art arts pt pts bk n nn"
    " l ll fol fols mss app tab eq eqs pl op jan feb mar apr jun jul aug sep sept oct nov dec"
)
FINAL = words("etc inc ltd co corp jr sr esq bros ibid ph.d a.d b.c dept ave blvd")
STARTERS = words(
    "the a an this that these those he she it we you they i there here his her its our their my your"
    " in on at by for from to with as but and or so yet if when while where after before since because"
    " although though however thus then no not nor what who why how which whether each every all some"
    " many most few one such both neither either once only even still now again also instead nothing nobody"
)
ENGLISH = Abbreviations(fixed=FIXED, named=NAMED, counted=COUNTED, final=FINAL, starters=STARTERS)
COMMON = Abbreviations(
    fixed=words("dr mr mrs prof e.g i.e cf vs डॉ प्रो ts ths gs pgs tp npr tzv dhr mevr drs"),
    counted=words("no vol p pp fig पृ str blz"),
    final=words("etc"),
)
"""Abbreviations for a language without rules of its own: what many share, and titles and references of Hindi,
Vietnamese, Serbian and Dutch."""
