"""Create a data file of your own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from korea_cli.base.parameters import Argument, Option

if TYPE_CHECKING:
    from korea_cli.editing.outcome import Outcome

GROUP = "Files"
EXAMPLES = ("korea init my-record.toml", "korea init copy.toml --from builtin", "korea init mine.toml --git")


def init(
    file: Annotated[str, Argument(metavar="[FILE]", help="The file to create.")] = "chronology.toml",
    origin: Annotated[
        str | None, Option("--from", metavar="FILE", help="Copy FILE instead; 'builtin' is the built-in record.")
    ] = None,
    git: Annotated[
        bool, Option("--git", help="Set up git for FILE, which may exist: merging, hooks, a workflow.")
    ] = False,
) -> Outcome:
    """Create a data file: a commented example, or a copy of another.

    --git changes the repository that FILE is in, and only adds to files that exist: .gitattributes and this clone's
    settings, so that git merges by record; hooks and a GitHub workflow that check FILE. Run it in each clone.
    """
    import shlex  # noqa: PLC0415 - help makes nothing

    from korea_cli.base.sanitize import clean_line  # noqa: PLC0415 - as above
    from korea_cli.editing.create import create_file  # noqa: PLC0415 - as above
    from korea_cli.editing.outcome import Outcome  # noqa: PLC0415 - as above

    if git:
        from korea_cli.versioning.setup import init_with_git  # noqa: PLC0415 - few files need it

        return init_with_git(file, origin)
    document = create_file(file, origin)
    name, sentence = shlex.quote(file), f"Created {file}"
    commands = (f"korea timeline -d {name}", f"korea add event -d {name}", f"korea check -d {name}")
    lines = (f"{sentence}. Next steps:", *(f"  {each}" for each in commands))
    return Outcome("".join(f"{clean_line(line)}\n" for line in lines), clean_line(sentence), [document])
