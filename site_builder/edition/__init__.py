"""The edition: the index of a project, its addresses and identifiers, its ledgers and quotations."""
