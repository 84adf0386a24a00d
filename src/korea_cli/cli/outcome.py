"""Print what a writing command did.

A message that cannot be printed does not make a change a failure: only a preview, or JSON of no change, is lost then.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from korea_cli.base.errors import OK
from korea_cli.base.sanitize import ascii_json, clean_line, escape_json
from korea_cli.base.streams import print_stderr, write_stdout

if TYPE_CHECKING:
    from korea_cli.cli.output_options import OutcomeOptions
    from korea_cli.editing.outcome import Outcome


def report_outcome(outcome: Outcome, options: OutcomeOptions, command: str) -> int:
    """Print an outcome as the options say; raises the KoreaError that is in it, if any."""
    print_stderr(*(() if options.quiet else outcome.notes))
    try:
        if options.json:
            write_stdout([_json(outcome, command)])
        elif outcome.dry or not options.quiet:
            write_stdout([outcome.text, *(f"{clean_line(line)}\n" for line in outcome.details())])
    except Exception:
        if outcome.dry or (options.json and not outcome.files):
            raise
        print_stderr(f"{outcome.sentence}, but could not print it")
    if outcome.error:
        raise outcome.error
    return OK


def _json(outcome: Outcome, command: str) -> str:
    from json import dumps  # noqa: PLC0415 - few ask for it

    from korea_cli.report.report import SCHEMA_VERSION  # noqa: PLC0415 - as above

    changes: list[dict[str, Any]] = []
    for each in outcome.changes():
        row = {key: getattr(each, key) or None for key in ("type", "change", "record", "id", "title", "key", "words")}
        changes.append({**row, "old": each.old, "new": each.new, "file": each.file or None, "line": each.line})
    document = {
        "schema_version": SCHEMA_VERSION,
        "command": command,
        "dry_run": outcome.dry,
        "files": [{"path": each.name, "sha256": each.sha256} for each in outcome.files],
        "count": len(changes),
        "changes": changes,
    }
    return ascii_json(escape_json(dumps(document, ensure_ascii=False, indent=2))) + "\n"
