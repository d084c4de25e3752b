"""Tells of a button between a line and ground: button.py [LINE [PRESSES]]. It ends after so many presses.

Contacts bounce, so an edge counts once the level has been steady for 20 ms."""

import sys
import time
from machine import Pin

line = sys.argv[1] if len(sys.argv) > 1 else "4"
most = int(sys.argv[2]) if len(sys.argv) > 2 else None

presses = 0


def on_edge(pin):
    global presses
    if pin.irq().flags() & Pin.IRQ_FALLING:
        presses += 1
        print("pressed", presses)
    else:
        print("released")


button = Pin(line, Pin.IN, Pin.PULL_UP, debounce_us=20_000)
button.irq(on_edge, Pin.IRQ_FALLING | Pin.IRQ_RISING)
print("press the button at", button)

while presses != most:
    time.sleep_ms(50)
