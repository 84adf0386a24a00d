"""Read the elements of XML in files that are not trusted: no document types, so no entities, and in pieces."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, NamedTuple, NoReturn
from xml.parsers import expat  # no DTD is read: see below

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

_CHUNK = 1 << 20  # bytes
_DEEPEST = 200  # elements in elements


class XmlError(ValueError):
    """Why something is not read as XML."""


class Element(NamedTuple):
    """An element by its name, without a namespace, with its attributes and all text in it; `opens`: it only begins."""

    name: str
    attributes: dict[str, str]
    text: str = ""
    opens: bool = False


def elements(stream: IO[bytes], names: Collection[str], opening: Collection[str] = ()) -> Iterator[Element]:
    """Yield the elements of some names where each ends, those of others where they begin too; raises XmlError."""
    reader = _ElementReader(frozenset(names), frozenset(opening))
    try:
        while chunk := stream.read(_CHUNK):
            reader.parser.Parse(chunk, False)  # noqa: FBT003 - as expat has it
            yield from reader.found
            reader.found.clear()
        reader.parser.Parse(b"", True)  # noqa: FBT003 - as above
    except expat.ExpatError as error:
        raise XmlError(str(error)) from None
    yield from reader.found


def marks_in(stream: IO[bytes], marks: Sequence[bytes]) -> set[bytes]:
    """Return which of some marks are in a file: one without any need not be read as XML."""
    found: set[bytes] = set()
    rest = b""
    while len(found) < len(marks) and (chunk := stream.read(_CHUNK)):
        piece = rest + chunk
        found |= {mark for mark in marks if mark in piece}
        rest = piece[-max(map(len, marks)) :]
    return found


class _ElementReader:
    """Collects the elements of some names as a parser finds them."""

    def __init__(self, names: frozenset[str], opening: frozenset[str]) -> None:
        self._names, self._opening = names, opening
        self.found: list[Element] = []
        self._open: list[tuple[str, dict[str, str], list[str]]] = []
        self._depth = 0
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.StartDoctypeDeclHandler = self._refuse

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise XmlError("it is nested too deeply")
        local = _local(name)
        if local in self._names or local in self._opening:
            values = {_local(key): value for key, value in attributes.items()}
            if local in self._opening:
                self.found.append(Element(local, values, opens=True))
            if local in self._names:
                self._open.append((local, values, []))

    def _end(self, name: str) -> None:
        self._depth -= 1
        if self._open and self._open[-1][0] == _local(name):
            local, attributes, texts = self._open.pop()
            self.found.append(Element(local, attributes, "".join(texts)))

    def _text(self, text: str) -> None:
        for _, _, texts in self._open:
            texts.append(text)

    def _refuse(self, *_: object) -> NoReturn:
        raise XmlError("it has a document type")


def _local(name: str) -> str:
    return name[name.rfind(" ") + 1 :]
