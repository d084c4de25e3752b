"""Random expressions of a type that is asked for."""

import re
from contextlib import contextmanager

from formatting import Formatting
from templates import TEMPLATES
from values import BASES, NUMERALS, Values

HOLE = re.compile(r"<(\w+)>")
ATOM = re.compile(r"""[\w.]+|\w+\([^()]*\)|[(\[{][^()\[\]{}'"]*[)\]}]|b?'[^'\\]*'""")

# Types whose holes take text as it stands; operands of all others stand in parentheses unless they are atoms.
VERBATIM = {"bound", "bit", "step", "comparison", "digit", "base", "width", "name", "format", "listcomp", "strlit"}

# Types that only choose among others.
CHOICES = {"any", "any1", "sized", "atom", "small", "shift", "bit", "step", "char", "code", "byte", "comparison", "one",
           "hextext", "digits", "num", "strascii"}

# Types whose holes no attribute is asked of, so that a literal number may stand there as it is.
NUMBERS = {"int", "num", "float", "small", "shift", "one", "byte", "code", "index"}

# What stands for an operand of another type, now and then: it makes type errors, of which MicroPython knows fewer with
# the types that are left out.
CONFUSED = {
    "int": ["str", "ints", "None"],
    "float": ["str", "ints"],
    "str": ["int", "ints", "None"],
    "ints": ["int", "None"],
}


def split_templates(text):
    return [part.strip() for part in text.split(";")]


class Expressions:
    """Makes expressions of the variables of `scope`, which may change from call to call."""

    def __init__(self, random):
        self._random = random
        self._values = Values(random)
        self._formatting = Formatting(random, self._operand_to_format)
        self._templates = {kind: split_templates(text) for kind, text in TEMPLATES.items()}
        self._fresh = 0
        self._confusion = 0
        self.scope = None
        self._special = {
            "digit": lambda: str(random.randint(0, 6)),
            "index": lambda: str(random.choice([0, 0, 1, 1, 2, 3, 5, 9, -1, -1, -2, -4, 100])),
            "bound": lambda: self.of("index") if random.random() < 0.75 else "",
            "width": lambda: str(random.choice([0, 6, 10, 18])),
            "base": lambda: str(random.choice(BASES)),
            "numeral": lambda: repr(random.choice(NUMERALS)),
            "name": self.fresh_name,
            "format": self._formatting.expression,
            "strlit": self._values.str_literal,
            "quoted": lambda: repr(self._literal("int")),
            "listcomp": self._list_comprehension,
            "None": lambda: "None",
        }

    def fresh_name(self):
        self._fresh += 1
        return f"n{self._fresh}"

    @contextmanager
    def confusion(self, probability):
        """For a while an operand is of a wrong type with that probability."""
        saved, self._confusion = self._confusion, probability
        yield
        self._confusion = saved

    def of(self, kind, depth=3):
        """An expression of type `kind`, of operators nested at most `depth` deep but for small extras."""
        if kind in self._special:
            return self._special[kind]()
        if kind.endswith("0"):
            return self._choose_literal(kind[:-1])
        if kind in CHOICES:
            return self._from_template(kind, depth)
        if kind in CONFUSED and self._random.random() < self._confusion:
            return self.of(self._random.choice(CONFUSED[kind]), depth)
        names = self.scope.names(kind)
        if names and self._random.random() < (0.45 if depth > 0 else 0.8):
            return self._random.choice(names)
        if depth <= 0 or self._random.random() < 0.12:
            return self._literal(kind)
        calls = self.scope.calls(kind)
        if calls and self._random.random() < 0.15:
            with self.confusion(0):
                return self._random.choice(calls)(depth - 1)
        return self._from_template(kind, depth)

    def operand(self, kind, depth):
        """An expression that may stand beside any operator."""
        text = self.of(kind, depth)
        if kind in VERBATIM or (ATOM.fullmatch(text) and (kind in NUMBERS or not text[0].isdigit())):
            return text
        return f"({text})"

    def _operand_to_format(self, kind):
        """Of that type for sure: specs for values of other types fail in other ways."""
        with self.confusion(0):
            return self.operand(kind, 1)

    def _from_template(self, kind, depth):
        return self.fill(self._random.choice(self._templates[kind]), depth - 1)

    def fill(self, template, depth):
        """The template with operands in its holes."""
        return HOLE.sub(lambda hole: self.operand(hole[1], depth), template)

    def _choose_literal(self, kind):
        """A literal, whose value nothing can change."""
        return self._literal(self._random.choice(["int", "str", "float", "bytes"]) if kind == "atom" else kind)

    def _literal(self, kind):
        random, values = self._random, self._values
        item = {"ints": values.int_literal, "strs": values.str_literal, "list": values.float_literal}.get(kind)
        if item:
            return "[" + ", ".join(item() for _ in range(random.randint(0, 5))) + "]"
        return {
            "int": values.int_literal,
            "float": values.float_literal,
            "str": values.str_literal,
            "bytes": values.bytes_literal,
            "bool": lambda: random.choice(["True", "False"]),
            "complex": lambda: random.choice(["2j", "complex(1, 2)", "complex(-1.5, 0.5)"]),
            "bytearray": lambda: f"bytearray({values.bytes_literal()})",
            "tuple": lambda: f"({values.int_literal()}, {values.str_literal()})",
            "dict": lambda: f"{{{values.str_literal()}: {values.int_literal()}, 'k': {values.int_literal()}}}",
            "map": lambda: f"{{{values.int_literal()}: {values.str_literal()}}}",
            "set": lambda: f"{{{values.int_literal()}, {values.int_literal()}, 3}}",
            "frozenset": lambda: f"frozenset(({values.int_literal()}, 1))",
            "range": lambda: f"range({random.randint(-2, 6)})",
        }[kind]()

    def _list_comprehension(self):
        """Of one or two variables that hide none, with conditions that use them."""
        name = self.fresh_name()
        iterable = self.operand(self._random.choice(["ints", "range"]), 1)
        with self.scope.local("int", name):
            condition = f" if {self.of('bool', 1)}" if self._random.random() < 0.4 else ""
            inner = ""
            if self._random.random() < 0.2:
                inner = f" for {name}b in {self.operand('ints', 0)}"
            value = self.operand("int", 1)
        return f"[{value} for {name} in {iterable}{condition}{inner}]"
