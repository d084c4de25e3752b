# no-sweep: waits for real time
import time
from machine import Timer
PERIOD_US = 250
calls = 0
def on_tick(timer):
    global calls
    calls += 1
start = time.ticks_us()
t = Timer(freq=4000, callback=on_tick)
def periods():
    return time.ticks_diff(time.ticks_us(), start) // PERIOD_US
while calls < 100:
    time.sleep_us(50)
# None is missing, once what the machine has delayed has come.
for attempt in range(100):
    least = periods() - 20
    expiries = calls + t.coalesced()
    if least <= expiries <= periods():
        break
    time.sleep_us(300)
print(attempt < 99)  # expect: True
t.deinit()
