"""How the keys of records are declared: each with its help, its form and its limits."""

from __future__ import annotations

from korea_cli.base.hints import TYPE_CHECKING, Any, Literal
from korea_cli.base.named_tuple import NamedTuple
from korea_cli.model.roles import ROLES_BY_TYPE

if TYPE_CHECKING:
    from korea_cli.model.roles import Role

Form = Literal[
    "slug", "text", "texts", "date", "other_dates", "choice", "flag", "whole", "ref", "refs", "cites", "url", "time",
    "groups", "found", "claims", "country", "language", "wikidata", "doi", "isbn", "path",
    "sha256",
]  # fmt: skip
LISTS = {"texts", "refs", "cites", "other_dates", "groups"}  # forms of several values
CODES = {"country", "language", "wikidata", "doi", "isbn", "path", "sha256"}  # forms of texts of which few are valid
WORDED = {"text", "texts", "url", "time", *CODES}  # forms of what is searched by its words
DERIVED = {"found", "claims"}  # forms of what no file has: it is found when a record is read or queried


class Key(NamedTuple):
    """What a data file may contain under one key.

    role: the part of the records under it, with the `label` before their names and the `verb` for what they did (by
    default the key itself). refers: the tables that its ids point into, where the role does not imply them.
    searched: whether the word search reads it: its text, or the names of the actors and topics under it. ordered:
    whether the order of the list matters. supports: whether the record rests on the sources under it. vital:
    whether a record that names something under it makes no sense without all of that. words_of: the key of the sources
    whose words, or account, the text is. strict: whether `check --strict` requires it. dated: whether the record is
    found and ordered by this date. seldom: whether few records have it: help only names its option, and prompts leave
    it out. internal: whether it is for those who keep the record, and never published. more_in: the key of the header
    with more words that are allowed. written_as, shown_as: the key in the file and in JSON, where it is not the
    attribute's name.
    """

    help: str
    form: Form = "text"
    refers: tuple[str, ...] = ()
    role: Role = ""
    label: str = ""
    verb: str = ""
    searched: bool = True
    ordered: bool = False
    supports: bool = True
    vital: bool = False
    words_of: str = ""
    choices: tuple[str, ...] = ()
    required: bool = False
    strict: bool = False
    dated: bool = False
    seldom: bool = False
    internal: bool = False
    more_in: str = ""
    written_as: str = ""
    shown_as: str = ""


class Declared(NamedTuple):
    """A field of a record as it is declared: its key, and its value where none is set."""

    key: Key
    default: object


REQUIRED = object()  # the default of a field that has none
_TABLES = {role: f"{type_}s" for type_, roles in ROLES_BY_TYPE.items() for role in roles}
_EMPTY: dict[str, object] = {
    "texts": (), "refs": (), "cites": (), "other_dates": (), "groups": (), "flag": False, "date": None, "whole": 0,
}  # fmt: skip


def key(help: str, form: Form = "text", **limits: Any) -> Any:  # noqa: A002, ANN401 - read as the field's own declaration
    """Declare a key that a file may write."""
    spec = Key(help=help, form=form, **limits)
    if not spec.refers and form in {"refs", "cites", "other_dates"}:
        spec = spec._replace(refers=(_TABLES[spec.role],))
    return Declared(spec, REQUIRED if spec.required else _EMPTY.get(form, ""))


def found(help: str, empty: object = None, form: Form = "found") -> Any:  # noqa: A002, ANN401 - as above
    """Declare a field that is not in the file, but found when the record is read or queried."""
    return Declared(Key(help=help, form=form), empty)
