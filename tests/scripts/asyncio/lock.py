# A lock goes from one to the next in the order they came.
import asyncio

lock = asyncio.Lock()

async def work(name):
    async with lock:
        print(name, "has it", lock.locked())
        await asyncio.sleep(0)
        print(name, "had it")
    print(name, lock.locked())

async def main():
    tasks = [asyncio.create_task(work(name)) for name in "abc"]
    await asyncio.gather(*tasks)
    print(lock.locked(), await lock.acquire(), lock.locked(), lock.release())
    try:
        lock.release()
    except RuntimeError as e:
        print(e)
    try:
        async with lock:
            raise ValueError("inside")
    except ValueError as e:
        print(e, lock.locked())

asyncio.run(main())
# expect: a has it True
# expect: a had it
# expect: a False
# expect: b has it True
# expect: b had it
# expect: b False
# expect: c has it True
# expect: c had it
# expect: c False
# expect: False True True None
# expect: Lock not acquired
# expect: inside False
