# no-sweep: waits for callbacks, which a failing allocation ends
import machine, micropython, time
# Without an event lightsleep ends at its time.
start = time.ticks_ms()
machine.lightsleep(20)
print(time.ticks_diff(time.ticks_ms(), start) >= 20)  # expect: True
machine.lightsleep(0)
machine.lightsleep(-5)
machine.idle()
# An event ends it early, and is handled.
calls = []
t = machine.Timer(mode=machine.Timer.ONE_SHOT, period=1, callback=calls.append)
while not calls:
    machine.lightsleep()
print(len(calls))  # expect: 1
micropython.schedule(calls.append, 2)
machine.lightsleep()
print(len(calls))  # expect: 2
try:
    machine.lightsleep("1")
except TypeError as e:
    print(e)
# expect: can't convert str to int
