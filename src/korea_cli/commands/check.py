"""Problems in data files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from korea_cli.base.errors import NO, OK, UsageError
from korea_cli.base.parameters import Option
from korea_cli.report.report import Report
from korea_cli.report.sections import Section
from korea_cli.rows.column import plain_columns

if TYPE_CHECKING:
    from korea_cli.base.problems import Problem
    from korea_cli.checks.load import LoadResult

GROUP = "Files"
EXAMPLES = (
    "korea check --strict",
    "korea check --explain firsts-are-rare",
    "korea check --notes -f json | jq -r '.problems[].message'",
)


def check(
    loaded: LoadResult,
    strict: Annotated[bool, Option("--strict", help="Treat warnings as errors.")] = False,
    notes: Annotated[bool, Option("--notes", help="Also show advisory notes.")] = False,
    explain: Annotated[
        str | None, Option("--explain", metavar="CHECK", help="Explain a check and how to fix what it finds.")
    ] = None,
    fix: Annotated[bool, Option("--fix", help="First fix the form of the files, as 'korea fmt' does.")] = False,
    ordered: Annotated[bool, Option("--sort", help="With --fix: also sort the records.")] = False,
    unused: Annotated[
        bool, Option("--unused", help="With --fix: also remove unused actors, topics, sources and place names.")
    ] = False,
    yes: Annotated[bool, Option("--yes", "-y", help="With --fix: do not ask.")] = False,
    dry_run: Annotated[
        bool, Option("--dry-run", "--diff", help="With --fix: show the changes without writing them.")
    ] = False,
) -> Report | str:
    """List problems in data files, with line and column.

    Exits 1 if there is an error. On a terminal, --fix shows the changes and asks before it writes them. :mine.toml is
    the version that is staged in git, HEAD~1:mine.toml that of a commit.
    """
    if explain is not None:
        from korea_cli.checks.explain import explanation_of  # noqa: PLC0415 - most checks are not explained

        return explanation_of(explain.casefold())
    if fix:
        from korea_cli.editing.fixing import fix_files  # noqa: PLC0415 - most checks change nothing

        if (preview := fix_files(loaded, sort=ordered, unused=unused, dry=dry_run, yes=yes)) is not None:
            return preview
        loaded = loaded.reload()
    else:
        for option, is_set in {"--sort": ordered, "--unused": unused, "--yes": yes, "--dry-run": dry_run}.items():
            if is_set:
                raise UsageError(f"'{option}' can only be used with '--fix'")
    return _report(loaded, strict=strict, notes=notes)


def _report(loaded: LoadResult, *, strict: bool, notes: bool) -> Report:
    problems = loaded.check("warning", "note") if notes else loaded.check("warning")
    failing = {"error", "warning"} if strict else {"error"}
    failed = any(problem.severity in failing for problem in problems)
    from korea_cli.store.encode_rows import stored_header  # noqa: PLC0415 - help needs none

    return Report(
        command="check", header=stored_header(loaded.draft), documents=loaded.documents, sections=(_section(problems),),
        listed=len(problems), matched=len(problems), status=NO if failed else OK,
        empty=f"no problems in {', '.join(document.name for document in loaded.documents)}",
    )  # fmt: skip


def _section(problems: tuple[Problem, ...]) -> Section:
    keys = ("severity", "check", "place", "file", "line", "column", "record", "message", "suggestion")
    columns = plain_columns("problem", *keys)
    plain = ("place", "severity", "record", "message", "suggestion")
    return Section(key="problems", rows=problems, columns=columns, plain=plain, layout="problems")
