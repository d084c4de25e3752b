import os
from micropython import heap_lock, heap_unlock

# Nothing is allocated to find the host's files.
here = os.getcwd()
heap_lock()
os.chdir(here)
try:
    os.remove("there is no such file")
except OSError:
    pass
heap_unlock()
print(os.getcwd() == here)  # expect: True
