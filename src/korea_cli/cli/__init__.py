"""The command line: builds the program, reads options, delivers the answer."""
