"""Importing: rows of other programs' files become records, or are given back with the reason why not."""
