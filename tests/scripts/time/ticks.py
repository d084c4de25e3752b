import time
period = time.ticks_add(0, -1) + 1
print(period & period - 1, time.ticks_diff(5, 2), time.ticks_diff(2, 5), time.ticks_diff(time.ticks_add(period - 3, 10), period - 3))
print(time.ticks_add(5, 3), time.ticks_add(period - 1, 1), time.ticks_diff(period // 2, 0) == -period // 2)
for delta in (period // 2, -period // 2, period):
    try:
        time.ticks_add(0, delta)
    except OverflowError as e:
        print(e)
for clock in (time.ticks_ms, time.ticks_us, time.ticks_cpu):
    start = clock()
    print(type(start), 0 <= time.ticks_diff(clock(), start) < 60_000_000_000)
# expect: 0 3 -3 10
# expect: 8 0 True
# expect: ticks interval overflow
# expect: ticks interval overflow
# expect: ticks interval overflow
# expect: <class 'int'> True
# expect: <class 'int'> True
# expect: <class 'int'> True
