"""Import: rows of other programs' files to records, or to rejected rows with the reason."""
