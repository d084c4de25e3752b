import framebuf

def attempt(*args):
    try:
        framebuf.FrameBuffer(*args)
        print("made")
    except (TypeError, ValueError) as e:
        print(type(e).__name__, e)

attempt(bytearray(8), 8, 8, framebuf.MONO_HLSB)  # expect: made
attempt(bytearray(7), 8, 8, framebuf.MONO_HLSB)  # expect: ValueError the picture takes 8 bytes, but its buffer has 7
attempt(bytearray(8), 8, 8, 7)  # expect: ValueError invalid format
attempt(bytearray(8), 8, 8, -1)  # expect: ValueError invalid format
attempt(bytearray(8), 0, 8, framebuf.GS8)  # expect: ValueError width and height must be from 1 to 65535
attempt(bytearray(8), 8, 65536, framebuf.GS8)  # expect: ValueError width and height must be from 1 to 65535
attempt(bytearray(8), 8, 1, framebuf.GS8, 7)  # expect: ValueError stride must be at least the width and at most 65535
attempt(bytearray(8), 1 << 62, 1 << 62, framebuf.GS8)  # expect: ValueError width and height must be from 1 to 65535
attempt(bytearray(8), 65535, 65535, framebuf.RGB565)
# expect: ValueError the picture takes 8589672450 bytes, but its buffer has 8
attempt(bytes(8), 8, 8, framebuf.MONO_HLSB)  # expect: TypeError object with buffer protocol required
attempt("text", 1, 1, framebuf.GS8)  # expect: TypeError object with buffer protocol required
attempt([1], 1, 1, framebuf.GS8)  # expect: TypeError object with buffer protocol required
attempt(bytearray(8), "8", 8, framebuf.GS8)  # expect: TypeError can't convert str to int
attempt(bytearray(8), 8, 8)  # expect: TypeError function missing 1 required positional arguments
attempt(memoryview(bytearray(9))[1:], 8, 8, framebuf.MONO_VLSB)  # expect: made

# The last row needs no more bytes than it has pixels.
for format, per_byte in ((framebuf.MONO_HLSB, 8), (framebuf.GS2_HMSB, 4), (framebuf.GS4_HMSB, 2), (framebuf.GS8, 1)):
    needed = 2 * 24 // per_byte + -(-9 // per_byte)
    for size in (needed, needed - 1):
        try:
            framebuf.FrameBuffer(bytearray(size), 9, 3, format, 24).fill(1)
        except ValueError:
            print(format, size == needed - 1)
# expect: 3 True
# expect: 5 True
# expect: 2 True
# expect: 6 True

def attempt(method, *args):
    try:
        getattr(framebuf.FrameBuffer(bytearray(8), 8, 1, framebuf.GS8), method)(*args)
        print("drawn")
    except (TypeError, ValueError) as e:
        print(type(e).__name__, e)

attempt("fill", "1")  # expect: TypeError can't convert str to int
attempt("fill", 1 << 80)  # expect: drawn
attempt("pixel", 1.5, 0, 1)  # expect: TypeError can't convert float to int
attempt("blit", (b"a", 1, 1), 0, 0)  # expect: ValueError a picture is (buffer, width, height, format[, stride])
attempt("blit", (b"a", 1, 1, framebuf.GS8, 1, 1), 0, 0)
# expect: ValueError a picture is (buffer, width, height, format[, stride])
attempt("blit", (b"", 1, 1, framebuf.GS8), 0, 0)  # expect: ValueError the picture takes 1 bytes, but its buffer has 0
attempt("blit", 5, 0, 0)  # expect: TypeError can't convert 'int' object to FrameBuffer implicitly
attempt("blit", (b"\x02", 1, 1, framebuf.GS8), 0, 0, -1, (b"ab", 2, 1, framebuf.GS8))
# expect: ValueError color 2 is not in the palette, which has 2
attempt("line", 0, 0, 1)  # expect: TypeError function takes 6 positional arguments but 4 were given
