"""Web Annotation: written as an annotation collection; files of other programs are read."""
