"""JSON Schemas of the data file and of the JSON output, generated from the code."""
