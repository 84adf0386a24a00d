"""Data files in git: merging by record and key, and the settings of a repository that has one."""
