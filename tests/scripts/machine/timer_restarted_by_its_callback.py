# no-sweep: waits for callbacks, which a failing allocation ends
import time
from machine import Timer
periods = []
def on_expiry(timer):
    periods.append(str(timer))
    if len(periods) == 1:
        timer.init(mode=Timer.ONE_SHOT, period=3, callback=on_expiry)
    elif len(periods) == 2:
        timer.init(period=2, callback=on_expiry)
    elif len(periods) == 4:
        timer.deinit()
t = Timer(mode=Timer.ONE_SHOT, period=1, callback=on_expiry)
while len(periods) < 4:
    time.sleep_ms(1)
time.sleep_ms(10)
print(len(periods))  # expect: 4
for period in periods:
    print(period)
# expect: Timer(mode=ONE_SHOT, period=1)
# expect: Timer(mode=ONE_SHOT, period=3)
# expect: Timer(mode=PERIODIC, period=2)
# expect: Timer(mode=PERIODIC, period=2)
