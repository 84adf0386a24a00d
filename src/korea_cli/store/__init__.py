"""The tables in SQLite: records in, rows and records out."""
