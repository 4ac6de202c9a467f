"""YAML with places: the only package that uses PyYAML."""

from site_builder.source.yamlio.nodes import Mapping, Node, Scalar, Sequence
from site_builder.source.yamlio.parse import parse

__all__ = ["Mapping", "Node", "Scalar", "Sequence", "parse"]
