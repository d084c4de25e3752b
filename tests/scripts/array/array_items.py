from array import array
a = array("h", [1, 2, 3, 4])
a[0] = -5
print(a[0], a[-1], a[1:3], a[4:], list(a), sum(a), 3 in list(a))
# expect: -5 4 array('h', [2, 3]) array('h') [-5, 2, 3, 4] 4 True
a.append(9)
a.extend([7, 8])
a.extend(array("h", [6]))
print(a)
# expect: array('h', [-5, 2, 3, 4, 9, 7, 8, 6])
a[1:3] = array("h", [50, 60, 70])
print(a)
# expect: array('h', [-5, 50, 60, 70, 4, 9, 7, 8, 6])
print(array("h", [1]) + array("h", [2]), bool(array("i")))
# expect: array('h', [1, 2]) False
a += array("h", [3])
print(len(a))
# expect: 10
try:
    a[0:1] = b"abc"
except ValueError as e:
    print(e)
# expect: lhs and rhs should be compatible
try:
    a[100]
except IndexError as e:
    print(e)
# expect: array index out of range
try:
    1 in a
except NotImplementedError:
    print("NotImplementedError")
# expect: NotImplementedError
print("1" in a)
# expect: False
