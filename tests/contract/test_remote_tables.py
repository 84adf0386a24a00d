"""Tables of others at an address: read by DuckDB's extension where the user has it, and nothing else is fetched."""

from __future__ import annotations

import os
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

import pytest

from korea_cli.reading.locate import data_files, name_shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conftest import Korea

duckdb = pytest.importorskip("duckdb", reason="needs duckdb")


class Served:
    """A folder on the web, and the paths that were asked for."""

    def __init__(self, folder: Path) -> None:
        """Serve a folder on the loopback."""
        self.folder, self.asked = folder, list[str]()
        asked = self.asked

        class Handler(SimpleHTTPRequestHandler):
            def log_message(self, *_: Any) -> None:  # noqa: ANN401 - as the library has it
                asked.append(self.path)

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(folder)))
        Thread(target=self.server.serve_forever, daemon=True).start()
        self.host = f"127.0.0.1:{self.server.server_port}"


@pytest.fixture
def web(tmp_path: Path) -> Iterator[Served]:
    folder = tmp_path / "web"
    folder.mkdir()
    for name in ("talks", "others"):
        duckdb.execute(
            f"COPY (SELECT '2017-05-01' AS date, 'A' AS title) TO '{folder}/{name}.parquet' (FORMAT parquet)"
        )
    served = Served(folder)
    yield served
    served.server.shutdown()
    served.server.server_close()


def test_without_the_extension_it_is_said_how_to_install_it(korea: Korea, web: Served, tmp_path: Path) -> None:
    run = korea(
        "timeline", "-d", f"parquet:http://{web.host}/talks.parquet", "--mapping", "none", env={"HOME": str(tmp_path)}
    )
    assert (run.code, run.out) == (3, "")
    assert "DuckDB reads addresses with its extension httpfs. To install it: python -c " in run.err
    assert web.asked == []
    assert not (tmp_path / ".duckdb" / "extensions").exists()


def test_a_table_on_the_web_is_read_and_its_secrets_are_shown_nowhere(korea: Korea, web: Served) -> None:
    try:
        duckdb.connect().execute("LOAD httpfs")
    except duckdb.Error:
        pytest.skip("needs DuckDB's extension httpfs")
    home = {"HOME": str(Path.home())}
    of = ("-d", f"parquet:http://me:pass@{web.host}/talks.parquet?sig=secret", "--mapping", "none")
    run = korea("timeline", "--json", *of, env=home)
    assert run.code == 0, run.err
    assert f"http://{web.host}/talks.parquet" in run.out
    assert '"talks-1-1"' in run.out
    assert not {"secret", "pass"} & {word for word in ("secret", "pass") if word in run.out + run.err}
    assert {path.partition("?")[0] for path in web.asked} == {"/talks.parquet"}
    gone = korea("timeline", "-d", f"parquet:http://{web.host}/no.parquet?sig=secret", "--mapping", "none", env=home)
    assert (gone.code, gone.out) == (3, "")
    assert "404" in gone.err
    assert "secret" not in gone.err


def test_the_web_has_no_patterns(korea: Korea, web: Served) -> None:
    run = korea("timeline", "-d", f"parquet:http://{web.host}/*.parquet", "--mapping", "none")
    assert (run.code, run.out) == (3, "")
    assert run.err.endswith("the web has no patterns: name one file, or a pattern in S3\n")
    assert web.asked == []


@pytest.mark.parametrize("before", ["", "parquet:"])
def test_no_data_file_can_have_an_address_fetched(korea: Korea, web: Served, tmp_path: Path, before: str) -> None:
    mine = tmp_path / "mine.toml"
    mine.write_text(f'[chronology]\ninclude = ["{before}http://{web.host}/talks.parquet"]\n', "utf-8")
    assert korea("timeline", "-d", mine).code == 3
    assert web.asked == []


def test_an_address_in_the_environment_is_one_name() -> None:
    address = "parquet:https://example.org:8000/a.parquet"
    assert data_files((), {"KOREA_DATA": address}) == (address,)
    assert data_files((), {"KOREA_DATA": f"a.toml{os.pathsep}parquet:b"}) == ("a.toml", "parquet:b")


def test_what_may_be_secret_in_an_address_is_not_part_of_its_name() -> None:
    assert name_shown("parquet:s3://me:key@host/a@b/c.parquet?x=1@2") == "parquet:s3://host/a@b/c.parquet"
    assert name_shown("parquet:a?b@c") == "parquet:a?b@c"
