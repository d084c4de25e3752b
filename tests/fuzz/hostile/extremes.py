"""Programs that call natives as they are meant to be called, but for numbers at the edges of what machines can hold: of
indexes, sizes, counts, widths, shifts, times."""

from calls import Calls, attempt
from interpreter import Program
from settings import settings

IMPORTS = ["array", "asyncio", "binascii", "collections", "gc", "heapq", "io", "json", "machine", "math", "micropython", "os", "random",
           "select", "struct", "time"]
EDGES = [0, 1, 2, 8, 16, 31, 32, 52, 60, 61, 62, 63, 64, 65, 127, 200]
USES = """
range({n})[{n}]
range({n}, {n}, {n})[{n}]
len(range({n}, {n}, {n}))
list(range({n}, {n}, {n})[:9])
range({n}, {n}, {n})[{n}:{n}:{n}]
hash(range({n}, {n}, {n})), range({n}) == range({n})
{n} in range({n}, {n}, {n})
next(reversed(range({n}, {n}, {n})))
[i for i, _ in zip(range({n}, {n}, {n}), 'abc')]
slice({n}, {n}, {n}).indices({n})
{sequence}[{n}]
{sequence}[{n}:{n}]
{sequence}[{n}:{n}:{n}]
{sequence} * {n}
{n} * {sequence}
{text}.find({text}, {n}, {n})
{text}.rfind({text}, {n})
{text}.count({text}, {n}, {n})
{text}.startswith({text}, {n}, {n})
{text}.split({text}, {n})
{text}.rsplit({text}, {n})
{text}.replace({text}, {text}, {n})
{text}.center({n})
{text}.rjust({n}, 'é')
{text}.zfill({n})
'%*d' % ({n}, {n})
'%.*d|%x|%o|%c' % ({n}, {n}, {n}, {n})
'%*.*f' % ({n}, {n}, {d})
'%*.*s' % ({n}, {n}, 'aé')
'{{:{{}}}}'.format({n}, {n})
'{{:{{}}.{{}}}}'.format({d}, {n}, {n})
'{{:0{{}},}}|{{:_x}}'.format({n}, {n}, {n})
'{{:>{{}}}}'.format('é', {n})
f'{{{n}:{{{n}}}}}'
bytes({n})
bytearray({n})
bytes([{n}])
({n}).to_bytes({n}, 'big')
({n}).to_bytes(8, 'little', True)
int.from_bytes(({n}).to_bytes(9, 'big'), 'little')
{n} << {n}
{n} >> {n}
{n} ** {small}
pow({n}, {n}, {n})
divmod({n}, {n})
({n} // {n}, {n} % {n}, -{n}, ~{n}, abs({n}))
({n} & {n}, {n} | {n}, {n} ^ {n})
({n} + {n}, {n} - {n}, {n} * {n}, {n} < {n}, {n} == {n})
({n} / {n}, {n} + {d}, {n} * {d}, {n} < {d})
round({n}, {n})
round({d}, {n})
(float({n}), int({d}), complex({n}, {d}), hash({n}), hash({d}))
(bin({n}), hex({n}), str({n}), chr({n}))
int('1' * 9, {n})
sum([{n}, {n}, {n}])
max({n}, {n}, {d})
list(enumerate('ab', {n}))
[1, 2, 3].insert({n}, 1)
[1, 2, 3].pop({n})
[1, 2, 3].index(2, {n}, {n})
(1, 2, 3).index(2, {n}, {n})
collections.deque((1, 2), {n})[{n}]
collections.deque((1, 2), {n}, {n})
array.array('bBhHiIlLqQfd'[{small}], [{n}, {d}])
array.array('q', bytes(16))[{n}]
memoryview(bytearray(16))[{n}:{n}]
struct.calcsize(str({n}) + 'q')
struct.pack(str({n}) + 's', b'a')
struct.pack('<bhiqQdef', {n}, {n}, {n}, {n}, {n}, {d}, {d}, {d})
struct.pack_into('>i', bytearray(9), {n}, {n})
struct.unpack_from('>i', bytes(9), {n})
struct.unpack(str({n}) + 'b', bytes(9))
io.BytesIO({n})
io.BytesIO(b'abc').read({n})
io.StringIO('aé\\nc').readline({n})
io.BytesIO(b'abc').seek({n}, {small})
io.BytesIO(b'abc').readinto(bytearray(8), {n})
io.BytesIO().write(b'abc', {n}, {n})
io.BufferedWriter(io.BytesIO(), {n}).write(b'abc')
micropython.RingIO({n})
micropython.RingIO(9).read({n})
micropython.opt_level({n})
micropython.alloc_emergency_exception_buf({n})
micropython.kbd_intr({n})
gc.threshold({n})
machine.Timer({n}, period={n}, mode={small})
machine.Timer(period={n}, tick_hz={n}, callback=print)
machine.Timer(freq={d}, callback=print)
machine.lightsleep({small})
random.randrange({n}, {n}, {n})
random.randint({n}, {n})
random.getrandbits({n})
random.seed({n})
random.uniform({n}, {d})
math.factorial({small})
math.comb({n}, {small})
math.perm({n}, {small})
math.gcd({n}, {n})
(math.ldexp({d}, {n}), math.frexp({d}), math.modf({d}))
(math.floor({d}), math.ceil({d}), math.trunc({d}), math.pow({n}, {d}), math.log({n}))
time.localtime({n})
time.gmtime({d})
time.mktime(({n}, {n}, {n}, {n}, {n}, {n}, 0, 0))
time.ticks_add({n}, {n})
time.ticks_diff({n}, {n})
select.poll().poll(0) if select.poll().register({n}, {n}) else 0
asyncio.sleep({n})
asyncio.sleep_ms({n})
asyncio.wait_for_ms(asyncio.sleep(0), {n})
os.urandom({n} & 65535)
os.stat({n})
open({n}, 'rb')
binascii.crc32(b'abc', {n})
json.dumps([{n}, {d}]), json.loads(str({n})), json.loads(str({d}))
eval(str({n}) + '*' + str({d}))
""".strip().splitlines()


def program(random, catalog):
    return Extremes(random, catalog).program()


class Extremes(Calls):
    """Makes the statements of one program, each a use of natives with numbers."""

    def program(self):
        statements = [f"import {name}" for name in IMPORTS if name in self._catalog.imports]
        statements += [attempt(f"v0 = {self._fill(USES)}") for _ in range(60)]
        return Program(statements, settings(self._random))

    # ---- fields ----

    def n(self):
        """An int at an edge."""
        random = self._random
        number = random.choice([1, -1]) * (1 << random.choice(EDGES)) + random.choice([-1, 0, 1])
        return f"({random.choice([number, number, number, 0, 1, 10**30])})"

    def small(self):
        return str(self._random.randint(-1, 12))

    def d(self):
        """A float at an edge."""
        return self._random.choice([f"float({self.n()})", "math.inf", "-math.inf", "math.nan", "1e308", "-1e308", "5e-324", "0.5", "-0.0"])

    def text(self):
        return self._random.choice(["'aébaéb'", "'a'", "''", "'é'"])

    def sequence(self):
        return self._random.choice(["'aéb'", "b'abc'", "bytearray(b'abc')", "[1, 2, 3]", "(1, 2, 3)", "range(9)", "array.array('i', [1, 2])"])
