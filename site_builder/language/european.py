"""German, French and Spanish: abbreviations, and the words that begin a sentence.

Sources: Duden, *Abkürzungen*; Imprimerie nationale, *Lexique des règles typographiques*; RAE, *Ortografía de
la lengua española*, appendix of abbreviations.
"""

from __future__ import annotations

from site_builder.language.rules import Abbreviations, words

GERMAN = Abbreviations(
    fixed=words(
        "dr med phil prof dipl ing hr fr st bzw ca vgl z.b d.h u.a o.ä s.o s.u i.d.r hrsg hg sog gest geb"
        " inkl exkl ggf evtl zzgl jh mio mrd v.a z.t"
    ),
    counted=words("nr nrn bd bde abb kap s art abs abschn aufl tab anm"),
    final=words("usw etc ff f u.s.w usf"),
    starters=words(
        "der die das ein eine es er sie wir ihr ich man dies diese dieser dieses im in am an auf bei mit nach"
        " von vor zu für aus und aber oder doch so dann wenn als weil da hier dort nur auch nicht nichts"
        " niemand alle viele danach später seit"
    ),
    ordinals=True,
)
FRENCH = Abbreviations(
    fixed=words("m mm mr mgr me dr pr st ste cf av apr env p.ex c.-à-d éd dir trad ibid"),
    counted=words("p pp t vol chap art n no nos fig § tabl"),
    final=words("etc sq sqq s ss"),
    starters=words(
        "le la les l un une des il elle ils elles on nous vous je ce cet cette ces dans en sur par pour avec"
        " de du à mais et ou donc or ni car si quand puis rien tout tous"
    ),
)
SPANISH = Abbreviations(
    fixed=words("sr sra srta sres dr dra d dña prof profa lic ing ud uds vd vds ee p.ej ej cf vid gral"),
    counted=words("pág págs p pp núm núms vol vols cap art fig t"),
    final=words("etc uu s.a ss"),
    starters=words(
        "el la los las lo un una él ella ellos nosotros en con de por para sin sobre pero y o si cuando nada"
        " nadie todo todos este esta esto ese esa"
    ),
)
POINTING_INWARDS = words("de da dsb hr hsb sl")
"""Languages whose books quote with »…« as well."""
