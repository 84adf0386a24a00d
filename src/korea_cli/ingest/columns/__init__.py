"""What the columns of a sheet are for: headings, ids, titles, codes."""
