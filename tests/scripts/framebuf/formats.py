# Where the pixels of each format lie.
import framebuf

def show(format, width, height, points, stride=None):
    data = bytearray(32)
    picture = framebuf.FrameBuffer(data, width, height, format, stride or width)
    for x, y, color in points:
        picture.pixel(x, y, color)
    print(data.hex(), [picture.pixel(x, y) for x, y, _ in points], picture.pixel(width, 0), picture.pixel(0, -1))

show(framebuf.MONO_VLSB, 3, 12, [(0, 0, 1), (2, 7, 5), (1, 8, 1), (1, 11, 1)])
# expect: 0100800009000000000000000000000000000000000000000000000000000000 [1, 1, 1, 1] None None
show(framebuf.MONO_HLSB, 9, 3, [(0, 0, 1), (7, 0, 1), (8, 1, 1), (1, 2, 1)])
# expect: 8100008040000000000000000000000000000000000000000000000000000000 [1, 1, 1, 1] None None
show(framebuf.MONO_HMSB, 9, 3, [(0, 0, 1), (7, 0, 1), (8, 1, 1), (1, 2, 1)])
# expect: 8100000102000000000000000000000000000000000000000000000000000000 [1, 1, 1, 1] None None
show(framebuf.GS2_HMSB, 5, 3, [(0, 0, 1), (3, 0, 2), (4, 1, 3), (1, 2, 7)])
# expect: 810000030c000000000000000000000000000000000000000000000000000000 [1, 2, 3, 3] None None
show(framebuf.GS4_HMSB, 3, 3, [(0, 0, 1), (1, 0, 15), (2, 1, 9), (1, 2, 0x1a)])
# expect: 1f0000900a000000000000000000000000000000000000000000000000000000 [1, 15, 9, 10] None None
show(framebuf.GS8, 3, 2, [(0, 0, 1), (2, 0, 255), (1, 1, 0x123), (0, 1, -1)])
# expect: 0100ffff23000000000000000000000000000000000000000000000000000000 [1, 255, 35, 255] None None
show(framebuf.RGB565, 2, 2, [(0, 0, 0x1234), (1, 0, 0xffff), (1, 1, 0x12345), (0, 1, 0xf800)])
# expect: 3412ffff00f84523000000000000000000000000000000000000000000000000 [4660, 65535, 9029, 63488] None None

# Rows may be longer than the picture is wide.
show(framebuf.MONO_VLSB, 3, 9, [(0, 8, 1)], 5)
# expect: 0000000000010000000000000000000000000000000000000000000000000000 [1] None None
show(framebuf.MONO_HLSB, 3, 3, [(0, 1, 1), (0, 2, 1)], 17)
# expect: 0000008000008000000000000000000000000000000000000000000000000000 [1, 1] None None
show(framebuf.GS8, 3, 2, [(0, 1, 7)], 4)
# expect: 0000000007000000000000000000000000000000000000000000000000000000 [7] None None
print(framebuf.MVLSB == framebuf.MONO_VLSB, memoryview(framebuf.FrameBuffer(bytearray(b"ab"), 1, 1, framebuf.GS8))[1])
# expect: True 98
old = framebuf.FrameBuffer1(bytearray(16), 4, 9)
old.fill(1)
print(bytearray(old), type(old), isinstance(old, framebuf.FrameBuffer))
# expect: bytearray(b'\xff\xff\xff\xff\x01\x01\x01\x01\x00\x00\x00\x00\x00\x00\x00\x00') <class 'FrameBuffer'> True
