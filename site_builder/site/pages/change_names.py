"""The names of what changed: the ways of a change, the parts of an edition, kinds of items, fields."""

from __future__ import annotations

from collections.abc import Mapping

from site_builder.language.message import Wording, msg, pmsg

HOW = {
    "added": pmsg("a change between editions", "Added"),
    "removed": pmsg("a change between editions", "Removed"),
    "changed": pmsg("a change between editions", "Changed"),
}
"""Way of a change → its name."""
PARTS = {
    "text": msg("Text"),
    "apparatus": msg("Apparatus"),
    "record": pmsg("a part of an edition", "Bibliographic record"),
    "prose": pmsg("a part of an edition", "Pages of the editors"),
    "tags": pmsg("a part of an edition", "Tags"),
    "codebook": pmsg("a part of an edition", "Codebook"),
    "notes": pmsg("a part of an edition", "Notes"),
    "edges": pmsg("a part of an edition", "Causes and remedies"),
    "coders": pmsg("a part of an edition", "Coders"),
    "project": pmsg("a part of an edition", "The edition itself"),
}
"""Part of an edition → its name."""
KINDS = {
    "heading": pmsg("what changed", "Heading"),
    "paragraph": pmsg("what changed", "Paragraph"),
    "page": pmsg("what changed", "Title of the page"),
    "rule": pmsg("what changed", "General rule"),
    "emendation": pmsg("what changed", "Reading"),
    "tagging": pmsg("what changed", "Function, gist and note"),
    "grid": pmsg("what changed", "Grid"),
    "pole": pmsg("what changed", "Pole"),
    "dimension": pmsg("what changed", "Dimension"),
    "cell": pmsg("what changed", "Cell"),
    "relation": pmsg("what changed", "Relation"),
    "function": pmsg("what changed", "Function"),
    "facet": pmsg("what changed", "Facet"),
    "entry": pmsg("what changed", "Entry"),
    "trait": pmsg("what changed", "Trait"),
    "alternative": pmsg("what changed", "Alternative reading"),
    "note": pmsg("what changed", "Note"),
    "edge": pmsg("what changed", "Cause or remedy"),
    "coder": pmsg("what changed", "Coder"),
}
"""Kind of an item → its name; a kind without one is clear from the name of the item."""
FIELDS: Mapping[str, Wording] = {
    "words": "",
    "name": pmsg("a field of something that changed", "Name"),
    "publisher_is_name": pmsg("a field of something that changed", "Citations name the publisher"),
    "short": pmsg("a field of something that changed", "Short name"),
    "definition": pmsg("a field of something that changed", "Definition"),
    "sign": pmsg("a field of something that changed", "Sign"),
    "gist": pmsg("a field of something that changed", "Gist"),
    "function": pmsg("a field of something that changed", "Function"),
    "note": pmsg("a field of something that changed", "Note"),
    "evidence": pmsg("a field of something that changed", "Evidence"),
    "reported": pmsg("a field of something that changed", "Evidence that the author reports"),
    "quoted": pmsg("a field of something that changed", "Evidence that the author quotes"),
    "traits": pmsg("a field of something that changed", "Traits"),
    "instead": pmsg("a field of something that changed", "Instead of"),
    "code": pmsg("a field of something that changed", "Code"),
    "lemma": pmsg("a field of something that changed", "Words"),
    "body": "",
    "from": pmsg("a field of something that changed", "From"),
    "to": pmsg("a field of something that changed", "To"),
    "status": pmsg("a field of something that changed", "Status"),
    "sources": pmsg("a field of something that changed", "Sources"),
    "settles": pmsg("a field of something that changed", "What would settle it"),
    "saw": pmsg("a field of something that changed", "What the coder had"),
    "passage": pmsg("a field of something that changed", "Passage"),
    "cites": pmsg("a field of something that changed", "Citations"),
    "also": pmsg("a field of something that changed", "Other names"),
    "label": pmsg("a field of something that changed", "Label"),
    "kind": pmsg("a field of something that changed", "Kind"),
    "certainty": pmsg("a field of something that changed", "Certainty"),
    "witness": pmsg("a field of something that changed", "Witness"),
    "edited": pmsg("a field of something that changed", "Edition"),
    "reason": pmsg("a field of something that changed", "Reason"),
    "authors": pmsg("a field of something that changed", "Authors"),
    "title_latin": pmsg("a field of something that changed", "Title in Latin letters"),
    "title_gloss": pmsg("a field of something that changed", "Title in translation"),
    "container_latin": pmsg("a field of something that changed", "Journal in Latin letters"),
    "copies": pmsg("a field of something that changed", "Copies"),
    "facts": pmsg("a field of something that changed", "Bibliographic facts"),
    "rights": pmsg("a field of something that changed", "Rights"),
    "headings": pmsg("a field of something that changed", "Headings"),
    "fields": pmsg("a field of something that changed", "Fields"),
    "licences": pmsg("a field of something that changed", "Licences"),
    "views": pmsg("a field of something that changed", "Languages and scripts"),
    "grid_caption": pmsg("a field of something that changed", "Caption of the grid"),
}
"""Field → its name, in the order of the page; empty for the words of a paragraph or of a note."""
