# A hard handler runs with the heap locked and may schedule what needs memory.
# no-sweep: it waits for its callbacks
import micropython, time
from machine import Timer

made = []


def later(timer):
    made.append(bytearray(10))


def at_once(timer, schedule=micropython.schedule, locked=micropython.heap_locked):
    global depth
    depth = locked()
    schedule(later, timer)


depth = 0
timer = Timer(-1, mode=Timer.ONE_SHOT, period=1, callback=at_once, hard=True)
while not made:
    time.sleep_ms(1)
print(depth, micropython.heap_locked(), len(made))  # expect: 1 0 1
