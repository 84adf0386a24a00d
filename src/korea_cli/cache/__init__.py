"""The persistent index: a parsed chronology kept as an SQLite file, of which the text files stay the only truth."""
