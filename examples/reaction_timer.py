"""How fast are you? reaction_timer.py [LED [BUTTON [ROUNDS]]]: press the button as soon as the LED lights up."""

import random
import sys
import time
from machine import Pin

led = Pin(sys.argv[1] if len(sys.argv) > 1 else "17", Pin.OUT, value=0)
button = Pin(sys.argv[2] if len(sys.argv) > 2 else "4", Pin.IN, Pin.PULL_UP, debounce_us=5_000)
rounds = int(sys.argv[3]) if len(sys.argv) > 3 else 3

pressed_ns = None


def on_press(pin):
    global pressed_ns
    if pressed_ns is None:
        pressed_ns = pin.irq().timestamp_ns()


def wait_for_press(timeout_ms):
    end = time.ticks_add(time.ticks_ms(), timeout_ms)
    while pressed_ns is None and time.ticks_diff(end, time.ticks_ms()) > 0:
        time.sleep_ms(1)
    return pressed_ns is not None


button.irq(on_press, Pin.IRQ_FALLING)
times = []
while len(times) < rounds:
    print("wait for the light ...")
    pressed_ns = None
    if wait_for_press(random.randint(500, 1500)):
        print("too early!")
        time.sleep_ms(300)
        continue
    # The kernel stamps the press by the clock that ticks_us reads.
    lit_us = time.ticks_us()
    led.on()
    if wait_for_press(2000):
        taken_ms = time.ticks_diff(pressed_ns // 1000, lit_us) / 1000
        print("{:.1f} ms".format(taken_ms))
        times.append(taken_ms)
    else:
        print("too late!")
    led.off()

print("the best of {}: {:.1f} ms".format(rounds, min(times)))
