"""Comparing: what two versions of a chronology say differently, by meaning and not by lines."""
