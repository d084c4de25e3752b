#!/usr/bin/env python3
"""No file of a build takes more memory to compile than a small board has.

compile_memory.py BUILD compiles every file once more, as BUILD/compile_commands.json says, for nothing but the figures.
"""

import concurrent.futures
import json
import os
import pathlib
import re
import shlex
import subprocess
import sys

MOST_MIB = 500


def peak_mib(entry: dict) -> int:
    """The most memory that the compiler had at a time."""
    command = re.sub(r"^\S*ccache ", "", entry["command"])
    arguments = shlex.split(re.sub(r"-MD -MT \S+ -MF \S+ -o \S+", "-o /dev/null", command))
    process = subprocess.Popen(arguments, cwd=entry["directory"], stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"{entry['file']} does not compile; build {entry['directory']} first")
    return usage.ru_maxrss >> 10


def main(build: str) -> int:
    entries = json.loads((pathlib.Path(build) / "compile_commands.json").read_text())
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        peaks = sorted(zip(pool.map(peak_mib, entries), (entry["file"] for entry in entries)), reverse=True)
    for mib, file in peaks[:10]:
        print(f"{mib:5} MiB  {os.path.relpath(file)}")
    too_much = [file for mib, file in peaks if mib > MOST_MIB]
    if too_much:
        print(f"{len(too_much)} of {len(peaks)} files take more than {MOST_MIB} MiB: see CONTRIBUTING.md")
    return bool(too_much)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
