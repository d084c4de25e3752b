# no-sweep: waits for real time
# Of a timer that is faster than its callback, one call waits at most; the expiries that it stands for are counted.
import time
from machine import Timer
calls = 0
def slow(timer):
    global calls
    calls += 1
    time.sleep_ms(25)
t = Timer()
print(t.coalesced())  # expect: 0
t.init(period=2, callback=slow)
start = time.ticks_ms()
while calls < 4:
    time.sleep_ms(1)
t.deinit()
elapsed = time.ticks_diff(time.ticks_ms(), start)
coalesced = t.coalesced()
print(coalesced >= 20)  # expect: True
print(elapsed // 2 - 15 <= calls + coalesced <= elapsed // 2 + 1)  # expect: True
# A script that gives no chance to run callbacks gets one call in the end.
state = 0
t.init(period=1, callback=lambda timer: None)
print(t.coalesced())  # expect: 0
import machine
state = machine.disable_irq()
start = time.ticks_ms()
while time.ticks_diff(time.ticks_ms(), start) < 20:
    pass
print(t.coalesced())  # expect: 0
machine.enable_irq(state)
time.sleep_ms(1)
print(t.coalesced() >= 10)  # expect: True
t.deinit()
