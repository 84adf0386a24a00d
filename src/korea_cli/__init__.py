"""Keep and ask a chronology."""
