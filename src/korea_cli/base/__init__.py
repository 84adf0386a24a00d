"""What every room uses: errors and problems, safe text, comparison of words, atomic writes."""
