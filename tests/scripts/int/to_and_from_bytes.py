for n in (0, 1, 255, 256, 65535, 1 << 40, (1 << 64) - 1, 1 << 64, 10 ** 30):
    size = max(1, (len(bin(n)) - 2 + 7) // 8)
    little, big = n.to_bytes(size, "little"), n.to_bytes(size, "big")
    print(n, big, int.from_bytes(little, "little") == int.from_bytes(big, "big") == n)
# expect: 0 b'\x00' True
# expect: 1 b'\x01' True
# expect: 255 b'\xff' True
# expect: 256 b'\x01\x00' True
# expect: 65535 b'\xff\xff' True
# expect: 1099511627776 b'\x01\x00\x00\x00\x00\x00' True
# expect: 18446744073709551615 b'\xff\xff\xff\xff\xff\xff\xff\xff' True
# expect: 18446744073709551616 b'\x01\x00\x00\x00\x00\x00\x00\x00\x00' True
# expect: 1000000000000000000000000000000 b'\x0c\x9f,\x9c\xd0Ft\xed\xea@\x00\x00\x00' True
print((5).to_bytes(4, "little"), (5).to_bytes(4, "big"), int.from_bytes(b"\xff\xff", "big"), int.from_bytes(b"", "big"))
# expect: b'\x05\x00\x00\x00' b'\x00\x00\x00\x05' 65535 0
print(int.from_bytes(b"\x00\x00\x01", "little"), int.from_bytes(bytearray(b"\x01\x02"), "big"), (10 ** 30).to_bytes(20, "little"))
# expect: 65536 258 b'\x00\x00\x00@\xea\xedtF\xd0\x9c,\x9f\x0c\x00\x00\x00\x00\x00\x00\x00'
for f in (lambda: (256).to_bytes(1, "big"), lambda: (1 << 64).to_bytes(8, "little")):
    try:
        f()
    except OverflowError:
        print("OverflowError")
# expect: OverflowError
# expect: OverflowError
