import struct
print(struct.unpack("<bBhH", b"\xff\xff\xfe\xff\xff\xff"), struct.unpack(">iI", b"\xff\xff\xff\xfe\x00\x00\x01\x00"), struct.unpack("<qQ", b"\xff" * 16))
# expect: (-1, 255, -2, 65535) (-2, 256) (-1, 18446744073709551615)
print(struct.unpack("<3sb", b"abc\x05"), struct.unpack("<2h", b"\x01\x00\x02\x00"), struct.unpack("<f", struct.pack("<f", 0.5)), struct.unpack(">d", struct.pack(">d", 0.1)), struct.unpack("<b2xb", b"\x01\x00\x00\x02"))
# expect: (b'abc', 5) (1, 2) (0.5,) (0.1,) (1, 2)
print(struct.unpack_from("<h", b"xx\x01\x00", 2), struct.unpack_from("<b", b"\x01\x02\x03", -1), struct.unpack("<b", b"\x01\x02")[0], struct.unpack("", b""))
# expect: (1,) (3,) 1 ()
for args in (("<i", b"abc"), ("<h", b"abcd", 3), ("<h", b"ab", -3), ("<b", b"", 0), ("<b", b"a", 2**62)):
    try:
        struct.unpack_from(*args)
    except ValueError as e:
        print(e)
# expect: buffer too small
# expect: buffer too small
# expect: buffer too small
# expect: buffer too small
# expect: buffer too small
