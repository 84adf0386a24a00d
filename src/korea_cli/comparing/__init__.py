"""Differences between two versions of a chronology, by record and field."""
