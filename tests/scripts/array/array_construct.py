from array import array
print(array("h", b"\x01\x00\x02\x00\xff"), array("B", bytearray(b"ab")), array("h", (1, 2)), array("i", range(3)), array("d", array("b", [1, 2])), array("B", "ab".encode()))
# expect: array('h', [1, 2]) array('B', [97, 98]) array('h', [1, 2]) array('i', [0, 1, 2]) array('d', [1.0, 2.0]) array('B', [97, 98])
