b = bytearray(b"abc")
b[0] = 120
b[-1] = 0x7a
print(b, b[0], len(b), bool(b), bool(bytearray()))
# expect: bytearray(b'xbz') 120 3 True False
b[1] = 256 + 65
print(b)
# expect: bytearray(b'xAz')
for f in (lambda: b[3], lambda: b["a"], lambda: b.__setitem__(0, 1)):
    try:
        f()
    except (IndexError, TypeError, AttributeError) as e:
        print(type(e).__name__, e)
# expect: IndexError bytearray index out of range
# expect: TypeError bytearray indices must be integers, not str
# expect: AttributeError 'bytearray' object has no attribute '__setitem__'
try:
    b[0] = "x"
except TypeError as e:
    print(e)
# expect: can't convert str to int
try:
    del b[0]
except TypeError as e:
    print(e)
# expect: 'bytearray' object doesn't support item deletion
