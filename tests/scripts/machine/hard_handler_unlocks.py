# no-sweep: waits for callbacks, which a failing allocation ends
# A hard handler leaves the heap as locked as it was, whatever it does to the lock.
import time
from machine import Timer
from micropython import heap_lock, heap_locked, heap_unlock
done = 0
def unlocks(timer):
    global done
    heap_unlock()
    heap_unlock()
    done += 1
def locks(timer):
    global done
    heap_lock()
    done += 1
def wait(count):
    while done < count:
        time.sleep_ms(1)
t = Timer(mode=Timer.ONE_SHOT, period=1, hard=True, callback=unlocks)
wait(1)
print(heap_locked())  # expect: 0
heap_lock()
print(heap_locked(), heap_unlock())  # expect: 1 0
t.init(mode=Timer.ONE_SHOT, period=1, hard=True, callback=locks)
wait(2)
print(heap_locked())  # expect: 0
