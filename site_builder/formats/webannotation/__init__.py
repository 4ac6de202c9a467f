"""Web Annotation: writes an annotation collection, and reads files of other programs."""
