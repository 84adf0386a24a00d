"""Documents of JSON: where their records are, and what wraps these."""
