from array import array
a = array("b", [127, 128, -129, 255])
print(a)
# expect: array('b', [127, -128, 127, -1])
print(array("H", [65535, 65536, -1]), array("i", [2**31 - 1, 2**31]), array("Q", [2**64 - 1, 2**64, -1]), array("q", [2**63 - 1, -2**63, 2**63]))
# expect: array('H', [65535, 0, 65535]) array('i', [2147483647, -2147483648]) array('Q', [18446744073709551615, 0, 18446744073709551615]) array('q', [9223372036854775807, -9223372036854775808, -9223372036854775808])
for v in ("a", None, 1.5):
    try:
        array("i", [v])
    except TypeError as e:
        print(e)
# expect: can't convert str to int
# expect: can't convert NoneType to int
# expect: can't convert float to int
