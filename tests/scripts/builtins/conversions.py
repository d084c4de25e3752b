print(int("42"), int("-0x1f", 16), int("101", 2), int(3.9), int(True), int(), str(5), str(), str(b"a", "utf8"), bool("x"), bool(""), bool([0]))
# expect: 42 -31 5 3 1 0 5  a True False True
print(list("ab"), tuple([1, 2]), set([1, 1]), dict([("a", 1)], b=2), list({"k": 1}), bytes([65]), bytearray(b"b"), frozenset([1]), list(range(3)), tuple())
# expect: ['a', 'b'] (1, 2) {1} {'a': 1, 'b': 2} ['k'] b'A' bytearray(b'b') frozenset({1}) [0, 1, 2] ()
print(chr(65), ord("A"), hex(255), oct(8), bin(5), hex(-255), abs(-5), abs(-5.5), abs(3 + 4j), round(2.567, 2), round(5), divmod(17, 5), pow(2, 10))
# expect: A 65 0xff 0o10 0b101 -0xff 5 5.5 5.0 2.57 5 (3, 2) 1024
print(type(1), type("a") is str, type(None), isinstance(1, (str, int)), issubclass(bool, object), callable(len), callable(5), id(None) == id(None))
# expect: <class 'int'> True <class 'NoneType'> True True True False True
print(min(3, 1, 2), max([1, 5, 2]), min("b", "a"), max([], default="d"), min([[2], [1]]), max("a", "bb", key=len), sum([1, 2], 10), sum([[1], [2]], []))
# expect: 1 5 a d [1] bb 13 [1, 2]
print(any([]), all([]), any([0, 1]), all([1, 0]), list(map(None or str, [1])), list(filter(None, [0, 1, "", "a"])), list(zip([1, 2], "ab", (3, 4, 5))), list(enumerate("ab", 5)), list(reversed([1, 2])))
# expect: False True True False ['1'] [1, 'a'] [(1, 'a', 3), (2, 'b', 4)] [(5, 'a'), (6, 'b')] [2, 1]
