"""Random statements: assignments, control flow, exceptions, changes of containers."""

from contextlib import contextmanager

from expressions import split_templates
from scope import Scope

KINDS = ["int", "int", "float", "str", "str", "bytes", "bool", "ints", "ints", "strs", "list", "tuple", "dict", "map",
         "set", "bytearray", "range", "frozenset", "complex"]
CATCHABLE = ["Exception", "ValueError", "TypeError", "(IndexError, KeyError)", "ZeroDivisionError", "LookupError",
             "ArithmeticError", "(ValueError, OverflowError)", "AttributeError", "BaseException"]
RAISABLE = ["ValueError('v', 1)", "TypeError", "KeyError('k')", "ZeroDivisionError()", "IndexError(3)",
            "RuntimeError('r')", "StopIteration(5)", "OSError(2)", "Exception(1, 2, 3)"]

# Statements that change a container, with holes as in templates.py and `<target>` for the variable.
CHANGES = {
    "ints": """
        <target>.append(<int>); <target>.extend(<ints>); <target>.extend(<range>); <target>.insert(<index>, <int>);
        <target>.pop(); show(<target>.pop(<index>)); <target>.remove(<int>); <target>.sort(); <target>.reverse();
        <target>.sort(key=lambda n: -n); <target>.sort(reverse=bool(<bool>)); <target>[<index>] = <int>;
        <target>[<bound>:<bound>] = <ints>; del <target>[<index>]; del <target>[<bound>:<bound>]; <target> += <ints>;
        <target>.clear(); <target>[<index>] += <int>; <target>[<bound>:<bound>] = []; <target> += <range>;
        <target>[<index>] -= <int>; <target>[<index>], <target>[<index>] = <int>, <int>; <target> *= <bit>;
        <target>[<index>] //= <int>""",
    "list": """
        <target>.append(<any1>); <target>.extend(<tuple>); <target>.insert(<index>, <any1>); show(<target>.pop());
        <target>[<index>] = <any1>; <target>.reverse(); <target>.remove(<any1>); <target> += <strs>;
        <target>[<bound>:<bound>] = <tuple>; del <target>[<index>]; show(<target>.index(<any1>))""",
    "dict": """
        <target>[<str>] = <int>; del <target>[<str>]; show(<target>.pop(<str>)); show(<target>.pop(<str>, <any>));
        <target>.update(<dict>); show(<target>.setdefault(<str>, <int>)); <target>.update(a=<int>, b=<int>);
        <target>[key(<str>)] += <int>; show(<target>.get(key(<str>))); <target>.clear(); show(list(<target>.items()));
        show(<target>.popitem()); <target> |= <dict>; <target>.update([(<str>, <int>), (<str>, <int>)]);
        <target>['k'] *= <int>; show(list(<target>.keys()), list(<target>.values()))""",
    "map": """
        <target>[<atom>] = <any1>; del <target>[<atom>]; show(<target>.pop(<atom>, <any>));
        show(<target>.get(key(<atom>), <any>)); show(<target>.setdefault(<atom>, <any>)); <target>.update(<map>);
        show(<atom> in <target>); show(list(<target>.items())); show(<target>[<atom>]); show(<target>.popitem());
        <target>[<ints>] = <int>""",
    "set": """
        <target>.add(<int>); <target>.discard(<int>); <target>.remove(<int>); <target>.update(<ints>);
        <target> |= <set>; <target> &= <set>; <target> -= <set>; <target> ^= <set>;
        <target>.difference_update(<ints>); <target>.intersection_update(<set>);
        <target>.symmetric_difference_update(<set>); <target>.clear();
        show(<target>.pop() if len(<target>) < 2 else 0); <target>.add(<ints>)""",
    "bytearray": """
        <target>.append(<byte>); <target>.extend(<bytes>); <target>[<index>] = <byte>;
        <target>[<bound>:<bound>] = <bytes>; <target> += <bytes>; show(<target>.find(<bytes>));
        memoryview(<target>)[<index>] = <byte>; show(memoryview(<target>)[<bound>:<bound>])""",
}
UPDATES = {"int": ["+", "-", "*", "//", "%", "&", "|", "^"], "float": ["+", "-", "*", "/", "%", "//"], "str": ["+"],
           "bytes": ["+"], "tuple": ["+"], "strs": ["+"]}


class Statements:
    """Adds statements to `source`; the variables that they declare are added to the scope of `expressions`."""

    def __init__(self, random, source, expressions):
        self.random = random
        self.source = source
        self.expressions = expressions
        self._changes = {kind: split_templates(text) for kind, text in CHANGES.items()}
        self._nesting = 0
        self._loops = 0
        self.function_depth = 0
        # What may stand in the body that is being made: the type of its `return`, and a yield.
        self.result = None
        self.yields = None
        self._makers = {}
        weights = {
            5: [self._declare, self._show], 6: [self._change, self._attempt], 4: [self._update, self._yield],
            3: [self._assign, self._if, self._for, self._try], 2: [self._unpack], 1.5: [self._while],
            1: [self._with, self._leave, self._bind_lambda, self._handled],
            0.5: [self._raise, self._assert, self._delete]}
        for weight, makers in weights.items():
            for maker in makers:
                self.add_maker(weight, maker)

    def add_maker(self, weight, maker):
        """Another kind of statement; `maker` returns False if none of it can stand here."""
        self._makers[maker] = weight

    def chance(self, probability):
        return self.random.random() < probability

    def of(self, kind, depth=3):
        return self.expressions.of(kind, depth)

    @property
    def scope(self):
        return self.expressions.scope

    @contextmanager
    def inner_scope(self, is_block):
        outer = self.expressions.scope
        self.expressions.scope = Scope(outer, is_block)
        yield
        self.expressions.scope = outer

    @contextmanager
    def function_body(self, result, yields=None):
        """A body of its own: no loop around it, another `return` and `yield`."""
        saved = self._loops, self.result, self.yields
        self._loops, self.result, self.yields = 0, result, yields
        self._nesting += 1
        self.function_depth += 1
        with self.inner_scope(is_block=False):
            yield
        self.function_depth -= 1
        self._nesting -= 1
        self._loops, self.result, self.yields = saved

    def add(self, count):
        """About `count` statements."""
        for _ in range(count):
            makers = list(self._makers)
            while self.random.choices(makers, self._makers.values())[0]() is False:
                pass

    @property
    def is_in_loop(self):
        return self._loops > 0

    def declare(self, kind):
        """A new variable of that type."""
        name = self.expressions.fresh_name()
        value = self.of(kind)
        self.source.line(f"{name} = {value}")
        self.scope.declare(kind, name)
        return name

    def show_all(self):
        """The values of the variables of this function."""
        names = [name for name, _ in self.scope.assignable()]
        for begin in range(0, len(names), 6):
            self.source.line(f"show({', '.join(names[begin:begin + 6])})")

    @contextmanager
    def _block(self, header):
        self._nesting += 1
        with self.inner_scope(is_block=True), self.source.block(header):
            yield
        self._nesting -= 1

    def _body(self):
        self.add(self.random.randint(1, 3) if self._nesting < 4 else 1)

    def _variable(self, kinds):
        candidates = [(name, kind) for name, kind in self.scope.assignable() if kind in kinds]
        return self.random.choice(candidates) if candidates else (None, None)

    def _declare(self):
        self.declare(self.random.choice(KINDS))

    def _assign(self):
        name, kind = self._variable(KINDS)
        if name is None:
            return False
        self.source.line(f"{name} = {self.of(kind)}")
        self._cap(name)

    def _cap(self, name):
        if self._loops or self.result:
            self.source.line(f"{name} = cap({name})")

    def _update(self):
        name, kind = self._variable(UPDATES)
        if name is None:
            return False
        self.source.line(f"{name} {self.random.choice(UPDATES[kind])}= {self.of(kind)}")
        self._cap(name)

    def _change(self):
        name, kind = self._variable(CHANGES)
        if name is None:
            return False
        statement = self.expressions.fill(self.random.choice(self._changes[kind]).replace("<target>", name), 2)
        if self.chance(0.6):
            with self.source.block("try"):
                self.source.line(statement)
            with self.source.block("except Exception as error"):
                self.source.line("show_error(error)")
        else:
            self.source.line(statement)
        if kind in ("ints", "list", "bytearray"):
            self._cap(name)

    def _show(self):
        self.source.line(f"show({self.of('any', 4)})")

    def _attempt(self):
        with self.expressions.confusion(0.02):
            self.source.line(f"attempt(lambda: {self.of('any', 4)})")

    def _unpack(self):
        a, b, c = (self.expressions.fresh_name() for _ in range(3))
        form, kinds = self.random.choice([
            (f"{a}, {b} = {self.of('int')}, {self.of('str')}", ("int", "str")),
            (f"{a}, *{b} = {self.of('ints')}", ("int", "ints")),
            (f"*{a}, {b} = {self.of('strs')}", ("strs", "str")),
            (f"{a}, *{b}, {c} = {self.of('int')}, *{self.operand('ints')}, 2.5", ("int", "ints", "float")),
            (f"({a}, {b}), {c} = ({self.of('int')}, {self.of('ints')}), {self.of('bool')}", ("int", "ints", "bool")),
            (f"[{a}, {b}] = {self.operand('str')}[:2]", ("str", "str")),
            (f"{a} = {b} = {self.of('int')}", ("int", "int")),
            (f"{a}, {b}, {c} = {self.operand('str')}.partition({self.of('char')})", ("str", "str", "str")),
            (f"show(({a} := {self.of('int')}) + 1, {a})", ("int",)),
            (f"show([{a} := item for item in ({self.of('int')}, 2)], {a})", ("int",)),
        ])
        self.source.line(form)
        for kind, name in zip(kinds, (a, b, c)):
            self.scope.declare(kind, name)

    def operand(self, kind):
        return self.expressions.operand(kind, 2)

    def _condition(self):
        return self.of(self.random.choice(["bool", "bool", "bool", "any1"]), 2)

    def _if(self):
        if self._nesting > 5:
            return False
        with self._block(f"if {self._condition()}"):
            self._body()
        while self.chance(0.25):
            with self._block(f"elif {self._condition()}"):
                self._body()
        if self.chance(0.5):
            with self._block("else"):
                self._body()

    @contextmanager
    def _loop(self, header):
        with self._block(header):
            self._loops += 1
            self.source.line("tick()")
            yield
            self._body()
            self._loops -= 1
        if self.chance(0.3):
            with self._block("else"):
                self._body()

    def _while(self):
        if self._nesting > 4:
            return False
        count = self.expressions.fresh_name()
        self.source.line(f"{count} = {self.random.randint(0, 5)}")
        condition = self.random.choice([f"{count}", f"{count} > 0", f"{count} > 0 and ({self._condition()})",
                                        f"not {count} <= 0", f"({count} := {count} - 1) >= 0"])
        with self._loop(f"while {condition}"):
            if ":=" not in condition:
                self.source.line(f"{count} -= 1")

    def _for(self):
        if self._nesting > 4:
            return False
        a, b = self.expressions.fresh_name(), self.expressions.fresh_name()
        target, iterable, kinds = self.random.choice([
            (a, f"{self.operand('ints')}[:4]", ("int",)),
            (a, f"range({self.of('small')})", ("int",)),
            (a, f"range({self.of('index')}, {self.of('small')}, {self.of('step')})", ("int",)),
            (a, f"{self.operand('str')}[:4]", ("str",)),
            (f"{a}, {b}", f"enumerate({self.operand('strs')}[:4])", ("int", "str")),
            (f"{a}, {b}", f"list({self.operand('dict')}.items())[:4]", ("str", "int")),
            (f"{a}, {b}", f"zip({self.of('range')}, {self.of('strs')})", ("int", "str")),
            (a, f"{self.operand('bytes')}[:3]", ("int",)),
            (a, f"({self.of('int')}, {self.of('int')})", ("int",)),
            (f"{a}, *{b}", f"[({self.of('int')}, {self.of('int')}), ({self.of('int')},)]", ("int", "ints")),
            (a, f"dict({self.of('dict')})", ("str",)),
        ])
        with self._loop(f"for {target} in {iterable}"):
            for kind, name in zip(kinds, (a, b)):
                self.scope.declare(kind, name)

    def _leave(self):
        """Out of a loop or function, mostly on a condition."""
        choices = ["break", "continue"] * bool(self._loops)
        if self.result and not self.yields:
            choices.append(f"return {self.of(self.result)}")
        if not choices:
            return False
        if self.chance(0.2):
            self.source.line(self.random.choice(choices))
            return
        with self.source.block(f"if {self._condition()}"):
            self.source.line(self.random.choice(choices))

    def _try(self):
        if self._nesting > 4:
            return False
        with self._block("try"):
            self._body()
            if self.chance(0.2):
                self._raise()
        handlers = self.random.choice([1, 1, 1, 2, 0])
        for index in range(handlers):
            self._handler(is_last=index + 1 == handlers)
        if handlers and self.chance(0.25):
            with self._block("else"):
                self._body()
        if not handlers or self.chance(0.3):
            with self._block("finally"):
                if self.chance(0.5):
                    self._handled()
                self._body()
                if self.chance(0.3):
                    self._handled()

    def _handler(self, is_last):
        types = self.random.choice(CATCHABLE)
        form = self.random.choice(["except", "named", "plain"])
        header = f"except {types}" if form != "except" or not is_last else "except"
        with self._block(header + (" as error" if form == "named" else "")):
            self.source.line("tick()")
            if form == "named":
                self.source.line("show_error(error)")
            self._body()
            if self.chance(0.3):
                self._handled()
            if self.chance(0.1):
                self.source.line("raise")

    def _with(self):
        if self._nesting > 4:
            return False
        guards = [f"Guard({self.of('int', 1)}, {self.random.choice(['None', 'None', *CATCHABLE[:5]])})"]
        name = self.expressions.fresh_name()
        guards[0] += f" as {name}"
        if self.chance(0.3):
            guards.append("Guard('b', None)")
        with self._block(f"with {', '.join(guards)}"):
            self.scope.declare("int", name)
            self._body()

    def _handled(self):
        self.source.line("show(handled())")

    def _raise(self):
        if not self._nesting:
            return False
        self.source.line(f"raise {self.random.choice(RAISABLE)}")

    def _assert(self):
        self.source.line(f"assert {self._condition()}, {self.of('str', 1)}")

    def _delete(self):
        name, kind = self._variable(KINDS)
        if name is None:
            return False
        self.source.line(f"del {name}")
        with self.source.block("try"):
            self.source.line(f"show({name})")
        with self.source.block("except NameError as error"):
            self.source.line("show_error(error)")
        self.source.line(f"{name} = {self.of(kind, 1)}")

    def _bind_lambda(self):
        name, parameter = self.expressions.fresh_name(), self.expressions.fresh_name()
        kind = self.random.choice(["int", "str", "float", "ints"])
        with self.scope.local("int", parameter):
            body = self.of(kind, 2)
        default = self.of("int", 1)
        self.source.line(f"{name} = lambda {parameter}={default}: {body}")
        self.scope.add_call(kind, lambda depth: f"{name}({self.of('int', depth) if self.chance(0.7) else ''})")

    def _yield(self):
        if not self.yields:
            return False
        form = self.random.choice(["plain", "plain", "sent", "from"])
        if form == "plain":
            self.source.line(f"yield {self.of(self.yields)}")
        elif form == "sent":
            name = self.expressions.fresh_name()
            self.source.line(f"{name} = yield {self.of(self.yields)}")
            self.source.line(f"show({name})")
        else:
            self.source.line(f"yield from {self.operand('ints')}[:3]")
