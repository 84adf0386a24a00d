"""Rows to records: what cells mean, how a record is built, and whether it exists already."""
