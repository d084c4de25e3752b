# Milliseconds to wait: none, some, or, with None or a negative number, as long as it takes.
import select, time
from micropython import RingIO, schedule
ring = RingIO(4)
poller = select.poll()
poller.register(ring, select.POLLIN)

def timed(*args):
    begin = time.ticks_ms()
    return poller.poll(*args), time.ticks_diff(time.ticks_ms(), begin)

print(timed(0)[0])  # expect: []
result, ms = timed(20)
print(result, 20 <= ms < 2000)  # expect: [] True
for args in (), (None,), (-1,), (1 << 61,):
    schedule(ring.write, b"x")
    print(len(poller.poll(*args)), ring.read())
# expect: 1 b'x'
# expect: 1 b'x'
# expect: 1 b'x'
# expect: 1 b'x'
for wrong in "1", 1.5, 1 << 70:
    try:
        poller.poll(wrong)
    except (TypeError, OverflowError) as e:
        print(repr(e))
# expect: TypeError("can't convert str to int",)
# expect: TypeError("can't convert float to int",)
# expect: OverflowError('overflow converting long int to machine word',)
