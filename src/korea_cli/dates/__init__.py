"""Dates: stored ones (EDTF) and those that people type."""
