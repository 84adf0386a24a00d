"""Write the tables of country and language codes: `python scripts/codes.py`.

The codes and English names are those of CLDR (Unicode licence), which Babel has; the other languages are those of the
registry of IANA, which language-tags has.

The program needs neither: `pip install 'babel==2.19.*' 'language-tags==1.3.*'`.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

TABLES = Path(__file__).parents[1] / "src/korea_cli/reading/codes"
# Codes of ISO 3166-3, of states and territories that are no longer, with their former codes of two letters; none where
# that is also the code of another.
_FORMER = {
    "AFI": "- French Afars and Issas", "ANT": "AN Netherlands Antilles", "ATB": "- British Antarctic Territory",
    "ATN": "NQ Dronning Maud Land", "BUR": "BU Burma", "BYS": "- Byelorussian SSR", "CSK": "- Czechoslovakia",
    "CTE": "CT Canton and Enderbury Islands", "DDR": "DD East Germany", "DHY": "DY Dahomey",
    "FXX": "FX Metropolitan France", "GEL": "- Gilbert and Ellice Islands", "HVO": "HV Upper Volta",
    "JTN": "JT Johnston Island", "MID": "MI Midway Islands", "NHB": "NH New Hebrides", "NTZ": "NT Neutral Zone",
    "PCI": "PC Trust Territory of the Pacific Islands", "PCZ": "PZ Panama Canal Zone",
    "PUS": "PU US Miscellaneous Pacific Islands", "RHO": "RH Southern Rhodesia",
    "SCG": "- Serbia and Montenegro", "SKM": "- Sikkim", "SUN": "SU Soviet Union", "TMP": "TP East Timor",
    "VDR": "VD North Vietnam", "WAK": "WK Wake Island", "YMD": "YD South Yemen", "YUG": "YU Yugoslavia",
    "ZAR": "ZR Zaire",
}  # fmt: skip
# What else countries are often called; the codes of these names are certain.
_NAMES = {
    "ARE": "UAE", "BOL": "Plurinational State of Bolivia", "CHN": "People's Republic of China|PRC",
    "CIV": "Ivory Coast", "COD": "Democratic Republic of the Congo", "CPV": "Cabo Verde", "CZE": "Czech Republic",
    "DEU": "Federal Republic of Germany|West Germany", "FSM": "Federated States of Micronesia",
    "GBR": "UK|Great Britain|Britain", "HKG": "Hong Kong", "IRN": "Islamic Republic of Iran",
    "KOR": "Republic of Korea|ROK", "LAO": "Lao PDR", "MAC": "Macau|Macao", "MDA": "Republic of Moldova",
    "MKD": "Macedonia", "MMR": "Myanmar", "PRK": "Democratic People's Republic of Korea|DPRK",
    "PSE": "Palestine|State of Palestine", "RUS": "Russian Federation", "SUN": "USSR", "SWZ": "Swaziland",
    "SYR": "Syrian Arab Republic", "TUR": "Turkey", "TWN": "Republic of China", "TZA": "United Republic of Tanzania",
    "USA": "U.S.|U.S.A.|United States of America|America", "VAT": "Holy See",
    "VEN": "Bolivarian Republic of Venezuela", "VNM": "Viet Nam", "XKX": "XKK",
}  # fmt: skip
_PRIVATE = ("AAA", "QMM", "QNN", "ZZZ")  # and what begins with X, or Q and a letter after M
_KOSOVO = {"XKK": "XKX"}  # the code that the European Union and the World Bank use


def countries() -> str:
    """Return a line for each country: its codes of three and two letters, and its names."""
    from babel.core import Locale, get_global  # noqa: PLC0415 - the tests of this script also run without it

    names, twins = Locale("en").territories, get_global("territory_aliases")
    found = {_KOSOVO.get(code, code): two[0] for code, two in twins.items() if len(code) == 3 and code.isalpha()}  # noqa: PLR2004 - alpha-3
    rows = {code: [two, names[two]] for code, two in found.items() if code not in _FORMER and not _is_private(code)}
    rows |= {code: each.split(" ", 1) for code, each in _FORMER.items()}
    for code, more in _NAMES.items():
        rows[code] += [each for each in more.split("|") if each not in rows[code]]
    return "".join("\t".join([code, *rows[code]]) + "\n" for code in sorted(rows))


def _is_private(code: str) -> bool:
    return code in _PRIVATE or (code[0] == "X" and code != "XKX") or (code[0] == "Q" and code[1] > "M")


def languages() -> str:
    """Return a line for each language that CLDR names: its code, its English name, and codes that it has no more."""
    from babel.core import Locale, get_global  # noqa: PLC0415 - as above

    aliases = get_global("language_aliases")
    known = {each: name for each, name in Locale("en").languages.items() if each in _registered()}
    former: dict[str, list[str]] = {}
    for alias, code in aliases.items():
        if code in known and alias.isalpha() and alias not in _registered():
            former.setdefault(code, []).append(alias)
    return "".join("\t".join([code, known[code], *sorted(former.get(code, ()))]) + "\n" for code in sorted(known))


def other_languages() -> str:
    """Return the codes of all other languages, with blanks between them."""
    named = {line.partition("\t")[0] for line in languages().splitlines()}
    former = {each for line in languages().splitlines() for each in line.split("\t")[2:]}
    return " ".join(sorted(_registered() - named - former)) + "\n"


@cache
def _registered() -> set[str]:
    """Return the codes of languages in the registry, without those for private use."""
    import language_tags  # noqa: PLC0415 - as above

    registry = Path(language_tags.__file__).parent / "data/json/registry.json"
    entries = json.loads(registry.read_text("utf-8"))
    languages = (each for each in entries if each["Type"] == "language" and ".." not in each["Subtag"])
    return {each["Subtag"] for each in languages if "Preferred-Value" not in each}


def main() -> None:
    """Write the tables."""
    (TABLES / "countries.tsv").write_text(countries(), "utf-8")
    (TABLES / "languages.tsv").write_text(languages(), "utf-8")
    (TABLES / "languages.txt").write_text(other_languages(), "utf-8")


if __name__ == "__main__":
    main()
