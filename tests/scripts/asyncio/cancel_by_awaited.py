# A task that cancels the one that awaits it is cancelled itself, the next time it awaits something.
import asyncio

async def inner():
    print(outer_task.cancel())
    try:
        await asyncio.sleep(10)
    except asyncio.CancelledError:
        print("inner cancelled")
    return "inner's result"

async def outer():
    return await asyncio.create_task(inner())

async def main():
    global outer_task
    outer_task = asyncio.create_task(outer())
    print(await outer_task)

asyncio.run(main())
# expect: True
# expect: inner cancelled
# expect: inner's result
