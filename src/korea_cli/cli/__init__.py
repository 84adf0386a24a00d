"""The command line: reads options, calls a command, writes its answer; help, completion and JSON Schemas."""
