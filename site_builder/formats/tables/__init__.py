"""Tables: writes ``passages.csv``, ``codebook.csv`` and their Data Package, and reads tables of other
programs.
"""
