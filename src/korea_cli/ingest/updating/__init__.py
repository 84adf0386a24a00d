"""Rows that have the ids of records: what is different, and the changes of the records."""
