"""Expressions for values that natives may not expect. What they need of modules is in MODULES."""

MODULES = ["array", "asyncio", "collections", "io", "machine", "math", "micropython", "os", "re", "select", "struct", "sys",
           "time"]

NUMBERS = ["0", "1", "-1", "2", "3", "7", "255", "256", "True", "False", "2**31", "2**32", "-2**31", "2**61", "2**62 - 1", "2**62",
           "-2**62", "2**63 - 1", "2**63", "-2**63", "2**64", "-2**64", "10**30", "-10**30", "2**1000", "0.0", "-0.0",
           "0.5", "1e300", "-1e300", "5e-324", "math.inf", "-math.inf", "math.nan", "1j", "complex(1e300, -math.inf)"]

TEXTS = ["''", "'a'", "'abc'", "'\\0'", "'é'", "'日本語'", "'\\U0001f600' * 5", "'x' * 300", "'é' * 300", "'1'", "'-0x1f'", "'nan'",
         "'append'", "'__init__'", "'utf-8'", "'>hHiIqQfd10s'", "'{:>{}}{!r}{0}'", "'%s %d %r %*d'", "'(a|b)*c?'", "'r+b'",
         "'{\"a\": [1, 2, {}]}'", "'/a'", "'..'", "'\\n'.join(['a'] * 50)", "f'{7:>30}'"]

BYTES = ["b''", "b'abc'", "b'\\xff\\xc3'", "bytes(300)", "bytearray()", "bytearray(b'abc')", "bytearray(300)",
         "memoryview(b'abcdef')", "memoryview(bytearray(16))", "memoryview(bytearray(16))[3:9]",
         "array.array('b', b'abc')", "array.array('d', [1.5, 2.5])", "array.array('O', [1, None])", "array.array('Q')"]

CONTAINERS = ["()", "(1,)", "(1, 'a', None)", "[]", "[1, 2, 3]", "['b', 'a', 'c']", "[[], [1], [2, [3]]]", "[None] * 100",
              "{}", "{1: 2}", "{'a': 1, 'b': 2}", "{i: str(i) for i in range(40)}", "set()", "{1, 2, 'x'}",
              "frozenset((1, 2))", "range(5)", "range(-3, 10**18, 7)", "range(0)", "slice(None)", "slice(1, None, -1)",
              "slice(2**70, -2**70, 3)", "collections.deque((1, 2, 3), 5)", "collections.deque((), 0)",
              "collections.OrderedDict([(1, 2), (3, 4)])", "collections.namedtuple('P', 'x y')(1, 2)", "looped([])",
              "looped({})", "nested(50)", "{}.keys()", "{1: 2}.items()", "{1: 2}.values()"]

ITERATORS = ["iter([1, 2, 3])", "iter(())", "iter('abc')", "iter(b'abc')", "iter({1: 2})", "iter({1, 2})", "iter(range(9))",
             "reversed([1, 2, 3])", "zip([1, 2], 'ab')", "map(str, [1, 2])", "filter(None, [0, 1])", "enumerate('ab')",
             "count()", "(i for i in range(3))", "iter(lambda: 0, 1)", "coroutine()", "{1: 2}.items()"]

CALLABLES = ["len", "print", "list.append", "[].append", "(lambda *a, **k: a)", "(lambda: 1/0)", "int", "str", "list", "dict",
             "type", "object", "Plain", "MyList", "[].append.__class__", "Plain().method", "bound(3)", "super", "isinstance",
             "getattr", "exec", "eval", "dict.get", "'{}'.format", "nothing", "str.join", "Plain.method"]

OBJECTS = ["None", "...", "NotImplemented", "object()", "Plain()", "MyList([1, 2])", "MyDict()", "MyStr('abc')", "MyInt(5)",
           "MyError(1)", "Blank()", "Indexed()", "Describing()", "sys", "math", "Plain", "type", "ValueError('x')", "KeyError",
           "StopIteration(3)", "OSError(2)", "io.StringIO('abc\\ndef')", "io.BytesIO(b'abc\\ndef')", "opened()", "sys.stdout",
           "sys.stdin", "select.poll()", "re.compile('a(b)?')", "re.match('(a)(b)?', 'a')", "micropython.RingIO(16)",
           "machine.Pin('1', machine.Pin.OUT)", "machine.Timer()", "machine.Signal(machine.Pin('2', machine.Pin.OUT))",
           "super(MyList, MyList([1]))", "property(len)", "staticmethod(len)", "classmethod(len)",
           "asyncio.Event()", "asyncio.Lock()", "compile('1 + 1', 'f', 'eval')", "sys.implementation", "closure()",
           "asyncio.get_event_loop()", "asyncio.create_task(coroutine())"]

KINDS = [NUMBERS, TEXTS, BYTES, CONTAINERS, ITERATORS, CALLABLES, OBJECTS]

# What the expressions refer to.
PRELUDE = """\
class Plain:
    x = 1

    def method(self, *args, **names):
        return args


class MyList(list):
    pass


class MyDict(dict):
    pass


class MyStr(str):
    pass


class MyInt(int):
    pass


class MyError(ValueError):
    pass


class Blank(list):
    def __init__(self):
        pass


class Indexed:
    def __index__(self):
        return 1

    def __len__(self):
        return 3

    def __getitem__(self, index):
        if index > 3:
            raise IndexError
        return index

    def __hash__(self):
        return 7

    def __eq__(self, other):
        return True

    def __lt__(self, other):
        return False

    def __call__(self, *args):
        return args[0] if args else None


class Describing:
    def __get__(self, instance, owner):
        return instance

    def __getattr__(self, name):
        return name


def looped(container):
    if isinstance(container, list):
        container.append(container)
    else:
        container[1] = container
    return container


def nested(depth):
    value = []
    for _ in range(depth):
        value = [value, value]
    return value


def count():
    n = 0
    while n < 1000:
        n += 1
        yield n


def generator():
    yield 1


async def coroutine():
    await asyncio.sleep_ms(1)


def bound(depth):
    class Chain:
        pass

    for _ in range(depth):
        Chain.step = classmethod(getattr(Chain, "step", print))
        Chain.step = Chain.step
    return Chain.step


def closure():
    n = 0

    def inner():
        nonlocal n
        n += 1
        return n

    return inner


def opened():
    with open("f", "w") as file:
        file.write("one\\ntwo\\nthree\\n")
    return open("f")


def nothing(*args, **names):
    pass"""


class Values:
    """Random expressions of them."""

    def __init__(self, random):
        self._random = random

    def any(self):
        return self._random.choice(self._random.choice(KINDS))

    def text(self):
        return f"({self._random.choice(TEXTS)})"
