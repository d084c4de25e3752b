class B(bytes):
    pass
b = B(b"abc")
print(b[0], len(b), b == b"abc", b + b"d", b.upper(), bytes(b), b"".join([b]), b.decode())
# expect: 97 3 True b'abcd' b'ABC' b'abc' b'abc' abc
