"""Run the installed program as a person or a script does: in a process of its own, in a pipe or on a terminal."""

from __future__ import annotations

import fcntl
import gc
import io
import json
import os
import pty
import random
import signal
import socket
import struct
import subprocess
import sys
import termios
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, NamedTuple, NoReturn, Self

import pytest
from hypothesis import HealthCheck, settings

from changed import ASKED
from korea_cli import commands, formats
from measured import coverage_of_process
from shell_lines import words_of

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator, Mapping, Sequence

BIN = Path(sys.executable).parent
PROGRAM = BIN / "korea"
_WORKBOOK = b"PK\x03\x04"  # begins an archive, which a workbook is
# All that is random in the tests depends on this number: the examples, the order of the tests, and `dice`.
SEED = int(os.environ.get("KOREA_SEED") or 1)
# What a command needs to give an answer that is not empty; one that is not here needs nothing.
_NEEDED = {
    "actor": ("putin",),
    "check": ("--notes",),
    "cite": ("hwasong-14-launch",),
    "search": ("missile",),
    "show": ("hwasong-14-launch", "putin"),
}
_STARTED = {"test_exit_codes", "test_packaging"}
_CASES_MEASURED = 4  # of a test; in the order in which they stand, not in that in which they run
_MEASURED = {
    "test_diff_history", "test_exit_codes", "test_foreign", "test_import_shapes", "test_init_git", "test_kept",
    "test_merge", "test_merge_driver", "test_move", "test_pager", "test_parquet", "test_private", "test_set",
    "test_silence", "test_streams", "test_update",
}  # fmt: skip

# No example has a deadline and none is kept for the next run: a slow machine and an earlier failure change nothing.
settings.register_profile(
    "korea", deadline=None, database=None, derandomize=False, print_blob=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)  # fmt: skip
settings.load_profile("korea")
gc.set_threshold(50_000, 20, 20)  # the program itself collects no garbage either


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Set the seed for Hypothesis and pytest-randomly before they read it, and heed the signals that the tests send.

    What starts the tests in the background may have them ignore some; every program that they start would too.
    """
    for number, handler in (
        (signal.SIGINT, signal.default_int_handler), (signal.SIGQUIT, signal.SIG_DFL), (signal.SIGHUP, signal.SIG_DFL),
    ):  # fmt: skip
        if signal.getsignal(number) is signal.SIG_IGN:
            signal.signal(number, handler)
    config.option.hypothesis_seed = SEED
    config.option.randomly_seed = SEED


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Function]) -> None:
    """Mark the cases of a test after the first few: they mostly reach what those reach, and measuring takes long."""
    number: Counter[str] = Counter()
    for item in items:
        test = item.nodeid.partition("[")[0]
        number[test] += 1
        if number[test] > _CASES_MEASURED:
            item.add_marker(pytest.mark.repeated)


def pytest_collection_finish() -> None:
    """Let the garbage collector leave out the tests themselves: to look through them took a quarter of the time."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Function) -> Generator[None]:
    """Run some tests unmeasured: what one with random data reaches depends on the seed, and others take long."""
    is_random = "dice" in item.fixturenames or getattr(item.obj, "is_hypothesis_test", False)
    with _unmeasured() if is_random or {"random", "repeated"} & set(item.keywords) else nullcontext():
        yield


@contextmanager
def _unmeasured() -> Iterator[None]:
    tracer = sys.gettrace()
    sys.settrace(None)
    Korea.measures = False
    try:
        yield
    finally:
        sys.settrace(tracer)
        Korea.measures = True


def pytest_sessionfinish() -> None:
    """Save what was measured now: pytest-xdist kills a worker that takes more than ten seconds to exit after this."""
    if measuring := coverage_of_process():
        measuring.stop()
        measuring.save()


def pytest_report_header() -> str:
    """Print the seed."""
    return f"seed: {SEED} (repeat with: make test SEED={SEED}, or KOREA_SEED={SEED} pytest)"


@pytest.fixture
def dice(request: pytest.FixtureRequest) -> random.Random:
    """Return a source of random numbers that depends only on the seed and the test."""
    return random.Random(f"{SEED} {request.node.nodeid}")  # noqa: S311 - not for secrets


class Run(NamedTuple):
    """How a run ended: exit status, standard output and standard error."""

    code: int
    out: str
    err: str


class Forks:
    """A process that has imported the program and runs it in forks of itself: see forked.py."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        """Start it."""
        self._socket, theirs = socket.socketpair()
        command = [sys.executable, str(Path(__file__).with_name("forked.py")), str(theirs.fileno())]
        bare = {name: value for name, value in environment.items() if not name.startswith("COVERAGE_PROCESS")}
        if bare != environment:  # it measures its forks itself
            command.append(str(Path(__file__).parents[1] / "pyproject.toml"))
        self._process = subprocess.Popen(command, env=bare, pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL)
        theirs.close()

    @property
    def number(self) -> int:
        """Give the process's number."""
        return self._process.pid

    def start(
        self, arguments: Sequence[str | Path], streams: Sequence[int], environment: Mapping[str, str],
        folder: str | Path = ".",
    ) -> None:  # fmt: skip
        """Start the program with some standard streams, which are closed here."""
        request = {"arguments": list(map(os.fsdecode, arguments)), "environment": dict(environment)}
        text = json.dumps(request | {"folder": str(Path(folder).absolute())}).encode()
        try:
            socket.send_fds(self._socket, [len(text).to_bytes(8, "big")], streams)
            self._socket.sendall(text)
        except ConnectionError:
            self._has_ended()
        finally:
            for each in streams:
                os.close(each)

    def wait(self) -> int:
        """Wait for the end of what was started, and return its exit status."""
        status = b""
        with suppress(ConnectionError):
            status = self._socket.recv(8, socket.MSG_WAITALL)
        if len(status) < 8:
            self._has_ended()
        return int.from_bytes(status, "big", signed=True)

    def _has_ended(self) -> NoReturn:
        pytest.fail(f"the process that runs the program in forks has ended with status {self._process.wait()}")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()
        self._process.wait()


class Korea:
    """The installed program, in an environment that holds nothing it would heed."""

    program = PROGRAM
    environment: dict[str, str]
    measures = True  # while a test runs whose reach is measured

    def __init__(self, cache: Path, forks: Forks | None = None, repeating: Forks | None = None) -> None:
        """Keep of the environment only what a process needs to run, and to be measured; `cache` is for indexes.

        What needs nothing unusual runs in a fork of `forks`, and where it is not measured in one of `repeating`.
        """
        kept = {name: value for name, value in os.environ.items() if name in {"HOME", "TMPDIR", ASKED} or "COV" in name}
        path = f"{BIN}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
        own = {
            "PATH": path, "TERM": "xterm-256color", "LC_ALL": "C.UTF-8", "KOREA_CACHE": str(cache), "KOREA_PAGER": "",
        }  # fmt: skip
        self.environment = kept | own
        self.cache, self._measured, self._repeating = cache, forks, repeating

    @property
    def _forks(self) -> Forks | None:
        return self._measured if self.measures or self._repeating is None else self._repeating

    def unmeasured(self) -> Korea:
        """Give the program without what measures it, which imports and writes things of its own."""
        bare = Korea(self.cache, self._repeating or self._measured)
        bare.environment = {name: value for name, value in self.environment.items() if "COV" not in name}
        return bare

    def patient(self, *limits: str) -> Korea:
        """Return the program without some limits of time, each the full name of a number of seconds."""
        patient = Korea(self.cache, self._measured, self._repeating)
        own = {"PYTHONPATH": str(Path(__file__).with_name("patient")), "KOREA_TESTS_PATIENT": " ".join(limits)}
        patient.environment = self.environment | own
        return patient

    def __call__(self, *arguments: str | Path, env: Mapping[str, str] | None = None, **options: Any) -> Run:  # noqa: ANN401 - as subprocess.run takes them
        """Run the program with its output in pipes; what it writes must be UTF-8, or a workbook."""
        raw = self.raw(*arguments, env=env, **options)
        out = raw.stdout or b""
        text = _cells_of(out) if out.startswith(_WORKBOOK) else out.decode()
        return Run(raw.returncode, text, (raw.stderr or b"").decode())

    def raw(
        self, *arguments: str | Path, env: Mapping[str, str] | None = None, program: str | Path = PROGRAM,
        **options: Any,  # noqa: ANN401 - as above
    ) -> subprocess.CompletedProcess[bytes]:  # fmt: skip
        """Run the program, or another, and give what it wrote as bytes."""
        own = self.environment if self.measures else self.unmeasured().environment
        environment = {**own, **(env or {})}
        unusual = options.keys() - {"input", "cwd", "stdout"} or {
            "PYTHONPATH",
            "PYTHONUTF8",
            "PYTHONHASHSEED",
            "LC_ALL",
        } & set(env or ())
        if self._forks and program == PROGRAM and not unusual:
            return self._forked(self._forks, [program, *arguments], environment, **options)
        piped: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        if "input" not in options:
            piped["stdin"] = subprocess.DEVNULL
        done: subprocess.CompletedProcess[bytes] = subprocess.run(
            [program, *arguments], env=environment, check=False, **piped | options
        )
        return done

    @staticmethod
    def _forked(  # noqa: PLR0913 - as in subprocess.run
        forks: Forks, command: Sequence[str | Path], environment: Mapping[str, str], *,
        input: bytes | None = None, cwd: str | Path = ".", stdout: IO[bytes] | int | None = None,  # noqa: A002 - as in subprocess.run
    ) -> subprocess.CompletedProcess[bytes]:  # fmt: skip
        (ours_out, theirs_out), (ours_err, theirs_err) = os.pipe(), os.pipe()
        if stdout is not None:
            os.dup2(stdout if isinstance(stdout, int) else stdout.fileno(), theirs_out)
        theirs_in, ours_in = (os.open(os.devnull, os.O_RDONLY), -1) if input is None else os.pipe()
        forks.start(command, (theirs_in, theirs_out, theirs_err), environment, cwd)
        with ThreadPoolExecutor() as pool:
            if input is not None:
                pool.submit(_feed, ours_in, input)
            out, err = pool.map(_read_all, (ours_out, ours_err))
        return subprocess.CompletedProcess(command, forks.wait(), out, err)

    def start(self, *arguments: str | Path, **options: Any) -> subprocess.Popen[bytes]:  # noqa: ANN401 - as above
        """Start the program and do not wait for it."""
        return subprocess.Popen([PROGRAM, *arguments], env=self.environment, **options)

    def shell(self, script: str, env: Mapping[str, str] | None = None, **options: Any) -> Run:  # noqa: ANN401 - as above
        """Run a line of shell, where `korea` is on the path; without a shell, if it only runs the program."""
        if self._forks and (words := words_of(script)):
            return self(*words[1:], env=env, **options)
        done: subprocess.CompletedProcess[bytes] = subprocess.run(
            ["sh", "-c", script], env={**self.environment, **(env or {})}, check=False, capture_output=True,
            stdin=subprocess.DEVNULL, **options,
        )  # fmt: skip
        return Run(done.returncode, done.stdout.decode(), done.stderr.decode())

    @staticmethod
    def wait_until(condition: Callable[[], bool]) -> None:
        """Wait until something holds, for as long as it takes."""
        while not condition():
            time.sleep(0.01)

    def wait_until_asleep(self, process: subprocess.Popen[bytes]) -> None:
        """Wait until a process itself waits, for input for instance: a signal between two steps could be missed."""
        state = Path(f"/proc/{process.pid}/stat")
        self.wait_until(lambda: state.read_text("utf-8").rpartition(")")[2].split()[0] == "S")

    @staticmethod
    def read_terminal(master: int) -> Iterator[bytes]:
        """Read what a terminal is sent until nobody is left to send, and close it."""
        with suppress(OSError):  # how Linux says that the other end is closed
            while chunk := os.read(master, 1 << 16):
                yield chunk
        os.close(master)

    def on_terminal(self, *arguments: str | Path, columns: int = 80, env: Mapping[str, str] | None = None) -> Run:
        """Run the program with its output on a terminal of so many columns; errors go to a pipe."""
        master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
        settings = termios.tcgetattr(slave)
        settings[1] &= ~termios.OPOST  # what is written arrives as it is
        termios.tcsetattr(slave, termios.TCSANOW, settings)
        ours, theirs = os.pipe()
        environment = {**self.environment, **(env or {})}
        if self._forks:
            streams = (slave, os.dup(slave), theirs)
            self._forks.start([PROGRAM, *arguments], streams, environment)
            wait = self._forks.wait
        else:
            wait = subprocess.Popen(
                [PROGRAM, *arguments], env=environment, stdin=slave, stdout=slave, stderr=theirs, start_new_session=True
            ).wait
            os.close(slave)
            os.close(theirs)
        with ThreadPoolExecutor() as pool:
            told = pool.submit(_read_all, ours)
            shown = b"".join(self.read_terminal(master))
        return Run(wait(), shown.decode(), told.result().decode())


def _cells_of(workbook: bytes) -> str:
    """Return the cells of all sheets as text, so that what is tested of every format is tested of workbooks too."""
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_filelike(io.BytesIO(workbook))
    rows = [row for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python()]
    return "".join("\t".join(map(str, row)) + "\n" for row in rows)


def _feed(pipe: int, text: bytes) -> None:
    with suppress(BrokenPipeError), os.fdopen(pipe, "wb") as stream:
        stream.write(text)


def _read_all(pipe: int) -> bytes:
    with os.fdopen(pipe, "rb") as stream:
        return stream.read()


@pytest.fixture(scope="session", autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Keep indexes in a folder of the session's own: no test writes to the user's, nor reads what lies there."""
    folder = tmp_path_factory.mktemp("indexes")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KOREA_CACHE", str(folder))
        yield folder


@pytest.fixture(scope="session")
def indexes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder for indexes, the same for all runs of a session."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="session")
def forks(indexes: Path) -> Iterator[Forks]:
    """Return what runs the program in forks, one for all modules."""
    with Forks(Korea(indexes).unmeasured().environment) as forks:
        yield forks


@pytest.fixture(scope="session")
def measured_forks(indexes: Path) -> Iterator[Forks]:
    """Return the same, where it is measured how much of the program is reached."""
    with Forks(Korea(indexes).environment) as forks:
        yield forks


@pytest.fixture(scope="session")
def unmeasured_korea(indexes: Path, forks: Forks) -> Korea:
    """Return the program, of which is not measured how much is reached: that would take twice as long."""
    return Korea(indexes, forks).unmeasured()


@pytest.fixture(scope="session")
def measured_korea(indexes: Path, request: pytest.FixtureRequest) -> Korea:
    """Return the program as it is measured, if anything is."""
    if any("COV" in name for name in os.environ):
        return Korea(indexes, request.getfixturevalue("measured_forks"), request.getfixturevalue("forks"))
    korea: Korea = request.getfixturevalue("unmeasured_korea")
    return korea


@pytest.fixture(scope="module")
def korea(indexes: Path, request: pytest.FixtureRequest) -> Korea:
    """Return the program, measured in some modules only.

    It runs in forks, which take a tenth of the time, but for what tests how it starts and ends.
    """
    name = request.module.__name__.rpartition(".")[2]
    if name in _STARTED:
        return Korea(indexes) if name in _MEASURED else Korea(indexes).unmeasured()
    korea: Korea = request.getfixturevalue("measured_korea" if name in _MEASURED else "unmeasured_korea")
    return korea


def reporting() -> list[str]:
    """List the commands that answer about a chronology in any format."""
    types = {name: commands.load(name).answer.__annotations__ for name in commands.names()}
    return [name for name, own in types.items() if own.keys() & {"chronology", "loaded"} and own["return"] != "str"]


@pytest.fixture(params=reporting())
def asked(request: pytest.FixtureRequest) -> tuple[str, ...]:
    """Give every command in turn, with what it needs to answer."""
    return (request.param, *_NEEDED.get(request.param, ()))


@pytest.fixture(params=[name for name in formats.names() if not getattr(formats.load(name), "FOLDER", False)])
def form(request: pytest.FixtureRequest) -> str:
    """Give the name of every format in turn that can be printed."""
    return str(request.param)
