"""Exports on Spark as the tables of a store: SQL for it, and how it is asked."""
