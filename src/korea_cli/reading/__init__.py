"""Data files to typed records, with every problem and its position."""
