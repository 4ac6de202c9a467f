"""Citations of works: references, citation styles, names of persons, and records for other programs."""
