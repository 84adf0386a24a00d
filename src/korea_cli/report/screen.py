"""What the place that shows an answer can do; read once by `output`, passed on to the formats."""

from __future__ import annotations

from korea_cli.base.named_tuple import NamedTuple


class Screen(NamedTuple):
    """Where an answer is shown.

    width: columns of text. endless: whether a line may be longer, as in a pipe of no known width. color: whether
    colours and links may be sent. palette: whether there are 256 colours. links: whether it is known to open
    links. unicode: whether any character can be written. file: whether it is a regular file.
    """

    width: int = 80
    endless: bool = False
    color: bool = False
    palette: bool = False
    links: bool = False
    unicode: bool = True
    file: bool = False
