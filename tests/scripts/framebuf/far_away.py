# What lies far outside costs nothing, and nothing overflows.
import framebuf
from array import array

picture = framebuf.FrameBuffer(bytearray(16 * 4), 16, 4, framebuf.GS8)
FAR = 1 << 62

def drawn():
    print(sum(1 for byte in bytes(picture) if byte))
    picture.fill(0)

picture.fill_rect(-FAR, -FAR, FAR, FAR, 1)
picture.hline(-(1 << 30), 1, 1 << 29, 1)
picture.fill_rect(FAR, 0, FAR, FAR, 1)
drawn()  # expect: 0
picture.fill_rect(-(1 << 35), -(1 << 35), 1 << 36, 1 << 36, 1)
drawn()  # expect: 64
picture.rect(-FAR, 1, FAR, 1, 1)
drawn()  # expect: 0
picture.line(-FAR, 2, FAR, 2, 1)
drawn()  # expect: 16
picture.line(-FAR, -FAR, FAR, FAR, 1)
drawn()  # expect: 4
picture.line(3, FAR, 3, -FAR, 1)
drawn()  # expect: 4
picture.line(FAR, FAR, FAR, -FAR, 1)
drawn()  # expect: 0
picture.line(-1000000007, -500000003, 1000000009, 500000005, 1)
drawn()  # expect: 6
picture.poly(0, 0, array("q", [-FAR, -FAR, FAR, -FAR, FAR, FAR, -FAR, FAR]), 1, True)
drawn()  # expect: 64
picture.poly(FAR, -FAR, array("q", [-FAR, -FAR, FAR, -FAR, FAR, FAR, -FAR, FAR]), 1)
picture.scroll(FAR, -FAR)
picture.blit(picture, FAR, -FAR)
picture.text("abc", FAR, 0)
picture.text("abc", -FAR, 0)
picture.ellipse(FAR, FAR, 9, 9, 1, True)
picture.pixel(FAR, FAR, 1)
print(picture.pixel(-FAR, FAR))  # expect: None
drawn()  # expect: 16
picture.ellipse(8, 4000, 3990, 4000, 1, True)
drawn()  # expect: 64
