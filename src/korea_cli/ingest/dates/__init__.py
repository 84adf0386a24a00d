"""Dates and times as people and programs write them in files, read as stored dates: never more precise than written."""
