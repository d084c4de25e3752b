"""Programs whose special methods, streams, coroutines, file systems and callbacks change what the native that calls them
works on: they make it longer and shorter, clear, close, delete and fill it again, enter the native anew, raise, and
collect. What they change are the arguments, which the program has in its variables."""

from calls import VARIABLES, Calls, attempt
from interpreter import Program
from native_calls import CALLS
from settings import settings
from values import NUMBERS, PRELUDE

MODULES = ["array", "asyncio", "binascii", "collections", "framebuf", "gc", "hashlib", "heapq", "io", "json", "machine", "math", "micropython",
           "os", "random", "re", "select", "struct", "sys", "time", "uctypes", "vfs"]

# What can be changed, by the fields of CALLS that it is for.
LISTS = ["[1, 2, 3]", "[Hostile(1), Hostile(2), 3, 'a']", "[Hostile(i) for i in range(40)]", "[]", "list(range(300))",
         "[b'ab', bytearray(b'cd'), b'e']", "['ab', 'cd', 'e'] * 30", "MyList([1, Hostile(2)])", "HostileList([3, 1, 2])", "[[1], [2]]"]
DICTS = ["{}", "{1: 2, 'a': Hostile(3)}", "{Hostile(i): i for i in range(12)}", "{'x': 1, 'y': 2}", "MyDict()",
         "collections.OrderedDict([(Hostile(1), 2), (3, 4)])", "{i: str(i) for i in range(30)}"]
SETS = ["{1, 'b', Hostile(3)}", "{Hostile(i) for i in range(12)}", "set()", "frozenset([1, Hostile(2)])"]
BYTES = ["bytearray(b'12345678')", "bytearray(300)", "bytearray(b'%d %s {:>9} {!r} {x}')", "bytearray(b'4i2s')", "bytearray()",
         "bytearray(b'9' * 20000)", "bytearray(b'{\"a\": [1, 2, {\"b\": null}]}')", "bytearray('é'.encode() * 50)", "bytearray(b'a,b,c\\n' * 900)",
         "array.array('i', [1, 2, 3])", "array.array('d', [1.5])", "array.array('O', [Hostile(1), 2])", "array.array('H', bytes(40))",
         "memoryview(v0) if v0 else 0", "memoryview(bytearray(64))", "memoryview(bytearray(b'abcdefgh'))[2:6]"]
STREAMS = ["io.BytesIO(bytearray(b'one\\ntwo\\nthree'))", "io.StringIO('one\\ntwo\\nthré')", "io.BytesIO()", "micropython.RingIO(32)",
           "micropython.RingIO(bytearray(16))", "io.BufferedWriter(HostileStream(), 8)", "HostileStream()", "HostileStream()",
           "asyncio.StreamReader(HostileStream())", "opened()", "sys.stdin", "sys.stdout"]
ITERABLES = ["HostileIterator()", "generator()", "Hostile(1)", "[Hostile(1), Hostile(2)]", "iter([1, 2])", "(1, Hostile(2))", "{Hostile(1): 2}",
             "v0", "v1", "v2", "map(Hostile(1), [1, 2, 3])", "bytearray(b'ab')", "'ab'", "zip([1, 2], Hostile(3))", "HostileList([1, 2])",
             "io.StringIO('a\\nb')", "{1: 2}.items()", "collections.deque((1, Hostile(2), 3), 5)"]
OTHERS = ["collections.deque([], 3, 1)", "select.poll()", "asyncio.Event()", "asyncio.Lock()", "asyncio.ThreadSafeFlag()",
          "asyncio.gather(coroutine(), Hostile(1))", "asyncio.wait_for(Hostile(1), 1)", "asyncio.create_task(coroutine())", "coroutine()",
          "HostileFiles()", "HostilePin()", "machine.Signal(HostilePin())", "machine.Timer(period=1, callback=lambda t: change())",
          "hashlib.sha256()", "ValueError(Hostile(1), bytearray(9))", "Plain()", "HostileClass", "(Hostile(1), [2], bytearray(3))",
          "re.compile('(a)|b')", "HostileError('a', 2)"]
TEXTS = ["'abc'", "'é' * 60", "''", "'a,b,c'", "'%s %d'", "'{} {x}'", "'4i2s'", "'1'", "'x' * 5000", "HostileText('ab,c')", "'utf-8'"]
HOSTILE = ["Hostile(1)", "Hostile(1)", "Hostile(0)", "Hostile(2)", "HostileInt(4)", "HostileText('abc')", "HostileTuple((1, 2))",
           "HostileIterator()", "HostileList([1, 2])", "HostileStream()", "change", "bytearray(b'ab')", "1", "0", "'a'"]
CHANGEABLE = [LISTS, DICTS, SETS, BYTES, STREAMS, ITERABLES, OTHERS]
KINDS_OF_VARIABLES = [LISTS, LISTS, DICTS, SETS, BYTES, BYTES, STREAMS, ITERABLES]

# What a special method does to a variable.
CHANGES = [
    "v.clear()", "v.append(1)", "v.append(Hostile(4))", "v.extend(bytes(9))", "v.extend(bytearray(5000))", "v.extend([7] * 50)",
    "v.extend(v)", "v[:] = b''", "v[:] = bytes(700)", "v[:] = []", "v[:] = [Hostile(9)] * 60", "v[1:2] = []", "del v[:]", "del v[0]",
    "v.pop()", "v.pop(0)", "v.popitem()", "v.popleft()", "v.insert(0, 5)", "v.remove(1)", "v.reverse()", "v.sort()",
    "v.sort(key=Hostile(3))", "v.update({i: i for i in range(60)})", "v.update([7, 8, 9])", "v.add(Hostile(6))", "v.discard(1)",
    "v.setdefault(Hostile(3), 4)", "v[0] = 255", "v[0] = Hostile(7)", "v[Hostile(1)] = 3", "del v[Hostile(1)]",
    "v[:] = b'\\xff' * len(v)", "v[:] = b'9' * len(v)", "v[:] = b'\\xc3' * len(v)", "v[:] = b'q' * len(v)", "v[:] = b'{' * len(v)",
    "v.close()", "v.write(b'x' * 40)", "v.write('x' * 40)", "v.seek(0)", "v.read()", "v.readline()", "v.flush()", "v.getvalue()",
    "next(v)", "v.send(None)", "v.throw(ValueError)", "v.register(HostileStream())", "v.unregister(v)", "v.set()", "v.release()",
    "v.deinit()", "v.init(period=1, callback=v)", "v.cancel()", "v.digest()", "v.update(b'x')", "v.__traceback__ = None",
    "type(v).__init__(v)", "v.__init__(v)", "list.__init__(v, [1])", "bytearray.__init__(v)", "dict.__init__(v)", "v += v", "v *= 3",
    "v |= {1: 2}", "v ^= {1, 2}", "v &= set()", "v -= v", "len(v)", "repr(v)", "v == v", "sorted(v)", "v.x = 1", "del v.x",
    "HostileClass.__eq__ = lambda a, b: False", "HostileClass.x = v", "del HostileClass.x", "asyncio.run(v)", "asyncio.new_event_loop()",
    "raise v",
]
# What it does besides.
DEEDS = [
    "gc.collect()", "gc.collect()", "fill()", "fill()", "raise ValueError", "raise StopIteration", "1 / 0", "micropython.schedule(tick, 0)",
    "micropython.heap_lock()", "micropython.heap_unlock()", "work()", "work()", "machine.disable_irq()", "machine.enable_irq()",
    "os.umount('/m')", "os.mount(HostileFiles(), '/m')", "[i for i in range(9)]",
]
# What it answers, other than what is expected of it.
ANSWERS = ["None", "0", "1", "-1", "2**70", "1.5", "'a'", "b'ab'", "True", "False", "[]", "self", "NotImplemented", "(1, 2)", "bytearray(3)",
           "8", "4096", "'é' * 9", "v0", "v1", "v2"]

# The methods of a class, and what is expected of them.
METHODS = [
    ("__int__", ["0", "1", "5", "-1", "2**70", "255"]), ("__float__", ["0.0", "1.5"]), ("__index__", ["1"]), ("__bool__", ["True", "False"]),
    ("__complex__", ["1j"]), ("__len__", ["0", "3", "50"]), ("__hash__", ["1", "1", "self.n"]), ("__eq__", ["True", "False", "False"]),
    ("__ne__", ["False"]), ("__lt__", ["True", "False"]), ("__le__", ["True"]), ("__gt__", ["False"]), ("__ge__", ["True"]),
    ("__add__", ["1"]), ("__radd__", ["1"]), ("__iadd__", ["self"]), ("__sub__", ["1"]), ("__mul__", ["1"]), ("__rmul__", ["1"]),
    ("__mod__", ["1"]), ("__and__", ["1"]), ("__or__", ["1"]), ("__neg__", ["1"]), ("__abs__", ["1"]), ("__divmod__", ["(1, 2)"]),
    ("__pow__", ["1"]), ("__contains__", ["True", "False"]), ("__getitem__", ["1", "'a'", "65"]), ("__setitem__", ["None"]),
    ("__delitem__", ["None"]), ("__iter__", ["iter(v0)", "HostileIterator()", "iter([1, 2])"]), ("__str__", ["'s'", "'é' * 200"]),
    ("__repr__", ["'r'", "'é' * 200"]), ("__format__", ["'f'"]), ("__call__", ["1", "arguments[0]", "'a'"]), ("__enter__", ["self"]),
    ("__exit__", ["None"]), ("__getattr__", ["1", "self", "change"]), ("__get__", ["1", "self"]), ("__set__", ["None"]),
    ("__dir__", ["['a', 'b']"]), ("__reversed__", ["iter([1])"]), ("send", ["1"]), ("throw", ["1"]), ("close", ["None"]),
    ("keys", ["['a', 'b']", "HostileIterator()"]), ("value", ["1"]),
]
NEXT = [("__next__", ["1", "2", "b'a'", "'a'", "Hostile(1)", "(1, 2)", "1 if turn % 7 else stop()"])]
STREAM_METHODS = [
    ("readinto", ["1", "len(arguments[0])", "None", "0", "2**40", "-5"]), ("write", ["1", "len(arguments[0])", "None", "0", "10**9"]),
    ("read", ["b'abc'", "b''", "None"]), ("readline", ["b'ab\\n'", "b''", "None"]), ("ioctl", ["1", "5", "0", "arguments[1]"]), ("close", ["None"]),
]
FILE_METHODS = [(name, ["None", "(0x4000, 0)", "(0x8000, 0)", "HostileStream()", "[('a', 0, 0)]", "'/'", "b'/\\xff'"])
                for name in ["mount", "umount", "open", "stat", "ilistdir", "chdir", "getcwd", "remove", "mkdir", "rename", "statvfs"]]
# Class, base, methods, and which part of them it has.
CLASSES = [("Hostile", "Numbered", METHODS, 0.8), ("HostileIterator", "", NEXT, 1), ("HostileList", "list", METHODS, 0.2),
           ("HostileText", "str", METHODS, 0.2), ("HostileTuple", "tuple", METHODS, 0.2), ("HostileInt", "int", METHODS, 0.2),
           ("HostileError", "ValueError", METHODS, 0.2), ("HostileStream", "io.IOBase", STREAM_METHODS, 0.8),
           ("HostileFiles", "", FILE_METHODS, 0.8), ("HostilePin", "machine.PinBase", [("value", ["0", "1", "2**70"])], 1)]

START = """\
depth = turn = 0
changes = []
works = []


def fill():
    return [bytes([0xcc] * n) for n in (8, 24, 40, 90, 200, 500, 1200, 5000)]


def take_turn(functions):
    global depth, turn
    if depth > 2:
        return
    depth += 1
    try:
        turn += 1
        functions[turn % len(functions)]()
    finally:
        depth -= 1


def change():
    take_turn(changes)


def work():
    take_turn(works)


def stop():
    raise StopIteration


def tick(count):
    if count < 300:
        micropython.schedule(tick, count + 1)
    change()


def generator():
    while turn < 500:
        change()
        yield 1


async def main(first, second, data):
    try:
        await first
    except Exception:
        pass
    return await second


async def streaming(stream, data):
    stream.write(data)
    change()
    await stream.drain()
    await stream.awrite(data, Hostile(1), Hostile(2))
    await stream.readinto(data)
    return await stream.readline()


class Numbered:
    def __init__(self, n=1):
        self.n = n
"""


def program(random, catalog):
    return Changes(random, catalog).program()


class Changes(Calls):
    """Makes the statements of one program: hostile classes, what they do, and calls of natives with objects of them."""

    def program(self):
        random = self._random
        self._held = random.choices(KINDS_OF_VARIABLES, k=VARIABLES)
        statements = [f"import {name}" for name in sorted({*self._imports, *MODULES})] + [PRELUDE, START]
        statements += [f"v{index} = None" for index in range(VARIABLES)] + [self._class(*each) for each in CLASSES]
        statements.append("HostileClass = Hostile")
        statements += [self._renewal(index) for index in range(VARIABLES)]
        statements += [self._function("changes", self._change) for _ in range(random.randint(2, 8))]
        statements += [self._function("works", lambda: attempt(self.statement())) for _ in range(3)]
        if random.random() < 0.5:
            statements.append("micropython.schedule(tick, 0)")
        for _ in range(random.randint(8, 40)):
            statements.append(attempt(self.statement()))
            if random.random() < 0.5:
                statements.append(self._renewal(random.randrange(VARIABLES)))
        return Program(statements, settings(random))

    def _renewal(self, index):
        """Makes a variable new, and all possible that it takes."""
        allowed = "micropython.heap_unlock()\nmachine.enable_irq()\n" * 2
        return attempt(f"{allowed}v{index} = {self._random.choice(self._held[index])}", f"v{index} = []")

    def _function(self, place, body):
        """A function of some statements, in that list."""
        lines = "\n".join(body() for _ in range(self._random.choice([1, 1, 2, 4]))).replace("\n", "\n    ")
        names = ", ".join(f"v{index}" for index in range(VARIABLES))
        return f"def f():\n    global {names}\n    {lines}\n{place}.append(f)"

    def _change(self):
        random = self._random
        if random.random() > 0.25:
            return attempt(f"v = {self.variable()}\n{random.choice(CHANGES)}")
        deed = random.choice(DEEDS)
        return deed if random.random() < 0.3 else attempt(deed)

    def _class(self, name, base, methods, share):
        lines = [line for method, answers in methods if self._random.random() < share for line in self._method(method, answers)]
        return "\n    ".join([f"class {name}({base}):", "z = 1", *lines])

    def _method(self, name, answers):
        answer = self._random.choice(answers if self._random.random() < 0.85 else ANSWERS)
        return [f"def {name}(self, *arguments):", "    change()", f"    return {answer}"]

    def _of(self, kind):
        """A variable that holds something of that kind, or a new one."""
        held = [index for index, each in enumerate(self._held) if each is kind]
        if held and self._random.random() < 0.75:
            return f"v{self._random.choice(held)}"
        return self.variable() if self._random.random() < 0.2 else f"({self._random.choice(kind)})"

    # ---- fields ----

    def statement(self):
        if self._random.random() < 0.25:
            return super().statement()
        self._target = self.variable()
        return self._fill(CALLS)

    def target(self):
        """The same variable in all of a statement."""
        return self._target

    def argument(self):
        return self.variable() if self._random.random() < 0.6 else self.value()

    def value(self):
        choice = self._random.random()
        if choice < 0.5:
            return self._random.choice(self._random.choice(CHANGEABLE) if choice < 0.3 else HOSTILE)
        return super().value()

    def hostile(self):
        return self._random.choice(HOSTILE) if self._random.random() < 0.8 else self.argument()

    def number(self):
        return self._random.choice(NUMBERS)

    def list(self):
        return self._of(LISTS)

    def dict(self):
        return self._of(DICTS)

    def set(self):
        return self._of(SETS)

    def bytes(self):
        return self._of(BYTES)

    def text(self):
        return self._of(TEXTS)

    def stream(self):
        return self._of(STREAMS)

    def iterable(self):
        return self._of(ITERABLES)
