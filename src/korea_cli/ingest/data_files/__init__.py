"""Data files of other chronologies."""
