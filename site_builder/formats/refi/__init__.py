"""REFI-QDA: projects and codebooks are written; projects of other programs are read."""
