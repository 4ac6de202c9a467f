"""How templates print values: escaped once, in the language of the view."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import Checked
from jinja2 import UndefinedError
from markupsafe import Markup

from site_builder.edition.locale import locales
from site_builder.language.message import Wording, msg, nmsg
from site_builder.model import Localized
from site_builder.site.presenter import Presenter
from site_builder.site.render import Renderer
from site_builder.site.views import View


def rendered(tiny: Checked, folder: Path, template: str, view: int = 0, **values: object) -> str:
    """A template of its own with these values, in one of the views of the project."""
    folder.joinpath("own.html").write_text(template, encoding="utf-8")
    locale = locales(tiny.project)[view]
    page = View(template="own.html", address="own.html", title="", description="")
    edition = tiny.edition()
    assert edition is not None
    return Renderer(Presenter(edition), folder, locale).render(page, **values).text


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ('a < b & "c"', "a &lt; b &amp; &#34;c&#34;"),
        (Markup("<b>a</b>"), "<b>a</b>"),
        (Localized("a & b"), "a &amp; b"),
        (3, "3"),
        (msg("%(a)s & %(b)s: %(c)s", a="<", b=Markup("<i>"), c=2), "&lt; &amp; <i>: 2"),
        (nmsg("%(count)s <work>", "%(count)s <works>", 2), "2 &lt;works&gt;"),
    ],
)
def test_a_value_is_escaped_once_and_markup_stays(
    tiny: Checked, tmp_path: Path, value: Wording | int, shown: str
) -> None:
    assert rendered(tiny, tmp_path, "{{ value }}|{{ value }}", value=value) == f"{shown}|{shown}"


def test_messages_of_templates_escape_their_values_and_not_themselves(tiny: Checked, tmp_path: Path) -> None:
    template = "{% trans one=one, two=two %}<p>{{ one }}, {{ two }}</p>{% endtrans %}"
    assert rendered(tiny, tmp_path, template, one="<", two=Markup("<b>")) == "<p>&lt;, <b></p>"


def test_macros_get_their_arguments_in_every_form(tiny: Checked, tmp_path: Path) -> None:
    template = (
        "{% macro m(a, b='-') %}({{ a }}{{ b }}){% endmacro %}"
        "{% macro n(a) %}[{{ a }}{{ caller() }}]{% endmacro %}"
        "{% for x in xs %}{{ m(x) }}{{ m(a=x, b='&') }}{{ m(*[x, 2]) }}{{ m(**{'a': x}) }}"
        "{% call n(x) %}{{ x }}{% endcall %}{% endfor %}"
    )
    assert rendered(tiny, tmp_path, template, xs=["<"]) == "(&lt;-)(&lt;&amp;)(&lt;2)(&lt;-)[&lt;&lt;]"


def test_a_value_that_is_missing_is_an_error(tiny: Checked, tmp_path: Path) -> None:
    with pytest.raises(UndefinedError, match="missing"):
        rendered(tiny, tmp_path, "{{ missing }}")


def test_a_constant_of_a_template_is_in_the_language_of_each_view(tiny: Checked, tmp_path: Path) -> None:
    """A template is compiled once for all views."""
    template = "{{ _('Search') }}|{{ '為' }}"
    shown = [rendered(tiny, tmp_path, template, view) for view, _ in enumerate(locales(tiny.project))]
    assert len(set(shown)) == len(shown) > 1
