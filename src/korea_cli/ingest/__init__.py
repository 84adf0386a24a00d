"""From what is typed, piped or in files of other programs to records: `add` and `set` refuse, `import` rejects rows."""
