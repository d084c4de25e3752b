# An interrupt that comes while the loop waits is raised where the main task awaits, so its finally blocks run.
import asyncio
from machine import Timer
from micropython import kbd_intr, schedule

def interrupt(timer):
    schedule(kbd_intr, None)

def interrupt_soon():
    return Timer(-1, mode=Timer.ONE_SHOT, period=2, callback=interrupt)

async def main(awaitable):
    timer = interrupt_soon()
    try:
        await awaitable
    finally:
        print("in order")

async def catching():
    timer = interrupt_soon()
    try:
        await asyncio.sleep(10)
    except KeyboardInterrupt:
        print("caught")
    return "goes on"

event = asyncio.Event()
for make in (lambda: asyncio.sleep(10), event.wait, lambda: asyncio.gather(event.wait(), asyncio.sleep(10)),
             lambda: asyncio.wait_for(event.wait(), 10)):
    coroutine = main(make())
    try:
        asyncio.run(coroutine)
    except KeyboardInterrupt as e:
        print(repr(e))
    asyncio.new_event_loop()
# expect: in order
# expect: KeyboardInterrupt()
# expect: in order
# expect: KeyboardInterrupt()
# expect: in order
# expect: KeyboardInterrupt()
# expect: in order
# expect: KeyboardInterrupt()
print(asyncio.run(catching()))
# expect: caught
# expect: goes on
