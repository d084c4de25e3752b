# Callbacks that run while a stream is read may give the buffer other bytes, or fewer.
import micropython


def change(size):
    target[:] = bytes(size)
    ring.write(b"def")


ring = micropython.RingIO(20)
ring.write(b"abc")
target = bytearray(6)
micropython.schedule(change, 9000)
print(ring.readinto(target), target[:7], len(target))
# expect: 6 bytearray(b'\x00\x00\x00def\x00') 9000

ring.write(b"abc")
target = bytearray(6)
micropython.schedule(change, 5)
try:
    ring.readinto(target)
except RuntimeError as e:
    print(e)  # expect: text changed while it was worked on
print(target)  # expect: bytearray(b'\x00\x00\x00\x00\x00')
