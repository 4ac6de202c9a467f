"""The edition: the index of a project, its addresses and identifiers, ledgers and quotations."""
