"""A name is split at the comma of `Family, Given` and nowhere else; a wrong split would be a false citation."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from korea_cli.chronology.opening import open_chronology
from korea_cli.citing.names import as_written, in_order, join_authors, name_of


@pytest.mark.parametrize(
    ("written", "family", "given"),
    [
        ("Ramani, Samuel", "Ramani", "Samuel"),
        ("Ramani,Samuel", "Ramani", "Samuel"),
        ("O'Neill, Mary", "O'Neill", "Mary"),
        ("van der Meer, Hans", "van der Meer", "Hans"),
        ("García Márquez, Gabriel José", "García Márquez", "Gabriel José"),
        ("Myers, B. R.", "Myers", "B. R."),
        ("Kim, Jong Un", "Kim", "Jong Un"),
        ("김, 영삼", "김", "영삼"),
        ("Лавров, Сергей", "Лавров", "Сергей"),
        ("  Ramani,   Samuel ", "Ramani", "Samuel"),
    ],
)
def test_a_name_is_split_at_its_comma(written: str, family: str, given: str) -> None:
    assert name_of(written) == {"family": family, "given": given}


@pytest.mark.parametrize(
    "written",
    [
        *("Samuel Ramani", "David E. Sanger", "Hans van der Meer", "Sergei Lavrov", "John Smith", "B. R. Myers"),
        *("Associated Press", "AFP", "Yonhap", "Human Rights Watch", "Amnesty International", "Peter AFP"),
        *("Jun Ji-hye", "Park Sae-jin", "Kim Jong Un", "Moon Chung-in", "Wang Yi", "Xi Jinping", "Nguyen Van Anh"),
        *("문재인", "习近平", "安倍 晋三", "Сергей Лавров", "Nagy Imre", "Plato", "Gabriel García Márquez"),
        *("Ministry of Foreign Affairs, Republic of Korea", "Apple, Inc.", "King, Martin Luther, Jr.", "Smith, Jr."),
        *("Reuters, 38 North", "Martin Luther King Jr.", "John", ",", ", ", "a, ", " ", "3,000 Voices"),
    ],
)
def test_all_other_names_stay_whole(written: str) -> None:
    assert name_of(written) == {"literal": " ".join(written.split())}


def test_of_the_built_in_record_no_name_is_split_wrongly() -> None:
    authors = {author for source in open_chronology("builtin").sources() for author in source.authors}
    split = {author for author in authors if "family" in name_of(author)}
    own = {"Ramani, Samuel", "Karube, Takuya", "Pinchuk, Denis", "Osborn, Andrew", "Cotton, Shea", "Shim, Elizabeth"}
    own |= {"Lo, Bobo"}
    assert split == own
    assert authors - split >= {"Jun Ji-hye", "Associated Press", "United Nations Security Council"}


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("Ramani, Samuel", "Samuel Ramani"),
        ("김, 정은", "김정은"),
        ("李, 世民", "李世民"),
        ("あべ, しんぞう", "あべしんぞう"),
        ("安倍, 晋三", "安倍晋三"),
        ("スミス, ジョン", "スミスジョン"),
        ("ｽﾐｽ, ｼﾞｮﾝ", "ｽﾐｽｼﾞｮﾝ"),
        ("𠮷田, 誠", "𠮷田誠"),
        ("佐々木, 蔵之介", "佐々木蔵之介"),
        ("Kim, Jong Un", "Jong Un Kim"),
        ("Jun Ji-hye", "Jun Ji-hye"),
    ],
)
def test_a_name_in_han_hangul_or_kana_begins_with_the_family(written: str, spoken: str) -> None:
    assert in_order(name_of(written)) == join_authors([written]) == spoken


@given(st.text())
def test_no_letter_of_a_name_is_lost(author: str) -> None:
    name = name_of(author)
    assert "".join(as_written(name).split()) == "".join(author.split())
    assert sorted(in_order(name).replace(" ", "").replace(",", "")) == sorted("".join(author.split()).replace(",", ""))
