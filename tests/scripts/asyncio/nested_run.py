# run() inside a task, or in a callback, runs the other tasks as well.
import asyncio
from micropython import schedule

async def inner(name):
    await asyncio.sleep(0)
    print(name, asyncio.current_task() is main_task)
    return name

async def main():
    global main_task
    main_task = asyncio.current_task()
    other = asyncio.create_task(inner("other"))
    print(asyncio.run(inner("nested")))
    print(asyncio.current_task() is main_task, await other)
    schedule(lambda _: print(asyncio.run(inner("callback"))), None)
    await asyncio.sleep_ms(1)

asyncio.run(main())
# expect: other False
# expect: nested False
# expect: nested
# expect: True other
# expect: callback False
# expect: callback
