print(0x1F, 0o17, 0b101, 1_000_000, 0xFFFF_FFFF_FFFF_FFFF_FFFF, 1e3, 1.5e-3, .5, 5., 1E5, 10 ** 20, 3j)
# expect: 31 15 5 1000000 1208925819614629174706175 1000.0 0.0015 0.5 5.0 100000.0 100000000000000000000 3j
print('a' "b" """c""" '''d''', r"\n", b"\x41" b"b", rb"\x", "\x41\u00e9\U0001F600\101\0".encode(), "a\
b")
# expect: abcd \n b'Ab' b'\\x' b'A\xc3\xa9\xf0\x9f\x98\x80A\x00' ab
print("tab\tquote\"back\\", 'it\'s', """two
lines""", (), (1,), [], {}, {1}, {1: 2}, ..., None, True, False)
# expect: tab	quote"back\ it's two
# expect: lines () (1,) [] {} {1} {1: 2} Ellipsis None True False
