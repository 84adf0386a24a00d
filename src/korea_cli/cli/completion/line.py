"""Read a command line that is still being typed: its words, and how the last one is quoted."""

from __future__ import annotations

from korea_cli.base.named_tuple import NamedTuple

_BLANKS, _QUOTES = " \t\n", "'\""


class Word(NamedTuple):
    """A word: its text, what is typed for it, where each letter of the text begins in that, its open quote."""

    text: str
    typed: str
    begins: tuple[int, ...]
    quote: str = ""

    def typed_for(self, letters: int) -> str:
        """Return what is typed for its first letters, with a quote that opens after them."""
        return self.typed[: self.begins[letters]] if letters < len(self.begins) else self.typed


def words_in(line: str) -> list[Word]:
    """Split the line up to the cursor into words; the last, often empty, is the one being typed."""
    words, rest = [], line
    while True:
        word = _first_word(rest.lstrip(_BLANKS))
        words.append(word)
        rest = rest.lstrip(_BLANKS)[len(word.typed) :]
        if not rest:
            return words


def _first_word(line: str) -> Word:
    """Read up to the first blank that is not quoted."""
    text, begins, quote, escaped, end = "", [], "", False, len(line)
    for place, letter in enumerate(line):
        if not escaped and not quote and letter in _BLANKS:
            end = place
            break
        if not escaped and (letter == quote or (not quote and letter in _QUOTES)):
            quote = "" if quote else letter
        elif not escaped and letter == "\\" and quote != "'":
            escaped = True
        else:
            text += letter
            begins.append(place - escaped)
            escaped = False
    return Word(text, line[:end], tuple(begins), quote)
