"""Codes that records have: of countries and languages, and identifiers with a form of their own."""
