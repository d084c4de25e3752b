# Callbacks and hard handlers set a flag while the loop sleeps or other tasks run.
import asyncio
from machine import Timer
from micropython import schedule

flag = asyncio.ThreadSafeFlag()
set_flag = lambda _: flag.set()

async def busy():
    while True:
        await asyncio.sleep(0)

async def main():
    schedule(set_flag, None)
    await flag.wait()
    print("scheduled")  # expect: scheduled
    for hard in False, True:
        timer = Timer(-1, mode=Timer.ONE_SHOT, period=2, callback=set_flag, hard=hard)
        await flag.wait()
        print("timer")
    # expect: timer
    # expect: timer
    task = asyncio.create_task(busy())
    timer = Timer(-1, mode=Timer.ONE_SHOT, period=2, callback=set_flag)
    await flag.wait()
    print("while busy")  # expect: while busy

asyncio.run(main())
