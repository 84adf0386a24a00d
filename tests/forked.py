"""Run the program again and again, each time in a fork of this process, which has imported all of it.

Such a run is a process of its own in everything but its start, which takes longer than most answers. Each request on
the socket is JSON with the arguments, the environment and the folder, and comes with the three standard streams; the
reply is the exit status. A file of settings, if one is named, says how to measure what the runs reach.
"""

from __future__ import annotations

import gc
import json
import os
import pkgutil
import socket
import sys
from contextlib import suppress
from importlib import import_module
from pathlib import Path

from changed import change_as_asked
from measured import Reach

change_as_asked()
REACH = Reach(Path(sys.argv[2])) if len(sys.argv) > 2 else None

import korea_cli  # noqa: E402 - changed, perhaps
from korea_cli.__main__ import run  # noqa: E402
from korea_cli.formats.page import document  # noqa: E402


def main(number: int) -> None:
    """Answer requests until nobody is left to ask."""
    for module in pkgutil.walk_packages(korea_cli.__path__, "korea_cli."):
        with suppress(ImportError):  # it needs a library that is not installed; what uses it says so
            import_module(module.name)
    for library in ("rich.console", "rich.table", "jinja2", "sqlite3", "typer", "icalendar", "zoneinfo", "tempfile"):
        import_module(library)
    keep_templates()
    gc.freeze()
    if REACH:
        REACH.take()
    with socket.socket(fileno=number) as connection:
        while True:
            head, streams, *_ = socket.recv_fds(connection, 8, 3)
            if not head:
                break
            request = json.loads(connection.recv(int.from_bytes(head, "big"), socket.MSG_WAITALL))
            if not (child := os.fork()):
                connection.close()
                _run(streams, **request)
            for each in streams:
                os.close(each)
            status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
            if REACH:
                REACH.take_of_fork()
            connection.sendall(status.to_bytes(8, "big", signed=True))
    if REACH:
        REACH.save()


def _run(streams: list[int], arguments: list[str], environment: dict[str, str], folder: str) -> None:
    """Become the program, as if it had just been started."""
    if REACH:
        REACH.note_at_exit()
    for target, each in enumerate(streams):
        os.dup2(each, target)
        os.close(each)
    if os.isatty(0):
        os.setsid()
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = arguments
    be_patient(environment)
    encoding, _, errors = environment.get("PYTHONIOENCODING", "utf-8:surrogateescape").partition(":")
    sys.stdin = sys.__stdin__ = open(0, encoding=encoding, errors=errors or "strict", closefd=False)  # type: ignore[misc]  # noqa: SIM115
    sys.stdout = sys.__stdout__ = open(1, "w", encoding=encoding, errors=errors or "strict", closefd=False)  # type: ignore[misc]  # noqa: SIM115
    sys.stderr = sys.__stderr__ = open(2, "w", 1, encoding, "backslashreplace", closefd=False)  # type: ignore[misc]  # noqa: SIM115
    status = 1
    try:
        run()
    except SystemExit as ended:
        status = ended.code if isinstance(ended.code, int) else 1
    except BaseException:  # noqa: BLE001 - as an interpreter would
        sys.excepthook(*sys.exc_info())
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)


def keep_templates() -> None:
    """Compile the templates of the page once: every run that makes one would, which takes half of its time."""
    environment = document._environment()  # noqa: SLF001 - what a run calls once
    for name in environment.list_templates():
        environment.get_template(name)
    document._environment = lambda: environment  # noqa: SLF001 - as above


def be_patient(environment: dict[str, str]) -> None:
    """Lift the limits of time that are to be lifted: as patient/sitecustomize.py does where the program is started."""
    for name in environment.get("KOREA_TESTS_PATIENT", "").split():
        module, _, limit = name.rpartition(".")
        assert getattr(sys.modules[module], limit) < 100  # it is there, and counts seconds
        setattr(sys.modules[module], limit, 1_000_000)


if __name__ == "__main__":
    main(int(sys.argv[1]))
