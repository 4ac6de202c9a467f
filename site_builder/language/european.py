"""German, French, Spanish, Portuguese, Italian and Russian: abbreviations, and words that begin a sentence.

Sources: Duden, *Abkürzungen*; Imprimerie nationale, *Lexique des règles typographiques*; RAE, *Ortografía de
la lengua española*, appendix of abbreviations; CLDR, sentence break suppressions of Portuguese, Italian and
Russian.
"""

from __future__ import annotations

from site_builder.language.rules import Abbreviations, words

GERMAN = Abbreviations(
    fixed=words(
        "dr med phil prof dipl ing hr fr st bzw ca vgl z.b d.h s.o s.u i.d.r hrsg hg sog gest geb"
        " inkl exkl ggf evtl zzgl v.a z.t zw bes"
    ),
    named=words("jh mio mrd u.a o.ä al"),
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
    fixed=words("m mm mr mgr me dr pr st ste cf av apr env p.ex c.-à-d éd dir trad"),
    named=words("ex ibid al"),
    counted=words("p pp t vol chap art n no nos fig tabl"),
    final=words("etc sq sqq s ss"),
    starters=words(
        "le la les l un une des il elle ils elles on nous vous je ce cet cette ces dans en sur par pour avec"
        " de du à mais et ou donc or ni car si quand puis rien tout tous"
    ),
)
SPANISH = Abbreviations(
    fixed=words("sr sra srta sres dr dra d dña prof profa lic ing ee p.ej ej cf gral"),
    named=words("ud uds vd vds vid al"),
    counted=words("pág págs p pp núm núms vol vols cap art fig t"),
    final=words("etc uu s.a ss"),
    starters=words(
        "el la los las lo un una él ella ellos nosotros en con de por para sin sobre pero y o si cuando nada"
        " nadie todo todos este esta esto ese esa"
    ),
)
PORTUGUESE = Abbreviations(
    fixed=words(
        "sr sra srs dr dra drs prof profa eng exmo exma ilmo sto sta d p.ex cf vs ed trad dir org av"
    ),
    named=words("ex al"),
    counted=words("p pp pág págs n no nº vol vols cap caps fig art fl t"),
    final=words("etc ltda s.a jr ss"),
    starters=words(
        "o a os as um uma ele ela eles elas nós em no na nos nas com de do da por para sem sobre mas e ou se"
        " quando nada ninguém tudo todos este esta isto esse essa isso aqui não"
    ),
)
ITALIAN = Abbreviations(
    fixed=words("sig sigg sig.ra dott dr prof ing avv arch on rag cfr p.es es ver dir trad vs"),
    named=words("al"),
    counted=words("p pp pag pagg n nn vol voll cap capp fig tav tab art sez t"),
    final=words("ecc etc s.p.a ss"),
    starters=words(
        "il lo la i gli le un uno una egli lui lei noi in nel nella con di del della per su ma e o se quando"
        " nulla nessuno tutto tutti questo questa quello quella qui non"
    ),
)
RUSSIAN = Abbreviations(
    fixed=words("проф акад доц т.е напр ул кв отд тел"),
    named=words("им см др руб тыс янв февр апр авг сент окт нояб дек"),
    counted=words("стр рис табл гл вып ч"),
    final=words("т.д т.п"),
    starters=words(
        "он она оно они мы вы это эта этот эти на но не по из для от до за из-за при что как так если когда"
        " все всё вот там тут здесь потом затем его её их"
    ),
)
POINTING_INWARDS = words("bs cs da de dsb hr hsb hu pl sk sl sr")
"""Languages whose books quote with »…« as well."""
POINTING_RIGHT = words("fi sv")
"""Languages whose books quote with »…» as well."""
GREEK_STOPS = ";\u037e"
"""The question mark of Greek, which is a semicolon to Unicode."""
