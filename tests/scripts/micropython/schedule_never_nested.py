# A callback that schedules, loops and sleeps is not interrupted by another callback.
# no-sweep: it waits for its callbacks
import micropython, time

depth = deepest = count = 0


def work(left):
    global depth, deepest, count
    depth += 1
    deepest = max(deepest, depth)
    count += 1
    if left:
        micropython.schedule(work, left - 1)
        micropython.schedule(work, 0)
    for i in range(10):
        pass
    time.sleep_ms(0)
    depth -= 1


micropython.schedule(work, 3)
while count < 7:
    time.sleep_ms(0)
print(count, deepest)  # expect: 7 1
