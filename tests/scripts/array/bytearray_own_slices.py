b = bytearray(b"12345678")
b.append(57)
for i in range(400):
    b[-1:] = b"ab"
print(len(b), b[:12], b[-3:])
# expect: 409 bytearray(b'12345678aaaa') bytearray(b'aab')
b = bytearray(b"1234567")
for i in range(3):
    b[-1:] = b
print(len(b), b)
# expect: 49 bytearray(b'1234561234561234561234561234561234561234561234567')
b = bytearray(b"abcdef")
b[1:4] = b[2:5]
print(b)
# expect: bytearray(b'acdeef')
b[0:3] = memoryview(b)[2:5]
print(b)
# expect: bytearray(b'deeeef')
