"""REFI-QDA: writes projects and codebooks, and reads projects of other programs."""
