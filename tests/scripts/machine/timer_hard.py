# no-sweep: waits for callbacks, which a failing allocation ends
# A hard callback runs with the heap locked; one that raises ends its timer.
import time
from machine import Timer
calls = []
for i in range(4):
    calls.append(None)
count = 0
def on_expiry(timer):
    global count
    try:
        bytearray(1)
        calls[count] = "allocates"
    except MemoryError:
        calls[count] = "is locked"
    count += 1
t = Timer(mode=Timer.ONE_SHOT, period=1, hard=True, callback=on_expiry)
while count < 1:
    time.sleep_ms(1)
t.init(mode=Timer.ONE_SHOT, period=1, callback=on_expiry)
while count < 2:
    time.sleep_ms(1)
print(calls[:2])  # expect: ['is locked', 'allocates']

failures = 0
def fails(timer):
    global failures
    failures += 1
    1 / 0
t.init(period=1, hard=True, callback=fails)
while not failures:
    time.sleep_ms(1)
time.sleep_ms(10)
print(failures)  # expect: 1
# expect-error: ZeroDivisionError: divide by zero
