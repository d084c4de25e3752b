# no-sweep: waits for callbacks, which a failing allocation ends
import time
from machine import Timer
calls = []
start = time.ticks_ms()
def on_expiry(timer):
    calls.append(time.ticks_diff(time.ticks_ms(), start) >= 20)
t = Timer(mode=Timer.ONE_SHOT, period=20, callback=on_expiry)
while not calls:
    time.sleep_ms(1)
time.sleep_ms(50)
print(calls)  # expect: [True]
# The callback is given the timer, and stays when init is called without one.
t.init(mode=Timer.ONE_SHOT, period=1, callback=lambda timer: calls.append(timer is t))
while len(calls) < 2:
    time.sleep_ms(1)
t.init(mode=Timer.ONE_SHOT)
while len(calls) < 3:
    time.sleep_ms(1)
print(calls)  # expect: [True, True, True]
