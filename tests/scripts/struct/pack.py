import struct
print(struct.pack("<bBhHiI", -1, 255, -2, 65535, -3, 2**32 - 1), struct.pack(">hiq", 1, 2, 3), struct.pack("!H", 258))
# expect: b'\xff\xff\xfe\xff\xff\xff\xfd\xff\xff\xff\xff\xff\xff\xff' b'\x00\x01\x00\x00\x00\x02\x00\x00\x00\x00\x00\x00\x00\x03' b'\x01\x02'
print(struct.pack("<q", -2**63), struct.pack("<Q", 2**64 - 1), struct.pack("<fd", 1.5, -2.25), struct.pack(">d", 0.1))
# expect: b'\x00\x00\x00\x00\x00\x00\x00\x80' b'\xff\xff\xff\xff\xff\xff\xff\xff' b'\x00\x00\xc0?\x00\x00\x00\x00\x00\x00\x02\xc0' b'?\xb9\x99\x99\x99\x99\x99\x9a'
print(struct.pack("<3b", 1, 2, 3), struct.pack("<5s", b"abc"), struct.pack("<2s", b"abc"), struct.pack("<s2s", b"x", b"yz"), struct.pack("<b2xb", 1, 2))
# expect: b'\x01\x02\x03' b'abc\x00\x00' b'ab' b'xyz' b'\x01\x00\x00\x02'
print(struct.pack("bi", 1, 2)[4:] == struct.pack("i", 2), struct.pack("=h", 1) == struct.pack("h", 1))
# expect: True True
