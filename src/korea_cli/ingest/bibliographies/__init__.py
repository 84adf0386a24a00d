"""Entries of bibliographies (BibTeX, RIS, CSL-JSON, Zotero) as sources."""
