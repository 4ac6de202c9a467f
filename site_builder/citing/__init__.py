"""How works are cited: references, styles, people, and records for other programs."""
