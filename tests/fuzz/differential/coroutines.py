"""Coroutines, decorators, and code that is text."""


class Coroutines:
    """Adds these to the statements that `statements` can make."""

    def __init__(self, statements, functions):
        self._statements = statements
        self._functions = functions
        self._random = statements.random
        self._source = statements.source
        self._expressions = statements.expressions
        statements.add_maker(0.4, self._coroutine)
        statements.add_maker(0.4, self._decorated)
        statements.add_maker(0.3, self._executed)

    def _coroutine(self):
        """Awaits objects that suspend it, with loops and context managers of the asynchronous kind."""
        s = self._statements
        if s.function_depth > 1 or s.is_in_loop:
            return False
        name, made = self._expressions.fresh_name(), self._expressions.fresh_name()
        with self._source.block(f"async def {name}(value)"), s.function_body("int"):
            s.scope.declare("int", "value")
            for _ in range(self._random.randint(1, 4)):
                self._random.choice([self._await, self._async_for, self._async_with, self._comprehension])()
            self._source.line(f"return {s.of('int')}")
        self._source.line(f"{made} = {name}({s.of('int')})")
        steps = range(self._random.randint(1, 9))
        sent = [self._random.choice([s.of("any1", 1), s.of("int", 1), "KeyError(1)"]) for _ in steps]
        self._source.line(f"drive({made}, None, {', '.join(sent)})")

    def _await(self):
        s, name = self._statements, self._expressions.fresh_name()
        with self._source.block("try"):
            self._source.line(f"{name} = await Pause({s.of('int')})")
            self._source.line(f"show({name}, value)")
        with self._source.block("except LookupError as error"):
            self._source.line("show_error(error)")
        with self._source.block("finally"):
            self._source.line(f"show({s.of('any1', 1)})")

    def _async_for(self):
        s, name = self._statements, self._expressions.fresh_name()
        with self._source.block(f"async for {name} in Steps({self._random.randint(0, 3)})"):
            self._source.line("tick()")
            self._source.line(f"show({name}, await Pause({s.of('int', 1)}))")
            if s.chance(0.3):
                with self._source.block(f"if {s.of('bool', 1)}"):
                    self._source.line(self._random.choice(["break", "continue", "return 5", "raise KeyError(2)"]))
        if s.chance(0.4):
            with self._source.block("else"):
                self._source.line("show('else')")

    def _comprehension(self):
        """With loops and conditions that wait, or over a generator expression of that kind."""
        s, name, item = self._statements, self._expressions.fresh_name(), self._expressions.fresh_name()
        steps = f"Steps({self._random.randint(0, 4)})"
        with s.scope.local("int", item):
            element = self._random.choice([s.of("int", 1), f"await Pause({item})", f"({item}, {s.of('str', 1)})"])
            condition = self._random.choice(["", f" if {s.of('bool', 1)}", f" if await Pause({item})"])
        loop = self._random.choice([f"async for {item} in {steps}", f"for {item} in range(3)",
                                    f"for {name} in range(2) async for {item} in {steps}"])
        inner = f"{element} {loop}{condition}"
        form = self._random.choice([f"[{inner}]", f"ordered({{{inner}}})", f"{{{item}: {inner}}}"])
        if "await" in inner or "async" in inner:
            form = self._random.choice([form, f"[item async for item in ({inner})]"])
        with self._source.block("try"):
            self._source.line(f"{name} = {form}")
            self._source.line(f"show({name})")
        with self._source.block("except Exception as error"):
            self._source.line("show_error(error)")

    def _async_with(self):
        s, name = self._statements, self._expressions.fresh_name()
        swallowed = self._random.choice(["None", "LookupError"])
        with self._source.block(f"async with AsyncGuard({s.of('int', 1)}, {swallowed}) as {name}"):
            self._source.line(f"show({name}, await Pause({s.of('int', 1)}))")
            if s.chance(0.4):
                self._source.line("raise KeyError(3)")

    def _decorated(self):
        s = self._statements
        decorator, name = self._expressions.fresh_name(), self._expressions.fresh_name()
        with self._source.block(f"def {decorator}(tag)"):
            with self._source.block("def decorate(function)"):
                with self._source.block("def replacement(*args, **kwargs)"):
                    self._source.line("show(tag, args, keyed(kwargs))")
                    self._source.line("return function(*args, **kwargs)")
                self._source.line("return replacement")
            self._source.line("return decorate")
        parameters, declared, arguments = self._functions.signature()
        for _ in range(self._random.randint(1, 2)):
            self._source.line(f"@{decorator}({s.of('int', 1)})")
        self._functions.define(name, parameters, declared, "int")
        s.scope.add_call("int", lambda depth: f"{name}({arguments(depth)})")
        self._source.line(f"attempt(lambda: {name}({arguments(1)}))")

    def _with_namespaces(self, names):
        """Text whose names live in two dicts, some of them declared global somewhere."""
        s, local = self._statements, self._expressions.fresh_name()
        lines = ["show(a)", "a = 1", "show(a)", "def f():\n    return a\nattempt(f)", "show([a for _ in range(1)])",
                 "a += 1", "del a", "b = [a := 5 for _ in range(1)]"]
        lines.append(self._random.choice(["def g():\n    global a\n    a = 7\ng()", "class C:\n    global a\n    a = 8",
                                          "class C:\n    a = 9\n    def m(self):\n        return a\nattempt(C().m)"]))
        text = "\n".join(self._random.sample(lines, self._random.randint(2, 6)))
        self._source.line(f"{local} = {{'a': {s.of('int', 1)}}}")
        self._source.line(f"attempt(lambda: exec({text!r}, {names}, {local}))")
        self._source.line(f"show({names}.get('a'), {local}.get('a'))")

    def _executed(self):
        """Text that is compiled at run time, with names of its own."""
        s, names = self._statements, self._expressions.fresh_name()
        with s.inner_scope(is_block=False):
            s.scope.outer = None
            s.scope.declare("int", "a")
            text = f"b = {s.of('int', 2)}\nfor c in range(3):\n    b = (b, c, a)\n"
            expression = s.of("int", 2)
        self._source.line(f"{names} = dict(PRELUDE, a={s.of('int')})")
        if s.chance(0.4):
            self._with_namespaces(names)
        self._source.line(f"attempt(lambda: exec({text!r}, {names}))")
        self._source.line(f"attempt(lambda: eval({expression!r}, {names}))")
        self._source.line(f"attempt(lambda: eval(compile({expression!r}, 'text', 'eval'), {names}))")
        self._source.line(f"show({names}.get('b'))")
