"""Workbooks of Excel and LibreOffice: their cells, and what is behind these."""
