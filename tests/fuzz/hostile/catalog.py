"""What there is to call: the modules and types of the interpreter and what they have, as it tells itself."""

import re
from dataclasses import dataclass
from pathlib import Path

from interpreter import Program

SCRIPT = Path(__file__).parent / "catalog_script.py"

# What would only end a program, or make each run differ.
LEFT_OUT = {"exit", "reset", "soft_reset", "bootloader", "quit"}


@dataclass(frozen=True)
class Catalog:
    """`modules` and `types` map a name, as a program writes it, to the names of what is in there. A program that imports
    all of `imports` knows them."""

    imports: list
    modules: dict
    types: dict


def catalog(interpreter):
    listed = interpreter.output(Program(["help('modules')"]))
    names = sorted(set(re.findall(r"[A-Za-z_][\w./]*", listed.partition("Plus")[0])) - {"__main__"})
    names = [name.replace("/", ".") for name in names]
    told = interpreter.output(Program([f"NAMES = {names!r}", SCRIPT.read_text()]))
    modules, types = {}, {}
    for line in told.splitlines():
        kind, name, *attributes = line.split("\t")
        attributes = [attribute for attribute in attributes if attribute not in LEFT_OUT]
        if kind == "module":
            modules[name] = attributes
        elif kind == "type":
            types[name.removeprefix("builtins.")] = attributes
    return Catalog(list(modules), modules, types)
