"""Pictures of the data, as SVG that is made when the site is built.

A module of this package makes each picture in two steps.  First it collects the data of the picture from the
edition: a :class:`.picture.Picture` with its title, what it shows, how to read it, and a table with the same
content.  Then, as a page is rendered, it places the marks (``Picture.layout``): only then are the words
known in the language of the page, and so their widths.  :mod:`.svg` writes the marks.

A picture is on pages, in books, and in a file of its own (``pictures/score.svg``).
"""
