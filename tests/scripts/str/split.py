print("a b  c".split(), " a b ".split(), "".split(), "   ".split(), "a\tb\nc\rd".split())
# expect: ['a', 'b', 'c'] ['a', 'b'] [] [] ['a', 'b', 'c', 'd']
print("a b c d".split(None, 2), "  a  b  c  ".split(None, 1), "a b".split(None, 0), "a b".split(None, -1))
# expect: ['a', 'b', 'c d'] ['a', 'b  c  '] ['a b'] ['a', 'b']
print("a,b,,c".split(","), ",".split(","), "".split(","), "a, b".split(", "), "abc".split("x"))
# expect: ['a', 'b', '', 'c'] ['', ''] [''] ['a', 'b'] ['abc']
print("a,b,c,d".split(",", 2), "a,b".split(",", 0), "aXXbXXc".split("XX"), "äöäöä".split("ö"))
# expect: ['a', 'b', 'c,d'] ['a,b'] ['a', 'b', 'c'] ['ä', 'ä', 'ä']
try:
    "a".split("")
except ValueError as e:
    print(e)
# expect: empty separator
try:
    "a".split(1)
except TypeError as e:
    print(e)
# expect: can't convert 'int' object to str implicitly
