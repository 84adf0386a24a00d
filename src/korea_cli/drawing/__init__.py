"""How sections are drawn for people: every module here is a layout, but `canvas`, `phrases` and `progress`.

A layout is a function `draw(section, report, canvas)` that gives the text piece by piece.
"""
