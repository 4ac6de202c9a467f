"""What depends on a language or a script."""
