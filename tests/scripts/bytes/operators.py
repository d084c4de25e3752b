print(b"a" + b"b", b"a" + bytearray(b"b"), b"ab" * 2, 2 * b"ab", b"ab" * -1, b"" + b"")
# expect: b'ab' b'ab' b'abab' b'abab' b'' b''
print(b"a" < b"b", b"a" == b"a", b"ab" > b"a", b"a" == bytearray(b"a"), b"a" == memoryview(b"a"), b"a" != b"b")
# expect: True True True True True True
print(b"a" == 1, hash(b"abc") == hash(b"ab" + b"c"), {b"k": 1}[b"k"])
# expect: False True 1
for other in (1, None):
    try:
        b"a" + other
    except TypeError as e:
        print(e)
# expect: unsupported types for __add__: 'bytes', 'int'
# expect: unsupported types for __add__: 'bytes', 'NoneType'
