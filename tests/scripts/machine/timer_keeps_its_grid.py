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
while calls < 30:
    time.sleep_ms(1)
elapsed = time.ticks_diff(time.ticks_us(), start)
expiries = calls + t.coalesced()
t.deinit()
# If the times of callbacks added up, 8 of them would have moved the grid by more than 3 periods.
print(elapsed // PERIOD_US - 2 <= expiries <= elapsed // PERIOD_US + 1)  # expect: True
