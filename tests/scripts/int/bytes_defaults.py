print(int.from_bytes(b"\x01\x02"), (5).to_bytes(), (5).to_bytes(2), (5).to_bytes(length=2, byteorder="little"))
print(int.from_bytes(bytearray(b"\x80"), "big"), int.from_bytes(b"\x80", "big", True))
for call in (lambda: (256).to_bytes(1), lambda: (-1).to_bytes(1), lambda: (1).to_bytes(1, 2, 3, 4), lambda: (1).to_bytes(width=1)):
    try:
        print(call())
    except (OverflowError, TypeError) as e:
        print(type(e).__name__)
# expect: 258 b'\x05' b'\x00\x05' b'\x05\x00'
# expect: 128 -128
# expect: OverflowError
# expect: OverflowError
# expect: TypeError
# expect: TypeError
