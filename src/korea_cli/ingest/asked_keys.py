"""Which keys of a record are asked for, and what they are called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from korea_cli.model.records import file_keys

if TYPE_CHECKING:
    from korea_cli.model.records import Record


def label_of(written: str) -> str:
    """Return what a key is called in a question."""
    return written.replace("_", " ").capitalize().replace("Url", "URL")


def keys_to_ask(record: type[Record], *, finished: bool) -> list[str]:
    """Return the keys to ask for: the required ones, those of a finished record, perhaps the others."""
    keys = {written: key for written, key in file_keys(record).items() if written != "id"}
    chosen = [written for written, key in keys.items() if key.required or key.strict or not finished]
    return sorted(
        (written for written in chosen if not keys[written].seldom),
        key=lambda written: (not keys[written].required, not keys[written].strict),
    )
