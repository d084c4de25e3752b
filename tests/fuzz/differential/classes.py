"""Classes: inheritance, properties, operator methods and the hooks of attributes, items and calls."""

# Definitions with holes as in templates.py, and what may be written of an object of the class: (type, template), with
# <self> for the object. `.state` is an int, `.items` a list of int.
PROTOCOLS = [
    ("def __add__(self, other):\n    return self.state + (other if isinstance(other, int) else <int>)",
     [("int", "<self> + <int>"), ("int", "<self> + <self>")]),
    ("def __radd__(self, other):\n    show('radd', other)\n    return <int>", [("int", "<int> + <self>"), ("int", "<float> + <self>")]),
    ("def __iadd__(self, other):\n    self.state = cap(self.state + <int>)\n    return self", []),
    ("def __sub__(self, other):\n    return NotImplemented", [("any", "<self> - <int>")]),
    ("def __rsub__(self, other):\n    return (<int>, other)", [("any", "<int> - <self>"), ("any", "<str> - <self>")]),
    ("def __mul__(self, other):\n    return (self.state, other)", [("tuple", "<self> * <any1>"), ("any", "<int> * <self>")]),
    ("def __truediv__(self, other):\n    return self.state / other", [("float", "<self> / <int>")]),
    ("def __floordiv__(self, other):\n    return self.state // other", [("int", "<self> // <int>")]),
    ("def __mod__(self, other):\n    return self.state % other", [("int", "<self> % <int>")]),
    ("def __pow__(self, other):\n    return ('pow', other)", [("tuple", "<self> ** <int>")]),
    ("def __lshift__(self, other):\n    return ('<<', other)", [("tuple", "<self> << <any1>")]),
    ("def __and__(self, other):\n    return ('&', other)", [("tuple", "<self> & <any1>")]),
    ("def __or__(self, other):\n    return ('|', other)", [("tuple", "<self> | <any1>")]),
    ("def __xor__(self, other):\n    return ('^', other)", [("tuple", "<self> ^ <any1>")]),
    ("def __neg__(self):\n    return -self.state", [("int", "-<self>")]),
    ("def __invert__(self):\n    return ~self.state", [("int", "~<self>")]),
    ("def __abs__(self):\n    return abs(self.state)", [("int", "abs(<self>)")]),
    ("def __eq__(self, other):\n    show('eq')\n    return self is other or other == <int>",
     [("bool", "<self> == <int>"), ("bool", "<self> != <any1>"), ("bool", "<self> in [<int>, <self>]"), ("bool", "<int> == <self>")]),
    ("def __lt__(self, other):\n    return self.state < (other if isinstance(other, int) else other.state)",
     [("bool", "<self> < <int>"), ("bool", "<self> < <self>"), ("bool", "<self> > <self>"), ("any", "sorted([<self>, <self>])")]),
    ("def __hash__(self):\n    return self.state % 7", [("bool", "hash(<self>) == <self>.state % 7"), ("any", "{<self>: <int>}[<self>]")]),
    ("def __bool__(self):\n    return self.state > <int>", [("bool", "not <self>"), ("int", "<int> if <self> else <int>")]),
    ("def __len__(self):\n    return len(self.items)", [("int", "len(<self>)"), ("bool", "bool(<self>)")]),
    ("def __getitem__(self, key):\n    return self.items[key]",
     [("int", "<self>[<index>]"), ("ints", "<self>[<bound>:<bound>]"), ("ints", "list(<self>)"), ("bool", "<int> in <self>")]),
    ("def __getitem__(self, key):\n    return ('item', key)", [("tuple", "<self>[<int>, <str>]"), ("tuple", "<self>[<any1>]")]),
    ("def __setitem__(self, key, value):\n    self.items.append(value)\n    show(key, value)",
     [("statement", "<self>[<index>] = <int>"), ("statement", "<self>[<str>] = <self>[<int>:<bound>] = <any1>")]),
    ("def __delitem__(self, key):\n    show('del', key)", [("statement", "del <self>[<any1>]")]),
    ("def __contains__(self, item):\n    return item == <int>", [("bool", "<int> in <self>"), ("bool", "<str> not in <self>")]),
    ("def __iter__(self):\n    return iter(self.items)",
     [("ints", "list(<self>)"), ("ints", "sorted(<self>)"), ("ints", "[i for i in <self>]"), ("int", "sum(<self>)"), ("tuple", "(*<self>,)")]),
    ("def __iter__(self):\n    yield <int>\n    yield from self.items", [("ints", "list(<self>)"), ("int", "max(<self>)")]),
    ("def __iter__(self):\n    self.left = 3\n    return self\ndef __next__(self):\n    self.left -= 1\n    if self.left < 0:\n"
     "        raise StopIteration\n    return <int>", [("ints", "list(<self>)"), ("int", "next(iter(<self>))"), ("tuple", "tuple(<self>)")]),
    ("def __reversed__(self):\n    return reversed(self.items)", [("ints", "list(reversed(<self>))")]),
    ("def __call__(self, a, b=2, *rest):\n    return (a, b, rest, self.state)", [("tuple", "<self>(<int>)"), ("tuple", "<self>(<str>, b=<int>)")]),
    ("def __str__(self):\n    return 'str' + <str>", [("str", "str(<self>)"), ("str", "'%s' % (<self>,)"), ("str", "f'{<self>}'")]),
    ("def __repr__(self):\n    return 'repr' + str(self.state)", [("str", "repr(<self>)"), ("str", "'{!r:>9}'.format(<self>)"), ("str", "str([<self>])")]),
    ("def __getattr__(self, name):\n    if name == 'shown' or name[:2] == '__':\n        raise AttributeError(name)\n    return ('attr', name)",
     [("tuple", "<self>.absent"), ("any", "getattr(<self>, <strlit>, <int>)"), ("bool", "hasattr(<self>, 'other')")]),
    ("def __setattr__(self, name, value):\n    object.__setattr__(self, name, value)", []),
    ("def __enter__(self):\n    show('enter')\n    return self.state\ndef __exit__(self, kind, error, trace):\n    show(kind and error_name(error))"
     "\n    return <bool>", [("statement", "with <self> as entered:\n    show(entered)\n    raise KeyError")]),
    ("@property\ndef double(self):\n    return self.state * 2", [("int", "<self>.double")]),
    ("@property\ndef level(self):\n    return self.items[<index>]\n@level.setter\ndef level(self, value):\n    show('set', value)\n"
     "    self.items[<index>] = value\n@level.deleter\ndef level(self):\n    show('del')", [("int", "<self>.level")]),
    ("@staticmethod\ndef fixed(a, b=<int>):\n    return (a, b)", [("tuple", "<self>.fixed(<int>)"), ("tuple", "<class>.fixed(<int>, <str>)")]),
    ("@classmethod\ndef make(cls, state=<int>):\n    return cls(state).state", [("int", "<self>.make(<int>)"), ("int", "<class>.make()")]),
    ("kind = <str>", [("str", "<self>.kind"), ("str", "<class>.kind")]),
    ("def __float__(self):\n    return <float>", [("float", "float(<self>)")]),
    ("def __int__(self):\n    return self.state", [("int", "int(<self>)")]),
]
STATEMENTS = ["<self>.state = <int>", "<self>.items = <ints>", "<self>.items.append(<int>)", "<self>.state += <int>", "del <self>.state",
              "<self>.extra = <any1>", "show(<self>.extra)", "setattr(<self>, 'state', <int>)", "<self>.level = <int>", "del <self>.level", "<self>.double = <int>", "<self> += <int>",
              "show(<self>.state, <self>.items)", "show(getattr(<self>, 'state', <str>))", "<class>.kind = <str>",
              "show(isinstance(<self>, <class>), issubclass(<class>, object), <self> is <self>)", "show(<self>.missing)",
              "show([f(<int>) for f in [<self>.method, <class>(<int>).method]])"]


class Classes:
    """Adds definitions of classes, and work with their objects, to the statements that `statements` can make."""

    def __init__(self, statements, functions):
        self._statements = statements
        self._functions = functions
        self._random = statements.random
        self._source = statements.source
        self._expressions = statements.expressions
        self._bases = []
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
        uses = [use for _, template in protocols for use in template] + [(result, "method"), ("tuple", "<self>.level_of(<int>)")]
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
            self.add_guarded(self._random.choice(STATEMENTS).replace("<self>", made).replace("<class>", name))
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
