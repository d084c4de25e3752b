print(list(b"abc"), [x for x in b"\x00\xff"], sum(b"\x01\x02"), max(b"az"), tuple(bytearray(b"ab")))
# expect: [97, 98, 99] [0, 255] 3 122 (97, 98)
a, b = b"xy"
print(a, b)
# expect: 120 121
