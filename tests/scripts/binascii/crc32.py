from binascii import crc32

print(crc32(b""), hex(crc32(b"123456789")), hex(crc32("123456789")))  # expect: 0 0xcbf43926 0xcbf43926
print(hex(crc32(b"6789", crc32(b"12345"))), crc32(b"", -1), crc32(b"a", 1 << 40) == crc32(b"a"))
# expect: 0xcbf43926 4294967295 True
long = bytes(range(256)) * 40
print(hex(crc32(long)), crc32(long[5000:], crc32(long[:5000])) == crc32(long))  # expect: 0xbbce3b9d True
for arguments in ((1,), (b"", "x"), ()):
    try:
        crc32(*arguments)
    except TypeError as e:
        print(e)
# expect: object with buffer protocol required
# expect: can't convert str to int
# expect: function missing 1 required positional arguments
