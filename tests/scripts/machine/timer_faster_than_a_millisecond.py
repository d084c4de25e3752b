# no-sweep: waits for real time
import time
from machine import Timer
calls = 0
def on_tick(timer):
    global calls
    calls += 1
t = Timer(freq=4000, callback=on_tick)
start = time.ticks_us()
while calls < 100:
    time.sleep_us(50)
elapsed = time.ticks_diff(time.ticks_us(), start)
expiries = calls + t.coalesced()
t.deinit()
print(elapsed // 250 - 8 <= expiries <= elapsed // 250 + 1)  # expect: True
