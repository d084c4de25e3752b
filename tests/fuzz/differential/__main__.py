"""Compares upy with CPython on random programs; README.md tells what they may differ in."""

import argparse
import itertools
import random
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.append(str(Path(__file__).parent.parent / "common"))

from interpreters import Interpreters
from program import program, snippet
from reduction import reduced

SNIPPETS = 25
REDUCTION_SECONDS = 60


def options():
    parser = argparse.ArgumentParser(prog="differential", description=__doc__)
    parser.add_argument("--upy", default="build/bin/upy", help="the interpreter to test (%(default)s)")
    parser.add_argument("--cpython", default=sys.executable, help="the interpreter to compare with (%(default)s)")
    parser.add_argument("--seconds", type=float, default=60, help="how long to go on (%(default)s)")
    parser.add_argument("--programs", type=int, default=sys.maxsize, help="stop after so many programs")
    parser.add_argument("--seed", type=int, default=random.getrandbits(32), help="of the first program (random)")
    parser.add_argument("--jobs", type=int, default=1, help="programs to run at a time (%(default)s)")
    parser.add_argument("--collect-every", type=int, default=0, metavar="N", help="collect at every Nth allocation")
    parser.add_argument("--limit", type=int, default=10, help="stop after so many differences (%(default)s)")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="keep differing programs there, whole and reduced")
    return parser.parse_args()


def report(interpreters, seed, text, keep):
    """Prints the snippet of that program, reduced, with both outcomes."""
    small = reduced(text, interpreters.like(text), REDUCTION_SECONDS)
    ours, theirs = interpreters.run([small])
    print(f"--- difference in program {seed}\n{small}upy, ended by {ours.end}:\n{ours.output}"
          f"CPython, ended by {theirs.end}:\n{theirs.output}", flush=True)
    if keep:
        keep.mkdir(parents=True, exist_ok=True)
        number = sum(1 for _ in keep.glob(f"{seed}-*-whole.py"))
        (keep / f"{seed}-{number}-whole.py").write_text(program([text]))
        (keep / f"{seed}-{number}.py").write_text(program([small]))


def main():
    arguments = options()
    interpreters = Interpreters(arguments.upy, arguments.cpython, arguments.collect_every)
    deadline = time.monotonic() + arguments.seconds
    seeds = itertools.count(arguments.seed)
    programs = differences = 0

    def differing(seed):
        return seed, interpreters.differing([snippet(f"{seed}.{index}") for index in range(SNIPPETS)])

    print(f"differential: seed {arguments.seed}", flush=True)
    with ThreadPoolExecutor(arguments.jobs) as pool:
        while time.monotonic() < deadline and programs < arguments.programs and differences < arguments.limit:
            for seed, texts in pool.map(differing, itertools.islice(seeds, arguments.jobs)):
                programs += 1
                for text in texts:
                    differences += 1
                    report(interpreters, seed, text, arguments.keep)
    print(f"differential: {programs} programs of {SNIPPETS} snippets, {differences} differences")
    return 1 if differences else 0


sys.exit(main())
