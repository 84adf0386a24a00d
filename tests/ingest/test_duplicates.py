"""What looks like a second copy is told, what does not is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from korea_cli.ingest.adding.adding import open_registry
from korea_cli.ingest.adding.duplicates import find_similar
from korea_cli.model.records import RECORD_TYPES

if TYPE_CHECKING:
    from ingest.conftest import Mine


@pytest.mark.parametrize(
    ("type_", "values", "found"),
    [
        ("event", {"title": "x", "date": "2018-03-07", "actors": ["han"]}, ["offer"]),
        ("event", {"title": "x", "date": "2018-03-07", "actors": ["north"]}, []),
        ("event", {"title": "x", "date": "2018-03", "actors": ["han"]}, []),
        ("event", {"title": "An Offer!", "date": "2011"}, ["offer"]),
        ("actor", {"name": "Han, Minister"}, ["han"]),
        ("actor", {"name": "Ministor Hán"}, ["han"]),
        ("actor", {"name": "Северная Корея"}, ["north"]),
        ("actor", {"name": "X", "aliases": ["The Nort"]}, ["north"]),
        ("actor", {"name": "The South"}, []),
        ("source", {"title": "ministers meet"}, ["gazette"]),
        ("topic", {"label": "Talks"}, ["talks"]),
        ("topic", {"label": "Trade"}, []),
        ("fact", {"text": "Talks"}, []),
    ],
)
def test_copies_are_found(type_: str, values: dict[str, object], found: list[str], mine: Mine) -> None:
    told = find_similar(RECORD_TYPES[type_], values, open_registry(mine.files).loaded.draft)
    assert [sentence.split("'")[1] for sentence in told] == found
    assert all(f"at {mine.path}:" in sentence for sentence in told)


def test_what_is_only_named_is_no_copy(mine: Mine) -> None:
    mine.write('[[events]]\nid = "x"\ntitle = "x"\ndate = "2018"\nactors = ["kim"]\n')
    assert find_similar(RECORD_TYPES["actor"], {"name": "kim"}, open_registry(mine.files).loaded.draft) == []
