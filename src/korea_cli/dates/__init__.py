"""Dates: what a file stores, and what people type."""
