"""How sections are drawn for people: every module here is a layout, but for `canvas` and `phrases`, which they share.

A layout is a function `draw(section, report, canvas)` that gives the text piece by piece.
"""
