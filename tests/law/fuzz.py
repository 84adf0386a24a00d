"""Ask many random questions, and compare the answers: `make fuzz QUERIES=100000 SEED=1`."""

from __future__ import annotations

import argparse
import os
import sys
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from law.comparing import AT_ONCE, Difference, differences
from law.engines import engine_differences
from law.shrinking import shrunk

REPORTED = 1_000  # queries between two lines of progress


def main() -> int:
    """Run as many queries as asked; return 1 and print the first difference if there is one."""
    parser = argparse.ArgumentParser(prog="fuzz", description=__doc__)
    parser.add_argument("--queries", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", type=int, default=0, metavar="N", help="begin with the Nth chronology of the seed")
    parser.add_argument("--jobs", type=int, default=os.cpu_count(), metavar="N", help="use N processes")
    parser.add_argument("--engines", action="store_true", help="compare SQLite with DuckDB")
    asked = parser.parse_args()
    numbers = range(asked.first, asked.first + -(-asked.queries // AT_ONCE))
    with TemporaryDirectory() as folder, ProcessPoolExecutor(asked.jobs) as pool:
        os.environ["KOREA_CACHE"] = str(Path(folder) / "cache")
        search = partial(first_difference, asked.seed, Path(folder), engines=asked.engines)
        for done, found in enumerate(pool.map(search, numbers), 1):
            if found:
                pool.shutdown(cancel_futures=True)
                sys.stdout.write(f"{found}\n")
                return 1
            if done * AT_ONCE % REPORTED == 0 or done == len(numbers):
                sys.stdout.write(f"{done * AT_ONCE:,} queries, no difference (seed {asked.seed})\n")
                sys.stdout.flush()
    return 0


def first_difference(seed: int, folder: Path, number: int, *, engines: bool = False) -> Difference | None:
    """Return the first difference in one chronology, as small as it can be made; between engines, as it is."""
    own = folder / str(number)
    own.mkdir()
    if engines:
        return next(engine_differences(seed, number, own), None)
    found = next(islice(differences(seed, number, own), 1), None)
    return shrunk(found, own) if found else None


if __name__ == "__main__":
    sys.exit(main())
