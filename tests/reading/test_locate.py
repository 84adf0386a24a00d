"""Which files make up the chronology."""

from __future__ import annotations

import os
from pathlib import Path

from korea_cli.reading.locate import data_files, path_of


def test_the_files_named_win_over_the_environment() -> None:
    assert data_files(["a.toml"], {"KOREA_DATA": "b.toml"}) == ("a.toml",)


def test_the_environment_names_files_joined_by_the_path_separator() -> None:
    assert data_files([], {"KOREA_DATA": f"b.toml{os.pathsep}{os.pathsep}c.toml"}) == ("b.toml", "c.toml")


def test_without_either_it_is_the_built_in_record() -> None:
    assert data_files([], {}) == data_files([], {"KOREA_DATA": ""}) == ("builtin",)


def test_a_file_named_twice_is_read_once() -> None:
    assert data_files(["a", "b", "a"], {}) == ("a", "b")


def test_builtin_is_a_file_that_exists_and_a_dash_is_none() -> None:
    builtin = path_of("builtin")
    assert builtin is not None
    assert builtin.is_file()
    assert path_of("-") is None
    assert path_of("./builtin") == Path("builtin")
