b = b"abc"
print(b[0], b[-1], b[1:], b[:-1], b[5:], b[:] is b)
# expect: 97 99 b'bc' b'ab' b'' True
for i in (3, -4):
    try:
        b[i]
    except IndexError as e:
        print(e)
# expect: bytes index out of range
# expect: bytes index out of range
try:
    b["x"]
except TypeError as e:
    print(e)
# expect: bytes indices must be integers, not str
try:
    b[::2]
except NotImplementedError as e:
    print(e)
# expect: only slices with step=1 (aka None) are supported
try:
    b[0] = 1
except TypeError as e:
    print(e)
# expect: 'bytes' object doesn't support item assignment
