"""The lines, entries and times of calendar files."""
