"""JSON in a page: as a script may read it, and compressed where there is much of it."""

from __future__ import annotations

import zlib
from base64 import b64encode
from json import dumps
from typing import Any

_FASTEST_SMALL = 6  # a level of zlib
_DEFLATE_ONLY = -15  # no header, as the browser's "deflate-raw" reads it
_NO_END_OF_SCRIPT = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028"})


def embedded(value: Any) -> str:  # noqa: ANN401 - any value of JSON
    """Return JSON that can be within a script element: nothing in it ends the element."""
    return dumps(value, ensure_ascii=False, separators=(",", ":")).translate(_NO_END_OF_SCRIPT)


def packed(value: Any) -> str:  # noqa: ANN401 - as above
    """Return JSON compressed, in letters and digits."""
    text = dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    compressor = zlib.compressobj(_FASTEST_SMALL, zlib.DEFLATED, _DEFLATE_ONLY)
    return b64encode(compressor.compress(text) + compressor.flush()).decode()
