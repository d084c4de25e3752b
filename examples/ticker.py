"""Counts seconds: for a standing instance, where timers go on after the script has ended."""

from machine import Timer

ticks = 0


def on_tick(timer):
    global ticks
    ticks += 1


seconds = Timer(1, period=1000, callback=on_tick)
