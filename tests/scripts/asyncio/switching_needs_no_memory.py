# With the heap locked, tasks still take turns, sleep, wait for events, locks and flags, and are woken by callbacks.
import asyncio
from micropython import heap_lock, heap_unlock, schedule

event, flag, lock = asyncio.Event(), asyncio.ThreadSafeFlag(), asyncio.Lock()
log = bytearray(8)
at = 0

def note(value):
    global at
    log[at] = value
    at += 1

def set_flag(_):
    flag.set()

async def other():
    await event.wait()
    note(2)
    await lock.acquire()
    note(4)
    schedule(set_flag, None)
    await asyncio.sleep_ms(1)
    lock.release()

async def main():
    task = asyncio.create_task(other())
    await lock.acquire()
    heap_lock()
    await asyncio.sleep_ms(0)
    note(1)
    event.set()
    await asyncio.sleep_ms(1)
    note(3)
    lock.release()
    await flag.wait()
    note(5)
    await task
    heap_unlock()
    print(list(log[:at]))  # expect: [1, 2, 3, 4, 5]

asyncio.run(main())
