import struct

buffer = bytearray(8)


class Resizes:
    def __init__(self, size):
        self.size = size

    def __int__(self):
        buffer[:] = bytes(self.size)
        return 7


# What a value makes of the buffer is where the items go.
struct.pack_into("4B", buffer, 0, 1, 2, Resizes(100), 4)
print(len(buffer), buffer[:5])  # expect: 100 bytearray(b'\x00\x00\x07\x04\x00')
try:
    struct.pack_into("4B", buffer, 0, 1, 2, Resizes(3), 4)
except ValueError as e:
    print(e)  # expect: buffer too small
print(buffer)  # expect: bytearray(b'\x00\x00\x00')
