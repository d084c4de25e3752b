import struct
print(struct.pack("<bB", 200, -1), struct.pack("<H", 65537), struct.pack("<I", 2**40 + 5), struct.pack("<Q", -1))
# expect: b'\xc8\xff' b'\x01\x00' b'\x05\x00\x00\x00' b'\xff\xff\xff\xff\xff\xff\xff\xff'
for v in ("a", None, 1.5):
    try:
        struct.pack("<i", v)
    except TypeError as e:
        print(e)
# expect: can't convert str to int
# expect: can't convert NoneType to int
# expect: can't convert float to int
try:
    struct.pack("<s", 1)
except TypeError as e:
    print(e)
# expect: object with buffer protocol required
