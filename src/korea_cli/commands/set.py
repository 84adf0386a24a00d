"""Change keys of a record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from korea_cli.base.parameters import Argument

if TYPE_CHECKING:
    from korea_cli.editing.files import Editable
    from korea_cli.editing.outcome import Outcome

GROUP = "Record"
EXAMPLES = (
    "korea set launch status=confirmed -d mine.toml",
    "korea set launch actors+=north-korea 'note=Seen from Japan.' -d mine.toml",
    "korea set actor:north-korea country=PRK -d mine.toml",
)


def set(  # noqa: A001 - the command's name
    name: Annotated[str, Argument(metavar="ID", help="The exact id, or TYPE:ID.")],
    values: Annotated[
        list[str],
        Argument(
            metavar="KEY=VALUE...",
            help="Keys as in the file (korea help KEYS); repeat a key that holds a list. += adds a value to a list, or"
            " appends to a text; -= removes a value from a list; KEY= removes the key.",
        ),
    ],
    files: Editable,
) -> Outcome:
    """Change keys of a record; the rest of the file stays as it is.

    Names and dates are typed as for 'korea add'. Comments in a list are kept: += adds a value and -= removes one; a
    list with comments cannot be replaced.
    """
    from korea_cli.editing.outcome import changes_of, outcome_of  # noqa: PLC0415 - as above
    from korea_cli.ingest.adding.assignments import build_edit  # noqa: PLC0415 - help changes nothing
    from korea_cli.ingest.names.registry import Registry  # noqa: PLC0415 - as above

    written, found = files.change(name, lambda loaded, found: build_edit(found, values, Registry(loaded, found.path)))
    what = f"{found.record.type} '{found.id}' ({found.place})"
    sentence = f"Changed {what}" if written.files else f"Nothing to change: {what} has these values already"
    return outcome_of(written, sentence, dry=files.dry, changes=lambda: changes_of(found))
