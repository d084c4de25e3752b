it = iter("aä")
print(next(it), next(it), next(it, "end"))
# expect: a ä end
print(list("xyz"), tuple("ä€"), sorted("cab"), "".join(reversed("abc")))
# expect: ['x', 'y', 'z'] ('ä', '€') ['a', 'b', 'c'] cba
print([(i, c) for i, c in enumerate("ab")], list(zip("ab", "cd")))
# expect: [(0, 'a'), (1, 'b')] [('a', 'c'), ('b', 'd')]
a, b, c = "xyz"
print(a, b, c)
# expect: x y z
