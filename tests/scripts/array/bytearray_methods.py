b = bytearray(b"a,b")
print(b.split(b","), b.find(b"b"), b.replace(b",", b";"), b.upper(), b.decode(), b.strip(b"a"), b.count(b","), b.startswith(b"a"))
# expect: [bytearray(b'a'), bytearray(b'b')] 2 bytearray(b'a;b') bytearray(b'A,B') a,b bytearray(b',b') 1 True
c = b.replace(b"q", b"")
print(c == b, c is b)
# expect: True False
