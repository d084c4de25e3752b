import struct
for x in (0.0, 1.0, -2.0, 65504.0, 1e-7, 5.96e-8, 0.1, 3.140625, float("inf"), -0.0):
    p = struct.pack("<e", x)
    print(p, struct.unpack("<e", p)[0])
# expect: b'\x00\x00' 0.0
# expect: b'\x00<' 1.0
# expect: b'\x00\xc0' -2.0
# expect: b'\xff{' 65504.0
# expect: b'\x02\x00' 1.1920928955078125e-07
# expect: b'\x01\x00' 5.960464477539063e-08
# expect: b'f.' 0.0999755859375
# expect: b'HB' 3.140625
# expect: b'\x00|' inf
# expect: b'\x00\x80' -0.0
print(struct.unpack("<e", struct.pack("<e", float("nan")))[0], struct.pack(">e", 1e6), struct.pack("<e", 2.98e-8), struct.pack("<e", 2049.0), struct.pack("<e", 2051.0))
# expect: nan b'|\x00' b'\x00\x00' b'\x00h' b'\x02h'
