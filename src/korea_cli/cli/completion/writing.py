"""What can be inserted at the cursor, and how each shell's script reads it.

The first line is the sort of choices that follow: `words`; `fields`, after which the word goes on; `files`, if files
follow too; `keep`, if not all begin with what is typed, which must stay. zsh's second line is the length of the word
before the choices. Special characters are escaped here for bash, by zsh and fish themselves.
"""

from __future__ import annotations

import re

from korea_cli.base.hints import TYPE_CHECKING
from korea_cli.base.named_tuple import NamedTuple
from korea_cli.base.sanitize import clean_line
from korea_cli.base.tokenize import name_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from korea_cli.cli.completion.line import Word

_LONGEST = 80  # letters of a description
_PLAIN_IN_BASH = r"[^\w.,:=@%+/-]"
_ESCAPED_IN_QUOTES = r'["$`\\]'


class Choice(NamedTuple):
    """A word to insert at the cursor, its meaning, and other names that it is also found by."""

    value: str
    about: str = ""
    names: tuple[str, ...] = ()

    def name_for(self, typed: str) -> str | None:
        """Return the first of its value and names that begins with what is typed; None if none does."""
        key = name_key(typed)
        return next((name for name in (self.value, *self.names) if name_key(name).startswith(key)), None)


class Offer(NamedTuple):
    """What can follow the first `start` letters of the word at the cursor.

    typed: the letters after those, with which each choice begins. files: so do files. unfinished: the word goes on
    after any of the choices.
    """

    choices: tuple[Choice, ...] = ()
    typed: str = ""
    start: int = 0
    files: bool = False
    unfinished: bool = False


def write(shell: str, offer: Offer, word: Word, replaced: str) -> str:
    """Write an offer for the word at the cursor, of which the shell will replace the end `replaced`."""
    return "".join(f"{line}\n" for line in _WRITERS[shell](offer, word, replaced))


def _bash(offer: Offer, word: Word, replaced: str) -> Iterator[str]:
    before, stays = word.typed_for(offer.start), len(word.typed) - len(replaced)  # bash parts words at colons too
    values = [each.value for each in offer.choices if _can_stand(each.value, word.quote)]
    replies = [(before + _quoted(value, word.quote))[stays:] for value in values]
    yield _sort(offer, replies, replaced)
    yield from replies


def _zsh(offer: Offer, word: Word, _replaced: str) -> Iterator[str]:
    """Write `value:what it means`; the colons in the value are escaped."""
    choices = [each for each in offer.choices if _is_one_line(each.value)]
    yield _sort(offer, [each.value for each in choices], offer.typed)
    yield str(len(word.typed_for(offer.start)))
    for each in choices:
        value = each.value.replace("\\", "\\\\").replace(":", "\\:")
        yield f"{value}:{_about(each.about)}" if each.about else value


def _fish(offer: Offer, word: Word, _replaced: str) -> Iterator[str]:
    """Write whole words; fish accepts only those that begin as typed, so a choice goes by the name that does."""
    yield _sort(offer, [], "")
    for each in offer.choices:
        name = each.name_for(offer.typed) or each.value
        if _is_one_line(name):
            about = each.about if name == each.value else each.value
            yield f"{word.text[: offer.start]}{name}\t{_about(about)}"


_WRITERS: dict[str, Callable[[Offer, Word, str], Iterator[str]]] = {"bash": _bash, "fish": _fish, "zsh": _zsh}


def _sort(offer: Offer, replies: list[str], typed: str) -> str:
    if offer.files:
        return "files"
    if offer.unfinished:
        return "fields"
    begun = all(reply.casefold().startswith(typed.casefold()) for reply in replies)
    return "words" if begun else "keep"


def _is_one_line(value: str) -> bool:
    return clean_line(value) == value


def _about(text: str) -> str:
    line = clean_line(text)
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 3]}..."


def _can_stand(value: str, quote: str) -> bool:
    """Return whether a value can be in an open quote: single quotes have no escapes, `!` has none in double ones."""
    return _is_one_line(value) and {"'": "'", '"': "!"}.get(quote, "\n") not in value


def _quoted(value: str, quote: str) -> str:
    if quote == "'":
        return value
    return re.sub(_ESCAPED_IN_QUOTES if quote else _PLAIN_IN_BASH, r"\\\g<0>", value)
