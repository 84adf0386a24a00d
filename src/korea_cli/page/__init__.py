"""The page: from rows to entries, filters and a drawing, then by templates to one HTML file that needs nothing else."""
