print(chr(65), ord("A"), chr(0x20ac), ord("\u20ac"), ord("\U0001f600"), chr(0x1f600), ord(b"a"), ord(bytearray(b"z")))
for f in (lambda: chr(-1), lambda: chr(0x110000), lambda: ord(""), lambda: ord("ab"), lambda: ord(1)):
    try:
        f()
    except (ValueError, TypeError) as e:
        print(type(e).__name__)
# expect: A 65 € 8364 128512 😀 97 122
# expect: ValueError
# expect: ValueError
# expect: TypeError
# expect: TypeError
# expect: TypeError
