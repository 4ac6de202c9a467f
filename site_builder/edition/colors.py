"""Colours as numbers: contrast by WCAG 2.2, and OKLCH with sRGB.

OKLCH is that of Björn Ottosson, "A perceptual color space for image processing" (2020), as in CSS Color
Module Level 4: lightness 0 to 1, chroma from 0, hue in degrees.  A colour of sRGB is written ``#RRGGBB``.
"""

from __future__ import annotations

import math
import re
from functools import cache

from site_builder.model.values.forms import COLOR

PAGES = ("#FBFAF7", "#15171B")
"""The light and the dark page (``--page`` in ``page.css``)."""
INKS = ("#1D1B18", "#E8E6E1")
"""The text on a light and on a dark page (``--ink`` in ``page.css``)."""
WHITE = "#FFFFFF"
TEXT, MARK = 4.5, 3.0
"""The least contrast of text with its ground, and of a mark that has a meaning with what is around it
(WCAG 2.2, 1.4.3 and 1.4.11)."""
_FORM = re.compile(COLOR)


def luminance(color: str) -> float:
    """The relative luminance of ``#RRGGBB``, 0 to 1 (WCAG 2.2): 0.0 for ``#000000``, 1.0 for ``#FFFFFF``.

    Red has 0.2126, green 0.7152, blue 0.0722.  The case of the digits does not matter.

    :raises ValueError: for another form, such as ``#FFF``.
    """
    red, green, blue = _decoded(color)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _decoded(color: str) -> tuple[float, float, float]:
    """Linear-light red, green and blue, 0 to 1."""
    if not _FORM.fullmatch(color):
        raise ValueError(f"not a colour of the form #RRGGBB: {color!r}")
    red, green, blue = (int(color[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return _linear_part(red), _linear_part(green), _linear_part(blue)


def _linear_part(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours ``#RRGGBB``, 1 to 21 (WCAG 2.2), not rounded.

    The order of the two colours does not matter, and neither does the case of the digits; the same colour
    twice gives 1.0, black and white 21.0, ``#767676`` and white 4.54….

    :raises ValueError: for a shorter form, such as ``#FFF``, or another digit.
    """
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def on(color: str) -> str:
    """The colour of text on a ground ``#RRGGBB``: :data:`WHITE` (``#FFFFFF``) or the ink of a light page
    (``#1D1B18``), whichever has more contrast; the ink if both have the same.

    >>> on("#9cc6e6"), on("#1F5F8B")
    ('#1D1B18', '#FFFFFF')

    :raises ValueError: for another form, such as ``#FFF`` or ``FFFFFF``.
    """
    return WHITE if contrast(color, WHITE) > contrast(color, INKS[0]) else INKS[0]


def hue(color: str) -> float:
    """The hue of ``#RRGGBB`` in OKLCH, from 0 to 360 degrees; that of a grey is of no use.

    >>> [round(hue(color)) for color in ("#FF0000", "#FFFF00", "#00FF00", "#0000FF")]
    [29, 110, 142, 264]

    :raises ValueError: for another form, such as ``#FFF``.
    """
    red, green, blue = _decoded(color)
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    medium = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    a = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    return math.degrees(math.atan2(b, a)) % 360


@cache
def with_contrast(hue: float, chroma: float, other: str, wanted: float) -> str:
    """The colour ``#RRGGBB`` of a hue that has a contrast with another colour, as nearly as 24 bits allow.

    It is darker than a light ``other`` and lighter than a dark one.  The digits are capital letters.  The
    chroma is reduced where sRGB has no such colour.  If no colour has so much contrast, it is black or white.

    >>> [with_contrast(0.0, 0.0, "#FFFFFF", wanted) for wanted in (1.0, 4.5, 21.0, 30.0)]
    ['#FFFFFF', '#767676', '#000000', '#000000']

    :param hue: degrees.
    :param chroma: the chroma that is tried first; 0.1 is moderate.
    :param wanted: the contrast ratio, from 1.
    :raises ValueError: if ``other`` has another form than ``#RRGGBB``.
    """
    low, high = 0.0, 1.0
    lighter = luminance(other) < 0.18
    for _ in range(24):
        middle = (low + high) / 2
        enough = contrast(_in_gamut(middle, chroma, hue), other) >= wanted
        if enough is lighter:
            high = middle
        else:
            low = middle
    return _in_gamut(high if lighter else low, chroma, hue)


def _in_gamut(lightness: float, chroma: float, hue: float) -> str:
    """The colour with this lightness and hue, and with the largest chroma up to ``chroma`` that sRGB has."""
    low = chroma if _is_in_gamut(lightness, chroma, hue) else 0.0
    high = chroma
    for _ in range(16):
        middle = (low + high) / 2
        low, high = (middle, high) if _is_in_gamut(lightness, middle, hue) else (low, middle)
    parts = (min(max(part, 0.0), 1.0) for part in _linear(lightness, low, hue))
    coded = (12.92 * p if p <= 0.0031308 else 1.055 * p ** (1 / 2.4) - 0.055 for p in parts)
    return "#" + "".join(f"{round(255 * part):02X}" for part in coded)


def _is_in_gamut(lightness: float, chroma: float, hue: float) -> bool:
    return all(-1e-6 <= part <= 1 + 1e-6 for part in _linear(lightness, chroma, hue))


def _linear(lightness: float, chroma: float, hue: float) -> tuple[float, float, float]:
    """Linear-light sRGB of a colour in OKLCH; the parts may be outside of 0 to 1."""
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )
