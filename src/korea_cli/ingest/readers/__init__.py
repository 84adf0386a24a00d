"""Readers of other people's files: each module reads one form of file."""
