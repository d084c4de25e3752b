import struct
print(struct.pack("<bb", 1), struct.pack("<bb", 1, 2, 3), struct.pack("<2I", 7), struct.pack("<4sb"))
# expect: b'\x01\x00' b'\x01\x02' b'\x07\x00\x00\x00\x00\x00\x00\x00' b'\x00\x00\x00\x00\x00'
