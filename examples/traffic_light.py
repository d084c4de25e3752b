"""A traffic light with a button: traffic_light.py [RED [YELLOW [GREEN [BUTTON [CROSSINGS]]]]].

Cars have green until somebody wants to cross. It ends after so many crossings, and leaves the lamps dark."""

import asyncio
import sys
from machine import Pin


def argument(i, default):
    return sys.argv[i] if len(sys.argv) > i else default


red, yellow, green = lamps = [Pin(argument(1 + i, line), Pin.OUT, value=0) for i, line in enumerate(("17", "18", "19"))]
button = Pin(argument(4, "4"), Pin.IN, Pin.PULL_UP, debounce_us=20_000)
crossings = int(argument(5, "0")) or None
pressed = asyncio.ThreadSafeFlag()


def show(*lit):
    for lamp in lamps:
        lamp.value(lamp in lit)


async def tick():
    while True:
        print("tick")
        await asyncio.sleep_ms(200)


async def cross():
    show(yellow)
    await asyncio.sleep_ms(300)
    show(red)
    ticking = asyncio.create_task(tick())
    await asyncio.sleep(1)
    ticking.cancel()
    show(red, yellow)
    await asyncio.sleep_ms(300)


async def main():
    button.irq(lambda pin: pressed.set(), Pin.IRQ_FALLING)
    done = 0
    try:
        while done != crossings:
            show(green)
            await pressed.wait()
            print("wait")
            await cross()
            done += 1
    finally:
        show()


asyncio.run(main())
