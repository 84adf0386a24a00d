"""Layouts, which draw sections for people: every function `draw_LAYOUT`, by the canvas and the phrases that all share.

A layout is a function of a section and a canvas that yields the text piece by piece.
"""
