print(str(), repr(str("")), str(12), str(None), str([1, "a"]), str("x") )
# expect:  '' 12 None [1, 'a'] x
print(str(b"abc", "utf-8"), str(b"a\xc3\xa4", "utf8"), str(bytearray(b"xy"), "ascii"), str(memoryview(b"mv"), "utf-8"))
# expect: abc aä xy mv
print(str(b"abc"))
# expect: b'abc'
for args in ((b"\xff", "utf-8"), (b"\xc3", "utf-8"), (b"\xc3(", "utf-8"), (b"\x80", "ascii"), (b"\xe2\x82", "utf-8", "strict")):
    try:
        str(*args)
    except UnicodeError:
        print("UnicodeError")
# expect: UnicodeError
# expect: UnicodeError
# expect: UnicodeError
# expect: UnicodeError
# expect: UnicodeError
try:
    str(b"a", "latin1")
except LookupError as e:
    print(e)
# expect: unknown encoding: latin1
try:
    str(1, "utf-8")
except TypeError as e:
    print(e)
# expect: object with buffer protocol required
try:
    str(b"a", encoding="utf-8")
except NotImplementedError as e:
    print(e)
# expect: keyword argument(s) not implemented - use normal args instead
