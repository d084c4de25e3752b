print(bytearray(), bytearray(3), bytearray(b"ab"), bytearray([1, 2]), bytearray("aä", "utf-8"), bytearray(range(3)), bytearray(x for x in (1,)))
# expect: bytearray(b'') bytearray(b'\x00\x00\x00') bytearray(b'ab') bytearray(b'\x01\x02') bytearray(b'a\xc3\xa4') bytearray(b'\x00\x01\x02') bytearray(b'\x01')
print(bytearray([300, -1, 256]))
# expect: bytearray(b',\xff\x00')
for f in (lambda: bytearray("a"), lambda: bytearray(-1), lambda: bytearray(None), lambda: bytearray(["a"])):
    try:
        f()
    except (TypeError, ValueError) as e:
        print(type(e).__name__, e)
# expect: TypeError string argument without an encoding
# expect: ValueError 
# expect: TypeError 'NoneType' object isn't iterable
# expect: TypeError can't convert str to int
try:
    bytearray(10**13)
except MemoryError:
    print("MemoryError")
# expect: MemoryError
