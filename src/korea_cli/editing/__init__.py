"""Changes of single places in a data file, checked first and written whole or not at all."""
