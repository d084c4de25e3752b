"""Code that is wide, deep or long, so that registers, operands and jumps of every size occur."""


class Scale:
    """Adds large constructs to the statements that `statements` can make."""

    def __init__(self, statements):
        self._statements = statements
        self._random = statements.random
        self._source = statements.source
        self._expressions = statements.expressions
        for maker in (self._wide_function, self._many_locals, self._long_chain, self._deep_expression, self._long_jump,
                      self._many_cells, self._deep_blocks):
            statements.add_maker(0.04, maker)

    def _of(self, kind):
        return self._statements.of(kind, 0)

    def _size(self):
        return self._random.choice([3, 20, 70, 140, 300])

    def _run(self, name, arguments=""):
        self._source.line(f"attempt(lambda: {name}({arguments}))")

    def _wide_function(self):
        """Many parameters, given in many ways."""
        name, size = self._expressions.fresh_name(), min(self._size(), 140)
        parameters = [f"p{i}" for i in range(size)]
        defaults = self._random.randint(0, size)
        texts = [p if i < size - defaults else f"{p}={i}" for i, p in enumerate(parameters)]
        with self._source.block(f"def {name}({', '.join(texts)}, *rest, last={self._of('int')}, **more)"):
            self._source.line(f"return ({' - '.join(parameters)}, rest, last, keyed(more))")
        by_name = self._random.randint(0, size)
        given = [str(i * 3) for i in range(size - by_name)] + [f"{p}=7" for p in parameters[size - by_name:]]
        self._run(name, ", ".join(given))
        self._run(name, f"*range({size + self._random.randint(-defaults - 1, 3)}), **{{'x': {self._of('int')}}}")

    def _many_locals(self):
        name, size = self._expressions.fresh_name(), self._size()
        with self._source.block(f"def {name}(start)"):
            for index in range(size):
                self._source.line(f"v{index} = " + (f"start + {index}" if index % 7 else f"[start, {self._of('int')}]"))
            self._source.line(f"v{size - 1}, v0 = v0, v{size - 1}")
            self._source.line(f"total = sum([v{size // 2}] if {size // 2} % 7 else v{size // 2})")
            self._source.line(f"return (total, v0, v{size - 1}, [{', '.join(f'v{i}' for i in range(0, size, 3))}])")
        self._run(name, self._of("int"))

    def _long_chain(self):
        """Displays and operators of many operands, and a call of many arguments."""
        items = [self._of("int") for _ in range(self._size())]
        pairs = ", ".join(f"{index}: {item}" for index, item in enumerate(items))
        form = self._random.choice([
            f"[{', '.join(items)}]", f"({', '.join(items)}, 1)", f"{{{', '.join(items)}}}", f"{{{pairs}}}",
            " + ".join(items), " and ".join(items), " or ".join(["0"] * len(items) + ["5"]), " < ".join(items[:40]),
            f"max({', '.join(items)}, 0)",
            f"(lambda *a: (len(a), a[-1]))({', '.join(items)})",
            f"'%d ' * {len(items)} % ({', '.join(items)}, 1)"])
        self._source.line(f"attempt(lambda: {form})")

    def _deep_expression(self):
        depth = min(self._size(), 25)
        text = self._of("int")
        for _ in range(depth):
            text = self._random.choice([
                f"({text} - {self._of('int')})", f"({self._of('int')} ^ {text})", f"[{text}][0]", f"max({text}, 1)",
                f"(lambda n: n)({text})", f"(1 if {text} else 2)", f"-({text})", f"(0 or {text})"])
        self._source.line(f"attempt(lambda: {text})")

    def _long_jump(self):
        """A loop with a body so long that its jumps are far."""
        name, size = self._expressions.fresh_name(), self._size()
        with self._source.block(f"def {name}(n)"):
            with self._source.block("while n > 0"):
                self._source.line("n -= 1")
                with self._source.block("try"):
                    with self._source.block("if n == 2"):
                        self._source.line("continue")
                    for index in range(size):
                        self._source.line(f"n = n + {index} - {index}")
                    with self._source.block("if n == 1"):
                        self._source.line("break")
                with self._source.block("finally"):
                    self._source.line("show(n)")
            with self._source.block("else"):
                self._source.line("show('else')")
            self._source.line("return n")
        self._run(name, self._random.choice(["0", "2", "5"]))

    def _many_cells(self):
        """Closures over many variables."""
        name, size = self._expressions.fresh_name(), min(self._size(), 140)
        with self._source.block(f"def {name}(c0)"):
            for index in range(1, size):
                self._source.line(f"c{index} = c{index - 1} + 1")
            with self._source.block("def inner()"):
                self._source.line("nonlocal c0, " + f"c{size - 1}")
                self._source.line(f"c{size - 1} += 1")
                self._source.line("c0 -= 1")
                self._source.line(f"return [{', '.join(f'c{i}' for i in range(size))}]")
            self._source.line(f"return (inner(), inner()[-1], c0, c{size - 1})")
        self._run(name, self._of("int"))

    def _deep_blocks(self):
        """Blocks in blocks, left from the innermost."""
        name, depth = self._expressions.fresh_name(), self._random.randint(2, 6)
        leave = self._random.choice(["return 'left'", "raise KeyError(1)", "continue", "break", "pass"])

        def nest(level):
            if level == 0:
                self._source.line(leave)
                return
            kind = self._random.choice(["for", "try", "with", "if", "finally", "handler"])
            if kind == "for":
                with self._source.block(f"for i{level} in range(2)"):
                    self._source.line("tick()")
                    nest(level - 1)
            elif kind == "with":
                with self._source.block(f"with Guard({level}, {self._random.choice(['None', 'LookupError'])})"):
                    nest(level - 1)
            elif kind == "if":
                with self._source.block("if level"):
                    nest(level - 1)
            elif kind == "handler":
                with self._source.block("try"):
                    self._source.line(f"raise ValueError({level})")
                with self._source.block("except ValueError as error"):
                    nest(level - 1)
            else:
                with self._source.block("try"):
                    nest(level - 1)
                if kind == "try":
                    with self._source.block(f"except {self._random.choice(['LookupError', 'ValueError'])}"):
                        self._source.line(f"show('caught', {level})")
                with self._source.block("finally"):
                    self._source.line(f"show('finally', {level})")

        with self._source.block(f"def {name}(level)"):
            with self._source.block("for outer in range(2)"):
                nest(depth)
            self._source.line("return 'end'")
        self._run(name, "1")
