print(True + 1, True * 5, -True, ~True, True / 2, True // 1, divmod(True, 2))
print(repr(True), str(False), bool(0), bool(""), bool([0]), bool())
print(True == 1, False == 0, True < 2, True != 1, {1: "one"}[True], hash(True) == hash(1))
print([10, 20][True], "ab" * True, range(True, 3), int(True), float(True))
print(1 + True, 1 << True, 2 ** True, 7 & True, 1.5 + True, True + 1.5)
print("%d %s" % (True, True), "{:d} {}".format(True, True))
print(max(True, 5), sum([True, True, False]))
# expect: 2 5 -1 -2 0.5 1 (0, 1)
# expect: True False False False True False
# expect: True True True False one True
# expect: 20 ab range(1, 3) 1 1.0
# expect: 2 2 2 1 2.5 2.5
# expect: 1 True 1 True
# expect: 5 2
