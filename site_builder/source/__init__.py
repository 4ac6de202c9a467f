"""Source texts → records: YAML with places, fields of every file, prose as blocks."""
