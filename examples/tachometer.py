"""Measures a shaft with a sensor that gives one pulse a turn: tachometer.py [LINE [REPORTS]].

The time of a pulse is the kernel's, so the speed is right however late the handler comes."""

import sys
import time
from machine import Pin, Timer

line = sys.argv[1] if len(sys.argv) > 1 else "22"
reports = int(sys.argv[2]) if len(sys.argv) > 2 else None

NS_PER_MINUTE = 60_000_000_000
pulses = 0
first_ns = last_ns = 0  # of the pulses since the last report


def on_pulse(pin):
    global pulses, first_ns, last_ns
    last_ns = pin.irq().timestamp_ns()
    if pulses == 0:
        first_ns = last_ns
    pulses += 1


def report(timer):
    global pulses, first_ns, reports
    turns = pulses - 1
    rpm = turns * NS_PER_MINUTE / (last_ns - first_ns) if turns > 0 else 0
    lost = sensor.irq().dropped()
    print("{:.0f} rpm".format(rpm) + (" ({} pulses lost)".format(lost) if lost else ""))
    pulses, first_ns = (1, last_ns) if turns > 0 else (0, 0)  # the next report goes on from the last pulse
    if reports is not None:
        reports -= 1


sensor = Pin(line, Pin.IN, Pin.PULL_UP)
sensor.irq(on_pulse, Pin.IRQ_FALLING)
timer = Timer(-1, mode=Timer.PERIODIC, period=500, callback=report)

while reports is None or reports > 0:
    time.sleep_ms(50)
timer.deinit()
