"""Count the values in one of JSON, each under its path."""

from __future__ import annotations

from collections import Counter

from korea_cli.ingest.json.repeated_keys import RepeatedKey

EMPTY: tuple[object, ...] = (None, "", [], {})  # no values; false and 0 are


def count_values(path: str, value: object) -> Counter[str]:
    """Return how many values are in one, by path, such as `media[].url`."""
    counts: Counter[str] = Counter()
    if isinstance(value, dict):
        for name, each in value.items():
            counts += count_values(f"{path}.{name}" if path else name, each)
    elif isinstance(value, list):
        for each in value:
            counts += count_values(f"{path}[]" if isinstance(each, dict) else path, each)
    elif isinstance(value, RepeatedKey):
        for each in value.values:
            counts += count_values(path, each)
    elif value not in EMPTY:
        counts[path] = 1
    return counts
