"""The cached index of data files, and whether it is still valid."""
