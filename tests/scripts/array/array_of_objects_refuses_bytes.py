from array import array
a = array("O", [1, 2])
for v in (b"12345678" * 2, array("Q", [1, 2]), bytearray(16)):
    try:
        a[0:2] = v
    except ValueError as e:
        print(e)
# expect: lhs and rhs should be compatible
# expect: lhs and rhs should be compatible
# expect: lhs and rhs should be compatible
a.extend(b"xy")
print(a)
# expect: array('O', [1, 2, 120, 121])
