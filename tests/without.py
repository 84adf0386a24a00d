"""What a test needs in addition to Python: it fails for want of that, unless it was said that the tests do without."""

from __future__ import annotations

import os
import shutil
from typing import Never

import pytest


def miss(what: str, sentence: str) -> Never:
    """Fail for want of something, or skip the test if KOREA_TESTS_WITHOUT has it."""
    if what in os.environ.get("KOREA_TESTS_WITHOUT", "").split(","):
        pytest.skip(sentence)
    pytest.fail(sentence)


def program(name: str, package: str) -> str:
    """Return the path of a program of a package of Debian."""
    return shutil.which(name) or miss(name, f"needs Debian's package '{package}'; or set KOREA_TESTS_WITHOUT={name}")
