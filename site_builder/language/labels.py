"""Words that texts themselves use as labels, in several languages.  They are compared, never shown."""

from __future__ import annotations

LABELS_OF_ABSTRACTS = frozenset(
    (
        "摘要",
        "提要",
        "內容提要",
        "內容摘要",
        "内容提要",
        "内容摘要",
        "abstract",
        "summary",
        "zusammenfassung",
        "résumé",
    )
)
"""Labels of the passage that is the abstract of a text, in lower case."""
