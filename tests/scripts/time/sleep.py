import time
start = time.ticks_ms()
for f, x in ((time.sleep, 0), (time.sleep, 0.001), (time.sleep_ms, 1), (time.sleep_us, 10), (time.sleep_ms, -1), (time.sleep_us, 0)):
    print(f(x))
print(time.ticks_diff(time.ticks_ms(), start) >= 2, type(time.time()), time.time_ns() > 1 << 60)
# expect: None
# expect: None
# expect: None
# expect: None
# expect: None
# expect: None
# expect: True <class 'float'> True
