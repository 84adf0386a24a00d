"""Languages by their BCP 47 codes, and what bibliographies call them."""

from __future__ import annotations

import re

# As babel calls them, by code; a code would be printed as it is.
BABEL_NAMES = {
    "ar": "arabic", "de": "german", "en": "english", "es": "spanish", "fa": "persian", "fr": "french",
    "id": "indonesian", "it": "italian", "ja": "japanese", "ko": "korean", "nl": "dutch", "pl": "polish",
    "pt": "portuguese", "ru": "russian", "uk": "ukrainian", "vi": "vietnamese", "zh": "chinese",
}  # fmt: skip
_CODES = {name: code for code, name in BABEL_NAMES.items()} | {
    "american": "en-US", "usenglish": "en-US", "british": "en-GB", "ukenglish": "en-GB", "canadian": "en-CA",
    "australian": "en-AU", "ngerman": "de", "deutsch": "de", "austrian": "de-AT", "naustrian": "de-AT",
    "swissgerman": "de-CH", "brazilian": "pt-BR", "brazil": "pt-BR", "francais": "fr", "français": "fr",
    "farsi": "fa", "eng": "en", "deu": "de", "ger": "de", "fra": "fr", "fre": "fr", "spa": "es", "kor": "ko",
    "jpn": "ja", "zho": "zh", "chi": "zh", "rus": "ru", "ita": "it", "por": "pt",
}  # fmt: skip
_CODE = re.compile(r"[a-z]{2}(?:[-_][a-z0-9]{2,8})*", re.IGNORECASE | re.ASCII)
_SCRIPT, _REGION = 4, 2  # letters


def language_code(text: str) -> str:
    """Return the code of a language as bibliographies name it; "" where that is not certain."""
    if known := _CODES.get(text.strip().casefold()):
        return known
    if not _CODE.fullmatch(text.strip()):
        return ""
    first, *others = re.split("[-_]", text.strip())
    return "-".join([first.lower(), *map(_subtag, others)])


def _subtag(text: str) -> str:
    if len(text) == _REGION:
        return text.upper()
    return text.title() if len(text) == _SCRIPT and text.isalpha() else text.lower()
