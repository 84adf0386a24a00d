"""What one would use instead of this program: how it is installed, what it reads, and how it is asked the same."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from questions import ACTOR, FIRST, LAST, TOPIC

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

BIN = Path(__file__).parents[1] / ".venv-bench" / "bin"  # the programs that come from PyPI
SITE_PACKAGES = BIN.parent / "lib" / f"python{sys.version_info[0]}.{sys.version_info[1]}" / "site-packages"
_FROM_PYPI = ("duckdb-cli", "jrnl", "msgspec", "pydantic")
_FROM_DEBIAN = {
    "grep": "grep", "hledger": "hledger", "jq": "jq", "ledger": "ledger", "mlr": "miller", "sqlite3": "sqlite3",
    "task": "taskwarrior",
}  # fmt: skip


class Files(NamedTuple):
    """The same events in several forms, and the index that the program keeps of them."""

    toml: Path
    json: Path
    csv: Path
    ledger: Path
    jrnl: Path
    tasks: Path
    kept: Path

    @property
    def parquet(self) -> Path:
        """Return the events as DuckDB itself writes them from the JSON."""
        return self.json.with_suffix(".parquet")

    @property
    def jrnl_settings(self) -> Path:
        """Return the settings that jrnl reads."""
        return self.jrnl.with_suffix(".yaml")


class Rival(NamedTuple):
    """Another program, what it is asked, and how."""

    program: str
    asks: str
    command: Callable[[Files], tuple[str, ...]]

    @property
    def path(self) -> str | None:
        """Return the path of the program, or None if it is not installed."""
        return shutil.which(self.program, path=f"{BIN}{os.pathsep}{os.environ.get('PATH', os.defpath)}")

    def asked(self, files: Files) -> tuple[str, ...]:
        """Return the command line."""
        return (self.path or self.program, *self.command(files))


def install() -> None:
    """Install what is missing, as far as this machine lets us; what cannot be is not measured."""
    missing = [package for program, package in _FROM_DEBIAN.items() if not shutil.which(program)]
    if missing and shutil.which("apt-get") and os.geteuid() == 0:
        _attempt("apt-get", "update", "-qq")
        for package in missing:
            _attempt("apt-get", "install", "-qq", "-y", package)
    if not BIN.exists():
        venv.create(BIN.parent, with_pip=True)
        _attempt(str(BIN / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *_FROM_PYPI)


def _attempt(*command: str) -> None:
    done = subprocess.run(command, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    if done.returncode:
        print(f"could not {' '.join(command)}: {done.stderr.strip()}", file=sys.stderr)


def entry_for_ledger(event: dict[str, Any]) -> str:
    """Return an event as an entry of a double-entry journal: every actor and topic gets one of it."""
    accounts = [f"actors:{actor['id']}" for actor in event["actors"]]
    accounts += [f"topics:{topic['id']}" for topic in event["topics"]]
    postings = "".join(f"    {account}  1\n" for account in accounts)
    return f"{event['earliest']} {event['title']}\n{postings}    events\n\n"


def entry_for_jrnl(event: dict[str, Any]) -> str:
    """Return an event as an entry of a diary, its actors and topics as tags."""
    return f"[{event['earliest']} 09:00] {event['title']} {' '.join(f'@{tag}' for tag in _tags(event))}\n\n"


def entry_for_taskwarrior(event: dict[str, Any]) -> str:
    """Return an event as a task that is due on its day, its actors and topics as tags; no day is before 1980 there."""
    due = int(dt.datetime.fromisoformat(f"{event['earliest']}T12:00:00+00:00").timestamp())
    day = f' due:"{due}"' if event["earliest"] >= "1980" else ""
    return (
        f'[description:"{event["title"]}"{day} entry:"1000000000" status:"pending" tags:"{",".join(_tags(event))}"'
        f' uuid:"{UUID(int=event["line"])}"]\n'
    )


def _tags(event: dict[str, Any]) -> list[str]:
    return [each["id"] for each in (*event["actors"], *event["topics"])]


def prepare(files: Files, environment: Mapping[str, str]) -> None:
    """Write what single programs need beside the events: a Parquet file by DuckDB, the settings of jrnl."""
    duck = next(each for each in RIVALS if each.program == "duckdb")
    if duck.path:
        copy = f"COPY (FROM read_json_auto('{files.json}', maximum_object_size = 1000000)) TO '{files.parquet}'"
        subprocess.run((duck.path, "-c", copy), check=True, env=environment, stdout=subprocess.DEVNULL)
    files.jrnl_settings.write_text(_JRNL.format(journal=files.jrnl), "utf-8")


_JRNL = """\
version: v4.6
journals:
  default: {{journal: "{journal}"}}
editor: ''
encrypt: false
template: false
default_hour: 9
default_minute: 0
timeformat: '%Y-%m-%d %H:%M'
tagsymbols: '@'
highlight: false
linewrap: 79
indent_character: '|'
colors: {{body: none, date: none, tags: none, title: none}}
"""
_JQ = (
    f'.[] | select(any(.actors[]; .id == "{ACTOR}") and any(.topics[]; .id == "{TOPIC}")'
    f' and .earliest <= "{LAST}" and .latest >= "{FIRST}")'
)
_SQL = (
    "SELECT json FROM record_json WHERE seq IN ("  # noqa: S608 - names from the code
    f"SELECT seq FROM link WHERE role = 'agent' AND target = '{ACTOR}' INTERSECT"
    f" SELECT seq FROM link WHERE role = 'topic' AND target = '{TOPIC}' INTERSECT"
    f" SELECT seq FROM span WHERE start_min <= {LAST.toordinal()} AND end_max >= {FIRST.toordinal()})"
)
_DUCK = (
    "SELECT * FROM '{}'"  # noqa: S608 - as above
    f" WHERE len(list_filter(actors, lambda each: each.id = '{ACTOR}')) > 0"
    f" AND len(list_filter(topics, lambda each: each.id = '{TOPIC}')) > 0"
    f" AND earliest::DATE <= DATE '{LAST}' AND latest::DATE >= DATE '{FIRST}'"
)
_MILLER = f'$earliest <= "{LAST}" && $latest >= "{FIRST}" && $topics =~ "."'
_BEYOND = LAST + dt.timedelta(days=1)


def _ledger(files: Files) -> tuple[str, ...]:
    return "-f", str(files.ledger), "print", ACTOR, "-b", str(FIRST), "-e", str(_BEYOND)


def _jrnl(files: Files) -> tuple[str, ...]:
    window = ("-from", str(FIRST), "-to", str(LAST))
    return "--config-file", str(files.jrnl_settings), "-and", f"@{ACTOR}", f"@{TOPIC}", *window, "--format", "json"


def _task(files: Files) -> tuple[str, ...]:
    settings = ("rc:/dev/null", f"rc.data.location={files.tasks.parent}", "rc.gc=off", "rc.verbose=nothing")
    return *settings, f"+{ACTOR}", f"+{TOPIC}", f"due.after:{FIRST}", f"due.before:{_BEYOND}", "export"


RIVALS: Sequence[Rival] = (
    Rival("sqlite3", "the same, in SQL on korea's own index (the lower limit)", lambda files: (str(files.kept), _SQL)),
    Rival("jq", "the same, on JSON", lambda files: ("-c", _JQ, str(files.json))),
    Rival("duckdb", "the same, on Parquet", lambda files: (
        "-jsonlines", "-c", _DUCK.format(files.parquet)
    )),
    Rival("mlr", "only the date range, on CSV", lambda files: (
        "--icsv", "--ojsonl", "filter", _MILLER, str(files.csv)
    )),
    Rival("grep", "count of lines with the actor, on TOML", lambda files: (
        "-c", f'"{ACTOR}"', str(files.toml)
    )),
    Rival("hledger", "entries with the actor that start in the range, in a journal", _ledger),
    Rival("ledger", "entries with the actor that start in the range, in a journal", _ledger),
    Rival("jrnl", "entries with the actor and the topic that start in the range, in a diary", _jrnl),
    Rival("task", "tasks with the actor and the topic that are due in the range", _task),
)  # fmt: skip
DUMP_RIVAL = "jq"


def dump_with_jq(files: Files) -> tuple[str, ...]:
    """Return how jq writes every event on a line."""
    return "jq", "-c", ".[]", str(files.json)
