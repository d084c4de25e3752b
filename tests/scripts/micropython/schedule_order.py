# Callbacks run in the order of being scheduled, one at a safepoint, between two statements of whatever runs.
# no-sweep: it waits for its callbacks
import micropython, time

seen = []
for i in range(8):
    micropython.schedule(seen.append, i)
time.sleep_ms(0)
print(seen == list(range(len(seen))), len(seen) > 0)  # expect: True True
while len(seen) < 8:
    pass
print(seen)  # expect: [0, 1, 2, 3, 4, 5, 6, 7]
