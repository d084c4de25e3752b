import struct, gc
class A:
    pass
o = A()
p = struct.pack("<O", o)
print(len(p), struct.unpack("<O", p)[0] is o, struct.unpack("O", struct.pack("O", None)))
# expect: 8 True (None,)
p = struct.pack("O", [1, 2])
gc.collect()
print(struct.unpack("O", p))
# expect: ([1, 2],)
for word in (b"\x08\x00\x00\x00\x00\x00\x00\x00", b"\x10\x20\x30\x40\x50\x60\x00\x00"):
    try:
        struct.unpack("<O", word)
    except ValueError as e:
        print(e)
# expect: bytes do not stand for a packed object
# expect: bytes do not stand for a packed object
