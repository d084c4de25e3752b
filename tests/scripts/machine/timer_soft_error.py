# no-sweep: waits for callbacks, which a failing allocation ends
# A soft callback that raises is reported, and its timer goes on.
import time
from machine import Timer
calls = 0
exec(compile("""
def on_tick(timer):
    global calls
    calls += 1
    if calls == 1:
        raise ValueError("once")
    if calls == 3:
        timer.deinit()
""", "tick.py", "exec"))
Timer(period=1, callback=on_tick)
while calls < 3:
    time.sleep_ms(1)
print(calls)
# expect: Traceback (most recent call last):
# expect:   File "tick.py", line 6, in on_tick
# expect: ValueError: once
# expect: 3
