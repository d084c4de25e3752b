# schedule(kbd_intr, None) interrupts the main script, however often it is asked for; from a callback, after that callback.
# no-sweep: it waits for its callbacks
import micropython, time


def interrupts(x):
    micropython.schedule(micropython.kbd_intr, None)
    for i in range(100):
        pass
    print("callback ends")


try:
    for i in range(3):
        pass
    micropython.schedule(micropython.kbd_intr, None)
    while True:
        pass
except KeyboardInterrupt:
    print("interrupted")
try:
    micropython.schedule(interrupts, None)
    while True:
        time.sleep_ms(1)
except KeyboardInterrupt:
    print("interrupted again")
for i in range(100):
    pass
print("no more")
# expect: interrupted
# expect: callback ends
# expect: interrupted again
# expect: no more
