"""A query as typed to conditions in SQL, and to its results."""
