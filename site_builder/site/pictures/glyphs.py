"""The shape of each relation in pictures."""

from __future__ import annotations

from site_builder.model import Project
from site_builder.model.codebook import GLYPHS


def glyphs(project: Project) -> dict[str, str]:
    """Relation id → its shape: that of the codebook, or the first one that no other relation has.

    The shapes are ``square``, ``dot``, ``ring``, ``cross``, ``up``, ``down``, ``diamond``, ``struck``,
    ``wedge``, ``plus``, ``bar`` and ``half``, in this order.  With more relations than shapes, the rest are
    diamonds.  ``{}`` without relations.
    """
    relations = project.grid.relations
    taken = {relation.glyph for relation in relations}
    free = (shape for shape in GLYPHS if shape not in taken)
    return {relation.id: relation.glyph or next(free, "diamond") for relation in relations}
