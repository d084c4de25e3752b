from machine import PinBase, Signal
class Pin(PinBase):
    def __init__(self):
        self.level = 0
    def value(self, level=None):
        if level is None:
            return self.level
        self.level = int(level)
pin = Pin()
plain = Signal(pin)
inverted = Signal(pin, invert=True)
print(plain.value(), inverted.value(), plain(), inverted())  # expect: 0 1 0 1
plain.on()
print(pin.level, plain(), inverted())  # expect: 1 1 0
inverted.on()
print(pin.level, plain(), inverted())  # expect: 0 0 1
inverted(0)
plain.value(0)
print(pin.level, plain.off(), inverted.value("true"))  # expect: 0 None None
