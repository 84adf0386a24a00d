"""What a chronology has that new values refer to, what rows declare, and values as a file has them."""
