"""Draws the pictures of an edition in one view, for pages, books and files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

from markupsafe import Markup, escape

from site_builder.edition.edition import Edition
from site_builder.edition.locale import Locale
from site_builder.edition.palette import Paint
from site_builder.language.message import Message, Wording, listed, msg
from site_builder.model import Localized
from site_builder.site.pictures import widths
from site_builder.site.pictures.alone import SAMPLE, alone, sample
from site_builder.site.pictures.drawing import Box, Drawing, Pen
from site_builder.site.pictures.picture import Form, KeyItem, Picture
from site_builder.site.pictures.svg import Names, Page, written
from site_builder.site.printing import Printer

_MARGIN = 16
"""The margin of a drawing with colours of its own, in pixels."""


_KEPT = 256
"""Layouts that are kept: all of a small project, and of a large one those of the last pages."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Layout:
    """A drawing, and the names of those of its marks that were written."""

    drawing: Drawing
    names: Names = field(default_factory=dict)


class Layouts:
    """The drawings of the last forms of pictures in one view of the site, where all media have the same."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[Form, Layout]] = {}
        """The identity of a form → the form, which keeps it from being that of another one; its layout."""

    def of(self, form: Form, pen: Pen) -> Layout:
        """The drawing of a form; the same object again as long as it is kept.

        256 forms are kept; for one more, the one that was drawn first is forgotten.  A form is known by its
        identity: an equal one is drawn again.

        :param pen: has the words of the view.
        """
        found = self._known.get(id(form))
        if found is None:
            if len(self._known) >= _KEPT:
                del self._known[next(iter(self._known))]
            found = self._known[id(form)] = form, Layout(drawing=form.layout(pen))
        return found[1]


@dataclass(frozen=True, kw_only=True)
class Drawer:
    """Draws pictures with the words of one view.  It is a :class:`.drawing.Pen`.

    :param styled: whether the style sheets of pages colour the drawings.
    :param layouts: those of the view, which are the same in all media.
    """

    edition: Edition
    locale: Locale
    printer: Printer
    styled: bool
    layouts: Layouts

    @property
    def rtl(self) -> bool:
        """Whether the page runs from right to left."""
        return self.printer.direction == "rtl"

    def text(self, words: Wording) -> str:
        """Words as the page shows them, in its language and script, without markup and not escaped."""
        return str(self.locale.say(words))

    def width(self, words: Wording, size: float = 13, *, bold: bool = False) -> float:
        """An estimate of the width of words as the page shows them, in pixels, rather too wide than too
        narrow.

        The translation for the view is measured, as :func:`.widths.width` does: by the kind of each character
        (``W`` is wider than ``i``).  ``""`` gives 0.
        """
        return widths.width(self.text(words), size, bold=bold)

    def foreign(self, words: Wording) -> bool:
        """Whether the page shows words in another language than its own."""
        return bool(self.locale.foreign(words))

    def cut(self, words: Wording, width: float, size: float = 13, *, bold: bool = False) -> Wording:
        """The words as they are, or the beginning of what the page shows, with an ellipsis, where that is
        wider than ``width``; the ellipsis alone where nothing fits.

        As for :func:`.widths.cut`, a mark that closes a quotation at the end stays (``“one…”``), and a
        divided word is left out unless this would leave out more than half.
        """
        whole = self.text(words)
        short = widths.cut(whole, width, size, bold=bold)
        return words if short == whole else self._part(short, words)

    def lines(self, words: Wording, width: float, size: float = 13, most: int = 2) -> tuple[Wording, ...]:
        """The words as the page shows them on at most ``most`` lines that are no wider than ``width``; the
        last one may be cut.  ``()`` for empty words.

        Lines end at spaces, or behind characters of East Asian width; a longer word is divided.
        """
        found = widths.lines(self.text(words), width, size, most)
        return tuple(self._part(line, words) for line in found)

    def _part(self, part: str, words: Wording) -> Localized:
        """A part of words as the page shows them, in their language."""
        of_page = self.locale.page_language
        return Localized(
            part, language=of_page if isinstance(words, Message) else self.locale.show(words).language
        )

    def drawn(self, picture: Picture, form: Form, href: Callable[[str], str]) -> Markup:
        """A picture in one of its forms, as an ``svg`` element.  In a medium without style sheets it has its
        colours and a margin of 16 pixels.

        :param href: an address of the site → the attribute of a link from the page, or ``""`` for no link.
        """
        layout = self.layouts.of(form, self)
        page = self._page(href, layout.names, styled=self.styled)
        shows = picture.sentence_of(form)
        return self._written(layout.drawing, picture, shows, page, margin=0 if self.styled else _MARGIN)

    def sample(self, item: KeyItem) -> Markup:
        """A small drawing (``svg``, 14 pixels) for an item of a key; it says nothing to a screen reader, as
        the item has words.
        """
        # a book has no style sheet of the page, and its reader may choose a dark ground
        ground = () if self.styled else (Box(x=0, y=0, width=SAMPLE, height=SAMPLE, tone="page"),)
        drawing = Drawing(width=SAMPLE, height=SAMPLE, elements=(*ground, sample(item)))
        page = self._page(lambda _: "", {}, styled=self.styled)
        shown = written(drawing, page, title="", description="")
        inner = shown[shown.index("</desc>") + len("</desc>") : -len("</svg>")]
        space = "" if self.styled else ' xmlns="http://www.w3.org/2000/svg"'
        side = int(SAMPLE)
        return Markup(
            f'<svg{space} class="sample" viewBox="0 0 {side} {side}" width="{side}" height="{side}"'
            f' aria-hidden="true">{inner}</svg>'
        )

    def file(self, picture: Picture, href: Callable[[str], str]) -> bytes:
        """A picture as a file of its own, with its source and its licence in it (SVG 1.1, Dublin Core).

        It is in the first form, with the words of the view, in UTF-8, with an XML declaration, a margin of 16
        pixels and a line end at its end.

        :param href: an address of the site → the attribute of a link, or nothing if the file has none.
        """
        layout = self.layouts.of(picture.forms[0], self)
        drawing = alone(picture, layout.drawing, self._source(), self)
        page = self._page(href, layout.names, styled=False)
        lang = f' xml:lang="{escape(self.locale.page_language)}"'
        shown = self._written(
            drawing,
            picture,
            picture.sentence,
            page,
            head=self._metadata(picture),
            attributes=lang,
            margin=_MARGIN,
        )
        return f'<?xml version="1.0" encoding="UTF-8"?>\n{shown}\n'.encode()

    def _source(self) -> tuple[Wording, ...]:
        """The lines below a picture in a file of its own: what it is from, who coded, and its licences."""
        project = self.edition.project
        site = project.site
        titled = msg("%(title)s, version %(version)s", title=site.title, version=site.version)
        named = msg("%(source)s. %(publisher)s", source=titled, publisher=site.publisher)
        machines = [one.name for one in project.coders if one.kind == "machine"]
        coded = (
            msg("Coded by machine, not by persons: %(coders)s", coders=listed(machines)) if machines else ""
        )
        licences = [one.name for one in site.licences]
        licensed = msg("Licence: %(licences)s", licences=listed(licences)) if licences else ""
        lines = (named if site.publisher else titled, site.address, coded, licensed)
        return tuple(line for line in lines if line)

    def _written(
        self,
        drawing: Drawing,
        picture: Picture,
        shows: Wording,
        page: Page,
        *,
        head: str = "",
        attributes: str = "",
        margin: float = 0,
    ) -> Markup:
        notes = map(self.text, (*picture.limits, picture.how))
        described = " ".join(filter(None, (self.locale.say(shows), *notes)))
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

    def _page(self, href: Callable[[str], str], names: Names, *, styled: bool) -> Page:
        return Page(
            paints=self._paints,
            plain=lambda words: str(self.printer.plain(words)),
            names=names,
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
