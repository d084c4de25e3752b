"""Functions with all kinds of parameters, closures, and generators with what drives them."""

from expressions import split_templates

RESULTS = ["int", "str", "float", "ints", "tuple", "bool", "dict"]
STEPS = """
    next({made}); next({made}); next({made}, 'end'); {made}.send({value}); {made}.send(None); list({made}); [*{made}];
    {made}.throw(ValueError('thrown')); {made}.throw(KeyError); {made}.throw(GeneratorExit); {made}.close();
    take({made}, 2); iter({made}) is {made}; sum(1 for _ in {made})"""
PARAMETERS = ["int", "int", "str", "float", "ints", "dict"]


class Functions:
    """Adds definitions to the statements that `statements` can make."""

    def __init__(self, statements):
        self._statements = statements
        self._random = statements.random
        self._source = statements.source
        self._expressions = statements.expressions
        self._depth = 0
        self._steps = split_templates(STEPS)
        self._globals = set()
        statements.add_maker(2, self._function)
        statements.add_maker(0.6, self._recursive)
        statements.add_maker(0.6, self._counter)
        statements.add_maker(1.2, self._generator)
        statements.add_maker(0.4, self._late_binding)

    def signature(self, first=()):
        """(text of the parameters, [(kind, name)], maker of arguments)."""
        s = self._statements
        kinds = [self._random.choice(PARAMETERS) for _ in range(self._random.randint(0, 3))]
        required = self._random.randint(0, len(kinds))
        parameters = [(kind, self._expressions.fresh_name()) for kind in kinds]
        texts = list(first)
        positional_only = self._random.randint(1, len(parameters)) if parameters and s.chance(0.25) else 0
        for index, (kind, name) in enumerate(parameters):
            texts.append(name if index < required else f"{name}={s.of(kind, 1)}")
            if index + 1 == positional_only:
                texts.append("/")
        rest = self._expressions.fresh_name() if s.chance(0.25) else None
        keyword = self._expressions.fresh_name() if s.chance(0.25) else None
        more = self._expressions.fresh_name() if s.chance(0.2) else None
        if rest or keyword:
            texts.append("*" + (rest or ""))
        if keyword:
            texts.append(f"{keyword}={s.of('int', 1)}" if s.chance(0.5) else keyword)
        if more:
            texts.append("**" + more)
        others = [("tuple", rest), ("int", keyword), ("dict", more)]
        declared = parameters + [(kind, name) for kind, name in others if name]

        def arguments(depth):
            return self._arguments(depth, parameters, positional_only, required, rest, keyword, more)

        return ", ".join(texts), declared, arguments

    def _arguments(self, depth, parameters, positional_only, required, rest, keyword, more):
        s = self._statements
        count = self._random.randint(required, len(parameters))
        nameable = count if s.chance(0.05) else max(count - positional_only, 0)
        by_name = self._random.randint(0, nameable) if s.chance(0.3) else 0
        plain = parameters[: count - by_name]
        texts = [s.of(kind, depth) for kind, _ in plain]
        if rest and not by_name and count == len(parameters):
            unpacked = [f"*{s.operand('tuple')}", s.of("str", depth)]
            texts += self._random.choice([[], [s.of("int", depth)], [f"*{s.operand('ints')}"], unpacked])
        elif plain and s.chance(0.15):
            texts[-1] = f"*[{texts[-1]}]"
        texts += [f"{name}={s.of(kind, depth)}" for kind, name in parameters[count - by_name : count]]
        if keyword:
            texts.append(f"{keyword}={s.of('int', depth)}")
        if more:
            names = ["extra", *[name for _, name in parameters[:positional_only]]]
            texts += self._random.choice([[], [f"{self._random.choice(names)}={s.of('int', depth)}"],
                                          [f"**{{'x': {s.of('int', depth)}}}"]])
        if s.chance(0.02):
            texts = texts[1:]
        return ", ".join(texts)

    def _function(self):
        if self._depth > 1:
            return False
        s = self._statements
        name, result = self._expressions.fresh_name(), self._random.choice(RESULTS)
        parameters, declared, arguments = self.signature()
        self.define(name, parameters, declared, result)
        s.scope.add_call(result, lambda depth: f"{name}({arguments(depth)})")

    def define(self, name, parameters, declared, result, yields=None):
        """A function with a random body."""
        s = self._statements
        self._depth += 1
        outer = [(variable, kind) for variable, kind in s.scope.assignable() if kind in ("int", "str", "ints")]
        with s.function_body(result, yields), self._source.block(f"def {name}({parameters})"):
            if outer and s.chance(0.4):
                variable, kind = self._random.choice(outer)
                if s.function_depth == 1:
                    self._globals.add(variable)
                self._source.line(f"{'global' if variable in self._globals else 'nonlocal'} {variable}")
                s.scope.declare(kind, variable)
            self._source.line("tick()")
            for kind, parameter in declared:
                s.scope.declare(kind, parameter)
            s.add(self._random.randint(1, 4))
            if yields:
                self._source.line(f"yield {s.of(yields)}")
            if s.chance(0.5):
                s.show_all()
            self._source.line(f"return {s.of(result)}")
        self._depth -= 1

    def _recursive(self):
        s = self._statements
        name, result = self._expressions.fresh_name(), self._random.choice(["int", "str", "ints"])
        with s.function_body(result), self._source.block(f"def {name}(n, value)"):
            s.scope.declare("int", "n")
            s.scope.declare(result, "value")
            self._source.line("tick()")
            with self._source.block("if n <= 0"):
                self._source.line(f"return {s.of(result)}")
            self._source.line(f"show({s.of('any', 2)})")
            self._source.line(f"return {name}(n - 1, cap({s.of(result)}))")
        s.scope.add_call(result, lambda depth: f"{name}({self._random.randint(0, 6)}, {s.of(result, depth)})")

    def _counter(self):
        """A closure that changes a variable of the function that made it."""
        s = self._statements
        name, made = self._expressions.fresh_name(), self._expressions.fresh_name()
        kind = self._random.choice(["int", "str"])
        with self._source.block(f"def {name}(state)"):
            with s.function_body(kind), self._source.block("def step(item=1)"):
                self._source.line("nonlocal state")
                self._source.line("tick()")
                s.scope.declare(kind, "state")
                s.add(1)
                self._source.line(f"state = cap({s.of(kind)})")
                self._source.line("return state")
            self._source.line("return step, lambda: state")
        self._source.line(f"{made} = {name}({s.of(kind)})")
        s.scope.add_call(kind, lambda depth: f"{made}[{self._random.choice([0, 0, 1])}]()")

    def _late_binding(self):
        s = self._statements
        name, variable = self._expressions.fresh_name(), self._expressions.fresh_name()
        with s.scope.local("int", variable):
            body = s.of("int", 2)
        form = self._random.choice([f"lambda: {body}", f"lambda {variable}={variable}: {body}"])
        self._source.line(f"{name} = [{form} for {variable} in range({s.of('small', 1)})]")
        self._source.line(f"attempt(lambda: [f() for f in {name}])")

    def _generator(self):
        if self._depth > 1:
            return False
        s = self._statements
        name, kind = self._expressions.fresh_name(), self._random.choice(["int", "int", "str", "any1"])
        parameters, declared, arguments = self.signature()
        self.define(name, parameters, declared, kind, yields=kind)
        if s.chance(0.2):
            outer = self._expressions.fresh_name()
            with self._source.block(f"def {outer}(*args, **kwargs)"):
                self._source.line(f"show((yield from {name}(*args, **kwargs)))")
                self._source.line("yield 1")
            name = outer
        if kind == "int" and s.chance(0.5):
            s.scope.add_call("ints", lambda depth: f"list({name}({arguments(depth)}))")
        self._drive(name, arguments)

    def _drive(self, name, arguments):
        """Steps of a generator, each of which tells how it ended; it is always closed, since MicroPython leaves a
        generator that is dropped as it is."""
        s = self._statements
        made = self._expressions.fresh_name()
        self._source.line(f"{made} = {name}({arguments(1)})")
        for _ in range(self._random.randint(1, 6)):
            step = self._random.choice(self._steps).format(made=made, value=s.of("any1", 1))
            self.add_step(step)
        self._source.line(f"shut({made})")

    def add_step(self, step):
        """A step of a generator or coroutine."""
        with self._source.block("try"):
            self._source.line(f"show({step})")
        with self._source.block("except StopIteration as error"):
            self._source.line("show('stopped', error.value)")
        with self._source.block("except (Exception, GeneratorExit) as error"):
            self._source.line("show_error(error)")
