"""Let the program wait for as long as it takes: Python imports this first where `Korea.patient` runs the program."""

import os
from importlib import import_module

for name in os.environ["KOREA_TESTS_PATIENT"].split():
    module, _, limit = name.rpartition(".")
    assert getattr(import_module(module), limit) < 100  # it is there, and counts seconds
    setattr(import_module(module), limit, 1_000_000)
