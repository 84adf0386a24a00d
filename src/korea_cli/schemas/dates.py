"""The stored form of dates as a pattern: it takes all that `dates.edtf` takes, and little else."""

from __future__ import annotations

_YEAR = "(?:000[1-9]|00[1-9][0-9]|0[1-9][0-9]{2}|[1-9][0-9]{3})"
_THIRTY = "(?:0[1-9]|[12][0-9]|30)"
# How many days February has is left to the program.
_DAY = f"02-(?:0[1-9]|[12][0-9])|(?:0[469]|11)-{_THIRTY}|(?:0[13578]|1[02])-(?:{_THIRTY}|31)"
_DAYS = f"(?:{_DAY}|(?:0[1-9]|1[0-2]|XX)-XX)"
_UNITS = "(?:0[1-9]|1[0-2]|3[3-9]|4[01]|XX)"
_PART = f"{_YEAR}(?:-(?:{_DAYS}|{_UNITS}))?[~?%]?"
_DURATION = rf"(?:{_PART}/(?:{_PART}|\.\.)?|(?:\.\.)?/{_PART})"
_CHOICE = rf"(?:{_PART}(?:\.\.(?:{_PART})?)?|\.\.{_PART})"
_ONE_OF = rf"\[{_CHOICE}(?:,{_CHOICE})*\]"
STORED = f"{_PART}|{_DURATION}|{_ONE_OF}"
