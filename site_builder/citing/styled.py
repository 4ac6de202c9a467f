"""One citation in one style, as pages and scripts show it."""

from __future__ import annotations

from site_builder.citing.styles.parts import runs, with_tags
from site_builder.language.message import Wording, pmsg
from site_builder.model import Localized
from site_builder.records import dataclass

_NAMES = {
    "Chicago 18": pmsg("citation style", "Chicago 18"),
    "Chicago 18, note": pmsg("citation style", "Chicago 18, note"),
    "Chicago 18, bibliography": pmsg("citation style", "Chicago 18, bibliography"),
    "Chicago 18, author–date": pmsg("citation style", "Chicago 18, author–date"),
}
"""Style → its name for readers, if it has words."""
DAY = "{date}"
"""The day of access in a citation on a page, which a script fills in."""
_DAY = f"[{DAY}]"


@dataclass(frozen=True, kw_only=True, slots=True)
class Styled:
    """One citation in one style.

    ``of`` is ``article``, ``copy``, ``edition``, or ``passage`` for the words of the work as the edition has
    them.  ``in_text`` is the citation in the text, ``""`` in a style that has none.  Both are plain text;
    ``marked`` and ``marked_in_text`` have the marks of italics.
    ``latin`` means that the style is English, ``plain`` that it is shown in a
    fixed-width font.  ``lacks_day`` means that the style wants the day of access, which is not known.

    ``style`` is ``GB/T 7714—2025``, ``APA 7``, ``Chicago 18, note``, ``Chicago 18, bibliography``,
    ``Chicago 18, author–date`` or ``MLA 9``; for programs ``BibTeX``, ``RIS`` or ``CSL-JSON``, which are
    plain.  ``in_text`` is there in APA, author–date and MLA.
    """

    of: str
    style: str
    entry: str
    in_text: str = ""
    latin: bool = False
    plain: bool = False
    lacks_day: bool = False
    marked: str = ""
    marked_in_text: str = ""

    @property
    def fills_day(self) -> bool:
        """Whether a script fills in the day of access: the entry has ``{date}`` (:data:`DAY`)."""
        return DAY in self.entry

    @property
    def runs(self) -> list[tuple[str, str]]:
        """The entry as runs (words, kind), in order: the kind is ``i`` for words in italics, ``day`` for the
        day of access that a script fills in (its words are ``""``), else ``""``.

        The words of all runs are the entry, except the day and the brackets around it.
        """
        if self.latin:
            return runs(self.marked)
        before, found, after = self.entry.partition(_DAY)
        pieces = ((before, ""), ("", "day"), (after, "")) if found else ((before, ""),)
        return [(Localized(words, language=self.language), kind) for words, kind in pieces if words or kind]

    @property
    def runs_in_text(self) -> list[tuple[str, str]]:
        """The citation in the text as runs (words, kind): the kind is ``i`` for words in italics, else
        ``""``; ``[]`` in a style that has none.
        """
        return runs(self.marked_in_text)

    @property
    def form(self) -> str:
        """The entry with ``<i>`` and ``</i>`` around words in italics, for a script; nothing is escaped.  An
        entry of GB/T 7714 or of a format for programs is as it is.
        """
        return with_tags(self.marked) if self.latin else self.entry

    @property
    def form_in_text(self) -> str:
        """The citation in the text with ``<i>`` and ``</i>`` around words in italics; ``""`` in a style that
        has none.
        """
        return with_tags(self.marked_in_text)

    @property
    def name(self) -> Wording:
        """The name of the style, for readers: a message for the styles of Chicago, else ``style``."""
        return _NAMES.get(self.style, self.style)

    @property
    def family(self) -> str:
        """The style without its system: ``Chicago 18`` for ``Chicago 18, note``."""
        return self.style.partition(",")[0]

    @property
    def family_name(self) -> Wording:
        """The name of :attr:`family`, for readers: a message for ``Chicago 18``, else ``family``."""
        return _NAMES.get(self.family, self.family)

    @property
    def language(self) -> str:
        """The language of the words of the style: ``en`` for a style in English, for GB/T 7714 that of the
        entry; ``""`` for a format.
        """
        return "en" if self.latin else self.entry.language if isinstance(self.entry, Localized) else ""

    @property
    def placed(self) -> str:
        """The citation that names a place in the work: that in the text if there is one, else the entry;
        ``""`` for the bibliography of Chicago and for BibTeX, RIS and CSL-JSON, which name none.
        """
        if self.in_text:
            return self.in_text
        return "" if self.plain or self.style == "Chicago 18, bibliography" else self.entry
