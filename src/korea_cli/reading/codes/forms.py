"""The forms of codes: what each is called, its pattern, and what texts mean as one."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from korea_cli.base.named_tuple import NamedTuple
from korea_cli.reading.codes import meanings

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


class CodeForm(NamedTuple):
    """A form of codes: a valid text is what it means.

    named: whether it may mean a code that it does not contain, as a name of a country does. problem: returns why a text
    is none, where more can be said.
    """

    noun: str
    pattern: str
    meaning: Callable[[str], str]
    named: bool = False
    problem: Callable[[str], str] = lambda _: ""


FORMS: Mapping[str, CodeForm] = {
    "country": CodeForm("a three-letter ISO 3166 code, such as KOR", "[A-Z]{3}", meanings.country, named=True),
    "language": CodeForm("a BCP 47 code, such as en", meanings.LANGUAGE, meanings.language, named=True),
    "wikidata": CodeForm("a Wikidata id, such as Q7747", meanings.ITEM, meanings.item),
    "doi": CodeForm("a DOI, such as 10.1000/182", meanings.DOI, meanings.doi),
    "isbn": CodeForm("an ISBN", meanings.ISBN, meanings.isbn, problem=meanings.isbn_problem),
    "path": CodeForm("a path below the folder of this file, such as copies/letter.pdf", meanings.PATH, meanings.path),
    "sha256": CodeForm("a SHA-256, of 64 digits and letters from a to f", meanings.SHA256, meanings.sha256),
}


@lru_cache(maxsize=4096)  # many records have the same ones
def code_meant(form: str, text: str) -> str:
    """Return the code that a text is or stands for; "" if none is certain."""
    return FORMS[form].meaning(text)


def same_code(form: str, text: str) -> str:
    """Return a code that is written otherwise, as in an address; what only stands for one is left as it is."""
    return text if FORMS[form].named else code_meant(form, text) or text
