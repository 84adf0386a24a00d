"""Reading: from files to typed records, with every problem found on the way."""
