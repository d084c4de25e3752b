b = b"  Hello World "
print(b.strip(), b.lstrip(), b.rstrip(), b.lower(), b.upper(), b.find(b"World"), b.rfind(b"o"), b.count(b"l"), b.replace(b"l", b"L"))
# expect: b'Hello World' b'Hello World ' b'  Hello World' b'  hello world ' b'  HELLO WORLD ' 8 9 3 b'  HeLLo WorLd '
print(b.split(), b"a,b".split(b","), b",".join([b"a", b"b"]), b"abc".startswith(b"ab"), b"abc".endswith(b"bc"), b"abc".partition(b"b"), b"a.b.c".rsplit(b".", 1))
# expect: [b'Hello', b'World'] [b'a', b'b'] b'a,b' True True (b'a', b'b', b'c') [b'a.b', b'c']
print(b"abc"[0], b"abc"[-1], b"abc"[1:], b"ab" + b"c", b"ab" * 2, b"b" in b"abc", 98 in b"abc", list(b"ab"), bytes([1, 2, 255]), bytes(3), bytes("é", "utf8"), bytes(b"x"))
# expect: 97 99 b'bc' b'abc' b'abab' True True [97, 98] b'\x01\x02\xff' b'\x00\x00\x00' b'\xc3\xa9' b'x'
print(b"abc" == b"abc", b"abc" < b"abd", b"abc" == bytearray(b"abc"), hash(b"a") == hash(b"a"), b"abc".hex(), bytes.fromhex("00 ff"), b"12".isdigit(), b"ab".isalpha(), len(b"abc"))
# expect: True True True True 616263 b'\x00\xff' True True 3
for f in (lambda: bytes([256]), lambda: bytes([-1]), lambda: b"a"[5], lambda: bytes("é")):
    try:
        f()
    except (ValueError, IndexError, TypeError) as e:
        print(type(e).__name__)
# expect: ValueError
# expect: ValueError
# expect: IndexError
# expect: TypeError
