"""The tables in SQLite: records to rows, and rows to records."""
