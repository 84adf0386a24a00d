"""Records that are typed, piped or entered in answer to questions."""
