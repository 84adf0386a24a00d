"""Where a database is that Spark has: `spark:sc://HOST:PORT/CATALOG.DATABASE`."""

from __future__ import annotations

import re
from typing import NamedTuple

from korea_cli.reading.locate import SPARK, name_shown
from korea_cli.store.parquet import unreadable

_PORT = 15002  # that of Spark Connect
_FORM = f"{SPARK}sc://HOST:PORT/CATALOG.DATABASE"
_ADDRESS = re.compile(
    re.escape(SPARK) + r"sc://(?P<host>\[[\da-fA-F:.]+\]|[^\s/:;\[\]]+)(?::(?P<port>\d{1,5}))?"
    r"/(?P<database>[^/;.]+(?:\.[^/;.]+)?)(?P<parameters>(?:;[^;=]+=[^;=]*)*)"
)


class SparkAddress(NamedTuple):
    """A database on a cluster.

    name: as it was typed, without parameters, which may be secret. server: its host and port. connection: what Spark
    Connect calls the cluster. database: its name, after that of its catalog if there is one.
    """

    name: str
    server: str
    connection: str
    database: tuple[str, ...]

    @classmethod
    def of(cls, name: str) -> SparkAddress:
        """Read an address; raises DataError where it is not one."""
        shown = name_shown(name)
        if not (found := _ADDRESS.fullmatch(name)):
            raise unreadable(shown, f"name a cluster with Spark Connect, and a database there: {_FORM}")
        server = f"{found['host']}:{found['port'] or _PORT}"
        return cls(shown, server, f"sc://{server}/{found['parameters']}", tuple(found["database"].split(".")))
