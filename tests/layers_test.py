#!/usr/bin/env python3
"""Each include goes to the own folder or to one below it.

Of core's libraries CMake asserts what they link (cmake/Layers.cmake); this holds their includes to the same lists, and
the rooms of daemon, client and proto to those here.
"""

import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent

# The rooms of daemon from the lowest to the highest. Of core they see what hosts see.
DAEMON = ["system", "budget", "access", "reactor", "tls", "files", "gpio", "events", "logs", "config", "boards", "instances", "supervisor", "rpc", "metrics", ""]
HOSTED = {"core/include", "core/port", "core/posix"}

# The wings of core/objects. The sources of a wing may use a higher one (a class has a tuple of bases), its headers not.
WINGS = ["runtime", "model", "numbers", "containers", "strings", "streams"]

# Whatever a library of core is built of.
GIVEN = {"core/include", "core/defs", "core/port"}


def libraries_of_core() -> dict[str, set[str]]:
    """The folders that each folder of core may include, by what its library is linked to."""
    links = {}
    for file in sorted((ROOT / "core").rglob("CMakeLists.txt")):
        found = re.search(r"^upy_library\((\w+)((?: \w+)*)\)", file.read_text(), re.M)
        if found:
            links[found[1]] = found[2].split()

    def folder(name: str) -> str:
        return "core" if name == "core" else f"core/{name}"

    def all_of(name: str) -> set[str]:
        return {folder(name)}.union(*(all_of(other) for other in links.get(name, [])))

    allowed = {folder(name): all_of(name) | GIVEN for name in links}
    return allowed | {"core/port": GIVEN, "core/include": GIVEN,
                      "core/cli": allowed["core"] | {"core/cli", "core/posix"}}


def allowed_folders() -> dict[str, set[str]]:
    allowed = libraries_of_core()
    for i, room in enumerate(DAEMON):
        allowed[f"daemon/{room}".rstrip("/")] = {f"daemon/{low}".rstrip("/") for low in DAEMON[:i + 1]} | HOSTED | {"proto"}
    return allowed | {
        "proto": {"proto"},
        "client/upyclient": {"client/upyclient", "proto"},
        "client/mip": {"client/mip"},
        "client/upyctl": {"client/upyctl", "client/mip", "client/upyclient", "proto"},
    }


def folder_of(path: pathlib.Path, folders: list[str]) -> str | None:
    """The deepest of the folders that holds the file."""
    name = path.relative_to(ROOT).as_posix()
    return max((each for each in folders if name.startswith(each + "/")), key=len, default=None)


def target_of(including: pathlib.Path, name: str) -> pathlib.Path | None:
    """The file of this project that is included; None for one that is made by the build."""
    roots = [including.parent, *(ROOT / each for each in ("core", "core/include", "daemon", "client", "proto"))]
    return next((root / name for root in roots if (root / name).is_file()), None)


def wing_of(path: pathlib.Path) -> int | None:
    name = path.relative_to(ROOT).parts
    return WINGS.index(name[2]) if name[:2] == ("core", "objects") and name[2] in WINGS else None


def violations() -> list[str]:
    allowed = allowed_folders()
    folders = list(allowed) + ["core/defs"]
    found = []
    seen = 0
    for file in sorted(each for top in ("core", "daemon", "client", "proto") for each in (ROOT / top).rglob("*")):
        if file.suffix not in (".h", ".cpp"):
            continue
        own = folder_of(file, folders)
        for name in re.findall(r'^#include "([^"]+)"', file.read_text(), re.M):
            target = target_of(file, name)
            if target is None:
                continue
            seen += 1
            if (other := folder_of(target, folders)) not in allowed[own]:
                found.append(f"{file.relative_to(ROOT)} includes {name}: {own} may not use {other}")
            if file.suffix == ".h" and wing_of(file) is not None and (wing_of(target) or 0) > wing_of(file):
                found.append(f"{file.relative_to(ROOT)} includes {name}: its wing stands below")
    assert seen > 1000, "the sources were not found"
    return found


if __name__ == "__main__":
    wrong = violations()
    print("\n".join(wrong) or "every include goes to the own folder or to one below it")
    sys.exit(bool(wrong))
