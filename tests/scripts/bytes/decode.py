print(b"abc".decode(), b"a\xc3\xa4".decode("utf8"), bytearray(b"x").decode(), b"".decode("ascii"))
# expect: abc aä x 
try:
    b"\xff".decode()
except UnicodeError:
    print("UnicodeError")
# expect: UnicodeError
