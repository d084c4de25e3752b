from array import array
a = array("i", [1, 2, 3, 4, 5])
print(a[1:3] == array("i", [2, 3]), list(a[-2:]), list(a[:0]), len(a), a[-1])  # expect: True [4, 5] [] 5 5
a[1:3] = array("i", [20, 30, 35])
print(list(a))  # expect: [1, 20, 30, 35, 4, 5]
a[0] = -5
a.append(6)
a.extend(array("i", [7]))
a += array("i", [8])
print(list(a), list(a + array("i", [9])), sum(a))
# expect: [-5, 20, 30, 35, 4, 5, 6, 7, 8] [-5, 20, 30, 35, 4, 5, 6, 7, 8, 9] 110
b = bytearray(b"abc")
b[1:2] = b"XYZ"
b[0] = 65
b += b"!"
b.append(63)
b.extend(b"..")
print(b, b[1:4], b[-1], b.find(b"YZ"), bytes(b), b == b"AXYZc!?..")
# expect: bytearray(b'AXYZc!?..') bytearray(b'XYZ') 46 2 b'AXYZc!?..' True
b[2:4] = b""
b[:0] = b"<"
print(b, len(b))  # expect: bytearray(b'<AXc!?..') 8
