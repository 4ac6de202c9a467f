"""Checks an annotated text edition and renders it as a static site.

::

    corpus/ ──────┐                                                   ┌─> site
    annotations/ ─┴> edges.load ─> source ─> edition ─> check ─> pipeline ─┼─> formats ─> edges.write
                                                                      └─> edges.serve
    files of other programs ─> formats.*.read ─> importing.resolve ─> annotations/WORK/tags/

The folders, from the highest to the lowest.  A module imports from its own folder and from lower ones;
``tests/tool/test_architecture.py`` checks this.

===========  ======================================================================================
cli          the commands and their arguments; reports of problems
edges        files, the network, signals and standard streams: load, write, serve
pipeline     texts → checked project → files of the site
formats      one folder or module for each format: writes it, and reads files of other programs
site         page views, rendering, style sheets, and data for the scripts of pages
importing    tags of other programs: untrusted input, its problems, their resolution
migrations   updates of older projects, one module for each step
check        the rules, one function for each code; their manual; answers to reviews
source       YAML and Markdown → records, each with its place
citing       references, citation styles, names of persons
edition      the index of a project, addresses, identifiers, ledgers, quotations, agreement
model        the records: frozen dataclasses, each with its place in a file
language     rules of a language or a script; messages and catalogues
records      the decorator of records: frozen dataclasses that are quick to define and to make
===========  ======================================================================================

A function takes a value and returns a value.  Problems are values that travel beside the data; they are
never raised from one module to another.
"""

VERSION = "1.0.0"
