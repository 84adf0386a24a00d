"""The records: each key once, with its help, form, limits and allowed values."""
