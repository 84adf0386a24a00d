"""What every room may use: errors and problems, text made safe, words compared, files written whole."""
