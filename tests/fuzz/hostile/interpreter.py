"""Runs programs in hostile_runner, many to a process, and tells what came of them."""

import re
import subprocess
from dataclasses import dataclass, field, replace


@dataclass(frozen=True)
class Program:
    """Source texts that follow each other, each of whole statements, and the settings of the instance that runs them."""

    statements: list
    settings: dict = field(default_factory=dict)

    def text(self):
        return "\n".join(self.statements) + "\n"

    def request(self, echo=False):
        source = self.text().encode()
        settings = {**self.settings, "echo": int(echo)}
        return f"{len(source)} {' '.join(f'{name}={value}' for name, value in settings.items())}\n".encode() + source

    def with_statements(self, statements):
        return replace(self, statements=list(statements))


@dataclass(frozen=True)
class Finding:
    """A program that did what none can do."""

    program: Program
    report: str  # what the process said as it ended

    def signature(self):
        """What two findings of the same fault have in common: what went wrong, and in which functions."""
        kind = re.search(r"HANG|AddressSanitizer: [\w-]+|runtime error: [^\n]{,60}|Assertion [^\n]*|LeakSanitizer", self.report)
        places = re.findall(r"^ *#\d+ 0x\w+ in (?:\w+::)*~?(\w+).* (?:/\S*/)?(?:core|daemon)/", self.report, re.MULTILINE)
        kind = re.sub(r"0x\w+|\d+", "N", kind[0]) if kind else "ended"
        return kind if kind == "HANG" else " < ".join([kind, *places[:3]])


class Interpreter:
    """hostile_runner, given the seconds that a program may run and those that it may go on after its kill."""

    def __init__(self, runner, seconds, grace):
        self._command = [runner, str(seconds), str(grace)]

    def output(self, program):
        """What the program prints."""
        done = subprocess.run(self._command, input=program.request(echo=True), capture_output=True)
        lines = done.stdout.decode().splitlines()
        if done.returncode != 0 or not lines or not lines[-1].startswith("finished"):
            raise RuntimeError(f"{program.text()}\nended {lines[-1:]}:\n{done.stderr.decode()}")
        return "\n".join(lines[:-1]) + "\n"

    def run(self, programs):
        """Runs them in one process. The lines that tell how each ended, and the finding that ended the process, or
        None."""
        requests = b"".join(program.request() for program in programs)
        done = subprocess.run(self._command, input=requests, capture_output=True)
        lines = done.stdout.decode("utf-8", "replace").splitlines()
        if done.returncode == 0:
            return lines, None
        if len(lines) == len(programs):  # as it ended: which of them it was is not known
            return lines, self._search(programs, done)
        return lines, Finding(programs[len(lines)], done.stderr.decode("utf-8", "replace"))

    def signature(self, program):
        """That of the finding that the program makes by itself; None if it makes none."""
        finding = self.run_one(program)
        return finding.signature() if finding else None

    def run_one(self, program):
        done = subprocess.run(self._command, input=program.request(), capture_output=True)
        return Finding(program, done.stderr.decode("utf-8", "replace")) if done.returncode != 0 else None

    def _search(self, programs, done):
        """The first of the programs that makes a finding alone; else the last, with what all of them made."""
        for program in programs:
            if finding := self.run_one(program):
                return finding
        return Finding(programs[-1], done.stderr.decode("utf-8", "replace"))
