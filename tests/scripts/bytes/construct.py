print(bytes(), bytes(3), bytes([1, 2, 255]), bytes((65,)), bytes(range(3)), bytes(x for x in (1, 2)), bytes(b"x"), bytes("aä", "utf-8"))
# expect: b'' b'\x00\x00\x00' b'\x01\x02\xff' b'A' b'\x00\x01\x02' b'\x01\x02' b'x' b'a\xc3\xa4'
print(bytes(bytearray(b"ab")), bytes(memoryview(b"abc")[1:]), bytes("a", "ascii"), bytes([True]))
# expect: b'ab' b'bc' b'a' b'\x01'
b = b"shared"
print(bytes(b) is b)
# expect: True
for f in (lambda: bytes("a"), lambda: bytes(1, 2), lambda: bytes(["a"]), lambda: bytes(None), lambda: bytes([256]), lambda: bytes([-1]), lambda: bytes(-1)):
    try:
        f()
    except (TypeError, ValueError) as e:
        print(type(e).__name__, e)
# expect: TypeError string argument without an encoding
# expect: TypeError wrong number of arguments
# expect: TypeError can't convert str to int
# expect: TypeError 'NoneType' object isn't iterable
# expect: ValueError bytes value out of range
# expect: ValueError bytes value out of range
# expect: ValueError 
try:
    bytes(10**12)
except MemoryError:
    print("MemoryError")
# expect: MemoryError
