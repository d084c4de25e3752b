# A ring buffer that is read into its own bytes: the bytes move as one.
import io, micropython

buffer = bytearray(20)
ring = micropython.RingIO(buffer)
ring.write(b"abcdefghij")
print(ring.readinto(memoryview(buffer)[2:]), buffer)
# expect: 10 bytearray(b'ababcdefghij\x00\x00\x00\x00\x00\x00\x00\x00')
