b = bytearray(4)
m = memoryview(b)
for source in (b"abc", b"", bytearray(5)):
    try:
        m[0:2] = source
    except ValueError:
        print("ValueError", b)
# expect: ValueError bytearray(b'\x00\x00\x00\x00')
# expect: ValueError bytearray(b'\x00\x00\x00\x00')
# expect: ValueError bytearray(b'\x00\x00\x00\x00')
