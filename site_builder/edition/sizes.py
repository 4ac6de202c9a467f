"""The sizes past which a page or a file is split or shortened, each with its reason.

A project below a size gets the same bytes as without it.  Tests lower the sizes, so that a small project is
split.  ``docs/large.md`` says what readers see.
"""

from __future__ import annotations

from site_builder.records import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Sizes:
    """The sizes of one edition.  Each is the largest number that is still shown in one place."""

    named_works: int = 8
    """Works that every page names, in the menu of texts, its foot and its metadata, and that the home page
    shows with their pictures.  A menu with more is longer than a screen."""
    book_passages: int = 400
    """Passages of several works in one book and in ``edition.html``, which has 20 kB for each: a browser
    opens 8 MB in one or two seconds.  More works than ``named_works`` are not in one book either."""
    script_passages: int = 1000
    """Passages in one file of data for scripts: a page of search has 20 kB of memory for each."""
    part_passages: int = 200
    """Passages in a part of the data for the search: 0.25 MB, which a browser reads and searches in 30 ms."""
    annotations: int = 2000
    """Web annotations in one file: 2.5 kB for each, so that a program reads 5 MB at once."""
    sitemap: int = 50_000
    """Addresses in one sitemap: the limit of the sitemaps protocol."""
    listed_files: int = 24
    """Files of one format on the page of downloads: some formats have a file for each work."""
    home_passages: int = 100
    """Passages of all works whose outlines and scores the home page shows: 2 to 3 kB for each passage,
    so that the page stays below 300 kB."""
    listed_works: int = 100
    """Works on one page of the list of works, and on the home page: a screen for each ten of them."""
    listed_passages: int = 200
    """Passages on one page of the list of a code, with their evidence: 350 to 700 bytes for each, so that a
    page has about 100 kB."""
    numbered: int = 100
    """Numbers of passages in one place: ten lines."""
    shared_own: int = 100
    """Passages of its own work that a passage lists because they share codes: more than a reader follows, and
    15 kB of its page."""
    shared_others: int = 20
    """Passages of other works that it lists: each further work would make all its pages longer."""


SIZES = Sizes()
"""The sizes of all editions."""
