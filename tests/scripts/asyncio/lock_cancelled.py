# Who is cancelled while the lock is on its way to him passes it on; nobody comes in between.
import asyncio

lock = asyncio.Lock()

async def work(name):
    async with lock:
        print(name)

async def main():
    await lock.acquire()
    tasks = [asyncio.create_task(work(name)) for name in "abc"]
    await asyncio.sleep(0)
    lock.release()
    tasks[0].cancel()
    asyncio.create_task(work("late"))
    await asyncio.sleep_ms(1)
    # expect: b
    # expect: c
    # expect: late
    print(lock.locked())  # expect: False

asyncio.run(main())
