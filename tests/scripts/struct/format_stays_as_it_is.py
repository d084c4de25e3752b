import struct

# A format is measured before the values are asked, so it is none that they could change.
for pack in (struct.pack, struct.calcsize):
    try:
        pack(bytearray(b"4B"))
    except TypeError as e:
        print(e)
# expect: can't convert 'bytearray' object to str implicitly
# expect: can't convert 'bytearray' object to str implicitly
try:
    struct.unpack(memoryview(b"4B"), b"abcd")
except TypeError as e:
    print(e)  # expect: can't convert 'memoryview' object to str implicitly
print(struct.pack(b"2B", 1, 2))  # expect: b'\x01\x02'
