"""Countries, languages and identifiers have codes that exist; what stands for one is refused with the code meant."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from korea_cli.reading.codes.forms import FORMS, code_meant, same_code
from korea_cli.reading.codes.meanings import isbn_problem
from korea_cli.reading.codes.tables import codes, countries, languages

VALID = {
    "country": [*("KOR", "PRK", "USA", "DEU", "GBR", "RUS", "TWN", "XKX"), *("SUN", "YUG", "CSK", "DDR", "RHO")],
    "language": [
        *("en", "ko", "zh-Hans", "zh-Hant-TW", "en-GB", "es-419", "sr-Latn-RS", "de-CH-1996", "sl-rozaj", "zh-yue"),
        *("yue", "tlh", "en-u-ca-buddhist", "x-own", "en-x-own", "und", "mul"),
    ],
    "wikidata": ["Q1", "Q7747"],
    "doi": ["10.1/x", "10.1000/182", "10.1002/(SICI)1097<1::AID>3.0.CO;2-#", "10.1000.10/é"],
    "path": ["a.pdf", "copies/Letter 1.pdf", "copies/2017/..pdf", "\u6587/a.b", "...", "~a"],
    "sha256": ["0" * 64, "0123456789abcdef" * 4],
    "isbn": ["0-306-40615-2", "0306406152", "978-0-306-40615-7", "9780306406157", "0-8044-2957-X", "979-8-88645-174-0"],
}
MEANT = {
    "country": {
        "UK": "GBR", "DE": "DEU", "Germany": "DEU", "kor": "KOR", "KR": "KOR", "south korea": "KOR", "ROK": "KOR",
        "U.S.": "USA", "us": "USA", "Turkiye": "TUR", "Turkey": "TUR", "Côte d'Ivoire": "CIV", "USSR": "SUN",
        "SU": "SUN", "Soviet Union": "SUN", "XKK": "XKX", "Kosovo": "XKX", "DD": "DDR",
    },
    "language": {
        "EN": "en", "English": "en", "eng": "en", "kor": "ko", "ger": "de", "deu": "de", "iw": "he", "en_gb": "en-GB",
        "en-UK": "en-GB", "ZH-hant-tw": "zh-Hant-TW", "Klingon": "tlh", "X-Own": "x-own",
    },
    "wikidata": {
        "q7747": "Q7747", "https://www.wikidata.org/wiki/Q7747": "Q7747", "http://wikidata.org/entity/q1": "Q1",
    },
    "path": {"./a.pdf": "a.pdf", "a//b": "a/b", "copies\\a.pdf": "copies/a.pdf", "a/": "a"},
    "sha256": {"ABCDEF01" * 8: "abcdef01" * 8},
    "doi": {
        "https://doi.org/10.1/x": "10.1/x", "http://dx.doi.org/10.1/x": "10.1/x", "doi:10.1/x": "10.1/x",
        "doi.org/10.1/x": "10.1/x",
    },
    "isbn": {"ISBN 978-0-306-40615-7": "978-0-306-40615-7", "080442957x": "080442957X", "0 306406152": "0-306406152"},
}  # fmt: skip
NONE = {
    "country": ["", "Korea", "ENG", "XXX", "ZZZ", "CS", "Congo", "Ruritania", "\u041a\u041e\u0420", "A" * 10_000],
    "language": ["", "qqq", "e", "12", "en-XY", "en--GB", "en-x", "en-a", "Nolang", "-", "en-" + "a" * 10_000],
    "wikidata": ["", "Q", "Q0", "Q01", "7747", "P31", "L1", "https://www.wikidata.org/wiki/Seoul", "Q٣"],
    "path": ["", ".", "..", "../a", "a/../b", "a/..", "/etc/passwd", "\\\\server\\a", "C:/a", "c:a", "a\nb", "a\x00"],
    "sha256": ["", "0" * 63, "g" * 64],
    "doi": ["", "10.1", "11.1000/182", "see doi:10.1/x", "https://doi.org/doi:10.1/x", "https://example.org/10.1/x"],
    "isbn": ["", "0-306-40615-3", "978-0-306-40615-6", "12", "977-0-306-40615-7", "978030640615X", "X306406152", "abc"],
}  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
def test_a_code_means_itself_and_what_stands_for_one_means_it(form: str) -> None:
    assert {text: code_meant(form, text) for text in VALID[form]} == {text: text for text in VALID[form]}
    assert {text: code_meant(form, text) for text in MEANT[form]} == MEANT[form]
    assert {text: code_meant(form, text) for text in NONE[form]} == dict.fromkeys(NONE[form], "")
    assert all(re.fullmatch(FORMS[form].pattern, text) for text in VALID[form])  # what editors check


@given(st.sampled_from(sorted(FORMS)), st.text() | st.from_regex("[A-Za-z0-9-]{1,20}"))
def test_what_a_text_means_means_itself(form: str, text: str) -> None:
    code = code_meant(form, text)
    assert code_meant(form, code) == code
    assert re.fullmatch(FORMS[form].pattern, code) if code else same_code(form, text) == text


@given(st.from_regex("97[89][0-9]{9}", fullmatch=True) | st.from_regex("[0-9]{9}", fullmatch=True), st.data())
def test_one_last_digit_fits_an_isbn_and_any_wrong_digit_is_noticed(start: str, data: st.DataObject) -> None:
    ends = "0123456789X" if len(start) == 9 else "0123456789"
    (whole,) = [start + end for end in ends if not isbn_problem(start + end)]
    place = data.draw(st.integers(3 if len(whole) == 13 else 0, len(start) - 1))
    digit = data.draw(st.sampled_from("0123456789"))
    changed = f"{whole[:place]}{digit}{whole[place + 1 :]}"
    assert bool(isbn_problem(changed)) is (changed != whole)


def test_no_name_of_a_country_or_language_is_taken_for_another() -> None:
    for table, by_name in (("countries", countries()), ("languages", languages())):
        assert {by_name[code.lower()] for code in codes(table)} == codes(table)
        assert {*by_name.values()} == codes(table)


def test_the_tables_are_what_the_script_writes(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("babel")
    pytest.importorskip("language_tags")
    monkeypatch.syspath_prepend("scripts")
    from codes import TABLES, other_languages
    from codes import countries as written_countries
    from codes import languages as written_languages

    files = {
        "countries.tsv": written_countries(), "languages.tsv": written_languages(), "languages.txt": other_languages(),
    }  # fmt: skip
    assert {name: (TABLES / name).read_text("utf-8") for name in files} == files
