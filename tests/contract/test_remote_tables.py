"""Exports and tables of others at an address: DuckDB's extension reads them, and nothing else is fetched."""

from __future__ import annotations

import os
import re
from email.utils import formatdate
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import find_spec
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

import pytest

from korea_cli import DataError, Selection, open_chronology
from korea_cli.reading.locate import data_files, name_shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conftest import Korea

duckdb = pytest.importorskip("duckdb", reason="needs duckdb")


USER = "" if duckdb.__version__.startswith("1.4.") else "me:pass@"  # which 1.4 takes for a part of the host


class Served:
    """A folder on the web, and the paths that were asked for; every file has a tag, and parts of it can be had."""

    def __init__(self, folder: Path) -> None:
        """Serve a folder on the loopback."""
        self.folder, self.asked = folder, list[str]()
        served = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                served.answer(self)

            do_HEAD = do_GET  # noqa: N815 - as the library has it

            def log_message(self, *_: Any) -> None:  # noqa: ANN401 - as the library has it
                served.asked.append(self.path)

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        Thread(target=self.server.serve_forever, daemon=True).start()
        self.host = f"127.0.0.1:{self.server.server_port}"

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        """Answer with a file, or the part of it that is asked for."""
        path = self.folder / request.path.partition("?")[0].lstrip("/")
        content = path.read_bytes() if path.is_file() else None
        part = re.fullmatch(r"bytes=(\d+)-(\d+)", request.headers.get("Range") or "")
        first, last = (int(part[1]), int(part[2]) + 1) if part else (0, None)
        body = (content or b"")[first:last]
        request.send_response(404 if content is None else 206 if part else 200)
        if content is not None:
            request.send_header("ETag", f'"{sha256(content).hexdigest()}"')
            request.send_header("Last-Modified", formatdate(path.stat().st_mtime, usegmt=True))
        if content and part:
            request.send_header("Content-Range", f"bytes {first}-{first + len(body) - 1}/{len(content)}")
        request.send_header("Accept-Ranges", "bytes")
        request.send_header("Content-Length", str(len(body)))
        request.end_headers()
        if request.command == "GET":
            request.wfile.write(body)


@pytest.fixture
def home(tmp_path: Path) -> dict[str, str]:
    """Return an environment in which DuckDB has its extension."""
    try:
        duckdb.connect().execute("LOAD httpfs")
    except duckdb.Error:
        package = find_spec("duckdb_extension_httpfs")
        of = f"v{duckdb.__version__}"
        found = [*Path(package.origin).parent.glob(f"extensions/{of}/*")] if package and package.origin else []
        if not found:
            pytest.skip("needs DuckDB's extension httpfs")
        ((platform,),) = duckdb.execute("PRAGMA platform").fetchall()
        folder = tmp_path / "home" / ".duckdb" / "extensions" / of / platform
        folder.mkdir(parents=True)
        (folder / found[0].name).symlink_to(found[0])
        return {"HOME": str(tmp_path / "home")}
    return {"HOME": str(Path.home())}


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


def test_a_table_on_the_web_is_read_and_its_secrets_are_shown_nowhere(
    korea: Korea, web: Served, home: dict[str, str]
) -> None:
    of = ("-d", f"parquet:http://{USER}{web.host}/talks.parquet?sig=secret", "--mapping", "none")
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


# ---------------------------------------------------------------- exports


@pytest.fixture
def whole(korea: Korea, web: Served) -> Path:
    """Return an export of the built-in record, on the web."""
    folder = web.folder / "whole"
    assert korea("export", "-f", "parquet", "-o", folder).code == 0
    return folder


@pytest.mark.parametrize(
    "asked", [("timeline", "thaad", "-n", "3"), ("actor", "putin"), ("stats", "--by", "kind"), ("export", "-f", "toml")]
)
def test_an_export_on_the_web_answers_as_its_folder_does(
    asked: tuple[str, ...], korea: Korea, web: Served, whole: Path, home: dict[str, str]
) -> None:
    run = korea(*asked, "-d", f"parquet:http://{web.host}/whole", env=home)
    assert run == korea(*asked, "-d", f"parquet:{whole}", env=home)
    assert run.out
    assert all(path.startswith("/whole/") for path in web.asked)


def test_what_gives_access_to_an_export_is_shown_nowhere(
    korea: Korea, web: Served, whole: Path, home: dict[str, str]
) -> None:
    name = f"parquet:http://{USER}{web.host}/whole/?sig=secret"
    run = korea("timeline", "thaad", "--json", "-d", name, env=home)
    assert run.code == 0, run.err
    assert f'"parquet:http://{web.host}/whole/"' in run.out
    assert {path.partition("?")[2] for path in web.asked} == {"sig=secret"}
    (table,) = (whole / "event").iterdir()
    table.write_bytes(table.read_bytes()[:-100])
    cut = korea("timeline", "thaad", "--json", "-d", name, env=home)
    reason = f"cannot read it: event/{table.name} is damaged; export it again"
    assert (cut.code, cut.out, cut.err) == (3, "", f"korea: parquet:http://{web.host}/whole/: {reason}\n")
    table.unlink()
    gone = korea("timeline", "thaad", "--json", "-d", name, env=home)
    assert (gone.code, gone.out) == (3, "")
    assert f"http://{web.host}/whole/event/{table.name}" in gone.err
    shown = run.out + cut.err + gone.err
    assert "secret" not in shown
    assert "pass" not in shown


def test_what_is_no_export_is_named(korea: Korea, web: Served, home: dict[str, str]) -> None:
    run = korea("timeline", "-d", f"parquet:http://{web.host}/no", env=home)
    reason = "cannot read it: 'korea export -f parquet' did not write this folder: it has no manifest.json"
    assert (run.code, run.out, run.err) == (3, "", f"korea: parquet:http://{web.host}/no: {reason}\n")


def test_an_export_that_is_replaced_while_it_is_read_is_noticed(
    web: Served, whole: Path, home: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", home["HOME"])
    with open_chronology(f"parquet:http://{web.host}/whole") as found:
        assert len(found.events(Selection(limit=2))) == 2
        for path in whole.rglob("*.parquet"):
            path.write_bytes(path.read_bytes() + b"PAR1")
        with pytest.raises(DataError, match=f"parquet:http://{web.host}/whole: cannot read it: DuckDB reports: .*ETag"):
            [*found.search(Selection(terms=("radar",)))]


def test_an_export_with_private_records_is_refused_to_others(
    korea: Korea, web: Served, tmp_path: Path, home: dict[str, str]
) -> None:
    mine = tmp_path / "mine.toml"
    mine.write_text('[[events]]\nid = "e"\ntitle = "A"\ndate = "2017-05-01"\nprivate = true\n', "utf-8")
    assert korea("export", "-d", mine, "-f", "parquet", "-o", web.folder / "own", "--with-private").code == 0
    run = korea("timeline", "--public", "-d", f"parquet:http://{web.host}/own", env=home)
    assert (run.code, run.out) == (3, "")
    assert run.err.endswith("it has private records; export it again without --with-private\n")


@pytest.mark.parametrize("asked", [("timeline",), ("check",), ("fmt",), ("set", "a", "title=x"), ("add", "event")])
def test_what_is_no_parquet_is_not_read_at_an_address(asked: tuple[str, ...], korea: Korea, web: Served) -> None:
    (web.folder / "mine.toml").write_text("", "utf-8")
    of = ("-d", f"http://me:pass@{web.host}/mine.toml?sig=secret")
    run = korea(*asked, *of) if asked != ("add", "event") else korea(*asked, "--title", "A", "--date", "2017", *of)
    reason = "this is an address: download the file first. Only Parquet is read there, as 'parquet:https://…'"
    assert (run.code, run.out, run.err) == (3, "", f"korea: http://{web.host}/mine.toml: {reason}\n")
    assert web.asked == []


@pytest.mark.parametrize(
    ("name", "more"), [("gs://b/x", ()), ("file:///x", ()), ("ftp://x/y.parquet", ("--mapping", "gdelt"))]
)
def test_addresses_of_another_kind_are_named(name: str, more: tuple[str, ...], korea: Korea) -> None:
    run = korea("timeline", "-d", f"parquet:{name}", *more)
    reason = "cannot read it: addresses begin with https://, http:// or s3://"
    assert (run.code, run.out, run.err) == (3, "", f"korea: parquet:{name}: {reason}\n")


def test_an_import_fetches_nothing(korea: Korea, web: Served, tmp_path: Path) -> None:
    mine = tmp_path / "mine.toml"
    mine.write_text("", "utf-8")
    run = korea("import", f"http://{web.host}/talks.csv", "-d", mine)
    reason = "this is an address, not a file: download it first"
    assert (run.code, run.out, run.err) == (3, "", f"korea: http://{web.host}/talks.csv: {reason}\n")
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
