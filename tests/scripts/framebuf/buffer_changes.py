# A script may change the buffer, and what is drawn, at any time.
import framebuf, gc
from array import array

class Hostile:
    """A number that does something when it is asked for."""
    def __init__(self, number, deed):
        self.number, self.deed = number, deed
    def __int__(self):
        self.deed()
        gc.collect()
        return self.number
    def __bool__(self):
        return bool(int(self))

data = bytearray(64)
picture = framebuf.FrameBuffer(data, 8, 8, framebuf.GS8)

def attempt(what):
    try:
        what()
        print("drawn")
    except (ValueError, RuntimeError) as e:
        print(type(e).__name__, e)

def shrink():
    data[:] = b"1234567"

def restore():
    data[:] = bytes(64)

for draw in (lambda n: picture.fill(n), lambda n: picture.pixel(1, n), lambda n: picture.pixel(1, 1, n), lambda n: picture.hline(0, 0, 3, n),
             lambda n: picture.rect(0, 0, n, 3, 1), lambda n: picture.rect(0, 0, 3, 3, 1, n), lambda n: picture.line(0, 0, 7, 7, n),
             lambda n: picture.ellipse(4, 4, 3, 3, 1, True, n), lambda n: picture.poly(0, n, array("h", [0, 0, 5, 5, 0, 5]), 1, True),
             lambda n: picture.text("a", 0, 0, n), lambda n: picture.scroll(1, n), lambda n: picture.blit(picture, 0, n),
             lambda n: picture.blit((bytes(4), 2, n, framebuf.GS8), 0, 0)):
    restore()
    attempt(lambda: draw(Hostile(1, shrink)))
    restore()
    attempt(lambda: draw(Hostile(1, lambda: data.extend(bytes(100000)))))
# expect: ValueError the picture takes 64 bytes, but its buffer has 7
# expect: drawn
# expect: ValueError the picture takes 64 bytes, but its buffer has 7
# expect: drawn
# expect: ValueError the picture takes 64 bytes, but its buffer has 7
# expect: drawn
# expect: ValueError the picture takes 64 bytes, but its buffer has 7
# expect: drawn
# expect: ValueError the picture takes 64 bytes, but its buffer has 7
# expect: drawn
# expect: ValueError the picture takes 64 bytes, but its buffer has 7
# expect: drawn
# expect: ValueError the picture takes 64 bytes, but its buffer has 7
# expect: drawn
# expect: ValueError the picture takes 64 bytes, but its buffer has 7
# expect: drawn
# expect: ValueError the picture takes 64 bytes, but its buffer has 7
# expect: drawn
# expect: ValueError the picture takes 64 bytes, but its buffer has 7
# expect: drawn
# expect: ValueError the picture takes 64 bytes, but its buffer has 7
# expect: drawn
# expect: ValueError the picture takes 64 bytes, but its buffer has 7
# expect: drawn
# expect: ValueError the picture takes 64 bytes, but its buffer has 7
# expect: drawn

restore()
shrink()
attempt(lambda: print(memoryview(picture)[3]))
# expect: 52
# expect: drawn
attempt(lambda: picture.pixel(0, 0))  # expect: ValueError the picture takes 64 bytes, but its buffer has 7
restore()

# The source of a blit
source = bytearray(16)
stamp = framebuf.FrameBuffer(source, 4, 4, framebuf.GS8)
def cut(): source[:] = b"ab"
attempt(lambda: picture.blit(stamp, 0, Hostile(0, cut)))
# expect: ValueError the picture takes 16 bytes, but its buffer has 2
parts = [bytearray(4), 2, Hostile(2, lambda: parts.clear()), framebuf.GS8]
attempt(lambda: picture.blit(parts, 0, 0))  # expect: drawn
print(parts)  # expect: []

# The corners of a polygon
corners = array("h", [0, 0, 5, 5, 0, 5])
attempt(lambda: picture.poly(0, 0, corners, Hostile(1, lambda: corners.extend(array("h", [1] * 5000))), True))
# expect: drawn

# Views of frame buffers of views
nested = picture
for i in range(3000):
    nested = framebuf.FrameBuffer(memoryview(nested), 8, 8, framebuf.GS8)
nested.fill(3)
print(data == b"\x03" * 64, len(memoryview(nested)))  # expect: True 64
for i in range(60):
    nested = framebuf.FrameBuffer(memoryview(nested)[1:], 1, 1, framebuf.GS8)
nested.fill(9)
print(data[59:62], len(memoryview(nested)))  # expect: bytearray(b'\x03\t\x03') 4
data[:] = b"abc"
attempt(lambda: nested.fill(1))  # expect: ValueError the picture takes 1 bytes, but its buffer has 0
