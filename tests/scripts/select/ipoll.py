# ipoll gives one tuple again and again, and needs no memory.
import select, sys
from micropython import RingIO, heap_lock, heap_unlock
a, b, c = RingIO(4), RingIO(4), RingIO(4)
poller = select.poll()
for ring in a, b, c:
    poller.register(ring, select.POLLIN)
    ring.write(b"x")
tuples = [(id(item), item[0] is a, item[1]) for item in poller.ipoll()]
print([item[1:] for item in tuples], len(set(item[0] for item in tuples)))
# expect: [(True, 1), (False, 1), (False, 1)] 1
count = 0
heap_lock()
for stream, events in poller.ipoll(0):
    count += events
heap_unlock()
print(count)  # expect: 3
print(len(list(poller.ipoll(0, 1))), len(list(poller.ipoll(0, 1))))  # expect: 3 0
poller.modify(b, select.POLLIN)
print([stream is b for stream, _ in poller.ipoll(0)])  # expect: [True]
for ring in a, c:
    poller.modify(ring, select.POLLIN)
for stream, _ in poller.ipoll(0):
    poller.unregister(stream)
    print("left", stream is a, stream is b, stream is c)
# expect: left True False False
# expect: left False True False
# expect: left False False True
print(poller.poll(0), list(poller))  # expect: [] []
