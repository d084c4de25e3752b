"""Programs that derive from every native type, and reach methods in every way there is."""

from calls import Calls, attempt
from interpreter import Program
from settings import settings

CLASSES = 6
SPECIAL = ["__init__", "__new__", "__call__", "__get__", "__set__", "__delete__", "__getattr__", "__setattr__", "__delattr__",
           "__len__", "__iter__", "__next__", "__getitem__", "__setitem__", "__delitem__", "__contains__", "__hash__",
           "__eq__", "__lt__", "__add__", "__radd__", "__iadd__", "__index__", "__int__", "__float__", "__bool__",
           "__str__", "__repr__", "__enter__", "__exit__", "__reversed__", "__await__", "__aiter__", "__anext__",
           "__class__", "__dict__", "__name__", "__format__", "__abs__", "__neg__", "send", "throw", "close", "read",
           "readinto", "write", "ioctl", "keys", "items", "update"]

DECORATORS = ["", "", "", "", "@classmethod", "@staticmethod", "@property", "@Describing"]

# What stands in a class under a name: functions of all kinds, and objects of classes.
MEMBERS = ["{method}", "{variable}.{member}", "{some}.{member}", "{some}()", "classmethod({method})", "staticmethod({method})",
           "property({method}, {method})", "classmethod({some}.{member})", "{type_name}.__dict__.get('{name}')",
           "super({some}, {argument})", "lambda *a: a[-1]", "lambda self: self", "{type_name}", "{argument}", "[{method}][0]",
           "{variable}"]

# Statements and values in a method of `own`.
METHOD_STATEMENTS = ["pass", "super().__init__(*a)", "super().__init__()", "super().__init__(self)",
                     "{type_name}.__init__(self, *a)", "self.{member} = {callable}", "{some}.{member} = {callable}",
                     "{variable} = {method_value}"]
METHOD_VALUES = ["super().{member}(*a)", "super().{member}", "super({some}, self).{member}(*a)",
                 "super({some}, {argument}).{member}(*a)", "super({some}, a).{member}", "{type_name}.{member}(self, *a)",
                 "self.{member}(*a)", "self", "self.__class__", "{argument}"]

# What is done with them.
USES = ["{variable} = {some}({arguments})",
        "{variable} = {some}({arguments})",
        "{variable} = {some}.__new__({some})",
        "{variable} = object.__new__({some})",
        "{variable} = {some}.{member}({arguments})",
        "{variable} = {some}.{member}",
        "{variable} = {variable}.{member}",
        "{variable} = {variable}({arguments})",
        "{variable} = {variable}.{member}({arguments})",
        "{variable} = {type_name}.{member}({variable}, {arguments})",
        "{variable} = super({some}, {argument}).{member}({arguments})",
        "{variable} = {type_name}.__dict__['{name}']({arguments})",
        "{variable} = {some}.__dict__['{member}']({arguments})",
        "{some}.{member} = {callable}",
        "{variable}.{member} = {callable}",
        "del {some}.{member}",
        "for _ in range({depth}):\n    {some}.m = {wrapper}({some}.m)\n    {variable} = {some}.m",
        "K = {some}\nfor _ in range({depth}):\n    K.m = {wrapper}(K.m)\n    m = K.m\n{variable} = m({arguments})",
        "{variable} = {variable}.{member}.{member}({arguments})",
        "{some}.{member}.{member} = {argument}",
        "{variable} = {native}({variable})",
        "{variable} = {variable} {binary} {variable}",
        "{variable} = {variable} {comparison} {variable}",
        "{variable} = {variable}[{argument}]",
        "{some} = type('D', ({some}, {type_name}), {{'{member}': {callable}, '{member}': {callable}}})"]

NATIVES = ["len", "hash", "str", "repr", "list", "bool", "sorted", "next", "int", "float", "bytes", "dir", "iter", "reversed",
           "print", "sum", "max", "dict", "set", "bytearray", "abs", "callable", "id"]


def program(random, catalog):
    return Classes(random, catalog).program()


class Classes(Calls):
    """Makes the statements of one program: classes, and what is done with them."""

    def program(self):
        random = self._random
        statements = self._beginning()
        statements += [attempt(f"C{index} = {self._base()}", f"C{index} = Plain") for index in range(CLASSES)]
        for _ in range(random.randint(5, 40)):
            choice = random.random()
            statement = self._class() if choice < 0.3 else self.statement() if choice < 0.5 else self._fill(USES)
            statements.append(attempt(statement))
        return Program(statements, settings(random))

    def _class(self):
        bases = [self._base() for _ in range(self._random.choices([0, 1, 2, 3], [1, 8, 3, 1])[0])]
        lines = [line for _ in range(self._random.randint(1, 5)) for line in self._member()]
        return "\n    ".join([f"class {self.some()}({', '.join(bases)}):", *lines])

    def _base(self):
        return self.type_name() if self._random.random() < 0.6 else self._random.choice(["Plain", "object", "MyList"])

    def _member(self):
        random = self._random
        if random.random() < 0.4:
            return [f"{self.member()} = {self.callable()}"]
        body = [self._fill(METHOD_STATEMENTS) for _ in range(random.randint(1, 2))]
        lines = [random.choice(DECORATORS), f"def {self.member()}(self, *a):", *(f"    {line}" for line in body),
                 f"    return {self.method_value()}"]
        return [line for line in lines if line]

    # ---- fields ----

    def some(self):
        return f"C{self._random.randrange(CLASSES)}"

    def callable(self):
        return self._fill(MEMBERS)

    def method_value(self):
        return self._fill(METHOD_VALUES)

    def member(self):
        return self._random.choice(["m", "m", "n", self.name(), self._random.choice(SPECIAL)])

    def depth(self):
        return self._random.choice([1, 2, 3, 50, 4000])

    def wrapper(self):
        return self._random.choice(["classmethod", "staticmethod", "Describing"])

    def native(self):
        return self._random.choice(NATIVES)
