"""Editing: change single places of a data file and leave every other byte as it is, or change nothing at all."""
