# When no task is due the loop waits, also without end, until a callback has something to do.
import asyncio
from machine import Timer

event = asyncio.Event()
set_event = lambda timer: event.set()

async def main():
    timer = Timer(-1, mode=Timer.ONE_SHOT, period=5, callback=set_event)
    return await event.wait()

print(asyncio.run(main()))  # expect: True
