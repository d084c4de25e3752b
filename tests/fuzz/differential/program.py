"""Whole programs: a prelude and snippets, each of which tells when it begins and catches what it raises."""

from pathlib import Path
from random import Random

from classes import Classes
from coroutines import Coroutines
from expressions import Expressions
from functions import Functions
from libraries import Libraries
from natives import Natives
from scale import Scale
from scope import Scope
from source import Source
from statements import Statements

PRELUDE = (Path(__file__).parent / "prelude.py").read_text()
MARK = "=== "


def snippet(seed):
    """The source of a random snippet, which is the same for the same seed."""
    random, source = Random(seed), Source()
    expressions = Expressions(random)
    expressions.scope = Scope()
    statements = Statements(random, source, expressions)
    functions = Functions(statements)
    classes = Classes(statements, functions)
    Natives(statements, classes)
    Libraries(statements, classes)
    Coroutines(statements, functions)
    Scale(statements)
    form = random.choices(["function", "module", "bare"], [6, 3, 1])[0]
    source.line("refuel()")
    if form == "function":
        with statements.function_body("any1"), source.block("def snippet()"):
            fill(random, statements)
        source.line("attempt(snippet)")
    elif form == "module":
        with source.block("try"):
            fill(random, statements)
        with source.block("except Exception as error"):
            source.line("show_error(error)")
    else:
        fill(random, statements)
    return source.text()


def fill(random, statements):
    for kind in random.sample(["int", "str", "float", "ints", "dict", "bytes", "strs"], 4):
        statements.declare(kind)
    statements.add(random.randint(4, 14))
    statements.show_all()


def program(snippets):
    """The program of these snippets; the output of each is headed by its number."""
    return PRELUDE + "".join(f"\nprint({MARK + str(index)!r})\n{text}" for index, text in enumerate(snippets))
