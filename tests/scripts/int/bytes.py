print(int.from_bytes(b"\x01\x02", "big"), int.from_bytes(b"\x01\x02", "little"))
print(int.from_bytes(b"", "big"), int.from_bytes(b"\0" * 20, "big"))
print(int.from_bytes(b"\xff" * 10, "little"))
print((258).to_bytes(2, "big"), (258).to_bytes(4, "little"), (0).to_bytes(0, "big"))
print((-2).to_bytes(3, "big", signed=True), (-128).to_bytes(1, "little", signed=True))
print((1 << 80).to_bytes(11, "big"), (-(1 << 79)).to_bytes(10, "little", signed=True))
for n, size in ((256, 1), (-1, 1), (1 << 80, 10), (1, 0)):
    try:
        print(n.to_bytes(size, "big"))
    except OverflowError as e:
        print("OverflowError")
try:
    (1).to_bytes(-1, "big")
except ValueError:
    print("ValueError")
# expect: 258 513
# expect: 0 0
# expect: 1208925819614629174706175
# expect: b'\x01\x02' b'\x02\x01\x00\x00' b''
# expect: b'\xff\xff\xfe' b'\x80'
# expect: b'\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00' b'\x00\x00\x00\x00\x00\x00\x00\x00\x00\x80'
# expect: OverflowError
# expect: OverflowError
# expect: OverflowError
# expect: OverflowError
# expect: ValueError
