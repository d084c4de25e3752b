# A coroutine may take steps of what it awaits by hand, but one wait at a time; what it left behind is forgotten at its end.
import asyncio
from micropython import RingIO

event, lock, flag = asyncio.Event(), asyncio.Lock(), asyncio.ThreadSafeFlag()
reader = asyncio.StreamReader(RingIO(4))
waits = [asyncio.sleep_ms, lambda ms: event.wait(), lambda ms: lock.acquire(), lambda ms: flag.wait(),
         lambda ms: reader.read(1), lambda ms: asyncio.wait_for_ms(event.wait(), ms),
         lambda ms: asyncio.gather(event.wait()), lambda ms: asyncio.create_task(asyncio.sleep_ms(ms))]

async def begins_and_ends(first):
    next(first)

async def begins_two(first, second):
    next(first)
    try:
        await second
    except RuntimeError as e:
        return e.args[0]

async def steps(awaitable):
    iterator = iter(awaitable)
    yields = 0
    try:
        while True:
            yield next(iterator)
            yields += 1
    except StopIteration:
        print("yields", yields)

async def main():
    await lock.acquire()
    for make in waits:
        await begins_in_task(make)
    event.set()
    flag.set()
    lock.release()
    await asyncio.sleep_ms(2)
    await asyncio.create_task(steps(asyncio.sleep_ms(1)))
    print("done")

async def begins_in_task(make):
    await asyncio.create_task(begins_and_ends(make(10_000)))
    results = set()
    for other in waits:
        results.add(await asyncio.create_task(begins_two(make(10_000), other(10_000))))
    print(results)

asyncio.run(main())
# expect: {"can't wait"}
# expect: {"can't wait"}
# expect: {"can't wait"}
# expect: {"can't wait"}
# expect: {"can't wait"}
# expect: {"can't wait"}
# expect: {"can't wait"}
# expect: {"can't wait"}
# expect: yields 1
# expect: done
