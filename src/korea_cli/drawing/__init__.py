"""Layouts, which draw sections for people: every module but `canvas`, `phrases`, `ticks`, `oneline` and `progress`.

A layout is a function `draw(section, canvas)` that gives the text piece by piece.
"""
