from micropython import RingIO
for size in (1, 65534, bytearray(2), bytearray(65535)):
    print(RingIO(size).write(bytes(70000)))
# expect: 1
# expect: 65534
# expect: 1
# expect: 65534
for size in (0, -1, 65535, 1 << 60, bytearray(1), bytearray(65536), b"abc", "abc", 1.5):
    try:
        RingIO(size)
    except (ValueError, TypeError) as e:
        print(repr(e))
# expect: ValueError()
# expect: ValueError()
# expect: ValueError()
# expect: ValueError()
# expect: ValueError()
# expect: ValueError()
# expect: TypeError("can't convert bytes to int",)
# expect: TypeError("can't convert str to int",)
# expect: TypeError("can't convert float to int",)
