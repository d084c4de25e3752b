m = memoryview(b"abcd")
print(m[0], m[-1], len(m), list(m), bytes(m), bytes(m[1:3]), bytes(m[:]), m.hex(), bool(m), bool(memoryview(b"")))
# expect: 97 100 4 [97, 98, 99, 100] b'abcd' b'bc' b'abcd' 61626364 True False
print(m == b"abcd", m[1:] == b"bcd", m != b"x", m == memoryview(b"abcd"), bytearray(b"abcd") == m)
# expect: True True True True True
for f in (lambda: m[4], lambda: memoryview("a", 1), lambda: memoryview(5), lambda: m["a"], lambda: hash(m) and None):
    try:
        f()
    except (IndexError, TypeError) as e:
        print(type(e).__name__)
# expect: IndexError
# expect: TypeError
# expect: TypeError
# expect: TypeError
# expect: TypeError
try:
    m[::2]
except NotImplementedError as e:
    print(e)
# expect: only slices with step=1 (aka None) are supported
try:
    m.nothing
except AttributeError as e:
    print(e)
# expect: 'memoryview' object has no attribute 'nothing'
