from micropython import RingIO
memory = bytearray(4)
ring = RingIO(memory)
print(ring.write(b"abcdef"), memory[:3])  # expect: 3 bytearray(b'abc')
print(ring.read(2), ring.write(b"de"), ring.read())  # expect: b'ab' 2 b'cde'
memory[:] = b""
try:
    ring.write(b"x")
except ValueError as e:
    print(e)  # expect: buffer too small
