from machine import time_pulse_us
class Pin:
    def __init__(self, levels):
        self.levels = iter(levels)
        self.last = 0
    def value(self):
        self.last = next(self.levels, self.last)
        return self.last
print(time_pulse_us(Pin([0, 0, 1, 1, 1, 0]), 1) >= 0)  # expect: True
print(time_pulse_us(Pin([0]), 1, 10), time_pulse_us(Pin([0, 1]), 1, 10))  # expect: -2 -1
