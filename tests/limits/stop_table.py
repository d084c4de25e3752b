# What StopTest and kill_bench run, row by row; see stop_table.h. Each row makes natives work through data of about N
# bytes. StopTest switches the collector off, as it looks for kills and not for safepoints.
import gc
gc.disable()
N = 4000000
text = 'a' * N
words = 'ab ' * (N // 3)
wide = '\u00e9' * (N // 2)
data = bytes(N)
numbers = [0] * (N // 8)
nested = []
twin = []
for i in range(100):
    nested = [nested, nested]
    twin = [twin, twin]
def shallow(depth):
    made = []
    for i in range(depth): made = [made, made]
    return made
def try_(function, *args):
    try:
        return function(*args)
    except Exception:
        pass

# covers: str.find str.index str.rfind str.rindex str.count
text.find('b')
wide.find('\u00e8')
text.rfind('b')
try_(text.index, 'ab')
try_(text.rindex, 'ab')
text.count('a')
wide.count('')
text.find('a' * (N // 2) + 'b')
text.rfind('ba' * 10)
wide.find('\u00e9', N // 4)
# covers: bytes.find bytes.index bytes.rfind bytes.rindex bytes.count
data.find(b'b')
data.rfind(b'b')
try_(data.index, b'b')
try_(data.rindex, b'b')
data.count(b'\0')
data.count(0)
# covers: bytearray.find bytearray.index bytearray.rfind bytearray.rindex bytearray.count
array = bytearray(data)
array.find(b'b')
array.rfind(b'b')
try_(array.index, b'b')
try_(array.rindex, b'b')
array.count(b'')
# covers: str.startswith str.endswith
text.startswith(text + '')
text.endswith(text[1:])
text.startswith(('b',) * 100000)
# covers: bytes.startswith bytes.endswith bytearray.startswith bytearray.endswith
data.startswith(data + b'')
data.endswith(data[1:])
bytearray(data).startswith(data)
bytearray(data).endswith(data)
# covers: str.replace
text.replace('a', 'bc')
text.replace('b', 'bc')
text[:N // 4].replace('', '-')
# covers: bytes.replace bytearray.replace
data.replace(b'\0', b'bc')
bytearray(data).replace(b'\0', b'bc')
# covers: str.split str.rsplit str.splitlines
text.split()
words[:N // 4].split()
words[:N // 4].split(' ')
words[:N // 4].rsplit(' ', N)
(' ' * N).split()
words[:N // 4].replace(' ', '\n').splitlines()
text.splitlines()
# covers: bytes.split bytes.rsplit bytes.splitlines bytearray.split bytearray.rsplit bytearray.splitlines
data.split(b'a')
data[:N // 16].split(b'\0')
data.rsplit(b'a', 2)
data.splitlines()
bytearray(data).split(b'a')
bytearray(data).rsplit(b'a', 2)
bytearray(data).splitlines()
# covers: str.partition str.rpartition bytes.partition bytes.rpartition bytearray.partition bytearray.rpartition
text.partition('b')
text.rpartition('b')
data.partition(b'b')
data.rpartition(b'b')
bytearray(data).partition(b'b')
bytearray(data).rpartition(b'b')
# covers: str.join bytes.join bytearray.join
','.join(['abc'] * 300000)
''.join([text, text])
b','.join([b'abc'] * 300000)
bytearray(b',').join([b'abc'] * 300000)
','.join(text[:N // 4])
# covers: str.strip str.lstrip str.rstrip
text.strip('a')
text.lstrip('a')
text.rstrip('a')
text.strip()
('b' * 1000).strip(text + 'b')
# covers: bytes.strip bytes.lstrip bytes.rstrip bytearray.strip bytearray.lstrip bytearray.rstrip
data.strip(b'\0')
data.lstrip(b'\0')
data.rstrip(b'\0')
bytearray(data).strip(b'\0')
bytearray(data).lstrip(b'\0')
bytearray(data).rstrip(b'\0')
# covers: str.center str.ljust str.rjust str.zfill
'a'.center(N)
'a'.ljust(N)
'a'.rjust(N)
'a'.zfill(N)
text.center(N + 2)
# covers: bytes.center bytes.ljust bytes.rjust bytes.zfill bytearray.center bytearray.ljust bytearray.rjust bytearray.zfill
b'a'.center(N)
b'a'.ljust(N)
b'a'.rjust(N)
b'a'.zfill(N)
bytearray(b'a').center(N)
bytearray(b'a').ljust(N)
bytearray(b'a').rjust(N)
bytearray(b'a').zfill(N)
# covers: str.lower str.upper str.swapcase str.title str.capitalize
text.lower()
text.upper()
wide.swapcase()
words.title()
text.capitalize()
# covers: bytes.lower bytes.upper bytes.swapcase bytes.title bytes.capitalize
data.lower()
data.upper()
data.swapcase()
data.title()
data.capitalize()
# covers: bytearray.lower bytearray.upper bytearray.swapcase bytearray.title bytearray.capitalize
array = bytearray(data)
array.lower()
array.upper()
array.swapcase()
array.title()
array.capitalize()
# covers: str.isalpha str.isalnum str.isdigit str.isspace str.isupper str.islower
text.isalpha()
text.isalnum()
('1' * N).isdigit()
(' ' * N).isspace()
('1' * N).isupper()
text.islower()
# covers: bytes.isalpha bytes.isalnum bytes.isdigit bytes.isspace bytes.isupper bytes.islower
letters = text.encode()
letters.isalpha()
letters.isalnum()
(b'1' * N).isdigit()
(b' ' * N).isspace()
(b'1' * N).isupper()
letters.islower()
# covers: bytearray.isalpha bytearray.isalnum bytearray.isdigit bytearray.isspace bytearray.isupper bytearray.islower
letters = bytearray(text.encode())
letters.isalpha()
letters.isalnum()
letters.isdigit()
letters.isspace()
letters.isupper()
letters.islower()
# covers: str.format
try_((text + '{').format)
(text + '{}').format(text)
('{:>%d}' % N).format('a')
'{0}'.format(text)
('{{' * 500000).format()
try_(('{:' + text).format, 1)
class Formats:
    def __format__(self, spec): return ''
('{:' + text + '}').format(Formats())
try_('{:s}'.format, data)
round(3 ** 100000, -(2 ** 62))
'{0:d}'.format(3 ** 100000)
('%s' % text) + ('%%' * 500000 % ())
'%(a)s' % {'a': text}
'%.*s' % (N // 2, text)
'%r' % text
try_(lambda: ('%' + ' ' * N + 'd') % 1)
# covers: bytes.format bytearray.format
(b'a' * N).format()
bytearray(b'a' * N).format()
b'%s' % data
# covers: str.encode bytes.decode bytearray.decode
text.encode()
wide.encode('utf-8')
data.decode()
bytearray(data).decode('ascii')
try_((b'\xff' * N).decode)
(b'\xff' * (N // 4)).decode('utf-8', 'replace')
str(data, 'utf-8')
# covers: bytes.hex bytes.fromhex bytearray.hex bytearray.fromhex memoryview.hex
data.hex()
bytes.fromhex('00' * (N // 4))
bytearray.fromhex('00' * (N // 4))
bytes.fromhex(' ' * N)
bytearray(data).hex()
memoryview(data).hex(',')
# covers: builtins.str builtins.repr
str(numbers)
repr(text)
repr(wide)
repr(data)
repr(bytearray(data))
repr(shallow(15))
repr({i: i for i in range(50000)})
repr(set(range(50000)))
repr(tuple(numbers))
repr('\n' * (N // 4))
# covers: builtins.bytes builtins.bytearray
bytes(N)
bytes(numbers)
bytearray(N)
bytearray(data)
bytearray(numbers)
bytes(memoryview(data))
text * 2
data + data
data * 2
text + text
bytearray(data) + data
data[1:]
text[1:]
wide[1:]
wide[N // 4]
bytearray(data)[1:]
# covers: builtins.memoryview
view = memoryview(bytearray(data))
view == memoryview(bytearray(data))
view < memoryview(bytearray(data))
view[1:] = view[:-1]
import array
memoryview(array.array('i', numbers)) < memoryview(array.array('i', numbers))
# covers: array.array array.append array.extend
import array
made = array.array('i', numbers)
made.extend(numbers)
made.extend(made)
made == array.array('i', numbers + numbers + numbers)
made[1:3] = made
made + made
repr(made)
array.array('O', numbers)
array.array('d', data)
made.append(1)
# covers: bytearray.append bytearray.extend
array = bytearray(data)
for i in range(10): array.append(1)
array.extend(data)
array.extend(numbers)
array[0:0] = data
array[:N] = b''
array += data
array == array[:]
array < array[:]
data == data[:N - 1] + b'\0'
data < data[:N - 1] + b'\0'
data in data[1:]
1 in data
# covers: builtins.hash
hash(text + 'b')
hash(data + b'b')
hash(tuple(numbers))
hash(frozenset(range(100000)))
hash(1 << (N * 8))
{text + 'c': 1}
text == text[:N - 1] + 'a'
text < text[:N - 1] + 'b'
{text + 'd': 1}.get(text + 'd')
# covers: builtins.list list.copy list.reverse list.insert list.pop list.remove list.clear list.append list.extend
made = list(numbers)
made.copy()
made.reverse()
made.insert(0, 1)
made.pop(0)
made.append(1)
made.remove(1)
made.extend(numbers)
made.extend(i for i in range(1000))
made * 3
made *= 2
made + made
made[1:]
made[::2]
made[0:0] = numbers
del made[:100000]
made.clear()
list(text[:N // 4])
# covers: list.count list.index list.sort builtins.sorted
made = list(range(N // 16))
made.count(1)
try_(made.index, -1)
made.sort()
made.sort(reverse=True)
made.sort(key=lambda x: -x)
sorted([str(i) for i in range(50000)])
sorted([float(-i) for i in range(N // 16)])
sorted([(i % 7, i) for i in range(20000)])
-1 in made
# covers: builtins.tuple tuple.count tuple.index
made = tuple(numbers)
made.count(1)
try_(made.index, 1)
made + made
made * 3
made[1:]
made == tuple(numbers)
made < tuple(numbers)
1 in made
def many(*args): pass
many(*range(1000))
# covers: builtins.dict dict.copy dict.update dict.fromkeys dict.popitem dict.pop dict.clear dict.setdefault
made = {i: i for i in range(100000)}
made.copy()
made.update(made.copy())
dict(made)
dict.fromkeys(range(100000))
made == made.copy()
made | made
for i in range(30000): made.pop(i)
made['a'] = made.setdefault('b')
for i in range(30000): made.popitem()
made.clear()
# covers: dict.get dict.__getitem__ dict.__setitem__ dict.__delitem__ dict.items dict.keys dict.values
P = (1 << 61) - 1
made = {P * i: i for i in range(3000)}
made.get(P * 5000)
made.update({P * (i + 3000): i for i in range(1000)})
made.get((1, 2))
list(made.items())
list(made.keys())
list(made.values())
repr(made.items())
made[1] = 2
del made[1]
made.__getitem__(0)
made.__setitem__(0, 1)
made.__delitem__(0)
# covers: OrderedDict.copy collections.OrderedDict OrderedDict.update OrderedDict.fromkeys OrderedDict.popitem OrderedDict.pop OrderedDict.clear OrderedDict.setdefault OrderedDict.get OrderedDict.__getitem__ OrderedDict.__setitem__ OrderedDict.__delitem__ OrderedDict.items OrderedDict.keys OrderedDict.values
from collections import OrderedDict
made = OrderedDict((i, i) for i in range(50000))
made == made.copy()
repr(made)
# covers: builtins.set set.copy set.update set.difference set.intersection set.union set.symmetric_difference set.pop
made = set(range(100000))
made.copy()
made.update(range(100000))
made.difference(made.copy())
made.intersection(made.copy())
made.union(made.copy())
made.symmetric_difference(made.copy())
for i in range(1000): made.pop()
# covers: set.isdisjoint set.issubset set.issuperset set.difference_update set.intersection_update set.symmetric_difference_update set.__contains__ set.add set.discard set.remove set.clear
made = set(range(100000))
made.isdisjoint(range(-100000, 0))
made.issubset(made.copy())
made.issuperset(made.copy())
made == made.copy()
made.intersection_update(made.copy())
made.symmetric_difference_update(range(10))
made.difference_update(range(50000))
# covers: builtins.frozenset frozenset.copy frozenset.difference frozenset.intersection frozenset.union frozenset.symmetric_difference frozenset.isdisjoint frozenset.issubset frozenset.issuperset frozenset.__contains__
made = frozenset(range(50000))
made.difference(made.copy())
made.union(made)
made.issubset(made.copy())
# covers: collections.deque deque.append deque.appendleft deque.extend deque.pop deque.popleft
from collections import deque
made = deque(numbers, len(numbers))
made.extend(numbers)
list(made)
deque((), N // 2)
# covers: collections.namedtuple
from collections import namedtuple
namedtuple('a', ' '.join('a' + str(i) for i in range(20000)))
namedtuple('a', ' ' * N)
# covers: builtins.all builtins.any builtins.sum builtins.max builtins.min builtins.len builtins.iter builtins.next
all([1] * (N // 8))
any(numbers)
sum(numbers)
max(numbers)
min(numbers)
next(i for i in range(N // 8) if i == N // 8 - 1)
# covers: builtins.enumerate builtins.zip builtins.map builtins.filter builtins.reversed builtins.range builtins.slice
list(enumerate(numbers))
list(zip(numbers[:100000], numbers))
list(map(id, numbers[:100000]))
list(filter(None, numbers))
list(reversed(numbers))
list(range(N // 16))
'a' in range(N // 8)
a, *b, c = numbers
[*numbers, *numbers]
# covers: builtins.int builtins.float builtins.complex
int('7' * 100000)
int('1' * N, 2)
try_(int, ' ' * N)
try_(int, '1' * N + 'x', 16)
float('1' * N)
float('0.' + '0' * N + '1')
try_(float, ' ' * N)
float('1e' + '0' * N)
float('1_' * (N // 2) + '1')
complex('1' * N + 'j')
float(1 << 7000000)
# covers: int.to_bytes int.from_bytes
number = int.from_bytes(b'\x55' * (N // 2), 'big')
number.to_bytes(N, 'little')
int.from_bytes(data, 'little')
(-number).to_bytes(N, 'big', signed=True)
# covers: builtins.pow builtins.divmod builtins.abs builtins.round
number = (1 << (N * 4)) + 12345
number + number
number - 1
number * 3
number // 7
number % 7
number >> 3
number << 3
number & -number
number == number + 0
number < number + 0
-number
~number
3 ** 100000 * 3 ** 100000
(3 ** 100000) // (7 ** 10000)
pow(3, 3 ** 200, 3 ** 300 + 1)
divmod(number, 7)
abs(-number)
round(number, -3)
# covers: builtins.hex builtins.bin builtins.oct
number = (1 << (N * 2)) + 12345
hex(number)
bin(number >> (N + N // 2))
oct(number)
str(3 ** 100000)
'%d' % (3 ** 50000)
'{:,}'.format(3 ** 50000)
# covers: builtins.isinstance builtins.issubclass
isinstance(1, (str,) * 500000)
issubclass(int, (str,) * 500000)
try: raise ValueError
except (KeyError,) * 100000: pass
except ValueError: pass
# covers: builtins.print builtins.input
import io
print(text)
print(numbers)
print(text, file=io.StringIO())
# covers: builtins.compile builtins.eval builtins.exec
code = 'a = 1\n' * 100000
compile(code, '', 'exec')
eval('[' + '1,' * 100000 + ']')
eval('1' + ' ' * N)
exec('#' + text)
exec('x = "' + text[:N // 4] + '"')
exec('x = "' + '\\n' * (N // 4) + '"')
try_(exec, '1' * N)
try_(exec, text)
try_(exec, '(' * N)
exec('\n' * N)
exec('x = 1' + '0' * 15000)
# covers: builtins.getattr builtins.hasattr builtins.setattr builtins.delattr builtins.dir
try_(getattr, 1, text)
try_(hasattr, 1, text)
class A: pass
for i in range(20000): setattr(A, 'a' + str(i), i)
dir(A)
A.__dict__
B = type('B', (), {'b' + str(i): i for i in range(20000)})
delattr(B, 'b1')
def keywords(**kw): pass
keywords(**{'k' + str(i): i for i in range(200)})
# covers: builtins.type builtins.object builtins.super builtins.property builtins.classmethod builtins.staticmethod builtins.__build_class__
bases = []
for i in range(300): bases.append(type('A' + str(i), (), {}))
type('C', tuple(bases), {})
# covers: io.StringIO StringIO.write StringIO.read StringIO.readline StringIO.readlines StringIO.getvalue StringIO.readinto StringIO.seek StringIO.tell StringIO.close StringIO.flush StringIO.__enter__ StringIO.__exit__
import io
made = io.StringIO()
made.write(text)
made.write(wide)
made.seek(0)
made.read()
made.getvalue()
made = io.StringIO(words[:N // 8])
made.readline()
made.seek(0)
made.readlines()
io.StringIO(text).read(N // 4)
made.seek(N)
made.write('a')
# covers: io.BytesIO BytesIO.write BytesIO.read BytesIO.readline BytesIO.readlines BytesIO.getvalue BytesIO.readinto BytesIO.seek BytesIO.tell BytesIO.close BytesIO.flush BytesIO.__enter__ BytesIO.__exit__
import io
made = io.BytesIO(data)
made.read()
made.seek(0)
made.readinto(bytearray(N))
made.write(data)
made.getvalue()
made.seek(0)
made.readline(N // 8)
# covers: io.BufferedWriter BufferedWriter.write BufferedWriter.flush io.IOBase
import io
class Stream(io.IOBase):
    def write(self, data): return len(data)
made = io.BufferedWriter(Stream(), N // 2)
made.write(data)
made.flush()
print(text, file=Stream())
# covers: micropython.RingIO RingIO.write RingIO.read RingIO.readline RingIO.readinto
import micropython
ring = micropython.RingIO(60000)
for i in range(20):
    ring.write(data)
    ring.read()
# covers: json.dumps json.dump json.loads json.load
import io, json
json.dumps(text)
json.dumps('\n' * (N // 4))
json.dumps(numbers)
json.dumps(shallow(12))
json.loads('"' + text + '"')
json.loads('[' + '1,' * 100000 + '1]')
json.loads(' ' * N + '1')
try_(json.loads, '1' * 100000)
json.loads('1.' + '1' * N)
json.load(io.StringIO('[' + '1,' * 50000 + '1]'))
json.dump(numbers, io.StringIO())
# covers: struct.pack struct.unpack struct.pack_into struct.unpack_from struct.calcsize
import struct
struct.pack('%ds' % N, data)
struct.pack('%dx' % N)
struct.pack('b' * 100000, *[1] * 1000)
struct.unpack('%ds' % N, data)
struct.unpack('%db' % (N // 8), data)
struct.unpack('b' * (N // 8), data)
struct.calcsize('b' * N)
struct.calcsize('0' * N + '1b')
struct.pack_into('%ds' % N, bytearray(N), 0, data)
struct.unpack_from('%db' % (N // 8), data, 1)
# covers: binascii.hexlify binascii.unhexlify binascii.b2a_base64 binascii.a2b_base64 binascii.crc32
import binascii
binascii.hexlify(data)
binascii.unhexlify(b'0' * (N // 2))
binascii.b2a_base64(data)
binascii.a2b_base64(b'A' * N)
binascii.crc32(data)
# covers: hashlib.md5 hashlib.sha1 hashlib.sha256 md5.update sha1.update sha256.update md5.digest sha1.digest sha256.digest
import hashlib
hashlib.md5(data).digest()
hashlib.sha1(data).update(data)
hashlib.sha256(data)
# covers: framebuf.FrameBuffer framebuf.FrameBuffer1 FrameBuffer.fill FrameBuffer.fill_rect FrameBuffer.hline FrameBuffer.vline FrameBuffer.rect FrameBuffer.pixel FrameBuffer.line
import framebuf
side = int(N ** 0.5)
picture = framebuf.FrameBuffer(bytearray(N), side, side, framebuf.GS8)
picture.fill(1)
picture.fill_rect(1, 1, side, side, 2)
picture.rect(1, 1, side - 2, side - 2, 3)
picture.line(0, 0, side, side, 1)
framebuf.FrameBuffer1(bytearray(N), 8000, 4000).fill(1)
framebuf.FrameBuffer(bytearray(N), 60000, 500, framebuf.MONO_HLSB).fill_rect(1, 0, 59997, 500, 1)
# covers: FrameBuffer.ellipse FrameBuffer.poly
import framebuf
from array import array
picture = framebuf.FrameBuffer(bytearray(10000), 100, 100, framebuf.GS8)
picture.ellipse(0, 0, N, N // 2, 1)
picture.ellipse(50, 50, N, N, 1, True)
picture.poly(0, 0, array('b', [1, 0, 5, 9] * (N // 4)), 1)
picture.poly(0, 0, array('h', [1, 0, 5, 3, 2, 2] * (N // 60)), 1, True)
# covers: FrameBuffer.text
import framebuf
picture = framebuf.FrameBuffer(bytearray(80000), 10000, 8, framebuf.GS8)
picture.text(text, 0, 0)
picture.text(text, -8 * N, 0)
picture.text(wide, -4 * N, 0)
# covers: FrameBuffer.scroll FrameBuffer.blit
import framebuf
side = int((N // 4) ** 0.5)
picture = framebuf.FrameBuffer(bytearray(N), side, side, framebuf.GS4_HMSB)
picture.scroll(1, 1)
picture.blit((data, side, side, framebuf.RGB565), 0, 0, 1)
picture.blit((data, side, side, framebuf.MONO_VLSB), 0, 0, -1, (data, 2, 1, framebuf.GS4_HMSB))
# covers: uctypes.addressof uctypes.bytes_at uctypes.bytearray_at uctypes.sizeof uctypes.struct struct.__int__
import uctypes
where = uctypes.addressof(data)
uctypes.bytes_at(where, N)
uctypes.bytearray_at(uctypes.addressof(bytearray(N)), N)
fields = {i: uctypes.UINT8 | i for i in range(N // 100)}
uctypes.sizeof(fields)
uctypes.struct(where, fields)
doubled = {'a': 0}
for i in range(14): doubled = {'a': (0, doubled), 'b': (0, doubled)}
uctypes.sizeof(doubled)
# covers: heapq.heapify heapq.heappush heapq.heappop
import heapq
made = list(range(100000, 0, -1))
heapq.heapify(made)
heapq.heappush(made, 1)
heapq.heappop(made)
# covers: re.match re.search re.compile re.sub re.match re.search re.split re.sub
import re
re.search('b', text)
re.match('(a|b)*c', text[:N // 8])
re.sub('a', 'bc', text[:N // 16])
re.compile('a').split(text[:N // 16])
re.compile('x').split(text)
re.match('(' + 'a?' * 300 + ')*b', 'a' * 2000)
re.search('a' * 4000 + 'b', 'a' * 10000)
re.sub('b', text, 'b')
re.search('[' + 'ab' * 4000 + ']c', text[:N // 16])
# covers: match.group match.groups match.start match.end match.span
import re
found = re.match('(.*)(.*)', wide[:N // 8])
found.group(1)
found.groups()
found.start(2)
found.end()
found.span()
# covers: os.urandom os.listdir os.ilistdir builtins.open io.open
import os
os.urandom(N // 4)
try_(open, text)
try_(open, 'x', text)
try_(open, 1, text)
try_(os.listdir, text)
scratch = os.getenv('SCRATCH', '/tmp') + '/upyd_stop_test'
with open(scratch, 'wb') as file: file.write(data)
with open(scratch, 'rb') as file: file.read()
with open(scratch, 'rb') as file: file.readinto(bytearray(N))
os.remove(scratch)
# covers: math.factorial
import math
math.factorial(20000)
# covers: asyncio.gather asyncio.run asyncio.run_until_complete asyncio.create_task asyncio.wait_for asyncio.sleep asyncio.sleep_ms
import asyncio
async def nothing(): pass
async def main(): await asyncio.gather(*[nothing() for i in range(1000)])
asyncio.run(main())
# covers: asyncio.Event asyncio.Task Event.set Task.cancel asyncio.new_event_loop asyncio.StreamReader
import asyncio, micropython
ring = micropython.RingIO(bytearray(10))
async def waits(awaitable): await awaitable
async def sleeps(ms): await asyncio.sleep_ms(ms)
async def reads(): await asyncio.StreamReader(ring).read(1)
async def main():
    event = asyncio.Event()
    tasks = [asyncio.create_task(waits(event)) for i in range(N // 20)]
    await asyncio.sleep(0)
    tasks[N // 40].cancel()
    event.set()
    tasks[0].cancel()
    tasks = None
    asyncio.new_event_loop()
    last = asyncio.create_task(sleeps(100000))
    for i in range(N // 80): asyncio.create_task(waits(last))
    await asyncio.sleep(0)
    last.cancel()
    for i in range(N // 20): last = asyncio.create_task(sleeps(100000 + i))
    await asyncio.sleep(0)
    last.cancel()
    for i in range(N // 4000): asyncio.create_task(reads())
    await asyncio.sleep(0)
asyncio.run(main())
# covers: select.poll poll.register poll.unregister poll.modify poll.poll poll.ipoll select.select
import micropython, select
shared = bytearray(10)
streams = [micropython.RingIO(shared) for i in range(3000)]
many = select.poll()
for stream in streams: many.register(stream)
many.register(streams[0], 1)
many.unregister(streams[1])
try_(many.modify, 5, 1)
many.poll(0)
for found in many.ipoll(0): pass
select.select(streams, streams, streams, 0)
# covers: micropython.mem_info micropython.qstr_info
import micropython
kept = [bytes(20) for i in range(N // 4)]
named = [type('X', (), {'x%d_%d' % (i, N): i}) for i in range(20000)]
micropython.mem_info()
micropython.mem_info(1)
kept = named = None
micropython.mem_info(1)
micropython.qstr_info(1)
# covers: builtins.__import__
import sys
sys.path.insert(0, text)
try_(__import__, 'no_such_module')
del sys.path[0]
try_(__import__, 'x', {'__name__': '.' * N}, None, None, 2 ** 31 - 1)
# covers: gc.collect
class Cyclic: pass
for i in range(1000): Cyclic().self = Cyclic()
# covers: sys.print_exception
import sys
def deep(n):
    if n: deep(n - 1)
    else: raise ValueError(text)
try: deep(50)
except ValueError as e: sys.print_exception(e)
# covers: random.choice
import random
random.choice(numbers)

# Work that does not grow with data, or not in itself.
# constant: Event.clear Event.is_set Event.wait Lock.* Pin.* PinBase.* RTC.* Signal.* Task.done ThreadSafeFlag.* Timer.* WDT.* machine.* math.* cmath.* time.* errno.*
# constant: platform.* random.* slice.* generator.* object.* property.* vfs.* VfsPosix.* TextIOWrapper.*
# constant: asyncio.Lock asyncio.Stream asyncio.StreamWriter
# constant: asyncio.ticks asyncio.ticks_add asyncio.ticks_diff asyncio.ThreadSafeFlag asyncio.current_task asyncio.get_event_loop asyncio.wait_for_ms
# constant: builtins.__repl_print__ builtins.bool builtins.callable builtins.chr builtins.execfile
# constant: builtins.globals builtins.help builtins.id builtins.locals builtins.ord float.is_integer
# constant: gc.disable gc.enable gc.isenabled gc.mem_alloc gc.mem_free gc.threshold RingIO.any RingIO.close
# constant: micropython.alloc_emergency_exception_buf micropython.const micropython.heap_lock micropython.heap_locked
# constant: micropython.heap_unlock micropython.kbd_intr micropython.mem_current micropython.mem_peak
# constant: micropython.mem_total micropython.opt_level micropython.schedule micropython.stack_use
# constant: os.VfsPosix os.chdir os.getcwd os.getenv os.mkdir os.mount os.putenv os.remove os.rename os.rmdir os.stat
# constant: os.statvfs os.umount os.uname os.unlink os.unsetenv sys.atexit sys.exc_info sys.exit
# constant: Stream.aclose Stream.awrite Stream.awritestr Stream.close Stream.drain Stream.get_extra_info Stream.read
# constant: Stream.readexactly Stream.readinto Stream.readline Stream.wait_closed Stream.write
