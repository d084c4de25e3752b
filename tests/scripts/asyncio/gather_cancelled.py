# A gather that is cancelled cancels its parts, in its first turns too.
import asyncio

async def work(name):
    try:
        await asyncio.sleep(10)
    except asyncio.CancelledError:
        print(name, "cancelled")
        raise

async def gathering():
    try:
        await asyncio.gather(work("a"), work("b"))
    except asyncio.CancelledError:
        print("gather cancelled")

async def main():
    for turns in range(4):
        task = asyncio.create_task(gathering())
        for _ in range(turns):
            await asyncio.sleep(0)
        task.cancel()
        try:
            await task
        except asyncio.CancelledError:
            print("not begun")
        await asyncio.sleep_ms(1)
    # expect: not begun
    # expect: gather cancelled
    # expect: a cancelled
    # expect: b cancelled
    # expect: gather cancelled
    # expect: a cancelled
    # expect: b cancelled
    # expect: gather cancelled
    # expect: a cancelled
    # expect: b cancelled

asyncio.run(main())
