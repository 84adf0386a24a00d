"""Records from what is typed: options, questions, assignments, and JSON on standard input."""
