"""Runs programs on both interpreters and compares what they do."""

import re
import subprocess
import tempfile
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

import prelude
from program import MARK, program

SECONDS = 20
HEAP = "heapsize=256m"


@dataclass(frozen=True)
class Outcome:
    """What a run printed, and how it ended: `ok`, the type of an uncaught exception, a signal or `timeout`."""

    output: str
    end: str

    def sections(self):
        """The output of each snippet by its number."""
        parts = re.split(f"^{MARK}(\\d+)$", self.output, flags=re.MULTILINE)
        return {int(number): text for number, text in zip(parts[1::2], parts[2::2])}


class Interpreters:
    """The two commands. May be used by several threads."""

    def __init__(self, upy, cpython, collect_every):
        self._upy = [upy, "-X", HEAP, "-X", f"collect-every={collect_every}"]
        self._cpython = [cpython, "-W", "ignore"]

    def run(self, snippets):
        """The outcomes on upy and on CPython."""
        with tempfile.TemporaryDirectory() as directory:
            path = Path(directory) / "program.py"
            path.write_text(program(snippets))
            return run_one(self._upy, path), run_one(self._cpython, path)

    def differ(self, text):
        """Whether the snippet alone makes a difference."""
        ours, theirs = self.run([text])
        return ours != theirs

    def like(self, text):
        """A predicate for snippets that differ first as this one does: by the same exception, or by a value."""
        difference = first_difference(*self.run([text]))
        return lambda other: first_difference(*self.run([other])) == difference

    def differing(self, snippets):
        """Those of the snippets that make a difference when alone; all of them, as one, if only together they do.
        RuntimeError if the program is none."""
        ours, theirs = self.run(snippets)
        if theirs.end == "SyntaxError":
            raise RuntimeError("a program with a syntax error was made")
        if ours == theirs:
            return []
        our_sections, their_sections = ours.sections(), theirs.sections()
        suspects = [text for index, text in enumerate(snippets)
                    if index not in our_sections or our_sections[index] != their_sections.get(index)]
        guilty = [text for text in suspects or snippets if self.differ(text)]
        return guilty or ["\n".join(snippets)]


def first_difference(ours, theirs):
    """What the first lines that differ tell, on each side: an exception, or no more than that they differ; None if none
    do."""
    if ours == theirs:
        return None
    sides = zip_longest(ours.output.splitlines(), theirs.output.splitlines(), fillvalue="")
    lines = next((pair for pair in sides if pair[0] != pair[1]), ("", ""))
    return [line if line.startswith("raised") else "" for line in lines], ours.end, theirs.end


def run_one(command, path):
    try:
        done = subprocess.run([*command, str(path)], capture_output=True, timeout=SECONDS)
    except subprocess.TimeoutExpired:
        return Outcome("", "timeout")
    return Outcome(done.stdout.decode("utf-8", "backslashreplace"), ending(done))


def ending(done):
    if done.returncode == 0:
        return "ok"
    if done.returncode < 0:
        return f"signal {-done.returncode}"
    traceback = done.stderr.decode("utf-8", "backslashreplace").rpartition("\n  File ")[2]
    # CPython names a class of a function n1.<locals>.n2.
    name = re.search(r"^(?:[\w<>]+\.)*(\w+)", traceback.partition("\n")[2], flags=re.MULTILINE)[1]
    return prelude.STANDARD_NAMES.get(name, name)
