"""Programs that call whatever there is, with whatever arguments."""

from interpreter import Program
from settings import settings
from values import MODULES, PRELUDE, Values

VARIABLES = 8
KEYWORDS = ["key", "reverse", "default", "sep", "end", "file", "start", "maxlen", "mode", "callback", "period", "handler",
            "trigger", "encoding", "args", "hard", "x"]
BINARY = ["+", "-", "*", "/", "//", "%", "**", "<<", ">>", "&", "|", "^", "@"]
COMPARISONS = ["<", "<=", "==", "!=", "in", "not in", "is"]
UNARY = ["-", "+", "~", "not "]

# Statements, by how often they are wanted. A field is a method of Calls or a class derived from it.
STATEMENTS = [
    (60, ["{variable} = {callee}({arguments})"]),
    (12, ["{variable} {binary}= {argument}", "{variable} = {unary}{argument}", "{variable} = {argument} {binary} {argument}",
          "{variable} = {argument} {comparison} {argument}"]),
    (10, ["{variable}[{index}] = {argument}", "del {variable}[{index}]", "{variable} = {variable}[{index}]",
          "{variable}.{name} = {argument}", "del {variable}.{name}", "{variable} = {variable}.{name}"]),
    (6, ["n = 0\nfor item in {argument}:\n    n += 1\n    if n > {small}:\n        break\n    {inner}"]),
    (6, ["a, *{variable} = {argument}",
         "{variable} = {callee}(*{argument}, **{argument})",
         "with {argument} as {variable}:\n    {inner}",
         "raise {argument}",
         "{variable} = f'{{{variable}:{{{variable}}}}}{{{variable}!r}}'",
         "{variable} = {text} % {variable}",
         "{variable} = {text}.format({arguments})",
         "{variable} = isinstance({argument}, {argument})",
         "def g():\n    return (yield from {argument})\n{variable} = list(g())",
         "{variable} = asyncio.run({argument})",
         "{variable} = [*{argument}, {variable}]",
         "{variable} = {{{argument}: {variable}}}",
         "try:\n    raise {variable}\nexcept {argument} as e:\n    {variable} = e",
         "class {variable}({argument}):\n    pass"]),
]

INDEXES = ["{argument}", "{argument}", "{argument}:{argument}", "{argument}:", ":{argument}", "::{argument}",
           "{argument}:{argument}:{argument}"]


def program(random, catalog):
    return Calls(random, catalog).program()


class Calls:
    """Makes the statements of one program, about one module and one type above others. The methods without an
    underscore fill the fields of templates, each with something else every time."""

    def __init__(self, random, catalog):
        self._random = random
        self._catalog = catalog
        self._values = Values(random)
        self._module = random.choice(catalog.imports)
        self._type = random.choice(list(catalog.types))
        self._imports = sorted({*MODULES, self._module, self._type.rpartition(".")[0]} & {*catalog.imports})
        self._types = [name for name in catalog.types if "(" in name or name.rpartition(".")[0] in ["", *self._imports]]

    def program(self):
        statements = [*self._beginning(), *(attempt(self.statement()) for _ in range(self._random.randint(10, 60)))]
        return Program(statements, settings(self._random))

    def _beginning(self):
        statements = [f"import {name}" for name in self._imports] + [PRELUDE]
        return statements + [attempt(f"v{index} = {self.value()}", f"v{index} = {index}") for index in range(VARIABLES)]

    def __getitem__(self, field):
        return getattr(self, field)()

    def _fill(self, templates):
        return self._random.choice(templates).format_map(self)

    # ---- fields ----

    def statement(self):
        return self._fill(self._random.choices([forms for _, forms in STATEMENTS], [weight for weight, _ in STATEMENTS])[0])

    def inner(self):
        return "pass" if self._random.random() < 0.5 else f"{self.variable()} = {self.argument()}"

    def variable(self):
        return f"v{self._random.randrange(VARIABLES)}"

    def argument(self):
        return self.variable() if self._random.random() < 0.45 else self.value()

    def arguments(self):
        random = self._random
        arguments = [self.argument() for _ in range(random.choices(range(6), [15, 35, 25, 15, 7, 3])[0])]
        if random.random() < 0.08:
            arguments.append(f"{random.choice(KEYWORDS)}={self.argument()}")
        return ", ".join(arguments)

    def value(self):
        return f"{self._type}({self._values.any()})" if self._random.random() < 0.1 else self._values.any()

    def text(self):
        return self._values.text()

    def small(self):
        return self._random.choice([2, 5, 30])

    def index(self):
        return self._fill(INDEXES)

    def binary(self):
        return self._random.choice(BINARY)

    def comparison(self):
        return self._random.choice(COMPARISONS)

    def unary(self):
        return self._random.choice(UNARY)

    def callee(self):
        choice = self._random.randrange(10)
        if choice < 4:
            return self.function()
        if choice < 6:
            return self.type_name() if self._random.random() < 0.5 else self.method()
        return f"{self.variable()}.{self.name()}" if choice < 9 else f"({self.argument()})"

    def function(self):
        """What a module has."""
        module = self._module if self._random.random() < 0.6 else self._random.choice(self._imports)
        return f"{module}.{self._random.choice(self._catalog.modules[module])}"

    def type_name(self):
        return self._type if self._random.random() < 0.6 else self._random.choice(self._types)

    def method(self):
        """What a type has, as the type shows it."""
        name = self.type_name()
        return f"{name}.{self._random.choice(self._catalog.types[name] or ['x'])}"

    def name(self):
        """Of an attribute of something."""
        return self._random.choice(self._catalog.types[self.type_name()] or ["x"])


def attempt(statement, otherwise="pass"):
    """The statement, whatever it raises."""
    indented = statement.replace("\n", "\n    ")
    return f"try:\n    {indented}\nexcept BaseException:\n    {otherwise}"
