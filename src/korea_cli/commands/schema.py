"""JSON Schemas."""

from __future__ import annotations

from typing import Annotated

import typer

from korea_cli.base.errors import NotInListError

EXAMPLES = ("korea schema", "korea schema output | jq '.\"$defs\".event.required'")
_NAMES = ("data", "output")


def schema(
    what: Annotated[
        str, typer.Argument(metavar="[data|output]", help="Of the data file, or of the JSON that korea prints.")
    ] = "data",
    target: Annotated[
        str | None, typer.Option("--output", "-o", metavar="FILE", help="Write to FILE; '-' is stdout.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Let -o replace a chronology.")] = False,  # noqa: FBT002 - an option
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No notes on stderr.")] = False,  # noqa: FBT002 - as above
) -> str:
    """Print the JSON Schema of the data file, or of what korea prints with --json.

    Editors that know TOML complete keys and show mistakes by it: those with Taplo ('Even Better TOML') read from a
    first line such as '#:schema chronology.schema.json' where it lies.
    """
    from json import dumps  # noqa: PLC0415 - help needs none of this

    from korea_cli.base.atomic_io import write_file  # noqa: PLC0415
    from korea_cli.base.streams import print_stderr  # noqa: PLC0415
    from korea_cli.editing.files import require_no_chronology  # noqa: PLC0415 - as above

    if what not in _NAMES:
        raise NotInListError("schema", what, _NAMES)
    text = f"{dumps(_schema(what), ensure_ascii=False, indent=2)}\n"
    if target in {None, "-"}:
        return text
    if not force:
        require_no_chronology(target)
    write_file([text], target)
    print_stderr(*(() if quiet else (f"wrote the schema to {target}",)))
    return ""


def _schema(what: str) -> dict[str, object]:
    from korea_cli.schemas.data import data_schema  # noqa: PLC0415 - as above
    from korea_cli.schemas.output import output_schema  # noqa: PLC0415

    return output_schema() if what == "output" else data_schema()
