b = bytearray(b"abcdef")
m = memoryview(b)
m[0] = 65
m[1:3] = b"XY"
m[-2:] = memoryview(b"zz")
print(b)
# expect: bytearray(b'AXYdzz')
m[2:4] = m[0:2]
m[1:5] = m[0:4]
print(b)
# expect: bytearray(b'AAXAXz')
for v in (b"abc", b"", bytearray(1)):
    try:
        m[0:2] = v
    except ValueError as e:
        print(e)
# expect: lhs and rhs should be compatible
# expect: lhs and rhs should be compatible
# expect: lhs and rhs should be compatible
try:
    m[0:1] = [1]
except NotImplementedError as e:
    print(e)
# expect: array/bytes required on right side
try:
    del m[0]
except TypeError as e:
    print(e)
# expect: 'memoryview' object doesn't support item deletion
r = memoryview(b"abc")
try:
    r[0] = 1
except TypeError as e:
    print(e)
# expect: 'memoryview' object doesn't support item assignment
try:
    r[0:1] = b"x"
except TypeError as e:
    print(e)
# expect: 'memoryview' object doesn't support item assignment
