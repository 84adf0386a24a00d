"""A query as typed becomes conditions in SQL, and these find records."""
