"""Languages by their BCP 47 codes, and what bibliographies call them."""

from __future__ import annotations

from korea_cli.reading.codes.forms import code_meant

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
    "farsi": "fa",
}  # fmt: skip


def language_code(text: str) -> str:
    """Return the code of a language as bibliographies name it; "" where that is not certain."""
    return _CODES.get(text.strip().casefold()) or code_meant("language", text)
