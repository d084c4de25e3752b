# A callback that comes while the script holds the heap locked runs with the heap locked.
import micropython, time


def work(x):
    try:
        bytearray(x)
        print("allocated")
    except MemoryError:
        print("locked")


micropython.heap_lock()
micropython.schedule(work, 1)
time.sleep_ms(0)
micropython.heap_unlock()
micropython.schedule(work, 1)
time.sleep_ms(0)
# expect: locked
# expect: allocated
