"""Ids are made of titles in any script, always the same."""

from __future__ import annotations

from unicodedata import normalize

from hypothesis import given
from hypothesis import strategies as st

from korea_cli.base.slugs import is_slug, slug_of

# What people have in their files: a later version must make the same ids.
IDS = """
문재인 mun-jae-in
김정은 gim-jeong-eun
박근혜 bag-geun-hye
송영길 song-yeong-gil
북한 bug-han
조선민주주의인민공화국 jo-seon-min-ju-ju-ui-in-min-gong-hwa-gug
9월_평양공동선언 9-wol-pyeong-yang-gong-dong-seon-eon
사드(THAAD)_배치 sa-deu-thaad-bae-chi
K-팝 k-pab
Путин putin
Владимир_Путин vladimir-putin
Горбачёв gorbachev
Йошкар-Ола yoshkar-ola
Михаил_Щедрин mikhail-shchedrin
Ким_Чен_Ын kim-chen-yn
Владимир_Зеленський vladimir-zelenskiy
МИД_России mid-rossii
习近平 xi-jin-ping
王毅 wang-yi
北京2022 bei-jing-2022
朝鲜半岛 chao-xian-ban-dao
大韓民國 da-han-min-guo
安倍晋三 an-bei-jin-san
河野太郎 he-ye-tai-lang
かぐや姫 kaguya-ji
トヨタ toyota
ياسر_عرفات ysr-rft
محمود_عباس mhmwd-bs
تهران thrn
Αλέξης_Τσίπρας alexis-tsipras
תל_אביב tl-vyv
ประเทศไทย praethsaithy
हिन्दी hindi
ქართული kartuli
Հայաստան hayastan
Łódź lodz
Straße strasse
İstanbul istanbul
Đà_Nẵng da-nang
Dvořák dvorak
№_5 no-5
Moon–Kim moon-kim
"""


def test_an_id_is_made_of_the_letters_of_any_script() -> None:
    expected = dict(line.split() for line in IDS.split("\n") if line)
    assert {name: slug_of(name.replace("_", " ")) for name in expected} == expected
    assert {name: slug_of(normalize("NFD", name.replace("_", " "))) for name in expected} == expected


@given(st.text())
def test_whatever_is_made_of_a_text_is_an_id_and_stays_as_it_is(text: str) -> None:
    slug = slug_of(text)
    assert not slug or is_slug(slug)
    assert slug_of(slug) == slug
