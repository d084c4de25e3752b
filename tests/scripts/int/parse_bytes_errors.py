# Bytes that are no text are quoted as bytes.
for data in (b"\xca", b"12\xff", b"\xf0\x9f", bytearray(b"'\x80"), b"x1", "ä".encode()):
    try:
        int(data)
    except ValueError as e:
        print(e)
# expect: invalid syntax for integer with base 10: '\xca'
# expect: invalid syntax for integer with base 10: '12\xff'
# expect: invalid syntax for integer with base 10: '\xf0\x9f'
# expect: invalid syntax for integer with base 10: "'\x80"
# expect: invalid syntax for integer with base 10: 'x1'
# expect: invalid syntax for integer with base 10: 'ä'
