import sys
sys.path.insert(0, sys.path[0] + "/modules/extends")
import time
print(time.extra, time.ticks_diff(3, 1))  # expect: added 2
import utime
print(hasattr(utime, "extra"))  # expect: False
import math
print(hasattr(math, "extra"))  # expect: False
