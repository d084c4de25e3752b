b = b"a\xffb\xc3(\xe2\x82z\xf0\x9d\x84"
print(b.decode("utf-8", "ignore"), b.decode("utf-8", "replace"))
# expect: ab(z a�b�(�z�
print(b"\x80abc\xff".decode("ascii", "ignore"), b"\x80abc".decode("ascii", "replace"))
# expect: abc �abc
print("aä".encode(), "aä".encode("utf-8"), "a".encode("ascii"), "".encode())
# expect: b'a\xc3\xa4' b'a\xc3\xa4' b'a' b''
try:
    "ä".encode("ascii")
except UnicodeError:
    print("UnicodeError")
# expect: UnicodeError
try:
    "a".encode("utf-16")
except LookupError as e:
    print(e)
# expect: unknown encoding: utf-16
