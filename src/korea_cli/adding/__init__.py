"""Adding: make records of what is typed, piped or answered, each value held to the same rules as one in a file."""
