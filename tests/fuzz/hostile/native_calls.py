"""What natives do, as statements. Their fields are methods of changes.Changes."""

CALLS = """
{list}.append({hostile})
{list}.extend({iterable})
{list}.insert({number}, {hostile})
{list}.index({hostile})
{list}.index({hostile}, {number}, {number})
{list}.count({hostile})
{list}.remove({hostile})
{list}.pop({number})
{list}.sort(key={hostile}, reverse={hostile})
{list}.sort()
{list}[{number}] = {hostile}
{list}[{number}:{number}] = {iterable}
del {list}[{number}:{number}]
{list}[:] = {iterable}
{target} = {list} + {list}
{target} = {list} * {number}
{target} = {list} == {list}
{target} = {list} < {list}
{target} = {hostile} in {list}
{target} = repr({list})
{target} = str({argument})
{target} = list({iterable})
{target} = tuple({iterable})
{target} = sorted({iterable}, key={hostile}, reverse={hostile})
{target} = max({iterable}, key={hostile}, default={hostile})
{target} = min({hostile}, {hostile}, key={hostile})
{target} = sum({iterable}, {hostile})
{target} = all({iterable})
{target} = any({iterable})
{target} = list(map({hostile}, {iterable}, {iterable}))
{target} = list(zip({iterable}, {iterable}))
{target} = list(filter({hostile}, {iterable}))
{target} = list(enumerate({iterable}, {number}))
{target} = list(reversed({list}))
{target} = next({iterable}, {hostile})
{target} = iter({hostile}, {hostile})
{target} = list(iter({hostile}, {hostile}))
{target} = len({argument})
{target} = hash({argument})
{target} = bool({argument})
{target} = dir({argument})
{target} = isinstance({argument}, {argument})
{target} = getattr({argument}, {text}, {hostile})
setattr({argument}, 'x', {hostile})
{target} = {dict}[{hostile}]
{dict}[{hostile}] = {hostile}
del {dict}[{hostile}]
{target} = {hostile} in {dict}
{target} = {dict}.get({hostile}, {hostile})
{target} = {dict}.pop({hostile}, {hostile})
{target} = {dict}.popitem()
{target} = {dict}.setdefault({hostile}, {hostile})
{dict}.update({dict})
{dict}.update({iterable})
{dict}.update([({hostile}, {hostile}), ({hostile}, 1)])
{dict}.update({hostile})
{target} = {dict}.copy()
{target} = {dict} | {dict}
{target} = {dict}; {target} |= {iterable}
{target} = {dict} == {dict}
{target} = dict({iterable})
{target} = dict({hostile}, **{dict})
{target} = dict.fromkeys({iterable}, {hostile})
{target} = repr({dict})
{target} = collections.OrderedDict({iterable}) == collections.OrderedDict({iterable})
{target} = repr({dict}.items())
{target} = {hostile} in {dict}.keys()
{target} = list({dict}.items())
{target} = {{{hostile}: 1, {hostile}: 2, {hostile}: 3}}
{target} = {{{hostile}, {hostile}, {hostile}}}
{set}.add({hostile})
{set}.discard({hostile})
{set}.remove({hostile})
{target} = {set}.pop()
{set}.update({iterable}, {iterable})
{target} = {set}.union({iterable}, {iterable})
{target} = {set}.intersection({iterable})
{set}.intersection_update({iterable})
{target} = {set}.difference({iterable}, {iterable})
{set}.difference_update({iterable})
{target} = {set}.symmetric_difference({iterable})
{set}.symmetric_difference_update({iterable})
{target} = {set}.issubset({iterable})
{target} = {set}.issuperset({iterable})
{target} = {set}.isdisjoint({iterable})
{target} = {set} == {set}
{target} = {set} <= {set}
{target} = {set} & {set}
{target} = {set} ^ {set}
{target} = {set}; {target} -= {set}
{target} = {set}; {target} ^= {set}
{target} = {set}; {target} &= {set}
{target} = frozenset({iterable})
{target} = hash(frozenset({iterable}))
{target} = repr({set})
{target} = bytearray({iterable})
{target} = bytes({iterable})
{target} = bytes({hostile})
{target} = bytearray({hostile})
{bytes}[{number}] = {hostile}
{bytes}[{number}:{number}] = {bytes}
{bytes}[:] = {bytes}
{bytes}.extend({iterable})
{bytes}.append({hostile})
{target} = {bytes}; {target} += {iterable}
{target} = {bytes} + {bytes}
{target} = {bytes} == {bytes}
{target} = {bytes} < {bytes}
{target} = {hostile} in {bytes}
{target} = {bytes} in {bytes}
{target} = {bytes}.find({bytes}, {number}, {number})
{target} = {bytes}.rfind({bytes}, {number})
{target} = {bytes}.count({bytes})
{target} = {bytes}.replace({bytes}, {bytes}, {number})
{target} = {bytes}.replace({bytes}, {bytes}, {hostile})
{target} = {bytes}.split({bytes}, {hostile})
{target} = {bytes}.rsplit({bytes}, {hostile})
{target} = {bytes}.splitlines({hostile})
{target} = {bytes}.partition({bytes})
{target} = {bytes}.join({iterable})
{target} = {bytes}.startswith({bytes}, {number})
{target} = {bytes}.strip({bytes})
{target} = {bytes}.center({hostile}, {bytes})
{target} = {bytes}.ljust({hostile})
{target} = {bytes}.zfill({hostile})
{target} = {bytes}.upper()
{target} = {bytes}.decode()
{target} = {bytes}.decode('utf-8', 'replace')
{target} = {bytes}.decode('utf-8', 'ignore')
{target} = {bytes}.hex({bytes})
{target} = {bytes}.hex({text})
{target} = {bytes}.format({hostile}, {hostile}, x={hostile})
{target} = bytearray(b'{{:>{{}}}}{{!r}}{{x:9}}').format({hostile}, {hostile}, {hostile}, x={hostile})
{target} = bytearray.fromhex({bytes})
{target} = repr({bytes})
{target} = int({bytes}, {hostile})
{target} = int({bytes})
{target} = float({bytes})
{target} = complex({bytes})
{target} = int({hostile})
{target} = float({hostile})
{target} = complex({hostile}, {hostile})
{target} = int.from_bytes({bytes}, 'little', {hostile})
{target} = (5).to_bytes({hostile}, 'big', signed={hostile})
{target} = int.to_bytes({number}, length={hostile}, byteorder={text})
{target} = round({hostile}, {hostile})
{target} = pow({hostile}, {number}, {hostile})
{target} = divmod({hostile}, {hostile})
{target} = chr({hostile})
{target} = ord({bytes})
{target} = abs({hostile})
{target} = {hostile} + {argument}
{target} = {argument} - {hostile}
{target} = {argument} * {hostile}
{target} = {argument} % {hostile}
{target} = {argument} == {argument}
{target} = {argument} < {argument}
{target} = {number} ** {hostile}
{target} = array.array('i', {iterable})
{target} = array.array('O', {iterable})
{target} = array.array({text}, {bytes})
{target} = memoryview({bytes})
{target} = memoryview({bytes})[{number}:{number}]
memoryview({bytes})[{number}] = {hostile}
memoryview({bytes})[{number}:{number}] = {bytes}
{target} = memoryview({bytes}) == {bytes}
{target} = {text} % {hostile}
{target} = '%s %r %d %5.*f' % ({hostile}, {hostile}, {hostile}, {hostile}, {hostile})
{target} = '%(a)s %(b)d' % {{'a': {hostile}, 'b': {hostile}}}
{target} = b'%s %r' % ({hostile}, {hostile})
{target} = '{{}} {{!r}} {{:>{{}}}}'.format({hostile}, {hostile}, {hostile}, {hostile})
{target} = {text}.format({hostile}, {hostile}, {hostile}, x={hostile})
{target} = f'{{{variable}!r:>{{{variable}}}}}'
{target} = {text}.join({iterable})
{target} = ','.join([str({hostile}), {text}])
{target} = {text}.split({text}, {hostile})
{target} = {text}.replace({text}, {text}, {hostile})
{target} = {text}.center({hostile}, 'x')
{target} = {text}.find({text}, {number}, {number})
{target} = {text}[{number}:{number}]
{target} = {text} * {number}
{target} = str({bytes}, 'utf-8', {text})
{target} = bytes({text}, 'utf-8')
{target} = exec({bytes}, {dict}, {dict})
{target} = eval({bytes}, {dict})
{target} = compile({bytes}, 'f', 'exec')
print({hostile}, {list}, sep={text}, end={text}, file={stream})
print({hostile}, {dict}, file={stream})
print({hostile}, {list}, {hostile})
{target} = struct.pack({text}, {hostile}, {hostile}, {hostile}, {hostile})
{target} = struct.pack({bytes}, {hostile}, {hostile}, {hostile}, {hostile})
{target} = struct.pack('>hHiIqQfd4se', {hostile}, {hostile}, {hostile}, {hostile}, {hostile}, {hostile}, {hostile}, {hostile}, {bytes}, {hostile})
{target} = struct.pack('64B', *[{hostile}] * 64)
struct.pack_into({text}, {bytes}, {hostile}, {hostile}, {hostile}, {hostile})
struct.pack_into('4i3sO', {bytes}, {hostile}, {hostile}, {hostile}, {hostile}, {hostile}, {bytes}, {hostile})
{target} = struct.unpack({text}, {bytes})
{target} = struct.unpack_from({bytes}, {bytes}, {hostile})
{target} = struct.unpack_from('20i', {bytes}, {hostile})
{target} = struct.calcsize({bytes})
heapq.heappush({list}, {hostile})
{target} = heapq.heappop({list})
heapq.heapify({list})
{target} = json.dumps({argument}, separators=({bytes}, {bytes}))
{target} = json.dumps({dict})
{target} = json.dumps({list})
json.dump({argument}, {stream})
{target} = json.load({stream})
{target} = json.loads({bytes})
{target} = binascii.hexlify({bytes}, {bytes})
{target} = binascii.unhexlify({bytes})
{target} = binascii.a2b_base64({bytes})
{target} = binascii.b2a_base64({bytes}, newline={hostile})
{target} = binascii.crc32({bytes}, {hostile})
{target} = hashlib.sha256({bytes})
{target} = framebuf.FrameBuffer({bytes}, {number}, 2, framebuf.GS8)
{target} = framebuf.FrameBuffer({bytes}, 2, {hostile}, {number}, {hostile})
framebuf.FrameBuffer({bytes}, 5, 1, framebuf.GS8).fill({hostile})
framebuf.FrameBuffer({bytes}, 5, 1, framebuf.MONO_VLSB).pixel({hostile}, 0, {hostile})
framebuf.FrameBuffer({bytes}, 5, 1, framebuf.GS4_HMSB).rect({hostile}, 0, 3, {hostile}, 1, {hostile})
framebuf.FrameBuffer({bytes}, 4, 1, framebuf.RGB565).line({hostile}, {number}, {number}, 0, {hostile})
framebuf.FrameBuffer({bytes}, 5, 1, framebuf.GS8).ellipse(2, 0, {hostile}, {number}, 1, {hostile}, {hostile})
framebuf.FrameBuffer({bytes}, 5, 1, framebuf.GS8).poly({hostile}, 0, {bytes}, {hostile}, {hostile})
framebuf.FrameBuffer({bytes}, 5, 1, framebuf.GS2_HMSB).text({text}, {hostile}, {number}, {hostile})
framebuf.FrameBuffer({bytes}, 5, 1, framebuf.GS8).scroll({hostile}, {hostile})
framebuf.FrameBuffer({bytes}, 5, 1, framebuf.GS8).blit(({bytes}, 2, 1, framebuf.GS8), {hostile}, 0, {hostile}, ({bytes}, 2, 1, framebuf.GS8))
framebuf.FrameBuffer({bytes}, 5, 1, framebuf.GS8).blit({list}, {hostile}, 0)
{target} = uctypes.struct(uctypes.addressof({bytes}), {{'a': uctypes.UINT16 | 1, 'b': (uctypes.ARRAY, uctypes.UINT8 | 4), 'c': (uctypes.PTR, uctypes.UINT8)}})
{target} = uctypes.struct(uctypes.addressof({bytes}), {dict})
{target}.a = {hostile}
{target} = {target}.b
{target} = {target}.c[{hostile}]
{target} = uctypes.bytearray_at(uctypes.addressof({bytes}), {number})
{target} = uctypes.bytes_at(uctypes.addressof({bytes}), {number})
{target} = uctypes.sizeof({dict})
machine.mem16[{hostile}] = {hostile}
{target}.update({bytes})
{target} = re.sub('(a)|b', {hostile}, {text}, {number})
{target} = re.compile('(.)').sub({hostile}, {text})
{target} = re.compile('(.)').split({text}, {hostile})
{target} = re.compile('(.)').match({text}, {hostile}, {hostile})
{target} = re.match('(.)', {text}).group({hostile})
{target} = {stream}.read({number})
{target} = {stream}.read({hostile})
{target} = {stream}.read()
{target} = {stream}.readinto({bytes})
{target} = {stream}.readinto({bytes}, {hostile})
{target} = {stream}.readline()
{target} = {stream}.readlines()
{target} = list({stream})
{target} = {stream}.write({bytes})
{target} = {stream}.write({bytes}, {hostile}, {hostile})
{target} = {stream}.seek({hostile}, {hostile})
{stream}.flush()
{target} = {stream}.getvalue()
{stream}.close()
{target} = io.BytesIO({bytes})
{target} = io.StringIO({text})
{target} = io.BufferedWriter({stream}, {number})
{target} = micropython.RingIO({bytes})
{target} = collections.deque({iterable}, {hostile})
{target} = collections.deque({iterable}, 5, {hostile})
{target}.append({hostile})
{target}.extend({iterable})
{target} = collections.namedtuple({text}, {iterable})
{target} = collections.namedtuple('P', 'a b')({hostile}, {hostile}) == ({hostile}, {hostile})
{target} = hash(({hostile}, {hostile}))
{target} = ({hostile}, {hostile}) < ({hostile}, {hostile})
{target} = {hostile} in ({hostile}, {hostile})
{target} = math.isclose({hostile}, {hostile}, rel_tol={hostile})
{target} = math.ldexp({hostile}, {hostile})
{target} = random.choice({argument})
{target} = random.randrange({hostile}, {hostile}, {hostile})
{target} = time.mktime({iterable})
time.sleep_ms({hostile})
{target} = time.ticks_diff({hostile}, {hostile})
p = select.poll(); p.register({stream}, {hostile}); p.register({stream}); {target} = p.poll({number})
p = select.poll(); {target} = p; p.register({stream}); p.register({stream}); {target} = [x for x in p.ipoll(1, {number})]
{target} = select.select({iterable}, {iterable}, {iterable}, {hostile})
os.mount({hostile}, '/m'); {target} = os.listdir('/m')
os.mount(HostileFiles(), '/m'); {target} = open('/m/x', 'w'); os.rename('/m/a', '/m/b')
os.mount(HostileFiles(), '/m'); sys.path.insert(0, '/m'); import foo
os.mount(HostileFiles(), '/'); os.chdir('/'); {target} = [os.getcwd(), os.stat('/x'), list(os.ilistdir('/'))]
{target} = machine.Signal(HostilePin(), invert={hostile})
{target}.value({hostile})
{target} = machine.time_pulse_us(HostilePin(), {number}, 5)
{target} = machine.Timer(-1, period={hostile}, callback={hostile}, hard={hostile})
{target} = machine.Pin({text}, mode={number}, value={hostile})
machine.Pin('1').irq({hostile}, {number}, hard={hostile})
{target} = asyncio.run({hostile})
{target} = asyncio.run(asyncio.gather({hostile}, {hostile}, coroutine()))
{target} = asyncio.run(asyncio.wait_for({hostile}, {number}))
{target} = asyncio.run(main({hostile}, {hostile}, {bytes}))
{target} = asyncio.run(main(asyncio.gather({hostile}, coroutine()), asyncio.wait_for({hostile}, 1), {bytes}))
{target} = asyncio.create_task({hostile})
{target} = asyncio.Stream({stream}, {dict})
{target} = asyncio.run(asyncio.Stream({stream}).read({number}))
{target} = asyncio.run(streaming(asyncio.Stream({stream}), {bytes}))
{target} = type('T', ({argument},), {dict})
{target} = super(HostileClass, {hostile}).z
{target} = HostileClass.{name}({argument}, {argument})
a, *{target} = {iterable}
a, b = {iterable}
{target} = [*{iterable}, *{iterable}]
{target} = {{**{dict}, **{dict}}}
{target} = (lambda *a, **k: a)(*{iterable}, **{dict})
{target} = dict(*{iterable}, **{dict})
for x in {iterable}: {target} = x
for x in {list}: {list}.pop(); change()
for x in {dict}: change()
for x in {set}: change()
for x in {bytes}: change()
raise {argument}
sys.print_exception({argument}, {stream})
{target} = str(ValueError({hostile}, {hostile}))
micropython.schedule({hostile}, {hostile})
sys.atexit({hostile})
del {target}.x
{target} = {argument}.{name}({argument})
{target} = generator().send(None)
{target} = {iterable}.throw({argument})
{target} = {argument}.__dict__
""".strip().splitlines() + [
    "def g():\n    return (yield from {iterable})\n{target} = list(g())",
    "try:\n    raise HostileError({hostile}, {bytes})\nexcept ValueError as e:\n    sys.print_exception(e, {stream})",
    "try:\n    [][{hostile}]\nexcept BaseException as e:\n    {target} = e",
    "try:\n    raise {argument}\nexcept {argument} as e:\n    {target} = e",
    "with {stream} as {target}:\n    {target}.read()",
]
