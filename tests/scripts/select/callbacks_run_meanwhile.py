# While a poll waits, timers and scheduled callbacks run, and what they do can end the wait.
import select
from machine import Timer
from micropython import RingIO, schedule
ring = RingIO(16)
poller = select.poll()
poller.register(ring, select.POLLIN)
write = ring.write

def from_timer(timer):
    schedule(write, b"text")

timer = Timer(-1, mode=Timer.ONE_SHOT, period=5, callback=from_timer)
for _ in poller.ipoll():
    print(ring.read())  # expect: b'text'
schedule(write, b"more")
print(len(poller.poll()), ring.read())  # expect: 1 b'more'
