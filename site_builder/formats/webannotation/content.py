"""The bodies of one annotation that is written."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Record = dict[str, Any]


@dataclass(kw_only=True, slots=True)
class Content:
    """The bodies of an annotation, in order."""

    bodies: list[Record] = field(default_factory=list)

    def page(self, iri: str, purpose: str = "classifying") -> Content:
        """Add the page that defines a code; an address that is there already is added again.
        Returns itself.

        The body is ``{"type": "SpecificResource", "purpose": PURPOSE, "source": IRI}``; an empty ``iri`` is
        added too.
        """
        self.bodies.append({"type": "SpecificResource", "purpose": purpose, "source": iri})
        return self

    def text(self, purpose: str, value: str, language: str = "") -> Content:
        """Add a text, if it is not empty, as ``{"type": "TextualBody", "purpose": PURPOSE, "value": VALUE,
        "format": "text/plain", "language": LANGUAGE}``.  Returns itself.

        :param language: a tag (BCP 47); ``""`` (as for a tag) adds no language.
        """
        if value:
            content = {"type": "TextualBody", "purpose": purpose, "value": value, "format": "text/plain"}
            self.bodies.append(content | ({"language": language} if language else {}))
        return self

    @property
    def motivation(self) -> str | list[str]:
        """The purposes of the bodies, each once, in their order; a text if there is only one.

        :raises IndexError: without bodies.
        """
        found = list(dict.fromkeys(body["purpose"] for body in self.bodies))
        return found if len(found) > 1 else found[0]
