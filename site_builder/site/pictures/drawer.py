"""Draws the pictures of an edition in one view, for pages, books and files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from markupsafe import Markup, escape

from site_builder.edition.edition import Edition
from site_builder.edition.locale import Locale
from site_builder.edition.palette import Paint
from site_builder.language.message import Message, Wording, msg
from site_builder.model import Localized
from site_builder.site.pictures import widths
from site_builder.site.pictures.drawing import Box, Drawing, Element, Glyph, Hatch, Line
from site_builder.site.pictures.picture import KeyItem, Picture
from site_builder.site.pictures.svg import Page, written
from site_builder.site.printing import Printer

_SAMPLE = 14.0
_MARGIN = 16
"""The margin of a drawing with colours of its own, in pixels."""


@dataclass(frozen=True, kw_only=True)
class Drawer:
    """Draws pictures with the words of one view.  It is a :class:`.drawing.Pen`.

    :param styled: whether the style sheets of pages colour the drawings.
    """

    edition: Edition
    locale: Locale
    printer: Printer
    styled: bool

    @property
    def rtl(self) -> bool:
        """Whether the page runs from right to left."""
        return self.printer.direction == "rtl"

    def text(self, words: Wording) -> str:
        """Words as the page shows them, without markup."""
        return str(self.locale.say(words))

    def width(self, words: Wording, size: float = 13, *, bold: bool = False) -> float:
        """An estimate of the width of words, in pixels."""
        return widths.width(self.text(words), size, bold=bold)

    def cut(self, words: Wording, width: float, size: float = 13, *, bold: bool = False) -> Wording:
        """The words, or their beginning with an ellipsis where they are wider than ``width``."""
        whole = self.text(words)
        short = widths.cut(whole, width, size, bold=bold)
        return words if short == whole else self._part(short, words)

    def lines(self, words: Wording, width: float, size: float = 13, most: int = 2) -> tuple[Wording, ...]:
        """The words on at most ``most`` lines that are no wider than ``width``; the last one may be cut."""
        found = widths.lines(self.text(words), width, size, most)
        return tuple(self._part(line, words) for line in found)

    def _part(self, part: str, words: Wording) -> Localized:
        """A part of words as the page shows them, in their language."""
        of_page = self.locale.page_language
        return Localized(
            part, language=of_page if isinstance(words, Message) else self.locale.show(words).language
        )

    def drawn(self, picture: Picture, form: str, href: Callable[[str], str]) -> Markup:
        """A picture in one of its forms.

        :param href: an address of the site → the attribute of a link from the page.
        :raises StopIteration: if the picture has no such form.
        """
        found = next(one for one in picture.forms if one.name == form)
        page = self._page(href, styled=self.styled)
        return self._written(found.layout(self), picture, page, margin=0 if self.styled else _MARGIN)

    def sample(self, item: KeyItem) -> Markup:
        """A small drawing for an item of a key; it says nothing to a screen reader, as the item has words."""
        # a book has no style sheet of the page, and its reader may choose a dark ground
        ground = () if self.styled else (Box(x=0, y=0, width=_SAMPLE, height=_SAMPLE, tone="page"),)
        drawing = Drawing(width=_SAMPLE, height=_SAMPLE, elements=(*ground, _sample(item)))
        page = self._page(lambda _: "", styled=self.styled)
        shown = written(drawing, page, title="", description="")
        inner = shown[shown.index("</desc>") + len("</desc>") : -len("</svg>")]
        space = "" if self.styled else ' xmlns="http://www.w3.org/2000/svg"'
        side = int(_SAMPLE)
        return Markup(
            f'<svg{space} class="sample" viewBox="0 0 {side} {side}" width="{side}" height="{side}"'
            f' aria-hidden="true">{inner}</svg>'
        )

    def file(self, picture: Picture, href: Callable[[str], str]) -> bytes:
        """A picture as a file of its own, with its source and its licence in it (SVG 1.1, Dublin Core).

        :param href: an address of the site → the attribute of a link, or nothing if the file has none.
        """
        drawing = picture.forms[0].layout(self)
        page = self._page(href, styled=False)
        lang = f' xml:lang="{escape(self.locale.page_language)}"'
        shown = self._written(
            drawing, picture, page, head=self._metadata(picture), attributes=lang, margin=_MARGIN
        )
        return f'<?xml version="1.0" encoding="UTF-8"?>\n{shown}\n'.encode()

    def _written(
        self,
        drawing: Drawing,
        picture: Picture,
        page: Page,
        *,
        head: str = "",
        attributes: str = "",
        margin: float = 0,
    ) -> Markup:
        shows = self.locale.say(picture.sentence)
        described = " ".join(filter(None, (shows, self.text(picture.how))))
        return written(
            drawing,
            page,
            title=picture.title,
            description=described,
            head=head,
            attributes=attributes,
            margin=margin,
        )

    def _metadata(self, picture: Picture) -> str:
        """Title, source, version, date and licence, as Dublin Core."""
        site = self.edition.project.site
        works = self.edition.project.works if self.edition.has_few_works else ()
        rights = [*(one.name for one in site.licences), *(work.record.rights_short for work in works)]
        values: list[tuple[str, Wording]] = [
            ("title", picture.title),
            ("source", msg("%(title)s, version %(version)s", title=site.title, version=site.version)),
            ("publisher", site.publisher),
            ("date", site.date.isoformat()),
            *(("rights", one) for one in rights),
        ]
        lines = "".join(
            f"<dc:{name}>{escape(self.text(value))}</dc:{name}>" for name, value in values if value
        )
        return (
            '<metadata><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
            ' xmlns:dc="http://purl.org/dc/elements/1.1/">'
            f'<rdf:Description rdf:about="">{lines}</rdf:Description></rdf:RDF></metadata>'
        )

    @cached_property
    def _paints(self) -> dict[str, Paint]:
        return {self.edition.code_slug(code): paint for code, paint in self.edition.paints.items()}

    def _page(self, href: Callable[[str], str], *, styled: bool) -> Page:
        return Page(
            paints=self._paints,
            plain=self.printer.plain,
            lang=self._lang,
            href=href,
            styled=styled,
            rtl=self.rtl,
        )

    def _lang(self, words: Wording) -> str:
        """The attributes of the language of words; a number has none."""
        if isinstance(words, str) and any(map(str.isalpha, words)):
            return self.printer.lang_of(words)
        return ""


def _sample(item: KeyItem) -> Element:
    middle = _SAMPLE / 2
    if item.shape == "hatch":
        return Hatch(x=0.5, y=1.5, width=_SAMPLE - 1, height=_SAMPLE - 3)
    if item.shape in ("line", "dashed"):
        return Line(
            x1=0, y1=middle, x2=_SAMPLE, y2=middle, tone="ink", width=1.5, dashed=item.shape == "dashed"
        )
    if item.shape == "box":
        return Box(x=1, y=1, width=_SAMPLE - 2, height=_SAMPLE - 2, code=item.code)
    return Glyph(shape=item.shape, x=middle, y=middle, size=_SAMPLE - 2, code=item.code)
