import struct
b = bytearray(8)
struct.pack_into("<h", b, 1, 258)
struct.pack_into("<b", b, -1, 7)
struct.pack_into("<3s", memoryview(b)[4:], 0, b"xyz")
print(b)
# expect: bytearray(b'\x00\x02\x01\x00xyz\x07')
for args in (("<i", b, 6, 1), ("<i", b, -2, 1), ("<b", b"const", 0, 1), ("<b", b, -9, 1)):
    try:
        struct.pack_into(*args)
    except (ValueError, TypeError) as e:
        print(e)
# expect: buffer too small
# expect: buffer too small
# expect: object with buffer protocol required
# expect: buffer too small
