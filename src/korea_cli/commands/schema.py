"""JSON Schemas."""

from __future__ import annotations

from typing import Annotated

import typer

EXAMPLES = ("korea schema", "korea schema --output | jq '.\"$defs\".event.required'")


def schema(
    output: Annotated[  # noqa: FBT002 - an option
        bool, typer.Option("--output", help="Of the JSON that korea prints, instead of the data file.")
    ] = False,
    target: Annotated[str | None, typer.Option("-o", metavar="FILE", help="Write there instead of stdout.")] = None,
) -> str:
    """Give the JSON Schema of the data file, or of what korea prints with --json.

    Editors that know TOML complete keys and show mistakes by it: those with Taplo ('Even Better TOML') read from a
    first line such as '#:schema chronology.schema.json' where it lies.
    """
    from json import dumps  # noqa: PLC0415 - help needs none of this

    from korea_cli.schemas.data import data_schema  # noqa: PLC0415 - as above
    from korea_cli.schemas.output import output_schema  # noqa: PLC0415
    from korea_cli.writing import tell, write_file  # noqa: PLC0415

    made = output_schema() if output else data_schema()
    text = f"{dumps(made, ensure_ascii=False, indent=2)}\n"
    if target in {None, "-"}:
        return text
    write_file([text], target)
    tell(f"wrote the schema to {target}")
    return ""
