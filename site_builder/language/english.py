"""English: abbreviations, the words that begin a sentence, spellings, and the endings of plurals.

Sources: the abbreviations of The Chicago Manual of Style, 17th edition, chapter 10; the starters are the
pronouns, articles, prepositions and conjunctions that often begin a sentence and are no part of a name.  The
spellings are those that dictionaries give as British and American.
"""

from __future__ import annotations

from site_builder.language.rules import Abbreviations, Change, words

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

_STEMS = words(
    "arbour ardour armour behaviour candour clamour colour demeanour endeavour favour fervour flavour glamour"
    " harbour honour humour labour neighbour odour parlour rancour rigour rumour savour splendour succour"
    " tumour valour vapour vigour"
)
"""Words in -our that have -or in American spelling.  A list, since "hour" and "four" are no such words."""
_PAIRS = (
    *("centred centered", "centring centering", "centre center", "theatre theater", "metre meter"),
    *("litre liter", "fibre fiber", "calibre caliber", "spectre specter", "sombre somber", "lustre luster"),
    *("meagre meager", "defence defense", "offence offense", "licence license", "pretence pretense"),
    *("practis practic", "elled eled", "elling eling", "eller eler", "ellor elor", "fulfil fulfill"),
    *("enrol enroll", "skilful skillful", "catalogue catalog", "dialogue dialog", "analogue analog"),
    *("programme program", "judgement judgment", "acknowledgement acknowledgment", "ageing aging"),
    *("grey gray", "plough plow", "mould mold", "sceptic skeptic", "artefact artifact"),
    *("archaeolog archeolog", "aesthet esthet", "mediaeval medieval", "encyclopaed encycloped"),
    "manoeuvr maneuver",
)
SPELLINGS: tuple[Change, ...] = (
    *(("is", "iz", 3), ("ys", "yz", 3), ("alled", "aled", 3), ("alling", "aling", 3)),
    *((stem, stem.replace("our", "or"), 0) for stem in sorted(_STEMS)),
    *((british, american, 0) for british, _, american in (pair.partition(" ") for pair in _PAIRS)),
)
"""Parts of words in British and in American spelling, and how many letters of the word are before them at
least: "organisation", but not "size".  A search tries both, so a part that gives no word does no harm."""
ENDINGS: tuple[Change, ...] = (
    *(("ss", "ss", 0), ("us", "us", 0), ("is", "is", 0)),
    *(("ies", "y", 2), ("sses", "ss", 0), ("ches", "ch", 2), ("shes", "sh", 2), ("xes", "x", 2)),
    *(("s", "", 4), ("y", "ies", 2)),
)
"""Endings of plurals and of their singulars, and how many letters are before them at least.  The first that a
word has is changed; an ending that stays the same is no plural.  Four letters keep "news" from "new"."""
