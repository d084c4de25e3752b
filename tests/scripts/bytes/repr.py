print(b"abc", b"it's", b'say "x"', b"\x00\x1f\x7f\x80\xff\n\r\t\\")
# expect: b'abc' b"it's" b'say "x"' b'\x00\x1f\x7f\x80\xff\n\r\t\\'
print(str(b"x"), repr(bytearray(b"a'b")), bytearray())
# expect: b'x' bytearray(b"a'b") bytearray(b'')
