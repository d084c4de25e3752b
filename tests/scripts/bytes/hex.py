print(b"\x01\xab\xff".hex(), b"".hex(), b"\x01\x02".hex(":"), bytearray(b"\x0f").hex(), memoryview(b"ab").hex("-"))
# expect: 01abff  01:02 0f 61-62
print(bytes.fromhex("01abFF"), bytes.fromhex(" 01 02\t"), bytes.fromhex(""), bytearray.fromhex("00"), type(bytearray.fromhex("00")) is bytearray)
# expect: b'\x01\xab\xff' b'\x01\x02' b'' bytearray(b'\x00') True
for text in ("0", "0g", "0 1", "x"):
    try:
        bytes.fromhex(text)
    except ValueError as e:
        print(e)
# expect: non-hex digit
# expect: non-hex digit
# expect: non-hex digit
# expect: non-hex digit
