"""A name is parted only where it is sure what is the family's; a wrong part would be a false citation."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from korea_cli.citing.names import name_of
from korea_cli.opening import open_chronology


@pytest.mark.parametrize(
    ("written", "family", "given"),
    [
        ("Samuel Ramani", "Ramani", "Samuel"),
        ("Ramani, Samuel", "Ramani", "Samuel"),
        ("David E. Sanger", "Sanger", "David E."),
        ("R. Jeffrey Smith", "Smith", "R. Jeffrey"),
        ("Mary O'Neill", "O'Neill", "Mary"),
        ("Anna Müller-Lüdenscheidt", "Müller-Lüdenscheidt", "Anna"),
        ("Hans van der Meer", "van der Meer", "Hans"),
        ("Myers, B. R.", "Myers", "B. R."),
        ("Kim, Jong Un", "Kim", "Jong Un"),
        ("김, 영삼", "김", "영삼"),
        ("  Samuel   Ramani ", "Ramani", "Samuel"),
    ],
)
def test_a_name_is_parted_where_that_is_sure(written: str, family: str, given: str) -> None:
    assert name_of(written) == {"family": family, "given": given}


@pytest.mark.parametrize(
    "written",
    [
        *("Associated Press", "AFP", "Yonhap", "Human Rights Watch", "Amnesty International", "Peter AFP"),
        *("Jun Ji-hye", "Park Sae-jin", "Kim Jong Un", "Moon Chung-in", "Wang Yi", "Xi Jinping", "Nguyen Van Anh"),
        *(
            "문재인",
            "习近平",
            "安倍 晋三",
            "Сергей Лавров",
            "Nagy Imre",
            "Plato",
            "B. R. Myers",
            "Gabriel García Márquez",
        ),
        *("Ministry of Foreign Affairs, Republic of Korea", "Apple, Inc.", "King, Martin Luther, Jr.", "Smith, Jr."),
        *("Reuters, 38 North", "Martin Luther King Jr.", "John", "John smith", ",", ", ", "a, ", " "),
    ],
)
def test_all_other_names_stay_whole(written: str) -> None:
    assert name_of(written) == {"literal": " ".join(written.split())}


def test_of_the_built_in_record_no_name_is_parted_wrongly() -> None:
    names = {author: name_of(author) for source in open_chronology("builtin").sources() for author in source.authors}
    parted = {author for author, name in names.items() if "family" in name}
    assert parted == {"Samuel Ramani", "Takuya Karube", "Denis Pinchuk", "Andrew Osborn"}
    assert all(author == f"{names[author]['given']} {names[author]['family']}" for author in parted)


@given(st.text())
def test_no_letter_of_a_name_is_lost(author: str) -> None:
    told = " ".join(name_of(author).values())
    assert sorted(told.replace(" ", "")) in (
        sorted("".join(author.split())),
        sorted("".join(author.split()).replace(",", "")),
    )
