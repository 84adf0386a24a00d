"""Counts: by what records have in common, and by periods of time."""
