"""Blinks a line, counts the edges of another, and ticks a timer."""

import micropython
import time
from machine import Pin, Timer

edges = 0
ticks = 0


def on_edge(pin):
    global edges
    edges += 1
    print("  edge", edges, "- the button is now", pin.value())


def on_tick(timer):
    global ticks
    ticks += 1


led = Pin("LED", Pin.OUT, value=0)
button = Pin("BUTTON", Pin.IN, Pin.PULL_DOWN)
button.irq(on_edge, Pin.IRQ_RISING | Pin.IRQ_FALLING)
timer = Timer(-1, mode=Timer.PERIODIC, period=50, callback=on_tick)

print("blinking")
for _ in range(20):
    led.value(not led.value())
    time.sleep_ms(100)

timer.deinit()
print("blinked 20 times; edges:", edges, "ticks:", "about 40" if 35 <= ticks <= 41 else ticks)
micropython.mem_info()
