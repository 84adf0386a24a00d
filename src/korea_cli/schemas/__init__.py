"""JSON Schemas (2020-12): of the data file for editors, of what the program prints for programs; made from the code."""
