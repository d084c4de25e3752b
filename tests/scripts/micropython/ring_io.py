from micropython import RingIO
ring = RingIO(10)
print(ring, ring.any(), ring.read(), ring.readline())  # expect: <RingIO> 0 b'' b''
print(ring.write(b"ab\ncd"), ring.any(), ring.readline(), ring.readline(), ring.any())  # expect: 5 5 b'ab\n' b'cd' 0
print(ring.write(b"0123456789abc"), ring.write(b"x"), ring.read(3), ring.any())  # expect: 10 0 b'012' 7
buffer = bytearray(4)
print(ring.readinto(buffer), bytes(buffer), ring.readinto(buffer, 2), bytes(buffer))
# expect: 4 b'3456' 2 b'7856'
print(ring.write("text"), ring.read(), ring.close())  # expect: 4 b'9text' None
