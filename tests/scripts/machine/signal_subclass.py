from machine import Signal
class AnyPin:
    def value(self, level=None):
        return 1
class Lamp(Signal):
    def __init__(self, pin, name):
        super().__init__(pin, invert=True)
        self.name = name
lamp = Lamp(AnyPin(), "red")
print(lamp(), lamp.name, lamp.value())  # expect: 0 red 0
for arguments in ((), (AnyPin(), 1)):
    try:
        Signal(*arguments)
    except TypeError as e:
        print(e)
# expect: function missing 1 required positional arguments
# expect: function takes 1 positional arguments but 2 were given
