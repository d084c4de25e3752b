# What the host keeps for a timer counts as memory of the instance: so a script can't have more of them than fit.
import gc
from machine import Timer

gc.collect()
before = gc.mem_alloc()
timers = [Timer() for i in range(100)]
print(gc.mem_alloc() - before > 100 * 256)  # expect: True
