"""Records as rows: the columns of each type, and their JSON."""
