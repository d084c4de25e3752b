"""Follows a rotary encoder: rotary_encoder.py [LINE-A [LINE-B [STEPS]]]. It ends STEPS steps away from the start.

A and B take turns: the direction is told by which of them changes first. Four edges are one step."""

import sys
import time
from machine import Pin


class RotaryEncoder:
    EDGES_PER_STEP = 4
    # What an edge adds, by the levels (A, B) before it and after it. What can't follow each other adds nothing.
    MOVES = {
        (0b00, 0b10): 1, (0b10, 0b11): 1, (0b11, 0b01): 1, (0b01, 0b00): 1,
        (0b00, 0b01): -1, (0b01, 0b11): -1, (0b11, 0b10): -1, (0b10, 0b00): -1,
    }

    def __init__(self, a, b):
        self.pins = {Pin(a, Pin.IN, Pin.PULL_UP): 0b10, Pin(b, Pin.IN, Pin.PULL_UP): 0b01}
        self.levels = sum(bit for pin, bit in self.pins.items() if pin.value())
        self.edges = 0
        for pin in self.pins:
            pin.irq(self.on_edge, Pin.IRQ_RISING | Pin.IRQ_FALLING)

    def on_edge(self, pin):
        bit = self.pins[pin]
        # The level as this edge left it; by now there may be further ones.
        levels = self.levels | bit if pin.irq().flags() & Pin.IRQ_RISING else self.levels & ~bit
        self.edges += self.MOVES.get((self.levels, levels), 0)
        self.levels = levels

    @property
    def steps(self):
        return int(self.edges / self.EDGES_PER_STEP)


a = sys.argv[1] if len(sys.argv) > 1 else "5"
b = sys.argv[2] if len(sys.argv) > 2 else "6"
most = int(sys.argv[3]) if len(sys.argv) > 3 else None

encoder = RotaryEncoder(a, b)
shown = None
while most is None or abs(encoder.steps) < most:
    if encoder.steps != shown:
        shown = encoder.steps
        print("at", shown)
    time.sleep_ms(20)
print("at", encoder.steps)
