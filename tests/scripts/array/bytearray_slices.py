b = bytearray(range(8))
print(b[2:4], b[:-6], b[6:], b[9:], b[5:2])
# expect: bytearray(b'\x02\x03') bytearray(b'\x00\x01') bytearray(b'\x06\x07') bytearray(b'') bytearray(b'')
b[1:3] = b"xyz"
print(b)
# expect: bytearray(b'\x00xyz\x03\x04\x05\x06\x07')
b[:2] = b""
print(b)
# expect: bytearray(b'yz\x03\x04\x05\x06\x07')
b[2:2] = bytearray(b"--")
print(b)
# expect: bytearray(b'yz--\x03\x04\x05\x06\x07')
b[4:] = b
print(b)
# expect: bytearray(b'yz--yz--\x03\x04\x05\x06\x07')
b[:] = b"end"
print(b)
# expect: bytearray(b'end')
try:
    b[0:1] = [1, 2]
except NotImplementedError as e:
    print(e)
# expect: array/bytes required on right side
try:
    b[::2] = b"ab"
except NotImplementedError as e:
    print(e)
# expect: only slices with step=1 (aka None) are supported
