"""The records: each field once, with its help, form, role, limits and allowed values."""
