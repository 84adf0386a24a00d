"""Ids are suggested from titles: short, readable, not taken."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from korea_cli.base.slugs import is_slug
from korea_cli.ingest.names.values import suggest_id
from korea_cli.model.records import RECORD_TYPES


@pytest.mark.parametrize(
    ("type_", "values", "id_"),
    [
        ("event", {"title": "An offer"}, "an-offer"),
        (
            "event",
            {"title": "Putin offers to send an emissary to Pyongyang at once"},
            "putin-offers-send-emissary-pyongyang",
        ),
        ("event", {"title": "x" * 60}, "x" * 40),
        ("event", {"title": "정상회담"}, "jeong-sang-hoe-dam"),
        ("event", {"title": "😀"}, "event-1"),
        ("source", {"title": "대북 정책", "authors": ["문, 재인"], "issued": "2017"}, "mun-2017"),
        ("fact", {"text": "Ça va."}, "ca-va"),
        ("actor", {"name": "Kim Jong-un"}, "kim-jong-un"),
        ("topic", {"label": "THAAD"}, "thaad"),
        ("source", {"title": "A Strategy", "authors": ["Samuel Ramani"], "issued": "2017-07"}, "ramani-2017"),
        ("source", {"title": "A Strategy", "authors": ["Ramani, Samuel"], "issued": "July 2017"}, "ramani-2017"),
        ("source", {"title": "A Strategy", "container": "Korea Herald", "issued": "2017"}, "herald-2017"),
        ("source", {"title": "A Strategy", "authors": ["Samuel Ramani"]}, "a-strategy"),
        ("source", {"title": "A Strategy", "authors": "x", "issued": 3}, "a-strategy"),
    ],
)
def test_an_id_says_what_the_record_is_about(type_: str, values: dict[str, Any], id_: str) -> None:
    assert suggest_id(RECORD_TYPES[type_], values, lambda _: True) == id_


def test_an_id_that_is_taken_is_counted_on() -> None:
    event = RECORD_TYPES["event"]
    assert suggest_id(event, {"title": "An offer"}, lambda id_: id_ != "an-offer") == "an-offer-2"
    assert suggest_id(event, {"title": "An offer"}, lambda id_: id_ not in {"an-offer", "an-offer-2"}) == "an-offer-3"
    assert suggest_id(event, {"title": "회담"}, lambda id_: id_ != "hoe-dam") == "hoe-dam-2"
    assert suggest_id(event, {"title": "😀"}, lambda id_: id_ != "event-1") == "event-2"


@given(st.text(), st.sets(st.text()))
def test_whatever_the_title_there_is_an_id_that_is_free(title: str, taken: set[str]) -> None:
    id_ = suggest_id(RECORD_TYPES["event"], {"title": title}, lambda id_: id_ not in taken)
    assert is_slug(id_)
    assert id_ not in taken
