b = bytearray(b"abcdef")
m = memoryview(b)
part = m[2:4]
for i in range(1000):
    b.append(i)
b[2] = 90
print(bytes(part), len(m), bytes(m))
# expect: b'Zd' 6 b'abZdef'
b[:] = b"xyz"
print(bytes(part), len(part), bytes(m), len(m))
# expect: b'z' 1 b'xyz' 3
m[0] = 65
print(b)
# expect: bytearray(b'Ayz')
for f in (lambda: part[1], lambda: m[3]):
    try:
        f()
    except IndexError as e:
        print(e)
# expect: memoryview index out of range
# expect: memoryview index out of range
b[:] = b""
print(len(m), bytes(m), list(part))
# expect: 0 b'' []
