"""How the text was made and encoded (``encodingDesc``), in the language of the prose and in English.

The emendation rules that apply everywhere are listed here, each pair as a ``choice`` of ``sic`` and ``corr``.
With these and the marks in the text, the words of the witness can be reconstructed.
"""

from __future__ import annotations

from site_builder import VERSION
from site_builder.citing import references
from site_builder.edition.edition import Edition
from site_builder.formats.tei.classes import BETWEEN_NAME_AND_MEANING
from site_builder.formats.tei.tree import CERT, EDITORS, Element, coder, e, own, to, translated, worded
from site_builder.language.message import msg
from site_builder.model import Rule, Segment, Work

SCHEMA = "https://vault.tei-c.org/P5/current/xml/tei/custom/schema/relaxng/tei_all.rng"


def encoding(edition: Edition, work: Work, classes: Element | list[Element]) -> Element:
    """The complete description (``encodingDesc``); ``classes`` is the codebook, if there is one.

    Its children are ``schemaRef``, ``projectDesc``, ``samplingDecl`` (if lines are set aside or the text may
    not be published), ``editorialDecl``, ``refsDecl``, the codebook and ``appInfo``.  It has the emendation
    rules of the work, each with its pairs of characters, but not the single emendations.  If the text may not
    be published, it says so, and leaves out the paragraph on positions.
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
    title = references.edition_title(site)
    sentence = msg("%(title)s. %(description)s", title=title, description=site.description)
    described = own(edition, "p", edition.catalogue.text(sentence))
    return e("projectDesc", described, translated(edition, "p", title))


def _sampling(edition: Edition, work: Work) -> Element | list[Element]:
    """What is left out: lines of the witness that are not part of the text; a text that is not public."""
    content = [] if edition.with_text else [*worded(edition, "p", _WITHHELD)]
    if aside := [one for one in work.segments if one.set_aside]:
        content += [*worded(edition, "p", _ASIDE), e("p", e("list", (_aside(edition, one) for one in aside)))]
    return e("samplingDecl", content) if content else []


def _aside(edition: Edition, segment: Segment) -> Element:
    lines = (
        str(segment.lines.first)
        if segment.lines.first == segment.lines.last
        else f"{segment.lines.first}-{segment.lines.last}"
    )
    label = e("label", segment.set_aside)
    return e("item", label, edition.catalogue.text(BETWEEN_NAME_AND_MEANING), segment.reason, n=lines)


def _editorial(edition: Edition, work: Work) -> Element:
    marks = [rule for rule in work.rules if rule.kind == "punctuation"]
    forms = [rule for rule in work.rules if rule.kind != "punctuation"]
    return e(
        "editorialDecl",
        e("correction", worded(edition, "p", _CORRECTION), method="markup") if work.emendations else [],
        e("normalization", map(_rule, forms), method="silent") if forms else [],
        e("punctuation", map(_rule, marks)) if marks else [],
        e("quotation", worded(edition, "p", _QUOTATION), marks="all"),
        e("segmentation", worded(edition, "p", _SEGMENTATION)),
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
    named = edition.catalogue.text(BETWEEN_NAME_AND_MEANING).join((grid.name, grid.definition))
    return e(
        "interpretation",
        [*own(edition, "p", named), *translated(edition, "p", grid.name)] if grid.cells else [],
        worded(edition, "p", _TAGS, corresp=to([coder(edition.project.site.coder)])),
        worded(edition, "p", _POSITIONS) if edition.with_text else [],
    )


# --- common to all editions ----------------------------------------------------------------------

_WITHHELD = msg(
    "The text may not be published: a passage gives its opening, and a gap stands for the rest. Neither "
    "emendations within passages nor the places of evidence are given."
)
_ASIDE = msg("These lines of the witness are no part of the text and were left out:")
_CORRECTION = msg(
    "Every change of the witness is marked: in a choice, sic is its reading and corr that of the edition;"
    " supplied was added to it, and surplus was not taken over. A sic by itself is a doubtful reading "
    "that stands; a gap tells of something that the witness has lost. Without surplus and the sic of a "
    "choice the text is that of the edition; without supplied and corr, and with what was changed "
    "everywhere put back, it is that of the witness. The reason for each is the note in standOff that "
    "points at it, whose type is the class of the change."
)
_QUOTATION = msg("Quotation marks stand as characters of the text.")
_SEGMENTATION = msg(
    "A p is a passage, the unit that is tagged and cited: its xml:id never changes; n is the shown "
    "number, and may. A div follows a heading, and an enumeration of the text is a list. A label before a"
    " p was added by the editors and is no part of the text. An id that is no longer used is an anchor "
    "before its successor; one that has none stands in revisionDesc."
)
_TAGS = msg(
    "The ana of a p is what one of the coders gives it: cells, traits, function and entries. The tags of "
    "every coder, with evidence and reasons, are in standOff, one listAnnotation a coder."
)
_POSITIONS = msg(
    "The place of evidence is a string-range, in Unicode code points from zero over all text of the "
    "passage, surplus and the sic of a choice with it; evidence that runs across these has several pairs "
    "of offset and length."
)
