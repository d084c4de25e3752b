from array import array
a = array("h", [1, -2, 300])
m = memoryview(a)
print(len(m), list(m), m.itemsize, memoryview(b"").itemsize)
# expect: 3 [1, -2, 300] 2 1
m[0] = -7
m[1:] = array("h", [8, 9])
print(a)
# expect: array('h', [-7, 8, 9])
print(m[1:][0], bytes(m[:1]) == bytes(a[:1]))
# expect: 8 True
try:
    m[0:1] = b"ab"
except ValueError as e:
    print(e)
# expect: lhs and rhs should be compatible
