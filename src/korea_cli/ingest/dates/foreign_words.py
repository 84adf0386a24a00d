"""Words of other languages around dates: seasons, decades, before and after, from and to."""

from __future__ import annotations

import re

from korea_cli.ingest.dates.vague import plain_words

# Without accents and articles, as dates are compared: German, French, Russian, Spanish, Italian, Portuguese, Dutch.
_BEFORE_DATES = {
    "before": "vor avant antes prima voor",
    "by": "до",
    "after": "nach apres после despues dopo depois na",
    "since": "seit depuis \u0441 desde dal sinds",
    "until": "bis jusqu'a по hasta fino ate tot",
    "early": "anfang debut начало inicio inizio begin",
    "mid": "mitte середина mediados meta midden",
    "late": "ende fin конец fine finales fim eind",
    "spring": "fruhling fruhjahr printemps весна веснои primavera lente voorjaar",
    "summer": "sommer ete лето летом verano estate verao zomer",
    "autumn": "herbst automne осень осенью otono autunno outono herfst",
    "winter": "hiver зима зимои invierno inverno",
}
_BEHIND_DATES = {  # Korean, Japanese, Chinese
    "spring {}": "봄 春 春季", "summer {}": "여름 夏 夏季", "autumn {}": "가을 秋 秋季", "winter {}": "겨울 冬 冬季",
    "early {}": "초 初 初め", "late {}": "말 末", "{}s": "대 代 年代", "before {}": "이전 之前",
    "{} or earlier": "以前", "{} or later": "이후 以後 以后 以降",
}  # fmt: skip
_WORD = re.compile(r"(?:im |en |in |au |в )?([^\W\d_]+(?:'a)?) (.*\d.*)")
_YEAR = re.compile(r"(\d{4}(?:-\d\d){0,2}) ?([^\W\d_]+)")
_DECADE = re.compile(
    r"(\d{4})(?:er jahre?n?|-?\u0435(?: годы| гг\.?)?)|(?:les )?(?:annees|anni|anos|decada|jaren) (\d{4})"
)
_YEARS = re.compile(r"(?:(?:von|\u0441|desde|dal|van|entre) )?(\d{4}) (?:bis|a|по|hasta|al|ate|tot) (\d{4})")
_ENGLISH = {each: word for word, others in _BEFORE_DATES.items() for each in others.split()}
_FORMS = {each: form for form, others in _BEHIND_DATES.items() for each in others.split()}


def in_english(text: str) -> str:
    """Return a date with English words for those of other languages; "" where it has none that is known."""
    plain = plain_words(text)
    if match := _DECADE.fullmatch(plain):
        return f"{match[1] or match[2]}s"
    if match := _YEARS.fullmatch(plain):
        return f"{match[1]} to {match[2]}"
    if (match := _WORD.fullmatch(plain)) and match[1] in _ENGLISH:
        return f"{_ENGLISH[match[1]]} {match[2]}"
    match = _YEAR.fullmatch(plain)
    return _FORMS[match[2]].format(match[1]) if match and match[2] in _FORMS else ""
