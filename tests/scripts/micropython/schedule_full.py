# A queue that is full says so, and has room again when a callback has run.
import machine, micropython, time

seen = []
state = machine.disable_irq()
try:
    for i in range(1000):
        micropython.schedule(seen.append, i)
except RuntimeError as e:
    depth = i
    print(e)  # expect: schedule queue full
try:
    micropython.schedule(print, 1)
except RuntimeError as e:
    print(e)  # expect: schedule queue full
machine.enable_irq(state)
for i in range(1000):
    pass
print(seen == list(range(depth)))  # expect: True
micropython.schedule(print, "room")
for i in range(2):
    pass
# expect: room
