import framebuf

class Display(framebuf.FrameBuffer):
    def __init__(self, width, height):
        self.width = width
        self.data = bytearray(width * height)
        super().__init__(self.data, width, height, framebuf.GS8)
    def fill(self, color):
        super().fill(color + 1)

display = Display(3, 2)
display.fill(6)
display.pixel(1, 1, 9)
print(display.data, bytearray(display), display.pixel(1, 1), display.width)
# expect: bytearray(b'\x07\x07\x07\x07\t\x07') bytearray(b'\x07\x07\x07\x07\t\x07') 9 3
other = framebuf.FrameBuffer(bytearray(4), 2, 2, framebuf.GS8)
other.blit(display, 0, 0)
print(bytearray(other))  # expect: bytearray(b'\x07\x07\x07\t')

class Unmade(framebuf.FrameBuffer):
    def __init__(self): pass

try:
    Unmade().fill(1)
    print("unmade")
except (TypeError, AttributeError) as e:
    print(type(e))
# expect: <class 'TypeError'>
