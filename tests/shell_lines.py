"""Lines of shell that need no shell."""

from __future__ import annotations

import re
import shlex

_QUOTED = r"'[^']*'|\"[^\"$`\\]*\""
_PLAIN = r"korea( [^][|<>;&$*?`~\\(){}\n]*)?"


def words_of(line: str) -> list[str] | None:
    """Return the words of a line that only runs the program; None for any other."""
    return shlex.split(line) if re.fullmatch(_PLAIN, re.sub(_QUOTED, "", line)) else None
