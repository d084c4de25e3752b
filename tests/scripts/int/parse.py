print(int("42"), int("  -42\n"), int("+7"), int("0"), int("007"))
print(int("ff", 16), int("0xff", 16), int("0b101", 2), int("0o17", 8), int("zz", 36))
print(int("0xff", 0), int("0b11", 0), int("0o17", 0), int("12", 0), int("0", 0), int("00", 0))
print(int("1_000"), int(b"12"), int(bytearray(b"13")))
print(int("123456789012345678901234567890"), int("-ffffffffffffffffffff", 16))
print(int(3.9), int(-3.9), int(True), int(1e20))
print(int())
# expect: 42 -42 7 0 7
# expect: 255 255 5 15 1295
# expect: 255 3 15 12 0 0
# expect: 1000 12 13
# expect: 123456789012345678901234567890 -1208925819614629174706175
# expect: 3 -3 1 100000000000000000000
# expect: 0
