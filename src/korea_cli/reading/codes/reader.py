"""Read codes of one form, and suggest what else may be meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from korea_cli.reading.bad_value import BadValueError, text_of

if TYPE_CHECKING:
    from collections.abc import Callable


def code_of(form: str) -> Callable[[object], str]:
    """Return the function that reads codes of one form."""

    def read(value: object) -> str:
        from korea_cli.reading.codes.forms import FORMS, code_meant  # noqa: PLC0415 - few files need all of them

        text = text_of(value)
        meant = text and code_meant(form, text)
        if meant != text:
            spec = FORMS[form]
            problem = "" if meant else spec.problem(text)
            raise BadValueError(f"'{text}' is not {spec.noun}{problem and f': {problem}'}", meant or None)
        return text

    return read
