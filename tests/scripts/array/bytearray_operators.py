b = bytearray(b"ab")
print(b + b"c", b + bytearray(b"d"), b == b"ab", b"ab" == b, b < b"b", b != bytearray(b"x"), b == memoryview(b"ab"))
# expect: bytearray(b'abc') bytearray(b'abd') True True True True True
b += b"xyz"
b.append(33)
b.extend([1, 2])
b.extend(b)
print(b)
# expect: bytearray(b'abxyz!\x01\x02abxyz!\x01\x02')
print(b"xy" in b, 33 in b, 200 in b, bytearray(b"zz") in b)
# expect: True True False False
for f in (lambda: b + 1, lambda: hash(b), lambda: b < 1):
    try:
        f()
    except TypeError as e:
        print(e)
# expect: object with buffer protocol required
# expect: unsupported type for __hash__: 'bytearray'
# expect: unsupported types for __lt__: 'bytearray', 'int'
print(b == 1, b == "ab", bytearray(b"ab") == "ab")
# expect: False False False
