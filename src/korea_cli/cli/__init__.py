"""The command line: reads options, calls a command, writes its answer; help and completion."""
