"""The map of the house.

::

    corpus/ ──────┐                                                              ┌─> check
    annotations/ ─┴> load ─> read ─> model ─> links ─> check ─> pages ─> render ─┼─> write · serve
          └────< settle <─ intake <── files of other programs     export ────────┘

=============  ====================================================================================
cli            the commands and their exit codes; arguments: their grammar
load           folder → source files (path, text)
layout         which names are sources; disknames: names that every disk holds
idents         names of works and coders, and ids that become addresses; webaddress: http(s)://host/path
yamlio         YAML → nodes with places; the only room that knows PyYAML
lookalikes     marks that look like those of YAML and are none
shape, shapes  how a mapping is read; the tables of fields of every file
prose          Markdown → blocks, sentences, HTML; the only room that knows markdown-it
read           source files → records and problems
model          the records, frozen, each with its place
links          the one inversion: ids resolved, evidence placed, backlinks
quotes         the verdict on a quotation: exact, moved, changed, ambiguous, lost
anchors        a ledger of ids as values; records: how it is brought up to date; ledger: the command
addresses      what has an address outside of the texts; sentences, binding: which sentence has which id
assign         ids for blocks of the editors' pages that have none
witness        undoing the emendations
check/         the rules, one function a code; codes: their manual
agreement      κ between coders
reviews        answers to reviews (annotations/reviews.yaml), applied to the problems of a run
characters     classes of characters by code point, and what a line break between words means
script         Traditional → Simplified, the search key; the only room that knows opencc
kept           the names and words that conversion keeps
citation       how to cite; bibliography: the styles of journals; references: for reference managers
migrate        an older project brought to the present format; migrations/: the steps, one module each
names          names that last: IRIs and UUIDs of what leaves the site
urls           record → address and anchor
pages/         model and links → page views; every decision of display
style          style sheets; colours of cells and the filter from the codebook
render         page view → text; the only room that knows Jinja
export/        one room a format: model → bytes; catalogue: all of them, told once; data for scripts
intake/        the way back: files of other programs → marks of a coder → tags, with their verdicts
build          the conductor; press: pages, formats, and what tells of them, in both scripts
report         problems as text, JSON, commands of GitHub
write, serve   the edges: files onto disk, pages to a browser
responses      conditions and ranges of HTTP, and which host names are answered
claim          the lock of an output folder, and its work folder; exchange: two folders change places
guard          where a command may write: not over sources, not over files of others
streams        standard input, output and error, closed or full
leftovers      what version 1.0 left beside a site
interrupts     SIGINT, SIGTERM and SIGHUP end a command in one way
taking         the edge of the way back: a foreign file into a project
=============  ====================================================================================

A room takes a value and returns a value; only cli, load, ledger, taking, write and serve touch the world.
Problems are values that travel beside the data and are never raised across rooms.
"""

VERSION = "1.0.0"
