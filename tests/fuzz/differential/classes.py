"""Classes: inheritance, properties, operator methods and the hooks of attributes, items and calls."""

from expressions import split_templates
from protocols import PROTOCOLS

# What may be done with an object of any class.
STATEMENTS = """
    <self>.state = <int>; <self>.items = <ints>; <self>.items.append(<int>); <self>.state += <int>; del <self>.state;
    <self>.extra = <any1>; show(<self>.extra); setattr(<self>, 'state', <int>); <self>.level = <int>;
    del <self>.level; <self>.double = <int>; <self> += <int>; show(<self>.state, <self>.items);
    show(getattr(<self>, 'state', <str>)); <class>.kind = <str>;
    show(isinstance(<self>, <class>), issubclass(<class>, object), <self> is <self>); show(<self>.missing);
    show([f(<int>) for f in [<self>.method, <class>(<int>).method]]);
    <class>.__getattr__ = lambda self, name: fallback(name); del <class>.__getattr__; show(<self>.elsewhere);
    <class>.__call__ = lambda self, *args: (args, self.state); del <class>.__call__; show(<self>(<int>));
    <class>.__len__ = lambda self: <int> & 7; del <class>.__len__; show(len(<self>), bool(<self>));
    <class>.__contains__ = lambda self, item: item == <int>; del <class>.__contains__; show(<int> in <self>);
    <class>.__iter__ = lambda self: iter(<ints>); del <class>.__iter__; show(list(<self>));
    <class>.__getitem__ = lambda self, key: [key, <int>, "z"][key]; del <class>.__getitem__; show(<self>[<int>]);
    <class>.__neg__ = lambda self: <int>; del <class>.__neg__; show(-<self>);
    <class>.__int__ = lambda self: <int>; del <class>.__int__; show(int(<self>))"""


class Classes:
    """Adds definitions of classes, and work with their objects, to the statements that `statements` can make."""

    def __init__(self, statements, functions):
        self._statements = statements
        self._functions = functions
        self._random = statements.random
        self._source = statements.source
        self._expressions = statements.expressions
        self._bases = []
        self._changes = split_templates(STATEMENTS)
        statements.add_maker(1.2, self._class)
        statements.add_maker(0.3, self._exception_class)

    def add_lines(self, template):
        """The statements of a template."""
        for line in self._expressions.fill(template, 1).split("\n"):
            self._source.line(line)

    def add_guarded(self, template):
        """The same in a `try` that tells of an exception."""
        with self._source.block("try"):
            self.add_lines(template)
        with self._source.block("except Exception as error"):
            self._source.line("show_error(error)")

    def add_use(self, use, made):
        """A use of an object: an assignment, or an expression that is shown."""
        use = use.replace("<self>", made)
        self.add_guarded(use if " = " in use else f"show({use})")

    def _class(self):
        """Only where nothing repeats it."""
        s = self._statements
        if s.function_depth > 1 or s.is_in_loop:
            return False
        name, made = self._expressions.fresh_name(), self._expressions.fresh_name()
        bases = [base for base in self._bases if base in s.scope.names("class")]
        base = self._random.choice(bases) if bases and s.chance(0.5) else None
        chosen = self._random.sample(PROTOCOLS, self._random.randint(1, 5))
        protocols = list({definition.partition("(")[0]: (definition, uses) for definition, uses in chosen}.values())
        result = self._random.choice(["int", "str", "ints"])
        with self._source.block(f"class {name}({base})" if base else f"class {name}"):
            if not base or s.chance(0.4):
                self._initializer(base)
            if not base:
                self._source.line("def shown(self):")
                self._source.line("    return text_of(self.state) + text_of(self.items)")
                self._source.line("def level_of(self, *more):")
                self._source.line("    return (self.state, more)")
            for definition, _ in protocols:
                self.add_lines(definition)
            parameters, declared, arguments = self._functions.signature(first=["self"])
            self._functions.define("method", parameters, declared, result)
            if base and s.chance(0.5):
                with self._source.block("def level_of(self, *more)"):
                    self._source.line(f"return super().level_of({s.of('int', 1)}, *more)")
        self._bases.append(name)
        s.scope.declare("class", name)
        self._source.line(f"{made} = {name}({s.of('int')})")
        uses = [use for _, uses in protocols for use in uses]
        uses += [("tuple", "<self>.level_of(<int>)"), (result, "method")]
        for kind, template in uses:
            if template == "method":
                s.scope.add_call(kind, lambda depth: f"{made}.method({arguments(depth)})")
                continue
            text = template.replace("<self>", made).replace("<class>", name)
            if kind == "statement":
                self.add_guarded(text)
            else:
                s.scope.add_call(kind, lambda depth, text=text: self._expressions.fill(text, depth))
                self.add_guarded(f"show({text})")
        for _ in range(self._random.randint(1, 5)):
            self.add_guarded(self._random.choice(self._changes).replace("<self>", made).replace("<class>", name))
        self._source.line(f"{made} = {name}({s.of('int')})")

    def _initializer(self, base):
        with self._source.block("def __init__(self, state=1)"):
            if base:
                self._source.line("super().__init__(state)")
            else:
                self._source.line("self.state = state")
                self._source.line(f"self.items = {self._statements.of('ints', 1)}")

    def _exception_class(self):
        s = self._statements
        name = self._expressions.fresh_name()
        base = self._random.choice(["Exception", "ValueError", "LookupError", "KeyError"])
        with self._source.block(f"class {name}({base})"):
            if s.chance(0.5):
                self._source.line("def __init__(self, code):")
                self._source.line("    super().__init__(code, 'more')")
                self._source.line("    self.code = code")
        code = s.declare("int")
        with self._source.block("try"):
            self._source.line(f"raise {name}({code})")
        with self._source.block(f"except {self._random.choice([base, name, 'ValueError', 'LookupError'])} as error"):
            self._source.line("show(error.args, isinstance(error, ValueError), getattr(error, 'code', None))")
