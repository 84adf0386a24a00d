"""Words match where a word begins, whatever the case, the accents and the form of the script."""

from __future__ import annotations

import re
from unicodedata import normalize

import pytest
from hypothesis import assume, event, given
from hypothesis import strategies as st

from korea_cli.base.errors import UsageError
from korea_cli.base.tokenize import name_key, phrase_for, plain_phrase_for, plain_words, spaced, words_of
from korea_cli.store.database import Store, Table, connect

SCRIPTS = st.text(alphabet="abAéßŁΣςиЙが漢字문재인ﾊﾟ\uff34한1٣.-_'\u2019 \t\n\x00\x01\udc80😀", max_size=12)


LETTERS = "abcABÉßŁΣςиЙが漢字문재인ﾊﾟ\uff34٣1.-_'\u2019\"*^+:(){} \t\x00\x01\xb6\xb7😀"
WORDS = (
    "us", "U.S.", "talks", "talk", "h.r.mcmaster", "Straße", "문재인", "문재인은", "재인 대통령", "6자회담",
    "部署THAAD系统", "ミサイル", "путин", "AND", "OR", "NOT", "NEAR", "text", "head:", "a\x01b", "naïve", "١٢",
)  # fmt: skip
TEXTS = st.one_of(st.text(LETTERS, max_size=8), st.lists(st.sampled_from(WORDS), max_size=4).map(" ".join))


def finds(query: str, *texts: str) -> bool:
    """Look for a query in an index of the words of some texts."""
    store = Store(connect(":memory:"), {"words": Table("seq, text", lambda: [(1, spaced(*texts))], "words")})
    rows, values = store.words.rows("text", query)
    found = bool(list(store.rows(f"SELECT seq FROM {rows}", values)))  # noqa: S608 - what is tested
    assert found == (plain_phrase_for(query) in plain_words(*texts))  # as an engine without an index finds it
    return found


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("missile", "Two missiles were fired"),
        ("MISSILE", "a missile"),
        ("us", "a US-led measure"),
        ("us", "said the U.S. envoy"),
        ("U.S.", "the US military"),
        ("u.s", "the U.S., too"),
        ("mcmaster", "H.R.McMaster"),
        ("h.r. mcmaster", "HR McMaster"),
        ("six party", "the Six-Party Talks"),
        ("talks res", "when talks resume"),
        ("russia's", "Russia\u2019s answer"),
        ("535", "a height of 535 km"),
        ("naive", "a naïve plan"),
        ("naïve", "a naive plan"),
        ("strasse", "Hauptstraße, Straße"),
        ("ÅNGSTRÖM", "angstrom"),
        ("путин", "Владимир ПУТИН"),
        ("thaad", "\uff34\uff28\uff21\uff21\uff24 in full width"),
        ("\ufb01ring", "the firing"),
        ("σοφος", "ΣΟΦΟΣ"),
    ],
)
def test_a_word_is_found_where_a_word_of_the_text_begins(query: str, text: str) -> None:
    assert finds(query, text)


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("us", "Russia"),
        ("missile", "the mission"),
        ("resume talks", "talks resume"),
        ("talks resume", "talks may resume"),
        ("party", "the sixparty talks"),
        ("2017", "in 12017"),
        ("us", "r.u.s. and Belarus"),
        ("tolkien", "jrtolkien"),
    ],
)
def test_a_word_is_not_found_elsewhere(query: str, text: str) -> None:
    assert not finds(query, text)


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("재인", "문재인 대통령"),
        ("문재인", "문재인은"),
        ("近平", "习近平访问"),
        ("ミサイル", "北朝鮮のミサイル"),
        ("みさいる", "しんがたみさいる"),
        ("회담", "6자회담"),
        ("6자회담", "제6자회담"),
        ("thaad", "部署THAAD系统"),
        ("THAAD 系统", "部署THAAD系统"),
        ("문재인 대통령", "새 문재인 대통령"),
        ("ﾐｻｲﾙ", "ミサイル"),
    ],
)
def test_words_of_han_kana_and_hangul_are_found_anywhere(query: str, text: str) -> None:
    assert finds(query, text)


def test_decomposed_hangul_is_the_same_word() -> None:
    assert finds(normalize("NFD", "문재인"), "문재인")
    assert finds("문재인", normalize("NFD", "문재인"))


def test_the_voicing_of_kana_is_no_accent() -> None:
    assert not finds("かき", "かぎ")
    assert finds("かぎ", "かぎ")


def test_a_phrase_does_not_reach_from_one_text_into_the_next() -> None:
    assert not finds("moscow talks", "in Moscow", "talks resume")
    assert not finds("모스크바 회담", "모스크바", "회담")
    assert finds("talks", "in Moscow", "talks resume")


def test_a_break_inside_a_text_is_no_letter() -> None:
    assert words_of("a\x01b") == ["a", "b"]


@pytest.mark.parametrize("text", ["", " ", "%", "_", "'", '";--', "…", "\x00", "\x01", "😀", "\udc80"])
def test_what_has_no_word_in_it_cannot_be_looked_for(text: str) -> None:
    with pytest.raises(UsageError, match="contains no word"):
        phrase_for(text)


@pytest.mark.parametrize("letter", ["a", "한", "\U00020000", "\ufdfa"])  # the last is eighteen letters to NFKC
def test_a_word_longer_than_sql_takes_is_refused(letter: str) -> None:
    with pytest.raises(UsageError, match="search text is too long"):
        phrase_for(letter * 20_000)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("PUTIN", "putin"),
        ("  Moon\t Jae-in ", "moon jae-in"),
        ("Владимир ПУТИН", "владимир путин"),
        ("Việt Nam", normalize("NFD", "việt nam")),
        ("\uff24\uff30\uff32\uff2b", "dprk"),
        ("北京", "北京"),
        ("STRASSE", "straße"),
        (normalize("NFD", "문재인"), "문재인"),
    ],
)
def test_names_are_compared_without_case_and_form(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


def test_names_keep_their_accents() -> None:
    assert name_key("й") != name_key("и")
    assert name_key("Việt Nam") != name_key("Viet Nam")


def test_half_a_letter_from_the_command_line_becomes_a_whole_one() -> None:
    assert name_key("a\udc80").encode()


@given(SCRIPTS)
def test_words_are_letters_and_digits_only(text: str) -> None:
    assert all(letter.isalnum() for word in words_of(text) for letter in word)


@given(SCRIPTS, SCRIPTS, SCRIPTS)
def test_every_text_is_found_by_itself_and_by_every_word_of_it(before: str, text: str, after: str) -> None:
    words = words_of(text)
    assume(words and "\x01" not in text)
    assert finds(text, before, text, after)
    assert all(finds(word, before, text, after) for word in words)


@given(SCRIPTS)
def test_what_is_folded_folds_to_itself(text: str) -> None:
    words = words_of(text)
    assert words_of(" ".join(words)) == words


@given(SCRIPTS)
def test_case_does_not_matter(text: str) -> None:
    assert words_of(text.casefold()) == words_of(text)


@given(st.text(max_size=30))
def test_a_name_key_keys_to_itself(text: str) -> None:
    assert name_key(name_key(text)) == name_key(text)


def obviously_finds(query: str, *texts: str) -> bool:
    """Compare folded texts letter by letter: a word is found where one begins, one of glued letters anywhere."""
    sought = " ".join(words_of(query))
    begins = "" if re.match("[\u3005-\u3007\u3041-\u30ff\u3131-\u318e\u4e00-\u9fff\uac00-\ud7a3]", sought) else " "
    return any(f"{begins}{sought}" in f" {' '.join(words_of(text))} " for text in texts)


@given(st.lists(TEXTS, max_size=4), TEXTS | SCRIPTS, st.integers(0, 8), st.integers(1, 9))
def test_the_index_finds_what_comparing_texts_finds(texts: list[str], other: str, start: int, length: int) -> None:
    for query in (other, other[start : start + length], *(text[start : start + length] for text in texts)):
        if words_of(query):
            found = obviously_finds(query, *texts)
            event("something found" if found else "nothing found")
            assert finds(query, *texts) is found
