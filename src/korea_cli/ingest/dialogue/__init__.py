"""An import by question and answer on a terminal."""
