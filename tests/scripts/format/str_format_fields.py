print("{} {} {}".format(1, "a", None), "{0} {1} {0}".format("x", "y"), "{a} {b}".format(a=1, b=2))
# expect: 1 a None x y x 1 2
print("{:>{}}|{:{}{}}|".format("a", 4, "b", "^", 5))
# expect:    a|  b  |
print("{!r} {!s}".format("a", "b"), "{{{}}}".format(5), "{:5}|{:<5}|{:>5}|{:^5}|".format("ab", 12, "ab", 12))
# expect: 'a' b {5} ab   |12   |   ab| 12  |
print("{:x} {:#X} {:08b} {:+d} {: d} {:,} {:e} {:.3f} {:%}".format(255, 255, 5, 5, 5, 1234567, 12345.678, 2 / 3, 0.5))
# expect: ff 0XFF 00000101 +5  5 1,234,567 1.234568e+04 0.667 50.000000%
print("{:c}{:c}".format(65, 8364), "{:s}".format("s"), "{:n}".format(5), "{:10.4}|".format("abcdefgh"), "{:=+6}".format(5))
# expect: A€ s 5 abcd      | +    5
print("{0:{1}.{2}}|".format("abcdef", 8, 3), "{:{w}.{p}f}|".format(3.14159, w=8, p=2))  # expect: abc     |     3.14|
