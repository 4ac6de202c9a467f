"""Tables: ``passages.csv``, ``codebook.csv`` and their Data Package; tables of others are read."""
