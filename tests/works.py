"""Projects of several works, made from the tiny project."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from site_builder.edition.sizes import Sizes

SMALL = Sizes(
    named_works=2,
    listed_works=2,
    book_passages=8,
    script_passages=8,
    part_passages=3,
    annotations=10,
    sitemap=50,
    listed_files=2,
    home_passages=8,
    listed_passages=3,
    numbered=2,
    shared_own=1,
    shared_others=1,
)
"""Sizes that split a project of three works."""
OWN = "canal"
"""The work of the tiny project."""
TITLES = {"dike": "堤", "weir": "堰"}
"""Works to add, and their short titles."""
_CITED = re.compile(r"(?<=@)(?=[a-z][a-z0-9-]*[\] ;])")
_QUOTED = re.compile(r"(passage: \w+)\b(?!, work:)")


def add_works(folder: Path, names: tuple[str, ...]) -> None:
    """Add copies of the work of a project, and name the work in each citation, and in the quotations of
    cells and edges.
    """
    if not names:
        return
    for name in names:
        shutil.copytree(folder / "corpus" / OWN, folder / "corpus" / name)
        tags = folder / "annotations" / OWN / "tags/editors"
        shutil.copytree(tags, folder / "annotations" / name / "tags/editors")
        record = folder / "corpus" / name / "work.yaml"
        text = record.read_text(encoding="utf-8")
        assert "\nshort: " in text
        title = TITLES.get(name, name)
        text = re.sub(r"(?m)^short: .*$", f"short: {title}", text)
        record.write_text(re.sub(r"(?m)^title: .*$", f"title: {title}記", text), encoding="utf-8")
    annotations = folder / "annotations"
    prose = [path for kind in ("pages", "codebook") for path in (annotations / kind).rglob("*.*")]
    for path in [*prose, *annotations.glob("edges.yaml")]:
        text = path.read_text(encoding="utf-8")
        text = _QUOTED.sub(rf"\1, work: {OWN}", _CITED.sub(f"{OWN}:", text))
        path.write_text(text, encoding="utf-8")
    site = folder / "annotations/project.yaml"
    listed = f"works: [{', '.join((OWN, *names))}]\n"
    site.write_text(site.read_text(encoding="utf-8") + listed, encoding="utf-8")
