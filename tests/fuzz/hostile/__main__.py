"""Runs random programs that mean harm in an interpreter that sanitizers watch; README.md tells more."""

import argparse
import itertools
import random
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.append(str(Path(__file__).parent.parent / "common"))

from catalog import catalog
from interpreter import Interpreter
from kinds import KINDS
from reduce import reduced

BATCH = 200
REDUCTION_SECONDS = 120
REPORT_LINES = 40


def options():
    parser = argparse.ArgumentParser(prog="hostile", description=__doc__)
    parser.add_argument("--runner", default="build-dev/bin/hostile_runner", help="what runs the programs (%(default)s)")
    parser.add_argument("--seconds", type=float, default=60, help="how long to go on (%(default)s)")
    parser.add_argument("--programs", type=int, default=sys.maxsize, help="stop after so many programs")
    parser.add_argument("--seed", type=int, default=random.getrandbits(32), help="of the first program (random)")
    parser.add_argument("--kind", choices=[*KINDS, "all"], default="all", help="of the programs (%(default)s)")
    parser.add_argument("--jobs", type=int, default=1, help="processes at a time (%(default)s)")
    parser.add_argument("--deadline", type=float, default=1, help="CPU seconds until a program is killed (%(default)s)")
    parser.add_argument("--grace", type=float, default=2, help="CPU seconds until it must have ended then (%(default)s)")
    parser.add_argument("--limit", type=int, default=10, help="stop after so many different findings (%(default)s)")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="keep what is found there: programs, reduced, reports")
    parser.add_argument("--show", action="store_true", help="print the program of the seed instead of running it")
    return parser.parse_args()


class Fuzzer:
    """Makes programs by their seeds, and keeps account of what came of them."""

    def __init__(self, arguments):
        self._arguments = arguments
        self._interpreter = Interpreter(arguments.runner, arguments.deadline, arguments.grace)
        self._catalog = catalog(self._interpreter)
        self._kinds = list(KINDS) if arguments.kind == "all" else [arguments.kind]
        self.programs = 0
        self.findings = {}  # by signature, how often
        self.endings = {}
        self.latest = 0  # seconds from a kill to the end

    def _kind(self, seed):
        return self._kinds[seed % len(self._kinds)]

    def program(self, seed):
        kind = self._kind(seed)
        return KINDS[kind](random.Random(f"{kind} {seed}"), self._catalog)

    def batch(self, seeds):
        """Runs the programs of these seeds: what `Interpreter.run` tells, as often as it takes to come to the end."""
        results = []
        while seeds:
            lines, finding = self._interpreter.run([self.program(seed) for seed in seeds])
            done = min(len(lines) + bool(finding), len(seeds))
            results.append((lines, finding, seeds[done - 1]))
            seeds = seeds[done:]
        return results

    def account(self, lines, finding, seed):
        self.programs += len(lines) + bool(finding)
        for line in lines:
            ending, late = line.split()
            self.endings[ending] = self.endings.get(ending, 0) + 1
            self.latest = max(self.latest, float(late))
        if finding:
            self._report(finding, seed)

    def _report(self, finding, seed):
        signature = finding.signature()
        self.findings[signature] = self.findings.get(signature, 0) + 1
        if self.findings[signature] > 1:
            return
        small = reduced(finding.program, self._interpreter, signature, REDUCTION_SECONDS)
        print(f"--- --kind {self._kind(seed)} --seed {seed}: {signature}\n# settings: {small.settings}\n{small.text()}"
              + "".join(finding.report.splitlines(keepends=True)[:REPORT_LINES]), flush=True)
        if directory := self._arguments.keep:
            directory.mkdir(parents=True, exist_ok=True)
            for suffix, text in [("py", small.text()), ("whole.py", finding.program.text()), ("txt", finding.report)]:
                (directory / f"{self._kind(seed)}-{seed}.{suffix}").write_text(text)


def main():
    arguments = options()
    fuzzer = Fuzzer(arguments)
    if arguments.show:
        sys.stdout.write(fuzzer.program(arguments.seed).text())
        return 0
    deadline = time.monotonic() + arguments.seconds
    count = min(BATCH, arguments.programs)
    batches = (range(seed, seed + count) for seed in itertools.count(arguments.seed, count))
    print(f"hostile: seed {arguments.seed}", flush=True)
    with ThreadPoolExecutor(arguments.jobs) as pool:
        while (time.monotonic() < deadline and fuzzer.programs < arguments.programs
               and len(fuzzer.findings) < arguments.limit):
            for results in pool.map(fuzzer.batch, itertools.islice(batches, arguments.jobs)):
                for result in results:
                    fuzzer.account(*result)
    print(f"hostile: {fuzzer.programs} programs, {fuzzer.endings}; at most {fuzzer.latest:.2f} s from kill to end; "
          f"{sum(fuzzer.findings.values())} findings, {len(fuzzer.findings)} different")
    for signature, times in fuzzer.findings.items():
        print(f"{times} times {signature}")
    return 1 if fuzzer.findings else 0


sys.exit(main())
