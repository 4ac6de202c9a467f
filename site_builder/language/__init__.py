"""Rules that depend on a language or a script."""
