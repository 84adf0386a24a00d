"""Notes with front matter, YAML and Markwhen."""
