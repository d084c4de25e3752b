s = "  Hello, World  "
print(s.strip().lower().replace("o", "0").split(", "), s.lstrip(), repr(s.rstrip()), s.upper().count("L"), s.find("World"), s.find("x"))
# expect: ['hell0', 'w0rld'] Hello, World   '  Hello, World' 3 9 -1
print("a,b,,c".split(","), "a b  c".split(), "a,b,c".split(",", 1), "a,b,c".rsplit(",", 1), "".split(), "".split(","), "-".join(["a", "b"]))
# expect: ['a', 'b', '', 'c'] ['a', 'b', 'c'] ['a', 'b,c'] ['a,b', 'c'] [] [''] a-b
print("abc".startswith("ab"), "abc".endswith("bc"), "abc".startswith("b", 1), "abcabc".rindex("b"), "aXbX".partition("X"), "aXbX".rpartition("X"))
# expect: True True True 4 ('a', 'X', 'bX') ('aXb', 'X', '')
print("123".isdigit(), "abc".isalpha(), " \t".isspace(), "ABC".isupper(), "abc".islower(), "".isdigit(), "a1".isalpha())
# expect: True True True True True False False
print("x".center(5) + "|", "ab\ncd\n".splitlines(), "a\tb", "abc".index("c"), "%s" % "a".upper())
# expect:   x  | ['ab', 'cd'] a	b 2 A
