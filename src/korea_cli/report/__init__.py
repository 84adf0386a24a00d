"""The neutral report that a command returns and a format renders."""
