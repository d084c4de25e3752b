print(b"a,b".split(b","), b" x ".strip(), b"abc".find(b"c"), b"abc".find(98), b"abc".replace(b"b", b"xx"), b"-".join([b"a", bytearray(b"b")]))
# expect: [b'a', b'b'] b'x' 2 1 b'axxc' b'a-b'
print(b"aBc".upper(), b"aBc".lower(), b"abc".startswith(b"ab"), b"12".isdigit(), b"abc".partition(b"b"), b"a\nb".splitlines(), b"x".center(3), b"abcabc".count(b"a"), b"abc".index(b"b"), b"abc".rfind(97))
# expect: b'ABC' b'abc' True True (b'a', b'b', b'c') [b'a', b'b'] b' x ' 2 1 0
for f in (lambda: b"a".find("a"), lambda: b"a".join(["a"]), lambda: b"a".split(""), lambda: b"a".find(256)):
    try:
        f()
    except (TypeError, ValueError) as e:
        print(type(e).__name__, e)
# expect: TypeError can't convert 'str' object to bytes implicitly
# expect: TypeError join expects a list of str/bytes objects consistent with self object
# expect: TypeError can't convert 'str' object to bytes implicitly
# expect: ValueError bytes value out of range
