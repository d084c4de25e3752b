import framebuf

target = framebuf.FrameBuffer(bytearray(7 * 5), 7, 5, framebuf.GS8)

def show(*args):
    target.fill(0xee)
    target.blit(*args)
    for y in range(5): print(" ".join("%02x" % target.pixel(x, y) for x in range(7)))

stamp = framebuf.FrameBuffer(bytearray([1, 2, 3, 4, 0, 6]), 3, 2, framebuf.GS8)
show(stamp, 2, 1)
# expect: ee ee ee ee ee ee ee
# expect: ee ee 01 02 03 ee ee
# expect: ee ee 04 00 06 ee ee
# expect: ee ee ee ee ee ee ee
# expect: ee ee ee ee ee ee ee
show(stamp, 2, 1, 0)
# expect: ee ee ee ee ee ee ee
# expect: ee ee 01 02 03 ee ee
# expect: ee ee 04 ee 06 ee ee
# expect: ee ee ee ee ee ee ee
# expect: ee ee ee ee ee ee ee
show(stamp, -1, -1)
# expect: 00 06 ee ee ee ee ee
# expect: ee ee ee ee ee ee ee
# expect: ee ee ee ee ee ee ee
# expect: ee ee ee ee ee ee ee
# expect: ee ee ee ee ee ee ee
show(stamp, 6, 4)
# expect: ee ee ee ee ee ee ee
# expect: ee ee ee ee ee ee ee
# expect: ee ee ee ee ee ee ee
# expect: ee ee ee ee ee ee ee
# expect: ee ee ee ee ee ee 01
show(stamp, 7, 0)
# expect: ee ee ee ee ee ee ee
# expect: ee ee ee ee ee ee ee
# expect: ee ee ee ee ee ee ee
# expect: ee ee ee ee ee ee ee
# expect: ee ee ee ee ee ee ee
show(stamp, 0, -2)
# expect: ee ee ee ee ee ee ee
# expect: ee ee ee ee ee ee ee
# expect: ee ee ee ee ee ee ee
# expect: ee ee ee ee ee ee ee
# expect: ee ee ee ee ee ee ee

# What frame buffers are made of will do, even if it can't be changed, and other formats.
show((b"\x10\x11\x12\x13", 2, 2, framebuf.GS8), 1, 1)
# expect: ee ee ee ee ee ee ee
# expect: ee 10 11 ee ee ee ee
# expect: ee 12 13 ee ee ee ee
# expect: ee ee ee ee ee ee ee
# expect: ee ee ee ee ee ee ee
show([b"\x20\x21\xff\x22\x23", 2, 2, framebuf.GS8, 3], 1, 1)
# expect: ee ee ee ee ee ee ee
# expect: ee 20 21 ee ee ee ee
# expect: ee 22 23 ee ee ee ee
# expect: ee ee ee ee ee ee ee
# expect: ee ee ee ee ee ee ee
show((b"\xa0\x40", 3, 2, framebuf.MONO_HLSB), 1, 1)
# expect: ee ee ee ee ee ee ee
# expect: ee 01 00 01 ee ee ee
# expect: ee 00 01 00 ee ee ee
# expect: ee ee ee ee ee ee ee
# expect: ee ee ee ee ee ee ee
show((b"\xa0\x40", 3, 2, framebuf.MONO_HLSB), 1, 1, 1)
# expect: ee ee ee ee ee ee ee
# expect: ee ee 00 ee ee ee ee
# expect: ee 00 ee 00 ee ee ee
# expect: ee ee ee ee ee ee ee
# expect: ee ee ee ee ee ee ee
show((b"\x34\x12\x78\x56", 2, 1, framebuf.RGB565), 0, 0)
# expect: 34 78 ee ee ee ee ee
# expect: ee ee ee ee ee ee ee
# expect: ee ee ee ee ee ee ee
# expect: ee ee ee ee ee ee ee
# expect: ee ee ee ee ee ee ee

# Colors are looked up in a palette, before the transparent one is left out.
palette = framebuf.FrameBuffer(bytearray([0x55, 0x77]), 2, 1, framebuf.GS8)
show((b"\xa0\x40", 3, 2, framebuf.MONO_HLSB), 1, 1, -1, palette)
# expect: ee ee ee ee ee ee ee
# expect: ee 77 55 77 ee ee ee
# expect: ee 55 77 55 ee ee ee
# expect: ee ee ee ee ee ee ee
# expect: ee ee ee ee ee ee ee
show((b"\xa0\x40", 3, 2, framebuf.MONO_HLSB), 1, 1, 0x55, palette)
# expect: ee ee ee ee ee ee ee
# expect: ee 77 ee 77 ee ee ee
# expect: ee ee 77 ee ee ee ee
# expect: ee ee ee ee ee ee ee
# expect: ee ee ee ee ee ee ee
show((b"\x00\x01", 2, 1, framebuf.GS8), 1, 1, -1, (b"\xa1\xa2", 2, 1, framebuf.GS8))
# expect: ee ee ee ee ee ee ee
# expect: ee a1 a2 ee ee ee ee
# expect: ee ee ee ee ee ee ee
# expect: ee ee ee ee ee ee ee
# expect: ee ee ee ee ee ee ee
show(stamp, 1, 1, -1, None)
# expect: ee ee ee ee ee ee ee
# expect: ee 01 02 03 ee ee ee
# expect: ee 04 00 06 ee ee ee
# expect: ee ee ee ee ee ee ee
# expect: ee ee ee ee ee ee ee

# A picture may be drawn on itself.
target.fill(0)
for x in range(7): target.pixel(x, 0, x)
target.blit(target, 0, 1)
print([target.pixel(x, 1) for x in range(7)])  # expect: [0, 1, 2, 3, 4, 5, 6]
