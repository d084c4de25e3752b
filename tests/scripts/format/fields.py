print("{} {}".format(1, "a"), "{0} {1} {0}".format("x", "y"), "{a}-{b}".format(a=1, b=2), "{} {k}".format(1, k=2))
# expect: 1 a x y x 1-2 1 2
print("{{}} {{{}}}".format(5), "".format(), "plain".format(1, 2), "{!r} {!s}".format("a", "b"), "{0!r:>5}|".format("a"))
# expect: {} {5}  plain 'a' b   'a'|
print("{:{}}".format(5, ">4"), "{:{w}.{p}f}".format(3.14159, w=8, p=2), "{:{}{}}|".format("a", "^", 5))
# expect:    5     3.14   a  |
