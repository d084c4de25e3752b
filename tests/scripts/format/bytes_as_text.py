# A bytes counts as the text it holds.
print("{:s}|{:5}|{:>5s}|{:*^8}|{:.1}".format(b"ab", b"ab", b"ab", b"ab", b"ab"), f"{b'ab':3}|{b'ab'}")
# expect: ab|ab   |   ab|***ab***|a ab |b'ab'
print("{:4}|{:.1s}".format("é€".encode(), "é€".encode()))
# expect: é€  |é
for value, spec in (b"\xff", "s"), (bytearray(b"ab"), "s"), (memoryview(b"ab"), "5"), (b"ab", "d"), (b"ab", "=5"):
    try:
        print(("{:" + spec + "}").format(value))
    except (TypeError, ValueError, UnicodeError) as e:
        print(type(e).__name__, e)
# expect: UnicodeError 
# expect: TypeError can't convert 'bytearray' object to str implicitly
# expect: TypeError can't convert 'memoryview' object to str implicitly
# expect: ValueError unknown format code 'd' for object of type 'bytes'
# expect: ValueError '=' alignment not allowed in string format specifier
