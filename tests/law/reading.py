"""How words and names are compared, read from the documentation and written down as plainly as possible."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any
from unicodedata import combining, name, normalize

from korea_cli.base.errors import NO, USAGE
from korea_cli.model.records import Actor, Fact, Topic, title_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

_SCRIPTS_WITHOUT_BLANKS = ("HANGUL", "CJK UNIFIED", "HIRAGANA", "KATAKANA")
_VOICING = "\u3099\u309a"  # が is another letter than か
_PLAIN = {
    "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "\u0131": "i", "ħ": "h", "ŧ": "t", "æ": "ae", "œ": "oe",
    "ß": "ss",
}  # fmt: skip


class Wrong(Exception):  # noqa: N818 - it is an answer
    """A question that must be refused, and the exit status for it."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


@lru_cache(maxsize=100_000)
def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a text: runs of letters and digits, without case, accents or script form.

    Han, kana and Hangul are words apart from the letters beside them; initials with dots are one word.
    """
    plain = normalize("NFKD", normalize("NFKC", text).casefold())
    plain = "".join(_PLAIN.get(letter, letter) for letter in plain if not combining(letter) or letter in _VOICING)
    spaced = "".join(letter if letter.isalnum() or letter == "." else " " for letter in normalize("NFC", plain))
    return tuple(word for chunk in spaced.split() for part in _without_dots(chunk) for word in _by_script(part))


def _without_dots(chunk: str) -> Iterator[str]:
    """Yield the parts between dots, with letters that stand alone side by side joined: `u.s` is `us`."""
    initials = ""
    for part in chunk.split("."):
        if len(part) == 1 and part.isalpha():
            initials += part
            continue
        yield from filter(None, (initials, part))
        initials = ""
    yield initials


def _by_script(word: str) -> Iterator[str]:
    run = ""
    for letter in word:
        if run and _is_unspaced(letter) != _is_unspaced(run):
            yield run
            run = ""
        run += letter
    if run:
        yield run


@lru_cache(maxsize=10_000)
def _is_unspaced(word: str) -> bool:
    return name(word[0], "").startswith(_SCRIPTS_WITHOUT_BLANKS)


@lru_cache(maxsize=100_000)
def has_phrase(text: str, typed: str) -> bool:
    """Whether a text has the words typed, one after the other; the last may go on, unspaced scripts match anywhere."""
    return any(_phrases(text, typed))


@lru_cache(maxsize=10_000)
def has_whole(text: str, name: str) -> bool:
    """Whether a text has a name, the last word of which goes on only in an unspaced script."""
    last = words_of(name)[-1]
    return any(_is_unspaced(last) or words[-1] == last for words in _phrases(text, name))


def _phrases(text: str, typed: str) -> Iterator[Sequence[str]]:
    """Yield the words of a text that are the phrase typed, wherever it has them."""
    words, wanted = words_of(text), words_of(typed)
    for place in range(len(words) - len(wanted) + 1):
        if _is_phrase(found := words[place : place + len(wanted)], wanted):
            yield found


def _is_phrase(words: Sequence[str], wanted: Sequence[str]) -> bool:
    anywhere = _is_unspaced(wanted[0])
    if len(wanted) == 1:
        return wanted[0] in words[0] if anywhere else words[0].startswith(wanted[0])
    first = words[0].endswith(wanted[0]) if anywhere else words[0] == wanted[0]
    return first and words[1:-1] == wanted[1:-1] and words[-1].startswith(wanted[-1])


def require_words(typed: str) -> None:
    """Raise Wrong for a text that has no word to look for."""
    if not words_of(typed):
        raise Wrong(USAGE)


@lru_cache(maxsize=10_000)
def name_key(typed: str) -> str:
    """Return the form in which names are compared: accents count here."""
    return " ".join(normalize("NFKC", typed).casefold().split())


def called(record: Any) -> tuple[str, ...]:  # noqa: ANN401 - any record
    """Return the title of a record and its aliases."""
    return (title_of(record), *(record.aliases if isinstance(record, Actor | Topic) else ()))


def names_of(record: Any) -> set[str]:  # noqa: ANN401 - any record
    """Return the names that a record is found by; a fact has none but its id."""
    return {record.id} if isinstance(record, Fact) else {record.id, *map(name_key, called(record))}


def find(records: Iterable[Any], typed: str, types: tuple[str, ...], *, inside: bool = True) -> Any:  # noqa: ANN401 - the record named
    """Return the one record that is named; raises Wrong for none or several.

    An exact id wins over an exact name, that over one of the same words (`north-korea`), that over the unique beginning
    of one, that over that of a word in one, if `inside`.
    """
    type_, colon, rest = typed.partition(":")
    if colon and type_.strip().casefold() in types:
        return find(records, rest, (type_.strip().casefold(),), inside=inside)
    key, among = name_key(typed), [each for each in records if each.type in types]
    if not key:
        raise Wrong(NO)
    readings: tuple[Callable[[Any], bool], ...] = (
        lambda each: each.id == key,
        lambda each: key in names_of(each),
        lambda each: bool(words_of(key)) and words_of(key) in map(words_of, names_of(each)),
        lambda each: any(own.startswith(key) for own in names_of(each)),
        lambda each: bool(words_of(key)) and any(has_phrase(own, key) for own in (*called(each), each.id)),
    )
    for reading in readings if inside else readings[:-1]:
        if found := [each for each in among if reading(each)]:
            break
    if len(found) == 1:
        return found[0]
    raise Wrong(NO)
