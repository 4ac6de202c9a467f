"""How the text was made and encoded (``encodingDesc``), in Chinese and English.

The emendation rules that apply everywhere are listed here, each pair as a ``choice`` of ``sic`` and ``corr``.
With these and the marks in the text, the words of the witness can be reconstructed.
"""

from __future__ import annotations

from site_builder import VERSION
from site_builder.edition.edition import Edition
from site_builder.formats.tei.tree import CERT, EDITORS, Element, both, coder, e, to
from site_builder.model import Rule, Segment, Work

SCHEMA = "https://vault.tei-c.org/P5/current/xml/tei/custom/schema/relaxng/tei_all.rng"


def encoding(edition: Edition, work: Work, classes: Element | list[Element]) -> Element:
    """The complete description (``encodingDesc``); ``classes`` is the codebook, if there is one.

    It has the emendation rules of the work, each with its pairs of characters, but not the single
    emendations.  If the text may not be published, it says so, and leaves out the paragraph on positions.
    """
    return e(
        "encodingDesc",
        e("schemaRef", key="tei_all", url=SCHEMA),
        _project(edition),
        _sampling(edition, work),
        _editorial(edition, work),
        e("refsDecl", e("citeStructure", unit="passage", match="//body//p", use="@n")),
        classes,
        e("appInfo", e("application", e("label", "site-builder"), ident="site-builder", version=VERSION)),
    )


def _project(edition: Edition) -> Element:
    site = edition.project.site
    content = both("p", f"{site.title}：{site.subtitle}。{site.description}", site.title.of("en"))
    return e("projectDesc", content)


def _sampling(edition: Edition, work: Work) -> Element | list[Element]:
    """What is left out: lines of the witness that are not part of the text; a text that is not public."""
    content = [] if edition.with_text else [*both("p", *_WITHHELD)]
    if aside := [one for one in work.segments if one.set_aside]:
        content += [*both("p", *_ASIDE), e("p", e("list", map(_aside, aside)))]
    return e("samplingDecl", content) if content else []


def _aside(segment: Segment) -> Element:
    lines = (
        str(segment.lines.first)
        if segment.lines.first == segment.lines.last
        else f"{segment.lines.first}-{segment.lines.last}"
    )
    return e("item", e("label", segment.set_aside), "：", segment.reason, n=lines)


def _editorial(edition: Edition, work: Work) -> Element:
    marks = [rule for rule in work.rules if rule.kind == "punctuation"]
    forms = [rule for rule in work.rules if rule.kind != "punctuation"]
    return e(
        "editorialDecl",
        e("correction", both("p", *_CORRECTION), method="markup") if work.emendations else [],
        e("normalization", map(_rule, forms), method="silent") if forms else [],
        e("punctuation", map(_rule, marks)) if marks else [],
        e("quotation", both("p", *_QUOTATION), marks="all"),
        e("segmentation", both("p", *_SEGMENTATION)),
        _interpretation(edition),
    )


def _rule(rule: Rule) -> Element:
    """A change that applies everywhere, character by character, and is not marked in the text."""
    pairs = (e("item", e("choice", e("sic", old), e("corr", new))) for old, new in rule.map.items())
    return e(
        "p",
        rule.reason,
        e("list", pairs, type="map"),
        id=f"rule.{rule.id}",
        resp=to([EDITORS]),
        cert=CERT[rule.certainty],
    )


def _interpretation(edition: Edition) -> Element:
    grid = edition.project.grid
    return e(
        "interpretation",
        both("p", f"{grid.name}：{grid.definition}", grid.name.of("en")) if grid.cells else [],
        both("p", *_TAGS, corresp=to([coder(edition.project.site.coder)])),
        both("p", *_POSITIONS) if edition.with_text else [],
    )


# --- common to all editions ----------------------------------------------------------------------

_WITHHELD = (
    "原文不公開：每段只錄起首，其餘以 gap 代之；段內的校訂與證據的位置也不錄。",
    "The text may not be published: a passage gives its opening, and a gap stands for the rest. Neither "
    "emendations within passages nor the places of evidence are given.",
)
_ASIDE = (
    "底本中下列各行不屬正文，未錄。",
    "These lines of the witness are no part of the text and were left out:",
)
_CORRECTION = (
    "改動底本之處逐一標出：choice 內 sic 為底本讀法，corr 為校訂；supplied 為底本所無；"
    "surplus 為底本所有而不取。獨立的 sic 是存疑而不改的讀法，gap 指底本佚失之物。"
    "去掉 surplus 與 choice 內的 sic，即得校訂本；"
    "去掉 supplied 與 corr，再還原全文一律之改動，即得底本。每處的理由是 standOff 裡指向該處的 note，"
    "其 type 為改動的類別。",
    "Every change of the witness is marked: in a choice, sic is its reading and corr that of the edition; "
    "supplied was added to it, and surplus was not taken over. A sic by itself is a doubtful reading that "
    "stands; a gap tells of something that the witness has lost. Without surplus and the sic of a choice the "
    "text is that of the edition; without supplied and corr, and with what was changed everywhere put back, "
    "it is that of the witness. The reason for each is the note in standOff that points at it, whose type is "
    "the class of the change.",
)
_QUOTATION = ("引號是正文的字元，未改為標記。", "Quotation marks stand as characters of the text.")
_SEGMENTATION = (
    "p 是一段，標記與引用都以段為單位：xml:id 永久不變，n 是所示的段號，或隨版本而改。div 依標題而分，"
    "文中的列舉是 list。段前的 label 是編者所加的標目，不屬正文。不再使用的 id 是繼承者之前的 anchor；"
    "沒有繼承者的，見 revisionDesc。",
    "A p is a passage, the unit that is tagged and cited: its xml:id never changes; n is the shown number, "
    "and may. A div follows a heading, and an enumeration of the text is a list. A label before a p was "
    "added by the editors and is no part of the text. An id that is no longer used is an anchor before its "
    "successor; one that has none stands in revisionDesc.",
)
_TAGS = (
    "p 的 ana 是其中一位標記者所給：格、功能與條目。所有標記者的標記、證據與理由在 standOff，"
    "每人一個 listAnnotation。",
    "The ana of a p is what one of the coders gives it: cells, function and entries. The tags of every "
    "coder, with evidence and reasons, are in standOff, one listAnnotation a coder.",
)
_POSITIONS = (
    "證據的位置以 string-range 指明，以 Unicode 碼位計，自零起；段內一切文字都計，"
    "連 surplus 與 choice 內的 sic 也計，跨越它們的證據以幾組位移與長度指明。",
    "The place of evidence is a string-range, in Unicode code points from zero over all text of the passage, "
    "surplus and the sic of a choice with it; evidence that runs across these has several pairs of offset "
    "and length.",
)
