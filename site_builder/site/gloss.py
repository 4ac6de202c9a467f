"""Glosses: the name of a thing in other languages than that of the page, beside its name."""

from __future__ import annotations

from site_builder.language import tags
from site_builder.model.text import InLanguage, Localized


def glosses(name: Localized, view: str, own: str) -> tuple[InLanguage, ...]:
    """What a page shows beside a name.

    In a view in the language of the name, in any script, these are the translations in their order, without
    empty ones, so that a reader can look a term up in another language.  In a view in another language the
    page shows a translation of the name; then the gloss is the name in its own language, so that a reader can
    find it in the text.  A name without a translation into the language of the view has no gloss there
    (``()``).

    :param view: the language of the view (BCP 47).
    :param own: the language of the editors' prose (BCP 47).  A name is in it unless it states another.

    >>> name = Localized("深度", translations={"en": "Depth"})
    >>> [(one.text, one.language) for one in glosses(name, "zh-Hans", "zh-Hant")]
    [('Depth', 'en')]
    >>> [(one.text, one.language) for one in glosses(name, "en", "zh-Hant")]
    [('深度', 'zh-Hant')]
    """
    language = name.language or own
    if tags.same_language(view, language):
        return tuple(InLanguage(words, tag) for tag, words in name.translations.items() if words)
    return (InLanguage(str(name), language),) if name.of(view) else ()
