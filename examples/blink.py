"""Blinks an LED: blink.py [LINE [TIMES]]. Without TIMES it goes on until it is stopped, and leaves the LED off."""

import sys
import time
from machine import Pin

line = sys.argv[1] if len(sys.argv) > 1 else "17"
times = int(sys.argv[2]) if len(sys.argv) > 2 else None

led = Pin(line, Pin.OUT, value=0)
try:
    while times is None or times > 0:
        led.on()
        time.sleep_ms(250)
        led.off()
        time.sleep_ms(250)
        if times is not None:
            times -= 1
finally:
    led.off()
