"""JSON Schemas."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from korea_cli.base.errors import NotInListError
from korea_cli.base.parameters import Argument, Option

if TYPE_CHECKING:
    from collections.abc import Callable

    from korea_cli.commands._provided import Notices

GROUP = "Program"
EXAMPLES = ("korea schema", "korea schema output | jq '.\"$defs\".event.required'")
_NAMES = ("data", "output")


def schema(
    json_schema: Callable[[str], dict[str, Any]],
    notices: Notices,
    what: Annotated[
        str, Argument(metavar="[data|output]", help="The schema: of data files, or of --json output.")
    ] = "data",
    target: Annotated[
        str | None, Option("--output", "-o", metavar="FILE", help="Write to FILE ('-' for stdout).")
    ] = None,
    force: Annotated[bool, Option("--force", help="Allow -o to overwrite a chronology.")] = False,
) -> str:
    """Print the JSON Schema of data files, or of --json output.

    Editors with TOML support (Taplo, 'Even Better TOML') use it to complete keys and mark errors. Name the saved schema
    in the first line of a data file, as in '#:schema chronology.schema.json'.
    """
    from json import dumps  # noqa: PLC0415 - help needs none of this

    from korea_cli.base.atomic_io import write_file  # noqa: PLC0415
    from korea_cli.editing.files import require_no_chronology  # noqa: PLC0415 - as above

    if what not in _NAMES:
        raise NotInListError("schema", what, _NAMES)
    text = f"{dumps(json_schema(what), ensure_ascii=False, indent=2)}\n"
    if target in {None, "-"}:
        return text
    if not force:
        require_no_chronology(target)
    write_file([text], target)
    notices.note(f"Wrote the schema to {target}", prefix="")
    return ""
