"""Keep and ask a chronology: what happened, when as far as anyone knows, who says so, and who disagrees."""

__version__ = "0.1.0"
