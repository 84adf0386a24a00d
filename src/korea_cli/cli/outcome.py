"""Print what a writing command did; when that fails, the status still speaks of the file.

Whatever fails then, a change that was made is no failure. Only what was asked for, a preview or JSON of no change, is
lost where it cannot be printed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from korea_cli.base.errors import OK
from korea_cli.base.sanitize import ascii_json, clean_line, escape_json
from korea_cli.base.streams import print_stderr, write_stdout
from korea_cli.report.report import SCHEMA_VERSION

if TYPE_CHECKING:
    from korea_cli.cli.options import OutputOptions
    from korea_cli.editing.outcome import Outcome


def report_done(done: Outcome, wanted: OutputOptions, command: str) -> int:
    """Print the outcome as asked for; raises KoreaError where something is still wrong, or nothing was written."""
    json = wanted.format == "json"
    print_stderr(*(() if wanted.quiet else done.notes))
    try:
        if text := _json(done, command) if json else "" if wanted.quiet and not done.dry else _text(done):
            write_stdout([text])
    except Exception:
        if done.dry or (json and not done.files):
            raise
        print_stderr(f"{done.sentence}, but could not print it")
    if done.error:
        raise done.error
    return OK


def _text(done: Outcome) -> str:
    return "".join((done.text, *(f"{clean_line(line)}\n" for line in done.details())))


def _json(done: Outcome, command: str) -> str:
    from json import dumps  # noqa: PLC0415 - few ask for it

    places = done.places()
    changes: list[dict[str, Any]] = []
    for each in done.changes():
        file, line = places.get((each.record, each.id), (None, None))
        row = {key: getattr(each, key) or None for key in ("type", "change", "record", "id", "title", "key", "words")}
        changes.append({**row, "old": each.old, "new": each.new, "file": file, "line": line})
    document = {
        "schema_version": SCHEMA_VERSION,
        "command": command,
        "dry_run": done.dry,
        "files": [{"path": path, "sha256": digest} for path, digest in done.files.items()],
        "count": len(changes),
        "changes": changes,
    }
    return ascii_json(escape_json(dumps(document, ensure_ascii=False, indent=2))) + "\n"
