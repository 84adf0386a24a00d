"""What the place that an answer is written to can show: its width, colours, links and letters."""

from __future__ import annotations

import os
import sys
from contextlib import suppress

from korea_cli.base.hints import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import TextIO

    from korea_cli.report.screen import Screen

_NARROWEST, _DEFAULT_WIDTH = 20, 80
_DIGITS = 4  # of $COLUMNS and $VTE_VERSION; no screen is wider
_LAST_LETTER = "\U0010fffd"  # only an encoding that has all of Unicode has this
# Terminals that open links: as $TERM_PROGRAM or $TERM, or by a variable that they set.
_LINKING = {"iTerm.app", "WezTerm", "vscode", "ghostty", "kitty", "foot", "alacritty"}
_SET_BY_LINKING = ("KONSOLE_VERSION", "WT_SESSION")
_LINKING_VTE = 5000  # from this $VTE_VERSION on, terminals made with VTE do too


def is_terminal(stream: TextIO | None) -> bool:
    """Return whether a stream is a terminal."""
    return stream is not None and stream.isatty()


def is_read(stream: TextIO | None, environment: Mapping[str, str]) -> bool:
    """Return whether a person reads what is written: on a terminal, or in the preview window of fzf."""
    return is_terminal(stream) or bool(_number(environment.get("FZF_PREVIEW_COLUMNS", "")))


def width_of(stream: TextIO | None, environment: Mapping[str, str]) -> int:
    """Return the columns that are set, those of a preview first, or those of a terminal; 0 where neither is known."""
    given = (_number(environment.get(name, "")) for name in ("FZF_PREVIEW_COLUMNS", "COLUMNS"))
    return next(filter(None, given), 0) or size_of(stream).columns


def _number(text: str) -> int:
    """Return the number in a variable; 0 for none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _DIGITS else 0


def stdout_width(environment: Mapping[str, str]) -> int:
    """Return the columns of standard output, likewise."""
    return width_of(sys.stdout, environment)


def stderr_width(environment: Mapping[str, str]) -> int:
    """Return the columns of standard error, likewise."""
    return width_of(sys.stderr, environment)


def stdout_screen(environment: Mapping[str, str]) -> Screen:
    """Return what standard output can show."""
    return screen_of(sys.stdout, "auto", environment)


def stdout_is_read(environment: Mapping[str, str]) -> bool:
    """Return whether a person reads what is written to standard output."""
    return is_read(sys.stdout, environment)


def stderr_screen(environment: Mapping[str, str]) -> Screen:
    """Return what standard error can show."""
    return screen_of(sys.stderr, "auto", environment)


def screen_of(stream: TextIO | None, color: str, environment: Mapping[str, str]) -> Screen:
    """Return what a stream can show; without one, 80 columns of plain UTF-8."""
    from korea_cli.report.screen import Screen  # noqa: PLC0415 - the width alone needs none

    colored = has_color(color, stream, environment)
    return Screen(
        width=max(_NARROWEST, width_of(stream, environment) or _DEFAULT_WIDTH),
        color=colored,
        palette="256color" in environment.get("TERM", "") or environment.get("COLORTERM") in {"truecolor", "24bit"},
        links=colored and opens_links(environment),  # without escape sequences there are no links
        unicode=has_unicode(stream),
    )


def size_of(stream: TextIO | None) -> os.terminal_size:
    """Return the columns and lines of a terminal; 0 where they are not known."""
    if stream is not None:
        with suppress(OSError, ValueError, AttributeError):
            return os.get_terminal_size(stream.fileno())
    return os.terminal_size((0, 0))


def has_color(setting: str, stream: TextIO | None, environment: Mapping[str, str]) -> bool:
    """Return whether to use colour: as the option says, else the environment, else where it is read."""
    if setting != "auto":
        return setting == "always"
    if environment.get("NO_COLOR"):
        return False
    if any(environment.get(name, "") not in {"", "0"} for name in ("FORCE_COLOR", "CLICOLOR_FORCE")):
        return True
    if environment.get("CLICOLOR") == "0" or environment.get("TERM") == "dumb":
        return False
    return is_read(stream, environment)


def opens_links(environment: Mapping[str, str]) -> bool:
    """Return whether the terminal is known to open links, so that a host name can replace an address."""
    if "FORCE_HYPERLINK" in environment:
        return environment["FORCE_HYPERLINK"] not in {"", "0"}
    term = environment.get("TERM", "")
    if term.startswith(("screen", "tmux")) or "TMUX" in environment:
        return False
    named = {environment.get("TERM_PROGRAM"), term.removeprefix("xterm-")}
    linking = not _LINKING.isdisjoint(named) or any(environment.get(name) for name in _SET_BY_LINKING)
    return linking or _number(environment.get("VTE_VERSION", "")) >= _LINKING_VTE


def has_unicode(stream: TextIO | None) -> bool:
    """Return whether the encoding of a stream has all letters."""
    try:
        _LAST_LETTER.encode(getattr(stream, "encoding", None) or "utf-8")
    except (UnicodeEncodeError, LookupError):
        return False
    return True
