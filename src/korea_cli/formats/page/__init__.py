"""The HTML page: one file with filters and a drawing, rendered by templates."""
