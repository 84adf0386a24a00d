r"""Text of LaTeX as plain text: accents and signs become letters, braces go; commands that are not known stay as is.

Nothing is executed, and no file is read: `\input{...}` is text.
"""

from __future__ import annotations

import re
from unicodedata import category, normalize

_ACCENTS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", "u": "\u0306", ".": "\u0307",
    '"': "\u0308", "r": "\u030a", "H": "\u030b", "v": "\u030c", "d": "\u0323", "c": "\u0327", "k": "\u0328",
    "b": "\u0331",
}  # fmt: skip
_SIGNS = {
    "aa": "å", "AA": "Å", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł",
    "ss": "ß", "i": "\u0131", "j": "ȷ", "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ", "dj": "đ", "DJ": "Đ", "ng": "ŋ",
    "NG": "Ŋ", "TeX": "TeX", "LaTeX": "LaTeX", "S": "§", "P": "¶", "pounds": "£", "euro": "€", "texteuro": "€",
    "copyright": "©", "dots": "…", "ldots": "…", "textellipsis": "…", "slash": "/", "textbackslash": "\\",
    "textbraceleft": "{", "textbraceright": "}", "textasciitilde": "~", "textasciicircum": "^", "textbar": "|",
    "textless": "<", "textgreater": ">", "textunderscore": "_", "textquotesingle": "'", "textquoteright": "’",
    "textquoteleft": "‘", "textquotedblleft": "“", "textquotedblright": "”", "textendash": "–",
    "textemdash": "—", "textdegree": "°", "textregistered": "®", "texttrademark": "™", "textdollar": "$",
    "guillemotleft": "«", "guillemotright": "»", "quotedblbase": "„", "textmu": "µ", "textbullet": "•",
    "times": "×", "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "mu": "μ", "sigma": "σ", "pm": "±",
    "quad": " ", "qquad": " ", "newline": " ", "par": " ", "newblock": " ", "relax": "", "protect": "",
}  # fmt: skip
# Commands that only say how their text looks.
_FORMS = {
    "emph", "textit", "textbf", "textsc", "texttt", "textrm", "textsf", "textsl", "textup", "textnormal", "textmd",
    "mbox", "mathrm", "mathit", "mathbf", "mathcal", "text", "textsuperscript", "textsubscript", "uppercase",
    "lowercase", "MakeUppercase", "enquote", "mkbibquote", "mkbibemph", "ensuremath",
    "it", "bf", "em", "sc", "rm", "tt", "sl", "sf", "itshape", "bfseries", "scshape", "upshape", "normalfont",
}  # fmt: skip
_ADDRESSES = {"url", "nolinkurl", "path"}
_LIGATURES = {"---": "—", "--": "–", "``": "“", "''": "”", "?`": "¿", "!`": "¡", "~": " "}
# What signs mean behind a backslash: blanks of all widths, and nothing, such as a place to hyphenate.
_ESCAPED = dict.fromkeys(" \\,;:\n", " ") | dict.fromkeys("-/@()[]!>", "")
_TOKEN = re.compile(
    r"\\(?P<word>[A-Za-z]+)(?P<blank>[ \t\n]*)|\\(?P<sign>.)|(?P<joined>---|--|``|''|\?`|!`|~)|(?P<brace>[{}])"
    r"|(?P<math>\$)",
    re.DOTALL,
)
_ADDRESS_ESCAPE = re.compile(r"\\([%&#_~{}$])(?:\{\})?")
_BASE = re.compile(
    r"\s*(?:\{\s*)*(?:\\(?P<word>[ijOoLl]|ae|AE|oe|OE|aa|AA)(?![A-Za-z])\s*(?:\{\})?|(?P<letter>[^\\{}]))"
)
_BARE = re.compile(r"\{\s*\}")


def plain_address(text: str) -> str:
    """Return a web address without what LaTeX has around it and escapes in it."""
    inner = re.fullmatch(r"\s*\{*\\(?:url|nolinkurl|path)\s*\{(.*)\}\s*\}*\s*", text, re.DOTALL)
    return _ADDRESS_ESCAPE.sub(r"\1", "".join((inner[1] if inner else text).split())).strip("{}")


def plain_latex(text: str) -> str:
    """Return text of LaTeX without its markup, each run of blanks as one."""
    if not re.search(r"[\\{}$~]|--|``|''|[?!]`", text):
        return " ".join(text.split())
    odd = len(re.findall(r"(?<!\\)\$", text)) % 2  # amounts of money, not a formula
    found: list[str] = []
    position = 0
    while match := _TOKEN.search(text, position):
        found.append(text[position : match.start()])
        piece, position = _read(text, match, keep_dollar=bool(odd))
        found.append(piece)
    found.append(text[position:])
    return normalize("NFC", " ".join("".join(found).split()))


def _read(text: str, match: re.Match[str], *, keep_dollar: bool) -> tuple[str, int]:
    """Return what a token stands for, and where it ends."""
    if match["joined"]:
        return _LIGATURES[match["joined"]], match.end()
    name = match["word"] or match["sign"]
    if not name:
        return ("$" if match["math"] and keep_dollar else ""), match.end()
    if name in _ACCENTS and (accented := _accented(text, match, name)):
        return accented
    if name in _SIGNS or name in _FORMS:
        bare = _BARE.match(text, match.end())
        return _SIGNS.get(name, ""), bare.end() if bare else match.end()
    return (_ESCAPED.get(name, name), match.end()) if match["sign"] else _unknown(text, match)


def _unknown(text: str, match: re.Match[str]) -> tuple[str, int]:
    """Return a command that has no text of its own as it is written, and an address as such."""
    end = _end_of_group(text, match.end())
    if match["word"] in _ADDRESSES and end > match.end():
        return plain_address(text[match.end() + 1 : end - 1]), end
    return text[match.start() : end], end


def _end_of_group(text: str, start: int) -> int:
    """Return where the braces end that begin at a place; the same place if none do, or if they are not closed."""
    depth = 0
    for match in re.compile(r"(?<!\\)[{}]").finditer(text, start) if text.startswith("{", start) else ():
        depth += 1 if match[0] == "{" else -1
        if not depth:
            return match.end()
    return start


def _accented(text: str, match: re.Match[str], name: str) -> tuple[str, int] | None:
    r"""Return a letter with its accent, written `\'e`, `\'{e}` or `\'\i`, and where it ends."""
    start = match.end() - len(match["blank"] or "")
    if match["word"] and start == match.end() and not text.startswith("{", start):
        return None
    base = _BASE.match(text, start)
    if base is None:
        return None
    letter = {"i": "i", "j": "j"}.get(base["word"] or "") or _SIGNS.get(base["word"] or "") or base["letter"]
    if letter is None or category(letter)[0] != "L":
        return None
    return normalize("NFC", letter + _ACCENTS[name]), base.end()
