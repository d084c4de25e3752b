# no-sweep: waits for real time
# Expiries lie on a grid that begins with init, however late a callback is.
import time
from machine import Timer
PERIOD_US = 5000
calls = 0
def on_tick(timer):
    global calls
    calls += 1
    if calls % 4 == 1:
        time.sleep_us(2000)
t = Timer()
t.init(period=5, callback=on_tick)
start = time.ticks_us()
def periods():
    return time.ticks_diff(time.ticks_us(), start) // PERIOD_US
while calls < 30:
    time.sleep_ms(1)
# If the times of callbacks added up, 8 of them would have moved the grid by more than 3 periods for good. A moment at
# which the machine is busy elsewhere is not for good.
for attempt in range(100):
    least = periods() - 2
    expiries = calls + t.coalesced()
    if least <= expiries <= periods() + 1:
        break
    time.sleep_ms(1)
print(attempt < 99)  # expect: True
t.deinit()
