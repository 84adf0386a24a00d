"""Begin a chronology of your own."""

from __future__ import annotations

from typing import Annotated

import typer

EXAMPLES = ("korea init", "korea init my-record.toml", "korea init copy.toml --from builtin")


def init(
    file: Annotated[
        str, typer.Argument(metavar="[FILE]", help="The file to make.", show_default=True)
    ] = "chronology.toml",
    origin: Annotated[
        str | None,
        typer.Option("--from", metavar="FILE", help="Copy this file instead; 'builtin' is the one shipped with korea."),
    ] = None,
) -> str:
    """Make a data file to go on from: a small one with a comment on everything, or a copy of another."""
    import shlex  # noqa: PLC0415 - help makes nothing

    from korea_cli.adding.beginning import begin  # noqa: PLC0415 - as above
    from korea_cli.safety import clean_line  # noqa: PLC0415 - as above

    begin(file, origin)
    name = shlex.quote(file)
    commands = (f"korea timeline -d {name}", f"korea add event -d {name}", f"korea check -d {name}")
    return "".join(
        f"{clean_line(line)}\n" for line in (f"made {file}; go on with", *(f"  {each}" for each in commands))
    )
