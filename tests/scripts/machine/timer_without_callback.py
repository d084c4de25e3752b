# no-sweep: waits for callbacks, which a failing allocation ends
# A timer that was given no callback is not silent: each expiry tells that there is nothing to call.
import time
from machine import Timer
over = False
def set_over(timer):
    global over
    over = True
def wait():
    """Until a timer that is due later has expired."""
    global over
    over = False
    Timer(period=5, mode=Timer.ONE_SHOT, callback=set_over)
    while not over:
        time.sleep_ms(1)
Timer(period=1, mode=Timer.ONE_SHOT)
wait()
# expect: TypeError: 'NoneType' object isn't callable
t = Timer(period=1, mode=Timer.ONE_SHOT, callback=lambda timer: print("called"))
wait()  # expect: called
t.init(period=1, mode=Timer.ONE_SHOT, callback=None)
wait()
# expect: TypeError: 'NoneType' object isn't callable
